"""Garbage collection in the window's thread only: Qt objects must not be destroyed in the engine's."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 200
_FULL_AFTER = 300
_SOON = 3000


class Collector(QObject):
    """Takes over from Python's automatic collector, which runs in whichever thread happens to allocate.

    A cycle that holds a QObject without a parent (a menu, a timer) would else be destroyed by the engine's
    thread, which Qt answers with warnings or a crash.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(self._collect)
        self._rounds = 0
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.settle)

    def start(self) -> None:
        """Call it in the window's thread, before another one does Python's work."""
        gc.disable()
        self._timer.start()

    def settle(self) -> None:
        """Call it when everything that stays has been imported and built: collections need not look at it again."""
        gc.collect()
        gc.freeze()

    def settle_soon(self) -> None:
        """The same when what is being built now has been shown."""
        self._soon.start()

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        self._soon.stop()
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        self._rounds += 1
        young, middle, _ = gc.get_count()
        limits = gc.get_threshold()
        if self._rounds % _FULL_AFTER == 0:
            gc.collect()
        elif middle > limits[1]:
            gc.collect(1)
        elif young > limits[0]:
            gc.collect(0)
