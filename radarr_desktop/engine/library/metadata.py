"""What the metadata sources know, asked one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.library.terms import Term
from radarr_desktop.engine.plugins.host import PluginHost, problem_of
from radarr_desktop.plugin_api import MetadataSource, MovieInfo, NotFound, PluginError

T = TypeVar("T")


class Metadata:
    """The first source that answers wins."""

    def __init__(self, plugins: PluginHost) -> None:
        self._plugins = plugins

    async def movie(self, tmdb_id: int) -> MovieInfo:
        """One movie in full."""
        return await self._ask(lambda source: source.movie(tmdb_id), f"TMDb {tmdb_id}")

    async def find(self, term: Term) -> list[MovieInfo]:
        """Movies for what was typed, best first."""
        if term.tmdb_id:
            return await self._one(self.movie(term.tmdb_id))
        if term.imdb_id:
            return await self._one(self._ask(lambda source: source.find_imdb(term.imdb_id), term.imdb_id))
        found = list(await self._ask(lambda source: source.search(term.text, term.year), term.text))
        if term.typed:  # the number at its end may be a part of the title: 1984, 2049
            found += await self._ask(lambda source: source.search(term.typed), term.typed)
        return list({info.tmdb_id: info for info in reversed(found)}.values())[::-1]

    async def image(self, url: str) -> bytes:
        """A picture's bytes."""
        return await self._ask(lambda source: source.image(url), "the picture")

    async def _one(self, asked: Awaitable[MovieInfo]) -> list[MovieInfo]:
        try:
            return [await asked]
        except Problem as problem:
            if problem.kind is Kind.NOT_FOUND:
                return []
            raise

    async def _ask(self, question: Callable[[MetadataSource[Any]], Awaitable[T]], what: str) -> T:
        sources = self._plugins.metadata()
        if not sources:
            raise Problem(
                Kind.CONFLICT,
                f"Nothing can be looked up about {what}.",
                "No metadata source is set up.",
                "Add TMDb in the settings.",
            )
        faults: list[PluginError] = []
        for source in sources:
            try:
                return await self._plugins.call(source, question)
            except PluginError as error:
                faults.append(error)
        # "not found" counts only when every source could be asked
        told = next((fault for fault in faults if not isinstance(fault, NotFound)), faults[0])
        raise problem_of(told) from told
