"""Figures as bars, ranges and tables: each plot says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QModelIndex

from radarr_desktop.domain.statistics import GroupShare, ReleaseStatistics, Share, SizeRange
from radarr_desktop.ui.models import times
from radarr_desktop.ui.models.table import Index, TableModel

MOST_BARS = 10
"""A plot shows so many; its table has all."""


@dataclass(frozen=True)
class BarLine:
    """One bar from `begin` to `end`, with a mark where half is; its words stand beside it."""

    name: str
    begin: float
    end: float
    label: str
    tone: str
    middle: float | None = None
    key: str = ""
    """What a click on it opens."""


@dataclass(frozen=True)
class Figure:
    """A plot and its table."""

    title: str
    bars: tuple[BarLine, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def figures(told: ReleaseStatistics) -> list[Figure]:
    """All figures of the releases seen."""
    parts = (
        (_say("Resolution"), told.resolutions, "info"),
        (_say("Source"), told.sources, "info"),
        (_say("Codec"), told.codecs, "info"),
        (_say("Markers"), told.markers, "upgrade"),
        (_say("Common faults"), told.faults, "miss"),
    )
    return [*(_shares(title, shares, tone) for title, shares, tone in parts), _sizes(told.sizes), _groups(told.groups)]


def percent(part: float) -> str:
    """ "34.2 %", with a space that does not break."""
    return f"{100 * part:.1f}\N{NO-BREAK SPACE}%"


def _shares(title: str, shares: Sequence[Share], tone: str) -> Figure:
    bars = [BarLine(one.name, 0, one.part, percent(one.part), tone) for one in shares[:MOST_BARS]]
    rows = [(one.name, times.number(one.count), times.number(one.of), percent(one.part)) for one in shares]
    heads = (title, _say("Releases"), _say("Of"), _say("Part"))
    return Figure(title, tuple(bars), heads, tuple(rows))


def _sizes(sizes: Sequence[SizeRange]) -> Figure:
    bars = [
        BarLine(one.quality, one.low, one.high, f"{one.low:,.0f} – {one.high:,.0f}", "ok", middle=one.middle)
        for one in sizes
    ]
    rows = [
        (one.quality, times.number(one.count), *(f"{size:,.0f}" for size in (one.low, one.middle, one.high)))
        for one in sizes
    ]
    heads = (_say("Quality"), _say("Releases"), _say("10 % below"), _say("Half below"), _say("90 % below"))
    note = _say("MB a minute: a tenth is smaller, a tenth larger; the line is the middle")
    return Figure(_say("Size"), tuple(bars), heads, tuple(rows), note)


def _groups(groups: Sequence[GroupShare]) -> Figure:
    bars = [
        BarLine(one.name, 0, one.count / one.of, f"{one.quality}, {percent(one.special)}", "info", key=one.name)
        for one in groups[:MOST_BARS]
    ]
    rows = [
        (one.name, times.number(one.count), percent(one.count / one.of), one.quality, percent(one.special))
        for one in groups
    ]
    heads = (_say("Group"), _say("Releases"), _say("Part"), _say("Makes most"), _say("Of its own"))
    note = _say("By part of all releases; beside it what the group makes most, and how much of its own that is")
    return Figure(_say("Groups"), tuple(bars), heads, tuple(rows), note)


class FigureColumn(IntEnum):
    """As many as a table of figures has at most."""

    NAME = 0
    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4


class FigureModel(TableModel[tuple[str, ...]]):
    """The table of one figure."""

    columns = FigureColumn
    right = frozenset({FigureColumn.ONE, FigureColumn.TWO, FigureColumn.THREE, FigureColumn.FOUR})

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self._heads = figure.heads
        self._shown = list(figure.rows)

    def titles(self) -> Sequence[str]:
        """The columns' names."""
        return self._heads

    def cell(self, row: tuple[str, ...], column: FigureColumn) -> str:
        """The words of a cell."""
        return row[column]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as the figure has."""
        return 0 if parent.isValid() else len(self._heads)


def _say(words: str) -> str:
    return QCoreApplication.translate("Statistics", words)
