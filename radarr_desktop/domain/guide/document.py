"""What a file of a guide is: told by its shape, as the files do not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from radarr_desktop.domain.custom_formats import CustomFormat
from radarr_desktop.domain.guide.formats import read_format
from radarr_desktop.domain.guide.reading import GuideError


class DocumentKind(StrEnum):
    """What is kept of a guide besides its custom formats, word by word."""

    PROFILE = "profile"
    GROUP = "group"
    """Custom formats that belong together, and the profiles they are for."""
    SIZES = "sizes"
    NAMING = "naming"
    PROFILE_GROUPS = "profile groups"
    CONFLICTS = "conflicts"
    """Custom formats of which a profile should score only one."""


@dataclass(frozen=True, slots=True)
class Document:
    """One of them."""

    kind: DocumentKind
    key: str
    """The guide's id, else the name."""
    name: str
    body: Any


@dataclass(frozen=True, slots=True)
class Guide:
    """All that was read, and what was not understood."""

    formats: tuple[CustomFormat, ...] = ()
    documents: tuple[Document, ...] = ()
    problems: tuple[str, ...] = field(default=())
    """A sentence for each part that could not be read."""

    def of(self, kind: DocumentKind) -> list[Document]:
        """Documents of one kind."""
        return [document for document in self.documents if document.kind is kind]


def read_documents(bodies: Iterable[tuple[str, Any]]) -> Guide:
    """A guide from the JSON of its files, each with the name it has for people."""
    formats: list[CustomFormat] = []
    documents: list[Document] = []
    problems: list[str] = []
    for place, body in bodies:
        for part in body if _is_list_of_parts(body) else [body]:
            try:
                kind = _kind(part)
                if kind is None:
                    formats.append(read_format(part))
                else:
                    documents.append(Document(kind, _key(kind, part, place), _name(kind, part, place), part))
            except GuideError as fault:
                problems.append(f"{place}: {fault}")
    return Guide(tuple(formats), tuple(documents), tuple(problems))


def _is_list_of_parts(body: Any) -> bool:
    """A list of custom formats, as the v3 API gives it; profile groups are one document although a list."""
    return isinstance(body, list) and not (body and all(isinstance(one, Mapping) and "profiles" in one for one in body))


def _kind(part: Any) -> DocumentKind | None:
    """None: a custom format."""
    if isinstance(part, list):
        return DocumentKind.PROFILE_GROUPS
    if not isinstance(part, Mapping):
        raise GuideError("It is neither a custom format nor a profile, group, size or naming of a guide.")
    keys = set(part)
    if "specifications" in keys:
        return None
    for kind, needed in _SHAPES:
        if needed <= keys:
            return kind
    raise GuideError("It is neither a custom format nor a profile, group, size or naming of a guide.")


_SHAPES = (
    (DocumentKind.PROFILE, {"items", "cutoff"}),
    (DocumentKind.GROUP, {"custom_formats", "quality_profiles"}),
    (DocumentKind.CONFLICTS, {"custom_formats"}),
    (DocumentKind.SIZES, {"qualities"}),
    (DocumentKind.NAMING, {"folder", "file"}),
)


def _key(kind: DocumentKind, part: Any, place: str) -> str:
    if isinstance(part, Mapping) and isinstance(part.get("trash_id"), str):
        return str(part["trash_id"])
    return _name(kind, part, place)


def _name(kind: DocumentKind, part: Any, place: str) -> str:
    if isinstance(part, Mapping):
        for key in ("name", "type"):
            if isinstance(part.get(key), str) and part[key].strip():
                return str(part[key])
    return place if kind is DocumentKind.PROFILE else kind.value
