"""The provisioning file: every mistake with its line, nothing applied by halves, the same twice."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from radarr_desktop.domain.events import MovieAdded
from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine import provisioning
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.provisioning import ConfigError, Source
from tests.fixtures_engine import RunningEngine, WorldThread, running_engine

ROOT = Path(__file__).parents[2]
KEY = "5a17" * 8


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """These variables, for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def mistakes(folder: Path, text: str | bytes) -> list[str]:
    """What ``config check`` says of a file."""
    file = folder / "wanted.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [str(one) for one in provisioning.check(file, Paths.default(folder / "data"))]


SERVICE = '[[plugin]]\nmodule = "webhook"\nname = "Hook"\n'
PROFILE = '[[quality_profile]]\nname = "HD"\nallowed = ["Bluray-1080p"]\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[port\n", ["Line 1: Expected ']'"]),
        ("# fine\n[port]\nport =\n", ["Line 3: This value cannot be read"]),
        ("[port]\nport = 1\nport = 2\n", ["Line 3: This name is there twice"]),
        ("[port]\n[media]\n[port]\n", ["Line 3: This table is there twice"]),
        ("[media]\nnaming = {\n", ["Line 2: "]),
        ('host = "unclosed\n', ["Line 1: "]),
        (b"[port]\n# \xff\xfe\n", ["Line 2: This is not UTF-8 text."]),
        ("[prot]\nport = 1\n", ["Line 1: “prot” is not known here."]),
        ("[port]\n\n# why\nprot = 1\n", ["Line 4: “prot” is not known here."]),
        ("[media]\nallow_copies = 1\n", ["Line 2: “allow_copies”: yes or no is needed."]),
        ('[port]\nport = "7878"\n', ["Line 2: “port”: a whole number is needed."]),
        ("[port]\nport = 65536\n", ["Line 2: “port”: it must be at most 65535."]),
        ("[port]\nport = -1\n", ["Line 2: “port”: it must be at least 0."]),
        ('[port]\nhost = ""\n', ["Line 2: “host” is empty."]),
        ('[port]\nport = 1\napi_key = "short"\n', ["Line 3: The API key is too short. It has 5 characters, 20 are"]),
        ('[port]\napi_key = "with a space in the middle"\n', ["Line 2: The API key has characters"]),
        ("port = 7878\n", ["Line 1: “port”: a table is needed. Write [port] on a line of its own."]),
        ("[root_folder]\npath = 'x'\n", ["Line 1: “root_folder”: there can be many. Write [[root_folder]]"]),
        ("[[root_folder]]\n\n", ["Line 1: “path” is missing here."]),
        ("[[root_folder]]\npath = 5\n", ["Line 2: “path”: a text is needed."]),
        ('[[root_folder]]\npath = "movies"\n', ["Line 2: movies cannot be a root folder. It is no full path."]),
        (
            '[[root_folder]]\npath = "/nowhere"\n',
            ["Line 2: /nowhere cannot be a root folder. There is no such folder."],
        ),
        (
            '[[root_folder]]\npath = "/etc/passwd"\n',
            ["Line 2: /etc/passwd cannot be a root folder. There is a file"],
        ),
        (
            '[[root_folder]]\npath = "{here}"\n[[root_folder]]\npath = "{here}/"\n',
            ["Line 4: {here}/ is named twice. Remove one."],
        ),
        (
            '[[root_folder]]\npath = "{here}"\n[[root_folder]]\npath = "{here}/inner"\n',
            ["Line 4: {here}/inner cannot be a root folder. It lies in {here}"],
        ),
        ('[[plugin]]\nname = "x"\n', ["Line 1: “module” is missing here."]),
        ('[[plugin]]\nmodule = "hdbist"\nname = "x"\n', ["Line 2: There is no plugin module “hdbist”. Known are: "]),
        (
            f"{SERVICE}enabled = 'yes'\nsettings.url = 'http://a/b'\n",
            ["Line 4: “enabled”: yes or no is needed."],
        ),
        (f'{SERVICE}settings = {{ url = "http://a/b", color = 1 }}\n', ["Line 4: color: there is no such setting."]),
        (f"{SERVICE}[plugin.settings]\nurl = 'http://a/b'\n\ncolor = 1\n", ["Line 7: color: there is no such setting"]),
        (
            f"{SERVICE}settings.url = 'http://a/b'\n{SERVICE.replace('Hook', 'hook')}settings.url = 'http://a/b'\n",
            ["Line 7: This plugin is there twice. Remove one, or change its name."],
        ),
        (
            f"{SERVICE}settings = {{ url = 'http://a/b' }}\ntags = [\n  'fine',\n  'not fine',\n]\n",
            ["Line 7: “not fine” is no tag."],
        ),
        (f"{SERVICE}settings = {{ url = 'http://a/b' }}\ntags = ['a', 5]\n", ["Line 5: “tags”: a text is needed."]),
        ('[[quality_profile]]\nname = "HD"\n', ["Line 1: “allowed” is missing here."]),
        ('[[quality_profile]]\nname = "HD"\nallowed = []\n', ["Line 3: Quality profile “HD” allows nothing."]),
        (
            '[[quality_profile]]\nname = "HD"\nallowed = [\n  "CAM",\n  "Blu-ray",\n]\n',
            ["Line 3: “Blu-ray” is no quality. Known are: Raw-HD"],
        ),
        (f'{PROFILE}cutoff = "CAM"\n', ["Line 4: The cutoff of quality profile “HD” is not among what it allows."]),
        (f"{PROFILE}{PROFILE}", ["Line 5: This quality profile is there twice."]),
        (
            "[[movie]]\ntmdb_id = 0\n",
            [
                "Line 1: A movie needs a [[qu",
                "Line 1: A movie needs a [[ro",
                "Line 2: “tmdb_id”: it must be more than 0.",
            ],
        ),
        (
            f'{PROFILE}[[movie]]\ntmdb_id = 603\nquality_profile = "UHD"\nroot_folder = "/x"\n',
            ["Line 6: No [[quality_profile]] of this file is called “UHD”.", "Line 7: /x is no [[root_folder]]"],
        ),
        (
            "[[movie]]\ntmdb_id = 603\n",
            ["Line 1: A movie needs a [[quality_profile]]", "Line 1: A movie needs a [[root_folder]]"],
        ),
        ("[media]\nnaming.folder = '{Year}'\n", ["Line 2: The folder name has no {Movie Title}"]),
        ("[media.naming]\nfile = '{Movie Title}/{Year}'\n", ["Line 2: The file name has a slash in it."]),
        ("[media]\nnaming = 3\n", ["Line 2: “naming”: a table is needed. Write [media.naming]"]),
        (
            '[port]\napi_key = "env:NOT_SET_ANYWHERE"\n',
            ["Line 2: The environment variable NOT_SET_ANYWHERE is not set."],
        ),
        ('[port]\napi_key = "file:nowhere"\n', ["Line 2: The file nowhere cannot be read: No such file or directory."]),
        (
            f'{SERVICE}settings = {{ url = "env:NOT_SET_ANYWHERE" }}\n',
            ["Line 4: The environment variable NOT_SET_ANYWHERE is not set."],
        ),
    ],
)
def test_every_mistake_is_named_with_its_line(tmp_path: Path, text: str | bytes, expected: list[str]) -> None:
    (tmp_path / "inner").mkdir()
    here = str(tmp_path)
    found = mistakes(tmp_path, text.replace("{here}", here) if isinstance(text, str) else text)
    assert len(found) == len(expected), found
    for said, wanted in zip(found, expected, strict=True):
        assert said.startswith(wanted.replace("{here}", here))


