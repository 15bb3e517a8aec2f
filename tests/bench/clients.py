"""Fifty clients in a process of their own, so that they take no time from the program they ask.

Run as ``python -m tests.bench.clients URL COUNT`` with the API key on standard input; ends when that closes.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.bench.program import LargeLibrary, environment

PAUSE = 0.25
"""Seconds between two rounds of one client."""


async def _client(number: int, host: str, port: int, key: str) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    await asyncio.sleep(PAUSE * random.random())  # clients of real life do not march in step
    while True:
        for path in ("/api/v3/queue", f"/api/v3/movie/{number + 1}", "/api/v3/system/status"):
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nX-Api-Key: {key}\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            if " 200 " not in head.splitlines()[0]:
                raise RuntimeError(f"{path}: {head.splitlines()[0]}")
            length = next(int(line.split(":")[1]) for line in head.splitlines() if line.startswith("content-length"))
            await reader.readexactly(length)
        await asyncio.sleep(PAUSE * (0.5 + random.random()))


async def _main(url: str, count: int, key: str) -> None:
    address = urlsplit(url)
    clients = [_client(number, address.hostname or "", address.port or 80, key) for number in range(count)]
    tasks = [asyncio.create_task(client) for client in clients]
    print("polling", flush=True)
    end = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    done, _ = await asyncio.wait([end, *tasks], return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
    for task in tasks:
        task.cancel()


@contextlib.contextmanager
def polling(large: LargeLibrary, count: int = 50) -> Iterator[None]:
    """So many clients ask the port for queue, a movie and status, four rounds a second each."""
    command = [sys.executable, "-m", "tests.bench.clients", large.thread.app.port.address, str(count)]
    key = large.do(large.engine.settings.port()).api_key
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment())
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(key + "\n")
    process.stdin.flush()
    process.stdout.readline()
    try:
        yield
    finally:
        process.communicate()
    if process.returncode:
        raise RuntimeError("The clients got an answer that was not 200.")


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], int(sys.argv[2]), sys.stdin.readline().strip()))
