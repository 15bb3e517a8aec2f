"""The provisioning file: read, checked, and every value still knows its line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from radarr_desktop.domain.problem import Kind, Problem

MAX_SIZE = 1024 * 1024
"""Bytes of a file, or of a secret a ``file:`` names."""

_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\"' -]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w-]+|\"[^\"]*\")\s*=")
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class PortTable(_Table):
    host: str = "127.0.0.1"
    port: int = Field(default=7878, ge=0, le=65535)
    api_key: str = Field(default="", repr=False)


class RootFolderTable(_Table):
    path: str


class PluginTable(_Table):
    module: str
    name: str
    enabled: bool = True
    settings: dict[str, Any] = Field(default_factory=dict, repr=False)
    tags: list[str] = Field(default_factory=list)


class QualityProfileTable(_Table):
    name: str
    allowed: list[str]
    cutoff: str = ""
    upgrades: bool = True


class MovieTable(_Table):
    tmdb_id: int = Field(gt=0)
    quality_profile: str = ""
    root_folder: str = ""
    monitored: bool = True


class NamingTable(_Table):
    folder: str = ""
    file: str = ""


class MediaTable(_Table):
    allow_copies: bool = False
    naming: NamingTable = Field(default_factory=NamingTable)


class Document(_Table):
    """The whole file."""

    port: PortTable | None = None
    root_folder: list[RootFolderTable] = Field(default_factory=list)
    plugin: list[PluginTable] = Field(default_factory=list)
    quality_profile: list[QualityProfileTable] = Field(default_factory=list)
    movie: list[MovieTable] = Field(default_factory=list)
    media: MediaTable | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in the file that cannot be used, and where."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class ConfigError(Problem):
    """The file cannot be used; ``mistakes`` names every line."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        listed = "; ".join(str(mistake) for mistake in mistakes)
        super().__init__(Kind.BAD_INPUT, f"{path} cannot be used.", listed, "Correct it and start again.")


@dataclass(frozen=True, slots=True)
class Source:
    """A file with its lines."""

    path: Path
    text: str

    def line(self, *where: str | int) -> int:
        """The line of a value: table, its number, key (and what is inside it counts as the key)."""
        table = str(where[0]) if where else ""
        number = next((part for part in where[1:2] if isinstance(part, int)), 0)
        key = next((part for part in where[1:] if isinstance(part, str)), "")
        seen, found = -1, 0
        for index, text in enumerate(self.text.splitlines(), start=1):
            if header := _HEADER.match(text):
                inside = seen == number and found
                name = header[2].strip("\"' ")
                if inside and name.startswith(f"{table}.") and name.endswith(f".{key}"):
                    return index
                if name != table:
                    if inside and not name.startswith(f"{table}."):
                        break
                    continue
                seen += 1
                if seen == number:
                    found = index
            elif found and seen == number and key and (match := _KEY.match(text)) and match[1].strip('"') == key:
                return index
            elif not table and (match := _KEY.match(text)) and match[1] == key:
                return index
        return found or 1


def read_document(path: Path) -> tuple[Document, Source]:
    """Read and check the file; raises ``ConfigError`` with every mistake and its line."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise Problem(Kind.NOT_FOUND, f"{path} cannot be read.", f"{fault.strerror}.") from fault
    if len(data) > MAX_SIZE:
        raise Problem(Kind.BAD_INPUT, f"{path} is too big.", f"It has {len(data):,} bytes.")
    try:
        source = Source(path, data.decode())
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise ConfigError(path, [Mistake(line, "This is not UTF-8 text.")]) from None
    try:
        values = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as fault:
        line = int(match[1]) if (match := _TOML_LINE.search(str(fault))) else source.text.count("\n") + 1
        raise ConfigError(path, [Mistake(line, f"{_TOML_LINE.sub('', str(fault)).strip()}.")]) from None
    mistakes = list(_resolve(values, (), source))
    try:
        document = Document.model_validate(values)
    except ValidationError as fault:
        mistakes += [_mistake(source, error) for error in fault.errors(include_input=False, include_url=False)]
        raise ConfigError(path, sorted(mistakes, key=lambda each: each.line)) from None
    if mistakes:
        raise ConfigError(path, mistakes)
    return document, source


def _resolve(node: Any, where: tuple[str | int, ...], source: Source) -> Iterator[Mistake]:
    """Put the values of ``env:NAME`` and ``file:PATH`` in their place."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(items):
        if isinstance(value, str) and value.startswith(("env:", "file:")):
            try:
                node[key] = _outside(value, source.path)
            except ValueError as fault:
                yield Mistake(source.line(*where, key), str(fault))
        else:
            yield from _resolve(value, (*where, key), source)


def _outside(value: str, config: Path) -> str:
    scheme, _, rest = value.partition(":")
    if scheme == "env":
        if rest not in os.environ:
            raise ValueError(f"The environment variable {rest} is not set.")
        return os.environ[rest]
    path = config.parent / Path(rest).expanduser()
    try:
        with path.open("rb") as file:
            return file.read(MAX_SIZE).decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise ValueError(f"{path} cannot be read: {getattr(fault, 'strerror', 'no text')}.") from None


def _mistake(source: Source, error: Any) -> Mistake:
    where = error["loc"]
    name = ".".join(str(part) for part in where if isinstance(part, str))
    if error["type"] == "extra_forbidden":
        return Mistake(source.line(*where), f"“{name}” is not known here.")
    if error["type"] == "missing":
        return Mistake(source.line(*where[:-1]), f"“{name}” is missing.")
    message = error["msg"]
    return Mistake(source.line(*where), f"“{name}”: {message[:1].lower()}{message[1:]}.")
