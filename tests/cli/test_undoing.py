"""`undo` and `trash` beside a real running program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.served import Served
from tests.cli.conftest import Run
from tests.fakes.film import film

NAME = "The.Salt.Meridian.2025.{}.BluRay.x264-KITE.mkv"


def put(run: Run, folder: Path, quality: str) -> Path:
    """Import a file; where the download lies."""
    path = folder / NAME.format(quality)
    path.write_bytes(film(quality.encode()))
    assert run("import", str(path), "--movie", "The Salt Meridian").code == 0
    return path


@pytest.fixture
def upgraded(served: Served, run: Run, tmp_path: Path) -> Served:
    """A movie that was imported twice."""
    put(run, tmp_path, "720p")
    put(run, tmp_path, "1080p")
    return served


def library(served: Served) -> list[str]:
    return sorted(path.name for path in served.library.glob("*/*.mkv"))


def test_lists_what_was_done_and_takes_it_back(upgraded: Served, run: Run) -> None:
    said = run("undo")
    assert (said.code, said.err) == (0, "")
    assert [line.split()[0] for line in said.out.splitlines()] == ["ID", "2", "1"]
    assert "Undo that first" in said.out
    (new,) = library(upgraded)
    assert "1080p" in new
    said = run("undo", "last")
    assert said.code == 0
    assert "Undone: The.Salt.Meridian.2025.1080p" in said.out
    (old,) = library(upgraded)
    assert "720p" in old
    assert run("undo", said.out.split()[-1]).code == 0
    assert library(upgraded) == [new]


def test_says_why_something_cannot_be_undone(upgraded: Served, run: Run) -> None:
    refused = run("undo", "1")
    assert refused.code == 1
    assert "cannot be undone" in refused.err
    assert run("undo", "4711").code == 4
    assert run("undo", "yesterday").code == 2
    assert run("trash").out.startswith("In the trash: 1\u00a0file, ")
    assert run("trash", "--empty").out.startswith("Deleted: 1\u00a0file, ")
    gone = run("undo", "2")
    assert gone.code == 1
    assert "not in the trash any more" in gone.err
    assert run("undo", "last").code == 4


def test_a_renaming_and_a_removal_are_listed_and_taken_back_too(upgraded: Served, run: Run) -> None:
    (before,) = library(upgraded)
    upgraded.client.put("/api/v3/config/naming/1", json={"standardMovieFormat": "{Movie Title}"})
    assert "Yours:   The Salt Meridian (2025)/The Salt Meridian.mkv" in run("naming", "show").out
    assert run("rename", "The Salt Meridian", "--yes").code == 0
    assert library(upgraded) == ["The Salt Meridian.mkv"]
    assert run("undo", "last").code == 0
    assert library(upgraded) == [before]
    (movie,) = upgraded.client.get("/api/v3/movie").json()
    assert upgraded.client.delete(f"/api/v3/moviefile/{movie['movieFile']['id']}").status_code == 200
    assert library(upgraded) == []
    newest = upgraded.client.get("/api/v4/undo", params={"limit": 1}).json()[0]
    assert (newest["kind"], newest["undoable"]) == ("delete", True)
    assert upgraded.client.post(f"/api/v4/undo/{newest['id']}", json={}).status_code < 300
    assert library(upgraded) == [before]
