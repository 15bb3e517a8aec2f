"""The search for secrets in what the suite wrote finds what it must."""

from __future__ import annotations

import base64
import importlib
import inspect
import os
import pkgutil
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

import radarr_desktop.loopback
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.sealed import EncryptedFile
from radarr_desktop.loopback.made_up import MARK, made_up
from radarr_desktop.loopback.server import Server
from radarr_desktop.plugin_api.testing.service import ServiceContract
from tests.fakes.secrets import leaked, shows

KEY = made_up("search")
ODD = "p:w/ä&8=%x"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Emptied before the real search comes."""
    yield tmp_path
    for path in filter(Path.is_file, tmp_path.rglob("*")):
        path.unlink()


def found(folder: Path) -> list[str]:
    lines = list(leaked(folder))
    assert not any(KEY in line or ODD in line for line in lines)
    return sorted(Path(line.split(" holds ")[0]).name for line in lines)


def test_a_secret_is_found_whatever_the_file(folder: Path) -> None:
    names = ["answers.txt", "crash", "data.db-wal", "program.log", "program.log.1", "report.html", "window.txt"]
    (folder / "deep").mkdir()
    for name in names:
        (folder / "deep" / name).write_text(f"before {KEY} after", encoding="utf-8")
    (folder / "given.toml").write_text(KEY, encoding="utf-8")
    assert found(folder) == names


def test_a_secret_is_found_in_an_archive(folder: Path) -> None:
    for name, method in (("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED)):
        with zipfile.ZipFile(folder / f"{name}.zip", "w", method) as archive:
            archive.writestr("deep/settings.json", f"before {KEY} after")
    with zipfile.ZipFile(folder / "backup.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "deflated.zip", "inner.zip")
    with zipfile.ZipFile(folder / "clean.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("words.txt", "nothing")
    (folder / "damaged.zip").write_bytes((folder / "deflated.zip").read_bytes()[:-30])
    assert found(folder) == ["backup.zip", "deflated.zip", "stored.zip"]


@pytest.mark.parametrize("before", ["", "a", "ab", "user:"])
@pytest.mark.parametrize("after", ["", "1", "12"])
def test_a_secret_is_found_in_the_header_of_a_login(before: str, after: str) -> None:
    assert shows(base64.b64encode(f"{before}{KEY}{after}".encode()))
    assert shows(KEY.upper())
    assert not shows(base64.b64encode(f"{before}{'0' * 32}{after}".encode()))


def test_what_only_the_program_knows_as_a_secret_is_found(folder: Path) -> None:
    """A new fake need not declare anything: what was saved as a secret is one."""
    paths = Paths.default(folder / "home" / "data")
    paths.make()
    EncryptedFile(paths).put("plugin.1.password", ODD)
    (folder / "home" / "answers.txt").write_text(f"of http://ann:{quote(ODD, safe='')}@host", encoding="utf-8")
    (folder / "home" / "program.log").write_text(f"said {ODD}", encoding="utf-8")
    (folder / "other.txt").write_text("nothing", encoding="utf-8")
    assert found(folder) == ["answers.txt", "program.log"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_a_torrent_may_hold_its_tracker_where_only_the_user_can_read_it(folder: Path, mode: int) -> None:
    kept = folder / "torrents" / "of-a-client.resume"
    kept.parent.mkdir()
    kept.write_text(KEY, encoding="utf-8")
    kept.chmod(mode)
    assert bool(found(folder)) is (mode != 0o600)


def test_every_service_of_the_loopback_world_gives_out_marked_secrets() -> None:
    """One with a secret of another kind could not be found in a picture or a log."""
    package = radarr_desktop.loopback
    names = [f"{package.__name__}.{one.name}" for one in pkgutil.iter_modules(package.__path__)]
    modules = [importlib.import_module(name) for name in names]
    servers = {cls for one in modules for _, cls in inspect.getmembers(one, inspect.isclass) if issubclass(cls, Server)}
    given = [(cls, one) for cls in servers for one in inspect.signature(cls).parameters.values()]
    secret = [each for each in given if any(word in each[1].name for word in ("key", "token", "password", "session"))]
    assert len(secret) >= 5
    assert [f"{cls.__name__}({one.name})" for cls, one in secret if MARK not in str(one.default)] == []
    assert MARK in ServiceContract.secret


def test_a_run_that_leaks_fails_whichever_worker_it_was(tmp_path: Path) -> None:
    leaks = {
        "write": "(tmp_path / 'program.log').write_text(made_up('leak'))",
        "print": "print(made_up('leak'))",
        "fail": "assert made_up('leak') == ''",
    }
    for name, leak in leaks.items():
        lines = ["from radarr_desktop.loopback.made_up import made_up", "def test_leak(tmp_path):", f"    {leak}"]
        (tmp_path / f"test_{name}.py").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:pytest-qt", "-c", os.devnull]
    inner = [
        "--numprocesses",
        "2",
        "--dist",
        "loadfile",
        "--rootdir",
        str(tmp_path),
        "--basetemp",
        str(tmp_path / "in"),
    ]
    done = subprocess.run([*command, *inner, str(tmp_path)], capture_output=True, text=True, check=False)
    shutil.rmtree(tmp_path / "in")
    assert done.returncode == 1, done.stdout
    assert "program.log holds a secret" in done.stdout
    assert "test_print.py::test_leak printed a secret" in done.stdout
    assert "test_fail.py::test_leak printed a secret" in done.stdout
    said = [line for line in done.stdout.splitlines() if line == "Secrets were written:"]
    assert len(said) == 2, done.stdout
