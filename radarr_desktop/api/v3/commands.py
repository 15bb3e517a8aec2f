"""/command: work to be done, which is a job of ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from starlette.responses import Response

from radarr_desktop.api.answers import fault
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.v3 import rename
from radarr_desktop.api.v3.manual_imports import FileBody
from radarr_desktop.api.v3.shapes import moment, span
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Job, JobState

_FOR_MOVIES = {"MoviesSearch": "search_movie", "RefreshMovie": "refresh_movie", "RescanMovie": "rescan_movie"}
_FOR_ALL = {
    "RefreshMovie": "refresh_movies",
    "RescanMovie": "rescan_library",
    "MissingMoviesSearch": "search_missing",
    "RssSync": "feed",
    "RefreshMonitoredDownloads": "refresh_downloads",
    "ProcessMonitoredDownloads": "refresh_downloads",
    "CheckForFinishedDownload": "refresh_downloads",
    "ResetQualityDefinitions": "reset_definitions",
    "ClearBlocklist": "clear_blocklist",
}
_SEARCHES = frozenset({"MoviesSearch", "MissingMoviesSearch"})
_OF_FILES = {"ManualImport": "manual_import", "DownloadedMoviesScan": "import_folder"}
_NAMES = {name.lower(): name for name in (*_FOR_MOVIES, *_FOR_ALL, *_OF_FILES, *rename.COMMANDS)}
_OF_KIND = {kind: name for name, kind in reversed([*_FOR_MOVIES.items(), *_FOR_ALL.items(), *_OF_FILES.items()])} | {
    "rename_movies": "RenameMovie",
    "move_movie": "MoveMovie",
    "due_feeds": "RssSync",
    "import": "ManualImport",
}
_STATES = {
    JobState.QUEUED: ("queued", "unknown"),
    JobState.RUNNING: ("started", "unknown"),
    JobState.DONE: ("completed", "successful"),
    JobState.DEAD: ("failed", "unsuccessful"),
    JobState.CANCELLED: ("cancelled", "unknown"),
}


class Command(Answer):
    send_updates_to_client: bool
    update_scheduled_task: bool
    requires_disk_access: bool
    is_exclusive: bool
    is_type_exclusive: bool
    is_long_running: bool
    name: str
    trigger: str
    suppress_messages: bool


class CommandResource(Answer, kw_only=True):
    id: int
    name: str
    command_name: str
    message: str | None = None
    body: Command
    priority: str
    status: str
    result: str
    queued: datetime
    started: datetime | None = None
    ended: datetime | None = None
    duration: str | None = None
    exception: str | None = None
    trigger: str
    state_change_time: datetime
    send_updates_to_client: bool
    update_scheduled_task: bool


class CommandBody(Body):
    name: str = ""
    movie_ids: list[Id] | None = None
    movie_id: Id | None = None
    files: list[FileBody | Id] = msgspec.field(default_factory=list)
    """To be imported; for RenameFiles their ids."""
    import_mode: str = "auto"
    path: str = ""
    download_client_id: str = ""
    movies: list[rename.MovedMovie] | None = None
    destination_path: str = ""
    destination_root_folder: str = ""


def command_resource(job: Job) -> CommandResource:
    """A job as the API has it."""
    name = "RenameFiles" if job.kind == "rename_movies" and "files" in job.payload else _OF_KIND[job.kind]
    status, result = _STATES[job.state]
    started = moment(job.started) if job.started else None
    ended = moment(job.finished) if job.finished else None
    return CommandResource(
        id=job.id,
        name=name,
        command_name="".join(f" {letter}" if letter.isupper() else letter for letter in name).strip(),
        body=Command(
            send_updates_to_client=True,
            update_scheduled_task=False,
            requires_disk_access=job.kind in ("import", "rescan_movie", *_OF_FILES.values(), *rename.COMMANDS.values()),
            is_exclusive=False,
            is_type_exclusive=False,
            is_long_running=False,
            name=name,
            trigger="manual" if job.priority > 0 else "scheduled",
            suppress_messages=False,
        ),
        priority="high" if job.priority > 0 else "low" if job.priority < 0 else "normal",
        status=status,
        result=result,
        queued=moment(job.created),
        started=started,
        ended=ended,
        duration=span(ended - started) if started and ended else None,
        exception=job.problem or None,
        trigger="manual" if job.priority > 0 else "scheduled",
        state_change_time=ended or started or moment(job.created),
        send_updates_to_client=True,
        update_scheduled_task=False,
    )


async def _list(call: Call[Query, None]) -> list[CommandResource]:
    return [command_resource(job) for job in await call.engine.jobs.all() if job.kind in _OF_KIND]


async def _get(call: Call[Query, None]) -> CommandResource:
    return command_resource(await _job(call))


async def _job(call: Call[Query, None]) -> Job:
    job = await call.engine.jobs.get(call.id)
    if job.kind not in _OF_KIND:
        raise Problem(Kind.NOT_FOUND, f"There is no command {call.id}.")
    return job


async def _run(call: Call[Query, CommandBody]) -> CommandResource | Response:
    name = _NAMES.get(call.body.name.lower())
    if name is None:
        known = ", ".join(sorted(_NAMES.values()))
        return fault(500, f"There is no command “{call.body.name[:80]}”.", f"Known are {known}.")
    if name in _OF_FILES:
        return command_resource(await _import(call, name))
    movie_ids = [*(call.body.movie_ids or ()), *([call.body.movie_id] if call.body.movie_id else [])]
    movie_ids += [moved.movie_id for moved in call.body.movies or ()]
    if name in rename.COMMANDS:
        return await _rename(call, name, movie_ids)
    if name in _SEARCHES and len(movie_ids) != 1:
        return await _search(call, name, movie_ids)
    if name in _FOR_MOVIES and (movie_ids or name not in _FOR_ALL):
        return await _run_for(call, name, movie_ids)
    return command_resource(await call.engine.jobs.enqueue(_FOR_ALL[name], {}, priority=1))


async def _search(call: Call[Query, CommandBody], name: str, movie_ids: Sequence[int]) -> CommandResource:
    """Many movies: within the indexers' limits, and with a word on how long that takes."""
    engine = call.engine
    if name == "MoviesSearch":
        await _know_all(call, name, movie_ids)
        plan, jobs = await engine.mass_search.start(movie_ids)
        job = jobs[-1]
    else:
        plan = await engine.mass_search.plan()
        job = await engine.jobs.enqueue("search_missing", {}, priority=1)
    resource = command_resource(job)
    resource.message = plan.told
    return resource


