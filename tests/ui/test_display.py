"""Whether a window could be opened: only where a display answers."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from radarr_desktop.ui.display import has_display

NOBODY = ":94711"


def test_without_a_name_there_is_none() -> None:
    assert not has_display({})
    assert not has_display({"DISPLAY": "", "WAYLAND_DISPLAY": ""})


@pytest.mark.parametrize("name", [NOBODY, "nonsense", "unix:/nowhere:0", "127.0.0.1:94711"])
def test_an_x_server_that_is_gone_is_none(name: str) -> None:
    assert not has_display({"DISPLAY": name})


def test_a_wayland_socket_counts_while_somebody_listens(tmp_path: Path) -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path), "DISPLAY": NOBODY}
    assert not has_display(environ)
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-7"))
        compositor.listen()
        assert has_display(environ)
        assert has_display({"WAYLAND_DISPLAY": str(tmp_path / "wayland-7")})
        assert not has_display(environ | {"QT_QPA_PLATFORM": "xcb"})
    assert not has_display(environ)


def test_what_needs_no_display_server_is_left_to_qt() -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen"})
    assert has_display({"QT_QPA_PLATFORM": "xcb;offscreen", "DISPLAY": NOBODY})
    assert not has_display({"QT_QPA_PLATFORM": "wayland-egl", "DISPLAY": NOBODY})
