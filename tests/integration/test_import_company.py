"""What an import finds out about a file, what comes along with it, and what it gets in the library."""

from __future__ import annotations

import asyncio
import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from radarr_desktop.domain.events import ImportProgressed
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.movie import MovieFile
from radarr_desktop.domain.parsing import Codec
from radarr_desktop.domain.problem import Kind
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.domain.side_files import SideFile, SideKind
from radarr_desktop.engine.imports.unpacking import FOLDER
from radarr_desktop.engine.settings import FileDate
from radarr_desktop.store import side_files
from tests.fakes.film import film
from tests.integration.shelf import NAME, Shelf, shelf_in

MEDIA = Path(__file__).parent.parent / "media"
BETTER = NAME.replace("x264", "PROPER.x264")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path) as made:
        yield made


def file_of(shelf: Shelf) -> MovieFile:
    """As it is remembered."""
    file = shelf.running.do(shelf.running.engine.movies.get(shelf.movie.id)).file
    assert file is not None
    return file


def beside(shelf: Shelf) -> dict[str, SideFile]:
    """What is remembered of the files beside it, by name."""
    sides = shelf.running.do(shelf.running.engine.db.read(lambda: side_files.of_movie(shelf.movie.id)))
    return {Path(side.path).name: side for side in sides}


def in_folder(shelf: Shelf) -> set[str]:
    return {path.name for path in Path(shelf.movie.folder).iterdir()}


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_what_a_file_is_made_of_is_remembered_also_over_a_restart(shelf: Shelf) -> None:
    source = shelf.download()
    shutil.copyfile(MEDIA / "hdr10.mkv", source)
    shelf.take(source)
    media = file_of(shelf).media
    assert media is not None
    assert media.video is not None
    assert (media.container, media.video.codec, media.video.bit_depth) == ("Matroska", Codec.HEVC, 10)
    shelf.running.stop()
    shelf.running.start()
    assert file_of(shelf).media == media


def test_what_does_not_fit_the_name_is_noted_and_changes_nothing_else(shelf: Shelf) -> None:
    shelf.take(shelf.download(content=film(picture=(1280, 536))))
    file = file_of(shelf)
    assert [note.name for note in file.notes] == ["resolution"]
    assert file.notes[0].sentence == "Its name says 1080p, its picture has 1280 × 536, which is 720p."
    assert file.quality.name == "Bluray-1080p"
    (entry,) = shelf.running.do(shelf.running.engine.history.page(kinds=[HistoryKind.IMPORTED])).entries
    assert entry.data["notes"] == file.notes[0].sentence
    shelf.take(shelf.download(f"{BETTER}.mkv", film(b"better")))
    assert file_of(shelf).notes == ()


@pytest.mark.parametrize(
    ("content", "words", "cause"),
    [
        (b"film" * 1000, "is no media file", Reason.CORRUPTED_DOWNLOAD),
        (film(size=50_000)[:40_000], "breaks off: its end is missing", Reason.CORRUPTED_DOWNLOAD),
        ((MEDIA / "sound.mka").read_bytes(), "has no picture", Reason.NO_VIDEO),
    ],
)
def test_what_is_no_whole_movie_is_refused(content: bytes, words: str, cause: Reason, shelf: Shelf) -> None:
    assert cause in shelf.refused(shelf.download(content=content), Kind.REFUSED, words).cause


def test_subtitles_come_along_under_the_movies_name(shelf: Shelf) -> None:
    shelf.download(f"{NAME}/{NAME}.mkv")
    for name in (f"{NAME}.en.forced.srt", "Subs/2_English.srt", "Subs/3_English.srt", "Subs/German.srt", "info.nfo"):
        shelf.download(f"{NAME}/{name}", name.encode())
    shelf.download(f"{NAME}/Sample/sample.srt", b"no")
    placed = shelf.take(shelf.running.downloads / NAME)
    stem = placed.stem
    names = {f"{stem}.en.forced.srt", f"{stem}.en.srt", f"{stem}.en.2.srt", f"{stem}.de.srt"}
    assert in_folder(shelf) == {placed.name} | names
    known = beside(shelf)
    assert set(known) == names
    forced = known[f"{stem}.en.forced.srt"]
    assert (forced.kind, forced.language, forced.tags, forced.owned) == (SideKind.SUBTITLE, "en", ("forced",), True)
    assert Path(forced.path).samefile(shelf.running.downloads / NAME / f"{NAME}.en.forced.srt")


