"""Gets the JSON files of a guide: from a file or folder of this machine, an address, or a folder on GitHub."""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.plugin_api.errors import BadAnswer, RateLimited, Unreachable
from radarr_desktop.plugin_api.http import Http

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LARGEST = 2 * 1024 * 1024
"""Bytes of one file."""
ALTOGETHER = 64 * 1024 * 1024
MOST_FILES = 3000
AT_ONCE = 8
REDIRECTS = 3

Files = list[tuple[str, Any]]
"""The name of each for people, and its JSON."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where GitHub is."""

    pages: str = "https://github.com"
    api: str = "https://api.github.com"
    raw: str = "https://raw.githubusercontent.com"


class Fetcher:
    """Bounded in size, number and patience."""

    def __init__(self, version: str, hosts: Hosts | None = None) -> None:
        self._agent = f"radarr-desktop/{version}"
        self._hosts = hosts or Hosts()

    async def files(self, source: str) -> Files:
        """All JSON files of a path or address; raises ``Problem``."""
        if re.match(r"^[a-z][a-z0-9+.-]+://", source, re.IGNORECASE):
            return await self._from_address(source)
        return await asyncio.to_thread(_from_disk, source)

    async def _from_address(self, address: str) -> Files:
        async with self._http() as http:
            try:
                page = re.fullmatch(rf"{re.escape(self._hosts.pages)}/([^/]+/[^/]+)/(tree|blob)/([^/]+)/(.+)", address)
                if page is None:
                    return [(_last(address), _decoded(await _get(http, address), _last(address)))]
                repository, kind, branch, path = page.groups()
                raw = f"{self._hosts.raw}/{repository}/{branch}/"
                if kind == "blob":
                    return [(_last(path), _decoded(await _get(http, raw + path), _last(path)))]
                return await self._folder(http, repository, branch, path.strip("/"), raw)
            except (Unreachable, RateLimited, BadAnswer) as fault:
                raise Problem(Kind.UNREACHABLE, "The guide could not be fetched.", str(fault)) from fault

    async def _folder(self, http: Http, repository: str, branch: str, path: str, raw: str) -> Files:
        listing = _decoded(
            await _get(http, f"{self._hosts.api}/repos/{repository}/git/trees/{quote(branch)}?recursive=1"), repository
        )
        rows = listing.get("tree", []) if isinstance(listing, dict) else []
        paths = [row["path"] for row in rows if isinstance(row, dict) and isinstance(row.get("path"), str)]
        wanted = [one for one in paths if one.startswith(f"{path}/") and one.endswith(".json")]
        if not wanted:
            raise Problem(Kind.NOT_FOUND, f"There is no JSON file in {path} of {repository}.")
        _count(len(wanted))
        gate, left = asyncio.Semaphore(AT_ONCE), [ALTOGETHER]

        async def one(name: str) -> tuple[str, Any]:
            async with gate:
                data = await _get(http, raw + quote(name))
            left[0] -= len(data)
            if left[0] < 0:
                raise Problem(Kind.REFUSED, "The guide is too big.", f"More than {ALTOGETHER:,} bytes are not read.")
            return _last(name), _decoded(data, _last(name))

        tasks = [asyncio.create_task(one(name)) for name in wanted]
        try:
            return await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()

    @asynccontextmanager
    async def _http(self) -> AsyncIterator[Http]:
        http = Http(self._agent)
        try:
            yield http
        finally:
            await http.close()


async def _get(http: Http, address: str) -> bytes:
    for _ in range(REDIRECTS + 1):
        _check_address(address)
        answer = await http.request("GET", address, max_answer=LARGEST)
        if answer.status_code in (301, 302, 303, 307, 308) and answer.headers.get("location"):
            address = urljoin(address, answer.headers["location"])
            continue
        if answer.status_code != 200:
            kind = Kind.NOT_FOUND if answer.status_code == 404 else Kind.UNREACHABLE
            what = f"{_last(address)} could not be fetched."
            raise Problem(kind, what, f"{urlsplit(address).hostname} answered {answer.status_code}.")
        return answer.content
    raise Problem(Kind.REFUSED, f"{_last(address)} could not be fetched.", "It was sent on from address to address.")


def _check_address(address: str) -> None:
    """Nobody on the way may change what decides about downloads: encrypted, or this very machine."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        return
    what = f"Nothing is fetched from {parts.scheme}://{parts.hostname or ''}."
    raise Problem(Kind.REFUSED, what, "On the way it could be changed unseen.", "Use an address with https.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _from_disk(source: str) -> Files:
    try:
        path = Path(source).expanduser()
    except RuntimeError:
        path = Path(source)  # nobody has this name
    if "\0" in source or not path.is_absolute():
        what = f"“{source}” is no place to read from." if source.strip() else "There is no place to read from."
        raise Problem(Kind.BAD_INPUT, what, todo="Give a full path or an address with https.", field="source")
    try:
        found = sorted(_below(path)) if path.is_dir() else [path]
        _count(len(found))
        if sum(each.stat().st_size for each in found) > ALTOGETHER:
            raise Problem(Kind.REFUSED, f"{path} is too big.", f"More than {ALTOGETHER:,} bytes are not read.")
        return [(each.name, _decoded(_bytes(each), each.name)) for each in found]
    except OSError as fault:
        kind = Kind.NOT_FOUND if isinstance(fault, FileNotFoundError) else Kind.BAD_INPUT
        raise Problem(kind, f"{path} cannot be read.", f"{fault.strerror}.", "Name another file.") from fault


def _below(folder: Path) -> Iterator[Path]:
    for number, path in enumerate(folder.rglob("*.json")):
        _count(number)
        if path.is_file():
            yield path


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _count(number: int) -> None:
    if number > MOST_FILES:
        raise Problem(Kind.REFUSED, "The guide is too big.", f"It has more than {MOST_FILES:,} files.")


def _decoded(data: bytes, name: str) -> Any:
    if len(data) > LARGEST:
        raise Problem(Kind.REFUSED, f"{name} is too big.", f"More than {LARGEST:,} bytes are not read.")
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        why = "It is nested too deeply." if isinstance(fault, RecursionError) else "It is no JSON."
        raise Problem(Kind.BAD_INPUT, f"{name} cannot be read.", why, "Name a JSON file of a guide.") from fault


def _last(address: str) -> str:
    return urlsplit(address).path.rstrip("/").rpartition("/")[2] or "The file"
