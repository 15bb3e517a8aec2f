"""Archives of a download come out whole, or not at all."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import zipfile
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.imports.archives import Unpacked, unpack
from radarr_desktop.engine.imports.roles import Role
from radarr_desktop.engine.imports.scan import scan
from radarr_desktop.engine.imports.unpacker import Bounds, Left
from tests.fakes.rar import LINK, rar

MEDIA = Path(__file__).parent.parent / "media"
MOVIE = (MEDIA / "avc.mkv").read_bytes()
ROOMY = Bounds(keep_free=0)


def unpacked(root: Path, **options: Any) -> Unpacked:
    """The one archive of a folder, unpacked beside it."""
    (archive,) = scan(root).archives
    given: dict[str, Any] = {"allowed": True, "bounds": ROOMY, **options}
    return asyncio.run(unpack(root, archive, root.parent / "out", **given))


def refused(root: Path, **options: Any) -> Problem:
    """Why it was not unpacked; nothing of it may be left."""
    with pytest.raises(Problem) as told:
        unpacked(root, **options)
    assert not (root.parent / "out").exists()
    assert {path.name for path in root.parent.iterdir()} == {root.name}
    return told.value


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "alone" / "download"
    folder.mkdir(parents=True)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def zipped(path: Path, files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, how)


def send(what: signal.Signals) -> None:
    """Do something to the process that unpacks."""
    for process in multiprocessing.active_children():
        if process.name == "unpacker" and process.pid:
            os.kill(process.pid, what)


def test_a_zip_comes_out(root: Path) -> None:
    zipped(root / "movie.zip", {"movie.mkv": MOVIE, "Subs/a é.srt": b"1", "Subs/": b""})
    found = unpacked(root)
    assert contents(found.folder) == {"movie.mkv": MOVIE, "Subs/a é.srt": b"1"}
    assert found.size == len(MOVIE) + 1
    assert [file.path for file in scan(found.folder).of(Role.MOVIE)] == ["movie.mkv"]


@pytest.mark.parametrize(
    "style", ["{stem}.rar {stem}.r{old:02}", "{stem}.part{number}.rar", "{stem}.part{number:03}.rar"]
)
def test_a_rar_in_many_volumes_comes_out(style: str, root: Path) -> None:
    first, _, further = style.partition(" ")
    for number, data in enumerate(rar({"movie.mkv": MOVIE, "movie.nfo": b"kite"}, volume=20_000)):
        name = (further or first) if number else first
        (root / name.format(stem="movie", number=number + 1, old=number - 1)).write_bytes(data)
    assert len(list(root.iterdir())) == 8
    assert contents(unpacked(root).folder) == {"movie.mkv": MOVIE, "movie.nfo": b"kite"}


def test_a_7z_comes_out(root: Path) -> None:
    (root / "movie.7z").write_bytes((MEDIA / "hdr10.7z").read_bytes())
    assert contents(unpacked(root).folder) == {"hdr10.mkv": (MEDIA / "hdr10.mkv").read_bytes()}


def test_nothing_is_unpacked_unless_it_is_allowed(root: Path) -> None:
    zipped(root / "movie.zip", {"movie.mkv": MOVIE})
    told = refused(root, allowed=False)
    assert str(told) == "movie.zip is an archive. Unpacking is switched off. Allow it in the settings."


def test_progress_is_told_up_to_the_end(root: Path) -> None:
    zipped(root / "movie.zip", {f"{number}.mkv": os.urandom(1 << 20) for number in range(8)}, zipfile.ZIP_STORED)
    told: list[int] = []
    unpacked(root, progress=told.append)
    assert told == sorted(told)
    assert 0 < told[0] <= 8 << 20


def test_who_gives_up_leaves_nothing(root: Path) -> None:
    zipped(root / "movie.zip", {"movie.mkv": bytes(128 << 20)}, zipfile.ZIP_STORED)
    (archive,) = scan(root).archives

    async def given_up() -> None:
        begun = asyncio.Event()

        def hold(_: int) -> None:
            send(signal.SIGSTOP)
            begun.set()

        work = asyncio.create_task(
            unpack(root, archive, root.parent / "out", allowed=True, bounds=ROOMY, progress=hold)
        )
        await begun.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    asyncio.run(given_up())
    assert not (root.parent / "out").exists()
    assert "unpacker" not in {process.name for process in multiprocessing.active_children()}


def test_one_that_falls_silent_is_given_up(root: Path) -> None:
    zipped(root / "movie.zip", {"movie.mkv": bytes(128 << 20)}, zipfile.ZIP_STORED)
    told = refused(root, progress=lambda _: send(signal.SIGSTOP), silence=3)
    assert "Nothing came out of it for 3 s." in str(told)


def test_a_reader_that_dies_is_told(root: Path) -> None:
    zipped(root / "movie.zip", {"movie.mkv": bytes(128 << 20)}, zipfile.ZIP_STORED)
    told = refused(root, progress=lambda _: send(signal.SIGKILL))
    assert "It ended the process that read it" in str(told)


def test_programs_and_links_stay_inside(root: Path) -> None:
    zipped(root / "movie.zip", {"movie.mkv": MOVIE, "Codec.exe": b"MZ", "setup.scr. ": b"MZ"})
    link = zipfile.ZipInfo("link.mkv")
    link.external_attr = LINK << 16
    with zipfile.ZipFile(root / "movie.zip", "a") as archive:
        archive.writestr(link, "/etc/passwd")
    found = unpacked(root)
    assert contents(found.folder) == {"movie.mkv": MOVIE}
    assert found.left == (
        Left("Codec.exe", ".exe is a program or leads to one."),
        Left("setup.scr. ", ".scr is a program or leads to one."),
        Left("link.mkv", "It is a link or a device."),
    )


def test_a_missing_volume_is_named(root: Path) -> None:
    for number, data in enumerate(rar({"movie.mkv": MOVIE}, volume=50_000), 1):
        (root / f"movie.part{number}.rar").write_bytes(data)
    (root / "movie.part2.rar").unlink()
    told = refused(root)
    assert told.kind is Kind.STORAGE
    assert "movie.part2.rar is missing." in str(told)


def test_a_missing_end_is_found(root: Path) -> None:
    for number, data in enumerate(rar({"movie.mkv": MOVIE}, volume=50_000), 1):
        (root / f"movie.part{number}.rar").write_bytes(data)
    (root / "movie.part3.rar").unlink()
    assert "It is damaged or its end is missing" in str(refused(root))


def test_the_target_is_never_one_that_is_there(root: Path) -> None:
    zipped(root / "movie.zip", {"movie.mkv": MOVIE})
    mine = root.parent / "out"
    mine.mkdir()
    (mine / "mine.txt").write_text("kept")
    with pytest.raises(Problem, match="cannot be made"):
        unpacked(root)
    assert contents(mine) == {"mine.txt": b"kept"}
