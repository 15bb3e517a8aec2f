"""Downloads that need the user: the cause in short, the whole of it, and what would help."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from radarr_desktop.domain.failures import Reason, label_of, reason_of
from radarr_desktop.domain.problem import Kind
from radarr_desktop.domain.records import GrabState, QueueItem
from radarr_desktop.plugin_api import DownloadState
from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.models.queue import state_sentence

_COPY_WORDS = "Copy this one"
"""The engine's own words when a copy would help; the button says the same."""
_WAITING = frozenset(
    {
        Reason.DOWNLOAD_STALLED,
        Reason.DOWNLOAD_SLOW,
        Reason.METADATA_MISSING,
        Reason.INCOMPLETE,
        Reason.UNREGISTERED_TORRENT,
    }
)
_WHICH = frozenset({Reason.WRONG_MOVIE, Reason.PARSE_ERROR, Reason.NO_VIDEO})


@dataclass(frozen=True, slots=True)
class Fix:
    """A button: what it does, its words, its icon."""

    key: str
    text: str
    icon: str


def reason_of_item(item: QueueItem) -> Reason | None:
    """Why it is stuck, as far as that has a word."""
    return item.trouble.reason if item.trouble else reason_of(item.grab.cause)


def cause_words(item: QueueItem) -> str:
    """The cause in a few words."""
    if _can_copy(item):
        return _say("cannot be linked")
    reason, trouble = reason_of_item(item), item.trouble
    if trouble is not None and reason is Reason.DOWNLOAD_STALLED and trouble.lasts:
        return _say("no progress for {time}").format(time=amounts.duration(trouble.lasts.total_seconds()))
    words = {
        Reason.PATH_NOT_FOUND: _say("its folder is not found here"),
        Reason.SEVERAL_MOVIES: _say("which video is it?"),
        Reason.WRONG_MOVIE: _say("another movie"),
        Reason.PACKED: _say("only an archive"),
        Reason.DISK_FULL: _say("no room"),
        Reason.DANGEROUS_CONTENT: _say("dangerous content"),
        Reason.NO_VIDEO: _say("no video in it"),
        Reason.FILES_MISSING: _say("its files are gone"),
        Reason.INCOMPLETE: _say("nobody has all of it"),
    }
    if reason in words:
        return words[reason]
    if reason is not None and reason is not Reason.IMPORT_FAILED:
        return label_of(reason).lower()
    if item.download is not None and item.download.state is DownloadState.ERROR:
        return _say("the client reports an error")
    return _say("cannot be imported") if item.grab.state is GrabState.BLOCKED else _say("it failed")


def explanation(item: QueueItem) -> str:
    """What happened and why, without what the cause says already."""
    told = state_sentence(item) or item.grab.title
    rest = told.partition(". ")[2] if _can_copy(item) else ""
    return rest or told


def fixes(item: QueueItem) -> list[Fix]:
    """What would help, the best first."""
    is_blocked = item.grab.state is GrabState.BLOCKED
    keys: tuple[str, ...]
    if _can_copy(item):
        keys = ("copy", "retry")
    elif is_blocked or reason_of_item(item) in _WAITING:
        keys = _HELP.get(reason_of_item(item), ("retry", "import"))
    elif item.download is not None and item.download.state is DownloadState.ERROR:
        keys = ("recheck" if reason_of_item(item) is Reason.FILES_MISSING else "resume", "next")
    else:
        keys = ("remove",)
    return [Fix(key, *_fix_words(key)) for key in keys]


_HELP: dict[Reason | None, tuple[str, ...]] = {
    **dict.fromkeys(_WAITING, ("next", "wait")),
    **dict.fromkeys(_WHICH, ("import", "next")),
    Reason.SEVERAL_MOVIES: ("parts", "next"),
    Reason.PATH_NOT_FOUND: ("map", "retry"),
    Reason.PACKED: ("unpack", "next"),
    Reason.DISK_FULL: ("retry", "folders"),
    Reason.DANGEROUS_CONTENT: ("next", "remove"),
    Reason.FILES_MISSING: ("next", "remove"),
}


def _fix_words(key: str) -> tuple[str, str]:
    return {
        "copy": (_say("Copy this one"), "copy"),
        "retry": (_say("Try again"), "refresh-cw"),
        "resume": (_say("Try again"), "refresh-cw"),
        "recheck": (_say("Check its files again"), "shield-check"),
        "next": (_say("Try next release"), "skip-forward"),
        "wait": (_say("Wait 2 more days"), "clock"),
        "import": (_say("Choose the video…"), "folder-input"),
        "parts": (_say("Say which is which…"), "list-video"),
        "map": (_say("Say where it lies…"), "folder-search"),
        "unpack": (_say("Allow unpacking"), "archive"),
        "folders": (_say("Root folders"), "folder-tree"),
        "remove": (_say("Remove…"), "trash-2"),
    }[key]


def _can_copy(item: QueueItem) -> bool:
    told = f"({Kind.CANNOT_LINK.value})" in item.grab.cause or _COPY_WORDS in item.grab.problem
    return item.grab.state is GrabState.BLOCKED and told


def _say(words: str) -> str:
    return QCoreApplication.translate("Stuck", words)
