"""Things dragged from another program to the tray icon, with a real mouse, where X embeds that icon."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.arrival import assert_linked, files_of
from tests.e2e.desktop_program import DesktopProgram, desktop_program
from tests.e2e.desktop_session import Session, desktop_session, until
from tests.e2e.drag_source import drag_to_icon
from tests.fixtures_engine import WorldThread, config_for


@pytest.fixture
def program(place: Path, world: WorldThread) -> Iterator[DesktopProgram]:
    """Return the program in a tray, with a movie that it does not search for by itself."""
    config = config_for(world, world.world.folder.parent).replace("monitored = true", "monitored = false")
    with desktop_session(place) as session, desktop_program(session, config, "--minimized") as program:
        until(session.icons, "the icon is in the tray")
        program.wait_for_log("movie.added")
        yield program


def dropped(session: Session, what: str) -> None:
    """It is copied: a source deletes what it was told is moved."""
    assert drag_to_icon(session, what) == "CopyAction"


def test_a_torrent_is_dropped_on_the_tray_icon(program: DesktopProgram, world: WorldThread) -> None:
    torrent = program.session.folder / "dragged.torrent"
    torrent.write_bytes(world.world.torrents[world.world.good].data)
    dropped(program.session, str(torrent))
    until(lambda: files_of(world), "the movie is in the library")
    assert_linked(world)
    assert torrent.exists()
    assert program.session.windows() == []
    program.end_well()


def test_a_magnet_is_dropped_on_the_icon_of_a_tray_that_was_started_again(
    program: DesktopProgram, world: WorldThread
) -> None:
    there = world.world
    program.session.start_panel("trayer")
    until(program.session.icons, "the icon is in the tray again")
    public = world.do(there.share(there.seeded_file.parent, there.good, private=False))
    dropped(program.session, f"{public.magnet}&dn={there.good}")
    until(lambda: files_of(world), "the movie is in the library")
    assert_linked(world)
    program.end_well()
