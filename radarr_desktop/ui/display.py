"""Finds out whether Qt could open a window here, before it is asked to: it ends the program where it cannot."""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Mapping
from pathlib import Path


def has_display(environ: Mapping[str, str]) -> bool:
    """Does a display that Qt would choose answer?"""
    if sys.platform != "linux":
        return True
    asked = [name.partition(":")[0] for name in environ.get("QT_QPA_PLATFORM", "").split(";") if name]
    return any(_answers(platform, environ) for platform in asked or ("wayland", "xcb"))


def display_name(environ: Mapping[str, str]) -> str:
    """What the environment calls its display; empty when it names none."""
    return environ.get("WAYLAND_DISPLAY") or environ.get("DISPLAY", "")


def _answers(platform: str, environ: Mapping[str, str]) -> bool:
    if platform.startswith("wayland"):
        return _wayland_answers(environ)
    return _x_answers(environ.get("DISPLAY", "")) if platform == "xcb" else True


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    if environ.get("WAYLAND_SOCKET"):
        return True
    name = environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as one:
        try:
            one.connect(str(Path(environ.get("XDG_RUNTIME_DIR", "/")) / name))
        except OSError:
            return False
    return True


def _x_answers(display: str) -> bool:
    """Shake hands as Qt would, with the same library: a server may be there and still refuse us."""
    if not display:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    try:
        return int(xcb.xcb_connection_has_error(connection)) == 0
    finally:
        xcb.xcb_disconnect(connection)
