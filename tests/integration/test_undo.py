"""Imports, upgrades and removals taken back, and taken back again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.operations import Operation, OperationKind, OperationState
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.domain.side_files import SideFile, SideKind
from radarr_desktop.engine.journal.undo import UNDONE_REASON
from radarr_desktop.store import operations, side_files
from tests.fakes.film import film, sparse_film
from tests.integration.shelf import CONTENT, NAME, Shelf, shelf_in
from tests.integration.stage import staged

BETTER = NAME.replace("x264", "PROPER.x264")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Downloads and library on one disk."""
    with shelf_in(tmp_path) as shelf:
        yield shelf


def last(shelf: Shelf) -> Operation:
    """The newest operation."""
    return shelf.running.do(shelf.running.engine.undo.operations(limit=1))[0].operation


def undo(shelf: Shelf, operation: Operation) -> Operation:
    """Take it back."""
    return shelf.running.do(shelf.running.engine.undo.undo(operation.id))


def files(shelf: Shelf) -> dict[str, bytes]:
    """What the library holds beside the trash."""
    found = [path for path in shelf.library.rglob("*") if path.is_file() and ".radarr-desktop-trash" not in path.parts]
    return {path.name: path.read_bytes() for path in found}


def row(shelf: Shelf) -> str:
    """Path of the file the movie has."""
    file = shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id)).file
    return Path(file.path).name if file else ""


def test_an_import_is_taken_back_and_the_download_stays(shelf: Shelf) -> None:
    source = shelf.download()
    placed = shelf.take(source)
    done = last(shelf)
    assert (done.kind, done.state, done.before and done.before.files) == (
        OperationKind.IMPORT,
        OperationState.DONE,
        (),
    )
    back = undo(shelf, done)
    assert (files(shelf), row(shelf)) == ({}, "")
    assert source.read_bytes() == CONTENT
    assert not placed.parent.exists()
    assert shelf.running.do(shelf.running.engine.undo.operations(ids=[done.id]))[0].why_not == "It was undone already."
    undo(shelf, back)
    assert files(shelf) == {placed.name: CONTENT}
    assert row(shelf) == placed.name
    assert placed.samefile(source)
    assert shelf.running.do(shelf.running.engine.undo.operations(ids=[done.id]))[0].undoable


def test_an_upgrade_is_taken_back_with_the_old_file_under_its_old_id(shelf: Shelf) -> None:
    old = shelf.take(shelf.download())
    before = shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id)).file
    better = shelf.download(f"{BETTER}.mkv", film(b"better"))
    shelf.take(better)
    undo(shelf, last(shelf))
    assert files(shelf) == {old.name: CONTENT}
    assert shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id)).file == before
    assert better.exists()
    kinds = [
        entry.kind for entry in shelf.running.do(shelf.running.engine.history.page(movie_id=shelf.movie.id)).entries
    ]
    assert kinds[0] is HistoryKind.UNDONE


def test_an_upgrade_that_took_the_same_name_is_taken_back(shelf: Shelf) -> None:
    old = shelf.take(shelf.download())
    new = shelf.take(shelf.download(f"again/{NAME}.mkv", film(b"again")))
    assert old == new
    back = undo(shelf, last(shelf))
    assert files(shelf) == {old.name: CONTENT}
    undo(shelf, back)
    assert files(shelf) == {old.name: film(b"again")}


def test_only_the_last_change_of_a_movie_can_be_undone(shelf: Shelf) -> None:
    shelf.take(shelf.download())
    first = last(shelf)
    shelf.take(shelf.download(f"{BETTER}.mkv", film(b"better")))
    with pytest.raises(Problem, match="came later") as refused:
        undo(shelf, first)
    assert refused.value.kind is Kind.CONFLICT
    undo(shelf, last(shelf))
    undo(shelf, first)
    assert files(shelf) == {}


def test_a_removed_movie_comes_back_with_its_files_and_history(shelf: Shelf) -> None:
    shelf.take(shelf.download())
    engine, movie = shelf.running.engine, shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id))
    past = shelf.running.do(engine.history.page(movie_id=movie.id)).total
    shelf.running.do(engine.movies.remove(movie.id, delete_files=True))
    assert files(shelf) == {}
    assert shelf.running.do(engine.movies.all()) == []
    undo(shelf, last(shelf))
    assert shelf.running.do(engine.movies.get(movie.id)) == movie
    assert shelf.running.do(engine.history.page(movie_id=movie.id)).total == past + 1
    assert list(files(shelf).values()) == [CONTENT]
    told = [event for event in shelf.running.events if isinstance(event, events.MovieAdded)]
    assert told[-1].movie_id == movie.id


def test_one_file_is_deleted_and_brought_back_with_its_subtitle(shelf: Shelf) -> None:
    engine, placed = shelf.running.engine, shelf.take(shelf.download())
    subtitle, mine = placed.with_suffix(".en.srt"), placed.with_name("mine.txt")
    subtitle.write_bytes(b"ours")
    mine.write_bytes(b"the user's")
    movie = shelf.running.do(engine.movies.get(shelf.movie.id))
    assert movie.file is not None
    side = SideFile(0, movie.id, movie.slot.id, str(subtitle), SideKind.SUBTITLE, owned=True)
    shelf.running.do(engine.db.run(lambda: side_files.put(side)))
    shelf.running.do(engine.movies.delete_file(movie.file.id))
    assert (files(shelf), row(shelf)) == ({mine.name: b"the user's"}, "")
    page = shelf.running.do(engine.history.page(movie_id=movie.id))
    assert page.entries[0].kind is HistoryKind.FILE_DELETED
    undo(shelf, last(shelf))
    assert shelf.running.do(engine.movies.get(movie.id)) == movie
    assert set(files(shelf)) == {placed.name, subtitle.name, mine.name}
    (known,) = shelf.running.do(engine.db.read(lambda: side_files.of_movie(movie.id)))
    assert known.path == str(subtitle)


