"""The provisioning file: its tables, read and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.plugins import complaints
from radarr_desktop.engine.provisioning.lines import Place, Source
from radarr_desktop.engine.provisioning.outside import Outside, resolve
from radarr_desktop.engine.provisioning.salvage import is_within, leave_out

MAX_SIZE = 1024 * 1024
"""Bytes."""

_ROUNDS = 5
"""A value that is no table becomes an empty one, that one gets what it needs, and then it reads well."""
_TOML_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_SWITCHES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, Outside) and value.strip().isdecimal() else value


def _decimal(value: Any) -> Any:
    return float(value) if isinstance(value, Outside) and re.fullmatch(r"\s*\d+(\.\d+)?\s*", value) else value


def _switch(value: Any) -> Any:
    return _SWITCHES.get(value.strip().lower(), value) if isinstance(value, Outside) else value


def _words(value: Any) -> Any:
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, Outside) else value


# What an environment variable or a file says is text; a number, a switch or a list is read out of it.
Number = Annotated[int, BeforeValidator(_number)]
Decimal = Annotated[float, BeforeValidator(_decimal)]
Switch = Annotated[bool, BeforeValidator(_switch)]
Words = Annotated[list[str], BeforeValidator(_words)]
Text = Annotated[str, Field(min_length=1)]


class Table(BaseModel):
    """What all tables have in common: nothing unknown, nothing guessed."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PortTable(Table):
    host: Text = "127.0.0.1"
    port: Annotated[Number, Field(ge=0, le=65535)] = 7878
    api_key: str = Field(default="", repr=False)


class RootFolderTable(Table):
    path: Text


class RemotePathTable(Table):
    host: Text
    remote: Text
    local: Text


class WatchFolderTable(Table):
    path: Text
    torrents: Switch = True
    media: Switch = False
    afterwards: str = "move"


class PluginTable(Table):
    module: Text
    name: Text
    enabled: Switch = True
    settings: dict[str, Any] = Field(default_factory=dict, repr=False)
    tags: Words = Field(default_factory=list)


class CustomFormatTable(Table):
    """Either where a guide is, or a name and a pattern for release names."""

    source: str = ""
    name: str = ""
    pattern: str = ""


class QualityProfileTable(Table):
    """Either made from a preset, or from the qualities that are allowed."""

    name: str = ""
    preset: str = ""
    allowed: Words = Field(default_factory=list)
    cutoff: str = ""
    upgrades: Switch = True
    language: str = ""
    largest: str = ""
    """As people write it: ``15 GB``."""
    scores: dict[str, Number] = Field(default_factory=dict)
    """By name of the custom format."""


class MovieTable(Table):
    tmdb_id: Annotated[Number, Field(gt=0, lt=2**31)]
    quality_profile: str = ""
    root_folder: str = ""
    monitored: Switch = True


class NamingTable(Table):
    preset: str = ""
    """Patterns to start from; those of the file go before."""
    folder: str = ""
    file: str = ""
    rename: Switch = True
    replace_illegal: Switch = True
    colon: str = ""


class SidecarTable(Table):
    """Notes and pictures beside movies."""

    nfo: Switch = False
    movie_nfo: Switch = False
    images: Switch = False


class MediaTable(Table):
    allow_copies: Switch = False
    unpack: Switch = False
    naming: NamingTable = Field(default_factory=NamingTable)
    sidecars: SidecarTable = Field(default_factory=SidecarTable)


class DownloadsTable(Table):
    """How patient the program is; see ``domain.stuck.DownloadSettings``. What is left out stays as it is."""

    stalled_hours: Decimal = 24.0
    slow_kb: Number = 0
    slow_hours: Decimal = 24.0
    metadata_hours: Decimal = 12.0
    incomplete_hours: Decimal = 72.0
    error_hours: Decimal = 6.0
    unregistered_hours: Decimal = 1.0
    strikes: Number = 3
    act_on_private: Switch = False
    redownload: Switch = True
    redownload_by_user: Switch = True
    search_again: Switch = True
    private_seed_hours: Decimal = 72.0
    private_ratio: Decimal = 1.0


