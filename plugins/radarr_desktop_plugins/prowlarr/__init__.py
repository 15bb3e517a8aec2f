"""Prowlarr: keeps indexers for several programs; each is a Torznab feed below its address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from radarr_desktop.plugin_api import IndexerSource, KeptIndexer, read_number
from radarr_desktop_plugins.prowlarr.api import Api
from radarr_desktop_plugins.prowlarr.members import Member, read_members
from radarr_desktop_plugins.prowlarr.settings import ProwlarrSettings

__all__ = ["Prowlarr", "ProwlarrSettings"]


class Prowlarr(IndexerSource[ProwlarrSettings]):
    """Prowlarr's list of indexers."""

    name = "Prowlarr"
    description = "Takes over the torrent indexers that Prowlarr keeps, and follows its changes."
    info_url = "https://prowlarr.com"

    async def test(self) -> None:
        """Is it Prowlarr, and does it take the key?"""
        await self._api.check()

    async def indexers(self) -> Sequence[KeptIndexer]:
        """Its torrent indexers with movies, each with the health that Prowlarr knows of."""
        members = read_members(await self._api.listed("/api/v1/indexer"))
        statuses = await self._api.listed("/api/v1/indexerstatus")
        told = {read_number(row.get("indexerId")): _moment(row.get("disabledTill")) for row in statuses}
        if self.settings.together:
            return self._as_one(members, told) if members else []
        return [self._kept(one, told.get(one.id)) for one in members]

    def leads_here(self, base_url: str) -> bool:
        """Our address, or one below it under a number."""
        return re.fullmatch(rf"{re.escape(self._api.base_url)}(?:/[0-9]{{1,9}})?/?", base_url.strip()) is not None

    @property
    def _key(self) -> str:
        return self.settings.api_key.get_secret_value()

    @property
    def _api(self) -> Api:
        return Api(self.settings.base_url, self._key, self.context.http)

    def _kept(self, member: Member, until: datetime | None) -> KeptIndexer:
        return KeptIndexer(
            name=member.name,
            settings={
                "base_url": f"{self._api.base_url}/{member.id}/",
                "api_path": "/api",
                "api_key": self._key,
                "categories": list(member.categories),
                "feed": member.has_feed,
                "automatic_search": member.can_search,
                "interactive_search": member.can_search,
            },
            enabled=member.enabled,
            priority=member.priority,
            problem=f"Prowlarr leaves {member.name} alone after failures." if until else "",
            left_alone_until=until,
        )

    def _as_one(self, members: Sequence[Member], told: Mapping[int, datetime | None]) -> list[KeptIndexer]:
        away = ", ".join(one.name for one in members if told.get(one.id))
        return [
            KeptIndexer(
                name="Prowlarr, all",
                settings={"base_url": self._api.base_url, "api_key": self._key},
                implementation="ProwlarrSearch",
                problem=f"Prowlarr leaves {away} alone after failures." if away else "",
            )
        ]


def _moment(value: object) -> datetime | None:
    """When it is past already, nothing is left alone."""
    try:
        moment = datetime.fromisoformat(value[:40]) if isinstance(value, str) else None
        utc = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC) if moment else None
    except (OverflowError, ValueError):
        return None
    return utc if utc and utc > datetime.now(UTC) else None
