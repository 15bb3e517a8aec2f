"""How far a search is, in words: one line for all, and one for each indexer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.models.search_status import SearchStatus
from radarr_desktop.ui.pages.movie.releases import ReleasesView
from radarr_desktop.ui.parts import Button
from radarr_desktop.ui.theme import Theme


def test_a_search_is_told_in_one_line(qtbot: QtBot) -> None:
    status = SearchStatus(is_running=True)
    assert status.sentence == "Asking the indexers…"
    status = replace(status, asked=("HDBits", "Pier", "Anchor"))
    assert status.sentence == "HDBits, Pier, Anchor still searching"
    status = status.with_answer("HDBits", 6, "").with_answer("Pier", 0, "Pier does not answer.")
    assert status.sentence == "1 of 3 indexers answered, Anchor still searching, Pier does not answer"
    done = replace(status.with_answer("Anchor", 0, ""), is_running=False)
    assert done.sentence == "2 of 3 indexers answered, Pier does not answer"


def test_each_indexer_has_a_line(qtbot: QtBot, look: Theme) -> None:
    view = ReleasesView(QWidget(), Button("Search again"))
    qtbot.addWidget(view)
    status = SearchStatus(True, ("HDBits", "Pier", "Anchor", "Slow", "Old"))
    status = status.with_answer("HDBits", 6, "").with_answer("Pier", 0, "")
    soon = datetime.now(UTC) + timedelta(minutes=14)
    status = status.with_answer("Anchor", 0, "Anchor asked to slow down (429).", soon)
    status = status.with_answer("Old", 0, "Old answered a web page.")
    view.show_status(status)
    clock = soon.astimezone().strftime("%H:%M")
    assert view.lines.words == [
        "HDBits: 6 releases",
        "Pier: nothing",
        f"Anchor: Anchor asked to slow down (429). Asked again at {clock}.",
        "Slow: searching…",
        "Old: Old answered a web page.",
    ]
    assert view.status.text() == "2 of 5 indexers answered"
    done = replace(status.with_answer("Slow", 0, "Slow did not answer within 20 s."), is_running=False)
    view.show_status(done.with_late("Slow", 12))
    assert "Slow: answered too late, with 12 releases. Search again to see them." in view.lines.words
    view.show_status(SearchStatus(False, ("HDBits", "Pier"), {"HDBits": 6, "Pier": 1}))
    assert view.lines.isHidden()
    assert view.status.text() == "2 of 2 indexers answered"
