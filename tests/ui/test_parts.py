"""Each part does what its user expects: by mouse, by keyboard, and for a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.models import amounts
from radarr_desktop.ui.parts import (
    Banner,
    Button,
    ElidingLabel,
    EmptyState,
    FilterChip,
    FormField,
    IconButton,
    ProgressBar,
    ReleaseName,
    RemovableChip,
    Run,
    SearchField,
    Segment,
    Segmented,
    Sheet,
    Spinner,
    StagesBar,
    StageView,
    StateChip,
    Toggle,
    focus_first_error,
    release_name_width,
    stage_names,
)
from radarr_desktop.ui.parts.release_name import shorten
from radarr_desktop.ui.theme import Theme, load_tokens
from tests.ui.gallery import RELEASE, gallery
from tests.ui.page import put


def test_the_gallery_is_drawn_in_both_themes(qtbot: QtBot, look: Theme) -> None:
    whole = gallery()
    qtbot.addWidget(whole)
    whole.show()
    dark = whole.grab().toImage()
    look.set_mode("light")
    light = whole.grab().toImage()
    assert dark.pixelColor(4, 4) == load_tokens("dark").color("window")
    assert light.pixelColor(4, 4) == look.tokens.color("window")


def test_a_button_is_as_wide_as_its_words_and_says_them(page: QWidget) -> None:
    short, long = Button("Add", "primary", "plus"), Button("Zur Sammlung hinzufügen", "primary", "plus")
    put(page, short)
    put(page, long)
    assert long.minimumSizeHint().width() > short.minimumSizeHint().width()
    assert short.height() == 32
    interface = QAccessible.queryAccessibleInterface(short)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Add"
    assert interface.role() is QAccessible.Role.Button


def test_an_icon_button_has_a_name_a_tip_and_room_for_a_finger(page: QWidget) -> None:
    button = IconButton("ellipsis", "More", shortcut="Ctrl+M")
    put(page, button)
    assert button.accessibleName() == "More"
    assert button.toolTip() == "More (Ctrl+M)"
    assert min(button.sizeHint().width(), button.sizeHint().height()) >= 24


def test_the_keyboard_works_a_button(page: QWidget, qtbot: QtBot) -> None:
    button = Button("Go")
    put(page, button)
    button.setFocus()
    with qtbot.waitSignal(button.clicked, timeout=30_000):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_a_filter_chip_turns_on_and_tells_its_count(page: QWidget, qtbot: QtBot) -> None:
    chip = FilterChip("Missing", "miss", 11)
    put(page, chip)
    assert chip.accessibleName() == "Missing 11"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.isChecked()
    width = chip.sizeHint().width()
    chip.set_count(1100)
    assert chip.sizeHint().width() > width


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_a_chip_is_removed_by_key(page: QWidget, qtbot: QtBot, key: Qt.Key) -> None:
    chip = RemovableChip("family")
    put(page, chip)
    with qtbot.waitSignal(chip.removed, timeout=30_000):
        QTest.keyClick(chip, key)


def test_a_chip_is_removed_by_its_cross_only(page: QWidget, qtbot: QtBot) -> None:
    chip = RemovableChip("family")
    put(page, chip)
    told: list[bool] = []
    chip.removed.connect(lambda: told.append(True))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, 14))
    assert told == []
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 16, 14))
    assert told == [True]


def test_a_state_chip_says_its_word(page: QWidget, look: Theme) -> None:
    chip = StateChip("Missing", "miss")
    put(page, chip)
    assert chip.accessibleName() == "Missing"
    middle = chip.grab().toImage().pixelColor(chip.width() - 8, chip.height() // 2)
    assert middle.name() == look.tokens.tint("miss").name()


def test_a_toggle_is_a_check_box(page: QWidget, qtbot: QtBot) -> None:
    toggle = Toggle("Enabled")
    put(page, toggle)
    QTest.mouseClick(toggle, Qt.MouseButton.LeftButton, pos=QPoint(30, 12))
    assert toggle.isChecked()
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert not toggle.isChecked()


def test_segments_are_chosen_by_arrow_and_click(page: QWidget, qtbot: QtBot) -> None:
    switch = Segmented("View", [Segment("grid", "Grid", "layout-grid"), Segment("table", "Table", "rows-3")])
    put(page, switch)
    chosen: list[str] = []
    switch.chosen.connect(chosen.append)
    first, second = switch.findChildren(QWidget)[-2:]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert switch.key == "table"
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert chosen == ["table", "grid"]
    assert second.accessibleName() == "Table"
    switch.set_key("table")
    assert chosen == ["table", "grid"]


def test_an_eliding_label_gives_way_and_keeps_its_text(page: QWidget) -> None:
    label = ElidingLabel("The Beekeeper's Atlas of Quiet Arithmetic")
    put(page, label)
    label.resize(60, 20)
    assert label.is_elided
    assert label.text().endswith("Arithmetic")
    assert label.minimumSizeHint().width() < 60
    label.resize(600, 20)
    assert not label.is_elided


def test_esc_empties_a_search_field_first(page: QWidget, qtbot: QtBot) -> None:
    field = SearchField("Filter movies")
    put(page, field)
    field.setFocus()
    QTest.keyClicks(field, "glass")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert field.accessibleName() == "Filter movies"


def test_an_error_is_told_in_words_and_keeps_what_was_typed(page: QWidget, look: Theme) -> None:
    field = FormField("Passkey", QLineEdit("3f9ac2"), required=True, hint="From your profile page.")
    put(page, field)
    assert field.editor.accessibleDescription() == "From your profile page."
    before = field.editor.height()
    field.set_error("6 characters, a passkey has 32.")
    assert isinstance(field.editor, QLineEdit)
    assert field.editor.text() == "3f9ac2"
    assert field.editor.accessibleDescription() == "6 characters, a passkey has 32."
    assert field.editor.property("bad") is True
    assert field.editor.height() == before
    assert field.label.buddy() is field.editor
    edge = field.editor.grab().toImage().pixelColor(field.editor.width() // 2, 1)
    assert edge == look.tokens.color("err")
    field.set_error("")
    assert field.editor.accessibleDescription() == "From your profile page."


def test_the_first_bad_field_gets_the_keyboard(page: QWidget) -> None:
    fields = [FormField(name, QLineEdit()) for name in ("Name", "Address", "Passkey")]
    for field in fields:
        put(page, field)
    assert not focus_first_error(fields)
    fields[1].set_error("The address has no host name.")
    fields[2].set_error("Empty.")
    assert focus_first_error(fields)
    assert QApplication.focusWidget() is fields[1].editor


def test_a_release_name_loses_its_title_s_middle_never_its_tail(look: Theme) -> None:
    font = look.font_for("mono_small")
    whole = release_name_width(RELEASE)
    for width in (whole - 10, whole - 60, whole - 120):
        shown = shorten(RELEASE, float(width), font)
        assert shown[1:] == RELEASE[1:]
        assert "…" in shown[0][0]
        assert shown[0][0][0] == RELEASE[0][0][0]
        assert shown[0][0][-1] == RELEASE[0][0][-1]
        assert release_name_width(shown) <= width
    assert shorten(RELEASE, float(whole), font) == RELEASE


def test_a_release_name_s_parts_have_their_colours(page: QWidget, look: Theme) -> None:
    name = ReleaseName(RELEASE)
    put(page, name)
    image = name.grab().toImage()
    found = {image.pixelColor(x, image.height() // 2 + 6).name() for x in range(image.width())}
    for kind in ("resolution", "source", "video", "audio", "group"):
        assert look.tokens.color(f"release_{kind}").name() in found, kind
    assert name.accessibleName() == "".join(text for text, _ in RELEASE)


def test_a_wrapped_release_name_grows_with_its_lines(look: Theme, qtbot: QtBot) -> None:
    name = ReleaseName(RELEASE, wrap=True)
    qtbot.addWidget(name)
    wide = release_name_width(RELEASE)
    assert name.heightForWidth(wide // 3) > name.heightForWidth(wide // 2) > name.heightForWidth(wide + 8)


@pytest.mark.parametrize("runs", [(), (("", None),), (("x" * 400, None),), (("2160p", "resolution"),)])
def test_odd_release_names_are_painted_too(page: QWidget, runs: tuple[Run, ...]) -> None:
    for wrap in (False, True):
        name = ReleaseName(runs, wrap=wrap)
        put(page, name)
        assert not name.grab().toImage().isNull()


def test_stages_show_done_current_and_coming(page: QWidget, look: Theme) -> None:
    bar = StagesBar(StageView(2, 0.5))
    put(page, bar)
    image = bar.grab().toImage()
    at = [round(bar.width() * part) for part in (0.1, 0.3, 0.45, 0.55, 0.7, 0.9)]
    seen = [image.pixelColor(x, 3) for x in at]
    tones = ("ok", "ok", "info", "press", "press", "press")
    assert seen == [look.tokens.color(tone) for tone in tones]
    assert stage_names()[2] in bar.accessibleName()
    assert "50" in bar.accessibleName()


def test_progress_is_announced_in_quarters(page: QWidget) -> None:
    bar = ProgressBar("Paper Tides")
    put(page, bar)
    bar.show_progress(0.64)
    assert bar.accessibleName() == "Paper Tides, 50\u00a0%"


def test_a_spinner_waits_and_stands_still_when_nothing_may_move(page: QWidget, look: Theme, qtbot: QtBot) -> None:
    still = Spinner()
    put(page, still)
    assert not still.is_turning
    assert still.sizeHint().width() > 20
    look.set_reduced_motion("off")
    turning = Spinner()
    put(page, turning)
    assert not turning.is_turning
    qtbot.waitUntil(lambda: turning.is_turning, timeout=30_000)
    turning.hide()
    assert not turning.is_turning


def test_a_banner_and_an_empty_state_say_it_all(page: QWidget) -> None:
    banner = Banner("qBittorrent does not answer", "It is probably not running.", buttons=[Button("Try now")])
    put(page, banner)
    assert banner.accessibleName() == "qBittorrent does not answer It is probably not running."
    empty = EmptyState("film", "Your library is empty", "Add one movie.", [Button("Add movie", "primary")])
    put(page, empty)
    assert page.grab().toImage().pixelColor(2, 2).isValid()


def test_a_sheet_takes_the_keyboard_and_gives_it_back(page: QWidget, qtbot: QtBot) -> None:
    opener = Button("Open")
    put(page, opener)
    opener.setFocus()
    sheet = Sheet(page, "Remove?", width=400, height=200)
    first, last = QLineEdit(), Button("Remove", "danger")
    sheet.body.addWidget(first)
    sheet.body.addWidget(last)
    sheet.open()
    assert QApplication.focusWidget() is first
    assert sheet.panel.y() == 104
    assert sheet.panel.x() == (page.width() - 400) // 2
    for here, there in ((first, last), (last, first), (first, last)):
        QTest.keyClick(here, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is there
    with qtbot.waitSignal(sheet.closed, timeout=30_000):
        QTest.keyClick(last, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert QApplication.focusWidget() is opener


def test_a_sheet_fits_a_small_window(page: QWidget, qtbot: QtBot) -> None:
    sheet = Sheet(page, "Add", width=880, height=560)
    sheet.open()
    page.resize(620, 480)
    qtbot.waitUntil(lambda: sheet.width() == page.width(), timeout=30_000)
    assert page.rect().contains(sheet.panel.geometry())


def test_amounts_read_as_people_write_them(look: Theme) -> None:
    assert amounts.size(22_000_000_000) == "22.0\u00a0GB"
    assert amounts.size(999_960_000) == "1.0\u00a0GB"
    assert amounts.size(512) == "512\u00a0B"
    assert amounts.speed(18_400_000) == "18.4\u00a0MB/s"
    assert amounts.duration(5) == "5\u00a0s"
    assert amounts.duration(360) == "6\u00a0min"
    assert amounts.duration(26 * 3600) == "26\u00a0h"
    assert amounts.duration(3 * 86_400) == "3\u00a0days"
