"""The program's own settings."""

from __future__ import annotations

import asyncio
import re
import secrets as random
import sys
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from radarr_desktop.domain.decision.policy import Policy, PolicyError, Propers, check_policy
from radarr_desktop.domain.naming import Colon, Naming, NamingError, check_naming
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.stuck import DownloadSettings, SettingsError, check_settings
from radarr_desktop.engine.secrets import Secrets
from radarr_desktop.store import settings as store
from radarr_desktop.store.database import Database

PORT_KEY = "port/api_key"
SHORTEST_KEY = 20


class FileDate(StrEnum):
    """What date a file in the library gets; the words are the v3 API's."""

    NONE = "none"
    CINEMAS = "cinemas"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """How files get into the library."""

    allow_copies: bool = False
    """Copy where neither a hard link nor a reflink is possible; off: the import waits and asks."""
    naming: Naming = field(default_factory=Naming)
    minimum_free_mb: int = 100
    trash_days: int = 30
    """Days a replaced or deleted file stays in the trash; 0: until somebody empties it."""
    trash_gb: int = 0
    """Decimal gigabytes that all trash may have, the oldest goes first; 0: no limit."""
    unpack: bool = False
    """Unpack a download that holds its movie in an archive; off: it waits and asks."""
    import_extras: bool = True
    """Bring along what lies beside the video."""
    extra_file_extensions: str = "srt,ass,ssa,vtt,sub,idx,sup"
    """Of which endings, with commas between."""
    set_permissions: bool = False
    chmod_folder: str = "755"
    """Octal, of folders; files get the same without the right to run them."""
    chown_group: str = ""
    """Name or number of the group that gets them; empty leaves it."""
    file_date: FileDate = FileDate.NONE
    delete_empty_folders: bool = False

    @property
    def extras(self) -> frozenset[str]:
        """The endings of what comes along, in lower case with their dots."""
        if not self.import_extras:
            return frozenset()
        words = (word.strip().lstrip(".").lower() for word in self.extra_file_extensions.replace("|", ",").split(","))
        return frozenset(f".{word}" for word in words if word)


@dataclass(frozen=True, slots=True)
class SidecarSettings:
    """What is written beside movies for players."""

    nfo: bool = False
    """What is known of the movie, as Kodi, Emby and Jellyfin read it."""
    movie_nfo: bool = False
    """As ``movie.nfo``; off: under the name of the movie's file."""
    images: bool = False
    """Poster and backdrop."""

    @property
    def any(self) -> bool:
        """Is anything written?"""
        return self.nfo or self.images


@dataclass(frozen=True, slots=True)
class PortSettings:
    """Where the REST port listens."""

    host: str = "127.0.0.1"
    port: int = 7878
    """0: any free one."""
    api_key: str = field(default="", repr=False)
    """Kept with the secrets."""


@dataclass(frozen=True, slots=True)
class MemorySettings:
    """How long is remembered what was seen and why it was not taken."""

    keep_days: int = 180
    """Days after which a verdict that was not given again is forgotten, and a release without one."""


LONGEST_MEMORY = 36_500


def check_media(media: MediaSettings) -> None:
    """Raise a ``Problem`` for names and permissions that cannot work."""
    try:
        check_naming(media.naming)
    except NamingError as fault:
        raise Problem(Kind.BAD_INPUT, str(fault), field=f"naming.{fault.field}") from None
    if not re.fullmatch(r"[0-7]?7[0-7]{2}", media.chmod_folder):
        why = "Three octal digits are needed, the first of them a 7: the program must get in itself."
        raise Problem(Kind.BAD_INPUT, f"{media.chmod_folder} is no mode of a folder.", why, field="chmod_folder")
    if media.chown_group and group_id(media.chown_group) is None:
        what = f"There is no group {media.chown_group} on this machine."
        raise Problem(Kind.BAD_INPUT, what, todo="Name one that there is, or leave it empty.", field="chown_group")
    if strange := [ending for ending in media.extras if not re.fullmatch(r"\.[a-z0-9-]{1,10}", ending)]:
        what = f"{strange[0]} is no ending of a file's name."
        raise Problem(Kind.BAD_INPUT, what, todo="Write them as srt,nfo.", field="extra_file_extensions")


def group_id(group: str) -> int | None:
    """The number of a group given by name or number; None where there is none."""
    if sys.platform == "win32":
        return None
    import grp

    try:
        return (grp.getgrgid(int(group)) if group.isdecimal() else grp.getgrnam(group)).gr_gid
    except (KeyError, OverflowError, ValueError):
        return None


