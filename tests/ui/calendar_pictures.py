"""Pictures of the calendar, on a running engine. ``python -m tests.ui.calendar_pictures``"""

from __future__ import annotations

import asyncio
import os
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from radarr_desktop.store import movies
from radarr_desktop.ui.pages.calendar.page import CalendarPage
from radarr_desktop.ui.theme import Theme, ThemeMode
from tests.fixtures_engine import RunningEngine
from tests.ui.pictures import furnished
from tests.ui.running_desktop import RunningDesktop, running_desktop, until


def spread(running: RunningEngine) -> None:
    """Let the library come out in these weeks."""
    today = datetime.now(UTC).date()

    def work() -> None:
        for number, movie in enumerate(movies.all_movies()):
            day = today + timedelta(days=(number * 5) % 31 - 12)
            kinds = ("digital_release", "physical_release", "in_cinemas")
            dates: dict[str, Any] = {
                kinds[number % 3]: day,
                kinds[(number + 1) % 3]: today + timedelta(days=number % 2),
            }
            movies.update(replace(movie, info=replace(movie.info, **dates)))

    running.do(running.engine.db.run(work))
    running.do(running.engine.backlog.work())


async def take(shown: RunningDesktop, suffix: str) -> None:
    """Each way of showing days."""
    workspace = shown.workspace
    workspace.window.open_page("calendar")
    page = workspace.calendar.content
    assert isinstance(page, CalendarPage)
    await until(lambda: page.grid.entry, "the calendar is read")
    for key in ("month", "week", "agenda"):
        page.view.set_key(key)
        page.go(page.day)
        page.focus_content()
        await asyncio.sleep(0.6)
        shown.picture(f"calendar-{key}-{suffix}")
    page.view.set_key("month")
    page.chips["search"].setChecked(True)
    page.go(page.day)
    await asyncio.sleep(0.6)
    shown.picture(f"calendar-searches-{suffix}")
    page.chips["search"].setChecked(False)
    page.view.set_key("agenda")
    page.go(page.day - timedelta(days=400))
    await asyncio.sleep(0.6)
    shown.picture(f"calendar-empty-{suffix}")
    page.view.set_key("month")
    page.go_today()


def main() -> None:
    """Take them all."""
    app = QApplication([])
    with furnished() as (_world, running):
        spread(running)
        theme = Theme(Path(tempfile.mkdtemp()), "dark", reduced_motion="on", text_scale=1.0)
        theme.apply(app)
        with running_desktop(app, running, theme) as shown:
            modes: tuple[ThemeMode, ...] = ("dark", "light")
            for mode in modes:
                theme.set_mode(mode)
                for name, size in {"": (1440, 900), "narrow-": (1000, 700)}.items():
                    shown.workspace.window.resize(*size)
                    shown.run(take(shown, f"{name}{mode}"))


if __name__ == "__main__":
    main()
