"""The settings page: sections, services with their live state, and the form of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.plugins.host import Draft, Instance
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.plugin_api import Plugin
from radarr_desktop.ui.models.listing import ROW
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.pages.settings.appearance import AppearanceShelf
from radarr_desktop.ui.pages.settings.form import Service, ServiceForm
from radarr_desktop.ui.pages.settings.later import LATER, make_shelf
from radarr_desktop.ui.pages.settings.lists import Entry, EntryList, EntryModel, waits_until
from radarr_desktop.ui.pages.settings.profiles import ProfilesShelf
from radarr_desktop.ui.pages.settings.shelves import FoldersShelf, Shelf
from radarr_desktop.ui.parts import Button, EmptyState, Label, vline
from radarr_desktop.ui.preferences import Preferences
from radarr_desktop.ui.theme import theme

_SECTIONS, _SERVICES = 208, 256
_NEW = "new"
_LOOKS = {
    "ok": ("circle-check", "ok"),
    "failing": ("clock", "wait"),
    "broken": ("triangle-alert", "err"),
    "disabled": ("circle-minus", "off"),
}


class SettingsPage(QWidget):
    """Sections on the left; leaving a changed form asks first."""

    def __init__(self, desk: Desk, services: LiveServices, preferences: Preferences, window: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._services = services
        self._window = window
        self._kind = PluginKind.INDEXER
        self._is_narrow = False
        self.sections = EntryList(self.tr("Sections"), EntryModel(self._section_entries()))
        self._model = EntryModel()
        self.services = EntryList(self.tr("Services"), self._model)
        self._title = Label("", "section")
        self.add = Button(self.tr("Add"), icon="plus")
        self.follow = Button(self.tr("Follow now"), icon="refresh-cw")
        self.form = ServiceForm()
        self._empty_add = Button(self.tr("Add one"), "primary", "plus")
        self._empty = EmptyState("plug", "", "", [self._empty_add])
        self.shelves: dict[str, Shelf] = {
            "folders": FoldersShelf(desk, window),
            "profiles": ProfilesShelf(desk),
            "appearance": AppearanceShelf(desk, preferences),
        }
        self._build()
        self._connect()
        self.open_section(PluginKind.INDEXER)

    def open_section(self, key: str) -> None:
        """Show a section by its key."""
        model = self.sections.model()
        if isinstance(model, EntryModel) and (place := model.place_of(key)) >= 0:
            self.sections.setCurrentIndex(model.index(place))

    def fit(self, breakpoint: str) -> None:
        """Less room: one column at a time."""
        self._is_narrow = breakpoint == "narrow"
        self._fit_columns()

    def refresh(self) -> None:
        """Show the services as they are now."""
        entries = [self._entry(one) for one in self._of_kind()]
        service = self.form.service
        if service is not None and service.instance is None and self._shows_form():
            entries.append(Entry(_NEW, service.cls.name, "circle-dashed", "wait", self.tr("Not saved yet")))
        self._model.set_entries(entries)
        self._title.setText(self._kind_words()[0])
        self.follow.setVisible(self._kind is PluginKind.INDEXER_SOURCE and bool(self._of_kind()))
        if service is not None and service.instance is not None:
            known = next((one for one in self._services.instances if one.id == service.instance.id), None)
            if known is not None:
                self.form.show_state(known)
        if not self._shows_form() and not self._shows_shelf():
            self._choose_first()

    def start_new(self, cls: type[Plugin[Any]]) -> None:
        """Begin a new service of a class."""
        self._leave(lambda: self._open(cls, None))

    def _section_entries(self) -> list[Entry]:
        return [
            Entry(PluginKind.INDEXER, self.tr("Indexers"), "radar"),
            Entry(PluginKind.INDEXER_SOURCE, self.tr("Indexer sources"), "folder-input"),
            Entry(PluginKind.DOWNLOAD_CLIENT, self.tr("Download clients"), "download"),
            Entry(PluginKind.METADATA, self.tr("Metadata"), "database"),
            Entry(PluginKind.NOTIFIER, self.tr("Notifications"), "bell"),
            Entry(),
            Entry("folders", self.tr("Root folders"), "folder-tree"),
            Entry("profiles", self.tr("Quality profiles"), "sliders-horizontal"),
            Entry("media", self.tr("Media files"), "file-video"),
            Entry("naming", self.tr("Names"), "text-cursor-input"),
            Entry(),
            Entry("downloads", self.tr("Download rules"), "hourglass"),
            Entry("watched", self.tr("Watched folders"), "eye"),
            Entry("paths", self.tr("Remote paths"), "folder-input"),
            Entry(),
            Entry("appearance", self.tr("Appearance"), "palette"),
        ]

    def _kind_words(self) -> tuple[str, str, str]:
        return {
            PluginKind.INDEXER: (
                self.tr("Indexers"),
                self.tr("No indexer yet"),
                self.tr("An indexer is where releases are found. Without one, nothing can be searched."),
            ),
            PluginKind.INDEXER_SOURCE: (
                self.tr("Indexer sources"),
                self.tr("No source yet"),
                self.tr("Prowlarr keeps indexers for several programs: they are taken over, and its changes followed."),
            ),
            PluginKind.DOWNLOAD_CLIENT: (
                self.tr("Download clients"),
                self.tr("No download client yet"),
                self.tr("A download client fetches what was found. The built-in one needs no other program."),
            ),
            PluginKind.METADATA: (
                self.tr("Metadata"),
                self.tr("No metadata source yet"),
                self.tr("It knows what a movie is: title, year, posters and release dates."),
            ),
            PluginKind.NOTIFIER: (
                self.tr("Notifications"),
                self.tr("Nobody is told yet"),
                self.tr("Tell the desktop, or another program, when a movie arrives or something needs you."),
            ),
        }[self._kind]

    async def _follow(self) -> None:
        """Make the indexers those of their sources, and say what came of it."""
        for one in await self._desk.bridge.call(self._desk.engine.sources.sync()):
            words = self.tr("{source}: {added} added, {changed} changed, {removed} removed.").format(
                source=one.source, added=len(one.added), changed=len(one.changed), removed=len(one.removed)
            )
            self._desk.told.emit(" ".join([words, *one.problems]), "err" if one.problems else "ok")

    def _of_kind(self) -> list[Instance]:
        return [one for one in self._services.instances if one.kind == self._kind]

    def _entry(self, one: Instance) -> Entry:
        icon, tone = _LOOKS.get(one.state, ("circle", "off"))
        wait = waits_until(one.disabled_until)
        notes = {
            "ok": self._works(one),
            "failing": self.tr("Waits {time}").format(time=wait) if wait else self.tr("Does not answer"),
            "broken": self.tr("Needs you"),
            "disabled": self.tr("Switched off"),
        }
        return Entry(str(one.id), one.name, icon, tone, notes.get(one.state, one.state))

    def _works(self, one: Instance) -> str:
        limits = one.limits
        if limits is None or limits.left is None:
            return self.tr("Works")
        if limits.free_at is not None:
            return self.tr("Waits {time}").format(time=waits_until(limits.free_at))
        return self.tr("{left} of {hourly} left this hour").format(left=limits.left, hourly=limits.hourly)

    def _choose_section(self, now: QModelIndex) -> None:
        key = now.data(ROW)
        if key is None or not key.key:
            return
        self._leave(lambda: self._show_section(key.key))

    def _show_section(self, key: str) -> None:
        if key in LATER and key not in self.shelves:
            self.shelves[key] = make_shelf(key, self._desk, self._window)
            self._right.addWidget(self.shelves[key])
        if key in self.shelves:
            shelf = self.shelves[key]
            self._right.setCurrentWidget(shelf)
            shelf.refresh()
        else:
            self._kind = PluginKind(key)
            self._right.setCurrentWidget(self._empty)
            self.refresh()
            self._choose_first()
        self._fit_columns()

    def _choose_first(self) -> None:
        mine = self._of_kind()
        if mine and not self._is_narrow:
            self.services.setCurrentIndex(self._model.index(0))
            self._open_instance(mine[0])
        elif not mine:
            self._empty.set_text(*self._kind_words()[1:])
            self._right.setCurrentWidget(self._empty)
        self._fit_columns()

    def _pick(self, index: QModelIndex) -> None:
        entry = index.data(ROW)
        instance = next((one for one in self._of_kind() if entry and str(one.id) == entry.key), None)
        current = self.form.service
        if instance is None or (self._shows_form() and current and current.instance == instance):
            return
        self._leave(lambda: self._open_instance(instance))

    def _open_instance(self, instance: Instance) -> None:
        classes = self._desk.engine.plugins.classes(instance.kind)
        cls = next((one for one in classes if one.implementation == instance.implementation), None)
        if cls is not None:
            self._open(cls, instance)

    def _open(self, cls: type[Plugin[Any]], instance: Instance | None) -> None:
        fields = self._desk.engine.plugins.fields(cls)
        self.form.show_service(Service(self._kind, cls, fields, instance))
        self.form.back.setText(self._kind_words()[0])
        self._right.setCurrentWidget(self.form)
        self.refresh()
        place = self._model.place_of(str(instance.id) if instance else _NEW)
        self.services.setCurrentIndex(self._model.index(place))
        self._fit_columns()

    def _ask_add(self, button: QWidget) -> None:
        classes = self._desk.engine.plugins.classes(self._kind)
        if len(classes) == 1:
            self.start_new(classes[0])
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for cls in classes:
            action = QAction(cls.name, menu)
            action.setToolTip(cls.description)
            action.triggered.connect(lambda _checked=False, cls=cls: self.start_new(cls))
            menu.addAction(action)
        menu.setToolTipsVisible(True)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def _leave(self, go: Callable[[], object]) -> None:
        if not (self._shows_form() and self.form.is_dirty):
            go()
            return
        ConfirmSheet(
            self._window,
            self.tr("Leave without saving?"),
            self.tr("{name} has changes that are not saved.").format(name=self.form.title.text()),
            keep=self.tr("Stay"),
            go=self.tr("Discard changes"),
            on_yes=lambda _checked: self._discard(go),
        ).open()

    def _discard(self, go: Callable[[], object]) -> None:
        self.form.is_dirty = False
        go()

    def _save(self, draft: Draft, force: bool) -> None:
        self._desk.start(self._try_save(draft, force=force))

    async def _try_save(self, draft: Draft, *, force: bool) -> None:
        self.form.set_testing(testing=True)
        try:
            instance = await self._desk.bridge.call(self._desk.engine.plugins.save(draft, force=force))
        except Problem as problem:
            self.form.show_problem(problem)
            return
        finally:
            self.form.set_testing(testing=False)
        await self._services.load()
        self.form.is_dirty = False
        self._open_instance(instance)
        if instance.enabled and not force:
            self.form.show_saved()

    def _ask_remove(self, instance: Instance) -> None:
        ConfirmSheet(
            self._window,
            self.tr("Remove {name}?").format(name=instance.name),
            self.tr("Its settings and secrets are forgotten. What it has found or downloaded stays."),
            keep=self.tr("Keep it"),
            go=self.tr("Remove"),
            on_yes=lambda _checked: self._desk.start(self._remove(instance)),
        ).open()

    async def _remove(self, instance: Instance) -> None:
        await self._desk.bridge.call(self._desk.engine.plugins.remove(instance.id))
        self.form.is_dirty = False
        self._right.setCurrentWidget(self._empty)
        await self._services.load()
        self._choose_first()

    def _close_form(self) -> None:
        self._leave(self._show_list)

    def _show_list(self) -> None:
        self._right.setCurrentWidget(self._empty)
        self.services.clearSelection()
        self.refresh()
        self._fit_columns()

    def _shows_form(self) -> bool:
        return self._right.currentWidget() is self.form

    def _shows_shelf(self) -> bool:
        return self._right.currentWidget() in self.shelves.values()

    def _fit_columns(self) -> None:
        form, shelf = self._shows_form(), self._shows_shelf()
        alone = self._is_narrow and form
        self._left.setVisible(not alone)
        self._middle.setVisible(not alone and not shelf)
        self.form.back.setVisible(alone)
        hidden = self._is_narrow and not form and not shelf and bool(self._of_kind())
        self._right.setVisible(not hidden)
        self._middle.setMaximumWidth(16_777_215 if hidden else _SERVICES)

    def _connect(self) -> None:
        self.sections.selectionModel().currentChanged.connect(lambda now, _before: self._choose_section(now))
        self.services.clicked.connect(self._pick)
        self.services.selectionModel().currentChanged.connect(lambda now, _before: self._pick(now))
        self._services.changed.connect(self.refresh)
        self.add.clicked.connect(lambda: self._ask_add(self.add))
        self.follow.clicked.connect(lambda: self._desk.start(self._follow()))
        self._empty_add.clicked.connect(lambda: self._ask_add(self._empty_add))
        self.form.save_asked.connect(self._save)
        self.form.remove_asked.connect(self._ask_remove)
        self.form.closed.connect(self._close_form)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.activated.connect(self._save_by_key)

    def _save_by_key(self) -> None:
        if self._shows_form() and self.form.test_and_save.isEnabled():
            self.form.test_and_save.click()

    def _build(self) -> None:
        self._left = _column(_SECTIONS)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(8, 0, 8, 8)
        left.setSpacing(0)
        left.addWidget(_head(Label(self.tr("Settings"), "title")))
        left.addWidget(self.sections)
        self._middle = _column(_SERVICES)
        across = QHBoxLayout(self._middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        middle = QVBoxLayout()
        middle.setContentsMargins(8, 0, 8, 8)
        across.addLayout(middle, 1)
        across.addWidget(vline())
        middle.setSpacing(0)
        middle.addWidget(_head(self._title, self.follow, self.add))
        middle.addWidget(self.services, 1)
        self._right = QStackedWidget()
        for widget in (self._empty, self.form, *self.shelves.values()):
            self._right.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(vline())
        row.addWidget(self._middle)
        row.addWidget(self._right, 1)


def _column(width: int) -> QFrame:
    column = QFrame()
    column.setMinimumWidth(width)
    column.setMaximumWidth(width)
    return column


def _head(title: QWidget, *rest: QWidget) -> QWidget:
    """What stands over a column, as high as the header of other pages."""
    head = QWidget()
    head.setFixedHeight(theme().tokens.height.header)
    row = QHBoxLayout(head)
    row.setContentsMargins(16, 0, 8, 0)
    row.addWidget(title)
    row.addStretch(1)
    for widget in rest:
        row.addWidget(widget)
    return head
