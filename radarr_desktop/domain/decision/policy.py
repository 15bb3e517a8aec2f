"""What the user set about deciding: the general settings, delay profiles, words that must or must not be there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Propers(StrEnum):
    """What a PROPER or REPACK is worth; the words are the v3 API's."""

    PREFER = "preferAndUpgrade"
    NO_UPGRADE = "doNotUpgrade"
    IGNORE = "doNotPrefer"


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings that hold for every movie. 0 and None switch a limit off."""

    propers: Propers = Propers.PREFER
    maximum_size: int = 0
    """MB."""
    minimum_age: int = 0
    """Minutes a release must have been out."""
    retention: int = 0
    """Days after which a release is too old."""
    availability_delay: int = 0
    """Days after the movie is out from which on it is looked for; below 0 before that."""
    early_days: int | None = None
    """Days before the movie can be had at home that a release made from such a copy may be listed."""
    hardcoded_subs: bool = False
    """Subtitles in the picture are welcome."""
    known_subs: tuple[str, ...] = ()
    """Words of hard-coded subtitles that are welcome all the same."""
    prefer_flags: bool = False
    """Freeleech and internal releases rank higher."""
    keep_free: int = 100
    """MB that must stay free on the disk of the library; 0: do not look."""


DEFAULT_DELAY = 1
"""Id of the delay profile that is always there, for movies no other one is for."""


@dataclass(frozen=True, slots=True)
class DelayProfile:
    """How long to wait for something better, for movies with one of its tags."""

    id: int
    order: int
    tags: tuple[int, ...] = ()
    """Of the default profile: none, it holds for all that no other one is for."""
    torrents: bool = True
    delay: int = 0
    """Minutes."""
    bypass_if_highest: bool = True
    bypass_if_above: bool = False
    minimum_score: int = 0
    """Of custom formats, for ``bypass_if_above``."""
    usenet: bool = True
    usenet_delay: int = 0
    preferred: str = "usenet"
    """This and the two above only for clients of the v3 API: they get back what they set."""


@dataclass(frozen=True, slots=True)
class ReleaseProfile:
    """Words a release name must have, or must not have."""

    id: int
    name: str = ""
    enabled: bool = True
    required: tuple[str, ...] = ()
    """One of them is enough."""
    ignored: tuple[str, ...] = ()
    indexer_id: int = 0
    """0: of every indexer."""
    tags: tuple[int, ...] = ()
    """Of movies; none: of all."""


class PolicyError(ValueError):
    """A setting that cannot be meant; the message says why, ``field`` which."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


_RANGES = {
    "maximum_size": (0, 1_000_000, "MB"),
    "minimum_age": (0, 60 * 24 * 365, "minutes"),
    "retention": (0, 36_500, "days"),
    "availability_delay": (-3650, 3650, "days"),
    "early_days": (0, 3650, "days"),
}


def check_policy(policy: Policy) -> None:
    """Raise ``PolicyError`` for a number that is out of all reason."""
    for name, (least, most, unit) in _RANGES.items():
        value = getattr(policy, name)
        if value is not None and not least <= value <= most:
            label = name.replace("_", " ").capitalize()
            raise PolicyError(f"{label} is {value:,} {unit}: use {least:,} to {most:,}.", name)


def delay_for(tags: tuple[int, ...], profiles: tuple[DelayProfile, ...]) -> DelayProfile | None:
    """The first profile, by order, that is for a movie with these tags."""
    for profile in sorted(profiles, key=lambda each: (each.order, each.id)):
        if not profile.tags or set(profile.tags) & set(tags):
            return profile
    return None


def words_for(tags: tuple[int, ...], profiles: tuple[ReleaseProfile, ...]) -> tuple[ReleaseProfile, ...]:
    """The enabled profiles that are for a movie with these tags."""
    return tuple(one for one in profiles if one.enabled and (not one.tags or set(one.tags) & set(tags)))