def test_only_the_endings_that_are_set_come_along(shelf: Shelf) -> None:
    shelf.media(extra_file_extensions="nfo, srt")
    for name in (f"{NAME}.mkv", f"{NAME}.nfo", "other.nfo", f"{NAME}.ass", f"{NAME}.srt", f".{NAME}.srt"):
        shelf.download(f"{NAME}/{name}", film() if name.endswith("mkv") else b"text")
    placed = shelf.take(shelf.running.downloads / NAME)
    assert in_folder(shelf) == {placed.name, f"{placed.stem}.nfo", f"{placed.stem}.srt"}
    shelf.media(import_extras=False)
    for name in (f"{BETTER}.mkv", f"{BETTER}.srt"):
        shelf.download(f"{BETTER}/{name}", film(b"better") if name.endswith("mkv") else b"text")
    better = shelf.take(shelf.running.downloads / BETTER)
    assert in_folder(shelf) == {better.name}


def test_an_upgrade_takes_its_own_old_files_away_and_never_those_of_people(shelf: Shelf) -> None:
    shelf.download(f"{NAME}/{NAME}.mkv")
    shelf.download(f"{NAME}/{NAME}.en.srt", b"ours")
    old = shelf.take(shelf.running.downloads / NAME)
    mine = {old.with_name(f"{old.stem}.de.srt"), old.with_name("poster.jpg")}
    for path in mine:
        path.write_bytes(b"mine")
    shelf.download(f"{BETTER}/{BETTER}.mkv", film(b"better"))
    shelf.download(f"{BETTER}/{BETTER}.fr.srt", b"better")
    new = shelf.take(shelf.running.downloads / BETTER)
    assert in_folder(shelf) == {new.name, f"{new.stem}.fr.srt"} | {path.name for path in mine}
    assert set(beside(shelf)) == {f"{new.stem}.fr.srt"}
    trash = {path.name for path in shelf.library.glob(".radarr-desktop-trash/*/*")}
    assert trash == {old.name, f"{old.stem}.en.srt"}
    undo = shelf.running.engine.undo
    (state, *_) = shelf.running.do(undo.operations(shelf.movie.id))
    shelf.running.do(undo.undo(state.operation.id))
    assert in_folder(shelf) == {old.name, f"{old.stem}.en.srt"} | {path.name for path in mine}
    assert set(beside(shelf)) == {f"{old.stem}.en.srt"}


def test_a_name_that_people_took_is_left_to_them(shelf: Shelf) -> None:
    folder = Path(shelf.movie.folder)
    folder.mkdir()
    mine = folder / f"{folder.name} Bluray-1080p-KITE.en.srt"
    mine.write_bytes(b"mine")
    shelf.download(f"{NAME}/{NAME}.mkv")
    shelf.download(f"{NAME}/{NAME}.en.srt", b"theirs")
    placed = shelf.take(shelf.running.downloads / NAME)
    assert mine.read_bytes() == b"mine"
    assert set(beside(shelf)) == {f"{placed.stem}.en.2.srt"}


def test_a_packed_movie_comes_out_and_gets_its_place_without_another_copy(shelf: Shelf) -> None:
    content = film(b"packed", size=3 << 20)
    archive = zipped(shelf.running.downloads / NAME / "it.zip", {f"{NAME}.mkv": content, f"{NAME}.en.srt": b"text"})
    shelf.download(f"{NAME}/trailer.mkv", film(minutes=2))
    shelf.refuses(archive.parent, Kind.REFUSED, "it.zip is an archive", "Allow it in the settings")
    shelf.media(unpack=True, minimum_free_mb=0)
    placed = shelf.take(archive.parent)
    assert placed.read_bytes() == content
    assert placed.stat().st_nlink == 1
    assert in_folder(shelf) == {placed.name, f"{placed.stem}.en.srt"}
    assert not (shelf.library / FOLDER).exists()
    assert file_of(shelf).original_path == str(archive)
    told = [event for event in shelf.running.events if isinstance(event, ImportProgressed)]
    assert all((event.step, event.path) == ("unpack", str(archive)) for event in told)
    assert all(0 <= event.done <= event.size for event in told)


