"""The keys of indexers get into no answer, log, database or file of the program."""

from __future__ import annotations

import logging
import re
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.prowlarr import LoopbackProwlarr
from radarr_desktop.loopback.releases import THE_SALT_MERIDIAN
from radarr_desktop.loopback.torrents import claiming
from radarr_desktop.loopback.torznab import Fault, Listing
from radarr_desktop.loopback.unit3d import Listing as Row
from radarr_desktop.loopback.unit3d import LoopbackUnit3D
from tests.api.served import NOBODY, Served
from tests.fixtures_engine import PATIENCE

KEYS = {name: made_up(name) for name in ("prowlarr", "token", "rss", "tracker")}
IMDB = int(THE_SALT_MERIDIAN.imdb_id.removeprefix("tt"))
PATHS = (
    "/api/v3/indexer",
    "/api/v3/indexer/schema",
    "/api/v3/history",
    "/api/v3/queue",
    "/api/v3/health",
    "/api/v4/indexers",
    "/api/v4/status",
    "/api/v3/blocklist",
)


def name(kind: str) -> str:
    return f"The.Salt.Meridian.2025.1080p.BluRay.x264-{kind}"


async def _open(served: Served, stack: AsyncExitStack) -> tuple[LoopbackProwlarr, LoopbackUnit3D]:
    prowlarr = await stack.enter_async_context(LoopbackProwlarr(KEYS["prowlarr"]))
    tracker = await stack.enter_async_context(LoopbackUnit3D(KEYS["token"], KEYS["rss"]))
    feed = prowlarr.keep(1, "A site").feed
    for kind in ("PRX", "MAG"):
        size, title = 700_000 + len(feed.listings), name(kind)
        torrent = claiming({f"{title}.mkv": size}, NOBODY)
        secret = f"http://tracker.example/{KEYS['tracker']}/announce"
        magnet = f"magnet:?xt=urn:btih:{torrent.info_hash}&tr={secret}" if kind == "MAG" else ""
        feed.add(
            Listing(
                title,
                torrent.data,
                magnet=magnet,
                size=size,
                seeders=9,
                imdb=IMDB,
                tmdb=THE_SALT_MERIDIAN.tmdb_id,
                info_hash=torrent.info_hash,
                attributes={"magneturl": magnet},
            )
        )
    torrent = claiming({f"{name('UNT')}.mkv": 710_000}, NOBODY)
    facts: dict[str, Any] = {"seeders": 9, "imdb": IMDB, "tmdb": THE_SALT_MERIDIAN.tmdb_id}
    tracker.add(Row(name("UNT"), torrent.data, size=710_000, info_hash=torrent.info_hash, **facts))
    plugins = served.engine.plugins
    source = {"base_url": prowlarr.url, "api_key": prowlarr.key}
    await plugins.save(Draft(PluginKind.INDEXER_SOURCE, "prowlarr", "Prowlarr", source))
    await plugins.save(
        Draft(PluginKind.INDEXER, "unit3d", "Tracker", {"base_url": tracker.url, "token": tracker.token})
    )
    await served.engine.sources.sync()
    for one in await plugins.instances(PluginKind.INDEXER):
        hasty = {**one.settings, "pause": 0}
        draft = Draft(PluginKind.INDEXER, one.implementation, one.name, hasty, id=one.id, priority=one.priority)
        await plugins.save(draft, force=True)
    return prowlarr, tracker


def _grab(served: Served, title: str) -> str:
    movie = served.client.get("/api/v3/movie").json()[0]
    shown = served.client.get("/api/v3/release", params={"movieId": movie["id"]}, timeout=PATIENCE)
    one = next(each for each in shown.json() if each["title"] == title)
    body = {"guid": one["guid"], "indexerId": one["indexerId"]}
    return shown.text + served.client.post("/api/v3/release", json=body, timeout=PATIENCE).text


@pytest.mark.parametrize("delay", [0, 60])
def test_a_pushed_link_keeps_its_passkey_to_itself(tmp_path: Path, delay: int) -> None:
    """One that is taken at once, and one that waits."""
    torrent = claiming({f"{name('PSH')}.mkv": 700_000}, NOBODY)
    link = f"magnet:?xt=urn:btih:{torrent.info_hash}&tr=http://tracker.example/{KEYS['tracker']}/announce"
    page = f"https://tracker.example/view?id=7&passkey={KEYS['rss']}"
    now = datetime.now(UTC).isoformat()
    body = {"title": name("PSH"), "protocol": "torrent", "publishDate": now, "size": 700_000}
    with Served(tmp_path) as served:
        served.furnish()
        delayed = {"id": 1, "order": 1, "tags": [], "enableTorrent": True, "torrentDelay": delay}
        served.client.put("/api/v3/delayprofile/1", json=delayed).raise_for_status()
        told = served.client.post("/api/v3/release/push", json=body | {"magnetUrl": link, "infoUrl": page})
        assert told.json()[0]["temporarilyRejected"] is bool(delay)
        assert told.json()[0]["infoUrl"] == "https://tracker.example/view?id=7"
        shown = [told.text, *(served.client.get(path).text for path in (*PATHS, "/api/v4/why?movieId=1"))]
        assert served.client.get("/api/v3/queue").json()["totalRecords"] == 1
    assert not [text for text in shown if KEYS["tracker"] in text or KEYS["rss"] in text]
    for path in filter(Path.is_file, tmp_path.rglob("*")):
        keys = [key for key in KEYS.values() if key.encode() in path.read_bytes()]
        assert not keys or path.stat().st_mode & 0o077 == 0 == path.parent.stat().st_mode & 0o077, path
        assert not keys or path.parent.name in ("pushed", "torrents"), path


def test_no_key_gets_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stack = AsyncExitStack()
    with Served(tmp_path) as served:
        served.furnish()
        prowlarr, _ = served.call(_open(served, stack))
        told = [_grab(served, name("PRX")), _grab(served, name("UNT"))]
        prowlarr.kept[1].feed.fail(Fault.TORRENT_HTML, times=1)
        told.append(_grab(served, name("PRX")))
        prowlarr.kept[1].feed.fail(Fault.WRONG_KEY)
        told += [served.client.post("/api/v3/indexer/testall").text]
        told += [served.client.get(path).text for path in PATHS]
        grabbed = [one["sourceTitle"] for one in served.client.get("/api/v3/history").json()["records"]]
        assert {name("PRX"), name("UNT")} <= set(grabbed)
        served.call(stack.aclose())
    written = {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert any(path.endswith(".db") or "sqlite" in path for path in written), "the database was not looked at"
    for what, key in KEYS.items():
        assert not [text for text in told if key in text], f"{what} shows in an answer"
        assert key not in caplog.text, f"{what} was logged"
        found = [path for path, content in written.items() if re.search(key.encode(), content)]
        assert not found, f"{what} was written to {found}"
