"""A bare page that tests put parts on."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget


def put(page: QWidget, widget: QWidget) -> None:
    """Add a widget to the page's column."""
    layout = page.layout()
    assert layout is not None
    layout.addWidget(widget)
    # a layout shows and places what was added to it in the event loop
    QApplication.processEvents()
