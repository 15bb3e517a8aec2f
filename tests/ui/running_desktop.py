"""The production window on a running engine, driven from a test's own thread."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import qasync
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget

from radarr_desktop.ui.desktop import Desktop
from radarr_desktop.ui.theme import Theme
from radarr_desktop.ui.workspace import Workspace
from tests.fixtures_engine import PATIENCE, RunningEngine
from tests.ui import camera

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


class RunningDesktop:
    """``run`` a coroutine on the window's loop; everything in it may await ``until``."""

    def __init__(self, app: QApplication, running: RunningEngine, theme: Theme) -> None:
        self.running = running
        self.loop = qasync.QEventLoop(app)
        self.desktop = Desktop(app, running.engine, running.loop, running.paths, theme)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run it to its end, with the window alive meanwhile."""
        task = self.loop.create_task(asyncio.wait_for(work, 3 * PATIENCE))
        task.add_done_callback(lambda _: self.loop.stop())
        try:
            self.loop.run_forever()
        finally:
            # between two runs pytest-qt handles events, and with them steps of this loop's tasks
            asyncio._set_running_loop(self.loop)
        return task.result()  # type: ignore[no-any-return]

    @property
    def workspace(self) -> Workspace:
        """Its window with the pages."""
        return self.desktop.workspace

    async def open_in_tray(self) -> None:
        """Start it without the window."""
        self.desktop.show_starting(minimized=True)
        self.desktop.started()

    async def open(self, width: int = 1440, height: int = 900) -> None:
        """Start the window as the program does, and wait for its first content."""
        self.desktop.show_starting()
        self.workspace.window.resize(width, height)
        self.desktop.started()
        await until(lambda: self.workspace.library.is_loaded, "the library is read")

    async def end(self) -> None:
        """End the window as the program does."""
        self.desktop.quit()
        await self.desktop.until_quit()

    def child(self, kind: type[W], parent: QWidget | None = None) -> W:
        """The visible widget of a type; there must be one."""
        found = [one for one in (parent or self.workspace.window).findChildren(kind) if one.isVisible()]
        assert found, f"no {kind.__name__} is in sight"
        return found[-1]

    def drop(self, path: Path) -> None:
        """Drop a file on the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        at, nothing = self.workspace.window.rect().center(), Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, nothing)
        QApplication.sendEvent(self.workspace.window, enter)
        assert enter.isAccepted()
        let_go = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, nothing)
        QApplication.sendEvent(self.workspace.window, let_go)

    def nameless(self) -> list[str]:
        """Controls in sight that a screen reader could not name."""
        found = []
        for widget in self.workspace.window.findChildren(QWidget):
            takes_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            inner = isinstance(widget.parentWidget(), QAbstractSpinBox)
            text = getattr(widget, "text", lambda: "")()
            if widget.isVisible() and takes_keys and not inner and not (widget.accessibleName() or text):
                found.append(widget.metaObject().className())
        return found

    def picture(self, name: str) -> None:
        """Keep what the window looks like now."""
        self.workspace.window.grab()  # what one repaint had no time for is drawn in the next
        camera.keep(self.workspace.window, name)


async def until(check: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
    """Ask again until the answer is true, with the window alive meanwhile."""
    deadline = time.monotonic() + patience
    while not (answer := check()):
        assert time.monotonic() < deadline, f"{what}: not within {patience:g} s"
        await asyncio.sleep(0.02)
    return answer


@contextlib.contextmanager
def running_desktop(
    app: QApplication, running: RunningEngine, theme: Theme, *, minimized: bool = False
) -> Iterator[RunningDesktop]:
    """Opened, and closed at the end."""
    desktop = RunningDesktop(app, running, theme)
    try:
        desktop.run(desktop.open_in_tray() if minimized else desktop.open())
        yield desktop
    finally:
        desktop.run(desktop.end())
        desktop.desktop.close()
        desktop.loop.close()
        asyncio._set_running_loop(None)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
        # qasync leaves the timers of cancelled handles behind, for whichever thread collects the loop
        shiboken6.delete(desktop.loop._timer)
        del desktop.desktop, desktop.loop
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # here, before the next engine's thread collects what is left of Qt's objects
        gc.collect()