class Document(Table):
    """The whole file."""

    port: PortTable | None = None
    root_folder: list[RootFolderTable] = Field(default_factory=list)
    remote_path: list[RemotePathTable] = Field(default_factory=list)
    watch_folder: list[WatchFolderTable] = Field(default_factory=list)
    plugin: list[PluginTable] = Field(default_factory=list)
    custom_format: list[CustomFormatTable] = Field(default_factory=list)
    quality_profile: list[QualityProfileTable] = Field(default_factory=list)
    movie: list[MovieTable] = Field(default_factory=list)
    media: MediaTable | None = None
    downloads: DownloadsTable | None = None


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """Something in the file that cannot be used, and where."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"


class ConfigError(Problem):
    """The file cannot be used; ``mistakes`` names every line."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(mistakes)
        listed = "\n".join(str(mistake) for mistake in self.mistakes)
        super().__init__(Kind.BAD_INPUT, f"{path} cannot be used.", listed, "Correct it and start again.")
        self.args = (f"{self.what}\n{self.why}\n{self.todo}",)  # a line for each


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: what it declares, as far as that could be understood, and what could not."""

    document: Document
    source: Source
    faults: Mapping[Place, str]


def read_document(path: Path) -> Reading:
    """Read the file. Raises ``ConfigError`` when it is no TOML at all."""
    source = Source(path, _text(path))
    try:
        values = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(path, [_unreadable(source, str(fault))]) from None
    faults = dict(resolve(values, path.parent))
    for _ in range(_ROUNDS):
        try:
            return Reading(Document.model_validate(values), source, faults)
        except ValidationError as fault:
            errors = {error["loc"]: error for error in fault.errors(include_input=False, include_url=False)}
        faults |= {place: _sentence(error) for place, error in errors.items() if not is_within(place, faults)}
        leave_out(values, errors)
    raise ConfigError(path, [Mistake(source.line(*place), message) for place, message in faults.items()])


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except OSError as fault:
        kind = Kind.NOT_FOUND if isinstance(fault, FileNotFoundError) else Kind.BAD_INPUT
        raise Problem(kind, f"{path} cannot be read.", f"{fault.strerror}.", "Name another file.") from fault
    if len(data) > MAX_SIZE:
        raise Problem(Kind.BAD_INPUT, f"{path} is too big.", f"More than {MAX_SIZE:,} bytes are not read.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise ConfigError(path, [Mistake(line, "This is not UTF-8 text.")]) from None


def _unreadable(source: Source, said: str) -> Mistake:
    match = _TOML_LINE.search(said)
    line = int(match[1]) if match and match[1] else source.text.rstrip("\n").count("\n") + 1
    text = _TOML_LINE.sub("", said).replace("Invalid statement", "This is not “name = value”")
    text = re.sub(r"^Invalid (.+)$", r"This \1 cannot be read", text)
    text = re.sub(r"^Cannot declare .*", "This table is there twice", text)
    text = text.replace("Cannot overwrite a value", "This name is there twice")
    return Mistake(line, f"{text}. Texts need quotes, tables [brackets].")


def _sentence(error: Mapping[str, Any]) -> str:
    place: Place = tuple(error["loc"])
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    if error["type"] == "extra_forbidden":
        return f"“{name}” is not known here."
    if error["type"] == "missing":
        return f"“{name}” is missing here."
    if error["type"] == "string_too_short":
        return f"“{name}” is empty."
    if error["type"] in ("model_type", "dict_type", "model_attributes_type"):
        keys = ".".join(part for part in place if isinstance(part, str))
        brackets = f"[[{keys}]]" if name in _LISTS else f"[{keys}]"
        return f"“{name}”: a table is needed. Write {brackets} on a line of its own."
    if error["type"] == "list_type" and name in _LISTS:
        return f"“{name}”: there can be many. Write [[{name}]] instead of [{name}]."
    return f"“{name}”: {complaints.sentence(error)}"


_LISTS = ("root_folder", "watch_folder", "remote_path", "plugin", "custom_format", "quality_profile", "movie")
