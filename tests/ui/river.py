"""A movie that waits for a better copy, and releases enough to see sizes: on top of the furnished world."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from radarr_desktop.domain.custom_formats import CustomFormat, Kind, Specification
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.loopback.hdbits import Listing
from tests.fixtures_engine import RunningEngine, WorldThread

GB = 1_000_000_000
RIVER, LANTERN = "Where the River Forgets", "Ninth Lantern"
OFFERS = (
    ("2160p.WEB-DL.EAC3.Atmos.DV.HDR10.H.265-NORTHPIER", 23.9, 301, 6),
    ("REMUX.2160p.UHD.BluRay.TrueHD.7.1.DV.HEVC-LANTERN", 58.2, 120, 24),
    ("1080p.WEBRip.AAC.5.1.x265-HALFMOON", 2.2, 0, 288),
    ("iTALiAN.2160p.WEB-DL.AC3.5.1.H.265-iTM", 15.4, 33, 288),
    ("720p.HDTV.AAC.2.0.x264-TIDE", 1.9, 5, 720),
    ("480p.CAM.x264-ZZ", 1.1, 2, 1464),
)
GROUPS = ("KITE", "ORM", "TIDE", "NORTHPIER", "HALFMOON", "LANTERN")
FORMATS = {"Dolby Vision": (r"\bDV\b", 300), "Atmos": (r"\bAtmos\b", 200), "Upscaled": (r"\bupscaled?\b", -500)}


def wait_for_better(world: WorldThread, running: RunningEngine) -> tuple[Movie, int]:
    """List the releases, search for both movies; the one that waits, and its profile."""
    engine = running.engine
    scores = {}
    for name, (pattern, points) in FORMATS.items():
        made = CustomFormat(0, name, (Specification(Kind.TITLE, name, {"value": pattern}),))
        scores[running.do(engine.formats.add(made)).id] = points
    wanted = make_profile("UHD", ["HDTV-1080p", "WEB 1080p", "WEB 2160p", "Bluray-2160p"], "WEB 2160p")
    profile = running.do(engine.profiles.add(replace(wanted, cap=22 * GB, format_scores=scores)))
    library = {movie.info.title: movie for movie in running.do(engine.movies.all())}
    for title, listings in ((RIVER, _river()), (LANTERN, _lantern())):
        movie = running.do(engine.movies.update(library[title].id, profile_id=profile.id))
        for listing in listings:
            number = int(movie.info.imdb_id.removeprefix("tt"))
            world.world.hdbits.add(replace(listing, imdb=number))
        running.do(engine.search.releases(movie.id))
    return library[RIVER], profile.id


def _river() -> list[Listing]:
    name = RIVER.replace(" ", ".") + ".2024."
    now = datetime.now(UTC)
    return [
        Listing(name + rest, size=round(size * GB), seeders=seeds, leechers=3, added=now - timedelta(hours=hours))
        for rest, size, seeds, hours in OFFERS
    ]


def _lantern() -> list[Listing]:
    dice = random.Random(7)
    name = LANTERN.replace(" ", ".") + ".2025.2160p.WEB-DL.EAC3.5.1.HDR10.H.265-"
    now = datetime.now(UTC)
    return [
        Listing(
            name + GROUPS[number % len(GROUPS)] + str(number),
            size=round(min(40.0, max(7.0, dice.gauss(19, 5))) * GB),
            seeders=dice.randint(1, 200),
            added=now - timedelta(hours=dice.randint(1, 600)),
        )
        for number in range(90)
    ]
