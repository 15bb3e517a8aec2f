"""The foot of the queue: what came into the library today, and the way to the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.engine.decisions.history import Arrived
from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.parts import Button, ElidingLabel, Label

_TELLING = (events.MovieImported,)


class DoneToday(QFrame):
    """Hidden while nothing came."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("border", "top")
        self.count = 0
        """Movies that came today."""
        self.words = ElidingLabel("", "body", "text2")
        history = Button(self.tr("History"), "ghost", "history")
        history.clicked.connect(lambda: desk.page_asked.emit("history"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 5, 24, 6)
        row.setSpacing(12)
        row.addWidget(Label(self.tr("Done today"), "row", "text2"))
        row.addWidget(self.words, 1)
        row.addWidget(history)
        self.hide()
        desk.bridge.happened.connect(self._on_event)

    def refresh(self) -> None:
        """Look it up again."""
        self._desk.start(self._load())

    async def _load(self) -> None:
        midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        arrived = await self._desk.bridge.call(self._desk.engine.history.arrived(midnight))
        self.count = sum(one.count for one in arrived)
        self.words.setText(arrived_words(arrived))
        self.setVisible(bool(arrived))

    def _on_event(self, event: events.Event) -> None:
        if isinstance(event, _TELLING):
            self.refresh()


def arrived_words(arrived: Sequence[Arrived]) -> str:
    """ "4 imported, 61.0 GB, all hard links"."""
    many = {
        "hardlink": _say("{count} hard links"),
        "reflink": _say("{count} shared copies"),
        "copy": _say("{count} copies"),
    }
    all_of = {"hardlink": _say("all hard links"), "reflink": _say("all shared copies"), "copy": _say("all copies")}
    one_of = {"hardlink": _say("a hard link"), "reflink": _say("a shared copy"), "copy": _say("a copy")}
    total = sum(one.count for one in arrived)
    parts = [_say("{count} imported").format(count=total), amounts.size(sum(one.size for one in arrived))]
    known = [one for one in arrived if one.method in many]
    if len(known) == len(arrived) == 1:
        parts.append((one_of if total == 1 else all_of)[known[0].method])
    else:
        parts += [(one_of if one.count == 1 else many)[one.method].format(count=one.count) for one in known]
    return ", ".join(parts)


def _say(words: str) -> str:
    return QCoreApplication.translate("Today", words)
