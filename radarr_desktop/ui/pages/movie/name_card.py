"""A release name as it was read: the name in colours, and each colour's meaning."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from radarr_desktop.domain.parsing import Hdr, ParsedRelease
from radarr_desktop.domain.quality import Modifier
from radarr_desktop.ui.models.verdicts import name_runs
from radarr_desktop.ui.parts import Card, Label, ReleaseKind, ReleaseName, rounded
from radarr_desktop.ui.theme import theme

_HDR = {Hdr.DV: "Dolby Vision"}


def name_card(parsed: ParsedRelease) -> Card:
    """A card; what the name does not tell is left out."""
    card = Card(_say("Release name, as read"))
    card.body.addWidget(ReleaseName(name_runs(parsed), wrap=True))
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(1, 88)
    grid.setColumnStretch(2, 1)
    for name, kind, read in _legend():
        value = read(parsed)
        if value:
            place = grid.rowCount()
            grid.addWidget(_Swatch(kind), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(name, "secondary", "text2"), place, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(value, "chip", wrap=True), place, 2)
    card.body.addLayout(grid)
    return card


def _legend() -> tuple[tuple[str, ReleaseKind | None, Callable[[ParsedRelease], str]], ...]:
    return (
        (_say("Title"), None, _title),
        (_say("Resolution"), "resolution", _resolution),
        (_say("Source"), "source", _source),
        (_say("Edition"), "source", lambda one: ", ".join(one.editions)),
        (_say("Audio"), "audio", lambda one: one.sound),
        (_say("Languages"), "audio", _languages),
        (_say("Video"), "video", _video),
        (_say("Group"), "group", lambda one: one.group),
    )


def _title(parsed: ParsedRelease) -> str:
    if not parsed.titles:
        return _say("not read: {reason}").format(reason=parsed.refused.value) if parsed.refused else ""
    return " / ".join(parsed.titles) + (f" ({parsed.year})" if parsed.year else "")


def _resolution(parsed: ParsedRelease) -> str:
    lines = parsed.resolution or parsed.quality.resolution
    return ", ".join([*([f"{lines}p"] if lines else []), *(_HDR.get(one, one.value) for one in parsed.hdr)])


def _source(parsed: ParsedRelease) -> str:
    parts = [parsed.quality.name if parsed.quality.id else ""]
    if parsed.modifier is not Modifier.NONE and parsed.modifier.value not in parsed.quality.name.lower():
        parts.append(parsed.modifier.value)
    parts.append(parsed.service)
    if parsed.is_repack or parsed.revision.version > 1 or parsed.revision.real:
        parts.append(_say("version {number}").format(number=parsed.revision.version))
    return ", ".join(part for part in parts if part)


def _languages(parsed: ParsedRelease) -> str:
    parts = [*parsed.languages]
    if parsed.is_multi:
        parts.append(_say("several"))
    if parsed.hardcoded_subs:
        parts.append(_say("burnt-in subtitles"))
    return ", ".join(parts)


def _video(parsed: ParsedRelease) -> str:
    depth = _say("{bits} bit").format(bits=parsed.bit_depth).replace(" ", "\u00a0") if parsed.bit_depth else ""
    return ", ".join(part for part in (parsed.codec.value, depth, parsed.three_d.value) if part)


def _say(words: str) -> str:
    return QCoreApplication.translate("NameCard", words)


class _Swatch(QWidget):
    """The colour a kind of fact has in a name; the title has none."""

    def __init__(self, kind: ReleaseKind | None) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(12, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme().tokens
        fill = tokens.color(f"release_{self._kind}") if self._kind else None
        box = QRect(0, 2, 12, 12)
        rounded(QPainter(self), box, tokens.radius.release, fill=fill, line=tokens.color("line"))