def test_what_a_crash_left_unpacked_is_gone_after_the_next_start(shelf: Shelf) -> None:
    shelf.running.stop()
    left = shelf.library / FOLDER / "download-7" / "0" / "film.mkv"
    left.parent.mkdir(parents=True)
    left.write_bytes(film())
    shelf.running.start()
    assert not (shelf.library / FOLDER).exists()


def test_a_bad_archive_leaves_nothing_behind(shelf: Shelf) -> None:
    shelf.media(unpack=True, minimum_free_mb=0)
    archive = zipped(shelf.running.downloads / NAME / "it.zip", {f"{NAME}.mkv": film()})
    archive.write_bytes(archive.read_bytes()[:5000])
    shelf.refuses(archive.parent, Kind.REFUSED, "cannot be unpacked", "damaged")


def test_files_get_the_permissions_and_the_date_that_are_set(shelf: Shelf) -> None:
    shelf.media(set_permissions=True, chmod_folder="750", file_date=FileDate.CINEMAS)
    group = os.getgid()
    shelf.media(chown_group=str(group))
    shelf.download(f"{NAME}/{NAME}.mkv")
    shelf.download(f"{NAME}/{NAME}.en.srt", b"text")
    placed = shelf.take(shelf.running.downloads / NAME)
    day = shelf.movie.info.in_cinemas
    assert isinstance(day, date)
    wanted = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
    shelf.running.wait_for(lambda: placed.stat().st_mtime == wanted, "the date")
    assert placed.stat().st_mode & 0o777 == 0o640
    assert placed.with_name(f"{placed.stem}.en.srt").stat().st_mode & 0o777 == 0o640
    assert placed.parent.stat().st_mode & 0o777 == 0o750
    assert placed.stat().st_gid == group


def test_what_speaks_against_a_file_that_the_user_wants_is_remembered(shelf: Shelf) -> None:
    shelf.take(shelf.download())
    shelf.take(shelf.download("The.Salt.Meridian.2025.480p.DVDRip.XviD-OLD.mkv", film(b"old")))
    newest, first = shelf.running.do(shelf.running.engine.history.page(kinds=[HistoryKind.IMPORTED])).entries
    assert "against" not in first.data
    assert newest.data["against"]


def test_a_folder_that_an_upgrade_has_emptied_goes_if_that_is_set(shelf: Shelf) -> None:
    shelf.media(delete_empty_folders=True)
    old = shelf.take(shelf.download()).parent
    elsewhere = shelf.library / "Another folder (2025)"
    shelf.running.do(shelf.running.engine.movies.update(shelf.movie.id, folder=str(elsewhere)))
    placed = shelf.take(shelf.download(f"{BETTER}.mkv", film(b"better")))
    assert placed.parent == elsewhere
    shelf.running.wait_for(lambda: not old.exists(), "the end of the old folder")
    assert placed.exists()


def test_two_imports_at_once_end_one_after_the_other(shelf: Shelf) -> None:
    files = [shelf.download(f"{number}/{NAME}.mkv", film(str(number).encode())) for number in range(4)]
    imports = shelf.running.engine.imports

    async def all_at_once() -> list[MovieFile]:
        return await asyncio.gather(*(imports.file(str(path), shelf.movie.id) for path in files))

    assert len(shelf.running.do(all_at_once())) == len(files)
    kept = file_of(shelf)
    assert in_folder(shelf) == {Path(kept.path).name}
    assert Path(kept.path).samefile(kept.original_path)
    assert len(list(shelf.library.glob(".radarr-desktop-trash/*/*"))) == len(files) - 1
