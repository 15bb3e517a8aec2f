"""What the user sets about deciding: general settings, delay profiles, words of release names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from radarr_desktop.domain.decision.policy import DEFAULT_DELAY, DelayProfile, Policy, ReleaseProfile
from radarr_desktop.domain.events import RulesChanged
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.terms import TermError, check_term
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.store import delays as store
from radarr_desktop.store import profiles
from radarr_desktop.store.database import Database

LONGEST_DELAY = 60 * 24 * 365
"""Minutes."""
MOST_TERMS = 200

T = TypeVar("T")


class Rules:
    """Every change is told (``RulesChanged``): what waits is judged again."""

    def __init__(self, db: Database, bus: Bus, settings: AppSettings, plugins: PluginHost) -> None:
        self._db = db
        self._bus = bus
        self._settings = settings
        self._plugins = plugins

    async def policy(self) -> Policy:
        """The general settings."""
        return await self._settings.policy()

    async def save_policy(self, policy: Policy) -> None:
        """Change them."""
        await self._settings.save_policy(policy)
        self._bus.publish(RulesChanged())

    async def delays(self) -> list[DelayProfile]:
        """Delay profiles in the order they are asked; the default one is last."""
        return await self._db.read(store.all_delays)

    async def delay(self, profile_id: int) -> DelayProfile:
        """One of them."""
        return _known(await self.delays(), profile_id, "delay profile")

    async def save_delay(self, profile: DelayProfile) -> DelayProfile:
        """Add (id 0) or change a delay profile."""
        if profile.id:
            profile = replace(profile, order=(await self.delay(profile.id)).order)
        await self._check_delay(profile)
        return await self._changed(lambda: store.save_delay(profile))

    async def remove_delay(self, profile_id: int) -> None:
        """Forget a delay profile; the default one stays."""
        if profile_id == DEFAULT_DELAY:
            why = "It is for all movies that no other one is for."
            raise Problem(Kind.REFUSED, "The default delay profile cannot be removed.", why, "Set its delay to 0.")
        await self.delay(profile_id)
        await self._changed(lambda: store.delete_delay(profile_id))

    async def move_delay(self, profile_id: int, after: int) -> list[DelayProfile]:
        """Ask a delay profile behind another one, or (0) first; the default one stays last."""
        if profile_id == DEFAULT_DELAY:
            raise Problem(Kind.REFUSED, "The default delay profile cannot be moved.", "It is always the last one.")
        await self.delay(profile_id)
        ids = [each.id for each in await self.delays() if each.id not in (profile_id, DEFAULT_DELAY)]
        if after not in (0, *ids):
            raise Problem(Kind.NOT_FOUND, f"There is no delay profile {after} to come after.")
        ids.insert(ids.index(after) + 1 if after else 0, profile_id)
        await self._changed(lambda: store.order_delays(ids))
        return await self.delays()

    async def words(self) -> list[ReleaseProfile]:
        """Release profiles."""
        return await self._db.read(store.all_words)

    async def words_of(self, profile_id: int) -> ReleaseProfile:
        """One of them."""
        return _known(await self.words(), profile_id, "release profile")

    async def save_words(self, profile: ReleaseProfile) -> ReleaseProfile:
        """Add (id 0) or change a release profile."""
        if profile.id:
            await self.words_of(profile.id)
        await self._check_words(profile)
        return await self._changed(lambda: store.save_words(profile))

    async def remove_words(self, profile_id: int) -> None:
        """Forget a release profile."""
        await self.words_of(profile_id)
        await self._changed(lambda: store.delete_words(profile_id))

    async def _check_delay(self, profile: DelayProfile) -> None:
        others = [each for each in await self.delays() if each.id != profile.id]
        used = {tag for each in others for tag in each.tags}
        if not profile.torrents and not profile.usenet:
            raise Problem(Kind.BAD_INPUT, "Either torrents or usenet must be on.", field="enable_torrent")
        for name, minutes in (("torrent_delay", profile.delay), ("usenet_delay", profile.usenet_delay)):
            if not 0 <= minutes <= LONGEST_DELAY:
                raise Problem(Kind.BAD_INPUT, f"A delay goes from 0 to {LONGEST_DELAY:,} minutes.", field=name)
        if profile.id == DEFAULT_DELAY and profile.tags:
            raise Problem(Kind.BAD_INPUT, "The default delay profile has no tags.", "It is for all.", field="tags")
        if profile.id != DEFAULT_DELAY and not profile.tags:
            todo = "Name at least one."
            raise Problem(
                Kind.BAD_INPUT, "A delay profile needs tags.", "It is for movies that have one.", todo, field="tags"
            )
        if set(profile.tags) & used:
            raise Problem(Kind.BAD_INPUT, "One of these tags has a delay profile already.", field="tags")
        await self._check_tags(profile.tags)

    async def _check_words(self, profile: ReleaseProfile) -> None:
        if not profile.required and not profile.ignored:
            why = "Without words it would do nothing."
            raise Problem(Kind.BAD_INPUT, "Name words that must, or must not, be there.", why, field="required")
        for name, terms in (("required", profile.required), ("ignored", profile.ignored)):
            if len(terms) > MOST_TERMS:
                raise Problem(
                    Kind.BAD_INPUT, f"{len(terms)} words are too many.", f"{MOST_TERMS} are the most.", field=name
                )
            for term in terms:
                try:
                    check_term(term)
                except TermError as fault:
                    raise Problem(Kind.BAD_INPUT, str(fault), field=name) from None
        known = {live.id for live in await self._plugins.instances("indexer")}
        if profile.enabled and profile.indexer_id and profile.indexer_id not in known:
            raise Problem(Kind.BAD_INPUT, f"There is no indexer {profile.indexer_id}.", field="indexer_id")
        await self._check_tags(profile.tags)

    async def _check_tags(self, tags: tuple[int, ...]) -> None:
        known = {tag.id for tag in await self._db.read(profiles.all_tags)}
        if unknown := set(tags) - known:
            raise Problem(Kind.BAD_INPUT, f"There is no tag {min(unknown)}.", field="tags")

    async def _changed(self, work: Callable[[], T]) -> T:
        done = await self._db.run(work)
        self._bus.publish(RulesChanged())
        return done


P = TypeVar("P", DelayProfile, ReleaseProfile)


def _known(found: list[P], profile_id: int, what: str) -> P:
    for profile in found:
        if profile.id == profile_id:
            return profile
    raise Problem(Kind.NOT_FOUND, f"There is no {what} {profile_id}.")
