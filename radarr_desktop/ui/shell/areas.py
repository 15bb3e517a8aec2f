"""F6 and Shift+F6: the keyboard jumps between the areas of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class FocusAreas:
    """The areas in reading order; each remembers which of its widgets had the focus."""

    def __init__(self) -> None:
        self._last: dict[int, QWidget] = {}

    def jump(self, areas: Sequence[QWidget], step: int) -> None:
        """Move to the next or previous area that can take the keyboard."""
        focus = QApplication.focusWidget()
        at = next((number for number, area in enumerate(areas) if _holds(area, focus)), -1 if step > 0 else len(areas))
        if focus is not None and 0 <= at < len(areas):
            self._last[id(areas[at])] = focus
        for offset in range(1, len(areas) + 1):
            area = areas[(at + step * offset) % len(areas)]
            target = self._target(area)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _target(self, area: QWidget) -> QWidget | None:
        stops = tab_stops(area)
        last = self._last.get(id(area))
        return last if last in stops else next(iter(stops), None)


def tab_stops(area: QWidget) -> list[QWidget]:
    """The widgets of an area that Tab would reach, in the order it does."""
    stops: list[QWidget] = []
    widget: QWidget | None = area
    while widget is not None:
        can_stop = widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if can_stop and _holds(area, widget):
            stops.append(widget)
        widget = widget.nextInFocusChain()
        if widget is area:
            break
    return stops


def _holds(area: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (widget is area or area.isAncestorOf(widget))
