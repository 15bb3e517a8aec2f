"""One sheet with every part in both themes, for the eye: writes PNGs to build/screenshots/."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from radarr_desktop.ui.parts import (
    Banner,
    Button,
    Card,
    ElidingLabel,
    FilterChip,
    FormField,
    Icon,
    IconButton,
    KeyCap,
    Label,
    NumberField,
    ProgressBar,
    ProgressRing,
    ReleaseName,
    RemovableChip,
    Run,
    ScoreBar,
    SearchField,
    Segment,
    Segmented,
    Skeleton,
    StagesBar,
    StageView,
    StateChip,
    TimelineEntry,
    TimelineItem,
    Toast,
    Toggle,
)
from radarr_desktop.ui.theme import STATES, Theme, TypeRole, theme
from tests.ui import camera

RELEASE: tuple[Run, ...] = (
    ("Where.the.River.Forgets.2024.", None),
    ("2160p", "resolution"),
    (".", None),
    ("WEB-DL", "source"),
    (".", None),
    ("EAC3.Atmos", "audio"),
    (".", None),
    ("DV.HDR10", "resolution"),
    (".", None),
    ("H.265", "video"),
    ("-", None),
    ("NORTHPIER", "group"),
)
_WORDS = {
    "ok": "Available",
    "info": "Downloading",
    "wait": "Not released",
    "miss": "Missing",
    "upgrade": "Upgrade possible",
    "err": "Needs attention",
    "off": "Unmonitored",
}
_ROLES: tuple[TypeRole, ...] = ("display", "title", "section", "card", "body", "secondary", "group")


def row(*widgets: QWidget, spacing: int = 8) -> QWidget:
    """Widgets side by side, the rest of the line empty."""
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(spacing)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return box


def card(title: str, *widgets: QWidget) -> Card:
    """A titled card of widgets."""
    box = Card(title)
    for widget in widgets:
        box.body.addWidget(widget)
    box.body.addStretch(1)
    return box


def states() -> Card:
    """Every state as disc, word and chip."""
    rows = []
    for state in STATES:
        icon = Icon(theme().tokens.state_icons[state], state, 16, disc=28)
        word = Label(_WORDS[state], "body")
        word.setFixedWidth(150)
        rows.append(row(icon, word, StateChip(_WORDS[state], state)))
    return card("States: icon, word and colour", *rows)


def type_card() -> Card:
    """The type scale and a release name."""
    labels = [Label(f"{role} {theme().tokens.type[role].size}", role) for role in _ROLES]
    return card("Type", *labels, ReleaseName(RELEASE, small=False), ReleaseName(RELEASE, wrap=True))


def buttons() -> Card:
    """Buttons and chips."""
    focus = Button("Focus")
    focus.setObjectName("focus")
    disabled = Button("Disabled")
    disabled.setEnabled(False)
    first, second = FilterChip("All", count=1284), FilterChip("Missing", "miss", 11)
    first.setChecked(True)
    return card(
        "Buttons",
        row(
            Button("Primary", "primary", "check"),
            Button("Default", icon="folder"),
            Button("Ghost", "ghost", "undo-2"),
            Button("Delete…", "danger", "trash-2"),
        ),
        row(
            Button("Menu", icon="tag", menu=True),
            focus,
            disabled,
            Button("Small", icon="search", small=True),
            IconButton("ellipsis", "More"),
        ),
        Label("Chips", "card"),
        row(first, second, RemovableChip("family"), StateChip("Best", "ok", "check")),
        Label("Segments, keys, elision", "card"),
        row(
            Segmented("View", [Segment("grid", "Grid", "layout-grid"), Segment("table", "Table", "rows-3")]),
            Segmented(
                "Shown", [Segment("all", "All"), Segment("active", "Active"), Segment("stuck", "Stuck", count=2)]
            ),
            KeyCap("Ctrl K"),
        ),
        ElidingLabel("A very long movie title that does not fit into the card at any width it may ever have", "row"),
    )


def fields() -> Card:
    """Fields with hint, focus and error."""
    grid = QWidget()
    cells = QGridLayout(grid)
    cells.setContentsMargins(0, 0, 0, 0)
    cells.setHorizontalSpacing(12)
    cells.setVerticalSpacing(8)
    combo = QComboBox()
    combo.addItems(["WEB-2160p", "Remux-2160p"])
    wrong = FormField("Passkey", QLineEdit("3f9ac2"), required=True)
    wrong.set_error("6 characters, a passkey has 32. Copy it again from your profile page.")
    plain = FormField("Address", QLineEdit("/data/torrents"), hint="Hint in 12 px below the field.")
    number = FormField("Most searches a day", NumberField(0, 999, 300), hint="The indexer allows 350.")
    for place, field in enumerate((plain, number, wrong, FormField("Choice", combo))):
        cells.addWidget(field, place // 2, place % 2)
    checked, off = QCheckBox("Check box"), QCheckBox("Off")
    checked.setChecked(True)
    on = Toggle("On")
    on.setChecked(True)
    return card("Fields", SearchField("Filter movies"), grid, row(checked, off, on, Toggle("Off"), spacing=12))


def feedback() -> Card:
    """Banner, toast, progress."""
    ring = ProgressRing("Paper Tides")
    ring.show_progress(0.64)
    bar = ProgressBar("Paper Tides")
    bar.show_progress(0.64)
    score = ScoreBar([("quality", 800), ("formats", 560), ("size", 280), ("group", 160), ("peers", 90)], 2100)
    return card(
        "Banner, toast, progress",
        Banner(
            "What happened, in one line",
            "Why, and what is safe. Then one button that fixes it.",
            buttons=[Button("Fix it", "primary", "wrench")],
        ),
        Banner("Waiting for a better copy", "Next search in 3 h.", "plain", buttons=[Button("Grab", small=True)]),
        Toast("3 movies moved to profile HD", "ok", "Undo"),
        StagesBar(StageView(2, 0.64)),
        StagesBar(StageView(2, 0.31, "off")),
        score,
        bar,
        row(ring),
    )


def timeline() -> Card:
    """Two items of Why?."""
    first = TimelineItem(
        TimelineEntry("Today 13:42", "circle-x", "miss", "Rejected by size", RELEASE, "23.9 GB, limit 22.0 GB."),
        [Button("14 checks", "ghost", "list-checks", small=True)],
    )
    last = TimelineItem(TimelineEntry("12 Oct 22:10", "check", "ok", "Imported as WEB-1080p", fact="Hard link."))
    last.set_last(True)
    return card("Timeline", first, last)


def gallery() -> QWidget:
    """All cards on one page."""
    page = QWidget()
    page.setProperty("surface", "window")
    page.setFixedSize(1440, 900)
    columns = QHBoxLayout(page)
    columns.setContentsMargins(24, 24, 24, 24)
    columns.setSpacing(16)
    boxes = [QRect(0, 0, 120, 16), QRect(0, 26, 200, 12)]
    skeleton = Skeleton(boxes)
    skeleton.setMinimumHeight(44)
    for cards in ((states(), timeline(), card("Loading", skeleton)), (type_card(), buttons()), (fields(), feedback())):
        column = QVBoxLayout()
        column.setSpacing(16)
        for box in cards:
            column.addWidget(box)
        columns.addLayout(column, 1)
        column.addStretch(1)
    return page


def main() -> None:
    """Draw the gallery in both themes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    look = Theme(camera.PICTURES / "cache", "dark", text_scale=1.0)
    look.apply(app)
    page = gallery()
    page.show()
    page.activateWindow()
    focus = page.findChild(QWidget, "focus")
    assert focus is not None
    focus.setFocus()
    for mode in ("dark", "light"):
        look.set_mode(mode)
        app.processEvents()
        camera.keep(page, f"parts-{mode}")


if __name__ == "__main__":
    main()
