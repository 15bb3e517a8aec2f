"""Statistics and reputation as one file for people: HTML with its own style, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape

from radarr_desktop.domain.amounts import signed
from radarr_desktop.domain.statistics import ReleaseStatistics, Share
from radarr_desktop.engine.reputation.reputations import GroupStanding

MOST_GROUPS = 40
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --bar: #5565e8; }
body { font: 14px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 20px; } h2 { font-size: 16px; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid var(--line); }
th.n, td.n { text-align: right; } td.bar { width: 40%; }
td.bar div { background: var(--bar); height: 10px; border-radius: 3px; min-width: 1px; }
"""


def report(statistics: ReleaseStatistics, groups: Sequence[GroupStanding], now: datetime) -> str:
    """The whole page."""
    title = "Releases and groups"
    told = f"{statistics.total:,} releases seen in the last {statistics.days} days, as of {now:%Y-%m-%d}."
    body = "\n".join([f"<h1>{title}</h1>", f"<p>{told}</p>", *_sections(statistics), *_reputation(groups)])
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n{body}\n</body></html>\n'


def _sections(statistics: ReleaseStatistics) -> Iterator[str]:
    yield _bars("Resolution", statistics.resolutions)
    yield _bars("Source", statistics.sources)
    yield _bars("Codec", statistics.codecs)
    yield _bars("Markers", statistics.markers)
    yield _bars("Common faults", statistics.faults)
    yield _table(
        "Size by quality",
        ("Quality", "Releases", "A tenth below", "Half below, MB a minute", "Nine tenths below"),
        ((one.quality, f"{one.count:,}", *(f"{size:,.0f}" for size in (one.low, one.middle, one.high)))
         for one in statistics.sizes),
    )  # fmt: skip
    yield _table(
        "Groups",
        ("Group", "Releases", "Of all", "Makes most", "Of its own"),
        ((one.name, f"{one.count:,}", f"{one.count / one.of:.1%}", one.quality, f"{one.special:.0%}")
         for one in statistics.groups[:MOST_GROUPS]),
    )  # fmt: skip


def _reputation(groups: Sequence[GroupStanding]) -> Iterator[str]:
    rows = [
        (group.written, quality.name, f"{standing.share:.0%}", signed(standing.points), str(group.events))
        for group in groups
        for quality, standing in group.qualities
    ]
    yield _table(
        "Reputation, by what became of releases here",
        ("Group", "Quality", "Expected to go well", "Points", "Events of the group"),
        rows,
    )


def _bars(head: str, shares: Iterable[Share]) -> str:
    rows = "".join(
        f'<tr><td>{escape(one.name)}</td><td class="bar"><div style="width:{one.part:.1%}"></div></td>'
        f'<td class="n">{one.part:.1%}</td><td class="n">{one.count:,} of {one.of:,}</td></tr>'
        for one in shares
    )
    return f"<h2>{escape(head)}</h2><table>{rows}</table>" if rows else _nothing(head)


def _table(head: str, names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [[escape(cell) for cell in row] for row in rows]
    if not cells:
        return _nothing(head)
    heads = "".join(f"<th{_side(place)}>{escape(name)}</th>" for place, name in enumerate(names))
    lines = "".join(
        "<tr>" + "".join(f"<td{_side(place)}>{cell}</td>" for place, cell in enumerate(row)) + "</tr>" for row in cells
    )
    return f"<h2>{escape(head)}</h2><table><tr>{heads}</tr>{lines}</table>"


def _side(place: int) -> str:
    return ' class="n"' if place else ""


def _nothing(head: str) -> str:
    return f"<h2>{escape(head)}</h2><p>Nothing yet.</p>"
