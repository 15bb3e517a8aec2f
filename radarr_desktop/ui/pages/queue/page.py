"""The queue page: what needs the user on top, then all that is on its way."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import QueueItem
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.ui.models import amounts, times
from radarr_desktop.ui.models.queue import QueueModel
from radarr_desktop.ui.models.queue_state import is_active, is_paused, is_stuck
from radarr_desktop.ui.pages.column import ScrollColumn
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.library import LiveLibrary
from radarr_desktop.ui.pages.queue.actions import QueueActions
from radarr_desktop.ui.pages.queue.followers import Followers
from radarr_desktop.ui.pages.queue.rows import QueueView
from radarr_desktop.ui.pages.queue.stuck import StuckCard
from radarr_desktop.ui.pages.queue.today import DoneToday
from radarr_desktop.ui.pages.service_banner import ServiceBanner
from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.parts import BulkBar, Button, EmptyState, Label, Segment, Segmented
from radarr_desktop.ui.shell.header import PageHeader

_RECOUNT_MS = 500
_FOLLOWED = 50
"""Stuck downloads of which is asked what would be taken instead."""


class QueuePage(QWidget):
    """Reads the live library; asks the engine only to change something."""

    def __init__(self, desk: Desk, library: LiveLibrary, services: LiveServices, window: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._library = library
        self._queue = library.queue
        self._services = services
        self._actions = QueueActions(desk, library, window)
        self._header: PageHeader | None = None
        self._is_narrow = False
        self.model = QueueModel()
        self.view = QueueView(desk.posters, library)
        self.view.setModel(self.model)
        self.stuck = StuckCard(desk.posters, library)
        self.all_stuck = StuckCard(desk.posters, library)
        self.followers = Followers(desk, self)
        # every step of a thousand downloads would add all their speeds up
        self._recount = QTimer(self, singleShot=True, interval=_RECOUNT_MS)
        self._recount.timeout.connect(lambda: self._count(list(self._queue.items.values())))
        self.segments = Segmented(
            self.tr("Show"),
            [Segment("all", self.tr("All")), Segment("active", self.tr("Active")), Segment("stuck", self.tr("Stuck"))],
        )
        self.by_hand = Button(self.tr("Import files…"), icon="folder-input")
        self.slow = Button(self.tr("Slow down"), icon="gauge")
        self.pause_all = Button(self.tr("Pause all"), icon="pause")
        calm = self.tr("Downloads are shown as they were last seen; nothing is removed until it is back.")
        self.silent = ServiceBanner(desk, services, PluginKind.DOWNLOAD_CLIENT, calm)
        self.today = DoneToday(desk)
        self._title = Label("", "group", "text2")
        self._search = Button(self.tr("Search missing"), "primary", "search")
        self._empty = EmptyState("download", self.tr("Nothing is downloading"), "", [self._search])
        self._again = Button(self.tr("Try again"), "primary", "refresh-cw")
        self._error = EmptyState("triangle-alert", self.tr("The queue could not be read"), "", [self._again])
        self._build()
        self._connect()
        self._show()

    def dress(self, header: PageHeader) -> None:
        """Put the controls into the page's header."""
        self._header = header
        header.add(self.segments)
        header.add(self.by_hand)
        header.add(self.slow)
        header.add(self.pause_all)
        self._show()

    def fit(self, breakpoint: str) -> None:
        """Less room: words give way to icons."""
        self._is_narrow = breakpoint == "narrow"
        self._name(self.by_hand, self.tr("Import files…"))
        self._show_slow()
        self.stuck.fit(breakpoint)
        self.all_stuck.fit(breakpoint)
        self._show()

    def focus_content(self) -> None:
        """Put the keyboard on the rows."""
        self._queue.refresh_slow()
        self.view.setFocus()

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(24, 4, 24, 12)
        top.setSpacing(12)
        top.addWidget(self.silent)
        top.addWidget(self.stuck)
        top.addWidget(self._title)
        column.addLayout(top)
        rows = QVBoxLayout()
        rows.setContentsMargins(16, 0, 16, 0)
        rows.addWidget(self.view)
        column.addLayout(rows, 1)
        self.bar = BulkBar(content, rows, *self._actions.bar())
        only_stuck = ScrollColumn()
        only_stuck.set_two_columns(two=False)
        only_stuck.main.addWidget(self.all_stuck)
        self._content, self._only_stuck = content, only_stuck
        self._stack = QStackedWidget()
        for widget in (content, only_stuck, self._empty, self._error):
            self._stack.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._stack, 1)
        box.addWidget(self.today)

    def _connect(self) -> None:
        self._queue.loaded.connect(self._show)
        self._queue.slowed.connect(self._show_slow)
        self.slow.clicked.connect(lambda: self._queue.set_slow(slow=not self._queue.slow))
        self.followers.changed.connect(self._show)
        self._library.loaded.connect(self.today.refresh)
        self._library.loaded.connect(self._show)
        self._queue.failed.connect(self._fail)
        self._queue.progressed.connect(self._progress)
        self._queue.importing.connect(self.model.set_importing)
        self._services.changed.connect(self._show_silent)
        self.by_hand.clicked.connect(lambda: self._desk.manual_asked.emit(0, 0, []))
        self.segments.chosen.connect(lambda _key: self._show())
        self.pause_all.clicked.connect(lambda: self._queue.set_all_paused(paused=not self._all_paused()))
        self.view.opened.connect(lambda index: self.act(self.model.item_at(index.row()), "open"))
        self.view.action_asked.connect(lambda index, key: self.act(self.model.item_at(index.row()), key))
        self.view.pressed_key.connect(lambda key: self._actions.run(key, self.selected()))
        self.view.menu_asked.connect(lambda _index, at: self._menu_of_rows(at))
        self.view.selectionModel().selectionChanged.connect(self._show_selection)
        self.model.rowsRemoved.connect(self._show_selection)
        self.model.modelReset.connect(self._show_selection)
        self.model.dataChanged.connect(lambda *_: None if self.bar.isHidden() else self._show_selection())
        self.bar.asked.connect(lambda key: self._actions.run(key, self.selected()))
        self.bar.cleared.connect(self.select_nothing)
        for card in (self.stuck, self.all_stuck):
            card.asked.connect(self.act)
            card.menu_asked.connect(lambda item, at: self._actions.menu([item], at))
            card.all_asked.connect(lambda: self._choose("stuck"))
        self._search.clicked.connect(lambda: self._desk.start(self._desk.search_missing()))
        self._again.clicked.connect(self._library.refresh)

    def act(self, item: QueueItem, key: str) -> None:
        """Do something with a download."""
        self._actions.run(key, [item])

    def selected(self) -> list[QueueItem]:
        """What is selected, in the order shown."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self.model.item_at(row) for row in rows]

    def select_nothing(self) -> None:
        """Esc: of several rows only the current one stays selected."""
        self.view.setCurrentIndex(self.view.currentIndex())

    def _choose(self, key: str) -> None:
        self.segments.set_key(key)
        self._show()

    def _show(self) -> None:
        items = list(self._queue.items.values())
        stuck = [item for item in items if is_stuck(item)]
        moving = [item for item in items if not is_stuck(item)]
        key = self.segments.key
        rows = [item for item in moving if is_active(item)] if key == "active" else moving
        self.model.set_items(rows)
        self.followers.look(stuck[:_FOLLOWED])
        for card in (self.stuck, self.all_stuck):
            card.set_followed(self.followers.sentences)
        self.stuck.show_items(stuck)
        if key == "stuck":
            self.all_stuck.show_items(stuck, unfolded=True)
        self.stuck.setVisible(bool(stuck) and key == "all")
        self._title.setText(self.tr("Downloads  {count}").format(count=len(rows)))
        self._title.setVisible(bool(rows))
        self.segments.set_count("stuck", len(stuck) or None)
        self.pause_all.setText(self.tr("Resume all") if self._all_paused() else self.tr("Pause all"))
        self.pause_all.set_icon_name("play" if self._all_paused() else "pause")
        self.pause_all.setVisible(bool(moving))
        self.segments.setVisible(bool(items))
        self._stack.setCurrentWidget(self._shown(key, rows, stuck))
        self._count(items)

    def _shown(self, key: str, rows: list[QueueItem], stuck: list[QueueItem]) -> QWidget:
        if key == "stuck" and stuck:
            return self._only_stuck
        if rows or (key == "all" and stuck) or not self.silent.isHidden():
            return self._content
        titles = {
            "all": self.tr("Nothing is downloading"),
            "active": self.tr("Nothing moves right now"),
            "stuck": self.tr("Nothing is stuck"),
        }
        words = {
            "all": self.tr("When a wanted movie is found, its download is shown here."),
            "active": self.tr("Every download is paused, in line or stuck."),
            "stuck": self.tr("No download needs you."),
        }
        if self.today.count:
            one, many = self.tr("1 movie was imported today."), self.tr("{count} movies were imported today.")
            words["all"] = one if self.today.count == 1 else many.format(count=times.number(self.today.count))
        self._empty.set_text(titles[key], words[key])
        self._search.setVisible(key == "all")
        return self._empty

    def _show_slow(self) -> None:
        """What a click does is on the button; that they are slowed down stands in the header."""
        self._name(self.slow, self.tr("Full speed") if self._queue.slow else self.tr("Slow down"))
        self.slow.setVisible(self._queue.slow is not None)
        self._count(list(self._queue.items.values()))

    def _name(self, button: Button, words: str) -> None:
        button.setText("" if self._is_narrow else words)
        button.setAccessibleName(words)
        button.setToolTip(words)

    def _show_silent(self) -> None:
        clients = self._services.silent(PluginKind.DOWNLOAD_CLIENT)
        self.model.set_silent(frozenset(client.name for client in clients))
        self._show()

    def _fail(self, problem: Problem) -> None:
        if not self._queue.items:
            self._error.set_text(problem.what, f"{problem.why} {problem.todo}".strip())
            self._stack.setCurrentWidget(self._error)

    def _progress(self, grab_id: int) -> None:
        item = self._queue.items.get(grab_id)
        if item is not None:
            self.model.change(item)
            if not self._recount.isActive():
                self._recount.start()

    def _count(self, items: list[QueueItem]) -> None:
        if self._header is None:
            return
        slow = self.tr("slowed down") if self._queue.slow else ""
        if not items:
            self._header.set_count(slow)
            return
        words = self.tr("1 download") if len(items) == 1 else self.tr("{count} downloads").format(count=len(items))
        seen = [item.seen for item in items if self.model.is_silent(item) and item.seen is not None]
        if seen:
            self._header.set_count(self.tr("Last seen {time}").format(time=times.clock(max(seen))))
            return
        speed = sum(item.download.speed for item in items if item.download)
        told = (words, amounts.speed(speed) if speed else "", slow)
        self._header.set_count(" · ".join(part for part in told if part))

    def _all_paused(self) -> bool:
        items = [item for item in self._queue.items.values() if item.download and not is_stuck(item)]
        stopped = [item for item in items if is_paused(item)]
        return bool(stopped) and not any(is_active(item) for item in items)

    def _menu_of_rows(self, at: QPoint) -> None:
        items = self.selected()
        if items:
            self._actions.menu(items, at)

    def _show_selection(self) -> None:
        items = self.selected()
        several = len(items) > 1
        if several:
            is_all_paused = all(map(is_paused, items))
            words = self.tr("Resume") if is_all_paused else self.tr("Pause")
            self.bar.set_action("pause", words, "play" if is_all_paused else "pause")
        size = sum(item.download.size if item.download else item.grab.size for item in items)
        selected = self.tr("{count} selected").format(count=len(items))
        self.bar.show_selection(selected if several else "", amounts.size(size) if size else "")
