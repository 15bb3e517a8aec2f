"""Prowlarr: keeps indexers for several programs; each is a Torznab feed below its address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import Field, SecretStr

from radarr_desktop.plugin_api import (
    BadAnswer,
    IndexerSource,
    KeptIndexer,
    LoginFailed,
    NotFound,
    Rejected,
    ServerFault,
    Settings,
    Unreachable,
    read_json,
    read_line,
    read_number,
)

MOVIES = range(2000, 3000)
MOST_CATEGORIES = 100


class ProwlarrSettings(Settings):
    """Where Prowlarr is."""

    base_url: str = Field(
        default="http://localhost:9696", title="Address", description="With its URL base, if it has one."
    )
    api_key: SecretStr = Field(
        default=SecretStr(""),
        title="API key",
        description="From Prowlarr: Settings, then General.",
        json_schema_extra={"required": True},
    )


class Prowlarr(IndexerSource[ProwlarrSettings]):
    """Prowlarr's API, version 1."""

    name = "Prowlarr"
    description = "Takes over the torrent indexers that Prowlarr keeps, and follows its changes."
    info_url = "https://prowlarr.com"

    async def test(self) -> None:
        """Is it Prowlarr, and does it take the key?"""
        status = await self._ask("/api/v1/system/status")
        if not isinstance(status, dict):
            raise BadAnswer("Prowlarr answered something that is not its API. Check the address, or wait.")
        if read_line(status.get("appName")) != "Prowlarr":
            raise Rejected("Another program than Prowlarr answers there. Check the address and the port.")

    async def indexers(self) -> Sequence[KeptIndexer]:
        """Its torrent indexers with movies, each with the health that Prowlarr knows of."""
        rows = await self._listed("/api/v1/indexer")
        statuses = {read_number(row.get("indexerId")): row for row in await self._listed("/api/v1/indexerstatus")}
        found = [one for row in rows if (one := self._kept(row, statuses))]
        return list({one.base_url: one for one in found}.values())

    def leads_here(self, base_url: str) -> bool:
        """Below our address, under a number."""
        ours = re.escape(self.settings.base_url.rstrip("/"))
        return re.fullmatch(rf"{ours}/[0-9]{{1,9}}/?", base_url.strip()) is not None

    def _kept(self, row: Mapping[str, Any], statuses: Mapping[int, Mapping[str, Any]]) -> KeptIndexer | None:
        number, name = read_number(row.get("id")), read_line(row.get("name"), 100)
        movies = _movies(row.get("capabilities"))
        if not 0 < number < 10**9 or not name or row.get("protocol") != "torrent" or not movies:
            return None
        until = _moment(statuses.get(number, {}).get("disabledTill"))
        can_search = row.get("supportsSearch") is not False
        priority = read_number(row.get("priority"), 25)
        return KeptIndexer(
            name=name,
            settings={
                "base_url": f"{self.settings.base_url.rstrip('/')}/{number}/",
                "api_path": "/api",
                "api_key": self.settings.api_key.get_secret_value(),
                "categories": movies,
                "feed": row.get("supportsRss") is not False,
                "automatic_search": can_search,
                "interactive_search": can_search,
            },
            enabled=row.get("enable") is True,
            priority=min(max(priority, 1), 50),
            problem=f"Prowlarr leaves {name} alone after failures." if until else "",
            left_alone_until=until,
        )

    async def _listed(self, path: str) -> list[Mapping[str, Any]]:
        rows = await self._ask(path)
        if not isinstance(rows, list):
            raise BadAnswer("Prowlarr answered without a list of indexers. It is asked again later.")
        return [row for row in rows if isinstance(row, dict)]

    async def _ask(self, path: str) -> Any:
        response = await self.context.http.request(
            "GET",
            self.settings.base_url.rstrip("/") + path,
            headers={"Accept": "application/json", "X-Api-Key": self.settings.api_key.get_secret_value()},
        )
        status = response.status_code
        if status == 200:
            return read_json(response)
        if status in (401, 403):
            raise LoginFailed(f"Prowlarr refused the API key ({status}). Copy it again from its settings.")
        if 300 <= status < 400:
            raise BadAnswer(f"Prowlarr pointed elsewhere ({status}). Check the address and its URL base.")
        if status == 404:
            raise NotFound("Prowlarr has nothing there (404). Check the address and its URL base.")
        raise (ServerFault if status >= 500 else Unreachable)(
            f"Prowlarr cannot work right now (it answered {status}). It is asked again later."
        )


def _movies(capabilities: object) -> list[int]:
    """Numbers of its categories of movies, in order."""
    categories = capabilities.get("categories") if isinstance(capabilities, dict) else None
    found: list[int] = []
    for one in categories if isinstance(categories, list) else ():
        below = one.get("subCategories") if isinstance(one, dict) else None
        for each in [one, *(below if isinstance(below, list) else [])]:
            number = read_number(each.get("id")) if isinstance(each, dict) else 0
            if number in MOVIES and number not in found:
                found.append(number)
    return found[:MOST_CATEGORIES]


def _moment(value: object) -> datetime | None:
    """When it is past already, nothing is left alone."""
    try:
        moment = datetime.fromisoformat(value[:40]) if isinstance(value, str) else None
        utc = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC) if moment else None
    except (OverflowError, ValueError):
        return None
    return utc if utc and utc > datetime.now(UTC) else None
