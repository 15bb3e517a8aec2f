"""The loopback world plays its part: the fake wins by name, the good release once torrents are looked into."""

from __future__ import annotations

import asyncio
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from radarr_desktop.domain.decision import IndexerTerms, Situation
from radarr_desktop.domain.decision.contents import Promise, contents_fault
from radarr_desktop.domain.decision.evaluate import evaluate
from radarr_desktop.domain.decision.score import rank_key
from radarr_desktop.domain.decision.verdict import Candidate, Verdict
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.torrent import read_torrent
from radarr_desktop.loopback.world import World
from radarr_desktop.plugin_api import Query
from radarr_desktop.plugin_api.testing import running
from radarr_desktop_plugins.hdbits import HDBits, HDBitsSettings
from radarr_desktop_plugins.tmdb import TMDb, TMDbSettings

REASONS = {
    ".2160p.": "Remux-2160p is not wanted",
    ".WEBRip.": "too big",
    ".720p.": "Bluray-720p is not wanted",
    ".CAM.": "CAM is not wanted",
    "Road.2019": "The name says The Salt Meridian Road (2019)",
    "-EBB": "Not enough seeders",
    "Making.of": "The name says Salt and Light",
    "dvdscr": "is not wanted in profile HD",
}


async def judged(world: World, folder: Path) -> list[tuple[Candidate, Verdict]]:
    """Every release the indexer has, best first."""
    declared = tomllib.loads(world.provisioning(folder / "downloads", folder / "library"))
    wanted = declared["quality_profile"][0]
    profile = make_profile(wanted["name"], wanted["allowed"], wanted["cutoff"], upgrades=wanted["upgrades"])
    settings = {one["module"]: one["settings"] for one in declared["plugin"]}
    async with (
        running(TMDb, TMDbSettings.model_validate(settings["tmdb"])) as tmdb,
        running(HDBits, HDBitsSettings.model_validate(settings["hdbits"])) as hdbits,
    ):
        info = await tmdb.movie(declared["movie"][0]["tmdb_id"])
        releases = await hdbits.search(Query(info.title, info.year, info.imdb_id))
    slot = Slot(1, "", 1, "/library")
    movie = Movie(1, info, (slot,), "/library/The Salt Meridian (2025)")
    candidates = [Candidate(release, parse_release(release.title)) for release in releases]
    situation = Situation(datetime(2026, 1, 1, tzinfo=UTC), indexers=(IndexerTerms(0),))
    found = [(one, evaluate(one, movie, slot, profile, situation)) for one in candidates]
    return sorted(found, key=lambda pair: rank_key(*pair))


def test_each_rival_fails_for_its_own_reason_and_the_fake_only_by_its_files(tmp_path: Path) -> None:
    async def run() -> None:
        async with World(tmp_path) as world:
            found = await judged(world, tmp_path)
            accepted = [one.release.title for one, verdict in found if verdict.accepted]
            assert accepted[:2] == [world.fake, world.good]
            assert all("WEB-DL" in title for title in accepted[2:])
            for part, reason in REASONS.items():
                (verdict,) = (verdict for one, verdict in found if part in one.release.title)
                assert any(reason in sentence for sentence in verdict.rejections), f"{part}: {verdict.rejections}"
            faults = {}
            for title in accepted[:2]:
                torrent = world.torrents[title]
                found_in = contents_fault(read_torrent(torrent.data).files, Promise(torrent.size))
                faults[title] = found_in.reason if found_in else None
            assert faults == {world.fake: Reason.DANGEROUS_CONTENT, world.good: None}

    asyncio.run(run())
