"""Uses the menu of the program's tray icon as a panel does: StatusNotifier and its menus on the session bus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

_PROPERTIES = "org.freedesktop.DBus.Properties"
_WATCHER = "org.kde.StatusNotifierWatcher"
_ITEM = "org.kde.StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"


class TrayMenu:
    """Sees the icons that programs have registered with the panel."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection

    def items(self) -> list[str]:
        """Titles of all registered icons."""
        return [str(self._get(bus, path, _ITEM, "Title")) for bus, path in self._registered()]

    def entries(self) -> dict[str, int]:
        """The entries of the first icon's menu as it opens now, with their numbers."""
        self._ask(*self._menu(), _MENU, "AboutToShow", "i", (0,))
        _, (_, _, children) = self._ask(*self._menu(), _MENU, "GetLayout", "iias", (0, -1, []))
        return {str(values["label"][1]): id for _, (id, values, _) in children if "label" in values}

    def choose(self, label: str) -> None:
        """Click on an entry."""
        self._ask(*self._menu(), _MENU, "Event", "isvu", (self.entries()[label], "clicked", ("s", ""), 0))

    def click(self) -> None:
        """Click on the icon itself."""
        self._ask(*self._registered()[0], _ITEM, "Activate", "ii", (0, 0))

    def _registered(self) -> list[tuple[str, str]]:
        names = self._get(_WATCHER, "/StatusNotifierWatcher", _WATCHER, "RegisteredStatusNotifierItems")
        return [(bus, f"/{path}") for bus, _, path in (name.partition("/") for name in names)]

    def _menu(self) -> tuple[str, str]:
        bus, path = self._registered()[0]
        return bus, self._get(bus, path, _ITEM, "Menu")

    def _get(self, bus: str, path: str, interface: str, name: str) -> Any:
        return self._ask(bus, path, _PROPERTIES, "Get", "ss", (interface, name))[0][1]

    def _ask(self, bus: str, path: str, interface: str, method: str, kinds: str, values: Any) -> Any:
        message = new_method_call(DBusAddress(path, bus, interface), method, kinds, values)
        return unwrap_msg(self._connection.send_and_get_reply(message, timeout=30))


@contextmanager
def tray_menu(session_bus: str) -> Iterator[TrayMenu]:
    """One for the session with this bus."""
    with open_dbus_connection(session_bus) as connection:
        yield TrayMenu(connection)
