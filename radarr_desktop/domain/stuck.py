"""When a download is stuck: rules with strikes and time. Pure: what was seen comes in, what became of it goes out.

Time counts as it is observed: what nobody saw, because the client was away or the machine slept, is no time at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from radarr_desktop.domain import amounts
from radarr_desktop.domain.failure_reading import of_message
from radarr_desktop.domain.failures import Reason
from radarr_desktop.plugin_api import Download, DownloadState

TOLERANCE = 0.001
"""Part of a download's size that must come to count as progress: a byte now and then is none."""
LEAST_TOLERANCE = 64 * 1024
_FETCHING = frozenset({DownloadState.DOWNLOADING, DownloadState.STALLED})
_RESTING = frozenset({DownloadState.QUEUED, DownloadState.PAUSED, DownloadState.CHECKING, DownloadState.MOVING})
"""Nothing is to come then: it counts neither for nor against."""
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class DownloadSettings:
    """How patient the program is with downloads, and what it does when it gives one up."""

    stalled_hours: float = 24.0
    """Without progress; 0, as for all hours here: never given up for this."""
    slow_kb: int = 0
    """KB a second that are too slow; 0: none is."""
    slow_hours: float = 24.0
    metadata_hours: float = 12.0
    """A magnet link that does not become a torrent."""
    incomplete_hours: float = 72.0
    """All that have it together do not have all of it."""
    error_hours: float = 6.0
    """The client stopped it with an error that is no full or read-only disk."""
    unregistered_hours: float = 1.0
    """Its tracker does not know it any more."""
    strikes: int = 3
    """The hours are parted into so many; each part that ends badly is a strike."""
    act_on_private: bool = False
    """Also give up torrents of private trackers for being stalled, slow or incomplete."""
    redownload: bool = True
    """Take the next best release after a failure."""
    redownload_by_user: bool = True
    """Also after one the user had picked."""
    search_again: bool = True
    """Search where none that is stored will do."""
    private_seed_hours: float = 72.0
    """What came whole from a private tracker is seeded so long before it is removed; 0: it need not."""
    private_ratio: float = 1.0
    """Or until so much was given back."""

    def follows(self, *, by_user: bool) -> bool:
        """Is the next best taken after a download that the user had picked, or had not?"""
        return self.redownload and (self.redownload_by_user or not by_user)


LONGEST_HOURS = 24.0 * 365


class SettingsError(ValueError):
    """What cannot be meant; ``field`` names the setting."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def check_settings(settings: DownloadSettings) -> None:
    """Raise ``SettingsError`` for what cannot be meant."""
    for name in ("stalled", "slow", "metadata", "incomplete", "error", "unregistered", "private_seed"):
        field = f"{name}_hours"
        if not 0 <= getattr(settings, field) <= LONGEST_HOURS:
            raise SettingsError(f"It goes from 0 to {LONGEST_HOURS:,.0f} hours.", field)
    if not 1 <= settings.strikes <= 20:
        raise SettingsError("It goes from 1 to 20 strikes.", "strikes")
    if not 0 <= settings.slow_kb <= 1_000_000:
        raise SettingsError("It goes from 0 to 1,000,000 KB a second.", "slow_kb")
    if not 0 <= settings.private_ratio <= 1000:
        raise SettingsError("It goes from 0 to 1,000.", "private_ratio")


@dataclass(frozen=True, slots=True)
class Strike:
    """How one download stands with one rule."""

    count: int
    """Strikes so far."""
    seconds: float
    """Observed of the part that runs."""
    since: datetime
    """When it began to be so."""
    mark: int
    """Bytes left when the part began."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to be stuck."""

    reason: Reason
    hours: Callable[[DownloadSettings], float]
    holds: Callable[[Download, str], bool]
    """Is it so right now? Asked with what the trackers complain of."""
    least: Callable[[DownloadSettings, Download, float], float] | None = None
    """Bytes that must come in a part of so many seconds; None: it is not about bytes."""
    at_once: bool = False
    """Does the strike go as soon as those bytes came, not only at the end of a part?"""
    spares_private: bool = False
    told_by_others: bool = False
    """Does a tracker or the client say so? That needs no network to be believed, and is told at once."""


def tolerance(download: Download) -> float:
    """Bytes that count as progress."""
    return max(LEAST_TOLERANCE, download.size * TOLERANCE)


def _fetches(download: Download, complaint: str) -> bool:
    return download.state in _FETCHING


def _is_incomplete(download: Download, complaint: str) -> bool:
    has_too_little = download.availability is not None and download.availability < 1
    return _fetches(download, complaint) and has_too_little and download.seeds == 0


def _is_unregistered(download: Download, complaint: str) -> bool:
    return bool(complaint) and of_message(complaint, Reason.NETWORK_ERROR) is Reason.UNREGISTERED_TORRENT


