"""The provisioning file as it is written: every mistake with its line, and none that is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine import provisioning
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.provisioning import Source
from radarr_desktop.loopback.made_up import made_up
from tests.fakes.environment import environment

ROOT = Path(__file__).parents[2]
KEY = made_up("hdbits")


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
            '[[remote_path]]\nhost = "nas"\nremote = "downloads"\nlocal = "/nowhere"\n',
            ["Line 3: “downloads” is no full path.", "Line 4: There is no folder /nowhere here."],
        ),
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
        (
            "[media.naming]\nfile = '{Movie Title}\\{Year}'\n",
            ["Line 2: The file name has a “\\”, which separates no folders."],
        ),
        (
            "[media.naming]\npreset = 'betamax'\n",
            ["Line 2: “betamax” is no naming preset. There are: plain, plex, jellyfin, emby, kodi."],
        ),
        ("[media.naming]\ncolon = 'never'\n", ["Line 2: “never” is no way to write a colon. There are: delete, dash,"]),
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
naming.file = '{Movie Title} {Director}'
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
        "Line 30: The file name uses {Director}, which is no token",
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
    movies, inbox, secret = tmp_path / "movies", tmp_path / "inbox", tmp_path / "tmdb.secret"
    movies.mkdir()
    inbox.mkdir()
    secret.write_text(KEY + "\n")
    wanted = example[1].replace("/data/movies", str(movies)).replace("/run/secrets/tmdb", str(secret))
    wanted = wanted.replace("/mnt/nas/torrents", str(movies)).replace("/data/inbox", str(inbox))
    services = {"HDBITS_USER": "salt", "HDBITS_PASSKEY": KEY, "PROWLARR_KEY": KEY, "TRACKER_TOKEN": KEY}
    with environment(RADARR_DESKTOP_API_KEY=KEY, **services):
        assert mistakes(tmp_path, wanted) == []
    unset = [(each.split(":")[0], each.split()[5]) for each in mistakes(tmp_path, wanted)]
    named = re.compile(r"env:(\w+)")
    lines = enumerate(wanted.splitlines(), 1)
    assert unset == [(f"Line {number}", name[1]) for number, line in lines if (name := named.search(line))]
    assert len(unset) == 6


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
