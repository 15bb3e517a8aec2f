"""Another program, from which a file or a text is dragged: run as a program it is that one."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from tests.e2e.desktop_session import Session, until

_TITLE = "Files of somebody"
_ALL = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


class _Files(QLabel):
    """Says what becomes of the drag, a line each: that it began, the action it would have now, the one it had."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self._what = what
        self.setWindowTitle(_TITLE)
        self.resize(240, 120)

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        data, drag = QMimeData(), QDrag(self)
        if self._what.startswith("/"):
            data.setUrls([QUrl.fromLocalFile(self._what)])
        else:
            data.setText(self._what)
        drag.setMimeData(data)
        drag.actionChanged.connect(lambda action: _say(f"would {action.name}"))
        _say("dragged")
        _say(f"done {drag.exec(_ALL, Qt.DropAction.MoveAction).name}")


def _say(line: str) -> None:
    print(line, flush=True)


def drag_to_icon(session: Session, what: str) -> str:
    """Drag a file (its path) or a text to the program's icon in the tray; the action that was done.

    Its program stays: what is dropped is fetched from it afterwards. One drag in a session.
    """
    session.start(sys.executable, "-m", "tests.e2e.drag_source", what)
    log = session.folder / f"{Path(sys.executable).name}.log"
    search = ("xdotool", "search", "--onlyvisible", "--name", f"^{_TITLE}$")
    (window,) = until(lambda: session.ask(*search, obey=False).split(), "there is something to drag")
    session.ask("xdotool", "mousemove", "--window", window, "60", "60", "mousedown", "1")

    def said(start: str) -> str:
        # a mouse that rests tells nothing
        session.ask("xdotool", "mousemove_relative", "2", "1", "mousemove_relative", "--", "-2", "-1")
        return next((line for line in log.read_text().splitlines() if line.startswith(start)), "")

    until(lambda: said("dragged"), "it is dragged")
    session.ask("xdotool", "mousemove", *session.icon_at())
    until(lambda: said("would CopyAction"), "the icon would take it")
    session.ask("xdotool", "mouseup", "1")
    return until(lambda: said("done"), "it is dropped").removeprefix("done ")


if __name__ == "__main__":
    _app = QApplication(["files"])
    _files = _Files(sys.argv[1])
    _files.show()
    _app.exec()
