"""/ping, /api, /system/status and /health: who answers here, and how it is."""

from __future__ import annotations

import platform
import sys
from datetime import datetime
from functools import cache

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query
from radarr_desktop.api.v3.shapes import moment

V3_VERSION = "5.26.2.10099"
"""The Radarr version whose API this is; clients compare it. Our own is in ``packageVersion``."""


class PingResource(Answer):
    status: str


class ApiInfoResource(Answer):
    current: str
    deprecated: list[str]


class SystemResource(Answer):
    app_name: str
    instance_name: str
    version: str
    build_time: datetime
    is_debug: bool
    is_production: bool
    is_admin: bool
    is_user_interactive: bool
    startup_path: str
    app_data: str
    os_name: str
    os_version: str
    is_net_core: bool
    is_linux: bool
    is_osx: bool
    is_windows: bool
    is_docker: bool
    mode: str
    branch: str
    database_type: str
    database_version: str
    authentication: str
    migration_version: int
    url_base: str
    runtime_version: str
    runtime_name: str
    start_time: datetime
    package_version: str
    package_author: str
    package_update_mechanism: str


class HealthResource(Answer):
    source: str
    type: str
    message: str
    wiki_url: str


async def _ping(call: Call[Query, None]) -> PingResource:
    return PingResource(status="OK")


async def _api(call: Call[Query, None]) -> ApiInfoResource:
    return ApiInfoResource(current="v3", deprecated=[])


@cache
def _system() -> tuple[str, str]:
    return platform.system().lower(), platform.release()


async def _status(call: Call[Query, None]) -> SystemResource:
    os_name, os_version = _system()
    started = moment(call.engine.started_at)
    return SystemResource(
        app_name="Radarr",
        instance_name="Radarr",
        version=V3_VERSION,
        build_time=started,
        is_debug=False,
        is_production=True,
        is_admin=False,
        is_user_interactive=True,
        startup_path="",
        app_data="",
        os_name=os_name,
        os_version=os_version,
        is_net_core=False,
        is_linux=sys.platform == "linux",
        is_osx=sys.platform == "darwin",
        is_windows=sys.platform == "win32",
        is_docker=False,
        mode="tray",
        branch="main",
        database_type="sqLite",
        database_version="",
        authentication="external",
        migration_version=0,
        url_base="",
        runtime_version=platform.python_version(),
        runtime_name="python",
        start_time=started,
        package_version=f"radarr-desktop {call.engine.version}",
        package_author="radarr-desktop contributors",
        package_update_mechanism="external",
    )


async def _health(call: Call[Query, None]) -> list[HealthResource]:
    return [
        HealthResource(
            source=item.source,
            type=str(item.level),
            message=" ".join(part for part in (item.message, item.todo) if part),
            wiki_url="",
        )
        for item in await call.engine.health()
        if item.level != "ok"
    ]


ENDPOINTS = (
    Endpoint("GET", "/ping", _ping, PingResource, anonymous=True),
    Endpoint("HEAD", "/ping", _ping, PingResource, anonymous=True),
    Endpoint("GET", "/api", _api, ApiInfoResource),
    Endpoint("GET", "/api/v3/system/status", _status, SystemResource),
    Endpoint("GET", "/api/v3/health", _health, list[HealthResource]),
)
