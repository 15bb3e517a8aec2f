"""The settings page: sections, services with their live state, and the form of one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.plugins.host import Draft, Instance
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.plugin_api import Plugin
from radarr_desktop.ui.models import indexer_words
from radarr_desktop.ui.models.listing import ROW
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.services import LiveServices
from radarr_desktop.ui.pages.settings.appearance import AppearanceShelf
from radarr_desktop.ui.pages.settings.form import Service, ServiceForm
from radarr_desktop.ui.pages.settings.later import LATER, make_shelf
from radarr_desktop.ui.pages.settings.lists import Entry, EntryList, EntryModel, waits_until
from radarr_desktop.ui.pages.settings.live_indexers import LiveIndexers
from radarr_desktop.ui.pages.settings.profiles import ProfilesShelf
from radarr_desktop.ui.pages.settings.sections import kind_words, section_entries
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
        self.indexers = LiveIndexers(desk, self)
        self._section = ""
        self._kind = PluginKind.INDEXER
        self._is_narrow = False
        self.sections = EntryList(self.tr("Sections"), EntryModel(section_entries()))
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
        self._show_services()
        if self._kind is PluginKind.INDEXER and self.isVisible():
            self.indexers.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Figures of indexers are counted while they are looked at."""
        super().showEvent(event)
        self.refresh()

    def _show_services(self) -> None:
        entries = [self._entry(one) for one in self._of_kind()]
        service = self.form.service
        if service is not None and service.instance is None and self._shows_form():
            entries.append(Entry(_NEW, service.cls.name, "circle-dashed", "wait", self.tr("Not saved yet")))
        self._model.set_entries(entries)
        self._title.setText(kind_words(self._kind)[0])
        self.follow.setVisible(self._kind is PluginKind.INDEXER_SOURCE and bool(self._of_kind()))
        if service is not None and service.instance is not None:
            known = next((one for one in self._services.instances if one.id == service.instance.id), None)
            if known is not None:
                self.form.show_state(known)
                self._show_indexer(known)
        if not self._shows_form() and not self._shows_shelf():
            self._choose_first()

    def start_new(self, cls: type[Plugin[Any]]) -> None:
        """Begin a new service of a class."""
        self._leave(lambda: self._open(cls, None))

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
        if one.limits is not None and one.limits.free_at is not None:
            return self.tr("Waits {time}").format(time=waits_until(one.limits.free_at))
        state = self.indexers.states.get(one.id)
        return indexer_words.short(state) if state else self.tr("Works")

    def _show_indexer(self, one: Instance) -> None:
        state = self.indexers.states.get(one.id) if one.kind == PluginKind.INDEXER and one.enabled else None
        self.form.indexer.show_indexer(state, follows_feed=bool(one.settings.get("feed", True)))
        self.form.indexer.set_trying(trying=self.indexers.tried == one.id)

    def _choose_section(self, now: QModelIndex) -> None:
        entry = now.data(ROW)
        if entry is not None and entry.key and entry.key != self._section:
            self._leave(lambda: self._show_section(entry.key))

    def _show_section(self, key: str) -> None:
        self._section = key
        self._point_at_shown()
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
            self._empty.set_text(*kind_words(self._kind)[1:])
            self._right.setCurrentWidget(self._empty)
        self._fit_columns()

    def _pick(self, index: QModelIndex) -> None:
        entry = index.data(ROW)
        instance = next((one for one in self._of_kind() if entry and str(one.id) == entry.key), None)
        current = self.form.service
        shown = current.instance if current and self._shows_form() else None
        if instance is None or (shown is not None and shown.id == instance.id):
            return
        self._leave(lambda: self._open_instance(instance))

    def _open_instance(self, instance: Instance) -> None:
        classes = self._desk.engine.plugins.classes(instance.kind)
        cls = next((one for one in classes if one.implementation == instance.implementation), None)
        if cls is not None:
            self._open(cls, instance)

    def _open(self, cls: type[Plugin[Any]], instance: Instance | None) -> None:
        fields = self._desk.engine.plugins.fields(cls)
        self.form.show_service(Service(self._kind, cls, fields, instance, self._free_name(cls.name)))
        self.form.back.setText(kind_words(self._kind)[0])
        self._right.setCurrentWidget(self.form)
        self.refresh()
        self._point_at_shown()
        self._fit_columns()

    def _free_name(self, name: str) -> str:
        taken = {one.name.casefold() for one in self._of_kind()}
        numbered = (f"{name} {number}" if number > 1 else name for number in count(1))
        return next(one for one in numbered if one.casefold() not in taken)

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
        sheet = ConfirmSheet(
            self._window,
            self.tr("Leave without saving?"),
            self.tr("{name} has changes that are not saved.").format(name=self.form.title.text()),
            keep=self.tr("Stay"),
            go=self.tr("Discard changes"),
            on_yes=lambda _checked: self._discard(go),
        )
        sheet.closed.connect(self._point_at_shown)
        sheet.open()

    def _point_at_shown(self) -> None:
        """Both lists stand at what is to be seen on the right: the user may have stayed there."""
        self.open_section(self._section)
        service = self.form.service
        if service is not None and self._shows_form():
            place = self._model.place_of(str(service.instance.id) if service.instance else _NEW)
            self.services.setCurrentIndex(self._model.index(place))

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
        self.indexers.changed.connect(self._show_services)
        self.form.indexer.try_asked.connect(lambda id: self._desk.start(self.indexers.try_now(id)))
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
