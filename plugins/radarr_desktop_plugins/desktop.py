"""Desktop notices: the small windows the system itself shows."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from radarr_desktop.plugin_api import Notice, NoticeKind, Notifier, Settings, Unreachable

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

MOST_BUTTONS = 3
LONGEST = 400
"""Characters; what is longer would fill the screen."""


class DesktopSettings(Settings):
    """Nothing to set: the system knows how it shows notices."""


class Desktop(Notifier[DesktopSettings]):
    """The notification service of the desktop this program runs on."""

    name = "Desktop"
    description = "Shows notices on this computer's screen."
    _notifier: DesktopNotifier | None = None

    async def test(self) -> None:
        """Show one notice."""
        await self.send(Notice(NoticeKind.TEST, "Notices work", "This is how news about your movies will look."))

    async def send(self, notice: Notice) -> None:
        """Show the notice."""
        from desktop_notifier import Attachment, Button, DesktopNotifier  # here: a headless program never needs it

        if self._notifier is None:
            self._notifier = DesktopNotifier(app_name="radarr-desktop", app_icon=None)
        heard = [partial(self.context.answer, action.key, action.target) for action in notice.actions[:MOST_BUTTONS]]
        buttons = [
            Button(_line(action.text), pressed)
            for action, pressed in zip(notice.actions, heard, strict=False)
            if action.text
        ]
        image = notice.image if notice.image and notice.image.is_file() else None
        shown: list[bool] = []
        try:
            await self._notifier.get_capabilities()  # names what is wrong with the bus; send would only log it
            await self._notifier.send(
                title=_line(notice.title),
                message=_escaped(_line(notice.body)),
                buttons=buttons,
                on_clicked=heard[0] if heard else None,
                attachment=Attachment(path=image.resolve()) if image else None,
                on_dispatched=lambda: shown.append(True),
            )
        except _bus_faults() as fault:
            await self.close()  # a bus that went away stays away for this connection
            raise Unreachable(
                "The desktop shows no notices: no notification service answered on the session bus. "
                "Start one, or switch this notifier off; nothing else depends on it."
            ) from fault
        if not shown:
            await self.close()
            raise Unreachable("The desktop's notification service refused the notice. The log says why.")

    async def close(self) -> None:
        """Leave the session bus."""
        backend = getattr(self._notifier, "_backend", None)  # the library has no way to close of its own
        if bus := getattr(backend, "bus", None):
            bus.disconnect()
        self._notifier = None


def _bus_faults() -> tuple[type[Exception], ...]:
    if sys.platform != "linux":
        return (OSError,)
    from dbus_fast.errors import DBusFastError

    return (OSError, EOFError, DBusFastError)


def _line(text: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:LONGEST]


def _escaped(text: str) -> str:
    """On Linux a body is markup: a release name must not become a link or a remote picture."""
    if sys.platform != "linux":
        return text
    from html import escape  # here: its table of names takes half a megabyte

    return escape(text, quote=False)
