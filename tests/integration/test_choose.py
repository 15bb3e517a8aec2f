"""Which file of a finished download is the movie, and why none is."""

from __future__ import annotations

from pathlib import Path

import pytest

from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.imports.choose import is_packed, look, movie_in, video_in
from radarr_desktop.plugin_api import DownloadFile


def made(folder: Path, names: dict[str, int]) -> list[DownloadFile]:
    """The files on the disk, and as a client lists them."""
    for name, size in names.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x" * size)
    return [DownloadFile(name, size, 1.0) for name, size in names.items()]


def chosen(folder: Path, files: list[DownloadFile]) -> str:
    found = look(folder, files)
    return found.place(movie_in(found, "It")).relative_to(folder).as_posix()


@pytest.mark.parametrize("own", ["", "It.2025-KITE/"])
@pytest.mark.parametrize(
    ("names", "movie"),
    [
        ({"film.mkv": 9, "film.nfo": 20, "Sample/film.mkv": 10}, "film.mkv"),
        ({"film.mkv": 90, "film.sample.mkv": 8, "sample-film.mkv": 8}, "film.mkv"),
        ({"Sample.2019.1080p.mkv": 9, "Sample.nfo": 9}, "Sample.2019.1080p.mkv"),
        ({"film.mkv": 9, "making of.mkv": 4, "Extras/other.mkv": 9}, "film.mkv"),
        ({"film.mkv": 9, "film-trailer.mkv": 8, "read me.url": 1}, "film.mkv"),
        ({"film.mkv": 9, "Subs/en.rar": 3}, "film.mkv"),
    ],
)
def test_the_movie_is_found_among_its_company(own: str, names: dict[str, int], movie: str, tmp_path: Path) -> None:
    files = made(tmp_path, {f"{own}{name}": size for name, size in names.items()})
    assert chosen(tmp_path, files) == f"{own}{movie}"


@pytest.mark.parametrize(
    ("names", "words", "cause"),
    [
        ({"cd1.avi": 9, "cd2.avi": 8}, "The movie is in 2 files", Reason.SEVERAL_MOVIES),
        (
            {"one.mkv": 9, "two.mkv": 8},
            "Which one is the movie cannot be told: one.mkv, two.mkv",
            Reason.SEVERAL_MOVIES,
        ),
        ({"readme.txt": 3, "film.rar": 9}, "film.rar must be unpacked first", Reason.PACKED),
        ({"Sample/film.mkv": 9}, "There is only film.mkv. It lies in the folder sample", Reason.NO_VIDEO),
        ({"BDMV/STREAM/00001.m2ts": 9}, "It is a copy of a disc", Reason.NO_VIDEO),
        ({"film.iso": 9}, "It is a copy of a disc", Reason.NO_VIDEO),
        ({"readme.txt": 3}, "There is no video in it", Reason.NO_VIDEO),
        ({"film.mkv.exe": 9}, "There is no video, but film.mkv.exe|It holds film.mkv.exe", Reason.DANGEROUS_CONTENT),
        ({"film.mkv": 9, "codec.exe": 1}, "It holds codec.exe. .exe is a program", Reason.DANGEROUS_CONTENT),
    ],
)
def test_a_download_without_one_movie_is_told_why(
    names: dict[str, int], words: str, cause: Reason, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match=words) as told:
        chosen(tmp_path, made(tmp_path, names))
    assert told.value.cause == cause
    assert told.value.todo


def test_what_the_client_did_not_fetch_does_not_count(tmp_path: Path) -> None:
    names = {"It/one.mkv": 9, "It/two.mkv": 8}
    one, two = made(tmp_path, names)
    assert chosen(tmp_path, [one, DownloadFile(two.path, two.size, 0.0, wanted=False)]) == "It/one.mkv"


def test_what_others_put_into_the_downloads_own_folder_counts(tmp_path: Path) -> None:
    files = made(tmp_path, {"It/film.rar": 9, "It/film.nfo": 1})
    made(tmp_path, {"It/film.mkv": 10, "other.mkv": 99})
    assert chosen(tmp_path, files) == "It/film.mkv"


def test_of_a_folder_that_others_share_only_its_own_files_count(tmp_path: Path) -> None:
    (film,) = made(tmp_path, {"film.mkv": 9})
    made(tmp_path, {"other.mkv": 99, "Others/another.mkv": 99})
    assert chosen(tmp_path, [film]) == "film.mkv"


def test_a_movie_in_an_archive_is_known_though_a_trailer_lies_beside_it(tmp_path: Path) -> None:
    assert is_packed(look(tmp_path, made(tmp_path, {"It/it.rar": 50, "It/it.r00": 50, "It/clip.mkv": 9})))
    assert not is_packed(look(tmp_path, made(tmp_path, {"Two/it.mkv": 50, "Two/Subs/en.rar": 3})))


@pytest.mark.parametrize("path", ["../film.mkv", "/etc/film.mkv", "It/../../film.srt"])
def test_a_list_that_leads_elsewhere_is_refused(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    files = made(folder, {"It/film.mkv": 9})
    with pytest.raises(Problem, match=r"leads out of the download's folder"):
        look(folder, [*files, DownloadFile(path, 9, 1.0)])


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    made(tmp_path, {"private/film.mkv": 9})
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "It").symlink_to(tmp_path / "private")
    with pytest.raises(Problem, match=r"leads out of the download's folder"):
        look(folder, [DownloadFile("It/film.mkv", 9, 1.0)])


def test_the_users_own_choice_is_looked_through_too(tmp_path: Path) -> None:
    made(tmp_path, {"It/film.mkv": 90, "It/film.sample.mkv": 3, "note.txt": 1})
    assert video_in(tmp_path / "It").name == "film.mkv"
    assert video_in(tmp_path / "It" / "film.sample.mkv").name == "film.sample.mkv"
    with pytest.raises(Problem, match="There is no video in it"):
        video_in(tmp_path / "note.txt")
    with pytest.raises(Problem, match="There is no file or folder"):
        video_in(tmp_path / "nothing")
