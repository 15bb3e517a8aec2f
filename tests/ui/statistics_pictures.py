"""Pictures of statistics and reputation, on a running engine. ``python -m tests.ui.statistics_pictures``"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from radarr_desktop.ui.pages.statistics.page import StatisticsPage
from radarr_desktop.ui.theme import Theme, ThemeMode
from tests.fakes.seen import fill
from tests.fixtures_engine import running_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until


async def take_all(shown: RunningDesktop, suffix: str) -> None:
    """Plots, tables, the groups."""

    async def keep(name: str) -> None:
        await asyncio.sleep(0.6)
        shown.picture(f"{name}-{suffix}")

    shown.workspace.window.open_page("statistics")
    page = shown.workspace.statistics.content
    if not isinstance(page, StatisticsPage):
        raise TypeError("The page is another one.")
    await until(lambda: page.releases and page.releases.isVisible(), "the figures")
    page.show_part("releases")
    await keep("statistics")
    page.look.set_key("tables")
    page.look.chosen.emit("tables")
    await keep("statistics-tables")
    page.look.set_key("plots")
    page.look.chosen.emit("plots")
    page.show_part("reputation")
    page.focus_content()
    await keep("reputation")
    page.groups.table.selectRow(3)  # type: ignore[union-attr]
    await keep("reputation-poor")
    page.show_part("releases")


def main() -> None:
    """Take them all."""
    app = QApplication([])
    themes: tuple[ThemeMode, ...] = ("dark", "light")
    with tempfile.TemporaryDirectory() as home, running_engine(Path(home)) as running:
        running.do(running.engine.db.run(fill))
        running.do(running.engine.reputations.refresh())
        theme = Theme(Path(tempfile.mkdtemp()), "dark", reduced_motion="on", text_scale=1.0)
        theme.apply(app)
        with running_desktop(app, running, theme) as shown:
            for mode in themes:
                theme.set_mode(mode)
                for name, size in (("", (1440, 900)), ("narrow-", (800, 700))):
                    shown.workspace.window.resize(*size)
                    shown.run(take_all(shown, f"{name}{mode}"))


if __name__ == "__main__":
    main()
