"""Root folders and tags."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

from radarr_desktop.domain.collection import NO_MOVIES
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import RootFolder, Tag
from radarr_desktop.store import movies, profiles
from radarr_desktop.store.database import Database

_LABEL = re.compile(r"^[a-z0-9-]{1,64}$")


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
    if problem := unreadable(folder):
        return problem
    return "" if os.access(folder, os.W_OK) else "It cannot be written. Check its owner and permissions."


def unreadable(folder: Path) -> str:
    """Why a folder cannot be looked through; empty when it can."""
    if not folder.is_absolute():
        return "It is no full path."
    try:
        if not folder.is_dir():
            return "There is a file of that name." if folder.exists() else "There is no such folder."
    except OSError as fault:
        return f"The system says: {fault.strerror}."
    return "" if os.access(folder, os.R_OK | os.X_OK) else "It cannot be read. Check its owner and permissions."


def _looked_at(folder: RootFolder, owned: set[str]) -> RootFolder:
    path = Path(folder.path)
    try:
        usage = shutil.disk_usage(path)
        names = sorted(entry.name for entry in os.scandir(path) if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return replace(folder, accessible=False)
    start = f"{folder.path.rstrip(os.sep)}{os.sep}"  # a movie's folder may lie in a folder that many share
    shared = {one[len(start) :].partition(os.sep)[0] for one in owned if one.startswith(start)}
    unmapped = tuple(name for name in names if name not in shared and name.casefold() not in NO_MOVIES)
    return replace(folder, free_space=usage.free, total_space=usage.total, unmapped=unmapped)
