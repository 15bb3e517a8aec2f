"""The Web API of qBittorrent 4.1 (2.0 to 2.2) over a real libtorrent session: no such program can be had any more.

It knows what that API had and answers 404 to everything else; what a later version would do is not done here.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import libtorrent as lt

from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.seeder import SETTINGS
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, Asked
from radarr_desktop_plugins.libtorrent.network import everybody

USER, NONE, FAILED = "admin", -2, 5
"""``NONE``: as the program is set; ``FAILED``: logins after which an address is locked out."""
SLOW = 10 * 1024
"""Bytes a second: its alternative limits, unless somebody changes them."""
Values = Mapping[str, Any]
_BUSY = (lt.torrent_status.states.checking_files, lt.torrent_status.states.checking_resume_data)


@dataclass(eq=False)
class Held:
    """A torrent it has."""

    handle: Any
    category: str
    save_path: str
    dl_limit: int
    is_paused: bool
    ratio_limit: float = NONE
    seeding_time_limit: int = NONE
    is_flushing: bool = False
    is_flushed: bool = False
    """Is all of it in its files? libtorrent has a torrent whole a moment before that."""

    def row(self) -> dict[str, Any]:
        """As ``sync/maindata`` has it; 4.1 knows neither ``infohash_v1`` nor ``content_path``."""
        status = self.handle.status()
        done, is_finished = status.total_wanted_done, self._is_finished(status)
        if is_finished and not self.is_paused and self._is_seeded(status):
            self.is_paused = True
            self.handle.pause()
        return {
            "name": status.name,
            "state": self._state(status, "UP" if is_finished else "DL"),
            "progress": status.progress if status.has_metadata else 0,
            "size": status.total_wanted,
            "amount_left": status.total_wanted - done,
            "dlspeed": status.download_payload_rate,
            "upspeed": status.upload_payload_rate,
            "num_seeds": status.num_seeds,
            "num_leechs": status.num_peers - status.num_seeds,
            "ratio": status.all_time_upload / done if done else 0,
            "eta": 8_640_000,
            "save_path": f"{self.save_path}/",
            "category": self.category,
            "priority": 0,
            "dl_limit": self.dl_limit,
            "force_start": False,
        }

    def _is_finished(self, status: Any) -> bool:
        is_whole = bool(status.is_finished and status.has_metadata)
        if is_whole and not self.is_flushing:
            self.handle.flush_cache()
        self.is_flushing, self.is_flushed = is_whole, is_whole and self.is_flushed
        return self.is_flushed

    def _is_seeded(self, status: Any) -> bool:
        ratio = status.all_time_upload / max(status.total_wanted_done, 1)
        has_given = 0 <= self.ratio_limit <= ratio
        return has_given or bool(0 <= self.seeding_time_limit * 60 <= status.finished_duration.total_seconds())

    def _state(self, status: Any, end: str) -> str:
        if status.errc.value():
            return "error"
        if status.state in _BUSY:
            return f"checking{end}"
        if self.is_paused:
            return f"paused{end}"
        if not status.has_metadata:
            return "metaDL"
        moves = status.download_payload_rate if end == "DL" else status.upload_payload_rate
        return {"DL": "downloading", "UP": "uploading"}[end] if moves else f"stalled{end}"


class OldQBittorrent:
    """Listens between ``async with`` and its end; ``version`` is what its Web API says it is."""

    username = USER

    def __init__(self, folder: Path, version: str) -> None:
        self.password = made_up()
        self.unknown: list[str] = []
        """What it was asked that it does not know."""
        self._folder = folder
        self._version = version
        self._server = AnsweringServer(self._answer)
        self._cookie = f"SID={made_up()}"
        self._failed = 0
        self._is_slow = False
        self._rid = 0
        self._told: dict[str, dict[str, Any]] = {}
        self._held: dict[str, Held] = {}
        self._categories: dict[str, str] = {}
        self._verbs: dict[str, Callable[[Values], Answer]] = {
            "app/webapiVersion": lambda _: _text(self._version),
            "app/version": lambda _: _text("v4.1.0"),
            "app/preferences": lambda _: _json({"max_ratio_enabled": False, "max_ratio": -1, "max_ratio_act": 0}),
            "sync/maindata": self._maindata,
            "transfer/speedLimitsMode": lambda _: _text("1" if self._is_slow else "0"),
            "transfer/toggleSpeedLimitsMode": lambda _: self._toggle(),
            "torrents/createCategory": self._create_category,
            "torrents/add": self._add,
            "torrents/files": self._files,
            "torrents/trackers": lambda _: _json([]),
            "torrents/delete": self._delete,
            "torrents/pause": lambda values: self._each(values, _pause),
            "torrents/resume": lambda values: self._each(values, _resume),
            "torrents/recheck": lambda values: self._each(values, lambda held: held.handle.force_recheck()),
            "torrents/setCategory": self._set_category,
            "torrents/setShareLimits": self._set_share_limits,
            "torrents/setDownloadLimit": self._set_download_limit,
            "torrents/setForceStart": lambda values: self._each(values, lambda _: None, "value"),
            "torrents/topPrio": lambda _: _text("Torrent queueing must be enabled", 409),
            "torrents/bottomPrio": lambda _: _text("Torrent queueing must be enabled", 409),
        }
        if version >= "2.0.2":
            self._verbs["torrents/reannounce"] = lambda values: self._each(values, lambda _: None)
        if version >= "2.1.1":
            self._verbs["torrents/categories"] = lambda _: _json(self._category_objects())

    @property
    def url(self) -> str:
        """The Web UI's address."""
        return self._server.url

    @property
    def peer_port(self) -> int:
        """Where peers reach it."""
        return int(self._session.listen_port())

    async def __aenter__(self) -> Self:
        pack: Any = SETTINGS | {"alert_mask": lt.alert.category_t.storage_notification}
        self._session: Any = lt.session(pack)
        self._session.set_peer_class_filter(everybody())
        await self._server.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.__aexit__(kind, error, trace)
        self._held.clear()
        session, self._session = self._session, None
        await asyncio.to_thread(session.pause)
        del session

    def _answer(self, asked: Asked) -> Answer:
        address = urlsplit(asked.target)
        verb = address.path.removeprefix("/api/v2/")
        values: dict[str, Any] = dict(parse_qsl(address.query, keep_blank_values=True)) | _body(asked)
        if verb == "auth/login":
            return self._log_in(values)
        if self._cookie not in asked.headers.get("cookie", ""):
            return _text("Forbidden", 403)
        if verb not in self._verbs:
            self.unknown.append(verb)
            return _text("Not Found", 404)
        try:
            return self._verbs[verb](values)
        except KeyError as missing:
            return _text(f"Missing required parameters: {missing}", 400)

    def _log_in(self, values: Values) -> Answer:
        if self._failed >= FAILED:
            return _text("Your IP address has been banned after too many failed authentication attempts.", 403)
        if (values.get("username"), values.get("password")) != (USER, self.password):
            self._failed += 1
            return _text("Fails.")
        self._failed = 0
        return Answer(200, b"Ok.", "text/plain", {"Set-Cookie": f"{self._cookie}; HttpOnly; path=/"})

    def _toggle(self) -> Answer:
        self._is_slow = not self._is_slow
        self._session.apply_settings({"download_rate_limit": SLOW if self._is_slow else 0})
        return _text("")

    def _maindata(self, values: Values) -> Answer:
        flushed = [one.handle for one in self._session.pop_alerts() if isinstance(one, lt.cache_flushed_alert)]
        for held in self._held.values():
            held.is_flushed |= held.is_flushing and held.handle in flushed
        rows = {id_: held.row() for id_, held in self._held.items()}
        is_full = int(values.get("rid", 0)) != self._rid or not self._rid
        before = {} if is_full else self._told
        changed = {id_: _changes(row, before.get(id_, {})) for id_, row in rows.items()}
        self._rid, answer = self._rid + 1, {"torrents": {id_: row for id_, row in changed.items() if row}}
        gone = [id_ for id_ in self._told if id_ not in rows]
        self._told = rows
        names = list(self._categories) if self._version < "2.1" else self._category_objects()
        extra = {"full_update": True, "categories": names} if is_full else {"torrents_removed": gone} if gone else {}
        return _json({"rid": self._rid} | answer | extra)

    def _category_objects(self) -> dict[str, dict[str, str]]:
        return {name: {"name": name, "savePath": path} for name, path in self._categories.items()}

    def _create_category(self, values: Values) -> Answer:
        name = values["category"]
        if not name or name in self._categories or "//" in name or name.startswith("/") or name.endswith("/"):
            return _text("Unable to create category", 409 if name else 400)
        self._categories[name] = values.get("savePath", "") if self._version >= "2.1" else ""
        return _text("")

    def _add(self, values: Values) -> Answer:
        """Either a file or a link. 4.1 has no ``tags``, ``contentLayout``, ``ratioLimit`` and ``stopCondition``."""
        data = values.get("torrents")
        try:
            params = lt.load_torrent_buffer(data) if data else lt.parse_magnet_uri(values["urls"])
        except RuntimeError:
            return _text("Error: 'a.torrent' is not a valid torrent file.", 415) if data else _text("Fails.")
        id_ = str(params.info_hashes.v1)
        if id_ in self._held or not params.info_hashes.has_v1():
            return _text("Fails.")
        is_paused, limit = values.get("paused") == "true", int(values.get("dlLimit", -1))
        params.save_path = values.get("savepath") or str(self._folder / "complete")
        params.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
        if is_paused:
            params.flags |= lt.torrent_flags.paused
        params.download_limit = limit
        held = Held(self._session.add_torrent(params), values.get("category", ""), params.save_path, limit, is_paused)
        self._held[id_] = held
        return _text("Ok.")

    def _files(self, values: Values) -> Answer:
        held = self._held.get(values["hash"])
        if held is None:
            return _text("Not Found", 404)
        info = held.handle.torrent_file()
        if info is None:
            return _json([])
        layout, done, wanted = info.layout(), held.handle.file_progress(), held.handle.get_file_priorities()
        return _json(
            [
                {
                    "name": layout.file_path(index),
                    "size": layout.file_size(index),
                    "progress": done[index] / max(layout.file_size(index), 1),
                    "priority": int(bool(wanted[index])),
                }
                for index in range(layout.num_files())
            ]
        )

    def _delete(self, values: Values) -> Answer:
        flags = lt.session.delete_files if values["deleteFiles"] == "true" else 0
        for id_ in values["hashes"].split("|"):
            if held := self._held.pop(id_, None):
                self._session.remove_torrent(held.handle, flags)
        return _text("")

    def _each(self, values: Values, change: Callable[[Held], object], *needed: str) -> Answer:
        assert all(name in values for name in needed)
        for id_ in values["hashes"].split("|"):
            if held := self._held.get(id_):
                change(held)
        return _text("")

    def _set_category(self, values: Values) -> Answer:
        if (name := values["category"]) and name not in self._categories:
            return _text("Incorrect category name", 409)
        return self._each(values, lambda held: setattr(held, "category", name))

    def _set_share_limits(self, values: Values) -> Answer:
        ratio, minutes = float(values["ratioLimit"]), int(values["seedingTimeLimit"])

        def change(held: Held) -> None:
            held.ratio_limit, held.seeding_time_limit = ratio, minutes

        return self._each(values, change)

    def _set_download_limit(self, values: Values) -> Answer:
        limit = int(values["limit"])

        def change(held: Held) -> None:
            held.dl_limit = limit
            held.handle.set_download_limit(limit or -1)

        return self._each(values, change)


def _pause(held: Held) -> None:
    held.is_paused = True
    held.handle.pause()


def _resume(held: Held) -> None:
    held.is_paused = False
    held.handle.resume()


def _changes(row: Values, before: Values) -> dict[str, Any]:
    return {key: value for key, value in row.items() if before.get(key) != value or key not in before}


def _body(asked: Asked) -> dict[str, Any]:
    kind = asked.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(asked.body.decode(), keep_blank_values=True))
    whole = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + asked.body)
    values: dict[str, Any] = {}
    for part in whole.walk():
        if name := part.get_param("name", header="content-disposition"):
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            values[str(name)] = content if part.get_filename() else content.decode()
    return values


def _json(value: object) -> Answer:
    return Answer(200, json.dumps(value).encode())


def _text(text: str, status: int = 200) -> Answer:
    return Answer(status, text.encode(), "text/plain")
