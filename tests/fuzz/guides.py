"""Hostile JSON where a guide or another program's export is expected."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from radarr_desktop.domain.custom_formats import CustomFormat, FormatError, Subject
from radarr_desktop.domain.custom_formats.compiled import CompiledFormats
from radarr_desktop.domain.custom_formats.conditions import check_format
from radarr_desktop.domain.guide import (
    DocumentKind,
    Guide,
    GuideError,
    read_documents,
    read_format,
    read_profile,
    read_sizes,
    write_format,
    write_profile,
    write_sizes,
)
from tests.fuzz.clock import Clock

_CONDITION = {
    "name": "salt",
    "implementation": "ReleaseTitleSpecification",
    "negate": False,
    "required": True,
    "fields": {"value": "salt"},
}
_LISTED = {
    **_CONDITION,
    "implementation": "SizeSpecification",
    "fields": [{"name": "min", "value": 1}, {"name": "max"}],
}
_FORMAT = {"trash_id": "a1", "trash_scores": {"default": 5}, "name": "Salt", "specifications": [_CONDITION, _LISTED]}
_ITEMS = [
    {"name": "HD", "allowed": True, "items": ["Bluray-1080p", "WEBDL-1080p"]},
    {"name": "DVD", "allowed": False},
]
_PROFILE = {
    "trash_id": "b2",
    "name": "Salt",
    "cutoff": "HD",
    "language": "Original",
    "upgradeAllowed": True,
    "items": _ITEMS,
    "formatItems": {"Salt": "a1"},
    "minFormatScore": 0,
}
_GROUP = {
    "name": "Group",
    "default": "true",
    "custom_formats": [{"name": "Salt", "trash_id": "a1", "required": True}],
    "quality_profiles": {"include": {"Salt": "b2"}},
}
_SIZES = {"type": "movie", "qualities": [{"quality": "DVD", "min": 0, "preferred": 95, "max": 100}]}
_ALL: tuple[Any, ...] = (
    _FORMAT,
    _PROFILE,
    _GROUP,
    _SIZES,
    [_FORMAT, _PROFILE, _GROUP],
    {"folder": {}, "file": {"a": "b"}},
    [[]],
)
SEEDS = tuple(json.dumps(one) for one in _ALL)

_KEYS = sorted({*_CONDITION, *_FORMAT, *_PROFILE, *_GROUP, "allowed", "items", "quality", "min", "preferred", "max"})
_VALUES = st.recursive(
    st.one_of(
        *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
        st.sampled_from(
            ("salt", "HD", "DVD", "a1", "b2", "true", "(", "YearSpecification", "English", _CONDITION, _ITEMS)
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from([*_KEYS, "value", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def _bent(draw: st.DrawFn) -> str:
    """A sound document with something else in one to three places."""
    body: Any = [json.loads(json.dumps(one)) for one in (_FORMAT, _PROFILE, _GROUP, _SIZES)]
    for _ in range(draw(st.integers(1, 3))):
        inside = body[draw(st.integers(0, 3))]
        while True:
            places: list[Any] = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
            if not places:
                break
            place = draw(st.sampled_from(places))
            if isinstance(inside[place], dict | list) and draw(st.booleans()):
                inside = inside[place]
                continue
            inside[place] = json.loads(json.dumps(draw(_VALUES)))  # a value of its own: the next place may be in it
            break
    return json.dumps(body)


DOCUMENTS: st.SearchStrategy[str] = st.one_of(_bent(), _VALUES.map(json.dumps))
"""What hypothesis makes."""


def guide(text: str, call: Clock) -> None:
    """A file that is to be imported: what it says is read, told as unusable, and comes back as it was."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return
    read = call(read_documents, [("salt.json", body)])
    assert all(problem.endswith(".") for problem in read.problems)
    formats = [CustomFormat(n, one.name, one.specifications, extra=one.extra) for n, one in enumerate(read.formats, 1)]
    for format in read.formats:
        assert call(read_format, call(write_format, format)) == format
    _compile([one for one in formats if _passes(check_format, one, call)], call)
    _documents(read, formats, call)


def _compile(formats: list[CustomFormat], call: Clock) -> None:
    compiled = call(CompiledFormats, formats)
    assert set(call(compiled.match, Subject("The.Salt.Meridian.2025.1080p"))) <= {one.id for one in formats}


def _documents(read: Guide, formats: list[CustomFormat], call: Clock) -> None:
    groups = [one.body for one in read.of(DocumentKind.GROUP) if isinstance(one.body, Mapping)]
    for document in read.of(DocumentKind.PROFILE):
        try:
            profile = call(read_profile, document.body, formats, groups)
        except GuideError:
            continue
        assert read_profile(call(write_profile, profile, formats), formats).name == profile.name
    for document in read.of(DocumentKind.SIZES):
        try:
            sizes = call(read_sizes, document.body)
        except GuideError:
            continue
        assert read_sizes(call(write_sizes, sizes)) == sizes


def _passes(check: Callable[[CustomFormat], None], format: CustomFormat, call: Clock) -> bool:
    try:
        call(check, format)
    except FormatError:
        return False
    return True
