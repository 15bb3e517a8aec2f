"""What a picture shows is known in words: a secret in one would be found."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QGraphicsDropShadowEffect,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from radarr_desktop.loopback.made_up import made_up
from tests.fakes.secrets import leaked
from tests.ui import camera

KEY = made_up("painted")


@pytest.fixture
def sheet(qtbot: QtBot) -> QWidget:
    """A card with a shadow, which Qt draws as a picture."""
    made = QWidget()
    made.resize(300, 200)
    QVBoxLayout(made)
    made.setGraphicsEffect(QGraphicsDropShadowEffect(made))
    qtbot.addWidget(made)
    return made


def _label(words: str) -> QWidget:
    label = QLabel(words)
    label.setWordWrap(True)
    return label


def _list(words: str) -> QWidget:
    made = QListWidget()
    made.addItem(words)
    return made


def _button_with_tip(words: str) -> QWidget:
    button = QPushButton("Test")
    button.setToolTip(words)
    return button


def _list_with_tip(words: str) -> QWidget:
    made = QListWidget()
    item = QListWidgetItem("A row", made)
    item.setToolTip(words)
    return made


@pytest.mark.parametrize("make", [QLineEdit, _label, _list, _button_with_tip, _list_with_tip])
def test_a_secret_that_is_painted_or_waits_to_be_is_found(
    sheet: QWidget, tmp_path: Path, make: Callable[[str], QWidget]
) -> None:
    layout = sheet.layout()
    assert layout is not None
    layout.addWidget(make(f"The key is {KEY}"))
    (tmp_path / "sheet.txt").write_text(camera.words(sheet), encoding="utf-8")
    try:
        assert len(list(leaked(tmp_path))) == 1
    finally:
        (tmp_path / "sheet.txt").unlink()


def test_dots_in_place_of_a_secret_are_none(sheet: QWidget) -> None:
    layout = sheet.layout()
    assert layout is not None
    field = QLineEdit(KEY)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    layout.addWidget(field)
    words = camera.painted(sheet)
    assert KEY not in words
    assert field.displayText() in words
    effect = sheet.graphicsEffect()
    assert effect is not None
    assert effect.isEnabled()


def test_no_picture_is_kept_in_another_way() -> None:
    """Or its words would not be known."""
    tests = Path(__file__).parents[1]
    ways = re.compile(r"\.save\(.*(?:png|jpg|PICTURES)|\"-window\"")
    found = {str(path.relative_to(tests)) for path in tests.rglob("*.py") if ways.search(path.read_text("utf-8"))}
    assert found == {"ui/camera.py", "e2e/desktop_session.py"}
