"""/api/v4/format: custom formats to and from guides, what is odd about them, and presets of profiles."""

from __future__ import annotations

from typing import Any

import msgspec

from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.domain.guide import DocumentKind


class ImportBody(Body):
    source: str
    """A file or folder of the machine the program runs on, an address, or the address of a folder on GitHub."""
    profiles: list[str] = msgspec.field(default_factory=list)
    """Names of the guide's quality profiles that are wanted."""


class ImportAnswer(Answer):
    added: list[str]
    changed: list[str]
    same: list[str]
    profiles: list[str]
    kept: dict[str, int]
    """How many documents of each kind were put by."""
    problems: list[str]


class ExportQuery(Query):
    ids: list[Id] = msgspec.field(default_factory=list)


class FindingAnswer(Answer, kw_only=True):
    oddity: str
    sentence: str
    format_id: int | None = None
    profile_id: int | None = None


class GuideAnswer(Answer):
    kind: str
    name: str


class PresetAnswer(Answer):
    key: str
    name: str
    sentence: str


class PresetBody(Body):
    key: str
    name: str = ""
    """Of the profile; empty: the preset's."""


class MadeAnswer(Answer):
    id: int
    name: str


async def _import(call: Call[Query, ImportBody]) -> ImportAnswer:
    taken = await call.engine.guides.take(call.body.source, call.body.profiles)
    return ImportAnswer(
        added=list(taken.added),
        changed=list(taken.changed),
        same=list(taken.same),
        profiles=list(taken.profiles),
        kept=dict(taken.kept),
        problems=list(taken.problems),
    )


async def _export(call: Call[ExportQuery, None]) -> list[dict[str, Any]]:
    return await call.engine.guides.export(call.query.ids)


async def _export_profile(call: Call[Query, None]) -> dict[str, Any]:
    return await call.engine.guides.export_profile(call.id)


async def _lint(call: Call[Query, None]) -> list[FindingAnswer]:
    return [
        FindingAnswer(
            oddity=one.oddity.value,
            sentence=one.sentence,
            format_id=one.format_id or None,
            profile_id=one.profile_id or None,
        )
        for one in await call.engine.formats.lint()
    ]


async def _guides(call: Call[Query, None]) -> list[GuideAnswer]:
    return [
        GuideAnswer(kind=kind.value, name=document.name)
        for kind in DocumentKind
        for document in await call.engine.guides.documents(kind)
    ]


async def _presets(call: Call[Query, None]) -> list[PresetAnswer]:
    return [PresetAnswer(key=one.key, name=one.name, sentence=one.sentence) for one in call.engine.profiles.presets()]


async def _make(call: Call[Query, PresetBody]) -> MadeAnswer:
    profile = await call.engine.profiles.add_preset(call.body.key, call.body.name)
    return MadeAnswer(id=profile.id, name=profile.name)


ENDPOINTS = (
    Endpoint("POST", "/api/v4/format/import", _import, ImportAnswer, body=ImportBody),
    Endpoint("GET", "/api/v4/format/export", _export, list[dict[str, Any]], ExportQuery),
    Endpoint("GET", "/api/v4/format/export/profile/{id}", _export_profile, dict[str, Any]),
    Endpoint("GET", "/api/v4/format/lint", _lint, list[FindingAnswer]),
    Endpoint("GET", "/api/v4/format/guide", _guides, list[GuideAnswer]),
    Endpoint("GET", "/api/v4/preset", _presets, list[PresetAnswer]),
    Endpoint("POST", "/api/v4/preset", _make, MadeAnswer, body=PresetBody, status=201),
)