def test_nothing_is_deleted_where_the_disk_is_away(shelf: Shelf) -> None:
    shelf.take(shelf.download())
    engine, movie = shelf.running.engine, shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id))
    assert movie.file is not None
    away = shelf.library.rename(shelf.library.with_name("away"))
    shelf.library.mkdir()
    with pytest.raises(Problem, match="missing or empty"):
        shelf.running.do(engine.movies.delete_file(movie.file.id))
    with pytest.raises(Problem, match="missing or empty"):
        shelf.running.do(engine.movies.remove(movie.id, delete_files=True))
    shelf.library.rmdir()
    away.rename(shelf.library)
    assert shelf.running.do(engine.movies.get(movie.id)) == movie


def test_what_the_user_put_in_its_place_is_never_touched(shelf: Shelf) -> None:
    placed = shelf.take(shelf.download())
    placed.unlink()
    placed.write_bytes(b"my own cut")
    with pytest.raises(Problem, match="is not the file that was put there"):
        undo(shelf, last(shelf))
    assert placed.read_bytes() == b"my own cut"
    placed.unlink()
    undo(shelf, last(shelf))
    assert row(shelf) == ""


def test_without_the_old_file_in_the_trash_nothing_is_undone(shelf: Shelf) -> None:
    shelf.take(shelf.download())
    new = shelf.take(shelf.download(f"{BETTER}.mkv", film(b"better")))
    (trashed,) = [path for path in shelf.library.rglob("*.mkv") if path != new]
    trashed.unlink()
    with pytest.raises(Problem, match="is not there any more"):
        undo(shelf, last(shelf))
    assert row(shelf) == new.name
    assert new.exists()


def test_the_trash_keeps_what_the_settings_say_and_tells_that_it_cannot_be_undone(shelf: Shelf) -> None:
    engine = shelf.running.engine
    shelf.take(shelf.download())
    shelf.take(shelf.download(f"{BETTER}.mkv", film(b"better")))
    upgrade = last(shelf)
    now = datetime.now(UTC)
    shelf.running.do(engine.trash.sweep(now))
    (kept,) = shelf.running.do(engine.trash.all())
    assert (kept.operation.id, kept.size) == (upgrade.id, len(CONTENT))
    shelf.media(trash_days=0, trash_gb=1)
    shelf.running.do(engine.trash.sweep(now + timedelta(days=400)))
    assert shelf.running.do(engine.trash.all()) == [kept]
    large = shelf.running.downloads / f"large.{NAME}.mkv"
    sparse_film(large, 999_900_000)
    shelf.take(large)
    shelf.take(shelf.download(f"again.{BETTER}.mkv", film(b"again")))
    assert len(shelf.running.do(engine.trash.all())) == 3
    shelf.running.do(engine.trash.sweep(now))
    left = [one.operation.id for one in shelf.running.do(engine.trash.all())]
    assert left == [last(shelf).id - 1, last(shelf).id]  # the oldest went, and then it was little enough
    shelf.media(trash_days=30, trash_gb=0)
    shelf.running.do(engine.trash.sweep(now + timedelta(days=31)))
    assert shelf.running.do(engine.trash.all()) == []
    assert not (shelf.library / ".radarr-desktop-trash").exists()
    with pytest.raises(Problem, match="not in the trash any more"):
        undo(shelf, upgrade)


def test_what_a_crash_kept_from_being_deleted_goes_with_the_next_sweep(shelf: Shelf) -> None:
    engine, do = shelf.running.engine, shelf.running.do
    shelf.take(shelf.download())
    shelf.take(shelf.download(f"{BETTER}.mkv", film(b"better")))
    (one,) = do(engine.trash.all())
    expired = OperationState.EXPIRED
    do(engine.db.run(lambda: operations.set_state(one.operation.id, expired)))  # the word, and then the crash
    assert do(engine.trash.all())[0].files == one.files
    do(engine.trash.sweep(datetime.now(UTC)))
    assert do(engine.trash.all()) == []
    assert not (shelf.library / ".radarr-desktop-trash").exists()


def test_a_release_whose_import_was_undone_is_not_taken_again_until_it_is_brought_back(tmp_path: Path) -> None:
    with staged(tmp_path, "libtorrent") as stage:
        engine, movie = stage.running.engine, stage.add(search=True)
        imported = stage.imported()
        stage.running.do(engine.undo.undo(imported.operation))
        good = stage.world.world.good

        def blocked() -> list[str]:
            known = stage.running.do(engine.blocklist.all(movie.id))
            return [one.title for one in known if one.reason == UNDONE_REASON]

        assert blocked() == [good]
        acquired = stage.running.do(engine.search.run(movie.id, by_user=False))
        assert acquired.grab is None or acquired.grab.title != good
        (undo,) = [
            state.operation
            for state in stage.running.do(engine.undo.operations(movie.id))
            if state.operation.kind is OperationKind.UNDO
        ]
        stage.running.do(engine.undo.undo(undo.id))
        assert blocked() == []
        assert Path(imported.path).is_file()
