"""/api/v4/watchfolder: folders that are watched for torrents and finished media."""

from __future__ import annotations

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Query
from radarr_desktop.domain.watching import Afterwards, WatchFolder


class WatchFolderAnswer(Answer):
    id: int
    path: str
    enabled: bool
    torrents: bool
    media: bool
    afterwards: str
    problem: str
    polled: bool


class WatchFolderBody(Body):
    path: str
    enabled: bool = True
    torrents: bool = True
    media: bool = False
    afterwards: str = Afterwards.MOVE.value

    def folder(self, id_: int = 0) -> WatchFolder:
        """What it asks for."""
        known = [one.value for one in Afterwards]
        if self.afterwards not in known:
            raise NotAccepted(failure("afterwards", f"Known are {', '.join(known)}.", self.afterwards))
        return WatchFolder(id_, self.path, self.enabled, self.torrents, self.media, Afterwards(self.afterwards))


def _answer(folder: WatchFolder) -> WatchFolderAnswer:
    return WatchFolderAnswer(
        id=folder.id,
        path=folder.path,
        enabled=folder.enabled,
        torrents=folder.torrents,
        media=folder.media,
        afterwards=folder.afterwards.value,
        problem=folder.problem,
        polled=folder.polled,
    )


async def _list(call: Call[Query, None]) -> list[WatchFolderAnswer]:
    return [_answer(folder) for folder in await call.engine.watch_folders.all()]


async def _add(call: Call[Query, WatchFolderBody]) -> WatchFolderAnswer:
    return _answer(await call.engine.watch_folders.add(call.body.folder()))


async def _change(call: Call[Query, WatchFolderBody]) -> WatchFolderAnswer:
    return _answer(await call.engine.watch_folders.change(call.body.folder(call.id)))


async def _remove(call: Call[Query, None]) -> Empty:
    await call.engine.watch_folders.remove(call.id)
    return Empty()


ENDPOINTS = (
    Endpoint("GET", "/api/v4/watchfolder", _list, list[WatchFolderAnswer]),
    Endpoint("POST", "/api/v4/watchfolder", _add, WatchFolderAnswer, body=WatchFolderBody, status=201),
    Endpoint("PUT", "/api/v4/watchfolder/{id}", _change, WatchFolderAnswer, body=WatchFolderBody),
    Endpoint("DELETE", "/api/v4/watchfolder/{id}", _remove),
)
