"""Notifiers: how people are told."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from radarr_desktop.plugin_api.plugin import Plugin, S


class NoticeKind(StrEnum):
    """What a notice is about; the words are Radarr's webhook event types."""

    TEST = "Test"
    GRAB = "Grab"
    IMPORT = "Download"
    FAILURE = "DownloadFailure"
    ATTENTION = "ManualInteractionRequired"
    HEALTH = "Health"
    MOVIE_ADDED = "MovieAdded"
    MOVIE_DELETED = "MovieDelete"
    FILE_DELETED = "MovieFileDelete"


@dataclass(frozen=True, slots=True)
class NoticeAction:
    """Something a notice offers to do. A notifier that has buttons tells ``context.answer`` when one is pressed."""

    key: str
    """What: "undo", "folder", "movie", "queue"."""
    text: str
    """The button's words."""
    target: str = ""
    """With what: a number, a path."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell: a sentence for people, facts for machines."""

    kind: NoticeKind
    title: str
    body: str
    facts: Mapping[str, object] = field(default_factory=dict)
    """JSON-ready values (movie, release, file, ...), never a secret."""
    image: Path | None = None
    actions: tuple[NoticeAction, ...] = ()
    """At most three; the first is what a click on the notice itself does."""


class Notifier(Plugin[S]):
    """A channel to the user or to another program."""

    @abstractmethod
    async def send(self, notice: Notice) -> None:
        """Deliver one notice, or raise a named error."""
