"""A fresh start has profiles to begin with, in plain words; what the user made of them stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from radarr_desktop.domain.custom_formats import subject_of
from radarr_desktop.domain.events import RulesChanged
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.profiles import QualityProfile, check_profile, make_profile
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.engine.library.movies import NewMovie
from tests.fixtures_engine import RunningEngine, running_engine, world_and_engine


def test_a_fresh_start_has_profiles_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    with running_engine(tmp_path) as running:
        first = running.do(running.engine.profiles.all())
        assert [profile.name for profile in first] == ["Balanced", "Space saver", "Best"]
        for profile in first:
            check_profile(profile)
        for profile in first[1:]:
            running.do(running.engine.profiles.remove(profile.id))
        running.stop()
        running.start()
        assert [profile.name for profile in running.do(running.engine.profiles.all())] == ["Balanced"]


def test_a_file_that_declares_profiles_needs_no_others(tmp_path: Path) -> None:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        assert [profile.name for profile in running.do(running.engine.profiles.all())] == ["HD"]
        movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        profile = running.do(running.engine.profiles.get(movie.slot.profile_id))
        assert profile == make_profile(
            "HD", ["HDTV-1080p", "WEBRip-1080p", "WEBDL-1080p", "Bluray-1080p"], id=profile.id
        )
        assert running.do(running.engine.profiles.used()) == {profile.id: 1}


def test_a_preset_is_an_ordinary_profile_until_it_is_stored(tmp_path: Path) -> None:
    with running_engine(tmp_path) as running:
        engine = running.engine
        before = running.do(engine.formats.all())
        draft = running.do(engine.profiles.preset("space-saver"))
        assert draft.id == 0
        assert running.do(engine.formats.all()) == before
        assert draft.limits(BY_NAME["webdl-1080p"]).cap == 5_000_000_000
        with pytest.raises(Problem, match=r"no preset “tiny”.*balanced, space-saver, best"):
            running.do(engine.profiles.preset("tiny"))


def test_presets_prefer_what_they_promise(tmp_path: Path) -> None:
    with running_engine(tmp_path) as running:
        profiles = {profile.name: profile for profile in running.do(running.engine.profiles.all())}
        scores = {name: _scores(running, profile) for name, profile in profiles.items()}
    assert scores["Space saver"] == {"plain": 0, "small": 20, "sound": 0, "hdr": 20, "3d": -1000, "enlarged": -1000}
    assert scores["Balanced"] == {"plain": 0, "small": 0, "sound": 10, "hdr": 10, "3d": -1000, "enlarged": -1000}
    assert scores["Best"] == {"plain": 0, "small": 0, "sound": 40, "hdr": 80, "3d": -1000, "enlarged": -1000}


NAMES = {
    "plain": "Some.Film.2020.1080p.BluRay.x264-GRP",
    "small": "Some.Film.2020.1080p.WEB-DL.x265-GRP",
    "sound": "Some.Film.2020.1080p.BluRay.DTS-HD.MA.5.1.x264-GRP",
    "hdr": "Some.Film.2020.2160p.BluRay.TrueHD.7.1.DV.HDR10.x265-GRP",
    "3d": "Some.Film.2020.1080p.BluRay.3D.HSBS.x264-GRP",
    "enlarged": "Some.Film.2020.2160p.BluRay.Upscaled.x264-GRP",
}


def _scores(running: RunningEngine, profile: QualityProfile) -> dict[str, int]:
    compiled = running.do(running.engine.formats.compiled())
    return {key: profile.format_score(compiled.match(subject_of(parse_release(name)))) for key, name in NAMES.items()}


def test_a_change_is_told_and_counts_the_version_up(tmp_path: Path) -> None:
    with running_engine(tmp_path) as running:
        profile = running.do(running.engine.profiles.all())[0]
        running.events.clear()
        renamed = running.do(running.engine.profiles.update(QualityProfile(profile.id, "Mine", profile.items, 7)))
        assert renamed.version == profile.version + 1
        running.wait_for_event(RulesChanged)
        again = running.do(running.engine.profiles.get(profile.id))
        assert running.do(running.engine.profiles.update(again)).version == again.version
