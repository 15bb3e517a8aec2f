"""A rename that ends in the middle: after the next start all of it is done, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.operations import Change, OperationKind, Step
from radarr_desktop.engine.journal import moves
from radarr_desktop.engine.library import rename_steps
from radarr_desktop.engine.library.renaming import change_of
from radarr_desktop.store import operations
from tests.fixtures_engine import world_and_engine
from tests.integration.renamed import PLEX, Renamed

CAPITALS = Naming("{MOVIE TITLE} ({Year})", "{movie title} ({Year}) {Quality}{-Group}")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Renamed]:
    """A program with one movie in its library."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        yield Renamed(world, running)


@pytest.mark.parametrize(
    ("naming", "has_foreign"),
    [
        (PLEX, False),
        (PLEX, True),
        (CAPITALS, False),
    ],
    ids=["whole folder", "file by file", "capitals"],
)
def test_every_step_may_be_the_last(shelf: Renamed, naming: Naming, *, has_foreign: bool) -> None:
    shelf.side(f"{shelf.base}.en.srt")
    if has_foreign:
        (shelf.file.parent / "mine.txt").write_text("mine", encoding="utf-8")
    engine, before, rows = shelf.running.engine, shelf.tree(), shelf.rows()
    shelf.name(naming)
    (rename,) = shelf.preview().movies
    steps = rename_steps.steps(rename)
    for done in range(len(steps) + 1):
        begin = partial(operations.begin, change_of(rename, steps), "", datetime.now(UTC))
        _, entries = shelf.running.do(engine.db.run(begin))
        for entry in entries[:done]:
            moves.move(entry)
        shelf.running.do(engine.recover())
        assert shelf.running.do(engine.db.read(operations.open_operations)) == []
        assert shelf.tree() != before  # forward, wherever it ended
        assert sorted(shelf.rows()[1:]) == sorted(set(shelf.tree()) - {f"{Path(rename.old_folder).name}/mine.txt"})
        shelf.undo()
        assert (shelf.tree(), shelf.rows()) == (before, rows)


@pytest.mark.parametrize("naming", [PLEX, CAPITALS], ids=["whole folder", "capitals"])
def test_every_step_of_an_undo_may_be_the_last(shelf: Renamed, naming: Naming) -> None:
    engine, do, before = shelf.running.engine, shelf.running.do, shelf.tree()
    shelf.name(naming)
    shelf.rename()
    shelf.undo()
    (undone,) = do(engine.undo.operations(limit=1))
    back = do(engine.db.read(lambda: operations.steps(undone.operation.id)))
    steps = tuple(Step(entry.action, entry.source, entry.target, entry.data) for entry in back)
    for done in range(len(steps) + 1):
        shelf.rename()
        assert shelf.tree() != before
        (newest,) = do(engine.undo.operations(limit=1))
        movie_id, title = newest.operation.movie_id, newest.operation.title
        change = Change(OperationKind.UNDO, movie_id, title, steps, undoes=newest.operation.id)
        _, entries = do(engine.db.run(partial(operations.begin, change, "", datetime.now(UTC))))
        for entry in entries[:done]:
            moves.move(entry)
        do(engine.recover())
        assert shelf.tree() == before, done