def _has_error(download: Download, complaint: str) -> bool:
    return download.state is DownloadState.ERROR and error_of(download) is Reason.DOWNLOAD_CLIENT_ERROR


def error_of(download: Download) -> Reason:
    """What the client's error is."""
    return of_message(download.message, Reason.DOWNLOAD_CLIENT_ERROR)


RULES: tuple[Rule, ...] = (
    Rule(
        Reason.UNREGISTERED_TORRENT, lambda settings: settings.unregistered_hours, _is_unregistered, told_by_others=True
    ),
    Rule(Reason.DOWNLOAD_CLIENT_ERROR, lambda settings: settings.error_hours, _has_error, told_by_others=True),
    Rule(
        Reason.METADATA_MISSING,
        lambda settings: settings.metadata_hours,
        lambda download, _: download.state is DownloadState.METADATA,
    ),
    Rule(
        Reason.DOWNLOAD_STALLED,
        lambda settings: settings.stalled_hours,
        _fetches,
        least=lambda settings, download, seconds: tolerance(download),
        at_once=True,
        spares_private=True,
    ),
    Rule(Reason.INCOMPLETE, lambda settings: settings.incomplete_hours, _is_incomplete, spares_private=True),
    Rule(
        Reason.DOWNLOAD_SLOW,
        lambda settings: settings.slow_hours if settings.slow_kb else 0.0,
        _fetches,
        least=lambda settings, download, seconds: settings.slow_kb * 1024 * seconds,
        spares_private=True,
    ),
)
"""What explains most comes first."""


def observe(
    rule: Rule,
    strike: Strike | None,
    download: Download,
    complaint: str,
    settings: DownloadSettings,
    seconds: float,
    now: datetime,
) -> Strike | None:
    """How it stands after another look, ``seconds`` of which count; None: there is nothing against it."""
    hours = rule.hours(settings)
    if hours and download.state in _RESTING and not rule.told_by_others:
        return strike
    if not hours or not rule.holds(download, complaint):
        return None
    if strike is None:
        return Strike(0, 0.0, now, download.left)
    part = hours * _HOUR / settings.strikes
    least = rule.least(settings, download, part) if rule.least else 0.0
    # a recheck may find less than was believed: what is left then is where it starts from
    mark = max(strike.mark, download.left)
    came = mark - download.left
    if rule.least and rule.at_once and came >= least:
        return Strike(0, 0.0, now, download.left)
    strike = replace(strike, seconds=strike.seconds + seconds, mark=mark)
    if strike.seconds < part:
        return strike
    if rule.least and came >= least:
        return Strike(0, 0.0, now, download.left)
    keeps_mark = rule.at_once  # progress is counted from the last progress on, not from the last strike
    return replace(strike, count=strike.count + 1, seconds=0.0, mark=mark if keeps_mark else download.left)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a download, for people."""

    reason: Reason
    sentence: str
    since: datetime
    strikes: int = 0
    most: int = 0
    lasts: timedelta = timedelta()
    """As far as somebody looked."""
    left: timedelta | None = None
    """Until it is given up, as far as somebody looks; None: it is left alone."""


def trouble_of(
    rule: Rule, strike: Strike, download: Download, complaint: str, settings: DownloadSettings, *, acts: bool
) -> Trouble:
    """How one rule stands, in words."""
    part = rule.hours(settings) * _HOUR / settings.strikes
    lasts = timedelta(seconds=strike.count * part + strike.seconds)
    left = timedelta(hours=rule.hours(settings)) - lasts
    sentence = _sentence(rule.reason, lasts, download, complaint)
    shown = max(left, timedelta()) if acts else None
    return Trouble(rule.reason, sentence, strike.since, strike.count, settings.strikes, lasts, shown)


def _sentence(reason: Reason, length: timedelta, download: Download, complaint: str) -> str:
    span = amounts.span(length)
    nobody = "no seed is connected" if not download.seeds else f"{download.seeds} seeds are connected"
    seen = f"{nobody[0].upper()}{nobody[1:]}."
    if download.availability is not None:
        seen = f"Availability is {download.availability:.2f} and {nobody}."
    words = {
        Reason.DOWNLOAD_STALLED: f"It has not moved for {span}. {seen}",
        Reason.DOWNLOAD_SLOW: f"It has been too slow for {span}. {seen}",
        Reason.INCOMPLETE: f"Nobody has had all of it for {span}. {seen}",
        Reason.METADATA_MISSING: f"Its magnet link has not become a torrent for {span}: nobody who has it was found.",
        Reason.UNREGISTERED_TORRENT: f"Its tracker does not know it any more and says “{complaint[:120]}”.",
    }
    return words.get(reason, download.message or "Its client stopped it with an error.")