def check_port(port: PortSettings) -> None:
    """Raise a ``Problem`` for what cannot be listened at, or cannot be sent as a key."""
    if not port.host.strip():
        raise Problem(Kind.BAD_INPUT, "The host is empty.", todo="Use 127.0.0.1 for this machine alone.", field="host")
    if not 0 <= port.port <= 65535:
        raise Problem(Kind.BAD_INPUT, f"{port.port} is no port.", "Ports go from 1 to 65535.", field="port")
    key = port.api_key
    if key and len(key) < SHORTEST_KEY:
        why = f"It has {len(key)} characters, {SHORTEST_KEY} are needed."
        raise Problem(Kind.BAD_INPUT, "The API key is too short.", why, field="api_key")
    if not (key.isascii() and key.isprintable()) or " " in key:
        why = "It travels in a header: letters, digits and signs without spaces."
        raise Problem(Kind.BAD_INPUT, "The API key has characters that cannot be sent.", why, field="api_key")


class AppSettings:
    """Read and changed here only; defaults where nothing was set."""

    def __init__(self, db: Database, secrets: Secrets) -> None:
        self._db = db
        self._secrets = secrets
        self._kept: dict[str, Any] = {}
        """What was read or written last: many verbs ask, and nobody else writes."""
        self.port_address = ""
        """Where the port really listens, like ``http://127.0.0.1:7878``; empty while it does not."""

    async def _get(self, key: str) -> dict[str, Any]:
        if key not in self._kept:
            self._kept.setdefault(key, await self._db.read(lambda: store.get(key)) or {})
        value: dict[str, Any] = self._kept[key]
        return value

    async def _put(self, key: str, value: dict[str, Any]) -> None:
        async def written() -> None:
            await self._db.run(lambda: store.put(key, value))
            self._kept[key] = await self._db.read(lambda: store.get(key))

        await asyncio.shield(written())  # a caller that leaves must not leave the old value behind

    async def media(self) -> MediaSettings:
        """How files get into the library."""
        value = await self._get("media")
        naming = value.get("naming", {})
        known = {
            "naming": Naming(**(naming | {"colon": Colon(naming.get("colon", Colon.SMART))})),
            "file_date": FileDate(value.get("file_date", FileDate.NONE)),
        }
        return MediaSettings(**(value | known))

    async def save_media(self, media: MediaSettings) -> None:
        """Change that; raises a ``Problem`` for what cannot work."""
        check_media(media)
        await self._put("media", asdict(media))

    async def policy(self) -> Policy:
        """What holds for every decision; how much must stay free is the media settings' word."""
        value = await self._get("policy"), await self._get("media")
        known = value[0] | {"propers": Propers(value[0].get("propers", Propers.PREFER))}
        known["known_subs"] = tuple(known.get("known_subs", ()))
        return Policy(**known | {"keep_free": value[1].get("minimum_free_mb", MediaSettings().minimum_free_mb)})

    async def save_policy(self, policy: Policy) -> None:
        """Change that; raises a ``Problem`` for what cannot be meant."""
        try:
            check_policy(policy)
        except PolicyError as fault:
            raise Problem(Kind.BAD_INPUT, str(fault), field=fault.field) from None
        value = asdict(policy)
        del value["keep_free"]
        await self._put("policy", value)

    async def downloads(self) -> DownloadSettings:
        """How patient the program is with downloads."""
        return DownloadSettings(**await self._get("downloads"))

    async def save_downloads(self, downloads: DownloadSettings) -> None:
        """Change that; raises a ``Problem`` for what cannot be meant."""
        try:
            check_settings(downloads)
        except SettingsError as fault:
            raise Problem(Kind.BAD_INPUT, str(fault), field=fault.field) from None
        await self._put("downloads", asdict(downloads))

    async def sidecars(self) -> SidecarSettings:
        """What is written beside movies."""
        return SidecarSettings(**await self._get("sidecars"))

    async def save_sidecars(self, sidecars: SidecarSettings) -> None:
        """Change that, for what is written from now on."""
        await self._put("sidecars", asdict(sidecars))

    async def memory(self) -> MemorySettings:
        """How long is remembered."""
        return MemorySettings(**await self._get("memory"))

    async def save_memory(self, memory: MemorySettings) -> None:
        """Change that."""
        if not 1 <= memory.keep_days <= LONGEST_MEMORY:
            why = f"It can be kept for 1 to {LONGEST_MEMORY:,} days."
            raise Problem(Kind.BAD_INPUT, f"{memory.keep_days:,} days cannot be meant.", why, field="keep_days")
        await self._put("memory", asdict(memory))

    async def port(self) -> PortSettings:
        """Where the REST port listens, and its key, made at first use."""
        value = await self._get("port")
        key = await self._secrets.get(PORT_KEY)
        if not key:
            key = random.token_hex(16)
            await self._secrets.put(PORT_KEY, key)
        return PortSettings(**value, api_key=key)

    async def save_port(self, port: PortSettings) -> None:
        """Change that, at the next start; an empty key keeps the one there is."""
        check_port(port)
        if port.api_key and port.api_key != await self._secrets.get(PORT_KEY):
            await self._secrets.put(PORT_KEY, port.api_key)
        await self._put("port", {"host": port.host, "port": port.port})
