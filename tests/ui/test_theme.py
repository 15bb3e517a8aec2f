"""The theme is worn by all widgets, and changes while they are shown."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QFontInfo, QFontMetricsF, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.parts import Button, Card, Icon, Label, StateChip
from radarr_desktop.ui.theme import STATES, Theme, TypeRole, load_tokens, set_icon, set_look, theme


def colors_in(image: QImage) -> set[str]:
    """Every colour that occurs in a picture."""
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


def shown(qtbot: QtBot, widget: QWidget, width: int = 200, height: int = 80) -> QWidget:
    """A window with one widget in it."""
    page = QWidget()
    page.setProperty("surface", "window")
    layout = QVBoxLayout(page)
    layout.addWidget(widget)
    page.resize(width, height)
    qtbot.addWidget(page)
    page.show()
    return page


def test_a_switch_repaints_what_is_shown(qtbot: QtBot, look: Theme) -> None:
    card = Card("Title")
    for widget in (Label("x", tone="err"), Icon("film", "accent"), StateChip("Missing", "miss"), QLineEdit("y")):
        card.body.addWidget(widget)
    card.body.addWidget(Button("Go", "primary"))
    page = shown(qtbot, card, 240, 260)
    for name in ("dark", "light", "dark"):
        look.set_mode(name)
        tokens = load_tokens(name)
        found = colors_in(page.grab().toImage())
        other = load_tokens("light" if name == "dark" else "dark")
        for role in ("window", "panel", "fill"):
            assert tokens.color(role).name() in found, (name, role)
        assert other.color("window").name() not in found


def test_icons_of_actions_and_buttons_follow(qtbot: QtBot, look: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    action = QAction(host)
    host.addAction(action)
    set_icon(action, "film", "text")
    for name in ("light", "dark"):
        look.set_mode(name)
        found = colors_in(action.icon().pixmap(24, 24).toImage())
        assert load_tokens(name).color("text").name() in found


def test_the_palette_has_its_own_disabled_group(look: Theme, qapp: QApplication) -> None:
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window) == look.tokens.color("window")
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == look.tokens.color("text3")


def test_everything_is_told_once_when_the_mode_changes(qtbot: QtBot, look: Theme) -> None:
    with qtbot.waitSignal(look.changed, timeout=30_000):
        look.set_mode("light")
    assert theme() is look
    assert look.mode == "light"
    assert look.tokens.theme == "light"


def test_following_a_system_that_does_not_say_means_dark(look: Theme) -> None:
    look.set_mode("system")
    assert look.tokens.theme == "dark"


def test_the_bundled_fonts_are_the_ones_in_use(look: Theme) -> None:
    assert QFontInfo(look.font_for("body")).family() == "Inter"
    assert QFontInfo(look.font_for("mono")).family() == "JetBrains Mono"
    weights: dict[TypeRole, int] = {"label": 500, "row": 600, "display": 700}
    assert {role: QFontInfo(look.font_for(role)).weight() for role in weights} == weights


def test_tabular_figures_are_equally_wide(look: Theme) -> None:
    metrics = QFontMetricsF(look.font_for("body", tabular=True))
    plain = QFontMetricsF(look.font_for("body"))
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("8888"))
    assert plain.horizontalAdvance("1111") < plain.horizontalAdvance("8888")


def test_program_text_has_no_ligatures(look: Theme) -> None:
    metrics = QFontMetricsF(look.font_for("mono"))
    assert metrics.horizontalAdvance("->") == pytest.approx(2 * metrics.horizontalAdvance("a"))


@pytest.mark.parametrize("role", ["display", "title", "section", "card", "body", "group"])
def test_a_label_has_the_size_of_its_role(qtbot: QtBot, look: Theme, role: TypeRole) -> None:
    label = Label("x", role)
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.font().pixelSize() == look.tokens.type[role].size
    assert label.font().weight() == look.tokens.type[role].weight


def ink(image: QImage) -> list[float]:
    """How much is drawn in each column."""
    return [sum(image.pixelColor(x, y).alphaF() for y in range(image.height())) for x in range(image.width())]


def test_directional_icons_are_mirrored(qapp: QApplication, look: Theme) -> None:
    plain = {name: look.icons.pixmap(name, "text", 16, 1.0).toImage() for name in ("undo-2", "film")}
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        turned = {name: look.icons.pixmap(name, "text", 16, 1.0).toImage() for name in ("undo-2", "film")}
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert turned["film"] == plain["film"]
    assert ink(turned["undo-2"]) != pytest.approx(ink(plain["undo-2"]), abs=0.5)
    assert ink(turned["undo-2"]) == pytest.approx(ink(plain["undo-2"])[::-1], abs=0.5)


def test_icons_are_drawn_for_the_screen_s_ratio_and_cached(look: Theme) -> None:
    pixmap = look.icons.pixmap("film", "text", 16, 2.25)
    assert pixmap.devicePixelRatio() == 2.25
    assert pixmap.width() == 36
    assert look.icons.pixmap("film", "text", 16, 2.25).cacheKey() == pixmap.cacheKey()


def test_the_state_icons_and_the_licence_are_shipped(look: Theme) -> None:
    shipped = {
        entry.name.removesuffix(".svg") for entry in files("radarr_desktop_resources").joinpath("icons").iterdir()
    }
    assert "LICENSE" in shipped
    assert set(look.tokens.state_icons.values()) <= shipped
    assert {look.tokens.state_icons[state] for state in STATES} == set(look.tokens.state_icons.values())


def test_the_style_sheet_s_icon_files_are_written_once(look: Theme, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    paths = look.icons.write_style_files(folder)
    before = {path: Path(path).stat().st_mtime_ns for path in paths.values()}
    assert look.icons.write_style_files(folder) == paths
    assert {path: Path(path).stat().st_mtime_ns for path in paths.values()} == before


def test_a_dynamic_property_changes_the_look_at_once(qtbot: QtBot, look: Theme) -> None:
    field = QLineEdit()
    page = shown(qtbot, field)
    assert look.tokens.color("err").name() not in colors_in(page.grab().toImage())
    set_look(field, "bad", value=True)
    assert look.tokens.color("err").name() in colors_in(page.grab().toImage())


def test_a_menu_opens_without_a_warning(qtbot: QtBot, look: Theme) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction(look.icons.icon("film"), "Movies")
    menu.popup(menu.mapToGlobal(menu.rect().topLeft()))
    assert menu.isVisible()
    menu.close()
