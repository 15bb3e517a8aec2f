"""Sections of settings with forms of their own: what is refused is told at its field, what is not shown stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.naming.presets import PRESETS
from radarr_desktop.engine.settings import FileDate, MediaSettings, SidecarSettings
from radarr_desktop.ui.pages.settings.downloads import DownloadsShelf
from radarr_desktop.ui.pages.settings.media import MediaShelf
from radarr_desktop.ui.pages.settings.naming import NamingShelf
from radarr_desktop.ui.pages.settings.paths import PathsShelf
from radarr_desktop.ui.pages.settings.shelves import Shelf
from radarr_desktop.ui.pages.settings.watched import WatchedShelf
from radarr_desktop.ui.parts import Label
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, running_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    """Return a program with nothing in it."""
    with running_engine(tmp_path_factory.mktemp("settings")) as running:
        yield running


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: RunningEngine) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program, look) as shown:
        yield shown


def section(shown: RunningDesktop, key: str) -> Shelf:
    """A section of the settings, in sight."""
    page = shown.workspace.settings
    shown.workspace.window.open_page("settings")
    page.open_section(key)
    assert page.shelves[key].isVisible()
    return page.shelves[key]


def words(shelf: Shelf) -> str:
    """All it says."""
    return " ".join(one.text() for one in shelf.findChildren(Label) if one.isVisible())


def test_media_settings_that_the_form_does_not_show_stay(shown: RunningDesktop, program: RunningEngine) -> None:
    settings = program.engine.settings
    names = Naming(folder="{Movie Title}", file="{Movie Title}")
    program.do(settings.save_media(replace(MediaSettings(), naming=names)))

    async def change() -> None:
        shelf = section(shown, "media")
        assert isinstance(shelf, MediaShelf)
        trash = shelf.editor("trash_days")
        assert not trash.isEnabled()  # nothing can be typed over what is not known yet
        await until(trash.isEnabled, "the values are read")
        assert not shelf.save.isEnabled()
        shelf.editor("trash_days").set_value(7)
        shelf.editor("allow_copies").set_value(True)
        shelf.editor("nfo").set_value(True)
        shown.picture("settings-media")
        assert not shown.nameless()
        shelf.editor("chmod_folder").set_value("55")
        shelf.save.click()
        await until(lambda: shelf.editor("chmod_folder").error, "it is refused at its field")
        shelf.editor("chmod_folder").set_value("775")
        shelf.editor("file_date").set_value(FileDate.CINEMAS.value)
        shelf.save.click()
        await until(lambda: not shelf.is_dirty, "it is saved")

    shown.run(change())
    kept = program.do(settings.media())
    assert (kept.trash_days, kept.allow_copies, kept.naming) == (7, True, names)
    assert (kept.chmod_folder, kept.file_date) == ("775", FileDate.CINEMAS)
    assert (kept.import_extras, kept.extra_file_extensions) == (True, MediaSettings().extra_file_extensions)
    assert program.do(settings.sidecars()) == SidecarSettings(nfo=True)


def test_names_show_what_they_make_and_what_is_wrong_where_it_stands(
    shown: RunningDesktop, program: RunningEngine
) -> None:
    plex = next(preset for preset in PRESETS if preset.key == "plex")

    async def edit() -> tuple[str, str]:
        shelf = section(shown, "naming")
        assert isinstance(shelf, NamingShelf)
        await until(lambda: shelf.values()["file"], "the values are read")
        shelf.use(plex)
        made = words(shelf)
        shown.picture("settings-naming")
        shelf.editor("file").set_value("{Movie Titel} ({Year})")
        error = shelf.editor("file").error
        shelf.take()
        line = shelf.editor("file").editor
        assert isinstance(line, QLineEdit)
        await until(line.selectedText, "the place is marked")
        assert "Titel" in line.selectedText()
        shown.picture("settings-naming-wrong")
        shelf.use(plex)
        shelf.take()
        await until(lambda: not shelf.is_dirty, "it is saved")
        return made, error

    made, error = shown.run(edit())
    assert "{tmdb-900001}" in made
    assert "of 255 bytes" in made
    assert "Titel" in error
    assert program.do(program.engine.settings.media()).naming.file == plex.file


def test_a_mapping_is_entered_refused_at_its_field_and_forgotten(
    shown: RunningDesktop, program: RunningEngine, tmp_path: Path
) -> None:
    paths = program.engine.remote_paths

    async def enter() -> list[str]:
        shelf = section(shown, "paths")
        assert isinstance(shelf, PathsShelf)
        sheet = shelf.open_sheet()
        host, remote, local = (sheet.editors[name] for name in ("host", "remote_path", "local_path"))
        sheet.take()
        await until(lambda: host.error, "the host is asked for")
        said = [host.error]
        host.set_value("seedbox")
        remote.set_value("downloads")
        sheet.take()
        await until(lambda: remote.error, "the folder is refused")
        said.append(remote.error)
        remote.set_value("/downloads")
        local.set_value(str(tmp_path / "missing"))
        sheet.take()
        await until(lambda: local.error, "there is no such folder")
        said.append(local.error)
        shown.picture("settings-mapping")
        local.set_value(str(tmp_path))
        sheet.take()
        await until(lambda: f"/downloads  →  {tmp_path}" in words(shelf), "it is in the list")
        shown.picture("settings-paths")
        return said

    host, remote, local = shown.run(enter())
    assert host.endswith("It names no host.")
    assert "is no full path" in remote
    assert "There is no folder" in local
    assert [(one.host, one.remote) for one in program.do(paths.all())] == [("seedbox", "/downloads")]


def test_a_watched_folder_is_added_and_shown_with_what_is_wrong(
    shown: RunningDesktop, program: RunningEngine, tmp_path: Path
) -> None:
    async def add() -> str:
        shelf = section(shown, "watched")
        assert isinstance(shelf, WatchedShelf)
        sheet = shelf.open_sheet()
        sheet.editors["path"].set_value(str(tmp_path / "nowhere"))
        sheet.take()
        await until(lambda: sheet.editors["path"].error, "there is no such folder")
        said = sheet.editors["path"].error
        sheet.editors["path"].set_value(str(tmp_path))
        sheet.editors["media"].set_value(True)
        sheet.take()
        await until(lambda: str(tmp_path) in words(shelf), "it is in the list")
        shown.picture("settings-watched")
        assert not shown.nameless()
        return said

    assert "nowhere cannot be watched." in shown.run(add())
    (watched,) = program.do(program.engine.watch_folders.all())
    assert (watched.path, watched.media, watched.torrents) == (str(tmp_path), True, True)
    program.do(program.engine.watch_folders.remove(watched.id))


def test_rules_of_downloads_are_kept(shown: RunningDesktop, program: RunningEngine) -> None:
    async def change() -> None:
        shelf = section(shown, "downloads")
        assert isinstance(shelf, DownloadsShelf)
        await until(lambda: shelf.values()["stalled_hours"] == 24, "the values are read")
        shelf.editor("strikes").set_value(0)
        shelf.take()
        await until(lambda: shelf.editor("strikes").error, "it is refused at its field")
        shelf.editor("strikes").set_value(4)
        shelf.editor("stalled_hours").set_value(36.5)
        shown.picture("settings-downloads")
        shelf.take()
        await until(lambda: not shelf.is_dirty, "it is saved")

    shown.run(change())
    kept = program.do(program.engine.settings.downloads())
    assert (kept.strikes, kept.stalled_hours) == (4, 36.5)
