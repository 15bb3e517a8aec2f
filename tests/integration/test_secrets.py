"""Secrets in a real keyring, and in the encrypted file."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import MASTER_KEY, EncryptedFile, Keyring, Secrets, choose, write_private

ROOT = Path(__file__).parents[2]
SECRET = "hunter2-hunter2"
IN_A_SESSION = """
printf 'pw\\n' | gnome-keyring-daemon --daemonize --unlock --components=secrets >/dev/null
exec "$@"
"""
USE = """
import asyncio, json, sys
from pathlib import Path
from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.secrets import Secrets
async def run():
    paths = Paths.default(Path(sys.argv[1]))
    paths.make()
    secrets = Secrets(paths)
    try:
        told = {"before": await secrets.get("a"), "kind": await secrets.describe()}
        await secrets.put("a", sys.argv[2])
        await secrets.put("b", "b")
        await secrets.delete("b")
        await secrets.delete("b")
        told["after"] = await Secrets(paths).get("a")
        told["gone"] = await Secrets(paths).get("b")
    except Problem as problem:
        told = {"problem": str(problem), "kind": await secrets.describe()}
    print(json.dumps(told))
asyncio.run(run())
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Return the folders of a program that never ran."""
    found = Paths.default(tmp_path / "home")
    found.make()
    return found


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def use(folder: Path, value: str, *around: str, **env: str) -> dict[str, object]:
    """Use the secrets of ``folder`` in a process of its own."""
    outcome = subprocess.run(
        [*around, sys.executable, "-c", USE, str(folder), value],
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    assert value not in outcome.stderr
    answer: dict[str, object] = json.loads(outcome.stdout.splitlines()[-1])
    return answer


def session(tmp_path: Path) -> tuple[list[str], dict[str, str]]:
    """A desktop session with an unlocked keyring around a command."""
    run = tmp_path / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    around = ["dbus-run-session", "--", "bash", "-c", IN_A_SESSION, "session"]
    return around, {"XDG_DATA_HOME": str(tmp_path / "share"), "XDG_RUNTIME_DIR": str(run)}


def test_a_real_keyring_keeps_secrets_and_its_absence_is_not_an_empty_one(tmp_path: Path) -> None:
    assert shutil.which("gnome-keyring-daemon"), "install gnome-keyring"
    around, env = session(tmp_path)
    home = tmp_path / "home"
    first = use(home, SECRET, *around, **env)
    assert first == {"before": "", "kind": ["keyring", ""], "after": SECRET, "gone": ""}
    assert use(home, SECRET, *around, **env)["before"] == SECRET
    assert list((tmp_path / "share" / "keyrings").glob("*.keyring"))
    for file in home.rglob("*"):
        assert file.is_dir() or SECRET.encode() not in file.read_bytes()

    without = use(home, "other")
    assert "The keyring with the saved passwords does not answer" in str(without["problem"])
    assert without["kind"] == ["none", without["problem"]]
    assert not (home / EncryptedFile.NAME).exists()
    assert use(home, SECRET, *around, **env)["before"] == SECRET


def test_a_given_key_means_the_file_even_where_a_keyring_is(tmp_path: Path) -> None:
    around, env = session(tmp_path)
    told = use(tmp_path / "home", SECRET, *around, **env, **{MASTER_KEY: "ab" * 32})
    assert str(told["kind"]).startswith("['file'")


def test_without_a_keyring_a_file_keeps_them_sealed_and_private(paths: Paths) -> None:
    async def run() -> None:
        secrets = Secrets(paths)
        await asyncio.gather(*(secrets.put(f"key{number}", f"{SECRET}{number}") for number in range(10)))
        kind, limits = await secrets.describe()
        assert kind == "file"
        assert "not against programs that run as you" in limits
        again = Secrets(paths)
        assert [await again.get(f"key{number}") for number in range(10)] == [
            f"{SECRET}{number}" for number in range(10)
        ]
        assert await again.get("none") == ""
        await again.delete("key1")
        await again.delete("key1")
        assert await Secrets(paths).get("key1") == ""

    asyncio.run(run())
    files = {path.name: path for path in (paths.data / EncryptedFile.NAME, paths.config / "secrets.key")}
    assert {name: mode(path) for name, path in files.items()} == dict.fromkeys(files, 0o600)
    assert [mode(folder) for folder in (paths.data, paths.config)] == [0o700, 0o700]
    for path in paths.data.rglob("*"):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes()
    assert not list(paths.data.rglob("*.new"))


def lose_key(paths: Paths) -> None:
    (paths.config / "secrets.key").unlink()


def change_key(paths: Paths) -> None:
    write_private(paths.config / "secrets.key", bytes(32))


def cut_key(paths: Paths) -> None:
    os.truncate(paths.config / "secrets.key", 5)


def cut_file(paths: Paths) -> None:
    os.truncate(paths.data / EncryptedFile.NAME, 20)


def empty_file(paths: Paths) -> None:
    os.truncate(paths.data / EncryptedFile.NAME, 0)


def flip(paths: Paths) -> None:
    path = paths.data / EncryptedFile.NAME
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [lose_key, change_key, cut_key, cut_file, empty_file, flip])
def test_what_cannot_be_read_is_told_and_not_written_over(paths: Paths, harm: Callable[[Paths], None]) -> None:
    async def run() -> None:
        await Secrets(paths).put("a", SECRET)
        harm(paths)
        before = {path: path.read_bytes() for path in paths.data.rglob("secrets*") if path.is_file()}
        for verb in (Secrets(paths).get("a"), Secrets(paths).put("a", "new"), Secrets(paths).delete("a")):
            with pytest.raises(Problem, match=r"cannot be read\..*Restore the key") as caught:
                await verb
            assert SECRET not in str(caught.value)
        assert {path: path.read_bytes() for path in paths.data.rglob("secrets*") if path.is_file()} == before

    asyncio.run(run())


def test_a_key_from_the_environment(paths: Paths, tmp_path: Path) -> None:
    home = tmp_path / "given"
    assert use(home, SECRET, **{MASTER_KEY: "ab" * 32})["after"] == SECRET
    assert not list(home.rglob("secrets.key"))
    assert use(home, "x", **{MASTER_KEY: "ab" * 32})["before"] == SECRET
    wrong = use(home, "x", **{MASTER_KEY: "cd" * 32})
    assert MASTER_KEY in str(wrong["problem"])
    for bad in ("ab", "zz" * 32):
        assert "64 hex digits" in str(use(tmp_path / bad, "x", **{MASTER_KEY: bad})["problem"])


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    async def run() -> None:
        paths = Paths(tmp_path / "data", tmp_path / "config")
        paths.make()
        secrets = Secrets(paths)
        await secrets.put("a", SECRET)
        shutil.rmtree(paths.data)
        with pytest.raises(Problem, match="cannot be saved") as caught:
            await secrets.put("b", SECRET)
        assert caught.value.kind is Kind.STORAGE
        assert await secrets.get("a") == SECRET

    asyncio.run(run())


def test_the_log_filter_knows_every_secret_it_ever_met(paths: Paths) -> None:
    async def run() -> None:
        secrets = Secrets(paths)
        await secrets.put("a", "first")
        await secrets.put("a", "second")
        await secrets.delete("a")
        secrets.hide(["typed", ""])
        assert secrets.known_values() == {"first", "second", "typed"}
        await Secrets(paths).put("b", "stored")
        fresh = Secrets(paths)
        await fresh.get("b")
        assert fresh.known_values() == {"stored"}

    asyncio.run(run())


def test_the_file_is_chosen_once_it_is_there(paths: Paths) -> None:
    assert isinstance(choose(paths), EncryptedFile)
    assert not Keyring.used(paths)
    assert not EncryptedFile.used(paths)
