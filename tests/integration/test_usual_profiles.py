"""A fresh start has profiles to begin with; what the user made of them stays."""

from __future__ import annotations

from pathlib import Path

from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.engine.library.movies import NewMovie
from tests.fixtures_engine import running_engine, world_and_engine


def test_a_fresh_start_has_profiles_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    with running_engine(tmp_path) as running:
        first = running.do(running.engine.profiles.all())
        assert [profile.name for profile in first] == ["HD-1080p", "Ultra-HD", "HD - 720p/1080p", "Any"]
        assert all(profile.cutoff in {item.key for item in profile.items if item.allowed} for profile in first)
        for profile in first[1:]:
            running.do(running.engine.profiles.remove(profile.id))
        running.stop()
        running.start()
        assert [profile.name for profile in running.do(running.engine.profiles.all())] == ["HD-1080p"]


def test_a_file_that_declares_profiles_needs_no_others(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        assert [profile.name for profile in running.do(running.engine.profiles.all())] == ["HD"]
        movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        profile = running.do(running.engine.profiles.get(movie.slot.profile_id))
        assert profile == make_profile(
            "HD", ["HDTV-1080p", "WEBRip-1080p", "WEBDL-1080p", "Bluray-1080p"], id=profile.id
        )
