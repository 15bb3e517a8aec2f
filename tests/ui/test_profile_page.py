"""The profile page on a running program: changed, forecast, saved, and found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.ui.models.profile_words import GB
from radarr_desktop.ui.pages.confirm import ConfirmSheet
from radarr_desktop.ui.pages.profile.leave import LeaveSheet
from radarr_desktop.ui.pages.profile.page import ProfilePage
from radarr_desktop.ui.pages.profile.whatif import Look
from radarr_desktop.ui.parts import Button
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, WorldThread
from tests.ui.pictures import furnished
from tests.ui.running_desktop import RunningDesktop, running_desktop, until

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def program() -> Iterator[tuple[WorldThread, RunningEngine]]:
    """Return a program that has seen releases."""
    with furnished() as program:
        yield program


@pytest.fixture
def shown(
    qapp: QApplication, qtbot: QtBot, look: Theme, program: tuple[WorldThread, RunningEngine]
) -> Iterator[RunningDesktop]:
    """Return its window."""
    with running_desktop(qapp, program[1], look) as shown:
        yield shown


async def open_first(shown: RunningDesktop) -> ProfilePage:
    """Open the profile that movies use, as a click in the settings does."""
    used = await shown.workspace.desk.bridge.call(shown.running.engine.profiles.used())
    id = max(used, key=lambda one: used[one])
    shown.workspace.open_page("settings")
    shown.workspace.settings.open_section("profiles")
    shelf = shown.workspace.settings.shelves["profiles"]
    name = (await stored(shown, id)).name
    edit = await until(
        lambda: next((one for one in shelf.findChildren(Button) if one.accessibleName() == f"Edit {name}"), None),
        "the profile is listed",
    )
    QTest.mouseClick(edit, LEFT)
    page = shown.workspace.profile
    await until(lambda: page.editor.is_shown and page.editor.saved.id == id, "the profile is shown")
    return page


async def stored(shown: RunningDesktop, id: int) -> QualityProfile:
    """A profile as the engine has it."""
    return await shown.workspace.desk.bridge.call(shown.running.engine.profiles.get(id))


def test_a_change_is_forecast_saved_and_found_again(shown: RunningDesktop) -> None:
    async def change() -> None:
        page = await open_first(shown)
        editor = page.editor
        await until(lambda: editor.sizes.histogram.accessibleDescription()[0] != "0", "sizes that were seen")
        assert editor.whatif.look is Look.UNCHANGED
        first = editor.qualities.list.quality_model.rows[0]
        editor.qualities.list.setFocus()
        editor.qualities.list.setCurrentIndex(editor.qualities.list.quality_model.index(0))
        QTest.keyClick(editor.qualities.list, Qt.Key.Key_Space)
        assert not editor.draft.allows(BY_NAME[first.title.casefold()])
        assert editor.head.chip.isVisible()
        answer = await until(lambda: editor.whatif.forecast, "the forecast")
        assert answer.is_weak
        assert answer.releases > 0
        shown.picture("profile-page")
        QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: not editor.is_dirty, "it is saved")
        kept = await stored(shown, editor.saved.id)
        assert not kept.allows(BY_NAME[first.title.casefold()])
        QTest.keyClick(editor.qualities.list, Qt.Key.Key_Space)
        QTest.mouseClick(editor.head.save, LEFT)
        await until(lambda: not editor.is_dirty, "it is as it was")

    shown.run(change())


def test_handles_take_keys_and_keep_their_order(shown: RunningDesktop) -> None:
    async def move() -> None:
        page = await open_first(shown)
        histogram, editor = page.editor.sizes.histogram, page.editor
        quality = editor.sizes.current
        most = histogram.most.gigabytes
        assert most is not None
        QTest.keyClick(histogram.most, Qt.Key.Key_Left)
        assert histogram.most.gigabytes == pytest.approx(most - 0.5)
        assert histogram.most.accessibleName().startswith("Most, ")
        limits = editor.draft.sizes[quality.id]
        assert limits.most is not None
        for _ in range(20):
            QTest.keyClick(histogram.most, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        wanted = histogram.wanted
        assert wanted.most == 0
        assert wanted.least == 0
        QTest.mouseClick(editor.head.discard, LEFT)
        assert not editor.is_dirty
        assert histogram.most.gigabytes == pytest.approx(most)

    shown.run(move())


def test_a_profile_that_allows_nothing_says_so_and_cannot_be_saved(shown: RunningDesktop) -> None:
    async def forbid_all() -> None:
        page = await open_first(shown)
        editor = page.editor
        for row in editor.qualities.list.quality_model.rows:
            editor.qualities.list.toggled.emit(row.key)
        assert "allows nothing" in editor.fault
        assert editor.banner.isVisible()
        assert not editor.head.save.isEnabled()
        page.leave()
        sheet = await until(lambda: _leave_sheet(shown), "the question")
        assert not sheet.save.isVisible()
        QTest.mouseClick(sheet.discard, LEFT)
        await until(lambda: shown.workspace.window.current_key == "settings", "back in the settings")
        assert not editor.is_dirty

    shown.run(forbid_all())


def test_order_groups_and_the_stop_by_keyboard(shown: RunningDesktop) -> None:
    async def order() -> None:
        page = await open_first(shown)
        editor, rows = page.editor, page.editor.qualities.list
        before = [row.title for row in rows.quality_model.rows]
        rows.setFocus()
        rows.setCurrentIndex(rows.quality_model.index(1))
        QTest.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert [row.title for row in rows.quality_model.rows][:2] == [before[1], before[0]]
        assert rows.currentIndex().row() == 0
        QTest.keyClick(rows, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
        assert rows.quality_model.rows[0].is_cutoff
        QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        QTest.mouseClick(editor.qualities.group, LEFT)
        grouped = rows.quality_model.rows[0]
        assert grouped.is_group
        assert grouped.is_cutoff
        assert len(rows.quality_model.rows) == len(before) - 1
        rows.setCurrentIndex(rows.quality_model.index(0))
        QTest.mouseClick(editor.qualities.group, LEFT)
        assert {row.title for row in rows.quality_model.rows} >= set(before[:2]) - {grouped.title}
        editor.discard()

    shown.run(order())


def test_a_new_one_from_a_preset_is_saved_and_deleted_and_a_used_one_is_not(shown: RunningDesktop) -> None:
    async def make_and_delete() -> None:
        page = await open_first(shown)
        editor = page.editor
        page._ask_remove()
        refused = await until(lambda: _open(shown), "the question")
        QTest.mouseClick(refused.go, LEFT)
        await until(editor.banner.isVisible, "why not")
        assert "cannot be removed" in editor.banner.accessibleName()
        shown.workspace.settings.shelves["profiles"].desk.start(  # as a click on the menu's entry does
            shown.workspace.settings.shelves["profiles"]._begin("balanced")  # type: ignore[attr-defined]
        )
        await until(lambda: not editor.saved.id, "a new profile")
        assert editor.is_dirty
        QTest.mouseClick(editor.head.save, LEFT)
        await until(lambda: editor.saved.id, "it is saved")
        made = editor.saved.id
        assert editor.saved.format_scores
        page._ask_remove()
        sheet = await until(lambda: _open(shown), "the question")
        assert sheet.keep.hasFocus()
        QTest.mouseClick(sheet.go, LEFT)
        await until(lambda: shown.workspace.window.current_key == "settings", "back in the settings")
        left = await shown.workspace.desk.bridge.call(shown.running.engine.profiles.all())
        assert made not in {one.id for one in left}

    shown.run(make_and_delete())


def test_a_cap_is_told_in_gigabytes_and_kept_exactly(shown: RunningDesktop) -> None:
    async def cap() -> None:
        page = await open_first(shown)
        editor = page.editor
        editor.rules.cap.setValue(24)
        capped = editor.draft
        assert capped.cap == 24 * GB
        assert any("24" in word for word in editor.head.chip.accessibleDescription().split())
        editor.rules.cap.setValue(0)
        assert editor.rules.cap.text() == "no cap"
        free = editor.draft
        assert free.cap is None
        editor.discard()

    shown.run(cap())


def test_a_change_made_elsewhere_is_shown(shown: RunningDesktop) -> None:
    async def rename_outside() -> None:
        page = await open_first(shown)
        before = page.editor.saved
        profiles, call = shown.running.engine.profiles, shown.workspace.desk.bridge.call
        await call(profiles.update(replace(before, name="Renamed")))
        await until(lambda: page.editor.head.title.text() == "Renamed", "the new name is shown")
        library = shown.workspace.library
        await until(lambda: library.movies.row_at(0).profile == "Renamed", "the movies' rows tell it")
        await call(profiles.update(before))
        await until(lambda: page.editor.head.title.text() == before.name, "the old one is back")

    shown.run(rename_outside())


def test_a_profile_that_is_gone_leads_back(shown: RunningDesktop) -> None:
    async def open_gone() -> None:
        told: list[str] = []
        shown.workspace.desk.told.connect(lambda sentence, _state: told.append(sentence))
        shown.workspace.open_page("queue")
        shown.workspace.open_profile(987_654)
        await until(lambda: shown.workspace.window.current_key == "queue", "back where it was")
        await until(lambda: told, "the reason")
        assert told == ["There is no quality profile 987654."]

    shown.run(open_gone())


def test_every_control_has_a_name(shown: RunningDesktop) -> None:
    async def look_around() -> list[str]:
        page = await open_first(shown)
        page.editor.rules.cap.setValue(24)
        nameless = shown.nameless()
        page.editor.discard()
        return nameless

    assert shown.run(look_around()) == []


def _open(shown: RunningDesktop) -> ConfirmSheet | None:
    return next((one for one in shown.workspace.window.findChildren(ConfirmSheet) if one.isVisible()), None)


def _leave_sheet(shown: RunningDesktop) -> LeaveSheet | None:
    return next((one for one in shown.workspace.window.findChildren(LeaveSheet) if one.isVisible()), None)
