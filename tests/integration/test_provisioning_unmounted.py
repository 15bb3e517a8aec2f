"""A declared root folder whose disk is away does not keep the program from starting."""

from __future__ import annotations

from pathlib import Path

import pytest

from radarr_desktop.domain.problem import Problem
from tests.fixtures_engine import EMPTY, RunningEngine, running_engine


def declared(folder: Path) -> str:
    return f'{EMPTY}\n[[root_folder]]\npath = "{folder}"\n'


def test_a_folder_known_before_may_be_away(tmp_path: Path) -> None:
    films = tmp_path / "films"
    films.mkdir()
    with running_engine(tmp_path, declared(films)) as running:
        running.stop()
        films.rename(tmp_path / "unmounted")
        running.start()
        (folder,) = running.do(running.engine.folders.all())
        assert (folder.path, folder.accessible) == (str(films), False)
        assert any(str(films) in item.message for item in running.do(running.engine.health()))


def test_a_remote_path_is_kept_changed_and_may_be_away(tmp_path: Path) -> None:
    torrents, other = tmp_path / "torrents", tmp_path / "other"
    torrents.mkdir()
    other.mkdir()
    table = '\n[[remote_path]]\nhost = "nas"\nremote = "/downloads"\nlocal = "{}"\n'
    with running_engine(tmp_path, EMPTY + table.format(torrents)) as running:
        paths = running.engine.remote_paths
        (kept,) = running.do(paths.all())
        assert (kept.host, kept.remote, kept.local, kept.derived) == ("nas", "/downloads", str(torrents), False)
        running.stop()
        torrents.rename(tmp_path / "unmounted")
        running.start()
        assert running.do(running.engine.remote_paths.all()) == [kept]
        assert any(str(torrents) in item.message for item in running.do(running.engine.health()))
        running.stop()
        running.config.write_text(EMPTY + table.format(other))
        running.start()
        assert [one.local for one in running.do(running.engine.remote_paths.all())] == [str(other)]


def test_a_folder_never_seen_is_a_mistake(tmp_path: Path) -> None:
    running = RunningEngine(tmp_path, declared(tmp_path / "nowhere"))
    try:
        with pytest.raises(Problem, match=r"Line 5: .*nowhere"):
            running.start()
    finally:
        running.stop()
