"""Releases and verdicts in words: parts of a name, reasons, near misses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from radarr_desktop.domain.decision import nearness
from radarr_desktop.domain.decision.verdict import Check, Outcome, Verdict
from radarr_desktop.domain.parsing import ParsedRelease, SpanKind, parse_release
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.parts import ReleaseKind, Run
from radarr_desktop.ui.theme import State

_KINDS: dict[SpanKind, ReleaseKind] = {
    SpanKind.RESOLUTION: "resolution",
    SpanKind.HDR: "resolution",
    SpanKind.SOURCE: "source",
    SpanKind.EDITION: "source",
    SpanKind.VIDEO: "video",
    SpanKind.THREE_D: "video",
    SpanKind.AUDIO: "audio",
    SpanKind.LANGUAGE: "audio",
    SpanKind.SUBTITLES: "audio",
    SpanKind.REVISION: "source",
    SpanKind.SERVICE: "source",
    SpanKind.GROUP: "group",
}
_SCORE_SEGMENTS = {
    "quality": "quality",
    "revision": "quality",
    "formats": "formats",
    "weight": "formats",
    "freeleech": "formats",
    "size": "size",
    "group": "group",
    "indexer": "group",
    "flags": "group",
    "seeders": "peers",
    "peers": "peers",
    "age": "peers",
}
BAR = 1000
"""A full score bar. Its first half is the quality's, as a rank: in points, it would leave nothing of the rest."""
_SEGMENTS = ("quality", "formats", "size", "group", "peers")


def name_runs(parsed: ParsedRelease) -> tuple[Run, ...]:
    """The name in runs, each with the kind of fact it tells."""
    runs: list[Run] = []
    at = 0
    for span in sorted(parsed.spans, key=lambda span: span.start):
        kind = _KINDS.get(span.kind)
        if kind is None or span.start < at:
            continue
        if span.start > at:
            runs.append((parsed.name[at : span.start], None))
        runs.append((parsed.name[span.start : span.end], kind))
        at = span.end
    if at < len(parsed.name):
        runs.append((parsed.name[at:], None))
    return tuple(runs)


@lru_cache(maxsize=1024)
def title_runs(title: str) -> tuple[Run, ...]:
    """The runs of a name that is only known as text."""
    return name_runs(parse_release(title))


def failed_checks(verdict: Verdict | None) -> list[Check]:
    """What spoke against a release."""
    return nearness.failed(verdict) if verdict else []


def is_near_miss(verdict: Verdict | None) -> bool:
    """Only one check failed, and not one that says it is something else or harmful."""
    return verdict is not None and verdict.outcome is Outcome.REJECTED and nearness.is_near(verdict)


def is_suspect(verdict: Verdict | None) -> bool:
    """Its contents were looked at, and are not those of a movie."""
    return any(check.name == "contents" for check in failed_checks(verdict))


def verdict_tone(verdict: Verdict | None) -> State:
    """The colour of a verdict: green taken, yellow later, orange nearly, grey not."""
    if verdict is None:
        return "off"
    if verdict.accepted:
        return "ok"
    if verdict.outcome is Outcome.DELAYED:
        return "wait"
    return "miss" if is_near_miss(verdict) else "off"


def verdict_icon(verdict: Verdict | None) -> str:
    """The icon beside a release."""
    if verdict is None:
        return "circle-question-mark"
    if verdict.accepted:
        return "circle-check"
    return "clock" if verdict.outcome is Outcome.DELAYED else "circle-x"


def verdict_word(verdict: Verdict | None) -> str:
    """The verdict in one word."""
    say = QCoreApplication.translate
    if verdict is None:
        return say("Verdicts", "Not judged")
    return {
        Outcome.ACCEPTED: say("Verdicts", "Accepted"),
        Outcome.DELAYED: say("Verdicts", "Later"),
        Outcome.REJECTED: say("Verdicts", "Rejected"),
    }[verdict.outcome]


def reason(verdict: Verdict | None) -> str:
    """The one reason that counts, or the word of an acceptance."""
    failed = failed_checks(verdict)
    return failed[0].sentence or check_label(failed[0].name) if failed else verdict_word(verdict)


def short_reason(verdict: Verdict | None) -> str:
    """The reason as the end of a line."""
    return reason(verdict).rstrip(".")


