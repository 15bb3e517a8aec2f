"""Tell what happened through every notifier; one that is away gets it later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import msgspec
import structlog

from radarr_desktop.domain.events import Event, GrabFailed, ImportBlocked, MovieImported, NoticeSent, ReleaseGrabbed
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.plugin_api import Notice, NoticeKind

JOB = "notify"
ANNOUNCE = "announce"
"""An import, enqueued in the transaction that ends it: a crash right after the commit still tells people."""

log = structlog.get_logger(__name__)


class Notifications:
    """Listens to the bus."""

    def __init__(self, bus: Bus, jobs: Jobs, plugins: PluginHost) -> None:
        self._bus = bus
        self._jobs = jobs
        self._plugins = plugins
        jobs.handle(JOB, self._deliver)
        jobs.handle(ANNOUNCE, self._announce)
        for event in (ReleaseGrabbed, GrabFailed, ImportBlocked):
            bus.subscribe(event, self._tell)

    async def _announce(self, payload: Mapping[str, Any]) -> None:
        await self._tell(msgspec.convert(payload, MovieImported))

    async def _tell(self, event: Event) -> None:
        notice = notice_of(event)
        for live in self._plugins.notifiers():
            payload = {"notifier": live.id, "notice": asdict(notice) | {"image": None}}
            await self._jobs.enqueue(JOB, payload, correlation_id=event.correlation, max_attempts=4, unique=False)

    async def _deliver(self, payload: Mapping[str, Any]) -> None:
        live = next((one for one in self._plugins.notifiers() if one.id == payload["notifier"]), None)
        if live is None:
            return
        values = dict(payload["notice"])
        notice = Notice(**(values | {"kind": NoticeKind(values["kind"])}))
        await self._plugins.call(live, lambda plugin: plugin.send(notice))
        log.info("notice.sent", notifier=live.name, title=notice.title)
        self._bus.publish(NoticeSent(notifier=live.name, title=notice.title))


def notice_of(event: Event) -> Notice:
    """The words of an event."""
    match event:
        case ReleaseGrabbed():
            body = f"{event.release_title} from {event.indexer} goes to {event.client}."
            facts: dict[str, object] = {
                "movie": {"id": event.movie_id, "title": event.movie_title},
                "release": {
                    "releaseTitle": event.release_title,
                    "indexer": event.indexer,
                    "size": event.size,
                    "quality": event.quality,
                },
                "downloadClient": event.client,
            }
            return Notice(NoticeKind.GRAB, f"{event.movie_title} is being downloaded.", body, facts)
        case MovieImported():
            replaced = " The old file is in the trash." if event.replaced else ""
            how = {"hardlink": "hard-linked", "reflink": "reflinked", "copy": "copied"}.get(event.method, event.method)
            facts = {
                "movie": {"id": event.movie_id, "title": event.movie_title},
                "movieFile": {"path": event.path, "size": event.size, "quality": event.quality},
                "isUpgrade": bool(event.replaced),
            }
            body = f"{event.quality}, {how}.{replaced}"
            return Notice(NoticeKind.IMPORT, f"{event.movie_title} is in your library.", body, facts)
        case GrabFailed():
            facts = {"movie": {"id": event.movie_id}, "release": {"releaseTitle": event.release_title}}
            return Notice(NoticeKind.FAILURE, event.problem.what, _rest(event.problem), facts)
        case ImportBlocked():
            facts = {"movie": {"id": event.movie_id, "title": event.movie_title}}
            return Notice(NoticeKind.ATTENTION, event.problem.what, _rest(event.problem), facts)
        case _:
            raise TypeError(type(event).__name__)


def _rest(problem: Any) -> str:
    return " ".join(part for part in (problem.why, problem.todo) if part)
