"""HDBits: searched through its JSON API, by IMDb id first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import Field, SecretStr

from radarr_desktop.plugin_api import (
    BadAnswer,
    Indexer,
    IndexerFlag,
    IndexerSettings,
    LoginFailed,
    NotFound,
    PluginError,
    Query,
    RateLimited,
    Rejected,
    Release,
    ServerFault,
    Unreachable,
    read_json,
)

if TYPE_CHECKING:
    from httpx import Response

LIMIT = 100
PASSKEY_LENGTH = 32
LARGEST_TORRENT = 16 * 1024 * 1024
MOVIE, DOCUMENTARY, TV, DEMO = 1, 3, 2, 7
FULL_DISC, CAPTURE, REMUX = 1, 4, 5


class Category(StrEnum):
    """The parts of HDBits that hold films."""

    MOVIES = "movies"
    DOCUMENTARIES = "documentaries"


class HDBitsSettings(IndexerSettings):
    """What HDBits wants to know."""

    base_url: str = Field(
        default="https://hdbits.org",
        title="Address",
        description="Change it only for a proxy of your own.",
        json_schema_extra={"advanced": True},
    )
    username: str = Field(default="", title="User name", description="Your name on HDBits.")
    passkey: SecretStr = Field(
        default=SecretStr(""),
        title="Passkey",
        description="32 characters from your HDBits profile page. It is not your password.",
    )
    categories: tuple[Category, ...] = Field(
        default=(Category.MOVIES, Category.DOCUMENTARIES),
        title="Categories",
        description="Where to search.",
        min_length=1,
    )


class HDBits(Indexer[HDBitsSettings]):
    """HDBits' JSON API; answers carry a status of their own, whatever HTTP says."""

    name = "HDBits"
    description = "A private tracker for high-definition films. You need an account there."
    info_url = "https://hdbits.org"

    async def test(self) -> None:
        """Let HDBits check the passkey; this costs no search."""
        await self._ask("/api/test", {})

    async def recent(self) -> Sequence[Release]:
        """The newest films: a search for nothing in particular."""
        return await self._find({})

    async def search(self, query: Query) -> Sequence[Release]:
        """By IMDb id; by title and year only when there is no id or HDBits knows nothing under it."""
        if imdb := re.fullmatch(r"tt([0-9]{1,10})", query.imdb_id):
            found = await self._find({"imdb": {"id": int(imdb[1])}})
            if found:
                return found
        words = " ".join(re.findall(r"\w+", query.title))
        if not words:
            return []
        return await self._find({"search": f"{words} {query.year}" if query.year else words})

    async def torrent(self, release: Release) -> bytes:
        """Fetch the .torrent; the address with the passkey exists only here."""
        number = re.fullmatch(r"hdbits-([0-9]{1,18})", release.guid)
        if not number:
            raise NotFound(f"{_clean(release.title)} is not a release of HDBits.")
        response = await self.context.http.request(
            "GET",
            self._url("/download.php"),
            params={"id": number[1], "passkey": self.settings.passkey.get_secret_value()},
            max_answer=LARGEST_TORRENT,
        )
        if response.status_code == 404:
            raise NotFound(f"{_clean(release.title)} is no longer on HDBits (404).")
        self._check_http(response)
        kind = response.headers.get("content-type", "").lower()
        if response.content[:1] != b"d" or not ("bittorrent" in kind or "octet-stream" in kind):
            sent = "a web page" if response.content.lstrip()[:1] == b"<" else "something that is no torrent"
            raise BadAnswer(
                f"HDBits sent {sent if response.content else 'an empty file'} instead of the torrent of "
                f"{_clean(release.title)}. Open the release on HDBits to see why, or take another one."
            )
        return response.content

    async def _find(self, wanted: dict[str, Any]) -> list[Release]:
        numbers = {Category.MOVIES: MOVIE, Category.DOCUMENTARIES: DOCUMENTARY}
        categories = [numbers[category] for category in self.settings.categories]
        answer = await self._ask("/api/torrents", {"category": categories, "limit": LIMIT} | wanted)
        rows = answer.get("data")
        if not isinstance(rows, list):
            raise BadAnswer("HDBits answered without a list of torrents. It is asked again later.")
        releases = {found.guid: found for row in rows if (found := self._release(row))}
        if len(releases) < len(rows):
            self.context.log.debug("%d of %d torrents had no id or name", len(rows) - len(releases), len(rows))
        return list(releases.values())

    async def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        passkey = self.settings.passkey.get_secret_value()
        response = await self.context.http.request(
            "POST",
            self._url(path),
            json={"username": self.settings.username, "passkey": passkey} | body,
            headers={"Accept": "application/json"},
        )
        self._check_http(response)
        answer = read_json(response)
        if not isinstance(answer, dict) or "status" not in answer:
            raise BadAnswer("HDBits answered something that is not its API. Check the address, or wait.")
        if (status := _number(answer["status"], -1)) != 0:
            said = str(answer.get("message") or "no reason given")
            self._refuse(status, _clean(said.replace(passkey, "…") if passkey else said)[:200].rstrip("."))
        return answer

    def _url(self, path: str) -> str:
        return self.settings.base_url.rstrip("/") + path

    def _check_http(self, response: Response) -> None:
        status, text = response.status_code, response.content[:10_000].decode("utf-8", "replace")
        if status == 200:
            return
        if status == 403 and "rate" in text.lower() and "limit" in text.lower():
            minutes = re.search(r"([0-9]{1,3}) minutes?", text)
            wait = int(minutes[1]) if minutes else 15
            raise RateLimited(f"HDBits asked to slow down (403). It is left alone for {wait} minutes.", wait * 60)
        if status == 401:
            raise LoginFailed(f"HDBits refused the passkey (401). {self._passkey_advice()}")
        if status == 403:
            raise Unreachable(
                "HDBits turned this program away (403) without naming a limit. "
                "Open hdbits.org in a browser to see whether your account or address is blocked."
            )
        if status == 404:
            raise NotFound(
                "HDBits has nothing there (404). The torrent is gone, or the address in the settings is off."
            )
        if 300 <= status < 400:
            raise BadAnswer(f"HDBits pointed elsewhere ({status}). Check the address in the settings.")
        raise ServerFault(f"HDBits cannot work right now (it answered {status}). It is asked again later.")

    def _refuse(self, status: int, said: str) -> NoReturn:
        """Every status the API documents, as the error that decides what happens next."""
        ours = "This is a fault of the program, not yours; please report it."
        errors: dict[int, PluginError] = {
            1: Unreachable("HDBits could not do this right now. It is asked again later."),
            2: Rejected("HDBits only talks over an encrypted connection. Start the address with https://."),
            3: Rejected(f"HDBits could not read the request. {ours}"),
            4: LoginFailed("HDBits misses the user name or the passkey. Enter both, then test again."),
            5: LoginFailed(f"HDBits refused the passkey or the user name. {self._passkey_advice()}"),
            6: Rejected(f"HDBits misses a part of the request. {ours}"),
            7: Rejected(f"HDBits did not accept a part of the request. {ours}"),
            8: Rejected("HDBits could not look this film up on IMDb. Check its IMDb id."),
            9: Rejected("HDBits takes no IMDb id of a series. Check the film's IMDb id."),
        }
        error = errors.get(status) or BadAnswer("HDBits answered with a status it does not document.")
        raise type(error)(f"{error} (HDBits: {said}, status {status})")

    def _passkey_advice(self) -> str:
        length = len(self.settings.passkey.get_secret_value())
        if length != PASSKEY_LENGTH:
            return f"It has {length} characters, a passkey has {PASSKEY_LENGTH}. Copy it again from your profile page."
        return "Copy the passkey again from your profile page (it is not the password), then test again."

    def _release(self, row: object) -> Release | None:
        if not isinstance(row, dict):
            return None
        number, title = _number(row.get("id")), _title(row)
        if not number or not title:
            return None
        imdb = row.get("imdb")
        imdb_id = _number(imdb.get("id")) if isinstance(imdb, dict) else 0
        info_hash = str(row.get("hash", "")).lower()
        return Release(
            guid=f"hdbits-{number}",
            title=title,
            size=_number(row.get("size")),
            published=_moment(row),
            seeders=_number(row.get("seeders")),
            leechers=_number(row.get("leechers")),
            info_hash=info_hash if re.fullmatch(r"[0-9a-f]{40}", info_hash) else "",
            imdb_id=f"tt{imdb_id:07d}" if imdb_id else "",
            info_url=self._url(f"/details.php?id={number}"),
            flags=_flags(row),
        )


