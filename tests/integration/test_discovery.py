"""Plugins are found in wheels and in the drop-in folder, and a bad one harms nobody; each case in a fresh process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUNDLED = {
    path.stem
    for path in (ROOT / "plugins" / "radarr_desktop_plugins").iterdir()
    if path.suffix == ".py" or (path / "__init__.py").exists()
}
DISCOVER = """
import json, sys
from pathlib import Path
from radarr_desktop.engine.plugins.discovery import discover, module_name
found = discover(Path(sys.argv[1]))
print(json.dumps({
    "classes": [[module_name(cls), cls.implementation, sys.modules[cls.__module__].__file__] for cls in found.classes],
    "failed": [[failed.module, failed.reason] for failed in found.failed],
    "loaded": [name for name in ("PySide6", "libtorrent", "radarr_desktop_plugins.hdbits.tree") if name in sys.modules],
}))
"""
NOTIFIER = """
from __future__ import annotations
from radarr_desktop.plugin_api import Notice, Notifier, Settings

class {name}Settings(Settings):
    base_url: str = "http://x"

class {name}(Notifier[{name}Settings]):
    name = "{name}"
    async def send(self, notice: Notice) -> None: ...
    async def test(self) -> None: ...
"""
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "{name}"
version = "1.0"
[tool.hatch.build.targets.wheel]
packages = ["radarr_desktop_plugins"]
"""


@dataclass(frozen=True)
class Found:
    """What a process found."""

    classes: list[list[str]]
    failed: dict[str, str]
    log: str
    loaded: list[str]
    """What only the use of a plugin needs."""

    def modules(self) -> set[str]:
        """Modules that gave a plugin."""
        return {module for module, _, _ in self.classes}


