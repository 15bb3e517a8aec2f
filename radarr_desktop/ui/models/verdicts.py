"""Releases and verdicts in words: parts of a name, reasons, near misses."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication

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
    SpanKind.AUDIO: "audio",
    SpanKind.GROUP: "group",
}
_NEVER_NEAR = frozenset({"movie", "contents", "blocklist"})
_SCORE_SEGMENTS = {"quality": "quality", "revision": "formats", "indexer": "group", "peers": "peers"}


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
    return [check for check in verdict.checks if check.outcome is not Outcome.ACCEPTED] if verdict else []


def is_near_miss(verdict: Verdict | None) -> bool:
    """Only one check failed, and not one that says it is something else or harmful."""
    failed = failed_checks(verdict)
    return len(failed) == 1 and failed[0].name not in _NEVER_NEAR and failed[0].outcome is Outcome.REJECTED


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


def check_label(name: str) -> str:
    """A check's name for people."""
    say = QCoreApplication.translate
    labels = {
        "movie": say("Verdicts", "Movie and year"),
        "monitored": say("Verdicts", "Monitored"),
        "availability": say("Verdicts", "Released"),
        "quality": say("Verdicts", "Quality wanted"),
        "size": say("Verdicts", "Size"),
        "seeders": say("Verdicts", "Seeders"),
        "blocklist": say("Verdicts", "Not blocked"),
        "queue": say("Verdicts", "Not on its way yet"),
        "upgrade": say("Verdicts", "Better than the file"),
        "contents": say("Verdicts", "File list looked at"),
    }
    return labels.get(name) or name.replace("_", " ").capitalize()


def reason_group(name: str) -> str:
    """What several releases failed at, for "6 quality not wanted"."""
    say = QCoreApplication.translate
    groups = {
        "movie": say("Verdicts", "of another movie"),
        "monitored": say("Verdicts", "not monitored"),
        "availability": say("Verdicts", "not out yet"),
        "quality": say("Verdicts", "quality not wanted"),
        "size": say("Verdicts", "size does not fit"),
        "seeders": say("Verdicts", "too few seeders"),
        "blocklist": say("Verdicts", "blocked"),
        "queue": say("Verdicts", "another one is on its way"),
        "upgrade": say("Verdicts", "no better than the file"),
        "contents": say("Verdicts", "not a movie inside"),
    }
    return groups.get(name) or check_label(name).casefold()


def score_label(name: str) -> str:
    """A score part's name for people."""
    say = QCoreApplication.translate
    labels = {
        "quality": say("Verdicts", "Quality"),
        "revision": say("Verdicts", "Proper or repack"),
        "indexer": say("Verdicts", "Indexer"),
        "peers": say("Verdicts", "Peers"),
    }
    return labels.get(name) or name.capitalize()


def score_segments(verdict: Verdict | None) -> tuple[tuple[str, int], ...]:
    """The score's parts by the segments of the bar."""
    if verdict is None:
        return ()
    return tuple((_SCORE_SEGMENTS.get(part.name, "formats"), part.points) for part in verdict.parts)


def spoken_release(release: StoredRelease) -> str:
    """A release for a screen reader."""
    parts = (release.release.title, release.parsed.quality.name, verdict_word(release.verdict), reason(release.verdict))
    return ", ".join(dict.fromkeys(parts))
