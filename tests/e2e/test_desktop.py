"""The real program on a real desktop: tray, window, notification, keyring, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import secretstorage
from jeepney.io.blocking import open_dbus_connection

from tests.e2e.arrival import assert_linked, files_of
from tests.e2e.desktop_program import desktop_program
from tests.e2e.desktop_session import Session, desktop_session, until
from tests.e2e.screen_reader import ScreenReader, screen_reader
from tests.fixtures_engine import WorldThread, config_for

NOTIFIER = '\n[[plugin]]\nmodule = "desktop"\nname = "This screen"\n'
TITLE = "The Salt Meridian"


@pytest.fixture
def session(place: Path) -> Iterator[Session]:
    """Return a desktop with everything one has."""
    with desktop_session(place) as session:
        yield session


@pytest.fixture
def reader(session: Session) -> Iterator[ScreenReader]:
    """Return what reads the window."""
    with screen_reader(session.environment["DBUS_SESSION_BUS_ADDRESS"]) as reader:
        yield reader


def secrets_in(session: Session) -> list[bytes]:
    """Every password in the session's keyring."""
    with closing(open_dbus_connection(session.environment["DBUS_SESSION_BUS_ADDRESS"])) as connection:
        return [
            item.get_secret() for one in secretstorage.get_all_collections(connection) for item in one.get_all_items()
        ]


def files_with(folder: Path, secret: str, *, besides: Path) -> list[Path]:
    """Files that hold this value in clear."""
    files = [path for path in folder.rglob("*") if path.is_file() and path != besides]
    return [path for path in files if secret.encode() in path.read_bytes()]


def test_a_wanted_movie_arrives_and_the_desktop_is_told(
    session: Session, reader: ScreenReader, world: WorldThread
) -> None:
    config = config_for(world, world.world.folder.parent) + NOTIFIER
    with desktop_program(session, config) as program:
        until(session.icons, "the icon is in the tray")
        until(lambda: any("is in your library" in line for line in session.told()), "the desktop is told")
        grabbed, imported = session.told()
        assert grabbed.startswith(f"radarr-desktop | {TITLE} (2025) is being downloaded. | {world.world.good} from")
        assert imported == f"radarr-desktop | {TITLE} (2025) is in your library. | Bluray-1080p, hard-linked."
        assert_linked(world)
        until(lambda: TITLE in reader.words(), "the window shows it")
        session.picture("e2e-arrived")

        passwords, passkey = secrets_in(session), world.world.hdbits.passkey
        assert passkey.encode() in passwords
        assert world.world.tmdb.api_key.encode() in passwords
        assert files_with(session.folder, passkey, besides=program.config) == []

        window = session.windows()
        session.keys("alt+F4")
        until(lambda: not session.windows(), "the window hides in the tray")
        assert program.get("/api/v3/movie")[0]["hasFile"]
        assert session.icons()
        session.picture("e2e-in-the-tray")
        code, seconds = program.start_again()
        assert code == 0
        assert until(session.windows, "a second start brings the window up") == window
        print(f"second start: {seconds:.2f} s")
        program.end_well()
        assert session.icons() == []


def test_undo_in_a_notification_takes_the_import_back(session: Session, world: WorldThread) -> None:
    config = config_for(world, world.world.folder.parent) + NOTIFIER
    with desktop_program(session, config, "--minimized") as program:
        until(lambda: any("is in your library" in line for line in session.told()), "the desktop is told")
        (file,) = files_of(world)
        session.picture("e2e-notice-buttons")
        buttons = session.press("Undo")
        assert any("Open folder" in line for line in buttons)
        until(lambda: any("| Undone. |" in line for line in session.told()), "it is told that it is undone")
        movie = program.get("/api/v3/movie")[0]
        assert not movie["hasFile"]
        assert not file.exists()
        (trashed,) = files_of(world)
        assert ".radarr-desktop-trash" in trashed.parts
        program.end_well()


def test_a_second_start_hands_over_what_it_was_given(session: Session, world: WorldThread) -> None:
    config = config_for(world, world.world.folder.parent).replace("monitored = true", "monitored = false")
    torrent = session.folder / "given.torrent"
    torrent.write_bytes(world.world.torrents[world.world.good].data)
    with desktop_program(session, config, "--minimized") as program:
        until(session.icons, "the icon is in the tray")
        program.wait_for_log("movie.added")
        assert session.windows() == []
        code, seconds = program.start_again(str(torrent))
        assert code == 0
        print(f"handed over: {seconds:.2f} s")
        until(lambda: files_of(world), "the movie is in the library")
        assert_linked(world)
        program.end_well()


def test_a_second_start_hands_over_a_magnet(session: Session, world: WorldThread) -> None:
    there = world.world
    config = config_for(world, there.folder.parent).replace("monitored = true", "monitored = false")
    public = world.do(there.share(there.seeded_file.parent, there.good, private=False))
    with desktop_program(session, config, "--minimized") as program:
        program.wait_for_log("movie.added")
        assert program.start_again(f"{public.magnet}&dn={there.good}")[0] == 0
        until(lambda: files_of(world), "the movie is in the library")
        assert_linked(world)
        program.end_well()
