"""What must not be downloaded is not: not a byte of it, though somebody would give it away."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.loopback.hdbits import Listing
from radarr_desktop.loopback.torrents import TorrentFile
from tests.integration.stage import Stage

TITLE = "The.Salt.Meridian.2025.1080p.BluRay.DTS-HD.MA.5.1.x264-{}"
KB = 1024
BAD = {
    "PROG": {"film.mkv": 600 * KB, "setup.exe": 20 * KB},
    "PACK": {f"film.r{number:02}": 100 * KB for number in range(6)},
    "NONE": {"film.bin": 600 * KB},
    "PART": {"film.mkv": 300 * KB, "data.bin": 300 * KB},
    "MANY": {"one.mkv": 300 * KB, "two.mkv": 300 * KB},
    "DISC": {"BDMV/STREAM/00001.m2ts": 600 * KB, "BDMV/index.bdmv": 1 * KB},
}


def offered(stage: Stage, group: str, files: dict[str, int]) -> TorrentFile:
    """A release that looks better than the good one, really seeded."""
    world, title = stage.world.world, TITLE.format(group)
    folder: Path = world.folder / title
    for name, size in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(secrets.token_bytes(size))
    number = int(world.movie.imdb_id.removeprefix("tt"))
    listing = Listing(name=title.replace(".", " "), seeders=5000, leechers=1, imdb=number)
    return stage.world.do(world.share(folder, title, listing=listing))


def test_of_six_bad_ones_that_are_seeded_no_byte_comes(stage: Stage) -> None:
    torrents = {group: offered(stage, group, files) for group, files in BAD.items()}
    movie = stage.add(search=True)
    assert stage.imported().path.endswith(".mkv")
    seeder = stage.world.world.seeder
    assert {group: seeder.given(torrent) for group, torrent in torrents.items()} == dict.fromkeys(BAD, 0)
    assert seeder.given(stage.good) > 0
    history = stage.running.do(stage.running.engine.decisions.why(movie.id)).history
    looked = {entry.title for entry in history if entry.kind is HistoryKind.INSPECTED}
    assert {TITLE.format(group) for group in BAD} <= looked
    blocked = {one.title: one.cause for one in stage.running.do(stage.running.engine.blocklist.all())}
    assert {group: blocked[TITLE.format(group)] for group in BAD} == {
        "PROG": "DangerousContent",
        "PACK": "Packed",
        "NONE": "NoVideo",
        "PART": "NoVideo",
        "MANY": "SeveralMovies",
        "DISC": "QualityRejected",
    }


def test_archives_are_fetched_where_they_are_unpacked(quick: Stage) -> None:
    torrent = offered(quick, "PACK", BAD["PACK"])
    engine, do = quick.running.engine, quick.running.do
    do(engine.settings.save_media(replace(do(engine.settings.media()), unpack=True)))
    movie = quick.add(search=True)
    quick.running.wait_for(lambda: quick.world.world.seeder.given(torrent) > 0, "the first bytes")
    assert quick.grabs(movie)[-1].title == TITLE.format("PACK")
    dropped = quick.running.do(engine.search.drop(torrent.data, movie_id=movie.id))
    assert dropped.grab is not None
