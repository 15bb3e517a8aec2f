"""The program with a step left out: what each would lose, and which hunt must find it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[3]

_SYNC_FOLDER = '    """Make the names in a folder survive a power cut."""\n'
_SYNC_FILE = '    """Make a file\'s content survive a power cut."""\n'
_STEPS = "        await asyncio.to_thread(underway.carry_out, begun, progress, again=again)\n"
_CLOSE = "        await self._close([one for one in begun if one.problem is None])\n"
_EARLY = """\
        for one in begun:
            one.methods |= {entry.id: "hardlink" for entry in one.entries}
"""
_UNDO_EARLY = _EARLY + "        await self._close([one for one in begun if one.operation.undoes])\n"
_OTHERS_LATE = "        await self._close([one for one in begun if not one.operation.undoes])\n"
_STAGED = """\
    source, target, staged = Path(entry.source), Path(entry.target), staged_path(entry)
    made: list[Path] = []
    has_its_name = False
"""
_SYNC_MOVED = """\
        for folder in (target.parent, *(each.parent for each in reversed(made)), source.parent):
            disk.sync_folder(folder)
    except (OSError, Problem) as fault:
"""


@dataclass(frozen=True, slots=True)
class Mutant:
    """In ``file`` each of the texts is replaced, once."""

    name: str
    file: str
    edits: tuple[tuple[str, str], ...]
    hunt: tuple[str, ...]
    """Options of the hunt that finds it."""

    @property
    def needs_cut(self) -> bool:
        """Only a power cut finds it: what a killed program wrote is kept by the system."""
        return "--cut" in self.hunt


_AT_THE_END = ("--at", "no step")

MUTANTS = (
    Mutant(
        "a name is not written out",
        "disk.py",
        ((_SYNC_FOLDER, f"{_SYNC_FOLDER}    return\n"),),
        ("--cut", "--only", "import by link", *_AT_THE_END),
    ),
    Mutant(
        "a content is not written out",
        "disk.py",
        ((_SYNC_FILE, f"{_SYNC_FILE}    return\n"),),
        ("--cut", "--only", "import by copy", *_AT_THE_END),
    ),
    Mutant(
        "it is told as done before it is",
        "changes.py",
        ((_STEPS + _CLOSE, _EARLY + _CLOSE + _STEPS),),
        ("--only", "upgrade", "--at", "before rename", "--most", "1"),
    ),
    Mutant(
        "nothing is staged",
        "place.py",
        (
            (_STAGED, _STAGED.replace("staged_path(entry)", "Path(entry.target)")),
            ("        staged.unlink(missing_ok=True)\n        method", "        method"),
            ("        disk.rename_to_new(staged, target)\n", ""),
        ),
        ("--only", "import by copy", "--at", "before write", "--most", "1"),
    ),
    Mutant(
        "an undo closes before it moves",
        "changes.py",
        ((_STEPS + _CLOSE, f"{_UNDO_EARLY}{_STEPS}{_OTHERS_LATE}"),),
        ("--only", "undo of an import", "--at", "before rename", "--most", "1"),
    ),
    Mutant(
        "the trash is not written out",
        "moves.py",
        ((_SYNC_MOVED, "    except (OSError, Problem) as fault:\n"),),
        ("--cut", "--only", "removal", *_AT_THE_END),
    ),
    Mutant(
        "what is found done after a crash is not written out",
        "underway.py",
        (("        _make_durable(entry)\n", "        pass\n"),),
        ("--cut", "--only", "undo of a removal", "--at", "after rename", "--most", "1"),
    ),
)


def made(mutant: Mutant, folder: Path) -> Path:
    """A copy of the program with the step left out."""
    shutil.copytree(SOURCE / "radarr_desktop", folder / "radarr_desktop")
    (folder / "tests").symlink_to(SOURCE / "tests")
    path = folder / "radarr_desktop" / "engine" / "journal" / mutant.file
    text = path.read_text(encoding="utf-8")
    for old, new in mutant.edits:
        if text.count(old) != 1:
            raise AssertionError(f"{mutant.name}: {mutant.file} has changed; it holds {text.count(old)} of:\n{old}")
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return folder
