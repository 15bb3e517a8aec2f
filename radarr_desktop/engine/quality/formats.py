"""Custom formats: kept, checked, and made ready to match."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from radarr_desktop.domain.custom_formats import CompiledFormats, CustomFormat, FormatError, check_format
from radarr_desktop.domain.events import RulesChanged
from radarr_desktop.domain.guide import DocumentKind
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.engine.bus import Bus
from radarr_desktop.store import formats as store
from radarr_desktop.store import profiles
from radarr_desktop.store.database import Database

if TYPE_CHECKING:
    from radarr_desktop.domain.custom_formats.lint import Finding

T = TypeVar("T")


class Formats:
    """Every change is told (``RulesChanged``)."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._bus = bus
        self._compiled: CompiledFormats | None = None
        self._changes = 0
        self._making = asyncio.Lock()

    async def all(self) -> list[CustomFormat]:
        """Every custom format."""
        return await self._db.read(store.all_formats)

    async def get(self, format_id: int) -> CustomFormat:
        """One custom format."""
        format = await self._db.read(lambda: store.get_format(format_id))
        if format is None:
            raise Problem(Kind.NOT_FOUND, f"There is no custom format {format_id}.")
        return format

    async def compiled(self) -> CompiledFormats:
        """All of them, ready to match; the same until something changes."""
        async with self._making:
            while self._compiled is None:
                changes = self._changes
                made = await asyncio.to_thread(CompiledFormats, await self.all())
                if changes == self._changes:
                    self._compiled = made
            return self._compiled

    async def add(self, format: CustomFormat) -> CustomFormat:
        """Store a new one; no profile gives it a score yet."""
        return (await self.save([replace(format, id=0)]))[0]

    async def update(self, format: CustomFormat) -> CustomFormat:
        """Change one."""
        await self.get(format.id)
        return (await self.save([format]))[0]

    async def save(self, wanted: Sequence[CustomFormat]) -> list[CustomFormat]:
        """Add (id 0) or change several, all or none."""
        await asyncio.to_thread(check_all, wanted)

        def work() -> list[CustomFormat]:
            known = {format.id: format for format in store.all_formats()}
            _check_names([*{**known, **{one.id: one for one in wanted if one.id}}.values(), *_new(wanted)])
            changed = {one.id for one in wanted if one.id in known and decides_otherwise(one, known[one.id])}
            profiles.decide_anew(lambda profile: any(profile.format_scores.get(id) for id in changed))
            return [store.save_format(one) for one in wanted]

        return await self._changed(work)

    async def rename_with(self, ids: Collection[int], *, in_rename: bool) -> list[CustomFormat]:
        """Make them part of file names, or not."""
        wanted = [replace(await self.get(id), in_rename=in_rename) for id in ids]
        return await self._changed(lambda: [store.save_format(one) for one in wanted])

    async def remove(self, ids: Collection[int]) -> None:
        """Forget some, and what profiles scored them with."""
        for id in ids:
            await self.get(id)

        def work() -> None:
            store.delete_formats(ids)
            left = store.all_formats()
            for profile in profiles.all_profiles():
                if set(ids) & set(profile.format_scores) or not left:
                    profiles.save_profile(_without(profile, ids, last=not left))

        await self._changed(work)

    async def lint(self) -> list[Finding]:
        """What is odd about formats and the scores of profiles, a sentence each."""

        def work() -> tuple[list[CustomFormat], list[QualityProfile], list[object]]:
            conflicts = [document.body for document in store.documents(DocumentKind.CONFLICTS)]
            return store.all_formats(), profiles.all_profiles(), conflicts

        from radarr_desktop.domain.custom_formats.lint import lint  # here: asked for rarely

        return await asyncio.to_thread(lint, *await self._db.read(work))

    async def _changed(self, work: Callable[[], T]) -> T:
        done = await self._db.run(work)
        self._changes += 1
        self._compiled = None
        self._bus.publish(RulesChanged())
        return done


def decides_otherwise(one: CustomFormat, other: CustomFormat) -> bool:
    """Can they match different releases?"""

    def told(format: CustomFormat) -> list[tuple[object, ...]]:
        return [(each.kind, dict(each.fields), each.negate, each.required) for each in format.specifications]

    return told(one) != told(other)


def check_all(formats: Iterable[CustomFormat]) -> None:
    """Raise a ``Problem`` for one that cannot be used."""
    for format in formats:
        try:
            check_format(format)
        except FormatError as fault:
            field = "name" if fault.field == "name" and fault.index < 0 else "specifications"
            raise Problem(Kind.BAD_INPUT, str(fault), field=field) from None


def _check_names(formats: Sequence[CustomFormat]) -> None:
    names: set[str] = set()
    for format in formats:
        if format.name.casefold() in names:
            raise Problem(Kind.CONFLICT, f"There is a custom format “{format.name}” already.", field="name")
        names.add(format.name.casefold())


def _new(formats: Sequence[CustomFormat]) -> list[CustomFormat]:
    return [format for format in formats if not format.id]


def _without(profile: QualityProfile, ids: Collection[int], *, last: bool) -> QualityProfile:
    """Without scores for formats that are gone; when none is left, without limits for scores either."""
    scores = {id: score for id, score in profile.format_scores.items() if id not in ids}
    if last:
        return replace(
            profile, format_scores=scores, min_format_score=0, cutoff_format_score=0, min_upgrade_format_score=1
        )
    possible = sum(score for score in scores.values() if score > 0)
    return replace(profile, format_scores=scores, min_format_score=min(profile.min_format_score, possible))