def find(drop_in: Path, *more_paths: Path) -> Found:
    """Discover in a process whose plugins are the bundled ones and those below ``more_paths``."""
    paths = [*more_paths, ROOT, ROOT / "plugins"]
    outcome = subprocess.run(
        [sys.executable, "-c", DISCOVER, str(drop_in)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    answer = json.loads(outcome.stdout.splitlines()[-1])
    return Found(answer["classes"], dict(answer["failed"]), outcome.stdout, answer["loaded"])


def put(folder: Path, name: str, source: str) -> Path:
    """Write a module of the namespace."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    path.write_text(source, encoding="utf-8")
    return path


def install(tmp_path: Path, name: str, files: dict[str, str]) -> Path:
    """Build a wheel and install it, as a stranger would; the folder it is in."""
    project, target = tmp_path / name, tmp_path / f"{name}-site"
    for file, source in files.items():
        path = project / "radarr_desktop_plugins" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    (project / "pyproject.toml").write_text(PROJECT.format(name=name), encoding="utf-8")
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path / "dist"),
        str(project),
    ]
    subprocess.run(build, check=True, capture_output=True, timeout=120)
    (wheel,) = (tmp_path / "dist").glob(f"{name.replace('-', '_')}-*.whl")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(pip, check=True, capture_output=True, timeout=120)
    return target


def test_bundled_plugins_and_those_of_another_wheel_are_found_alike(tmp_path: Path) -> None:
    files = {
        "ntfy.py": NOTIFIER.format(name="Ntfy"),
        "big/__init__.py": "from radarr_desktop_plugins.big.entry import Big\n",
        "big/entry.py": NOTIFIER.format(name="Big"),
    }
    found = find(tmp_path / "none", install(tmp_path, "radarr-ntfy", files))
    assert found.modules() == {*BUNDLED, "ntfy", "big"}
    assert found.failed == {}
    assert found.loaded == []


def test_a_wheel_that_hides_the_namespace_is_reported_and_the_rest_live(tmp_path: Path) -> None:
    site = install(tmp_path, "radarr-rude", {"__init__.py": "", "rude.py": NOTIFIER.format(name="Rude")})
    put(tmp_path / "mine", "mine", NOTIFIER.format(name="Mine"))
    found = find(tmp_path / "mine", site)
    assert found.modules() == {*BUNDLED, "rude", "mine"}
    assert list(found.failed) == ["__init__"]
    assert f"{site}/radarr_desktop_plugins/__init__.py hides the plugins" in found.failed["__init__"]
    assert "plugin.namespace_hidden" in found.log


def test_the_drop_in_folder_comes_first(tmp_path: Path) -> None:
    mine = put(tmp_path, "webhook", NOTIFIER.format(name="Webhook"))
    put(tmp_path, "extra", NOTIFIER.format(name="Extra"))
    found = find(tmp_path)
    assert found.modules() == {*BUNDLED, "extra"}
    assert [file for module, _, file in found.classes if module == "webhook"] == [str(mine)]
    assert found.failed == {}


BAD = [
    ("import a_package_nobody_has\n", "It needs the package “a_package_nobody_has”, which is not installed."),
    ("def broken(:\n", "Line 1 cannot be read as Python."),
    ("raise RuntimeError('no luck')\n", "no luck."),
    ("raise RuntimeError\n", "It failed while it was loaded. The log has the details."),
    ("import sys\nsys.exit(3)\n", "It ended itself while it was loaded."),
    ("answer = 42\n", "It holds no plugin class."),
    (NOTIFIER.format(name="Bad").replace("[BadSettings]", ""), "Bad does not say which settings it has"),
    (NOTIFIER.format(name="Bad").replace('name = "Bad"', ""), "Bad has no name."),
    (NOTIFIER.format(name="Bad").replace("async def test(self) -> None: ...", ""), "Bad lacks test."),
    (NOTIFIER.format(name="Bad").replace('"http://x"', "1 / 0"), "division by zero."),
    (
        "from pydantic import SecretStr\n"
        + NOTIFIER.format(name="Bad").replace("base_url: str", "keys: list[SecretStr]"),
        "Bad.keys hides a secret where it cannot be kept",
    ),
    (NOTIFIER.format(name="Bad").replace("base_url: str", "base_url: 'Nowhere' = 1\n    odd: str"), "name 'Nowhere'"),
    (
        "class Odd: ...\n"
        + NOTIFIER.format(name="Bad").replace("base_url: str", "odd: Odd | None = None\n    base_url: str"),
        "Unable to generate pydantic-core schema",
    ),
]
"""Modules that cannot be used, and what is said of each."""


@pytest.fixture(scope="module")
def among_bad_ones(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Return what is found where every bad module lies in the drop-in folder at once."""
    folder = tmp_path_factory.mktemp("bad")
    for number, (source, _) in enumerate(BAD):
        plain = source.replace("from __future__ import annotations\n", "", 1)  # so that its annotations are evaluated
        put(folder, f"bad{number}", plain)
    put(folder, "good", NOTIFIER.format(name="Good"))
    return find(folder)


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_bad_module_is_shown_with_its_reason(among_bad_ones: Found, number: int) -> None:
    assert among_bad_ones.failed[f"bad{number}"].startswith(BAD[number][1])


def test_bad_modules_harm_no_other(among_bad_ones: Found) -> None:
    assert among_bad_ones.modules() == BUNDLED | {"good"}
    assert len(among_bad_ones.failed) == len(BAD)


def test_two_modules_with_the_same_service_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, "mine", NOTIFIER.format(name="WEBHOOK"))
    found = find(tmp_path)
    assert found.modules() == BUNDLED - {"webhook"} | {"mine"}
    assert found.failed == {"webhook": "“Webhook” comes from the module mine already."}


def test_one_bad_class_does_not_cost_its_neighbours(tmp_path: Path) -> None:
    bad = NOTIFIER.format(name="Bad").replace("[BadSettings]", "").replace("from __future__ import annotations\n", "")
    put(tmp_path, "two", NOTIFIER.format(name="Good") + bad)
    found = find(tmp_path)
    assert ["two", "Good", str(tmp_path / "two.py")] in found.classes
    assert list(found.failed) == ["two"]
