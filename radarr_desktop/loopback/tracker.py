"""A BitTorrent tracker over HTTP: announce and scrape, compact answers."""

from __future__ import annotations

import asyncio
import ipaddress
import urllib.parse

from starlette.types import Receive, Scope, Send

from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.server import Server
from radarr_desktop.loopback.torrents import bencode

INTERVAL = 5
PASSKEY = made_up("tracker")


class Tracker(Server):
    """Who has what. Its state is plain to read: ``peers`` by info hash, ``announces`` in order.

    Its address holds a passkey, as a private tracker's does; the path is the one libtorrent asks at on loopback.
    """

    def __init__(self) -> None:
        super().__init__()
        self.peers: dict[str, dict[tuple[str, int], int]] = {}
        """Info hash -> (address, port) -> bytes left."""
        self.announces: list[dict[str, str]] = []
        self.failures: dict[str, str] = {}
        """Info hash -> the reason it is refused with."""
        self._changed = asyncio.Condition()

    @property
    def url(self) -> str:
        """The announce address."""
        return f"{super().url}/announce?passkey={PASSKEY}"

    def seeds(self, info_hash: str) -> int:
        """How many peers have everything."""
        return sum(not left for left in self.peers.get(info_hash, {}).values())

    async def seeded(self, info_hash: str, timeout: float = 60.0) -> None:
        """Return once somebody seeds this torrent."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(lambda: self.seeds(info_hash))

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = urllib.parse.parse_qs(scope["query_string"].decode("ascii", "replace"), encoding="latin-1")
        hashes = [value.encode("latin-1", "replace").hex() for value in query.get("info_hash", [])]
        if query.pop("passkey", []) != [PASSKEY]:
            answer = bencode({"failure reason": "unknown passkey"})
        elif scope["path"] == "/announce" and hashes and query.get("port", [""])[0].isdecimal():
            answer = self._announce(hashes[0], {key: values[0] for key, values in query.items()}, scope["client"][0])
        elif scope["path"] == "/scrape":
            answer = bencode({"files": {}}) if not hashes else self._scrape(hashes)
        else:
            answer = bencode({"failure reason": "this is a tracker: /announce or /scrape"})
        headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})
        async with self._changed:
            self._changed.notify_all()

    def _announce(self, info_hash: str, query: dict[str, str], address: str) -> bytes:
        self.announces.append(query | {"info_hash": info_hash})
        if reason := self.failures.get(info_hash):
            return bencode({"failure reason": reason})
        swarm = self.peers.setdefault(info_hash, {})
        me = (address, int(query["port"]))
        if query.get("event") == "stopped":
            swarm.pop(me, None)
        else:
            swarm[me] = int(query.get("left", "1"))
        packed = {4: b"", 6: b""}
        for host, port in swarm:
            if (host, port) != me:
                parsed = ipaddress.ip_address(host)
                packed[parsed.version] += parsed.packed + port.to_bytes(2, "big")
        seeds = self.seeds(info_hash)
        counts = {"complete": seeds, "incomplete": len(swarm) - seeds}
        times = {"interval": INTERVAL, "min interval": INTERVAL}
        return bencode(counts | times | {"peers": packed[4], "peers6": packed[6]})

    def _scrape(self, hashes: list[str]) -> bytes:
        body = b""
        for info_hash in sorted(hashes):
            seeds = self.seeds(info_hash)
            counts = {"complete": seeds, "downloaded": 0, "incomplete": len(self.peers.get(info_hash, {})) - seeds}
            body += bencode(bytes.fromhex(info_hash)) + bencode(counts)
        return b"d5:filesd" + body + b"ee"
