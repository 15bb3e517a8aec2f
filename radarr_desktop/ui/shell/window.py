"""The main window: pages in a stack, with everything around them that all pages share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.ui.mark import app_icon
from radarr_desktop.ui.parts import SearchField, Sheet, ToastStack
from radarr_desktop.ui.shell.areas import FocusAreas, tab_stops
from radarr_desktop.ui.shell.drop_hint import DropHint
from radarr_desktop.ui.shell.drop_target import DropTarget
from radarr_desktop.ui.shell.drops import DropReader
from radarr_desktop.ui.shell.header import PageHeader
from radarr_desktop.ui.shell.quit import ask_to_quit
from radarr_desktop.ui.shell.sidebar import NavEntry, NavGroup, Sidebar
from radarr_desktop.ui.shell.status import StatusBar
from radarr_desktop.ui.theme import theme

Breakpoint = Literal["narrow", "medium", "wide"]
_WIDE, _MEDIUM = 1280, 1120
_SMALLEST = (800, 560)


@dataclass(frozen=True)
class _Page:
    header: PageHeader
    box: QWidget
    widget: QWidget
    parent: str


class MainWindow(QMainWindow):
    """Pages register themselves; the window knows none of them by name."""

    page_changed = Signal(str)
    breakpoint_changed = Signal(str)
    dropped = Signal(list)
    media_dropped = Signal(list)
    """Videos and folders, by their paths."""
    add_requested = Signal()
    search_requested = Signal()
    """Look for all that is missing."""
    refresh_requested = Signal(str)
    escaped = Signal()
    undo_requested = Signal()
    """Ctrl+Z, while no toast offers anything."""
    quit_requested = Signal()
    closed_to_tray = Signal()

    def __init__(self, has_tray: Callable[[], bool] = lambda: False) -> None:
        super().__init__()
        self._has_tray = has_tray
        self._pages: dict[str, _Page] = {}
        self._trail: list[str] = []
        self._chosen_rail: bool | None = None
        self._breakpoint: Breakpoint = "wide"
        self._areas = FocusAreas()
        self.setWindowTitle("radarr-desktop")
        self.setWindowIcon(app_icon(theme().tokens))
        self.setMinimumSize(*_SMALLEST)
        self.sidebar = Sidebar()
        self.sidebar.chosen.connect(self.open_page)
        self.status = StatusBar()
        self._stack = QStackedWidget()
        self._build()
        self.toasts = ToastStack(self._stack)
        self._reader = DropReader(self)
        self._reader.taken.connect(self.dropped)
        self._reader.media.connect(self.media_dropped)
        self._reader.refused.connect(lambda sentence: self.toasts.show(sentence, "miss"))
        DropTarget(self, self._reader).hovered.connect(DropHint(self).show_when)
        self._bind_keys()
        self.resize(1280, 820)

    def add_page(
        self,
        key: str,
        title: str,
        icon: str,
        widget: QWidget,
        group: NavGroup | None,
        shortcut: str = "",
        *,
        parent_key: str = "",
    ) -> PageHeader:
        """Register a page and get its header; without a group it is not in the sidebar but below `parent_key`."""
        header = PageHeader(title)
        header.back.connect(self.go_back)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(widget, 1)
        self._pages[key] = _Page(header, box, widget, parent_key)
        self._stack.addWidget(box)
        if group is not None:
            self.sidebar.add(NavEntry(key, title, icon, group, shortcut))
        if shortcut:
            self._bind(shortcut, lambda: self.open_page(key))
        if not self._trail:
            self.open_page(key)
        return header

    @property
    def current_key(self) -> str:
        """The page in sight; empty before the first is there."""
        return self._trail[-1] if self._trail else ""

    @property
    def breakpoint(self) -> Breakpoint:
        """How much room there is: narrow below 1120, wide from 1280."""
        return self._breakpoint

    def page(self, key: str) -> QWidget:
        """The widget of a page."""
        return self._pages[key].widget

    def open_page(self, key: str) -> None:
        """Show a page and remember where the user came from."""
        if key == self.current_key:
            return
        self._trail = [*self._trail[-30:], key]
        self._show_current()

    def go_back(self) -> None:
        """Show the page before this one."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._show_current()

    def set_badge(self, key: str, count: int, *, urgent: bool = False) -> None:
        """The number on a page's line in the sidebar; red only when something needs the user."""
        self.sidebar.item(key).set_badge(count, urgent=urgent)

    @property
    def open_sheet(self) -> Sheet | None:
        """The sheet that lies over the window, if any."""
        return next((sheet for sheet in reversed(self.findChildren(Sheet)) if sheet.isVisible()), None)

    def bring_up(self) -> None:
        """Show the window in front, wherever it was."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def toggle(self) -> None:
        """A click on the tray: hide when in front, else bring up."""
        if self.isVisible() and self.isActiveWindow():
            self.hide()
        else:
            self.bring_up()

    def take_clipboard(self) -> None:
        """Add the magnet or link in the clipboard."""
        self._reader.take(QGuiApplication.clipboard().mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide to the tray; without one ask, because closing would stop the searches."""
        if self._is_session_ending():
            event.accept()
        elif self._has_tray():
            event.ignore()
            self.hide()
            self.closed_to_tray.emit()
        else:
            event.ignore()
            ask_to_quit(self, on_quit=self.quit_requested.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        width = event.size().width()
        now: Breakpoint = "wide" if width >= _WIDE else "medium" if width >= _MEDIUM else "narrow"
        if now != self._breakpoint:
            crossed_rail = (now == "narrow") != (self._breakpoint == "narrow")
            self._breakpoint = now
            if crossed_rail:
                self._chosen_rail = None
            self.breakpoint_changed.emit(now)
        self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        """Start with the keyboard in the page."""
        super().showEvent(event)
        if not event.spontaneous():
            self._focus_page()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through sidebar, header, page and status in this order, whatever was built first."""
        stops = [stop for area in self._focus_areas() for stop in tab_stops(area)]
        focus = QApplication.focusWidget()
        if not stops:
            return False
        step = 1 if forward else -1
        at = stops.index(focus) if focus in stops else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + step) % len(stops)].setFocus(reason)
        return True

    def _build(self) -> None:
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addWidget(self._stack, 1)
        root = QWidget()
        root.setProperty("surface", "window")
        column = QVBoxLayout(root)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(root)

    def _bind_keys(self) -> None:
        self._bind("Ctrl+F", self._focus_filter)
        self._bind("Ctrl+N", self.add_requested.emit)
        self._bind("Ctrl+B", self._toggle_rail)
        self._bind("Ctrl+V", self.take_clipboard)
        self._bind("Ctrl+Shift+S", self.search_requested.emit)
        self._bind("Ctrl+Z", self._undo)
        self._bind("Ctrl+Q", self.quit_requested.emit)
        self._bind("F5", lambda: self.refresh_requested.emit(self.current_key))
        self._bind("F6", lambda: self._areas.jump(self._focus_areas(), 1))
        self._bind("Shift+F6", lambda: self._areas.jump(self._focus_areas(), -1))
        self._bind("Esc", self.escaped.emit)
        self._bind("Alt+Left", self.go_back)

    def _bind(self, keys: str, action: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(lambda: self._run(keys, action))

    def _run(self, keys: str, action: Callable[[], object]) -> None:
        sheet = self.open_sheet
        if sheet is None:
            action()
        elif keys == "Esc":
            sheet.close_sheet()

    def _focus_areas(self) -> list[QWidget]:
        page = self._pages.get(self.current_key)
        middle = [page.header, page.widget] if page is not None else []
        return [self.sidebar, *middle, self.status]

    def _focus_page(self) -> None:
        page = self._pages.get(self.current_key)
        stops = tab_stops(page.widget) if page is not None and self.open_sheet is None else []
        if stops:
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_filter(self) -> None:
        fields = self._pages[self.current_key].box.findChildren(SearchField)
        field = next((field for field in fields if field.isVisible()), None)
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()

    def _undo(self) -> None:
        if not self.toasts.run_newest_action():
            self.undo_requested.emit()

    def _toggle_rail(self) -> None:
        self._chosen_rail = not self.sidebar.is_rail
        self._dress()

    def _dress(self) -> None:
        narrow = self._breakpoint == "narrow"
        self.sidebar.set_rail(narrow if self._chosen_rail is None else self._chosen_rail)
        self.status.set_narrow(narrow)

    def _show_current(self) -> None:
        key = self.current_key
        page = self._pages[key]
        self._stack.setCurrentWidget(page.box)
        self.sidebar.set_current(page.parent or key)
        self._focus_page()
        self.page_changed.emit(key)

    def _is_session_ending(self) -> bool:
        app = QGuiApplication.instance()
        return isinstance(app, QGuiApplication) and app.isSavingSession()