EVERYTHING_WRONG = """\
[port]
port = 'x'
api_key = 'short'
what = 1
[[root_folder]]
path = '/nowhere'
[[plugin]]
module = 5
tags = ['a', 5]
[[plugin]]
module = 'hdbist'
name = 'env:NOT_SET_ANYWHERE'
[[plugin]]
module = 'webhook'
name = 'Hook'
enabled = 'yes'
settings.color = 1
[[quality_profile]]
name = 'HD'
upgrades = 'no'
[[quality_profile]]
name = 'Any'
allowed = ['CAM', 5]
cutoff = 'DVD'
[[movie]]
quality_profile = 'UHD'
root_folder = '/x'
[media]
allow_copies = 0
naming.file = '{Movie Title}/{Year}'
"""


def test_all_mistakes_are_named_at_once_in_order(tmp_path: Path) -> None:
    assert [each.split(". ")[0].removesuffix(".") for each in mistakes(tmp_path, EVERYTHING_WRONG)] == [
        "Line 2: “port”: a whole number is needed",
        "Line 3: The API key is too short",
        "Line 4: “what” is not known here",
        "Line 6: /nowhere cannot be a root folder",
        "Line 7: “name” is missing here",
        "Line 8: “module”: a text is needed",
        "Line 9: “tags”: a text is needed",
        "Line 11: There is no plugin module “hdbist”",
        "Line 12: The environment variable NOT_SET_ANYWHERE is not set",
        "Line 16: “enabled”: yes or no is needed",
        "Line 17: color: there is no such setting",
        "Line 18: “allowed” is missing here",
        "Line 20: “upgrades”: yes or no is needed",
        "Line 23: “allowed”: a text is needed",
        "Line 24: The cutoff of quality profile “Any” is not among what it allows",
        "Line 25: “tmdb_id” is missing here",
        "Line 26: No [[quality_profile]] of this file is called “UHD”",
        "Line 27: /x is no [[root_folder]] of this file",
        "Line 29: “allow_copies”: yes or no is needed",
        "Line 30: The file name has a slash in it",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plugin = [5]\n", ["Line 1: “plugin”: a table is needed. Write [[plugin]] on a line of its own."]),
        (
            "[[quality_profile]]\nname = 5\nallowed = ['CAM']\n[[movie]]\ntmdb_id = 603\nquality_profile = 'HD'\n",
            ["Line 2: “name”: a text is needed.", "Line 4: A movie needs a [[root_folder]] in this file."],
        ),
        (
            f"{PROFILE}[root_folder]\npath = '/x'\n[[movie]]\ntmdb_id = 603\nroot_folder = '/x'\n",
            ["Line 4: “root_folder”: there can be many. Write [[root_folder]] instead of [root_folder]."],
        ),
        (
            f"{SERVICE}settings = 5\n",
            ["Line 4: “settings”: a table is needed."],
        ),
    ],
)
def test_a_mistake_brings_no_others_that_are_none(tmp_path: Path, text: str, expected: list[str]) -> None:
    found = mistakes(tmp_path, text)
    assert len(found) == len(expected), found
    for said, wanted in zip(found, expected, strict=True):
        assert said.startswith(wanted)


