"""Start and memory of the headless program."""

from __future__ import annotations

import subprocess
import sys
import time

from tests.bench.figure import Figure
from tests.bench.program import environment, resident_mb, started

_BARE = """
import asyncio, sys
import httptools, msgspec, peewee, pydantic, structlog, starlette.routing, uvicorn.config, uvicorn.server
import apscheduler.schedulers.asyncio, playhouse.migrations, cryptography.hazmat.primitives.ciphers.aead
async def main():
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    print(server.sockets[0].getsockname(), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
asyncio.run(main())
"""


def start_headless() -> float:
    """Seconds from the command to the printed address of a port that listens."""
    with started("--headless") as (process, _, begin):
        assert process.stdout is not None
        assert process.stdout.readline().startswith("radarr-desktop runs at")
        return time.perf_counter() - begin


def memory_headless() -> float:
    """Resident MB, one second after the start."""
    with started("--headless") as (process, _, _begin):
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(1)
        return resident_mb(process.pid)


def _bare() -> tuple[float, float]:
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", _BARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
    )
    assert process.stdout is not None
    process.stdout.readline()
    seconds = time.perf_counter() - begin
    memory = resident_mb(process.pid)
    process.communicate()
    return seconds, memory


FIGURES = [
    Figure(
        "start.headless",
        "Start to a usable port, headless (reference: the same libraries and a bare socket)",
        "s",
        0.6,
        start_headless,
        lambda: _bare()[0],
    ),
    Figure(
        "memory.headless",
        "Resident memory, headless (reference: the same libraries alone)",
        "MB",
        70,
        memory_headless,
        lambda: _bare()[1],
        rounds=3,
    ),
]
