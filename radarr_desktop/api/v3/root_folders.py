"""/rootfolder and /diskspace: where movies are kept."""

from __future__ import annotations

from pathlib import PurePath

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Query
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import RootFolder


class UnmappedFolder(Answer):
    name: str
    path: str
    relative_path: str


class RootFolderResource(Answer):
    id: int
    path: str
    accessible: bool
    free_space: int
    unmapped_folders: list[UnmappedFolder]


class DiskSpaceResource(Answer):
    path: str
    label: str
    free_space: int
    total_space: int


class RootFolderBody(Body):
    path: str | None = None


def _resource(folder: RootFolder) -> RootFolderResource:
    return RootFolderResource(
        id=folder.id,
        path=folder.path,
        accessible=folder.accessible,
        free_space=folder.free_space,
        unmapped_folders=[
            UnmappedFolder(name=name, path=str(PurePath(folder.path, name)), relative_path=name)
            for name in folder.unmapped
        ],
    )


async def _list(call: Call[Query, None]) -> list[RootFolderResource]:
    return [_resource(folder) for folder in await call.engine.folders.all()]


async def _get(call: Call[Query, None]) -> RootFolderResource:
    for folder in await call.engine.folders.all():
        if folder.id == call.id:
            return _resource(folder)
    raise Problem(Kind.NOT_FOUND, f"There is no root folder {call.id}.")


async def _add(call: Call[Query, RootFolderBody]) -> RootFolderResource:
    if not call.body.path:
        raise NotAccepted(failure("path", "'Path' must not be empty."))
    return _resource(await call.engine.folders.add(call.body.path))


async def _remove(call: Call[Query, None]) -> Empty:
    await call.engine.folders.remove(call.id)
    return Empty()


async def _disks(call: Call[Query, None]) -> list[DiskSpaceResource]:
    return [
        DiskSpaceResource(path=one.path, label="", free_space=one.free_space, total_space=one.total_space)
        for one in await call.engine.folders.all()
        if one.accessible
    ]


ENDPOINTS = (
    Endpoint("GET", "/api/v3/rootfolder", _list, list[RootFolderResource]),
    Endpoint("POST", "/api/v3/rootfolder", _add, RootFolderResource, body=RootFolderBody, status=201),
    Endpoint("GET", "/api/v3/rootfolder/{id}", _get, RootFolderResource),
    Endpoint("DELETE", "/api/v3/rootfolder/{id}", _remove),
    Endpoint("GET", "/api/v3/diskspace", _disks, list[DiskSpaceResource]),
)