def check_label(name: str) -> str:
    """A check's name for people."""
    say = QCoreApplication.translate
    labels = {
        "movie": say("Verdicts", "Movie and year"),
        "monitored": say("Verdicts", "Monitored"),
        "availability": say("Verdicts", "Released"),
        "early": say("Verdicts", "Not listed too early"),
        "quality": say("Verdicts", "Quality wanted"),
        "size": say("Verdicts", "Size"),
        "cap": say("Verdicts", "Size cap"),
        "language": say("Verdicts", "Language"),
        "formats": say("Verdicts", "Custom formats"),
        "words": say("Verdicts", "Words of the name"),
        "subtitles": say("Verdicts", "No burnt-in subtitles"),
        "disc": say("Verdicts", "Not a whole disc"),
        "sample": say("Verdicts", "Not a sample"),
        "protocol": say("Verdicts", "Torrent"),
        "indexer": say("Verdicts", "Indexer answers"),
        "tags": say("Verdicts", "Indexer for this movie"),
        "flags": say("Verdicts", "Indexer's flags"),
        "seeders": say("Verdicts", "Seeders"),
        "age": say("Verdicts", "Old enough"),
        "retention": say("Verdicts", "Not too old"),
        "blocklist": say("Verdicts", "Not blocked"),
        "queue": say("Verdicts", "Not on its way yet"),
        "imported": say("Verdicts", "Not had before"),
        "history": say("Verdicts", "Not taken recently"),
        "proper": say("Verdicts", "Proper"),
        "repack": say("Verdicts", "Repack of the same group"),
        "upgrade": say("Verdicts", "Better than the file"),
        "delay": say("Verdicts", "Waiting is over"),
        "space": say("Verdicts", "Free space"),
        "contents": say("Verdicts", "File list looked at"),
    }
    return labels.get(name) or name.replace("_", " ").capitalize()


def score_label(name: str) -> str:
    """A score part's name for people."""
    say = QCoreApplication.translate
    labels = {
        "quality": say("Verdicts", "Quality"),
        "revision": say("Verdicts", "Proper or repack"),
        "formats": say("Verdicts", "Custom formats"),
        "weight": say("Verdicts", "Weight of the indexer"),
        "freeleech": say("Verdicts", "Freeleech"),
        "group": say("Verdicts", "Group"),
        "indexer": say("Verdicts", "Indexer"),
        "flags": say("Verdicts", "Flags"),
        "seeders": say("Verdicts", "Seeders"),
        "peers": say("Verdicts", "Peers"),
        "size": say("Verdicts", "Size fit"),
        "age": say("Verdicts", "Age"),
    }
    return labels.get(name) or name.capitalize()


def score_segment(name: str) -> str:
    """The segment of the bar a score part is drawn in."""
    return _SCORE_SEGMENTS.get(name, "formats")


@dataclass(frozen=True)
class Scale:
    """What the bars of releases that are shown together are measured by."""

    qualities: tuple[int, ...] = ()
    """Points of the qualities that could be taken, the least first."""
    most: int = 1
    """The largest sum of all other parts: it fills the bar's second half."""

    def segments(self, verdict: Verdict | None) -> tuple[tuple[str, int], ...]:
        """The score's parts by the segments of the bar, in thousandths of it."""
        drawn = dict.fromkeys(_SEGMENTS, 0.0)
        for part in verdict.parts if verdict else ():
            if part.name == "quality":
                share = bisect_right(self.qualities, part.points) / max(1, len(self.qualities))
            else:
                share = max(0, part.points) / self.most
            drawn[score_segment(part.name)] += share * BAR / 2
        return tuple((segment, round(width)) for segment, width in drawn.items() if round(width))


def scale_of(releases: Iterable[StoredRelease]) -> Scale:
    """The scale on which all of these fit."""
    verdicts = [row.verdict for row in releases if row.verdict is not None]
    wanted = [one for one in verdicts if not any(check.name == "quality" for check in failed_checks(one))]
    qualities = {part.points for verdict in wanted for part in verdict.parts if part.name == "quality"}
    others = (sum(max(0, part.points) for part in one.parts if part.name != "quality") for one in verdicts)
    return Scale(tuple(sorted(qualities)), max(1, max(others, default=1)))


def spoken_release(release: StoredRelease) -> str:
    """A release for a screen reader."""
    parts = (release.release.title, release.parsed.quality.name, verdict_word(release.verdict), reason(release.verdict))
    return ", ".join(dict.fromkeys(parts))
