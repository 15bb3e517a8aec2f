"""A database with releases that were judged and groups of which something is known."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from radarr_desktop.domain.decision import Candidate, Situation, evaluate
from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.records import ProfileMark
from radarr_desktop.plugin_api import MovieInfo, Release
from radarr_desktop.store import evidence, movies, profiles, releases, verdicts
from tests.fakes.outcomes import outcomes

GB = 1024**3
KINDS = (
    ("2160p.UHD.BluRay.REMUX.DV.HDR10.HEVC.TrueHD.7.1.Atmos", 62),
    ("2160p.UHD.BluRay.x265.10bit.HDR.DTS-X.7.1", 24),
    ("2160p.WEB-DL.DV.HDR.DDP5.1.Atmos.H.265", 19),
    ("2160p.WEB-DL.DDP5.1.H.265", 15),
    ("1080p.BluRay.REMUX.AVC.DTS-HD.MA.5.1", 28),
    ("1080p.BluRay.DD5.1.x264", 11),
    ("1080p.WEB-DL.DDP5.1.H.264", 6),
    ("720p.BluRay.x264", 4),
    ("1080i.HDTV.DD5.1.H.264", 8),
    ("DVDRip.XviD.AC3", 1),
)
TITLES = ("Iron Petal", "Copper Saints", "Nine Lanterns", "Static Bloom", "The Salt Meridian", "Glasshouse Summer")


def fill(count: int = 400, events: int = 300) -> None:
    """So many releases of six movies, and events of their groups up to today. Runs in a transaction."""
    chance, now = random.Random(3), datetime.now(UTC)
    happened = outcomes(3, events)
    shift = now - happened[-1].at - timedelta(hours=5)
    for event in happened:
        movie_id = event.movie_id % len(TITLES) + 1
        title = event.title.replace("Film", TITLES[movie_id - 1].replace(" ", "."))
        moved = replace(event, at=event.at + shift, movie_id=movie_id, title=title, names=event.names)
        evidence.add(f"made:{event.id}", moved)
    groups = [event.group for event in happened]
    profile = profiles.save_profile(make_profile("HD", ["WEB 1080p", "Bluray-1080p"]))
    for number, title in enumerate(TITLES, 1):
        info = MovieInfo(900 + number, title, 2020 + number, runtime=95 + 5 * number)
        movie = movies.insert(Movie(0, info, (Slot(0, "", profile.id, "/l"),), f"/l/{number}"))
        names = [
            (
                f"{title.replace(' ', '.')}.{2020 + number}.{tags}-{chance.choice(groups)}",
                size * chance.uniform(0.6, 1.5),
            )
            for tags, size in chance.choices(KINDS, [9, 8, 9, 4, 10, 14, 16, 7, 2, 1], k=count // len(TITLES))
        ]
        seen = [
            Candidate(
                Release(f"{number} {place}", name, size=round(size * GB), seeders=5), parse_release(name), 1, "HDB"
            )
            for place, (name, size) in enumerate(names)
        ]
        known = releases.remember(seen, now)
        given = [(one.release_id, evaluate(one, movie, movie.slot, profile, Situation(now))) for one in known]
        verdicts.remember(movie.slot.id, given, now, ProfileMark(profile.id, 1))
