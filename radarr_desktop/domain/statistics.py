"""Releases that were seen, in numbers: what they are made of, who made them, what is often wrong, how large."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from radarr_desktop.domain.decision.case import ASSUMED_RUNTIME, MB
from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr, ObjectAudio, ParsedRelease
from radarr_desktop.domain.quality import BY_ID, Modifier, Source
from radarr_desktop.domain.reputation.groups import group_names

UHD = 2160
UNTOLD = "not told"
_SOURCES = {
    Source.UNKNOWN: UNTOLD,
    Source.CAM: "CAM",
    Source.TELESYNC: "Telesync",
    Source.TELECINE: "Telecine",
    Source.WORKPRINT: "Workprint",
    Source.DVD: "DVD",
    Source.TV: "HDTV",
    Source.WEBDL: "WEB-DL",
    Source.WEBRIP: "WEBRip",
    Source.BLURAY: "Blu-ray",
}
_MADE = {Modifier.REMUX: "Remux", Modifier.BRDISK: "Disc", Modifier.SCREENER: "Screener"}
_LOSSLESS = frozenset({AudioCodec.TRUEHD, AudioCodec.DTS_HD_MA, AudioCodec.DTS_HD, AudioCodec.FLAC, AudioCodec.PCM})
FAULTS = {
    "uhd_sdr": "2160p without HDR",
    "uhd_avc": "2160p encoded as AVC",
    "remux_lossy": "Remux without lossless sound",
    "no_group": "No group named",
    "no_source": "Source not told",
    "no_resolution": "Resolution not told",
}
"""Common faults by what they are called; each counts among the releases it can be asked of."""


@dataclass(frozen=True, slots=True)
class Share:
    """One of several, and how many of all it is."""

    name: str
    count: int
    of: int

    @property
    def part(self) -> float:
        """From 0 to 1."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group's releases, and the quality it makes most."""

    name: str
    count: int
    of: int
    quality: str
    special: float
    """The part of its releases that are of this quality: 1 for a group that makes nothing else."""


@dataclass(frozen=True, slots=True)
class SizeRange:
    """MB per minute of one quality: what a tenth stays below, half, and nine tenths."""

    quality: str
    count: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class ReleaseStatistics:
    """What the releases of some days were like; everything is sorted, most first."""

    days: int
    total: int
    resolutions: tuple[Share, ...]
    sources: tuple[Share, ...]
    codecs: tuple[Share, ...]
    markers: tuple[Share, ...]
    """A release may have several."""
    faults: tuple[Share, ...]
    groups: tuple[GroupShare, ...]
    sizes: tuple[SizeRange, ...]
    """Best quality first."""


@dataclass
class Tallies:
    """Counts that can be added up; made in portions, wherever there is room for the work."""

    total: int = 0
    named: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    faults: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    groups: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    written: dict[str, str] = field(default_factory=dict)
    sizes: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    def count(self, parsed: ParsedRelease, size: int, minutes: int) -> None:
        """Take one release in; 0 where size or minutes are not known."""
        quality = parsed.quality
        self.total += 1
        self.named["resolutions"][f"{parsed.resolution}p" if parsed.resolution else UNTOLD] += 1
        self.named["sources"][_MADE.get(quality.modifier, _SOURCES[quality.source])] += 1
        self.named["codecs"][parsed.codec.value or UNTOLD] += 1
        self.named["markers"].update(_markers(parsed))
        for fault, has in _faults(parsed):
            self.asked[fault] += 1
            self.faults[fault] += has
        for name in group_names(parsed.group):
            self.groups[name][quality.name] += 1
            self.written.setdefault(name, parsed.group if len(group_names(parsed.group)) == 1 else name)
        if size:
            self.sizes[quality.id].append(size / MB / (minutes or ASSUMED_RUNTIME))

    def add(self, other: Tallies) -> None:
        """Take in what was counted elsewhere."""
        self.total += other.total
        self.faults.update(other.faults)
        self.asked.update(other.asked)
        for name, counts in other.named.items():
            self.named[name].update(counts)
        for group, counts in other.groups.items():
            self.groups[group].update(counts)
        self.written = other.written | self.written
        for quality_id, sizes in other.sizes.items():
            self.sizes[quality_id] += sizes

    def packed(self) -> Tallies:
        """Of plain dictionaries, as another process can hand it over."""
        return Tallies(
            self.total,
            dict(self.named),
            self.faults,
            self.asked,
            dict(self.groups),
            self.written,
            dict(self.sizes),
        )

    def statistics(self, days: int) -> ReleaseStatistics:
        """What it comes to."""
        return ReleaseStatistics(
            days=days,
            total=self.total,
            resolutions=_shares(self.named["resolutions"], self.total),
            sources=_shares(self.named["sources"], self.total),
            codecs=_shares(self.named["codecs"], self.total),
            markers=_shares(self.named["markers"], self.total),
            faults=tuple(Share(label, self.faults[key], self.asked[key]) for key, label in FAULTS.items()),
            groups=tuple(sorted(self._groups(), key=lambda one: (-one.count, one.name.casefold()))),
            sizes=tuple(self._sizes()),
        )

    def _groups(self) -> Iterator[GroupShare]:
        for name, counts in self.groups.items():
            quality, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
            count = counts.total()
            yield GroupShare(self.written[name], count, self.total, quality, most / count)

    def _sizes(self) -> Iterator[SizeRange]:
        for quality in sorted((BY_ID[id_] for id_ in self.sizes), key=lambda one: -one.weight):
            sizes = sorted(self.sizes[quality.id])
            low, middle, high = (sizes[round(part * (len(sizes) - 1))] for part in (0.1, 0.5, 0.9))
            yield SizeRange(quality.name, len(sizes), low, middle, high)


def _markers(parsed: ParsedRelease) -> set[str]:
    found = {range_.value for range_ in parsed.hdr if range_ is not Hdr.SDR}
    found |= {"HDR (any)"} if found else set()
    found |= {audio.value for audio in parsed.audio if audio in _LOSSLESS}
    found |= {sound.value for sound in parsed.object_audio}
    return (
        found | ({"3D"} if parsed.three_d else set()) | ({"REPACK or PROPER"} if parsed.revision.version > 1 else set())
    )


def _faults(parsed: ParsedRelease) -> Iterator[tuple[str, bool]]:
    """What can be asked of the release, and whether it is so."""
    if parsed.resolution == UHD:
        yield "uhd_sdr", not any(range_ is not Hdr.SDR for range_ in parsed.hdr)
        yield "uhd_avc", parsed.codec is Codec.AVC
    if parsed.quality.modifier is Modifier.REMUX and parsed.audio:
        loud = _LOSSLESS.intersection(parsed.audio) or ObjectAudio.DTS_X in parsed.object_audio
        yield "remux_lossy", not loud
    yield "no_group", not group_names(parsed.group)
    yield "no_source", parsed.source is Source.UNKNOWN
    yield "no_resolution", not parsed.resolution


def _shares(counts: Counter[str], of: int) -> tuple[Share, ...]:
    listed: Iterable[tuple[str, int]] = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Share(name, count, of) for name, count in listed)
