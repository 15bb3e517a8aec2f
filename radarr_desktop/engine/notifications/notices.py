"""Tell what happened through every notifier; one that is away gets it later."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
import structlog

from radarr_desktop.domain.events import (
    Event,
    GrabFailed,
    ImportBlocked,
    InboxRefused,
    MovieImported,
    NoticeSent,
    ReleaseGrabbed,
)
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.plugin_api import Notice, NoticeAction, NoticeKind

ANNOUNCE = "announce"
"""A fact that people are to be told of."""
DELIVER = "notify"
"""One notice for one notifier."""
ATTEMPTS = 4
TOLD: dict[str, type[Event]] = {
    event.__name__: event for event in (ReleaseGrabbed, GrabFailed, ImportBlocked, InboxRefused, MovieImported)
}

log = structlog.get_logger(__name__)


def announce(jobs: Jobs, event: Event) -> None:
    """See to it that people are told: called inside the transaction that makes it a fact, so that no crash parts them.

    The queue is to be woken after the commit.
    """
    payload = {
        "fact": secrets.token_hex(8),
        "event": type(event).__name__,
        "told": msgspec.to_builtins(event, enc_hook=_problem_to_values),
    }
    jobs.row(ANNOUNCE, payload, correlation_id=event.correlation)()


class Notifications:
    """From a fact to a job for each notifier, and from there to people."""

    def __init__(self, bus: Bus, jobs: Jobs, plugins: PluginHost) -> None:
        self._bus = bus
        self._jobs = jobs
        self._plugins = plugins
        jobs.handle(ANNOUNCE, self._announce)
        jobs.handle(DELIVER, self._deliver)

    async def _announce(self, payload: Mapping[str, Any]) -> None:
        """Done again after a crash, it leaves those alone who have their notice."""
        event = msgspec.convert(payload["told"], TOLD[payload["event"]], dec_hook=_problem_of_values)
        notice = asdict(notice_of(event)) | {"image": None}
        for live in self._plugins.notifiers():
            letter = {"fact": payload["fact"], "notifier": live.id, "notice": notice}
            await self._jobs.enqueue(
                DELIVER, letter, correlation_id=event.correlation, max_attempts=ATTEMPTS, once=True
            )

    async def _deliver(self, payload: Mapping[str, Any]) -> None:
        live = next((one for one in self._plugins.notifiers() if one.id == payload["notifier"]), None)
        if live is None:
            return
        values = dict(payload["notice"])
        actions = tuple(NoticeAction(**action) for action in values.pop("actions", ()))
        notice = Notice(**(values | {"kind": NoticeKind(values["kind"]), "actions": actions}))
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
            title = f"{event.movie_title} is in your library."
            return Notice(NoticeKind.IMPORT, title, body, facts, actions=_of_import(event))
        case GrabFailed():
            facts = {"movie": {"id": event.movie_id}, "release": {"releaseTitle": event.release_title}}
            return Notice(NoticeKind.FAILURE, event.problem.what, _rest(event.problem), facts)
        case ImportBlocked():
            facts = {"movie": {"id": event.movie_id, "title": event.movie_title}}
            shown = (NoticeAction("queue", "Show queue"),)
            return Notice(NoticeKind.ATTENTION, event.problem.what, _rest(event.problem), facts, actions=shown)
        case InboxRefused():
            shown = (NoticeAction("folder", "Open folder", str(Path(event.path).parent)),)
            return Notice(NoticeKind.ATTENTION, event.problem.what, _rest(event.problem), {}, actions=shown)
        case _:
            raise TypeError(type(event).__name__)


def _of_import(event: MovieImported) -> tuple[NoticeAction, ...]:
    opening = (
        NoticeAction("movie", "", str(event.movie_id)),
        NoticeAction("folder", "Open folder", str(Path(event.path).parent)),
    )
    return (*opening, NoticeAction("undo", "Undo", str(event.operation))) if event.operation else opening


def _rest(problem: Any) -> str:
    return " ".join(part for part in (problem.why, problem.todo) if part)


def _problem_to_values(value: object) -> dict[str, str]:
    if not isinstance(value, Problem):
        raise NotImplementedError(type(value).__name__)
    words = {"what": value.what, "why": value.why, "todo": value.todo, "field": value.field, "cause": value.cause}
    return {"kind": value.kind.value} | words


def _problem_of_values(wanted: type, values: dict[str, str]) -> Problem:
    more = {name: values[name] for name in ("field", "cause") if name in values}
    return Problem(Kind(values["kind"]), values["what"], values["why"], values["todo"], **more)
