"""`statistics` and `reputation` beside a real running program."""

from __future__ import annotations

from pathlib import Path

from radarr_desktop.loopback.releases import GOOD
from tests.api.served import Served
from tests.api.test_statistics import fake
from tests.cli.conftest import Run


def test_what_was_seen_is_told_and_written_into_a_file(served: Served, run: Run, tmp_path: Path) -> None:
    assert run("statistics").out.replace("\N{NO-BREAK SPACE}", " ") == "0 releases seen in the last 180 days.\n"
    assert run("search", "The Salt Meridian").code == 0
    said = run("statistics", "--days", "3").out
    for word in ("Resolution", "Fault", "MB/min", "Makes most", "Bluray-1080p"):
        assert word in said
    assert run("statistics", "--json").json["total"] > 3
    file = tmp_path / "report.html"
    assert run("statistics", "--report", str(file)).out == f"{file} is written.\n"
    assert "Common faults" in file.read_text(encoding="utf-8")
    refused = run("statistics", "--report", str(tmp_path / "nowhere" / "report.html"))
    assert refused.code == 1
    assert "cannot be written" in refused.err


def test_groups_stand_by_what_became_of_their_releases(served: Served, run: Run) -> None:
    assert run("reputation").out == "Nothing has become of a release yet.\n"
    fake(served, GOOD, 3)
    (group,) = run("reputation", "--json").json
    said = run("reputation").out
    assert group["written"] in said
    assert "Bluray-1080p" in said
    events = run("reputation", group["written"].lower()).out
    assert events.count("Fake or damaged") == 3
    assert GOOD in events
    assert run("reputation", "NOBODY").code == 4
