"""Sources of indexers in the settings: what another program keeps is followed by a button."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.prowlarr import Fault, LoopbackProwlarr
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import running_engine
from tests.ui.running_desktop import running_desktop, until


@pytest.mark.usefixtures("qtbot")
def test_a_source_is_followed_by_its_button(qapp: QApplication, look: Theme, tmp_path: Path) -> None:
    prowlarr, stack, told = LoopbackProwlarr(), AsyncExitStack(), list[tuple[str, str]]()
    prowlarr.keep(1, "One site")
    source = {"base_url": prowlarr.url, "api_key": prowlarr.key}
    with running_engine(tmp_path) as program, running_desktop(qapp, program, look) as shown:
        plugins, page = program.engine.plugins, shown.workspace.settings
        program.do(stack.enter_async_context(prowlarr))

        async def scene() -> None:
            shown.workspace.desk.told.connect(lambda text, tone: told.append((text, tone)))
            shown.workspace.window.open_page("settings")
            page.open_section(PluginKind.INDEXER_SOURCE)
            assert not page.follow.isVisible()
            program.do(plugins.save(Draft(PluginKind.INDEXER_SOURCE, "prowlarr", "Prowlarr", source)))
            await until(page.follow.isVisible, "there is a source")
            await until(plugins.indexers, "the source was followed by itself")
            prowlarr.keep(2, "Another site")
            page.follow.click()
            await until(lambda: ("Prowlarr: 1 added, 0 changed, 0 removed.", "ok") in told, "it is followed")
            prowlarr.fail(Fault.SERVER_ERROR)
            page.follow.click()
            await until(lambda: any(tone == "err" and "answered 500" in text for text, tone in told), "it is told")
            page.open_section(PluginKind.INDEXER)
            assert not page.follow.isVisible()
            assert [one.name for one in plugins.indexers()] == ["One site", "Another site"]

        shown.run(scene())
        program.do(stack.aclose())
