"""What the file says of watched folders."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.watching import Afterwards, WatchFolder
from radarr_desktop.engine.library.shelves import plain_path, unreadable
from radarr_desktop.engine.provisioning.document import Document, WatchFolderTable
from radarr_desktop.engine.provisioning.lines import Place

_WAYS = ", ".join(one.value for one in Afterwards)


def wanted_watch(table: WatchFolderTable, current: WatchFolder | None = None) -> WatchFolder:
    """A watched folder as the file has it; what the file does not say stays. Raises ``Problem``."""
    if table.afterwards not in [one.value for one in Afterwards]:
        what = f"“{table.afterwards}” is nothing that can be done with a file."
        raise Problem(Kind.BAD_INPUT, what, f"Known are {_WAYS}.", field="afterwards")
    told = table.model_fields_set if current else {"torrents", "media", "afterwards"}
    base = current or WatchFolder(0, str(plain_path(table.path)))
    changes: dict[str, Any] = {name: getattr(table, name) for name in ("torrents", "media") if name in told}
    if "afterwards" in told:
        changes["afterwards"] = Afterwards(table.afterwards)
    return replace(base, **changes)


def wrong_watches(document: Document, known_before: Collection[str]) -> Iterator[tuple[Place, str]]:
    """What cannot be meant of them, and where."""
    shelves = {plain_path(table.path) for table in document.root_folder}
    seen: set[Path] = set()
    for number, table in enumerate(document.watch_folder):
        folder = plain_path(table.path)
        try:
            wanted_watch(table)
        except Problem as problem:
            yield ("watch_folder", number, problem.field), str(problem)
        problem_of_path = "" if str(folder) in known_before else unreadable(folder)
        if problem_of_path:
            yield ("watch_folder", number, "path"), f"{table.path} cannot be watched. {problem_of_path}"
        elif folder in seen:
            yield ("watch_folder", number, "path"), f"{table.path} is named twice. Remove one."
        elif any(folder == each or each in folder.parents or folder in each.parents for each in shelves):
            yield ("watch_folder", number, "path"), f"{table.path} cannot be watched: movies are kept there."
        if not (table.torrents or table.media):
            yield ("watch_folder", number, "torrents"), "There is nothing to watch for: torrents and media are off."
        seen.add(folder)
