"""Custom formats: named sets of conditions that releases match or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a condition asks about; the words are the v3 API's implementations."""

    TITLE = "ReleaseTitleSpecification"
    EDITION = "EditionSpecification"
    LANGUAGE = "LanguageSpecification"
    FLAG = "IndexerFlagSpecification"
    SOURCE = "SourceSpecification"
    RESOLUTION = "ResolutionSpecification"
    MODIFIER = "QualityModifierSpecification"
    SIZE = "SizeSpecification"
    GROUP = "ReleaseGroupSpecification"
    YEAR = "YearSpecification"


@dataclass(frozen=True, slots=True)
class Specification:
    """One condition. Conditions of one kind are alternatives; of different kinds, all must hold."""

    kind: str
    """One of ``Kind``, or a word of another program's: such a condition is kept, and never holds."""
    name: str
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """``value``, or ``min`` and ``max``, and ``exceptLanguage``: as the v3 API has them."""
    negate: bool = False
    required: bool = False
    """It must hold, whatever the others of its kind say."""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What the file it came from says besides; kept so that it can be given back."""


@dataclass(frozen=True, slots=True)
class CustomFormat:
    """A name for releases that match."""

    id: int
    name: str
    specifications: tuple[Specification, ...]
    in_rename: bool = False
    """Its name is part of file names."""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What the file it came from says besides, as a guide's id and scores."""

    @property
    def guide_id(self) -> str:
        """The id TRaSH's guide knows it by; empty for one that is not from there."""
        return str(self.extra.get("trash_id", ""))

    @property
    def guide_scores(self) -> Mapping[str, Any]:
        """The guide's scores, by the name of the score set."""
        scores = self.extra.get("trash_scores", {})
        return scores if isinstance(scores, Mapping) else {}


class FormatError(ValueError):
    """A custom format that cannot be used; the message says why and what would.

    ``field`` names where (``name``, ``specifications``, or a field of condition ``index``), ``position`` the character
    of a pattern, counted from 0.
    """

    def __init__(self, message: str, field: str = "specifications", position: int = -1, index: int = -1) -> None:
        super().__init__(message)
        self.field = field
        self.position = position
        self.index = index
