"""/release/push: a release that another program found."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Body, Call, Endpoint, Id, Query
from radarr_desktop.api.v3.indexer_flags import flags_of
from radarr_desktop.api.v3.matched_formats import matched
from radarr_desktop.api.v3.releases import ReleaseResource, asked, release_resource
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.plugin_api import Release


class PushBody(Body):
    title: str | None = None
    protocol: str | None = None
    publish_date: datetime | None = None
    download_url: str | None = None
    magnet_url: str | None = None
    info_url: str | None = None
    info_hash: str | None = None
    size: Annotated[int, msgspec.Meta(ge=0, lt=2**50)] = 0
    seeders: Id | None = None
    leechers: Id | None = None
    imdb_id: Id = 0
    tmdb_id: Id = 0
    indexer_id: Id = 0
    indexer: str | None = None
    indexer_flags: Id | None = None


async def _push(call: Call[Query, PushBody]) -> list[ReleaseResource]:
    body, link = call.body, _link(call.body)
    pushed = await call.engine.push.push(_release(body), link, indexer_id=body.indexer_id, indexer=body.indexer or "")
    candidate, movie, now = pushed.candidate, pushed.movie, datetime.now(UTC)
    profile = await call.engine.profiles.get(movie.slot.profile_id) if movie else None
    stored = StoredRelease(
        id=candidate.release_id,
        release=candidate.release,
        indexer_id=candidate.indexer_id,
        indexer=candidate.indexer,
        parsed=candidate.parsed,
        first_seen=now,
        last_seen=now,
        times_seen=1,
        verdict=pushed.verdict,
    )
    (formats,) = await matched(call.engine, [asked(stored, movie)])
    answer = release_resource(stored, movie, profile, formats)
    if pushed.doubt:
        answer.rejections = [pushed.doubt]
    return [answer]


def _link(body: PushBody) -> str:
    missing = []
    if not (body.title or "").strip():
        missing.append(failure("title", "'Title' must not be empty."))
    if (body.protocol or "").lower() not in ("torrent", "2"):
        missing.append(failure("protocol", "Only torrents can be taken.", body.protocol))
    if body.publish_date is None:
        missing.append(failure("publishDate", "'Publish Date' must not be empty."))
    magnet, link = (body.magnet_url or "").strip(), (body.download_url or "").strip()
    if not magnet and not link:
        missing.append(failure("downloadUrl", "Name a download address or a magnet link."))
    if magnet and not magnet.startswith("magnet:"):
        missing.append(failure("magnetUrl", "This is no magnet link."))
    if link and not magnet and not link.startswith(("http://", "https://", "magnet:")):
        missing.append(failure("downloadUrl", "This is no web address."))
    if missing:
        raise NotAccepted(*missing)
    return magnet or link


def _release(body: PushBody) -> Release:
    published = body.publish_date
    digest = (body.info_hash or "").strip().lower()
    return Release(
        guid="",
        title=(body.title or "").strip(),
        size=body.size,
        published=published if published is None or published.tzinfo else published.replace(tzinfo=UTC),
        seeders=body.seeders,
        leechers=body.leechers,
        info_hash=digest if re.fullmatch("[0-9a-f]{40}", digest) else "",
        imdb_id=f"tt{body.imdb_id:07}" if body.imdb_id else "",
        tmdb_id=body.tmdb_id,
        info_url=body.info_url or "",
        flags=flags_of(body.indexer_flags or 0),
    )


ENDPOINTS = (Endpoint("POST", "/api/v3/release/push", _push, list[ReleaseResource], body=PushBody),)