def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    """As root everything may be written, so what refuses here is a file system that cannot be."""
    assert mistakes(tmp_path, '[[root_folder]]\npath = "/proc/self"\n') == [
        "Line 2: /proc/self cannot be a root folder. It cannot be written. Check its owner and permissions."
    ]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "nowhere.toml", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(Problem, match=words):
            provisioning.check(path, Paths.default(tmp_path / "data"))


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    assert mistakes(tmp_path, b"\xef\xbb\xbf[port]\r\nport = 0\r\n") == []
    assert mistakes(tmp_path, b"\xef\xbb\xbf[port]\r\nport = 0\r\nwhat = 1\r\n") == [
        "Line 3: “what” is not known here."
    ]


def test_the_documented_example_is_right(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example
    movies, secret = tmp_path / "movies", tmp_path / "tmdb"
    movies.mkdir()
    secret.write_text(KEY + "\n")
    wanted = example[1].replace("/data/movies", str(movies)).replace("/run/secrets/tmdb", str(secret))
    with environment(RADARR_DESKTOP_API_KEY=KEY, HDBITS_USER="salt", HDBITS_PASSKEY=KEY):
        assert mistakes(tmp_path, wanted) == []
    unset = [(each.split(":")[0], each.split()[5]) for each in mistakes(tmp_path, wanted)]
    assert unset == [
        ("Line 5", "RADARR_DESKTOP_API_KEY"),
        ("Line 22", "HDBITS_USER"),
        ("Line 23", "HDBITS_PASSKEY"),
    ]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("port", "port"), 2),
        (("plugin", 0, "settings"), 5),
        (("plugin", 0, "settings", "b"), 7),
        (("plugin", 0, "settings", "text"), 8),
        (("plugin", 1), 11),
        (("plugin", 1, "settings", "deep", "deeper"), 12),
        (("plugin", 1, "tags"), 13),
        (("plugin", 1, "tags", 1), 15),
        (("plugin", 1, "tags", 2), 17),
        (("media", "naming", "file"), 20),
        (("media", "not there"), 19),
        (("nothing",), 1),
    ],
)
def test_a_value_knows_its_line(place: tuple[str | int, ...], line: int) -> None:
    text = (
        "[port]\nport = 1\n\n[[plugin]]\n[plugin.settings]\na = 1\nb = 2\ntext = '''\n[port]\n'''\n"
        "[[plugin]]\nsettings = { deep = { deeper = 1 } }\ntags = [\n  'one',\n  'two', # not three\n\n  'three'\n]\n"
        "[media]\nnaming.file = 'x'\n"
    )
    assert Source(Path("x"), text).line(*place) == line


FULL = """
[port]
port = "env:WANTED_PORT"
api_key = "file:secrets/key"
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
PASSKEY, TMDB_KEY, API_KEY = "7e1d" * 8, "c0ffee" * 5 + "00", "b4b3" * 8
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
    (tmp_path / "secrets" / "key").write_text(API_KEY + "\n")
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
        assert [one.message for one in caught.value.mistakes] == [
            "The file name uses {Colour}. Known are: Edition, Group, ImdbId, Movie Title, Quality, TmdbId, Year."
        ]
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


def _passkey(running: RunningEngine) -> str:
    indexer = running.do(running.engine.plugins.instances(PluginKind.INDEXER))[0]
    return running.do(running.engine.secrets.get(f"plugin/{indexer.id}/passkey"))
