"""Quality profiles: kept, checked, and made from presets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from radarr_desktop.domain.events import RulesChanged
from radarr_desktop.domain.presets import BY_KEY, PRESETS, Preset, formats_of, profile_of
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import ProfileError, QualityProfile, check_profile
from radarr_desktop.engine.bus import Bus
from radarr_desktop.store import formats as format_store
from radarr_desktop.store import movies
from radarr_desktop.store import profiles as store
from radarr_desktop.store.database import Database

T = TypeVar("T")


class Profiles:
    """Every change is told (``RulesChanged``)."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._bus = bus

    async def all(self) -> list[QualityProfile]:
        """Every profile."""
        return await self._db.read(store.all_profiles)

    async def get(self, profile_id: int) -> QualityProfile:
        """One profile."""
        profile = await self._db.read(lambda: store.get_profile(profile_id))
        if profile is None:
            raise Problem(Kind.NOT_FOUND, f"There is no quality profile {profile_id}.")
        return profile

    async def used(self) -> dict[int, int]:
        """How many versions of movies use each profile, by its id."""
        return await self._db.read(movies.profile_uses)

    async def add(self, profile: QualityProfile) -> QualityProfile:
        """Store a new profile."""
        await self._check(profile)
        return await self._changed(lambda: store.save_profile(replace(profile, id=0)))

    async def update(self, profile: QualityProfile) -> QualityProfile:
        """Change a profile."""
        await self.get(profile.id)
        await self._check(profile)
        return await self._changed(lambda: store.save_profile(profile))

    async def remove(self, profile_id: int) -> None:
        """Forget a profile that no movie uses."""
        profile = await self.get(profile_id)
        used = (await self.used()).get(profile_id, 0)
        if used:
            why = f"{used} movies use it." if used > 1 else "A movie uses it."
            raise Problem(Kind.CONFLICT, f"{profile.name} cannot be removed.", why, "Give them another profile first.")
        await self._changed(lambda: store.delete_profile(profile_id))

    def presets(self) -> tuple[Preset, ...]:
        """Ways to collect, in plain words; the first is the usual one."""
        return PRESETS

    async def preset(self, key: str) -> QualityProfile:
        """A profile made from a preset, not stored; the custom formats it needs are, if they were not there."""
        preset = BY_KEY.get(key)
        if preset is None:
            known = ", ".join(one.key for one in PRESETS)
            raise Problem(Kind.NOT_FOUND, f"There is no preset “{key}”.", f"There are: {known}.", field="preset")
        return await self._db.run(lambda: _from_preset(preset))

    async def add_preset(self, key: str, name: str = "") -> QualityProfile:
        """Store a profile made from a preset, under another name if one is given."""
        draft = await self.preset(key)
        return await self.add(replace(draft, name=name.strip() or draft.name))

    async def make_usual(self) -> None:
        """On a fresh start: a profile from each preset, so that there is something to begin with."""

        def work() -> None:
            if not store.all_profiles():
                for preset in PRESETS:
                    store.save_profile(_from_preset(preset))

        await self._db.run(work)

    async def _changed(self, work: Callable[[], T]) -> T:
        done = await self._db.run(work)
        self._bus.publish(RulesChanged())
        return done

    async def _check(self, profile: QualityProfile) -> None:
        try:
            check_profile(profile)
        except ProfileError as fault:
            raise Problem(Kind.BAD_INPUT, str(fault), field=fault.field) from None
        for other in await self.all():
            if other.id != profile.id and other.name.casefold() == profile.name.casefold():
                raise Problem(Kind.CONFLICT, f"There is a profile “{other.name}” already.", field="name")
        known = {format.id for format in await self._db.read(format_store.all_formats)}
        if missing := sorted(set(profile.format_scores) - known):
            what = f"“{profile.name}” gives a score to custom format {missing[0]}, which does not exist."
            raise Problem(Kind.BAD_INPUT, what, todo="Remove the score.", field="format_scores")


def _from_preset(preset: Preset) -> QualityProfile:
    ids = {format.name.casefold(): format.id for format in format_store.all_formats()}
    for format in formats_of(preset):
        if format.name.casefold() not in ids:
            ids[format.name.casefold()] = format_store.save_format(format).id
    return profile_of(preset, {name: ids[name.casefold()] for name in preset.scores})
