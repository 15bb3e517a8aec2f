"""Root folders, quality profiles and tags."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import ProfileError, QualityProfile, check_profile, make_profile
from radarr_desktop.domain.records import RootFolder, Tag
from radarr_desktop.store import movies, profiles
from radarr_desktop.store.database import Database

_LABEL = re.compile(r"^[a-z0-9-]{1,64}$")


USUAL = (
    ("HD-1080p", ("HDTV-1080p", "WEB 1080p", "Bluray-1080p"), "Bluray-1080p"),
    ("Ultra-HD", ("HDTV-2160p", "WEB 2160p", "Bluray-2160p", "Remux-2160p"), "Bluray-2160p"),
    ("HD - 720p/1080p", ("HDTV-720p", "WEB 720p", "Bluray-720p", "WEB 1080p", "Bluray-1080p"), "Bluray-1080p"),
    ("Any", ("SDTV", "DVD", "WEB 480p", "HDTV-720p", "WEB 720p", "Bluray-720p", "WEB 1080p", "Bluray-1080p"), ""),
)
"""Name, allowed (worst first), cutoff; the names are those people know from Radarr."""


class RootFolders:
    """Folders movies are kept in."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def all(self) -> list[RootFolder]:
        """Every root folder, with what its disk says now."""
        folders = await self._db.read(profiles.all_folders)
        owned = {movie.folder for movie in await self._db.read(movies.all_movies)}
        return list(await asyncio.gather(*(asyncio.to_thread(_looked_at, folder, owned) for folder in folders)))

    async def add(self, path: str) -> RootFolder:
        """Keep movies in this folder from now on; it must exist and be writable."""
        folder = plain_path(path)
        problem = await asyncio.to_thread(unusable, folder)
        if problem:
            raise Problem(Kind.BAD_INPUT, f"{path} cannot be a root folder.", problem, field="path")
        known = await self._db.read(profiles.all_folders)
        for other in known:
            theirs = Path(other.path)
            if theirs != folder and (theirs in folder.parents or folder in theirs.parents):
                what = f"{path} cannot be a root folder."
                raise Problem(Kind.CONFLICT, what, f"It lies in {theirs}, or {theirs} lies in it.", field="path")
        added = await self._db.run(lambda: profiles.add_folder(str(folder)))
        return await asyncio.to_thread(_looked_at, added, set[str]())

    async def remove(self, folder_id: int) -> None:
        """Forget a root folder; its files and movies stay."""
        if folder_id not in {folder.id for folder in await self._db.read(profiles.all_folders)}:
            raise Problem(Kind.NOT_FOUND, f"There is no root folder {folder_id}.")
        await self._db.run(lambda: profiles.delete_folder(folder_id))


class Profiles:
    """Quality profiles."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def all(self) -> list[QualityProfile]:
        """Every profile."""
        return await self._db.read(profiles.all_profiles)

    async def get(self, profile_id: int) -> QualityProfile:
        """One profile."""
        profile = await self._db.read(lambda: profiles.get_profile(profile_id))
        if profile is None:
            raise Problem(Kind.NOT_FOUND, f"There is no quality profile {profile_id}.")
        return profile

    async def add(self, profile: QualityProfile) -> QualityProfile:
        """Store a new profile."""
        await self._check(profile)
        return await self._db.run(lambda: profiles.save_profile(replace(profile, id=0)))

    async def update(self, profile: QualityProfile) -> QualityProfile:
        """Change a profile."""
        await self.get(profile.id)
        await self._check(profile)
        return await self._db.run(lambda: profiles.save_profile(profile))

    async def remove(self, profile_id: int) -> None:
        """Forget a profile that no movie uses."""
        profile = await self.get(profile_id)
        used = await self._db.read(lambda: movies.using_profile(profile_id))
        if used:
            why = f"{used} movies use it." if used > 1 else "A movie uses it."
            raise Problem(Kind.CONFLICT, f"{profile.name} cannot be removed.", why, "Give them another profile first.")
        await self._db.run(lambda: profiles.delete_profile(profile_id))

    async def make_usual(self) -> None:
        """On a fresh start: profiles that most people can begin with, the first being the usual choice."""

        def work() -> None:
            if not profiles.all_profiles():
                for name, allowed, cutoff in USUAL:
                    profiles.save_profile(make_profile(name, allowed, cutoff))

        await self._db.run(work)

    async def _check(self, profile: QualityProfile) -> None:
        try:
            check_profile(profile)
        except ProfileError as fault:
            raise Problem(Kind.BAD_INPUT, str(fault), field=fault.field) from None
        for other in await self.all():
            if other.id != profile.id and other.name.casefold() == profile.name.casefold():
                raise Problem(Kind.CONFLICT, f"There is a profile “{other.name}” already.", field="name")


class Tags:
    """Labels on movies and services."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def all(self) -> list[Tag]:
        """Every tag."""
        return await self._db.read(profiles.all_tags)

    async def add(self, label: str) -> Tag:
        """A tag with this label, new or known."""
        label = checked_label(label)
        return await self._db.run(lambda: profiles.save_tag(label))

    async def rename(self, tag_id: int, label: str) -> Tag:
        """Give a tag another label."""
        label = checked_label(label)
        await self._known(tag_id)
        if any(tag.label == label and tag.id != tag_id for tag in await self.all()):
            raise Problem(Kind.CONFLICT, f"There is a tag “{label}” already.", field="label")
        return await self._db.run(lambda: profiles.save_tag(label, tag_id))

    async def remove(self, tag_id: int) -> None:
        """Forget a tag."""
        await self._known(tag_id)
        await self._db.run(lambda: profiles.delete_tag(tag_id))

    async def _known(self, tag_id: int) -> None:
        if tag_id not in {tag.id for tag in await self.all()}:
            raise Problem(Kind.NOT_FOUND, f"There is no tag {tag_id}.")


def checked_label(label: str) -> str:
    """A tag as it is kept; raises a ``Problem`` for what cannot be one."""
    label = label.strip().lower()
    if not _LABEL.match(label):
        raise Problem(Kind.BAD_INPUT, f"“{label}” is no tag.", "Use letters a to z, digits and hyphens.", field="label")
    return label


def plain_path(path: str) -> Path:
    """A path without detours, by its words alone."""
    return Path(os.path.normpath(path))


def unusable(folder: Path) -> str:
    """Why movies cannot be kept in a folder; empty when they can."""
    if not folder.is_absolute():
        return "It is no full path."
    try:
        if not folder.is_dir():
            return "There is a file of that name." if folder.exists() else "There is no such folder."
    except OSError as fault:
        return f"The system says: {fault.strerror}."
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return "It cannot be written. Check its owner and permissions."
    return ""


def _looked_at(folder: RootFolder, owned: set[str]) -> RootFolder:
    path = Path(folder.path)
    try:
        usage = shutil.disk_usage(path)
        names = sorted(entry.name for entry in os.scandir(path) if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return replace(folder, accessible=False)
    unmapped = tuple(name for name in names if str(path / name) not in owned)
    return replace(folder, free_space=usage.free, total_space=usage.total, unmapped=unmapped)
