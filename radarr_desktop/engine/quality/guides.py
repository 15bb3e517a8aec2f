"""Takes over what a guide says: custom formats at once, profiles and sizes when they are asked for by name."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from radarr_desktop.domain.custom_formats import CustomFormat, FormatError, check_format
from radarr_desktop.domain.guide import (
    Document,
    DocumentKind,
    Guide,
    GuideError,
    read_documents,
    read_profile,
    read_sizes,
    write_format,
    write_profile,
)
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.engine.quality.definitions import Definitions
from radarr_desktop.engine.quality.fetch import Fetcher, Hosts
from radarr_desktop.engine.quality.formats import Formats
from radarr_desktop.engine.quality.profiles import Profiles
from radarr_desktop.store import formats as store
from radarr_desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it, by name."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    """Custom formats that were as the guide has them."""
    profiles: tuple[str, ...] = ()
    """Made or changed."""
    kept: dict[str, int] = field(default_factory=dict)
    """How many documents of each kind were put by."""
    problems: tuple[str, ...] = ()
    """A sentence for each part that was left out."""


class Guides:
    """Guides by path or address."""

    def __init__(
        self,
        db: Database,
        formats: Formats,
        profiles: Profiles,
        definitions: Definitions,
        version: str,
        hosts: Hosts | None = None,
    ) -> None:
        self._db = db
        self._formats = formats
        self._profiles = profiles
        self._definitions = definitions
        self._fetcher = Fetcher(version, hosts)

    async def read(self, source: str) -> Guide:
        """What is at a path or address; nothing is changed."""
        files = await self._fetcher.files(source)
        return await asyncio.to_thread(read_documents, files)

    async def take(self, source: str, profiles: Collection[str] = ()) -> Taken:
        """Take over all custom formats and the profiles named; the rest is put by.

        A single profile, or a single list of sizes, is taken over without being named.
        """
        guide = await self.read(source)
        formats = await self._take_formats(guide.formats)
        await self._keep(guide.documents)
        names = list(profiles)
        alone = guide.documents[0] if len(guide.documents) == 1 and not guide.formats else None
        if alone is not None and alone.kind is DocumentKind.PROFILE:
            names = [alone.name]
        elif alone is not None and alone.kind is DocumentKind.SIZES:
            await self.use_sizes(alone.name)
        made, problems = [], [*guide.problems, *formats.problems]
        for name in names:
            profile, missing = await self.use_profile(name)
            made.append(profile.name)
            problems += missing
        kept = {kind.value: len(guide.of(kind)) for kind in DocumentKind if guide.of(kind)}
        return replace(formats, profiles=tuple(made), kept=kept, problems=tuple(problems))

    async def job(self, payload: Mapping[str, Any]) -> None:
        """What the configuration file declares of a guide: taken over, then scored."""
        await self.take(str(payload["source"]))
        await self.score(payload["scores"])

    async def score(self, wanted: Mapping[str, Mapping[str, int]]) -> None:
        """Give custom formats scores, by name of the profile and of the format; names that are not here wait."""
        ids = {format.name.casefold(): format.id for format in await self._formats.all()}
        for profile in await self._profiles.all():
            named = wanted.get(profile.name, {})
            known = {ids[name.casefold()]: score for name, score in named.items() if name.casefold() in ids}
            scores = {**profile.format_scores, **known}
            if scores != profile.format_scores:
                await self._profiles.update(replace(profile, format_scores=scores))

    async def documents(self, kind: DocumentKind) -> list[Document]:
        """What was put by of one kind."""
        return await self._db.read(lambda: store.documents(kind))

    async def use_profile(self, name: str) -> tuple[QualityProfile, list[str]]:
        """Make the quality profile a guide describes, or bring it up to date; sizes set here stay."""
        document = await self._named(DocumentKind.PROFILE, name)
        formats = await self._formats.all()
        groups = [one.body for one in await self.documents(DocumentKind.GROUP)]
        try:
            wanted = read_profile(document.body, formats, groups)
        except GuideError as fault:
            raise Problem(Kind.BAD_INPUT, f"The profile “{name}” cannot be used.", str(fault)) from None
        known = [format.guide_id for format in formats]
        missing = [one for one, id in document.body.get("formatItems", {}).items() if id not in known]
        problems = [f"{wanted.name}: the custom format “{one}” is not here, so it has no score." for one in missing]
        for other in await self._profiles.all():
            if other.name.casefold() == wanted.name.casefold():
                wanted = replace(wanted, id=other.id, sizes=other.sizes, cap=other.cap)
                return await self._profiles.update(wanted), problems
        return await self._profiles.add(wanted), problems

    async def use_sizes(self, name: str) -> None:
        """Make a guide's sizes those of the qualities."""
        document = await self._named(DocumentKind.SIZES, name)
        try:
            wanted = read_sizes(document.body)
        except GuideError as fault:
            raise Problem(Kind.BAD_INPUT, f"The sizes “{name}” cannot be used.", str(fault)) from None
        titles = {one.quality.id: one.title for one in await self._definitions.all()}
        await self._definitions.save([replace(one, title=titles[one.quality.id]) for one in wanted])

    async def export(self, ids: Collection[int] = ()) -> list[dict[str, Any]]:
        """Custom formats (all, or some) as Radarr and guides read them."""
        return [write_format(one) for one in await self._formats.all() if not ids or one.id in ids]

    async def export_profile(self, profile_id: int) -> dict[str, Any]:
        """A profile as a guide has it."""
        return write_profile(await self._profiles.get(profile_id), await self._formats.all())

    async def _named(self, kind: DocumentKind, name: str) -> Document:
        documents = await self.documents(kind)
        for document in documents:
            if name.casefold() in (document.name.casefold(), document.key.casefold()):
                return document
        known = ", ".join(document.name for document in documents)
        why = f"There are: {known}." if known else "None was imported yet."
        raise Problem(Kind.NOT_FOUND, f"There is no {kind.value} “{name}” of a guide.", why, field="profiles")

    async def _keep(self, documents: Iterable[Document]) -> None:
        def work() -> None:
            for document in documents:
                store.save_document(document)

        await self._db.run(work)

    async def _take_formats(self, wanted: Iterable[CustomFormat]) -> Taken:
        known = await self._formats.all()
        by_guide_id = {format.guide_id: format for format in known if format.guide_id}
        by_name = {format.name.casefold(): format for format in known}
        fresh: dict[str, CustomFormat] = {}
        added: list[str] = []
        changed: list[str] = []
        same: list[str] = []
        problems: list[str] = []
        for format, problem in await asyncio.to_thread(_checked, list(wanted)):
            current = by_guide_id.get(format.guide_id) or by_name.get(format.name.casefold())
            format = replace(format, id=current.id if current else 0)
            rival = by_name.get(format.name.casefold())
            if problem:
                problems.append(problem)
            elif format.name.casefold() in fresh or (rival is not None and rival.id != format.id):
                problems.append(f"There is another custom format “{format.name}” already; this one was left out.")
            elif format == current:
                same.append(format.name)
            else:
                fresh[format.name.casefold()] = format
                (changed if current else added).append(format.name)
        if fresh:
            await self._formats.save(list(fresh.values()))
        return Taken(tuple(added), tuple(changed), tuple(same), problems=tuple(problems))


def _checked(formats: list[CustomFormat]) -> list[tuple[CustomFormat, str]]:
    """Each with why it cannot be used, or ''."""
    told = []
    for format in formats:
        try:
            check_format(format)
            told.append((format, ""))
        except FormatError as fault:
            told.append((format, str(fault)))
    return told
