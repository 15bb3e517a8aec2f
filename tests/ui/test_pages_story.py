"""The whole way by window: services by form, a movie by search, a dropped torrent, a file in the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.ui.models.movie_state import MovieState
from radarr_desktop.ui.pages.add.sheet import AddSheet
from radarr_desktop.ui.pages.movies.empty import EmptyLibrary
from radarr_desktop.ui.parts import Toast
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import EMPTY, RunningEngine, WorldThread, running_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def world(tmp_path: Path) -> Iterator[WorldThread]:
    """Return a loopback world nobody knows of yet."""
    world = WorldThread(tmp_path)
    yield world
    world.close()


@pytest.fixture
def running(world: WorldThread, tmp_path: Path) -> Iterator[RunningEngine]:
    """Return a program nothing is set up in."""
    with running_engine(tmp_path, EMPTY) as running:
        yield running


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, running: RunningEngine) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, running, look) as shown:
        yield shown


def test_from_nothing_to_a_file_in_the_library(shown: RunningDesktop, world: WorldThread) -> None:
    shown.run(_story(shown, world))


async def _story(shown: RunningDesktop, world: WorldThread) -> None:
    workspace, running, there = shown.workspace, shown.running, world.world
    assert shown.child(EmptyLibrary).isVisible()
    shown.picture("story-1-empty")

    await _add_service(
        shown,
        PluginKind.METADATA,
        {"base_url": there.tmdb.url, "image_url": there.tmdb.url, "api_key": there.tmdb.api_key},
    )
    await _refused_passkey(shown, there.hdbits.url, there.hdbits.username)
    await _add_service(
        shown,
        PluginKind.INDEXER,
        {
            "base_url": there.hdbits.url,
            "username": there.hdbits.username,
            "passkey": there.hdbits.passkey,
            "pause": 0.0,
        },
    )
    client = {"download_folder": str(running.downloads), "interface": "127.0.0.1", "dht": False, "lsd": False}
    await _add_service(shown, PluginKind.DOWNLOAD_CLIENT, client)
    shown.picture("story-3-services")

    running.do(running.engine.profiles.add(make_profile("HD", ["WEBDL-1080p", "Bluray-1080p"])))
    await _add_movie(shown, there.movie.title)
    torrent = running.folder / "dropped.torrent"
    torrent.write_bytes(there.torrents[there.good].data)
    workspace.window.open_page("queue")
    shown.drop(torrent)
    await until(lambda: workspace.library.queue.items, "the torrent is in the queue")
    await until(lambda: workspace.queue.model.rowCount() or workspace.library.movies.bytes(), "the queue shows it")
    shown.picture("story-5-queue")
    await until(workspace.library.movies.bytes, "the movie is imported")
    await until(lambda: not workspace.library.queue.items, "the queue is empty again")
    toast = await until(lambda: _toast(shown, "is in your library"), "the import is told")
    assert toast is not None
    assert there.movie.title in toast.text
    shown.picture("story-6-imported")

    row = workspace.library.movies.row_at(0)
    assert row.state in {MovieState.AVAILABLE, MovieState.UPGRADE}
    assert row.movie.file is not None
    assert _is_linked(Path(row.movie.file.path), there.seeded_file, running.downloads)

    workspace.open_movie(row.movie.id, "why")
    await until(lambda: "is in your library" in workspace.movie.why.sentence, "Why? says so")
    shown.picture("story-7-why")


def _is_linked(file: Path, seeded: Path, downloads: Path) -> bool:
    """Whether the file is the seeded one, and the same on the disk as its download."""
    downloaded = next(downloads.rglob(seeded.name))
    return file.read_bytes() == seeded.read_bytes() and file.stat().st_ino == downloaded.stat().st_ino


async def _add_service(shown: RunningDesktop, kind: PluginKind, values: dict[str, object]) -> None:
    settings = shown.workspace.settings
    await _begin(shown, kind)
    for name, value in values.items():
        settings.form.editor(name).set_value(value)
    QTest.mouseClick(settings.form.test_and_save, LEFT)
    await until(
        lambda: any(one.kind == kind and one.state == "ok" for one in shown.workspace.services.instances),
        f"the {kind} is saved",
    )
    await until(lambda: settings.form.service and settings.form.service.instance, "the form shows it")


async def _begin(shown: RunningDesktop, kind: PluginKind) -> None:
    workspace = shown.workspace
    workspace.window.open_page("settings")
    workspace.settings.open_section(kind)
    module = {PluginKind.DOWNLOAD_CLIENT: "libtorrent", PluginKind.INDEXER: "hdbits", PluginKind.METADATA: "tmdb"}[kind]
    workspace.settings.start_new(shown.running.engine.plugins.find_class(kind, module))
    await until(workspace.settings.form.isVisible, "the form opens")


async def _refused_passkey(shown: RunningDesktop, url: str, name: str) -> None:
    form = shown.workspace.settings.form
    await _begin(shown, PluginKind.INDEXER)
    for field, value in {"base_url": url, "username": name, "passkey": made_up("wrong"), "pause": 0.0}.items():
        form.editor(field).set_value(value)
    QTest.mouseClick(form.test_and_save, LEFT)
    await until(lambda: form.problem_shown, "the form says what is wrong")
    assert form.editor("passkey").value() == made_up("wrong")
    assert shown.running.do(shown.running.engine.plugins.instances("indexer")) == []
    shown.picture("story-2-refused")
    form.is_dirty = False


async def _add_movie(shown: RunningDesktop, title: str) -> None:
    workspace = shown.workspace
    workspace.window.open_page("movies")
    QTest.mouseClick(workspace.movies.add, LEFT)
    sheet = shown.child(AddSheet)
    QTest.keyClicks(sheet.field, title)
    await until(sheet.model.rowCount, "the movie is found")
    await until(sheet.options.choose.isVisible, "a folder is asked for")
    workspace.window.resize(1280, 820)
    shown.picture("story-4-no-folder")
    for widget in (sheet.options.choose, sheet.options.monitored):
        assert widget.visibleRegion().boundingRect() == widget.rect()
    QTest.mouseClick(sheet.options.choose, LEFT)
    dialog = sheet.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(shown.running.library))
    dialog.close()
    await until(lambda: sheet.options.has_folder, "the folder is there")
    sheet.options.search.setChecked(False)
    shown.picture("story-4-add")
    QTest.mouseClick(sheet.add, LEFT)
    await until(lambda: workspace.library.movies.total == 1, "the movie is in the library")
    assert workspace.library.movies.row_at(0).movie.info.title == title


def _toast(shown: RunningDesktop, words: str) -> Toast | None:
    return next((toast for toast in shown.workspace.window.toasts.toasts if words in toast.text), None)


def test_without_tmdb_the_add_sheet_leads_to_its_settings(shown: RunningDesktop) -> None:
    async def look_up() -> None:
        sheet = shown.workspace.open_add("salt meridian")
        await until(sheet.set_up.isVisible, "the way to the settings")
        assert "No metadata source is set up." in sheet.answer
        shown.picture("add-nothing-set-up")
        QTest.mouseClick(sheet.set_up, LEFT)
        assert shown.workspace.window.current_key == "settings"
        assert not sheet.isVisible()

    shown.run(look_up())


def test_every_control_in_sight_has_a_name(shown: RunningDesktop) -> None:
    async def look_around() -> list[str]:
        nameless = []
        for key in ("movies", "queue", "history", "health", "settings"):
            shown.workspace.window.open_page(key)
            await until(lambda: shown.workspace.services.health, "health is known")
            nameless += [f"{key}: {one}" for one in shown.nameless()]
        return nameless

    assert shown.run(look_around()) == []
