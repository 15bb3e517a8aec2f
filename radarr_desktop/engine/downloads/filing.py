"""Clients are told that a torrent's files are in the library: they may file it under another category."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from radarr_desktop.domain.records import GrabState
from radarr_desktop.engine.jobs import Jobs
from radarr_desktop.engine.plugins.host import PluginHost
from radarr_desktop.plugin_api import NotFound, Order, PluginError
from radarr_desktop.store import grabs
from radarr_desktop.store.database import Database

JOB = "file_away"
"""Job, made by the transaction that closes an import."""
_LATER = timedelta(minutes=5)
"""After which a client that was away is told again, for as long as it takes."""

log = structlog.get_logger(__name__)


class Filing:
    """One word to the client of each imported grab."""

    def __init__(self, db: Database, jobs: Jobs, plugins: PluginHost) -> None:
        self._db = db
        self._jobs = jobs
        self._plugins = plugins
        jobs.handle(JOB, self._file)

    async def _file(self, payload: Mapping[str, Any]) -> None:
        grab = await self._db.read(lambda: grabs.get(payload["grab_id"]))
        if grab is None or grab.state is not GrabState.IMPORTED:  # one with many movies when all of them are
            return
        client = next((one for one in self._plugins.clients() if one.id == grab.client_id), None)
        if client is None:
            return
        try:
            await self._plugins.call(client, lambda plugin: plugin.order(Order.IMPORTED, grab.hashes[0]))
        except NotFound:
            return
        except PluginError as error:
            log.info("download.not_filed_yet", release=grab.title, problem=str(error))
            again = {"grab_id": grab.id, "at": (datetime.now(UTC) + _LATER).isoformat(timespec="seconds")}
            pause = _LATER.total_seconds()
            await self._jobs.enqueue(JOB, again, delay=pause, correlation_id=grab.correlation, priority=-5)
