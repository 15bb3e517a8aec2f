"""What a scan makes of a download's folder."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path

import pytest

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.imports.roles import Role
from radarr_desktop.engine.imports.scan import MOST_FILES, Scan, scan
from radarr_desktop.engine.imports.volumes import archive_sets

MOVIE = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE"


def laid(folder: Path, files: dict[str, int]) -> Scan:
    """A download with files of these sizes, scanned."""
    for name, size in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(size)
    return scan(folder)


def roles(found: Scan) -> dict[str, Role]:
    return {file.path: file.role for file in found.files}


def test_every_file_of_a_release_has_a_role_and_a_reason(tmp_path: Path) -> None:
    expected = {
        f"{MOVIE}.mkv": (Role.MOVIE, ".mkv is a video."),
        f"{MOVIE}.nfo": (Role.IGNORED, ".nfo is nothing that is imported."),
        "Subs/English.srt": (Role.SUBTITLE, ".srt is a subtitle."),
        "Sample/kite.mkv": (Role.SAMPLE, "It lies in the folder sample."),
        "kite-sample.mkv": (Role.SAMPLE, "Its name says so, and a much larger video is there."),
        "Featurettes/Making of.mkv": (Role.EXTRA, "It lies in the folder featurettes."),
        "Trailer/Salt.mkv": (Role.EXTRA, "It lies in the folder trailer."),
        "Behind.The.Scenes/Salt.mkv": (Role.EXTRA, "It lies in the folder behind.the.scenes."),
        f"{MOVIE}-trailer.mp4": (Role.EXTRA, "Its name ends in -trailer."),
        "Codec.exe": (Role.DANGEROUS, ".exe is a program or leads to one."),
        "Movie.mkv.lnk": (Role.DANGEROUS, ".lnk is a program or leads to one."),
        "Movie.scr . ": (Role.DANGEROUS, ".scr is a program or leads to one."),
        "Movie\u202evkm.exe.mkv": (
            Role.DANGEROUS,
            "Its name turns text around, which hides what it really ends in.",
        ),
        ".hidden/movie.mkv": (Role.IGNORED, ".hidden is hidden, or the system's own."),
        "Thumbs.db": (Role.IGNORED, "Thumbs.db is hidden, or the system's own."),
        "late.mkv.!qB": (Role.UNFINISHED, ".!qb marks a file that is still being written."),
        "README": (Role.IGNORED, "A name without an ending is nothing that is imported."),
        "x.sub.rar": (Role.ARCHIVE, "It is an archive."),
    }
    found = laid(tmp_path, {name: 10**9 if name == f"{MOVIE}.mkv" else 1000 for name in expected})
    assert {file.path: (file.role, file.why) for file in found.files} == expected
    assert [found.place(file) for file in found.of(Role.MOVIE)] == [tmp_path / f"{MOVIE}.mkv"]


def test_a_movie_may_be_called_a_sample(tmp_path: Path) -> None:
    assert roles(laid(tmp_path, {"The.Sample.mkv": 10**9})) == {"The.Sample.mkv": Role.MOVIE}


def test_an_empty_video_is_nothing(tmp_path: Path) -> None:
    found = laid(tmp_path, {"movie.mkv": 0})
    assert found.files[0].why == "It has no bytes."
    assert found.verdict == "There is no video in it."


@pytest.mark.parametrize(
    "names",
    [
        ("Movie.CD1.avi", "Movie.CD2.avi"),
        ("Movie part 1.mkv", "Movie part 2.mkv", "Movie part 3.mkv"),
        ("Movie-a.avi", "Movie-b.avi"),
        ("movie.disc1.mkv", "Movie.Disc2.mkv"),
    ],
)
def test_parts_of_one_video_are_known(names: tuple[str, ...], tmp_path: Path) -> None:
    found = laid(tmp_path, dict.fromkeys(names, 10**8))
    assert set(roles(found).values()) == {Role.PART}
    assert found.verdict == f"The movie is in {len(names)} files. Import them by hand, or take another release."


def test_a_number_in_a_title_makes_no_parts(tmp_path: Path) -> None:
    names = ("Saga.Part.2.2025.mkv", "Vitamin.C.mkv", "Other.Movie.Part.1.mkv")
    assert set(roles(laid(tmp_path, dict.fromkeys(names, 10**8))).values()) == {Role.MOVIE}


def test_discs_are_not_taken_apart(tmp_path: Path) -> None:
    for number, names in enumerate(
        (("BDMV/STREAM/00001.m2ts", "BDMV/index.bdmv"), ("VIDEO_TS/VTS_01_1.VOB",), ("movie.iso",))
    ):
        found = laid(tmp_path / str(number), dict.fromkeys(names, 10**9))
        assert set(roles(found).values()) == {Role.DISC}
        assert found.is_disc
        assert found.verdict == "It is a copy of a disc, which is not taken apart."


def test_archives_are_found_with_all_volumes(tmp_path: Path) -> None:
    names = [f"{MOVIE}.rar", *(f"{MOVIE}.r{number:02}" for number in range(100)), f"{MOVIE}.s00"]
    found = laid(tmp_path, dict.fromkeys(names, 1000))
    (archive,) = found.archives
    assert (archive.kind, list(archive.volumes), archive.missing) == ("rar", names, ())
    assert roles(found)[f"{MOVIE}.rar"] is Role.ARCHIVE
    assert roles(found)[f"{MOVIE}.s00"] is Role.VOLUME
    assert found.verdict == f"{MOVIE}.rar must be unpacked first."


@pytest.mark.parametrize(
    ("names", "volumes", "missing"),
    [
        (["a.part1.rar", "a.part3.rar"], ["a.part1.rar", "a.part3.rar"], ["a.part2.rar"]),
        (["a.part02.rar", "a.part03.rar"], ["a.part02.rar", "a.part03.rar"], ["a.part01.rar"]),
        (["a.r00", "a.r02"], ["a.r00", "a.r02"], ["a.rar", "a.r01"]),
        (["a.7z.001", "a.7z.002"], ["a.7z.001", "a.7z.002"], []),
        (["a.z01", "a.z02", "a.zip"], ["a.z01", "a.z02", "a.zip"], []),
        (["A.RAR", "a.r00"], ["A.RAR", "a.r00"], []),
    ],
)
def test_missing_volumes_are_named(names: list[str], volumes: list[str], missing: list[str]) -> None:
    (archive,) = archive_sets(names)
    assert (list(archive.volumes), list(archive.missing)) == (volumes, missing)


def test_names_that_only_look_like_volumes_are_none() -> None:
    assert archive_sets(["Movie.2025.720", "Show.s01", "movie.x264", "notes.r99.txt"]) == []


def test_nothing_that_is_no_file_is_followed(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    outside = tmp_path / "outside"
    laid(outside, {"secret.mkv": 1000})
    folder = tmp_path / "in"
    laid(folder, {"real.mkv": 1000})
    (folder / "link.mkv").symlink_to(outside / "secret.mkv")
    (folder / "away").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.mkv")
    listening = socket.socket(socket.AF_UNIX)
    request.addfinalizer(listening.close)
    listening.bind(os.path.relpath(folder / "socket.mkv"))
    found = scan(folder)
    assert {file.path: file.why for file in found.files if file.role is Role.REFUSED} == {
        "away": "It is a link, no file of its own.",
        "link.mkv": "It is a link, no file of its own.",
        "loop": "It is a link, no file of its own.",
        "pipe.mkv": "It is a pipe, no file of its own.",
        "socket.mkv": "It is a socket, no file of its own.",
    }
    assert [file.path for file in found.of(Role.MOVIE)] == ["real.mkv"]


def test_a_single_file_is_a_download_too(tmp_path: Path) -> None:
    laid(tmp_path, {"movie.mkv": 1000, "other.mkv": 1000})
    found = scan(tmp_path / "movie.mkv")
    assert (found.root, roles(found)) == (tmp_path, {"movie.mkv": Role.MOVIE})


def test_hostile_names_are_scanned_and_shown_clean(tmp_path: Path) -> None:
    names = ["a\nb.mkv", "\x1b[31mred.rar", "not utf8 \udcff.mkv", "-rf.mkv", "a\\b.mkv", "…" * 80 + ".mkv"]
    found = laid(tmp_path, dict.fromkeys(names, 1000))
    assert set(roles(found).values()) == {Role.MOVIE, Role.ARCHIVE}
    assert all(found.place(file).is_file() for file in found.files)
    red = next(file for file in found.files if file.role is Role.ARCHIVE)
    (tmp_path / red.path).rename(tmp_path / "\x1b[31mred.exe")
    for path in tmp_path.glob("*.mkv"):
        path.unlink()
    assert scan(tmp_path).verdict.startswith("There is no video, but �[31mred.exe.")


def test_a_folder_without_a_bottom_has_one(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(40):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "movie.mkv").write_bytes(b"x")
    (found,) = scan(tmp_path).files
    assert (found.role, found.why) == (Role.REFUSED, "It is a folder more than 32 folders deep, no file of its own.")


def test_too_many_files_are_not_counted_to_the_end(tmp_path: Path) -> None:
    one = tmp_path / "0"
    one.write_bytes(b"x")
    for part in range(2):
        (tmp_path / f"d{part}").mkdir()
        for number in range(MOST_FILES // 2 + 1):
            os.link(one, tmp_path / f"d{part}" / str(number))
    with pytest.raises(Problem, match="holds more than 50,000 files") as refused:
        scan(tmp_path)
    assert refused.value.kind is Kind.REFUSED


def test_what_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"nothing is not there\. The download was moved or deleted") as told:
        scan(tmp_path / "nothing")
    assert told.value.kind is Kind.STORAGE


def test_any_names_at_all_get_one_role_each(tmp_path: Path) -> None:
    chance = random.Random(4)
    letters = "ab.-_ (1)\t\u202e\u00a0é�\\'\"$" + "\udcfe"
    endings = ("mkv", "rar", "r00", "part1.rar", "001", "srt", "exe", "iso", "7z", "z01", "")
    names = {
        "".join(chance.choices(letters, k=chance.randint(1, 40))) + "." + chance.choice(endings) for _ in range(500)
    } - {".", ".."}
    found = laid(tmp_path, dict.fromkeys(names, 10))
    assert sorted(file.path for file in found.files) == sorted(names)
    assert all(file.why.endswith(".") and file.why.isprintable() for file in found.files)
