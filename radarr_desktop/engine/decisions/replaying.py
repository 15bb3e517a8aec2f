"""The other end of a what-if: bundles of stored releases are unpacked and replayed in processes of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from radarr_desktop.domain.blocklist import Blocks
from radarr_desktop.domain.decision.policy import words_for
from radarr_desktop.domain.decision.rating import matched_by
from radarr_desktop.domain.decision.replay import Basis, Compared, Dossier, Replay
from radarr_desktop.domain.decision.situation import Situation
from radarr_desktop.domain.decision.verdict import Candidate
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.reputation.standing import Reputation
from radarr_desktop.plugin_api import Release

RawRelease = tuple[int, str, str, int, str, int, str, str]
"""Id, release and parsed name as JSON, indexer's id, name and priority, formats as JSON and what they are of."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is compared, and what is the same for every movie."""

    before: Basis
    after: Basis
    situation: Situation
    version: str
    """Of the custom formats before: what is known of releases by them need not be matched again."""
    reputation: Reputation = Reputation()  # noqa: RUF009  frozen
    """Of groups, as it is now: no profile changes it."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One slot with its releases as they are stored, and what its movie's past forbids."""

    movie: Movie
    slot_id: int
    releases: tuple[RawRelease, ...]
    blocked: Blocks = Blocks()  # noqa: RUF009  frozen
    imported_hashes: frozenset[str] = frozenset()
    imported_titles: frozenset[str] = frozenset()


_question = msgspec.msgpack.Decoder(Question)
_bundles = msgspec.msgpack.Decoder(list[Bundle])
_compared = msgspec.msgpack.Decoder(Compared)
_release = msgspec.json.Decoder(Release)
_ids = msgspec.json.Decoder(tuple[int, ...])
_parsed = msgspec.json.Decoder(ParsedRelease)


class Replayer:
    """Answers bundle after bundle."""

    def __init__(self, question: Question) -> None:
        self._situation = question.situation
        self._version = question.version
        self._reputation = question.reputation
        self._replay = Replay(question.before, question.after)

    def compare(self, bundles: Sequence[Bundle]) -> Compared:
        """All of them."""
        return sum((self._replay.compare(self._dossier(bundle)) for bundle in bundles), Compared())

    def _dossier(self, bundle: Bundle) -> Dossier:
        situation = replace(
            self._situation,
            words=words_for(bundle.movie.tags, self._situation.words),
            blocked=bundle.blocked,
            imported_hashes=bundle.imported_hashes,
            imported_titles=bundle.imported_titles,
        )
        slot = next(slot for slot in bundle.movie.slots if slot.id == bundle.slot_id)
        formats_of = matched_by(self._version, bundle.movie.info)
        known = {raw[0]: _ids.decode(raw[6]) for raw in bundle.releases if raw[7] == formats_of}
        candidates = tuple(self._reputation.on(_candidate(raw)) for raw in bundle.releases)
        return Dossier(bundle.movie, slot, situation, candidates, known)


def _candidate(raw: RawRelease) -> Candidate:
    id_, release, parsed, indexer_id, indexer, priority, *_ = raw
    return Candidate(_release.decode(release), _parsed.decode(parsed), indexer_id, indexer, priority, id_)


_replayer: Replayer | None = None


def begin(packed: bytes) -> None:
    """Make this process ready for one question."""
    global _replayer
    _replayer = Replayer(_question.decode(packed))


def compare(packed: bytes) -> bytes:
    """Some bundles of that question."""
    assert _replayer is not None
    return msgspec.msgpack.encode(_replayer.compare(_bundles.decode(packed)))


def unpack(packed: bytes) -> Compared:
    """What ``compare`` answered."""
    return _compared.decode(packed)
