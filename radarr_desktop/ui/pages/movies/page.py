"""The library page: chips and a filter over a poster grid or a table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.movie_state import TONES, MovieState, state_word
from radarr_desktop.ui.models.movies import Column, Order
from radarr_desktop.ui.pages.chip_row import ChipRow
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.movie_actions import MovieActions
from radarr_desktop.ui.pages.movies.empty import EmptyLibrary
from radarr_desktop.ui.pages.movies.grid import PosterGrid
from radarr_desktop.ui.pages.movies.table import MoviesTable
from radarr_desktop.ui.pages.search_strip import SearchStrip
from radarr_desktop.ui.pages.service_banner import ServiceBanner
from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.parts import Button, EmptyState, FilterChip, Menu, SearchField, Segment, Segmented, Skeleton
from radarr_desktop.ui.shell.header import PageHeader

_CHIPS = (
    MovieState.MISSING,
    MovieState.NOT_RELEASED,
    MovieState.DOWNLOADING,
    MovieState.UPGRADE,
    MovieState.ATTENTION,
    MovieState.UNMONITORED,
)
_KEYS = {
    "Ctrl+R": "pick",
    "Ctrl+Shift+R": "search",
    "Ctrl+Y": "why",
    "Ctrl+M": "monitor",
    "Ctrl+Shift+O": "folder",
    "Del": "remove",
}


class MoviesPage(QWidget):
    """See the whole collection, and what needs care."""

    def __init__(self, desk: Desk, library: LiveLibrary, services: LiveServices, actions: MovieActions) -> None:
        super().__init__()
        self._desk = desk
        self._library = library
        self._actions = actions
        self._header: PageHeader | None = None
        self._kept: tuple[int, int] | None = None
        self.filter = SearchField(self.tr("Filter movies"))
        self.view = Segmented(
            self.tr("View"),
            [Segment("grid", self.tr("Posters"), "layout-grid"), Segment("table", self.tr("Table"), "rows-3")],
        )
        self.search = Button(self.tr("Search"), icon="search", menu=True)
        self.searching = SearchStrip(desk)
        self.sort = Button("", icon="arrow-down-wide-narrow", menu=True)
        self.add = Button(self.tr("Add movie"), "primary", "plus")
        self.chips: dict[MovieState | None, FilterChip] = {}
        self.grid = PosterGrid(desk.posters)
        self.table = MoviesTable()
        calm = self.tr("It is not searched until it is back; everything else goes on.")
        self.silent = ServiceBanner(desk, services, PluginKind.INDEXER, calm)
        self._make_states()
        self._stack = QStackedWidget()
        for widget in (self._skeleton, self.grid, self.table, self._nothing, self.no_match, self._error):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        self._chip_row = self._make_chips()
        chips = QVBoxLayout()
        chips.setContentsMargins(24, 0, 24, 0)
        chips.setSpacing(12)
        chips.addWidget(self.silent)
        chips.addWidget(self.searching)
        chips.addWidget(self._chip_row)
        column.addLayout(chips)
        # A cell of the grid has 8 px around its poster, and the scroll bar stands in the page's margin.
        content = QVBoxLayout()
        content.setContentsMargins(16, 0, 4, 0)
        content.addWidget(self._stack)
        column.addLayout(content, 1)
        self._connect()
        self._choose_order(Order.ADDED)
        self._show()

    def dress(self, header: PageHeader) -> None:
        """Put the controls into the page's header."""
        self._header = header
        for widget in (self.filter, self.view, self.sort, self.search, self.add):
            header.add(widget)
        self.filter.setFixedWidth(200)
        self._count()

    def fit(self, breakpoint: str) -> None:
        """Less room: words give way to icons."""
        narrow = breakpoint == "narrow"
        self.sort.setText("" if narrow else _order_word(self, self._order))
        self.search.setText("" if narrow else self.tr("Search"))
        self.filter.setFixedWidth(180 if narrow else 200)

    def focus_content(self) -> None:
        """Put the keyboard where the movies are."""
        shown = self._stack.currentWidget()
        if shown is not None:
            shown.setFocus()

    def _make_states(self) -> None:
        self._skeleton = Skeleton([QRect(8 + 176 * x, 12 + 320 * y, 160, 240) for y in range(3) for x in range(12)])
        self._nothing = EmptyLibrary()
        self._clear = Button(self.tr("Clear filters"), "primary")
        self.no_match = EmptyState("list-filter", self.tr("No movie matches"), "", [self._clear])
        self._again = Button(self.tr("Try again"), "primary", "refresh-cw")
        self._error = EmptyState("triangle-alert", self.tr("The library could not be read"), "", [self._again])

    def _make_chips(self) -> ChipRow:
        row = ChipRow(self.tr("Show only"))
        self.chips[None] = FilterChip(self.tr("All"), None, 0)
        for state in _CHIPS:
            self.chips[state] = FilterChip(state_word(state), TONES[state], 0)
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda _checked, key=key: self.choose_state(key))
            row.add(chip)
        self.chips[None].setChecked(True)
        return row

    def _connect(self) -> None:
        model = self._library.movies
        self.grid.setModel(model)
        self.table.setModel(model)
        self.table.setSelectionModel(self.grid.selectionModel())
        for view in (self.grid, self.table):
            view.opened.connect(lambda index: self._run("open", index))
            view.menu_asked.connect(self._menu)
        self.grid.action_asked.connect(lambda index, key: self._run(key, index))
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.counted.connect(self._count)
        self.filter.textChanged.connect(self._filter)
        self.view.chosen.connect(lambda _key: self._show(focus=True))
        self.sort.clicked.connect(self._sort_menu)
        self.search.setAccessibleName(self.tr("Search many movies"))
        self.search.setToolTip(self.tr("Search many movies: how long it takes is said first"))
        self.search.clicked.connect(self._search_menu)
        self._desk.search_begun.connect(self.searching.refresh)
        self.add.clicked.connect(lambda: self._desk.add_asked.emit(""))
        self._clear.clicked.connect(self.clear_filters)
        self._again.clicked.connect(self._library.refresh)
        self._nothing.add_asked.connect(lambda: self._desk.add_asked.emit(""))
        self._nothing.collection_asked.connect(lambda: self._desk.page_asked.emit("collection"))
        self._nothing.services_asked.connect(lambda: self._desk.settings_asked.emit("indexer"))
        self._library.loaded.connect(self._show)
        self._library.failed.connect(self._fail)
        toggle = QShortcut(QKeySequence("Ctrl+G"), self)
        toggle.activated.connect(self._toggle_view)
        for keys, action in _KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), self._stack)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: self._run(action, self.grid.currentIndex()))

    def choose_state(self, state: MovieState | None) -> None:
        """Show one state, or all."""
        for key, chip in self.chips.items():
            chip.setChecked(key is state)
        self._library.movies.set_state_filter(state)
        self._show()

    def choose_view(self, key: str) -> None:
        """Show posters or the table."""
        self.view.set_key(key)
        self._show()

    def clear_filters(self) -> None:
        """Show everything."""
        self.filter.clear()
        self.choose_state(None)

    def _filter(self, text: str) -> None:
        self._library.movies.set_text_filter(text)
        self._show()

    def _toggle_view(self) -> None:
        self.view.set_key("table" if self.view.key == "grid" else "grid")
        self._show(focus=True)

    def _show(self, *, focus: bool = False) -> None:
        model = self._library.movies
        empty = self._library.is_loaded and model.total == 0
        if not self._library.is_loaded:
            shown: QWidget = self._skeleton
        elif empty:
            shown = self._nothing
        elif model.rowCount() == 0:
            self.no_match.set_text(self.tr("No movie matches"), self._filter_words())
            shown = self.no_match
        else:
            shown = self.grid if self.view.key == "grid" else self.table
        self._stack.setCurrentWidget(shown)
        self._chip_row.setVisible(not empty)
        for widget in (self.filter, self.view, self.sort, self.search):
            widget.setVisible(not empty)
        if focus:
            shown.setFocus()

    def _fail(self, problem: Problem) -> None:
        if not self._library.is_loaded:
            self._error.set_text(problem.what, f"{problem.why} {problem.todo}".strip())
            self._stack.setCurrentWidget(self._error)

    def _filter_words(self) -> str:
        state = next((state for state, chip in self.chips.items() if chip.isChecked()), None)
        parts = [f"“{self.filter.text().strip()}”"] if self.filter.text().strip() else []
        if state is not None:
            parts.append(state_word(state))
        return self.tr("Nothing in your library fits {filters}.").format(filters=self.tr(" and ").join(parts))

    def _count(self) -> None:
        model = self._library.movies
        self.chips[None].set_count(model.total)
        for state in _CHIPS:
            self.chips[state].set_count(model.count(state))
        if self._header is not None:
            words = f"{times.number(model.total)} · {amounts.size(model.bytes())}" if model.total else ""
            self._header.set_count(words)

    def _sort_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for order in Order:
            action = QAction(_order_word(self, order), menu)
            action.setCheckable(True)
            action.setChecked(order is self._order)
            action.triggered.connect(lambda _checked=False, order=order: self._choose_order(order))
            menu.addAction(action)
        menu.popup(self.sort.mapToGlobal(QPoint(0, self.sort.height() + 4)))

    def _search_menu(self) -> None:
        model, menu = self._library.movies, Menu(self)
        missing, better = model.ids_in(MovieState.MISSING), model.ids_in(MovieState.UPGRADE)
        shown = [model.row_at(row).movie.id for row in range(model.rowCount())]
        for words, icon, ids, keys in (
            (self.tr("All that are missing ({count})…"), "circle-dashed", missing, "Ctrl+Shift+S"),
            (self.tr("All that could be better ({count})…"), "chevrons-up", better, ""),
            (self.tr("All that are shown ({count})…"), "list-filter", shown, ""),
        ):
            action = menu.add(
                words.format(count=times.number(len(ids))),
                icon,
                partial(self._search_all, None if ids is missing else ids),
                keys=keys,
            )
            action.setEnabled(bool(ids))
        menu.popup(self.search.mapToGlobal(QPoint(0, self.search.height() + 4)))

    def _search_all(self, ids: list[int] | None) -> None:
        self._desk.start(self._desk.search_missing() if ids is None else self._desk.search_movies(ids))

    def _choose_order(self, order: Order) -> None:
        self._order = order
        self.sort.setText(_order_word(self, order) if self.sort.text() or self._header is None else "")
        self.sort.setAccessibleName(self.tr("Sort by {order}").format(order=_order_word(self, order)))
        self.sort.setToolTip(self.sort.accessibleName())
        self._library.movies.set_order(order)

    def _run(self, key: str, index: QModelIndex) -> None:
        if index.isValid():
            self._actions.run(key, self._library.movies.row_at(index.row()).movie)

    def _menu(self, index: QModelIndex, at: QPoint) -> None:
        self._actions.menu(self._library.movies.row_at(index.row()).movie, at)

    def _remember(self) -> None:
        index = self.grid.currentIndex()
        id = self._library.movies.row_at(index.row()).movie.id if index.isValid() else 0
        view = self.grid if self.view.key == "grid" else self.table
        self._kept = (id, view.verticalScrollBar().value())

    def _restore(self) -> None:
        if self._kept is None:
            return
        (id, scroll), self._kept = self._kept, None
        place = self._library.movies.place_of(id)
        if place is not None:
            self.grid.setCurrentIndex(self._library.movies.index(place, Column.TITLE))
        view = self.grid if self.view.key == "grid" else self.table
        view.verticalScrollBar().setValue(scroll)
        self._show()


def _order_word(page: MoviesPage, order: Order) -> str:
    return {Order.ADDED: page.tr("Added"), Order.TITLE: page.tr("Title"), Order.YEAR: page.tr("Year")}[order]
