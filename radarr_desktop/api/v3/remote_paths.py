"""/remotepathmapping: where the folders of download clients lie on this machine."""

from __future__ import annotations

from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.remote_path import RemotePath


class RemotePathMappingResource(Answer):
    id: int
    host: str
    remote_path: str
    local_path: str


class RemotePathMappingBody(Body):
    id: Id = 0
    host: str | None = None
    remote_path: str | None = None
    local_path: str | None = None


def _resource(mapping: RemotePath) -> RemotePathMappingResource:
    return RemotePathMappingResource(
        id=mapping.id,
        host=mapping.host,
        remote_path=_as_folder(mapping.remote),
        local_path=_as_folder(mapping.local),
    )


def _as_folder(path: str) -> str:
    """With the closing slash that Radarr's clients know."""
    slash = "\\" if "\\" in path and not path.startswith("/") else "/"
    return path if path.endswith(slash) else path + slash


async def _list(call: Call[Query, None]) -> list[RemotePathMappingResource]:
    return [_resource(mapping) for mapping in await call.engine.remote_paths.all()]


async def _get(call: Call[Query, None]) -> RemotePathMappingResource:
    for mapping in await call.engine.remote_paths.all():
        if mapping.id == call.id:
            return _resource(mapping)
    raise Problem(Kind.NOT_FOUND, f"There is no remote path mapping {call.id}.")


async def _add(call: Call[Query, RemotePathMappingBody]) -> RemotePathMappingResource:
    body = call.body
    added = await call.engine.remote_paths.add(body.host or "", body.remote_path or "", body.local_path or "")
    return _resource(added)


async def _change(call: Call[Query, RemotePathMappingBody]) -> RemotePathMappingResource:
    body = call.body
    wanted = RemotePath(call.id, body.host or "", body.remote_path or "", body.local_path or "")
    return _resource(await call.engine.remote_paths.change(wanted))


async def _remove(call: Call[Query, None]) -> Empty:
    await call.engine.remote_paths.remove(call.id)
    return Empty()


_PATH = "/api/v3/remotepathmapping"
ENDPOINTS = (
    Endpoint("GET", _PATH, _list, list[RemotePathMappingResource]),
    Endpoint("POST", _PATH, _add, RemotePathMappingResource, body=RemotePathMappingBody, status=201),
    Endpoint("GET", f"{_PATH}/{{id}}", _get, RemotePathMappingResource),
    Endpoint("PUT", f"{_PATH}/{{id}}", _change, RemotePathMappingResource, body=RemotePathMappingBody, status=202),
    Endpoint("DELETE", f"{_PATH}/{{id}}", _remove),
)
