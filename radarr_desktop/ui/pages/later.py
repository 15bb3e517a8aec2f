"""A page that is imported and built when it is first to be seen: a window that never shows it pays nothing for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Content(Protocol):
    """What such a page answers to."""

    def fit(self, breakpoint: str) -> None:
        """More room, or less."""

    def focus_content(self) -> None:
        """Put the keyboard where the content is."""

    def refresh(self) -> None:
        """Read again."""

    def escape(self) -> None:
        """Esc was pressed."""


class LaterPage(QWidget):
    """`make` builds the content; what is asked of a page before goes nowhere, and is not missed."""

    def __init__(self, make: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._content: QWidget | None = None
        self._breakpoint = "wide"
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    @property
    def content(self) -> QWidget:
        """The page itself, built by now."""
        if self._content is None:
            self._content = self._make()
            self._box.addWidget(self._content)
            self.fit(self._breakpoint)
        return self._content

    def showEvent(self, event: QShowEvent) -> None:
        """Build it."""
        super().showEvent(event)
        _ = self.content

    def fit(self, breakpoint: str) -> None:
        """More room, or less."""
        self._breakpoint = breakpoint
        if self._content is not None:
            cast("Content", self._content).fit(breakpoint)

    def focus_content(self) -> None:
        """Put the keyboard where the content is."""
        cast("Content", self.content).focus_content()

    def refresh(self) -> None:
        """Read again."""
        if self._content is not None:
            cast("Content", self._content).refresh()

    def escape(self) -> None:
        """Esc was pressed."""
        if self._content is not None:
            cast("Content", self._content).escape()
