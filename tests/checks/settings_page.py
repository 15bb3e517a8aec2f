"""The page of the configuration file names every table, key and setting there is.

`python -m tests.checks.settings_page` writes the tables of services' settings anew.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from radarr_desktop.engine.plugins.discovery import discover, module_name
from radarr_desktop.engine.plugins.forms import Field, _field, fields
from radarr_desktop.engine.plugins.kinds import kind_of
from radarr_desktop.engine.provisioning.document import Document
from radarr_desktop.plugin_api import DownloadClientSettings, IndexerSettings, Settings

PAGE = Path("docs/configuration.md")
START = "<!-- settings of services: written by python -m tests.checks.settings_page -->"
END = "<!-- end of settings -->"
SHARED: Mapping[str, type[Settings]] = {"indexers": IndexerSettings, "download clients": DownloadClientSettings}


def broken(root: Path) -> Iterator[str]:
    """Name what the page does not tell, or tells otherwise than it is."""
    text = (root / PAGE).read_text(encoding="utf-8")
    if text != _rewritten(text):
        yield f"{PAGE}: the settings of services have changed; write them with python -m tests.checks.settings_page"
    example = tomllib.loads(text.partition("```toml\n")[2].partition("```")[0])
    yield from (f"{PAGE}: the example lacks {name}" for name in _missing(Document, [example]))


def _missing(model: type[BaseModel], written: Iterable[Mapping[str, Any]], above: str = "") -> Iterator[str]:
    """Names of a table that no instance of it in the example has."""
    tables = list(written)
    for name, field in model.model_fields.items():
        values = [table[name] for table in tables if name in table]
        if not values:
            yield f"{above}{name}"
        within = [each for value in values for each in (value if isinstance(value, list) else [value])]
        for one in _models(field.annotation):
            yield from _missing(one, within, f"{above}{name}.")


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _models(one)


def _rewritten(text: str) -> str:
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        message = f"{PAGE} has lost its marks; put these two lines back where the tables belong: {START} and {END}"
        raise ValueError(message)
    return f"{before}{START}\n{_tables()}{END}{after}"


def _tables() -> str:
    classes = discover(Path("no drop-in folder")).classes
    parts = []
    for cls in sorted(classes, key=lambda cls: (kind_of(cls), module_name(cls))):
        who = next((who for who, base in SHARED.items() if issubclass(cls.settings_type(), base)), "")
        own = [one for one in fields(cls) if one not in _shared(who)]
        also = f", and those of all {who}" if who else ""
        words = f"`{module_name(cls)}` ({kind_of(cls).replace('_', ' ')}). {cls.description}"
        table = f" Its settings{also}:\n\n{_table(own)}" if own else " It has no settings.\n"
        parts.append(f"### {cls.name}\n\n{words}{table}")
    return "\n".join([*parts, *(f"### All {who}\n\n{_table(_shared(who))}" for who in SHARED)])


def _shared(who: str) -> list[Field]:
    return [_field(name, info) for name, info in SHARED[who].model_fields.items()] if who else []


def _table(rows: Iterable[Field]) -> str:
    lines = ["| Setting | Left out | What it is |", "|---|---|---|"]
    for one in rows:
        choices = f" One of {', '.join(f'`{value}`' for value, _ in one.choices)}." if one.choices else ""
        secret = " Kept with the secrets." if one.secret else ""
        words = f"{one.label}. {one.hint}{choices}{secret}".replace("|", "\\|")
        lines.append(f"| `{one.name}` | {_default(one)} | {' '.join(words.split())} |")
    return "\n".join(lines) + "\n"


def _default(one: Field) -> str:
    if one.required:
        return "*must be there*"
    if one.default in (None, "", [], ()) or one.secret:
        return ""
    return f"`{json.dumps(one.default, ensure_ascii=False)}`"


if __name__ == "__main__":
    page = Path(__file__).parents[2] / PAGE
    page.write_text(_rewritten(page.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"The settings of services are written in {PAGE}.")
