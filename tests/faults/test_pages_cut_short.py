"""A search of several pages that meets the end of the hour's requests: what had come counts, and why no more came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from radarr_desktop.domain.movie import Movie, Slot
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback import hdbits, prowlarr, torznab, unit3d
from radarr_desktop.loopback.releases import THE_SALT_MERIDIAN as FILM
from radarr_desktop.loopback.server import Server
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.store import movies
from tests.fakes.indexers import KEY, KINDS
from tests.fixtures_engine import EMPTY, running_engine

MANY = 250
NAME = "The.Salt.Meridian.2025.1080p.WEB-DL.DDP5.1.H.264-KITE{}"
IMDB = int(FILM.imdb_id.removeprefix("tt"))


def _hdbits() -> Server:
    server = hdbits.LoopbackHDBits("ann", KEY)
    for number in range(MANY):
        server.add(hdbits.Listing(NAME.format(number), hash=f"{number:040x}", imdb=IMDB))
    return server


def _torznab() -> Server:
    server = torznab.LoopbackTorznab(KEY)
    for number in range(MANY):
        server.feed.add(torznab.Listing(NAME.format(number), imdb=IMDB, tmdb=FILM.tmdb_id, info_hash=f"{number:040x}"))
    return server


def _unit3d() -> Server:
    server = unit3d.LoopbackUnit3D(KEY)
    for number in range(MANY):
        server.add(unit3d.Listing(NAME.format(number), imdb=IMDB, tmdb=FILM.tmdb_id, info_hash=f"{number:040x}"))
    return server


def _prowlarr() -> Server:
    server = prowlarr.LoopbackProwlarr(KEY)
    by_ids, by_text = server.keep(1, "By ids").feed, server.keep(2, "By text").feed
    by_text.ids = ()
    for feed, begin in ((by_ids, 0), (by_text, 40)):
        for number in range(begin, begin + 40):
            listing = torznab.Listing(NAME.format(number), imdb=IMDB, tmdb=FILM.tmdb_id, info_hash=f"{number:040x}")
            feed.add(listing)
    return server


@pytest.mark.expected_errors("indexer.failed")
@pytest.mark.parametrize(
    ("implementation", "serve", "hourly"),  # some are asked first what they can be asked
    [("HDBits", _hdbits, 1), ("Torznab", _torznab, 2), ("Unit3D", _unit3d, 1), ("ProwlarrSearch", _prowlarr, 2)],
)
def test_what_came_before_the_hour_was_spent_counts(
    implementation: str, serve: Callable[[], Server], hourly: int, tmp_path: Path
) -> None:
    server, kind = serve(), KINDS[implementation]
    with running_engine(tmp_path, EMPTY) as running:
        running.do(server.__aenter__())
        try:
            settings = {**kind.settings(server.url), "pause": 0.0, "hourly": hourly}
            draft = Draft(PluginKind.INDEXER, implementation, "Site", settings)
            running.do(running.engine.plugins.save(draft, force=True))
            profile = running.do(running.engine.profiles.all())[0]
            slot = Slot(0, "", profile.id, str(running.library))
            info = MovieInfo(FILM.tmdb_id, FILM.title, FILM.year, FILM.imdb_id)
            movie = Movie(0, info, (slot,), str(running.library / "The Salt Meridian"))
            movie_id = running.do(running.engine.db.run(lambda: movies.insert(movie))).id
            (state,) = running.do(running.engine.indexers.all())
            answered = running.do(running.engine.search.by_itself(movie_id, {state.id}))
            assert answered == {state.id}  # it has had its turn: the same again would end there again
            found = len(running.do(running.engine.decisions.why(movie_id)).releases)
            assert 0 < found < MANY
            (state,) = running.do(running.engine.indexers.all())
            assert f"What had come before counts: {found} releases." in state.tally.last_problem
            assert "requests of this hour" in state.tally.last_problem
            assert (state.tally.found, state.state) == (found, "ok")
        finally:
            running.do(server.__aexit__(None, None, None))
