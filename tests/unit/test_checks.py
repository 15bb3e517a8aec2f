"""The house rules of `make check` see what they are there for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checks import colours, namespaces, public_names, settings_page, sizes

ROOT = Path(__file__).parents[2]
PARTS = ("plugin_api", "domain", "store", "engine", "api", "ui", "cli", "loopback")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a small tree of our shape that keeps every rule."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for part in PARTS:
        _write(tmp_path / "radarr_desktop" / part / "__init__.py", '"""A part."""\n')
    for part in ("__init__", "demo"):
        _write(tmp_path / "radarr_desktop" / f"{part}.py", '"""A part."""\n')
    for part in ("ui/window", "app", "__main__"):
        _write(tmp_path / "radarr_desktop" / f"{part}.py", "import PySide6.QtCore\nimport qasync\n")
    _write(tmp_path / "plugins/radarr_desktop_plugins/service.py", "import radarr_desktop.plugin_api\n")
    _write(tmp_path / "resources/radarr_desktop_resources/__init__.py", '"""Data."""\n')
    return tmp_path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_long_file_is_named_and_a_table_is_not(tree: Path) -> None:
    rows = "".join(f"ROW_{number} = {number}\n" for number in range(401))
    _write(tree / "radarr_desktop/domain/table.py", rows)
    assert list(sizes.broken(tree)) == []
    _write(tree / "radarr_desktop/domain/code.py", rows + "def one() -> int:\n    return 1\n")
    assert [line.split(":")[0] for line in sizes.broken(tree)] == ["radarr_desktop/domain/code.py"]


def test_long_function_is_named(tree: Path) -> None:
    _write(tree / "tests/test_x.py", "def fits() -> None:\n" + "    pass\n" * 59)
    assert list(sizes.broken(tree)) == []
    _write(tree / "tests/test_x.py", "async def grows() -> None:\n" + "    pass\n" * 60)
    assert [line.split(": ")[1] for line in sizes.broken(tree)] == ["grows() has 61 lines, at most 60"]


def test_package_file_in_a_namespace_is_named(tree: Path) -> None:
    assert list(namespaces.broken(tree)) == []
    _write(tree / "plugins/radarr_desktop_plugins/__init__.py", "")
    _write(tree / "packaging/__init__.py", "")
    assert len(list(namespaces.broken(tree))) == 2


@pytest.mark.parametrize("code", ['X = "#a1B2c3"', 'X = f"color: #fff; {1}"', "X = QColor(1, 2, 3)"])
def test_colour_outside_the_token_file_is_named(tree: Path, code: str) -> None:
    _write(tree / "radarr_desktop/ui/theme/tokens.py", code)
    _write(tree / "radarr_desktop/ui/words.py", 'X = "Number #1234 of the list"')
    assert list(colours.broken(tree)) == []
    _write(tree / "radarr_desktop/ui/page.py", code)
    assert [line.split(":")[0] for line in colours.broken(tree)] == ["radarr_desktop/ui/page.py"]


def test_new_and_lost_public_names_are_named(tmp_path: Path) -> None:
    names = sorted(public_names.public_names())
    _write(tmp_path / public_names.ACCEPTED, "\n".join(names))
    assert list(public_names.broken(tmp_path)) == []
    _write(tmp_path / public_names.ACCEPTED, "\n".join([*names[1:], "radarr_desktop.plugin_api.Lost"]))
    came, went = public_names.broken(tmp_path)
    assert came.startswith(names[0])
    assert went.startswith("radarr_desktop.plugin_api.Lost")


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("radarr_desktop/domain/clock.py", "import radarr_desktop.engine", "Layers"),
        ("radarr_desktop/ui/page.py", "import radarr_desktop.api", "Layers"),
        ("radarr_desktop/extra.py", "", "Layers"),
        ("plugins/radarr_desktop_plugins/curious.py", "import radarr_desktop.domain", "Bundled plugins"),
        ("plugins/radarr_desktop_plugins/service.py", "import radarr_desktop.app", "Bundled plugins"),
        ("plugins/radarr_desktop_plugins/artist.py", "import radarr_desktop_resources", "Bundled plugins"),
        ("plugins/radarr_desktop_plugins/window.py", "from PySide6 import QtWidgets", "Qt stays"),
        ("radarr_desktop/engine/icon.py", "import PySide6.QtGui", "Qt stays"),
        ("radarr_desktop/demo.py", "import qasync", "Qt stays"),
        ("radarr_desktop/api/rows.py", "import peewee", "ui, api and cli"),
    ],
)
def test_forbidden_import_breaks_its_contract(tree: Path, module: str, line: str, contract: str) -> None:
    assert _lint_imports(tree).returncode == 0, _lint_imports(tree).stdout
    _write(tree / module, f"{line}\n")
    outcome = _lint_imports(tree)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    broken = [text for text in outcome.stdout.splitlines() if " BROKEN" in text]
    assert [text.startswith(contract) for text in broken] == [True]


def _lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys; sys.path[:0] = ['plugins', 'resources']; "
        "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    )
    wide = {**os.environ, "COLUMNS": "200"}  # or its lines are broken
    return subprocess.run([sys.executable, "-c", code], cwd=tree, env=wide, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("told", "otherwise", "words"),
    [
        ("| `pause` | `2.0` |", "| `pause` | `3.0` |", "the settings of services have changed"),
        ("| `cookie` |  | Session cookie.", "| `cake` |  | Session cookie.", "the settings of services have changed"),
        ("private_ratio = 1.0", "", "the example lacks downloads.private_ratio"),
        ('local = "/mnt/nas/torrents"', "", "the example lacks remote_path.local"),
        ("[media.sidecars]", "[media.naming.sidecars]", "the example lacks media.sidecars"),
    ],
)
def test_a_setting_that_the_page_does_not_tell_is_named(tree: Path, told: str, otherwise: str, words: str) -> None:
    page = (ROOT / settings_page.PAGE).read_text(encoding="utf-8")
    _write(tree / settings_page.PAGE, page)
    assert list(settings_page.broken(tree)) == []
    assert told in page
    _write(tree / settings_page.PAGE, page.replace(told, otherwise))
    assert any(words in line for line in settings_page.broken(tree))
