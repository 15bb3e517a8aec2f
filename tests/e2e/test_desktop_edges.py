"""The real program where a desktop lacks something, and where it cannot start."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.ui.display import has_display
from tests.e2e.desktop_program import DesktopProgram, desktop_program
from tests.e2e.desktop_session import Session, desktop_session, until
from tests.e2e.screen_reader import ScreenReader, screen_reader
from tests.e2e.tray_menu import tray_menu
from tests.fixtures_engine import EMPTY


def bus(session: Session) -> str:
    return session.environment["DBUS_SESSION_BUS_ADDRESS"]


def test_the_panel_s_menu_brings_the_window_up_and_ends_the_program(place: Path) -> None:
    with desktop_session(place, panel="xfce4-panel") as session, tray_menu(bus(session)) as tray:
        with desktop_program(session, EMPTY, "--minimized") as program:
            until(lambda: tray.items() == ["radarr-desktop"], "the panel has the icon")
            program.wait_for_log("app.started")
            assert session.windows() == []
            assert list(tray.entries())[-2:] == ["Settings…", "Quit"]
            tray.click()
            until(session.windows, "a click on the icon opens the window")
            session.picture("e2e-panel")
            begin = time.monotonic()
            tray.choose("Quit")
            assert program.wait() == 0
            print(f"ended by the tray: {time.monotonic() - begin:.2f} s")
            assert program.complaints == ""
        assert tray.items() == []


def test_without_a_tray_the_window_stays_and_asks(place: Path) -> None:
    with (
        desktop_session(place, panel="") as session,
        screen_reader(bus(session)) as reader,
        desktop_program(session, EMPTY) as program,
    ):
        program.wait_for_log("app.started")
        until(session.windows, "the window is there")
        ask_to_close(session, reader)
        session.picture("e2e-without-tray")
        reader.press("Keep it running")
        until(lambda: not session.windows(), "the window is minimised")
        assert program.get("/api/v3/health")
        assert program.start_again()[0] == 0
        until(session.windows, "a second start brings it back")
        ask_to_close(session, reader)
        reader.press("Quit")
        assert program.wait() == 0
        assert program.complaints == ""


def ask_to_close(session: Session, reader: ScreenReader) -> None:
    """Press Alt+F4 until the question is there: the window may not have the keyboard yet."""

    def asked() -> bool:
        session.keys("alt+F4")
        return "There is no tray on this desktop" in reader.words()

    until(asked, "closing asks")
    assert session.windows()


def refused(session: Session, program: DesktopProgram, picture: str, *words: str) -> None:
    """The window says why it cannot start; pressing its button ends the program."""
    with screen_reader(bus(session)) as reader:
        until(lambda: all(word in reader.words() for word in words), f"the window says {words}")
        session.picture(picture)
        reader.press("Quit")
        assert program.wait() == 2
    assert program.complaints == ""


def test_a_port_that_is_taken_is_told_in_the_window(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, desktop_session(place) as session:
        port = taken.getsockname()[1]
        with desktop_program(session, f"[port]\nport = {port}\n") as program:
            refused(session, program, "e2e-port-taken", f"{port}", "radarr-desktop cannot start")


def test_a_damaged_database_is_told_in_the_window(place: Path) -> None:
    with desktop_session(place) as session:
        database = session.folder / "program" / "radarr-desktop.db"
        database.parent.mkdir()
        database.write_bytes(b"no database" * 1000)
        with desktop_program(session, EMPTY) as program:
            refused(session, program, "e2e-damaged-database", f"The database {database} is damaged.", "Move it away")
        assert database.read_bytes() == b"no database" * 1000


@pytest.mark.parametrize("arguments", [[], ["--headless"]])
def test_it_can_be_ended_while_the_keyring_waits_for_its_password(place: Path, arguments: list[str]) -> None:
    config = f'{EMPTY}[[plugin]]\nmodule = "tmdb"\nname = "TMDb"\nsettings = {{ api_key = "{made_up("tmdb")}" }}\n'
    with (
        desktop_session(place, programs=["dunst"]) as session,
        desktop_program(session, config, *arguments) as program,
    ):
        prompt = ("xdotool", "search", "--onlyvisible", "--class", "gcr-prompter")
        until(lambda: session.ask(*prompt, obey=False), "the keyring asks for a password")
        session.picture("e2e-keyring-asks")
        code, seconds = program.end()
        print(f"ended: {seconds:.2f} s")
        assert (code, program.complaints) == (0, "")


def test_a_display_that_is_gone_leaves_a_program_without_a_window(place: Path) -> None:
    with desktop_session(place, panel="") as session:
        assert has_display(session.environment)
        session.environment["DISPLAY"] = ":94711"
        with desktop_program(session, EMPTY) as program:
            program.wait_for_log("app.started")
            assert program.get("/ping") == {"status": "OK"}
            assert program.end()[0] == 0
        assert program.complaints.startswith("The display :94711 does not answer, so radarr-desktop runs without a")
