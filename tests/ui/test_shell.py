"""The window around the pages: keys, narrow and wide, drops, closing, and both reading directions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.ui.parts import Button, SearchField, Sheet
from radarr_desktop.ui.shell.areas import tab_stops
from radarr_desktop.ui.shell.drops import TORRENT_LIMIT, links_in
from radarr_desktop.ui.shell.window import MainWindow
from radarr_desktop.ui.theme import Theme
from tests.ui.shell_pictures import build_window, tray_states

MAGNET = "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567&dn=Paper.Tides"
COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, look: Theme) -> MainWindow:
    """Return a shown window with two pages, in front."""
    made = MainWindow(has_tray=lambda: True)
    for key, group, shortcut in (("movies", "library", "Ctrl+1"), ("queue", "activity", "Ctrl+4")):
        page = QWidget()
        column = QVBoxLayout(page)
        column.addWidget(SearchField(f"Filter {key}"))
        column.addWidget(Button(f"Act on {key}"))
        header = made.add_page(key, key.title(), "film", page, group, shortcut)  # type: ignore[arg-type]
        header.add(Button(f"Add to {key}", "primary"))
    made.status.set_health("ok", "All services reachable")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=30_000)
    return made


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    """Read from the right while the test runs."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def press(window: QWidget, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key as the user presses it: it goes to whatever has the focus."""
    QTest.keyClick(QApplication.focusWidget() or window, key, keys)


