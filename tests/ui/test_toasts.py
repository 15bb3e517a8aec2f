"""Toasts: how many, how large, how long, and what they offer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.parts import BulkAction, BulkBar, Label, Toast, ToastStack
from radarr_desktop.ui.theme import Theme
from tests.ui.page import put


def away(page: QWidget) -> None:
    """Move the mouse where no toast is."""
    QCursor.setPos(page.mapToGlobal(QPoint(page.width() - 2, 2)))


def test_at_most_three_toasts_the_newest_on_top(page: QWidget) -> None:
    away(page)
    stack = ToastStack(page)
    for number in range(5):
        stack.show(f"Notice {number}")
    assert [toast.text for toast in stack.toasts] == ["Notice 4", "Notice 3", "Notice 2"]
    tops = [toast.y() for toast in stack.toasts]
    assert tops == sorted(tops)
    assert page.height() - stack.toasts[-1].geometry().bottom() == 17


def test_toasts_stay_clear_of_the_bar_over_selected_rows(page: QWidget) -> None:
    away(page)
    stack, rows = ToastStack(page), QVBoxLayout()
    bar = BulkBar(page, rows, [BulkAction("pause", "Pause", "pause")])
    toast = stack.show("One")
    low = toast.y()
    bar.show_selection("2 selected")
    assert toast.geometry().bottom() < bar.y()
    newer = stack.show("Two")
    assert newer.geometry().bottom() < toast.y() <= bar.y()
    bar.show_selection("")
    assert toast.y() == low


def test_a_long_sentence_has_room_in_its_toast(page: QWidget) -> None:
    away(page)
    toast = ToastStack(page).show("The download was stopped because the disk is full. " * 4, "err", "Show queue")
    words = next(one for one in toast.findChildren(Label) if one.text() == toast.text)
    assert words.height() >= words.heightForWidth(words.width())
    assert toast.rect().contains(words.geometry())


def test_a_sentence_beside_a_button_is_not_cut_off(page: QWidget) -> None:
    away(page)
    toast = ToastStack(page).show("Hollow Orbit (2024) is being downloaded. CAM.", "info", "Show queue")
    words = next(one for one in toast.findChildren(Label) if one.text() == toast.text)
    assert words.wordWrap() or words.fontMetrics().horizontalAdvance(words.text()) <= words.width()
    assert words.height() >= words.heightForWidth(words.width())


def test_a_toast_s_action_runs_once_and_closes_it(page: QWidget, qtbot: QtBot) -> None:
    away(page)
    stack = ToastStack(page)
    undone: list[int] = []
    toast = stack.show("3 movies moved", "ok", "Undo", lambda: undone.append(1))
    assert toast.action is not None
    QTest.mouseClick(toast.action, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert stack.toasts == ()
    assert not stack.run_newest_action()


def test_a_toast_waits_while_the_keyboard_is_on_it(page: QWidget, qtbot: QtBot) -> None:
    away(page)
    stack = ToastStack(page)
    field = QLineEdit()
    put(page, field)
    field.setFocus()
    toast = stack.show("3 movies moved", "ok", "Undo")
    assert not toast.is_paused
    assert toast.action is not None
    toast.action.setFocus()
    qtbot.waitUntil(lambda: toast.is_paused, timeout=30_000)
    field.setFocus()
    qtbot.waitUntil(lambda: not toast.is_paused, timeout=30_000)
    toast.setFocus()
    QTest.keyClick(toast, Qt.Key.Key_Escape)
    assert stack.toasts == ()


def test_a_toast_leaves_by_itself(page: QWidget, look: Theme, qtbot: QtBot) -> None:
    away(page)
    toast = Toast("Done", parent=page)
    toast.show()
    with qtbot.waitSignal(toast.gone, timeout=look.tokens.motion.toast + 30_000):
        toast.start()
    assert not toast.isVisible()
