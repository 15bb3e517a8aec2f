"""The provisioning file applied: nothing by halves, the same twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from radarr_desktop.domain.events import MovieAdded
from radarr_desktop.domain.naming import Colon, Naming
from radarr_desktop.domain.stuck import DownloadSettings
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.provisioning import ConfigError
from radarr_desktop.loopback.made_up import made_up
from tests.fakes.environment import environment
from tests.fakes.guide_host import GuideHost
from tests.fixtures_engine import RunningEngine, WorldThread, running_engine

FULL = """
[port]
port = "env:WANTED_PORT"
api_key = "file:secrets/key.secret"
[[root_folder]]
path = "{library}"
[[plugin]]
module = "tmdb"
name = "TMDb"
tags = ["hd", "slow"]
settings = {{ api_key = "env:WANTED_TMDB", base_url = "{tmdb}", image_url = "{tmdb}" }}
[[plugin]]
module = "hdbits"
name = "HDBits"
enabled = "env:WANTED_HDBITS"
settings = {{ username = "salt", passkey = "env:WANTED_PASSKEY", base_url = "http://127.0.0.1:9" }}
[[quality_profile]]
name = "HD"
allowed = "env:WANTED_QUALITIES"
[[movie]]
tmdb_id = 900001
monitored = false
[media]
naming = {{ file = "{{Movie Title}} {{Quality}}" }}
"""
PASSKEY, TMDB_KEY, API_KEY = made_up("hdbits"), made_up("tmdb"), made_up("port")
WANTED = {
    "WANTED_PORT": "0",
    "WANTED_TMDB": TMDB_KEY,
    "WANTED_HDBITS": "no",
    "WANTED_PASSKEY": PASSKEY,
    "WANTED_QUALITIES": "WEB 1080p, Bluray-1080p",
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[WorldThread]:
    world = WorldThread(tmp_path)
    world.world.tmdb.api_key = TMDB_KEY
    yield world
    world.close()


@pytest.fixture
def wanted(tmp_path: Path, world: WorldThread) -> str:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "key.secret").write_text(API_KEY + "\n")
    (tmp_path / "library").mkdir()
    return FULL.format(library=tmp_path / "library", tmdb=world.world.tmdb.url)


def dump(paths: Paths) -> list[str]:
    with sqlite3.connect(f"file:{paths.database}?mode=ro", uri=True) as database:
        lines = list(database.iterdump())
    database.close()
    return lines


def test_what_is_declared_is_there_and_twice_changes_nothing(tmp_path: Path, wanted: str) -> None:
    with environment(**WANTED), running_engine(tmp_path, wanted) as running:
        running.wait_for_event(MovieAdded)
        services = {one.name: one for one in running.do(running.engine.plugins.instances())}
        assert services["HDBits"].enabled is False
        assert services["TMDb"].settings["api_key"] == "********"
        assert len(services["TMDb"].tags) == 2
        assert running.api_key == API_KEY
        profile = running.do(running.engine.profiles.all())[0]
        assert profile.allowed_titles == ["Bluray-1080p", "WEB 1080p"]
        movie = running.do(running.engine.movies.all())[0]
        assert (movie.info.title, movie.monitored, movie.folder) == (
            "The Salt Meridian",
            False,
            str(tmp_path / "library" / "The Salt Meridian (2025)"),
        )
        assert running.do(running.engine.settings.media()).naming.file == "{Movie Title} {Quality}"
        running.do(running.engine.jobs.idle())
        running.stop()
        before, sealed = dump(running.paths), (running.paths.data / "secrets.enc").read_bytes()
        running.start()
        running.stop()
        assert dump(running.paths) == before
        assert (running.paths.data / "secrets.enc").read_bytes() == sealed


def test_what_is_secret_is_in_the_secret_store_and_nowhere_else(tmp_path: Path, wanted: str) -> None:
    with environment(**WANTED), running_engine(tmp_path, wanted) as running:
        running.wait_for_event(MovieAdded)
        written = [path for path in running.paths.data.rglob("*") if path.is_file()]
        assert running.paths.database in written
        for secret in (PASSKEY, TMDB_KEY, API_KEY):
            assert [path for path in written if secret.encode() in path.read_bytes()] == []


def test_a_change_in_the_file_is_applied_at_the_next_start(tmp_path: Path, wanted: str) -> None:
    with environment(**WANTED), running_engine(tmp_path, wanted) as running:
        running.wait_for_event(MovieAdded)
        running.stop()
        more = wanted.replace("[[movie]]", '[[quality_profile]]\nname = "Any"\nallowed = ["CAM"]\n[[movie]]')
        more = more.replace("monitored = false", 'quality_profile = "Any"\nmonitored = true')
        running.config.write_text(more)
        with environment(WANTED_QUALITIES="Bluray-1080p", WANTED_PASSKEY="9" * 32):
            running.start()
        movie = running.do(running.engine.movies.all())[0]
        profiles = {one.id: one for one in running.do(running.engine.profiles.all())}
        assert movie.monitored
        assert profiles[movie.slot.profile_id].name == "Any"
        assert sorted(tuple(one.allowed_titles) for one in profiles.values()) == [("Bluray-1080p",), ("CAM",)]
        assert len(running.do(running.engine.plugins.instances())) == 2
        assert _passkey(running) == "9" * 32


def test_what_the_file_leaves_out_stays_as_the_user_has_it(tmp_path: Path, wanted: str) -> None:
    quiet = wanted.replace('enabled = "env:WANTED_HDBITS"\n', "").replace("monitored = false\n", "")
    with environment(**WANTED), running_engine(tmp_path, wanted) as running:
        running.wait_for_event(MovieAdded)
        running.stop()
        running.config.write_text(quiet)
        running.start()
        assert running.do(running.engine.movies.all())[0].monitored is False
        indexer = running.do(running.engine.plugins.instances(PluginKind.INDEXER))[0]
        assert indexer.enabled is False


def test_a_file_with_a_mistake_is_applied_in_no_part(tmp_path: Path, wanted: str) -> None:
    with environment(**WANTED), running_engine(tmp_path, wanted) as running:
        running.wait_for_event(MovieAdded)
        running.do(running.engine.jobs.idle())
        running.stop()
        before = dump(running.paths)
        running.config.write_text(wanted.replace("{Quality}", "{Colour}").replace('"HD"', '"Other"'))
        with pytest.raises(ConfigError) as caught:
            running.start()
        assert [one.message for one in caught.value.mistakes] == ["The file name uses {Colour}, which is no token."]
        running.stop()
        assert dump(running.paths) == before
        assert not running.paths.port_file.exists()


def test_a_movie_that_could_not_be_added_is_told_and_tried_again(tmp_path: Path, wanted: str) -> None:
    with environment(**(WANTED | {"WANTED_TMDB": "0" * 32})), running_engine(tmp_path, wanted) as running:
        running.do(running.engine.jobs.idle())
        health = {one.source: one for one in running.do(running.engine.health())}
        assert health["movie 900001"].message.startswith("The movie with TMDb id 900001 could not be added. ")
        assert "TMDb" in health["TMDb"].message
        running.stop()
        with environment(**WANTED):
            running.start()
        running.wait_for_event(MovieAdded)
        assert "movie 900001" not in {one.source for one in running.do(running.engine.health())}


def test_the_usual_names_are_kept_where_the_file_has_none(tmp_path: Path) -> None:
    with running_engine(tmp_path, "[port]\nport = 0\n[media]\nallow_copies = true\n") as running:
        media = running.do(running.engine.settings.media())
        assert media.allow_copies
        assert media.naming == Naming()


def test_names_start_from_a_preset_and_the_file_goes_before_it(tmp_path: Path) -> None:
    text = "[port]\nport = 0\n[media.naming]\npreset = 'plex'\nfolder = '{Movie Title}'\ncolon = 'dash'\n"
    with running_engine(tmp_path, text) as running:
        naming = running.do(running.engine.settings.media()).naming
        assert (naming.folder, naming.colon, naming.replace_illegal) == ("{Movie Title}", Colon.DASH, True)
        assert "{edition-{Edition Tags}}" in naming.file


def test_patience_with_downloads_can_be_declared(tmp_path: Path) -> None:
    text = "[port]\nport = 0\n[downloads]\nstalled_hours = 48\nstrikes = 'env:STRIKES'\nprivate_ratio = 1.5\n"
    with environment(STRIKES="4"), running_engine(tmp_path, text) as running:
        settings = running.do(running.engine.settings.downloads())
        assert settings == DownloadSettings(stalled_hours=48.0, strikes=4, private_ratio=1.5)


def _passkey(running: RunningEngine) -> str:
    indexer = running.do(running.engine.plugins.instances(PluginKind.INDEXER))[0]
    return running.do(running.engine.secrets.get(f"plugin/{indexer.id}/passkey"))


WISHES = """
[port]
port = 0
[[custom_format]]
name = "Director's cut"
pattern = '\\bDirector.?s.?Cut\\b'
[[custom_format]]
source = "guide/one.json"
[[quality_profile]]
preset = "space-saver"
largest = "3.5 GB"
scores = { "Director's cut" = 7, "From the guide" = -5 }
[[quality_profile]]
name = "Plain"
allowed = ["WEB 1080p"]
language = "French"
"""


def test_formats_presets_and_scores_can_be_declared(tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "one.json").write_text(
        """{"name": "From the guide", "includeCustomFormatWhenRenaming": false, "specifications": [
        {"name": "x264", "implementation": "ReleaseTitleSpecification", "negate": false, "required": true,
         "fields": {"value": "x264"}}]}"""
    )
    with running_engine(tmp_path, WISHES) as running:
        ids = {format.name: format.id for format in running.do(running.engine.formats.all())}
        saver, plain = running.do(running.engine.profiles.all())
        assert (saver.name, saver.cap, plain.name) == ("Space saver", 3_500_000_000, "Plain")
        assert plain.language.name == "French"
        scores = saver.format_scores
        assert (scores[ids["Director's cut"]], scores[ids["From the guide"]]) == (7, -5)
        assert scores[ids["Small files (HEVC or AV1)"]] == 20
        running.stop()
        running.start()
        again = running.do(running.engine.profiles.all())
        assert [(one.id, one.version) for one in again] == [(saver.id, saver.version), (plain.id, plain.version)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[[custom_format]]", "needs either"),
        ('[[custom_format]]\nname = "A"', "it is empty"),
        ('[[custom_format]]\nname = "A"\npattern = "(x"', "this “(” has no “)”"),
        ('[[custom_format]]\nname = "A"\nsource = "b"', "needs either"),
        ('[[quality_profile]]\npreset = "tiny"', "“tiny” is no preset. There are: balanced, space-saver, best."),
        ('[[quality_profile]]\npreset = "best"\nallowed = ["DVD"]', "A preset says itself what is allowed"),
        ('[[quality_profile]]\nname = "A"\nallowed = ["DVD"]\nlargest = "much"', "“much” is no size"),
        ('[[quality_profile]]\nname = "A"\nallowed = ["DVD"]\nlanguage = "Elvish"', "“Elvish” is no language"),
        (
            '[[quality_profile]]\nname = "A"\nallowed = ["DVD"]\nscores = { B = "many" }',
            "Line 6: “B”: a whole number is needed.",
        ),
        ("[downloads]\nstrikes = 0", "Line 4: It goes from 1 to 20 strikes."),
        ("[downloads]\nstalled_hours = -1", "Line 4: It goes from 0 to 8,760 hours."),
    ],
)
def test_wishes_that_cannot_be_meant_are_named_with_their_line(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught, running_engine(tmp_path, f"[port]\nport = 0\n{wrong}\n"):
        pass
    assert said in str(caught.value)


def test_scores_for_formats_that_are_fetched_are_given_when_these_are_there(tmp_path: Path, world: WorldThread) -> None:
    host = GuideHost()
    world.do(host.__aenter__())
    address = host.put("/one.json", {"name": "From afar", "specifications": [AFAR]})
    profile = '[[quality_profile]]\nname = "A"\nallowed = ["DVD"]\nscores = { "From afar" = 9 }'
    with running_engine(tmp_path, f'[port]\nport = 0\n[[custom_format]]\nsource = "{address}"\n{profile}\n') as running:
        found = running.wait_for(lambda: running.do(running.engine.profiles.all())[0].format_scores, "A score")
        assert list(found.values()) == [9]
    world.do(host.__aexit__(None, None, None))


AFAR = {"name": "DVD", "implementation": "ReleaseTitleSpecification", "fields": {"value": "dvd"}}
