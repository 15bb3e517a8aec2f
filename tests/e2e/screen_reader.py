"""Reads and uses the program's window the way a screen reader does, over AT-SPI."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

_A11Y = "org.a11y.atspi."
_FIELDS = ("text", "password text", "entry")
_SHOWING = 25
"""The bit of a widget's state that says: it can be seen now."""


@dataclass(frozen=True)
class Widget:
    """One thing in the window."""

    role: str
    name: str
    description: str
    text: str
    """What stands in a field; of one for a password, its dots."""
    bus: str
    path: str


class ScreenReader:
    """Sees all programs of a session."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection

    def seen(self, program: str = "radarr-desktop") -> list[Widget]:
        """Everything of the program that can be seen now."""
        root = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        found: list[Widget] = []
        for bus, path in self._call(*root, "Accessible", "GetChildren"):
            if self._text(bus, path, "Name") == program:
                for _, window in self._call(bus, path, "Accessible", "GetChildren"):
                    self._look(bus, window, found)
        return found

    def words(self) -> str:
        """All names that can be read in the window, a line for each."""
        return "\n".join(f"{widget.name} {widget.description}".strip() for widget in self.seen() if widget.name)

    def fields(self) -> str:
        """What stands in the fields of the window, a line for each."""
        return "\n".join(widget.text for widget in self.seen() if widget.text)

    def press(self, name: str) -> None:
        """Press the button of this name."""
        button = next(widget for widget in self.seen() if widget.name == name and "button" in widget.role)
        self._call(button.bus, button.path, "Action", "DoAction", "i", (0,))

    def _look(self, bus: str, path: str, found: list[Widget]) -> None:
        low, *_ = self._call(bus, path, "Accessible", "GetState")
        if not low >> _SHOWING & 1:
            return
        role = str(self._call(bus, path, "Accessible", "GetRoleName"))
        name, description = self._text(bus, path, "Name"), self._text(bus, path, "Description")
        written = self._call(bus, path, "Text", "GetText", "ii", (0, -1)) if role in _FIELDS else ""
        found.append(Widget(role, name, description, str(written), bus, path))
        for _, child in self._call(bus, path, "Accessible", "GetChildren"):
            self._look(bus, child, found)

    def _text(self, bus: str, path: str, name: str) -> str:
        address = DBusAddress(path, bus, "org.freedesktop.DBus.Properties")
        message = new_method_call(address, "Get", "ss", (f"{_A11Y}Accessible", name))
        return str(unwrap_msg(self._connection.send_and_get_reply(message, timeout=30))[0][1])

    def _call(self, bus: str, path: str, interface: str, method: str, kinds: str = "", values: Any = ()) -> Any:
        message = new_method_call(DBusAddress(path, bus, f"{_A11Y}{interface}"), method, kinds or None, values)
        return unwrap_msg(self._connection.send_and_get_reply(message, timeout=30))[0]


@contextmanager
def screen_reader(session_bus: str) -> Iterator[ScreenReader]:
    """One for the session with this bus; the bus of screen readers is another one."""
    with open_dbus_connection(session_bus) as connection:
        address = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        (where,) = unwrap_msg(connection.send_and_get_reply(new_method_call(address, "GetAddress"), timeout=30))
    with open_dbus_connection(where) as connection:
        yield ScreenReader(connection)