def test_pages_open_by_key_click_and_back(qtbot: QtBot, window: MainWindow) -> None:
    opened: list[str] = []
    window.page_changed.connect(opened.append)
    press(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(window.sidebar.item("movies"), LEFT)
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert opened == ["queue", "movies", "queue"]
    assert window.current_key == "queue"
    assert window.sidebar.item("queue").isChecked()
    window.go_back()
    window.go_back()
    assert window.current_key == "movies"


def test_a_page_below_another_marks_its_parent(window: MainWindow) -> None:
    header = window.add_page("movie", "Paper Tides", "film", QWidget(), None, parent_key="movies")
    header.set_back("Movies")
    window.open_page("queue")
    window.open_page("movie")
    assert window.sidebar.item("movies").isChecked()
    header.back.emit()
    assert window.current_key == "queue"


def test_ctrl_f_reaches_the_filter_of_the_page_in_sight(qtbot: QtBot, window: MainWindow) -> None:
    window.open_page("queue")
    press(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    focus = QApplication.focusWidget()
    assert isinstance(focus, SearchField)
    assert focus.placeholderText() == "Filter queue"


def test_keys_ask_for_what_they_say(qtbot: QtBot, window: MainWindow) -> None:
    told: list[str] = []
    window.add_requested.connect(lambda: told.append("add"))
    window.refresh_requested.connect(lambda key: told.append(f"refresh {key}"))
    window.escaped.connect(lambda: told.append("escape"))
    window.quit_requested.connect(lambda: told.append("quit"))
    control = Qt.KeyboardModifier.ControlModifier
    window.sidebar.item("movies").setFocus()
    press(window, Qt.Key.Key_N, control)
    press(window, Qt.Key.Key_F5)
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Q, control)
    assert told == ["add", "refresh movies", "escape", "quit"]


def test_esc_closes_a_sheet_and_keys_stop_at_it(qtbot: QtBot, window: MainWindow) -> None:
    escaped: list[bool] = []
    window.escaped.connect(lambda: escaped.append(True))
    sheet = Sheet(window, "Add", width=400, height=200)
    sheet.body.addWidget(QLineEdit())
    sheet.open()
    assert window.open_sheet is sheet
    press(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key == "movies"
    press(window, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert escaped == []


def test_esc_in_a_filter_empties_it_before_the_window_hears_of_it(qtbot: QtBot, window: MainWindow) -> None:
    escaped: list[bool] = []
    window.escaped.connect(lambda: escaped.append(True))
    press(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    assert isinstance(field, SearchField)
    QTest.keyClicks(field, "glass")
    press(window, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert escaped == []
    press(window, Qt.Key.Key_Escape)
    assert escaped == [True]


def test_f6_walks_through_the_areas_and_back(qtbot: QtBot, window: MainWindow) -> None:
    window.sidebar.item("movies").setFocus()
    walk = []
    for _ in range(4):
        press(window, Qt.Key.Key_F6)
        walk.append(_area(window))
    assert walk == ["header", "page", "status", "sidebar"]
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert _area(window) == "status"


def _area(window: MainWindow) -> str:
    focus = QApplication.focusWidget()
    assert focus is not None
    areas = {"sidebar": window.sidebar, "page": window.page("movies"), "status": window.status}
    return next((name for name, area in areas.items() if area.isAncestorOf(focus)), "header")


def test_tab_goes_from_the_sidebar_to_the_status_bar(qtbot: QtBot, window: MainWindow) -> None:
    window.sidebar.item("movies").setFocus()
    names = []
    for _ in range(6):
        press(window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        names.append(focus.accessibleName() or focus.property("text"))
    assert names == ["Queue", "Add to movies", "Filter movies", "Act on movies", "All services reachable", "Movies"]


def test_arrows_walk_in_the_sidebar_and_space_opens(qtbot: QtBot, window: MainWindow) -> None:
    window.sidebar.item("movies").setFocus()
    press(window, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is window.sidebar.item("queue")
    assert window.current_key == "movies"
    press(window, Qt.Key.Key_Space)
    assert window.current_key == "queue"
    assert not window.sidebar.item("movies").isChecked()
    QTest.mouseClick(window.sidebar.item("queue"), LEFT)
    assert window.sidebar.item("queue").isChecked()


def test_everything_the_keyboard_reaches_has_a_name(window: MainWindow) -> None:
    nameless = [stop for stop in tab_stops(window) if not (stop.accessibleName() or stop.property("text"))]
    assert nameless == []


def test_the_sidebar_is_a_rail_in_a_narrow_window(qtbot: QtBot, window: MainWindow) -> None:
    found: list[str] = []
    window.breakpoint_changed.connect(found.append)
    window.resize(1300, 700)
    assert (window.sidebar.width(), window.breakpoint) == (224, "wide")
    window.resize(1200, 700)
    window.resize(900, 700)
    assert (window.sidebar.width(), window.breakpoint) == (56, "narrow")
    assert found == ["medium", "narrow"]
    control = Qt.KeyboardModifier.ControlModifier
    press(window, Qt.Key.Key_B, control)
    assert window.sidebar.width() == 224
    window.resize(880, 700)
    assert window.sidebar.width() == 224
    window.resize(1300, 700)
    press(window, Qt.Key.Key_B, control)
    assert window.sidebar.width() == 56


def test_a_badge_is_told_in_words_too(window: MainWindow) -> None:
    window.set_badge("queue", 2, urgent=True)
    assert window.sidebar.item("queue").accessibleName() == "Queue, 2"
    window.resize(900, 700)
    assert window.sidebar.item("queue").toolTip() == "Queue, 2 (Ctrl+4)"


def test_the_status_bar_says_what_it_was_told(window: MainWindow) -> None:
    status = window.status
    status.set_next_check("Next check in 4 min")
    status.set_speeds(18_400_000, None)
    status.set_free_space("/data", 3.2e12)
    status.set_links(works=False)
    window.resize(1300, 700)
    assert status.next_check.isVisible()
    assert status.down.text() == "18.4\u00a0MB/s"
    assert not status.up.isVisible()
    assert status.space.text() == "/data\u20023.2\u00a0TB free"
    assert status.links.text() == "No hard links"
    window.resize(900, 700)
    assert not status.next_check.isVisible()
    assert status.space.text() == "3.2\u00a0TB free"


def test_health_can_be_clicked_and_nothing_else(qtbot: QtBot, window: MainWindow) -> None:
    told: list[bool] = []
    window.status.health_clicked.connect(lambda: told.append(True))
    window.status.set_speeds(1, 1)
    QTest.mouseClick(window.status.health, LEFT)
    QTest.mouseClick(window.status.down, LEFT)
    assert told == [True]


def drop(window: MainWindow, data: QMimeData) -> bool:
    """Drag something over the window and let it go; whether it was welcome."""
    middle = QPoint(600, 300)
    enter = QDragEnterEvent(middle, COPY, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(middle), COPY, data, LEFT, Qt.KeyboardModifier.NoModifier))
    return True


def files(*paths: Path) -> QMimeData:
    """Files as a file manager drags them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def words(text: str) -> QMimeData:
    """Text as a browser drags it."""
    data = QMimeData()
    data.setText(text)
    return data


def test_torrents_and_links_may_be_dropped_anywhere(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    one, two = tmp_path / "one.torrent", tmp_path / "two.TORRENT"
    one.write_bytes(b"d4:infoe")
    two.write_bytes(b"d5:otheree")
    with qtbot.waitSignal(window.dropped, timeout=30_000) as told:
        assert drop(window, files(one, two, tmp_path / "cover.jpg"))
    assert told.args == [[b"d4:infoe", b"d5:otheree"]]
    with qtbot.waitSignal(window.dropped, timeout=30_000) as told:
        assert drop(window, words(f"{MAGNET}\nnot a link\nhttps://www.imdb.com/title/tt0111161/"))
    assert told.args == [[MAGNET, "https://www.imdb.com/title/tt0111161/"]]


@pytest.mark.parametrize("text", ["hello", "javascript:alert(1)", "file:///etc/passwd", "magnet:?dn=only-a-name", ""])
def test_what_is_no_link_is_not_welcome(window: MainWindow, text: str) -> None:
    assert not drop(window, words(text))


def test_a_link_of_hostile_length_is_left_out() -> None:
    assert links_in("magnet:?xt=urn:btih:" + "a" * 9000) == []
    assert len(links_in("\n".join([MAGNET] * 5000))) == 100


def _large(path: Path) -> None:
    path.write_bytes(b"0" * (TORRENT_LIMIT + 1))


@pytest.mark.parametrize(
    ("make", "word"),
    [
        pytest.param(_large, "larger than 10 MB", id="large"),
        pytest.param(Path.touch, "is empty", id="empty"),
        pytest.param(Path.mkdir, "could not be read", id="folder"),
        pytest.param(lambda path: path, "could not be read", id="missing"),
    ],
)
def test_a_bad_file_is_told_in_a_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, make: Callable[[Path], object], word: str
) -> None:
    path = tmp_path / "bad.torrent"
    make(path)
    told: list[object] = []
    window.dropped.connect(told.append)
    assert drop(window, files(path))
    qtbot.waitUntil(lambda: bool(window.toasts.toasts), timeout=30_000)
    assert word in window.toasts.toasts[0].text
    assert told == []


def test_a_magnet_is_pasted_into_the_window_but_not_out_of_a_field(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().setText(MAGNET)
    control = Qt.KeyboardModifier.ControlModifier
    told: list[list[str]] = []
    window.dropped.connect(told.append)
    press(window, Qt.Key.Key_F, control)
    press(window, Qt.Key.Key_V, control)
    field = QApplication.focusWidget()
    assert isinstance(field, SearchField)
    assert field.text() == MAGNET
    window.sidebar.item("movies").setFocus()
    press(window, Qt.Key.Key_V, control)
    assert told == [[MAGNET]]


def test_pasting_something_else_explains_itself(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("hello")
    window.take_clipboard()
    assert "Nothing to add here" in window.toasts.toasts[0].text


def test_closing_hides_to_the_tray(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closed_to_tray, timeout=30_000):
        window.close()
    assert not window.isVisible()
    window.toggle()
    assert window.isVisible()


def test_without_a_tray_closing_asks_first(qtbot: QtBot, look: Theme) -> None:
    window = MainWindow(has_tray=lambda: False)
    window.add_page("movies", "Movies", "film", QWidget(), "library")
    qtbot.addWidget(window)
    window.show()
    window.close()
    window.close()
    assert window.isVisible()
    assert len([sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]) == 1
    sheet = window.open_sheet
    assert sheet is not None
    leave = next(button for button in sheet.findChildren(Button) if button.text() == "Quit")
    with qtbot.waitSignal(window.quit_requested, timeout=30_000):
        QTest.mouseClick(leave, LEFT)


def test_the_window_has_a_smallest_size(window: MainWindow) -> None:
    assert (window.minimumWidth(), window.minimumHeight()) == (800, 560)
    window.resize(100, 100)
    assert (window.width(), window.height()) == (800, 560)


def test_nothing_overlaps_when_read_from_the_right(qtbot: QtBot, look: Theme, right_to_left: None) -> None:
    window = build_window()
    qtbot.addWidget(window)
    window.resize(1280, 820)
    window.show()
    assert window.sidebar.geometry().left() > window.width() // 2
    assert_tidy(window)


@pytest.mark.parametrize("width", [800, 1120, 1440])
def test_longer_words_fit(qtbot: QtBot, look: Theme, width: int) -> None:
    window = build_window(long=True)
    qtbot.addWidget(window)
    window.resize(width, 700)
    window.show()
    assert window.width() == width
    assert_tidy(window)


def assert_tidy(window: MainWindow) -> None:
    """No two neighbours overlap, and no button is cut off."""
    for parent in [window, *window.findChildren(QWidget)]:
        layout = parent.layout()
        if layout is None or not parent.isVisible():
            continue
        items = [item.widget() for at in range(layout.count()) if (item := layout.itemAt(at)) is not None]
        shown = [widget for widget in items if widget is not None and widget.isVisible()]
        for at, one in enumerate(shown):
            assert all(not one.geometry().intersects(other.geometry()) for other in shown[at + 1 :])
    for button in window.findChildren(Button):
        assert not button.isVisible() or button.width() >= button.sizeHint().width(), button.text()
    assert [label for label in window.findChildren(QLabel) if label.isVisible() and label.height() < 10] == []


def test_the_tray_s_states_differ_by_shape(look: Theme) -> None:
    image = tray_states().convertToFormat(tray_states().Format.Format_Grayscale8)
    cells = [[image.copy(10 + column * 98, row * 60, 90, 60) for column in range(4)] for row in range(2)]
    for row in cells:
        for at, one in enumerate(row):
            assert all(one != other for other in row[at + 1 :])
