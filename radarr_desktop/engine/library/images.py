"""Posters and backdrops, fetched once and kept."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import structlog

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.library.metadata import Metadata
from radarr_desktop.engine.library.movies import Movies
from radarr_desktop.engine.secrets import write_private
from radarr_desktop.plugin_api import MovieInfo

KINDS = ("poster", "backdrop")
_SIGNATURES = {b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png", b"RIFF": ".webp"}

log = structlog.get_logger(__name__)


class Images:
    """Files named by the picture's address, so that two movies share one and a new poster gets a new name."""

    def __init__(self, folder: Path, metadata: Metadata, movies: Movies) -> None:
        self._folder = folder
        self._metadata = metadata
        self._movies = movies
        self._at_once = asyncio.Semaphore(4)
        self._fetching: dict[str, asyncio.Task[Path | None]] = {}

    async def of_movie(self, movie_id: int, kind: str = "poster") -> Path | None:
        """A movie's picture, or None when it has none or it cannot be had now."""
        return await self.of_info((await self._movies.get(movie_id)).info, kind)

    async def of_info(self, info: MovieInfo, kind: str = "poster") -> Path | None:
        """The same for a movie that need not be in the library."""
        if kind not in KINDS:
            raise Problem(Kind.NOT_FOUND, f"There are no pictures of kind “{kind}”.", f"Known are: {', '.join(KINDS)}.")
        url = info.poster_url if kind == "poster" else info.backdrop_url
        if not url:
            return None
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        known = next(iter(self._folder.glob(f"{name}.*")), None)
        if known is not None:
            return known
        if name not in self._fetching:
            self._fetching[name] = asyncio.create_task(self._fetch(url, name))
            self._fetching[name].add_done_callback(lambda _: self._fetching.pop(name))
        return await asyncio.shield(self._fetching[name])

    async def _fetch(self, url: str, name: str) -> Path | None:
        async with self._at_once:
            try:
                data = await self._metadata.image(url)
            except Problem as problem:
                log.info("image.missing", problem=str(problem))
                return None
        suffix = next((ending for start, ending in _SIGNATURES.items() if data.startswith(start)), None)
        if suffix is None:
            log.info("image.refused", reason="not a picture")
            return None
        path = self._folder / f"{name}{suffix}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            await asyncio.to_thread(write_private, path, data)
        except OSError as fault:
            log.warning("image.not_kept", reason=fault.strerror)
            return None
        return path
