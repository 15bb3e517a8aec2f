"""Profiles for people who never heard of custom formats: three ways to collect, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from radarr_desktop.domain.custom_formats import CustomFormat, Kind, Specification
from radarr_desktop.domain.profiles import QualityProfile, make_profile
from radarr_desktop.domain.quality import QUALITIES
from radarr_desktop.domain.sizes import SizeLimits

GB = 1000**3


@dataclass(frozen=True, slots=True)
class Preset:
    """One way to collect; ``profile_of`` makes an ordinary profile from it."""

    key: str
    name: str
    sentence: str
    """What one gets."""
    allowed: tuple[str, ...]
    """Worst first."""
    cutoff: str
    scores: Mapping[str, int]
    """By name of the format."""
    sizes: Mapping[int, SizeLimits] = field(default_factory=dict)
    """By lines of the picture."""
    cap: int | None = None

    @property
    def best_score(self) -> int:
        """A release cannot score more."""
        return sum(score for score in self.scores.values() if score > 0)


_SMALL, _HDR, _LOSSLESS = "Small files (HEVC or AV1)", "High dynamic range", "Lossless sound"
_SURROUND, _DEPTH, _ENLARGED = "Surround sound (5.1 or more)", "Two pictures (3D)", "Enlarged picture (upscaled)"
_NEVER = {_DEPTH: -1000, _ENLARGED: -1000}
_PATTERNS = {
    _SMALL: r"\b[xh][ ._-]?265\b|\bHEVC\b|\bAV1\b",
    _HDR: r"\bHDR(10)?(\+|P(lus)?)?\b|\bHLG\b|\b(DV|DoVi|Dolby[ ._-]?Vision)\b",
    _LOSSLESS: r"\bTrue[ ._-]?HD|\bDTS[ ._-]?(HD[ ._-]?MA|X)\b|\bFLAC|\bL?PCM",
    _SURROUND: r"(?<!\d)[5-9][ .][01](?!\d)",
    _DEPTH: r"\b3D\b|\b(H(alf)?[ ._-]?)?(SBS|OU)\b",
    _ENLARGED: r"\bup[ ._-]?(scaled?|rez)\b|\bAI[ ._-]?(enhanced|upscaled?)\b",
}

PRESETS = (
    Preset(
        "balanced",
        "Balanced",
        "Full HD that looks right on a television, in files of about 6 to 15 GB.",
        ("WEB 720p", "Bluray-720p", "HDTV-1080p", "WEB 1080p", "Bluray-1080p"),
        "Bluray-1080p",
        {_SURROUND: 10, **_NEVER},
        {720: SizeLimits(0, 40, 80), 1080: SizeLimits(0, 80, 160)},
        20 * GB,
    ),
    Preset(
        "space-saver",
        "Space saver",
        "A good picture in small files: about 2 to 4 GB, never more than 5.",
        ("WEB 720p", "Bluray-720p", "WEB 1080p", "Bluray-1080p"),
        "WEB 1080p",
        {_SMALL: 20, **_NEVER},
        {720: SizeLimits(0, 12, 25), 1080: SizeLimits(0, 25, 45)},
        5 * GB,
    ),
    Preset(
        "best",
        "Best",
        "The best copy there is, in 4K and HDR where that exists: often 50 GB and more.",
        ("WEB 1080p", "Bluray-1080p", "Remux-1080p", "WEB 2160p", "Bluray-2160p", "Remux-2160p"),
        "Remux-2160p",
        {_HDR: 40, _LOSSLESS: 30, _SURROUND: 10, **_NEVER},
    ),
)
"""The first is the usual one."""
BY_KEY = {preset.key: preset for preset in PRESETS}


def formats_of(preset: Preset) -> list[CustomFormat]:
    """The custom formats it gives scores to."""
    return [
        CustomFormat(0, name, (Specification(Kind.TITLE, name, {"value": _PATTERNS[name]}),)) for name in preset.scores
    ]


def profile_of(preset: Preset, format_ids: Mapping[str, int]) -> QualityProfile:
    """An ordinary profile, not yet stored; ``format_ids`` by name of the format."""
    plain = make_profile(preset.name, preset.allowed, preset.cutoff)
    sizes = {one.id: preset.sizes[one.resolution] for one in QUALITIES if one.resolution in preset.sizes}
    allowed = {quality.id for item in plain.items if item.allowed for quality in item.qualities}
    return replace(
        plain,
        format_scores={format_ids[name]: score for name, score in preset.scores.items()},
        cutoff_format_score=preset.best_score,
        sizes={id: limits for id, limits in sizes.items() if id in allowed},
        cap=preset.cap,
    )
