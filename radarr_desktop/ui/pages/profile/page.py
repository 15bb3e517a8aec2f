"""The profile page: an editor on live data, that asks before it forgets what was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.profile.editor import ProfileEditor
from radarr_desktop.ui.pages.profile.leave import LeaveSheet
from radarr_desktop.ui.pages.profile.live_profile import Facts, LiveProfile
from radarr_desktop.ui.parts import Skeleton
from radarr_desktop.ui.theme import theme

_BOXES = (QRect(24, 20, 220, 24), QRect(24, 72, 380, 320), QRect(420, 72, 400, 320), QRect(24, 408, 380, 180))


class ProfilePage(QWidget):
    """Shows one profile at a time; what is changed stays while other pages are looked at."""

    back = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._window = window
        self._facts = Facts()
        self._breakpoint = "wide"
        self._made: ProfileEditor | None = None
        self.live = LiveProfile(desk, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._skeleton = Skeleton(_BOXES)
        self._skeleton.hide()
        self._column.addWidget(self._skeleton)
        self._late = QTimer(self, singleShot=True, interval=theme().tokens.motion.spinner_delay)
        self._late.timeout.connect(self._skeleton.show)
        desk.bridge.happened.connect(self._on_event)

    @property
    def editor(self) -> ProfileEditor:
        """Built when it is first needed: a window that opens has no time for it."""
        if self._made is None:
            self._made = ProfileEditor(self._window)
            self._made.fit(self._breakpoint)
            self._column.addWidget(self._made)
            self._connect(self._made)
        return self._made

    def open_profile(self, id: int, changed: QualityProfile | None = None) -> None:
        """Show a profile, perhaps with a change to be looked at; 0 begins a new one from `changed`."""
        same = self.editor.is_shown and self.editor.saved.id == id
        if same and self.editor.is_dirty and changed is None:
            return
        if same and changed is not None and not self.editor.is_dirty:
            self._desk.start(self._open(id, changed))
            return
        self._leave(lambda: self._desk.start(self._open(id, changed)))

    def focus_content(self) -> None:
        """Put the keyboard on the qualities."""
        if self._made is not None:
            self._made.qualities.list.setFocus()

    def fit(self, breakpoint: str) -> None:
        """Less room."""
        self._breakpoint = breakpoint
        if self._made is not None:
            self._made.fit(breakpoint)

    def leave(self) -> None:
        """Go back, after asking what to do with changes."""
        self._leave(self.back.emit)

    async def _refresh(self) -> None:
        """Somebody may have changed it elsewhere; what is being edited here stays."""
        id = self.editor.saved.id
        try:
            profile = await self.live.profile(id)
        except Problem as problem:
            if problem.kind is not Kind.NOT_FOUND:
                raise
            self.editor.forget()
            self.back.emit()
            return
        still_here = self.editor.is_shown and self.editor.saved.id == id and not self.editor.is_dirty
        if still_here and profile != self.editor.saved:
            self.editor.show_profile(profile, profile, self._facts.users)
            self._show_facts()

    async def _open(self, id: int, changed: QualityProfile | None) -> None:
        if not self.editor.is_shown:
            self.editor.hide()
            self._late.start()
        try:
            await self._load(id, changed)
        except Problem:
            self.back.emit()
            raise
        finally:
            self._late.stop()
            self._skeleton.hide()
            self.editor.setVisible(self.editor.is_shown)
        self.focus_content()
        counts = await self.live.matches()
        rows = tuple(replace(one, matches=counts.get(one.id, 0)) for one in self._facts.formats)
        self._facts = replace(self._facts, formats=rows)
        self._show_facts()

    async def _load(self, id: int, changed: QualityProfile | None) -> None:
        if id:
            profile = await self.live.profile(id)
            draft = replace(changed, id=profile.id, version=profile.version) if changed is not None else profile
        else:
            profile = draft = replace(changed or await self._fresh(), id=0)
        self._facts = await self.live.facts(id)
        self.editor.show_profile(profile, draft, self._facts.users)
        self._show_facts()
        self._forecast()

    async def _fresh(self) -> QualityProfile:
        presets = self._desk.engine.profiles.presets()
        made = await self.live.preset(presets[0].key)
        return replace(made, name=self.tr("New profile"))

    def _show_facts(self) -> None:
        self.editor.show_facts(self._facts.samples, self._facts.formats, self._facts.presets)

    def _forecast(self) -> None:
        draft, saved = self.editor.draft, self.editor.saved
        if self.editor.fault or draft == saved or not self._facts.users:
            self.live.ask_nothing()
            self.editor.whatif.show_unchanged(is_used=bool(self._facts.users))
            return
        self.live.ask(saved.id, draft)

    def _save(self) -> None:
        if self.editor.is_dirty and not self.editor.fault:
            self._desk.start(self._try_save())

    async def _try_save(self) -> bool:
        draft = self.editor.draft
        try:
            kept = await self.live.save(draft)
        except Problem as problem:
            self.editor.show_fault(problem.what, " ".join(part for part in (problem.why, problem.todo) if part))
            return False
        self.live.ask_nothing()
        self.editor.show_profile(kept, kept, self._facts.users)
        self.editor.whatif.show_unchanged(is_used=bool(self._facts.users))
        self._desk.told.emit(self.tr("Profile {name} is saved.").format(name=kept.name), "ok")
        return True

    def _leave(self, go: Callable[[], object]) -> None:
        if not self.editor.is_dirty:
            go()
            return
        sheet = LeaveSheet(self._window, self.editor.draft.name, savable=not self.editor.fault)
        sheet.discarded.connect(lambda: self._discard(go))
        sheet.saved.connect(lambda: self._desk.start(self._save_and(go)))
        sheet.open()

    def _discard(self, go: Callable[[], object]) -> None:
        if self.editor.saved.id:
            self.editor.discard()
        else:
            self.editor.forget()
        go()

    async def _save_and(self, go: Callable[[], object]) -> None:
        if await self._try_save():
            go()

    def _copy(self) -> None:
        name = self.tr("{name} (copy)").format(name=self.editor.draft.name)
        copy = replace(self.editor.draft, id=0, name=name, extra={})
        self._leave(lambda: self._desk.start(self._open(0, copy)))

    def _ask_remove(self) -> None:
        profile = self.editor.saved
        if not profile.id:
            self._discard(self.back.emit)
            return
        ConfirmSheet(
            self._window,
            self.tr("Delete profile {name}?").format(name=profile.name),
            self.tr("Its rules, sizes and scores are forgotten. Movies and files stay as they are."),
            keep=self.tr("Keep it"),
            go=self.tr("Delete"),
            on_yes=lambda _checked: self._desk.start(self._remove(profile)),
        ).open()

    async def _remove(self, profile: QualityProfile) -> None:
        try:
            await self.live.remove(profile.id)
        except Problem as problem:
            self.editor.show_fault(problem.what, " ".join(part for part in (problem.why, problem.todo) if part))
            return
        self.editor.forget()
        self._desk.told.emit(self.tr("Profile {name} is deleted.").format(name=profile.name), "ok")
        self.back.emit()

    async def _take_preset(self, key: str) -> None:
        made = await self.live.preset(key)
        self._facts = await self.live.facts(self.editor.saved.id)
        self._show_facts()
        draft = self.editor.draft
        self.editor.take(replace(made, id=draft.id, name=draft.name, version=draft.version, extra=draft.extra))

    def _on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.RulesChanged) or self._made is None or not self.isVisible():
            return
        if self._made.is_shown and self._made.saved.id and not self._made.is_dirty:
            self._desk.start(self._refresh())

    def _discard_by_button(self) -> None:
        if self.editor.saved.id:
            self.editor.discard()
        else:
            self._discard(self.back.emit)

    def _connect(self, editor: ProfileEditor) -> None:
        head, panel = editor.head, editor.whatif
        head.back_asked.connect(self.leave)
        head.save_asked.connect(self._save)
        head.discard_asked.connect(self._discard_by_button)
        head.copy_asked.connect(self._copy)
        head.remove_asked.connect(self._ask_remove)
        editor.edited.connect(self._forecast)
        editor.formats.preset_asked.connect(lambda key: self._desk.start(self._take_preset(key)))
        self.live.replaying.connect(panel.show_running)
        self.live.replayed.connect(panel.show_forecast)
        self.live.failed.connect(panel.show_problem)
        panel.again_asked.connect(self._forecast)
        panel.movie_asked.connect(lambda id: self._desk.movie_asked.emit(id, "why"))
        for keys, act in (("Ctrl+S", self._save), ("F2", head.edit_name)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
