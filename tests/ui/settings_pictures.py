"""Pictures of the settings of indexers, in every state of a form: ``python -m tests.ui.settings_pictures``"""

from __future__ import annotations

import asyncio
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from radarr_desktop.domain.feed import Place
from radarr_desktop.domain.indexer_tally import Answer
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.store import feeds, limits, tally
from radarr_desktop.ui.theme import Theme, ThemeMode
from tests.fixtures_engine import RunningEngine, world_and_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

NOBODY = "http://127.0.0.1:9"
FILLED = {
    "hdbits": {"username": "northpier_fan", "passkey": "3f9ac2e17b4d"},
    "torznab": {"base_url": NOBODY, "api_key": "0123456789abcdef"},
    "unit3d": {"base_url": NOBODY, "token": "0123456789abcdef"},
    "rss": {"url": f"{NOBODY}/feed?key=0123456789"},
    "prowlarr": {"base_url": NOBODY, "api_key": "0123456789abcdef"},
}


def busy(running: RunningEngine) -> None:
    """A week of answers, a few failures, a gap in the feed, and a budget that is partly used."""
    plugins, now = running.engine.plugins, datetime.now(UTC)
    (one,) = running.do(plugins.instances(PluginKind.INDEXER))
    told = "HDBits did not answer within 30 s."
    missed = "Releases of HDBits may have been missed between 12 Oct 03:10 and 12 Oct 09:40: its feed has one page."

    def work() -> None:
        for number in range(214):
            at, bad = now - timedelta(minutes=40 * (214 - number)), number % 70 == 30
            tally.add(one.id, Answer(at, "search", 0.2 + number % 7 / 10, 0 if bad else 12, told if bad else ""))
        for minutes in range(31):
            limits.requested(one.id, now - timedelta(minutes=minutes), now - timedelta(hours=1))
        feeds.put(one.id, Place(("1",), now, now, missed, now - timedelta(days=2)))

    running.do(running.engine.db.run(work))
    settings = {**one.settings, "hourly": 100, "pause": 2.0}
    running.do(plugins.save(Draft(one.kind, one.implementation, one.name, settings, id=one.id)))


async def take_all(shown: RunningDesktop, suffix: str) -> None:
    """Each plugin's form: empty, refused, failed in its test, with everything unfolded, and one that works."""
    page, plugins = shown.workspace.settings, shown.running.engine.plugins
    form = page.form

    async def keep(name: str) -> None:
        await asyncio.sleep(0.3)
        shown.picture(f"settings-{name}-{suffix}")

    async def tested() -> None:
        form.test_and_save.click()
        await asyncio.sleep(0.1)
        await until(form.test_and_save.isEnabled, "the test has ended")

    shown.workspace.window.open_page("settings")
    for module, values in FILLED.items():
        kind = PluginKind.INDEXER_SOURCE if module == "prowlarr" else PluginKind.INDEXER
        page.open_section(kind)
        page.start_new(plugins.find_class(kind, module))
        await keep(f"{module}-empty")
        await tested()
        await keep(f"{module}-refused")
        for name, value in values.items():
            form.editor(name).set_value(value)
        await tested()
        await keep(f"{module}-failed")
        form.is_dirty = False
    page.open_section("appearance")
    page.open_section(PluginKind.INDEXER)
    await keep("indexers")
    page.services.setCurrentIndex(page.services.model().index(0, 0))
    await until(lambda: form.service and form.service.instance, "the one that is set up")
    await until(form.indexer.isVisible, "how it is doing")
    await keep("indexer")
    form.unfold()
    await keep("indexer-unfolded")
    live = shown.running.engine.plugins.indexers()[0]
    live.guard.leave_alone("HDBits answered 429: too many requests in a minute.", 840)
    await shown.workspace.services.load()
    await keep("indexer-paused")
    await tested()
    await keep("indexer-passed")


def main() -> None:
    """Take them all."""
    app = QApplication([])
    modes: tuple[ThemeMode, ...] = ("dark", "light")
    with tempfile.TemporaryDirectory() as home, world_and_engine(Path(home)) as (_world, running):
        busy(running)
        theme = Theme(Path(tempfile.mkdtemp()), "dark", reduced_motion="on", text_scale=1.0)
        theme.apply(app)
        with running_desktop(app, running, theme) as shown:
            for mode in modes:
                theme.set_mode(mode)
                for name, size in {"": (1440, 900), "narrow-": (800, 700)}.items():
                    shown.workspace.window.resize(*size)
                    shown.run(take_all(shown, f"{name}{mode}"))


if __name__ == "__main__":
    main()
