"""A library that gets other names: shown first, done movie by movie, taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from radarr_desktop.domain.custom_formats import CustomFormat, Specification
from radarr_desktop.domain.custom_formats import Kind as FormatKind
from radarr_desktop.domain.events import RenameFinished, RenameProgressed
from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.operations import OperationKind
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.domain.renaming import RenamePreview
from radarr_desktop.domain.side_files import SideFile, SideKind
from radarr_desktop.loopback.tmdb import Film
from radarr_desktop.store import movies, side_files
from tests.fakes.film import film
from tests.fixtures_engine import world_and_engine
from tests.integration.renamed import NEW, NEW_FILE, OLD, PLEX, Renamed
from tests.integration.shelf import NAME


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Renamed]:
    """A program with one movie in its library."""
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        yield Renamed(world, running)


def test_what_has_its_name_needs_none(shelf: Renamed) -> None:
    assert shelf.preview() == RenamePreview((), 1, True)
    with pytest.raises(Problem, match="nothing to rename"):
        shelf.rename()


def test_a_preview_changes_nothing_and_what_it_shows_is_done_and_undone(shelf: Renamed) -> None:
    shelf.side(f"{shelf.base}.en.srt")
    shelf.side(f"{shelf.base}.de.forced.srt", owned=False)
    shelf.side("movie.nfo")
    shelf.side("Subs/extra.idx")
    shelf.name(PLEX)
    before, rows = shelf.tree(), shelf.rows()
    (shown,) = shelf.preview().movies
    assert shelf.tree() == before
    assert (Path(shown.old_folder).name, Path(shown.new_folder).name, shown.conflicts) == (OLD, NEW, ())
    assert [Path(move.new).name for move in shown.moves] == [
        f"{NEW_FILE}.mkv",
        "extra.idx",
        f"{NEW_FILE}.de.forced.srt",
        f"{NEW_FILE}.en.srt",
        "movie.nfo",
    ]
    ended = shelf.rename()
    assert (ended.renamed, ended.problems) == (1, ())
    assert shelf.tree() == sorted(
        [f"{NEW}/{NEW_FILE}{end}" for end in (".de.forced.srt", ".en.srt", ".mkv")]
        + [f"{NEW}/Subs/extra.idx", f"{NEW}/movie.nfo"]
    )
    assert set(shelf.rows()) == {NEW, *shelf.tree()}
    assert shelf.preview().movies == ()
    (entry,) = shelf.running.do(shelf.running.engine.history.page(kinds=[HistoryKind.RENAMED])).entries
    assert entry.data["sourcePath"] == str(shelf.file)
    assert entry.data["relativePath"] == f"{NEW_FILE}.mkv"
    (told,) = [event for event in shelf.running.events if isinstance(event, RenameProgressed)]
    assert (told.done, told.total, told.title, told.problem) == (1, 1, OLD, "")
    shelf.undo()
    assert (shelf.tree(), shelf.rows()) == (before, rows)
    shelf.undo()
    assert shelf.rows()[:2] == [NEW, f"{NEW}/{NEW_FILE}.mkv"]


def test_an_import_and_a_rename_make_the_same_name_of_all_that_is_known(shelf: Renamed) -> None:
    engine = shelf.running.engine
    condition = Specification(FormatKind.TITLE, "Atmos", {"value": "Atmos"})
    for name, in_rename in (("Good Sound", True), ("Quiet", False)):
        shelf.running.do(engine.formats.add(CustomFormat(0, name, (condition,), in_rename)))
    definition = next(one for one in shelf.running.do(engine.definitions.all()) if one.quality.name == "Bluray-2160p")
    shelf.running.do(engine.definitions.save([replace(definition, title="UHD Disc")]))
    tokens = "{Movie Title} {edition-{Edition Tags}} {[Custom Formats]}{[Quality Full]}{[MediaInfo VideoCodec]}"
    shelf.name(Naming(file=f"{tokens}{{[MediaInfo AudioLanguagesAll]}}{{-Release Group}}"))
    release = "The.Salt.Meridian.2025.IMAX.PROPER.2160p.UHD.BluRay.TrueHD.Atmos.x265-KITE"
    source = shelf.running.downloads / f"{release}.mkv"
    source.write_bytes(film(b"better", picture=(3840, 1600)))
    placed = shelf.running.do(engine.imports.file(str(source), shelf.movie.id))
    stem = "The Salt Meridian {edition-IMAX} [Good Sound][UHD Disc Proper][AVC]"
    assert Path(placed.path).name.startswith(stem)
    assert Path(placed.path).stem.endswith("-KITE")
    assert shelf.preview().movies == ()


def test_files_of_others_stay_where_they_are(shelf: Renamed) -> None:
    mine = shelf.file.parent / "holiday.txt"
    mine.write_text("mine", encoding="utf-8")
    shelf.name(PLEX)
    shelf.rename()
    assert shelf.tree() == sorted([f"{OLD}/holiday.txt", f"{NEW}/{NEW_FILE}.mkv"])
    shelf.undo()
    assert shelf.tree() == [f"{OLD}/{shelf.base}.mkv", f"{OLD}/holiday.txt"]


def test_capitals_alone_are_changed_by_a_name_in_between(shelf: Renamed) -> None:
    shelf.side(f"{shelf.base}.en.srt")
    naming = Naming("{MOVIE TITLE} ({Year})", "{movie title} ({Year}) {Quality}{-Group}")
    shelf.name(naming)
    before = shelf.tree()
    assert shelf.rename().problems == ()
    lower = shelf.base.replace("The Salt Meridian", "the salt meridian")
    assert shelf.tree() == [f"THE SALT MERIDIAN (2025)/{lower}.en.srt", f"THE SALT MERIDIAN (2025)/{lower}.mkv"]
    shelf.undo()
    assert shelf.tree() == before


def test_nested_folders_and_files_in_folders(shelf: Renamed) -> None:
    shelf.name(Naming("{Movie TitleFirstCharacter}/{Movie Title}", "{Quality}/{Movie Title}"))
    shelf.rename()
    assert shelf.tree() == ["S/The Salt Meridian/Bluray-1080p/The Salt Meridian.mkv"]
    (root,) = shelf.running.do(shelf.running.engine.folders.all())
    assert root.unmapped == ()
    shelf.name(Naming())
    shelf.rename()
    assert shelf.tree() == [f"{OLD}/{shelf.base}.mkv"]


def test_only_the_folder_or_only_the_file(shelf: Renamed) -> None:
    shelf.name(PLEX)
    (shown,) = shelf.preview(folders=False).movies
    assert (Path(shown.new_folder).name, Path(shown.moves[0].new).parent.name) == (OLD, OLD)
    shelf.name(replace(PLEX, rename=False))
    shelf.rename()
    assert shelf.tree() == [f"{NEW}/{shelf.base}.mkv"]


def test_of_two_versions_only_the_one_that_is_named_gets_another_name(shelf: Renamed) -> None:
    folder = shelf.library / "Two Versions"
    folder.mkdir()
    names = ("hd.mkv", "hd.en.srt", "uhd.mkv", "uhd.en.srt")
    for name in names:
        (folder / name).write_bytes(film() if name.endswith(".mkv") else b"Hello")
    slots = (replace(shelf.movie.slot, id=0), replace(shelf.movie.slot, id=0, name="4K"))
    info = replace(shelf.movie.info, tmdb_id=7, imdb_id="", title="Two")

    def work() -> tuple[Movie, list[int]]:
        movie = movies.insert(replace(shelf.movie, id=0, info=info, folder=str(folder), slots=slots))
        files = []
        for slot, stem, quality in zip(movie.slots, ("hd", "uhd"), ("bluray-1080p", "bluray-2160p"), strict=True):
            path, size = folder / f"{stem}.mkv", len(film())
            file = MovieFile(0, movie.id, slot.id, str(path), size, datetime.now(UTC), BY_NAME[quality])
            files.append(movies.set_file(file).id)
            side_files.put(
                SideFile(0, movie.id, slot.id, str(folder / f"{stem}.en.srt"), SideKind.SUBTITLE, owned=True)
            )
        return movie, files

    do, engine = shelf.running.do, shelf.running.engine
    movie, files = do(engine.db.run(work))
    shelf.name(Naming(file="{Movie Title} {Quality}"))
    do(engine.renaming.begin_files(movie.id, files[1:]))
    do(engine.jobs.idle())
    assert sorted(path.name for path in folder.iterdir()) == [
        "Two Bluray-2160p.en.srt",
        "Two Bluray-2160p.mkv",
        "hd.en.srt",
        "hd.mkv",
    ]
    shelf.undo()
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    with pytest.raises(Problem, match=r"Two \(2025\) has no file 4711"):
        do(engine.renaming.begin_files(movie.id, [*files, 4711]))


@pytest.mark.parametrize("other", [f"{NEW_FILE}.mkv", f"{NEW_FILE.upper()}.MKV"])
def test_nothing_is_ever_renamed_over_another_file(shelf: Renamed, other: str) -> None:
    shelf.name(replace(PLEX, folder=Naming().folder))
    (shelf.file.parent / other).write_text("mine", encoding="utf-8")
    before = shelf.tree()
    (shown,) = shelf.preview().movies
    assert shown.conflicts == (f"{shelf.file.parent / other} is there already.",)
    with pytest.raises(Problem, match="is there already") as refused:
        shelf.rename()
    assert refused.value.kind is Kind.CONFLICT
    assert shelf.tree() == before


def test_two_movies_cannot_have_one_folder(shelf: Renamed) -> None:
    for tmdb_id, title in ((5001, "Same"), (5002, "SAME")):
        shelf.world.world.tmdb.add(Film(tmdb_id, title, 1990, cinemas=date(1986 + tmdb_id % 10, 5, 1)))
        shelf.add(tmdb_id)
    shelf.name(replace(PLEX, folder="{Movie Title}"))
    shown = {movie.title: movie.conflicts for movie in shelf.preview().movies}
    assert shown[OLD] == ()
    assert shown["Same (1987)"] == (f"{shelf.library / 'Same'} is also for SAME (1988).",)
    assert shown["SAME (1988)"] == (f"{shelf.library / 'SAME'} is also for Same (1987).",)


def test_a_file_or_disk_that_is_gone_is_told_and_left_alone(shelf: Renamed) -> None:
    shelf.name(PLEX)
    shelf.file.rename(shelf.library / "away.mkv")
    assert shelf.preview().movies[0].conflicts == (f"{shelf.file} is not there any more.",)
    shutil.rmtree(shelf.library)
    assert "Its disk is probably not mounted" in shelf.preview().movies[0].conflicts[0]


def test_many_movies_wait_for_a_yes(shelf: Renamed) -> None:
    for number in range(11):
        shelf.world.world.tmdb.add(Film(6000 + number, f"Film {number}", 1990))
        shelf.add(6000 + number)
    shelf.name(PLEX)
    preview = shelf.preview()
    assert (len(preview.movies), preview.needs_yes, preview.why) == (12, True, "12 movies get other names.")
    with pytest.raises(Problem, match="12 movies get other names") as refused:
        shelf.rename(yes=False)
    assert refused.value.kind is Kind.REFUSED
    assert shelf.tree() == [f"{OLD}/{shelf.base}.mkv"]
    assert shelf.rename().renamed == 12
    assert shelf.preview().movies == ()
    assert not shelf.preview([shelf.movie.id]).needs_yes


def test_many_movies_are_taken_back_at_one_go(shelf: Renamed) -> None:
    for number in range(3):
        shelf.world.world.tmdb.add(Film(6000 + number, f"Film {number}", 1990))
        shelf.add(6000 + number)
    engine, before = (
        shelf.running.engine,
        {movie.id: movie.folder for movie in shelf.running.do(shelf.running.engine.movies.all())},
    )
    shelf.name(replace(PLEX, folder="x {Movie Title}"))
    shelf.rename()
    shelf.name(replace(PLEX, folder="y {Movie Title}"))
    shelf.rename()
    shelf.undo()  # one of the four
    job = shelf.running.do(engine.renaming.undo())
    shelf.running.do(engine.jobs.idle())
    state = engine.renaming.state(job.id)
    assert state is not None
    assert (state.total, state.renamed, state.problems) == (3, 3, ())
    assert all(Path(movie.folder).name.startswith("x ") for movie in shelf.running.do(engine.movies.all()))
    shelf.running.do(engine.renaming.undo())
    shelf.running.do(engine.jobs.idle())
    assert {movie.id: movie.folder for movie in shelf.running.do(engine.movies.all())} == before
    with pytest.raises(Problem, match="no renaming to undo"):
        shelf.running.do(engine.renaming.undo())


def test_a_side_file_with_a_long_ending_fits_too(shelf: Renamed) -> None:
    ending = ".a commentary of all.pt-BR.forced.sdh.srt"
    shelf.side(f"{shelf.base}{ending}")
    shelf.name(Naming("{Movie Title}", "{Movie Title} " + "long " * 60))
    shelf.rename()
    names = [Path(name).name for name in shelf.tree()]
    assert max(len(name.encode()) for name in names) <= 255
    assert sum(name.endswith(ending) for name in names) == 1


def test_an_import_with_a_subtitle_of_a_long_ending_fits_too(shelf: Renamed) -> None:
    shelf.name(Naming("{Movie Title}", "{Movie Title} " + "long " * 60))
    better = NAME.replace("1080p", "2160p")
    folder = shelf.running.downloads / better
    folder.mkdir()
    (folder / f"{better}.mkv").write_bytes(film(b"better", picture=(3840, 1600)))
    (folder / f"{better}.Kommentar ÄÖÜ ÄÖÜ ÄÖÜ.pt-BR.forced.sdh.srt").write_text("1", encoding="utf-8")
    shelf.running.do(shelf.running.engine.imports.file(str(folder), shelf.movie.id))
    names = [Path(name).name for name in shelf.tree() if not name.startswith(".")]
    assert sorted(name.rpartition(".")[2] for name in names) == ["mkv", "srt"]
    assert max(len(name.encode()) for name in names) <= 255
    assert shelf.preview(folders=False).movies == ()


def test_one_movie_needs_no_yes_and_two_of_a_small_library_do(shelf: Renamed) -> None:
    shelf.world.world.tmdb.add(Film(6000, "Film", 1990))
    shelf.add(6000)
    shelf.name(PLEX)
    assert shelf.preview().why == "2 of 2 movies get other names."
    one = shelf.preview([shelf.movie.id])
    assert (one.needs_yes, one.unchanged) == (False, 1)


def test_what_changed_since_the_preview_is_left_out(shelf: Renamed) -> None:
    shelf.name(PLEX)
    preview, engine = shelf.preview(), shelf.running.engine
    shelf.name(replace(PLEX, folder="{Movie Title}"))
    job = shelf.running.do(engine.renaming.carry_out(preview))
    shelf.running.do(engine.jobs.idle())
    state = engine.renaming.state(job.id)
    assert state is not None
    assert (state.done, state.renamed) == (1, 0)
    assert "not those of the preview any more" in state.problems[0]
    assert shelf.tree() == [f"{OLD}/{shelf.base}.mkv"]


def test_renaming_stops_between_two_movies(shelf: Renamed) -> None:
    for number in range(40):
        shelf.world.world.tmdb.add(Film(6000 + number, f"Film {number}", 1990))
        shelf.add(6000 + number)
    shelf.name(PLEX)
    engine = shelf.running.engine
    job = shelf.running.do(engine.renaming.carry_out(shelf.preview(), yes=True))
    shelf.running.wait_for_event(RenameProgressed)
    shelf.running.do(engine.renaming.cancel(job.id))
    ended = shelf.running.wait_for_event(RenameFinished)
    assert 1 <= ended.renamed <= 41
    left = shelf.preview().movies
    assert len(left) == 41 - ended.renamed
    shelf.rename()
    assert shelf.preview().movies == ()


def test_the_journal_knows_what_it_was_for(shelf: Renamed) -> None:
    shelf.name(PLEX)
    shelf.rename()
    (state,) = shelf.running.do(shelf.running.engine.undo.operations(limit=1))
    assert (state.operation.kind, state.operation.title, state.undoable) == (OperationKind.RENAME, OLD, True)
    at = datetime.now(UTC)
    before, after = state.operation.before, state.operation.after
    assert before is not None
    assert after is not None
    assert isinstance(before.files[0], MovieFile)
    assert before.files[0].id == after.files[0].id
    assert before.files[0].added <= at