async def _import(call: Call[Query, CommandBody], name: str) -> Job:
    body, engine = call.body, call.engine
    if name == "ManualImport":
        return await engine.manual.take(
            [await each.wish(engine) for each in body.files if isinstance(each, FileBody)],
            mode=body.import_mode.lower(),
        )
    if body.download_client_id:
        return await engine.imports.retry(await engine.manual.grab_of(body.download_client_id))
    return await engine.manual.scan(body.path, mode=body.import_mode.lower())


async def _rename(call: Call[Query, CommandBody], name: str, movie_ids: Sequence[int]) -> CommandResource:
    if not movie_ids:
        raise Problem(Kind.BAD_INPUT, f"{name} has no movie to work on.", todo="Name movieIds.", field="movie_ids")
    body = call.body
    if rename.COMMANDS[name] == "rename_movies":
        file_ids = [each for each in body.files if isinstance(each, int)]
        return command_resource(await rename.rename(call.engine, name, movie_ids, file_ids))
    return command_resource(
        await rename.move(call.engine, movie_ids, body.destination_path, body.destination_root_folder)
    )


async def _run_for(call: Call[Query, CommandBody], name: str, movie_ids: Sequence[int]) -> CommandResource:
    await _know_all(call, name, movie_ids)
    jobs = [
        await call.engine.jobs.enqueue(_FOR_MOVIES[name], {"movie_id": movie_id}, priority=1) for movie_id in movie_ids
    ]
    return command_resource(jobs[-1])  # they run in this order, so the last one tells when all are done


async def _know_all(call: Call[Query, CommandBody], name: str, movie_ids: Sequence[int]) -> None:
    if not movie_ids:
        raise Problem(Kind.BAD_INPUT, f"{name} has no movie to work on.", todo="Name movieIds.", field="movie_ids")
    for movie_id in movie_ids:
        await call.engine.movies.get(movie_id)


async def _cancel(call: Call[Query, None]) -> Empty:
    await call.engine.jobs.cancel((await _job(call)).id)
    return Empty()


ENDPOINTS = (
    Endpoint("GET", "/api/v3/command", _list, list[CommandResource]),
    Endpoint("POST", "/api/v3/command", _run, CommandResource, body=CommandBody, status=201),
    Endpoint("GET", "/api/v3/command/{id}", _get, CommandResource),
    Endpoint("DELETE", "/api/v3/command/{id}", _cancel),
)
