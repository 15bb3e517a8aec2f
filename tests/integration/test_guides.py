"""Guides come in from files, folders and addresses, whole or not at all, and go out again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.quality.fetch import LARGEST
from radarr_desktop.engine.quality.guides import Guides
from tests.fakes.guide_host import GuideHost
from tests.fixtures_engine import RunningEngine, running_engine

GUIDE = Path(__file__).parents[3] / "shared" / "trash" / "docs" / "json" / "radarr"
beside = pytest.mark.skipif(not GUIDE.is_dir(), reason="TRaSH's guide lies beside the project, not in it")


def format_of(name: str, pattern: str = "x265", **more: Any) -> dict[str, Any]:
    condition = {"implementation": "ReleaseTitleSpecification", "negate": False, "required": True}
    return {
        "name": name,
        "includeCustomFormatWhenRenaming": False,
        "specifications": [{"name": "It", **condition, "fields": {"value": pattern}}],
        **more,
    }


PROFILE = {
    "trash_id": "f" * 32,
    "name": "HD of the guide",
    "trash_score_set": "small",
    "cutoff": "WEB 1080p",
    "minFormatScore": 0,
    "cutoffFormatScore": 100,
    "minUpgradeFormatScore": 1,
    "language": "English",
    "upgradeAllowed": True,
    "items": [
        {"name": "WEB 1080p", "allowed": True, "items": ["WEBRip-1080p", "WEBDL-1080p"]},
        {"name": "HDTV-1080p", "allowed": True},
    ],
    "formatItems": {"HEVC": "a" * 32, "Missing": "e" * 32},
}


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    with running_engine(tmp_path_factory.mktemp("program")) as running:
        yield running


@pytest.fixture
def host(running: RunningEngine) -> Iterator[GuideHost]:
    host = GuideHost()
    running.do(host.__aenter__())
    yield host
    running.do(host.__aexit__(None, None, None))


def guides(running: RunningEngine, host: GuideHost) -> Guides:
    engine = running.engine
    return Guides(engine.db, engine.formats, engine.profiles, engine.definitions, "1", host.hosts)


def test_a_file_is_taken_once_changed_and_left_alone(running: RunningEngine, tmp_path: Path) -> None:
    file = tmp_path / "hevc.json"
    guide = running.engine.guides
    body = format_of("Once", trash_id="b" * 32, trash_scores={"default": 5, "small": 50}, trash_regex="https://…")
    file.write_text(json.dumps(body), encoding="utf-8")
    assert running.do(guide.take(str(file))).added == ("Once",)
    assert running.do(guide.take(str(file))).same == ("Once",)
    renamed = body | {"name": "Twice"}
    file.write_text("\ufeff" + json.dumps(renamed), encoding="utf-8")
    assert running.do(guide.take(str(file))).changed == ("Twice",)
    written = running.do(guide.export())
    assert [one for one in written if one.get("trash_id") == "b" * 32] == [renamed]


def test_a_folder_brings_formats_and_the_profile_that_is_named(running: RunningEngine, tmp_path: Path) -> None:
    for name, body in {
        "cf/hevc.json": format_of("HEVC", trash_id="a" * 32, trash_scores={"default": 5, "small": 50}),
        "profiles/hd.json": PROFILE,
        "sizes.json": {
            "trash_id": "c" * 32,
            "type": "tiny",
            "qualities": [{"quality": "HDTV-1080p", "min": 1, "preferred": 1999, "max": 2000}],
        },
        "broken.json": {"name": "neither"},
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(body), encoding="utf-8")
    taken = running.do(running.engine.guides.take(str(tmp_path), ["hd of the guide"]))
    assert (taken.added, taken.profiles, taken.kept) == (("HEVC",), ("HD of the guide",), {"profile": 1, "sizes": 1})
    assert [problem.split(":")[0] for problem in taken.problems] == ["broken.json", "HD of the guide"]
    profile = next(one for one in running.do(running.engine.profiles.all()) if one.name == "HD of the guide")
    ids = {format.name: format.id for format in running.do(running.engine.formats.all())}
    assert profile.format_scores == {ids["HEVC"]: 50}
    written = running.do(running.engine.guides.export_profile(profile.id))
    assert {**written, "items": written["items"][:2]} == PROFILE | {"formatItems": {"HEVC": "a" * 32}}

    running.do(running.engine.guides.use_sizes("tiny"))
    sizes = {one.quality.name: one for one in running.do(running.engine.definitions.all())}
    assert (sizes["HDTV-1080p"].min, sizes["HDTV-1080p"].preferred, sizes["HDTV-1080p"].max) == (1, None, None)


def test_what_cannot_be_used_is_left_out_and_named(running: RunningEngine, tmp_path: Path) -> None:
    file = tmp_path / "formats.json"
    bodies = [format_of("Fine"), format_of("Runs away", "(a+)+$"), format_of("fine", "x264"), format_of("half \ud800")]
    file.write_text(json.dumps(bodies), encoding="ascii")
    with pytest.raises(Problem, match=r"formats.json cannot be read"):
        running.do(running.engine.guides.take(str(file)))  # half a character is no text
    file.write_text(json.dumps(bodies[:3]), encoding="ascii")
    taken = running.do(running.engine.guides.take(str(file)))
    assert taken.added == ("Fine",)
    assert len(taken.problems) == 2
    assert "takes too long" in taken.problems[0]
    assert "another custom format “fine” already" in taken.problems[1]


def test_an_address_is_fetched_over_a_few_redirects(running: RunningEngine, host: GuideHost) -> None:
    host.files["/moved"] = host.put("/one.json", format_of("From afar"))
    assert running.do(guides(running, host).take(f"{host.url}/moved")).added == ("From afar",)
    host.files["/round"] = f"{host.url}/round"
    with pytest.raises(Problem, match="from address to address"):
        running.do(guides(running, host).take(f"{host.url}/round"))


def test_a_folder_on_github_is_fetched_file_by_file(running: RunningEngine, host: GuideHost) -> None:
    paths = ["docs/cf/one two.json", "docs/cf/deep/two.json", "docs/cf/read.me", "other/three.json"]
    tree = {"tree": [{"path": path, "type": "blob"} for path in paths] + [{"path": 5}]}
    host.put("/api/repos/salt/guides/git/trees/main", tree)
    host.put("/raw/salt/guides/main/docs/cf/one two.json", format_of("GitHub 1"))
    host.put("/raw/salt/guides/main/docs/cf/deep/two.json", format_of("GitHub 2"))
    taken = running.do(guides(running, host).take(f"{host.url}/salt/guides/tree/main/docs/cf"))
    assert sorted(taken.added) == ["GitHub 1", "GitHub 2"]
    again = running.do(guides(running, host).take(f"{host.url}/salt/guides/blob/main/docs/cf/deep/two.json"))
    assert again.same == ("GitHub 2",)
    with pytest.raises(Problem, match="no JSON file in docs/nothing"):
        running.do(guides(running, host).take(f"{host.url}/salt/guides/tree/main/docs/nothing"))


@pytest.mark.parametrize(
    ("path", "body", "kind", "words"),
    [
        ("/gone.json", None, Kind.NOT_FOUND, "answered 404"),
        ("/page.html", b"<html>", Kind.BAD_INPUT, "page.html cannot be read. It is no JSON."),
        ("/deep.json", b"[" * 100_000, Kind.BAD_INPUT, "deep.json cannot be read"),
        ("/big.json", b" " * (LARGEST + 1), Kind.UNREACHABLE, "was cut off"),
    ],
)
def test_what_is_no_guide_is_refused(
    running: RunningEngine, host: GuideHost, path: str, body: bytes | None, kind: Kind, words: str
) -> None:
    if body is not None:
        host.put(path, body)
    with pytest.raises(Problem) as caught:
        running.do(guides(running, host).take(f"{host.url}{path}"))
    assert caught.value.kind is kind
    assert words in str(caught.value)


def test_nothing_is_fetched_that_could_be_changed_on_the_way(running: RunningEngine, host: GuideHost) -> None:
    before = list(host.asked)
    for address in ("http://198.51.100.7/one.json", "ftp://127.0.0.1/one.json", "file:///etc/hostname"):
        with pytest.raises(Problem) as caught:
            running.do(guides(running, host).take(address))
        assert caught.value.kind is Kind.REFUSED
    assert host.asked == before


def test_a_file_that_is_not_there_is_told(running: RunningEngine, tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        running.do(running.engine.guides.take(str(tmp_path / "nothing.json")))
    assert caught.value.kind is Kind.NOT_FOUND
    for source in ("", "guide.json", "~nobody-has-this-name/guide.json", "/half\0name"):
        with pytest.raises(Problem, match="Give a full path"):
            running.do(running.engine.guides.take(source))
    with pytest.raises(Problem, match="no profile “Nobody” of a guide"):
        running.do(running.engine.guides.use_profile("Nobody"))


@beside
def test_the_whole_guide_comes_in_and_goes_out(tmp_path: Path) -> None:
    bodies = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted((GUIDE / "cf").glob("*.json"))}
    with running_engine(tmp_path) as running:
        guide = running.engine.guides
        taken = running.do(guide.take(str(GUIDE), ["HD Bluray + WEB", "[German] HD Bluray + WEB"]))
        assert len(taken.added) == 242
        assert not taken.problems
        assert taken.profiles == ("HD Bluray + WEB", "[German] HD Bluray + WEB")
        assert taken.kept == {"profile": 40, "group": 40, "sizes": 4, "naming": 1, "profile groups": 1, "conflicts": 1}
        written = {one["name"]: one for one in running.do(guide.export())}
        assert all(written[body["name"]] == body for body in bodies.values())
        assert not running.do(guide.take(str(GUIDE))).changed
        assert len([preset for preset in running.do(running.engine.names.presets()) if preset.is_of_guide]) == 17
        assert running.do(running.engine.formats.lint()) == []
        compiled = running.do(running.engine.formats.compiled())
        assert len(compiled.formats) > 242