def _title(row: dict[str, Any]) -> str:
    """The file name, which is the release's own; discs and demos have none worth reading."""
    name, file = _clean(row.get("name")), _clean(row.get("filename")).removesuffix(".torrent")
    if _number(row.get("type_category")) == DEMO or _number(row.get("type_medium")) == FULL_DISC:
        return name or file
    return file or name


def _flags(row: dict[str, Any]) -> frozenset[IndexerFlag]:
    category, medium = _number(row.get("type_category")), _number(row.get("type_medium"))
    internal = _number(row.get("type_origin")) == 1
    flags = set()
    if row.get("freeleech") in ("yes", True, 1, "1"):
        flags.add(IndexerFlag.FREELEECH)
    elif category == DEMO:
        flags.add(IndexerFlag.NEUTRAL)
    elif medium in (FULL_DISC, CAPTURE, REMUX) or category in (TV, DOCUMENTARY) or internal:
        flags.add(IndexerFlag.HALFLEECH)
    if internal:
        flags.add(IndexerFlag.INTERNAL)
    if _number(row.get("type_exclusive")) == 1:
        flags.add(IndexerFlag.EXCLUSIVE)
    return frozenset(flags)


def _moment(row: dict[str, Any]) -> datetime | None:
    if stamp := _number(row.get("utadded")):
        try:
            return datetime.fromtimestamp(stamp, UTC)
        except (OverflowError, ValueError, OSError):
            return None
    try:
        return datetime.strptime(str(row.get("added")), "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _number(value: object, otherwise: int = 0) -> int:
    """A number however HDBits wrote it; never negative, never longer than a database can hold."""
    try:
        number = int(value) if isinstance(value, int | float | str) else otherwise
    except (OverflowError, ValueError):
        return otherwise
    return number if 0 <= number < 2**63 else otherwise


def _clean(value: object) -> str:
    """One line of readable text, at most 500 characters."""
    text = value if isinstance(value, str) else ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[:2000]).split())[:500]
