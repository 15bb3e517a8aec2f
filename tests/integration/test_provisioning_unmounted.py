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


def test_a_folder_never_seen_is_a_mistake(tmp_path: Path) -> None:
    running = RunningEngine(tmp_path, declared(tmp_path / "nowhere"))
    try:
        with pytest.raises(Problem, match=r"Line 5: .*nowhere"):
            running.start()
    finally:
        running.stop()
