"""What every plugin is: one class with its settings, its context and a test."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar, cast, get_args

from pydantic import BaseModel, ConfigDict

from radarr_desktop.plugin_api.http import Http

API_VERSION = 1


class Settings(BaseModel):
    """Base of a plugin's settings: one declaration makes validation, the form and the REST schema.

    Use ``pydantic.Field(title=..., description=...)`` for label and hint, ``SecretStr`` for what belongs in the
    keyring, and ``json_schema_extra={"advanced": True}`` for fields most people never touch,
    ``{"required": True}`` for those that have a default but must be filled in before a test.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        hide_input_in_errors=True,
        defer_build=True,  # until it is used: every service takes memory for it, and few are set up
    )


S = TypeVar("S", bound=Settings)


def _unheard(key: str, target: str) -> None:
    """Nobody waits for an answer."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the engine hands to a plugin instance."""

    name: str
    """The name the user gave this instance."""
    data_dir: Path
    """A folder of this instance's own; it exists when the plugin starts."""
    http: Http
    """An HTTP client that maps transport faults to the named errors."""
    log: logging.Logger
    app_version: str
    answer: Callable[[str, str], None] = _unheard
    """Tell the engine that the user pressed a button of a notice: the key and the target of its action."""


class Plugin(ABC, Generic[S]):
    """One service. The class is the manifest; a capability is an overridden method."""

    name: ClassVar[str]
    """The service's name as people write it, e.g. ``HDBits``."""
    description: ClassVar[str] = ""
    """One sentence for the list of services to add."""
    info_url: ClassVar[str] = ""
    implementation: ClassVar[str]
    """Stable identifier, also ``implementation`` in the v3 API; the class name unless set."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "implementation" not in cls.__dict__:
            cls.implementation = cls.__name__

    def __init__(self, settings: S, context: Context) -> None:
        self.settings = settings
        self.context = context

    @classmethod
    def settings_type(cls) -> type[S]:
        """The ``Settings`` class this plugin is generic in."""
        for ancestor in cls.__mro__:
            for base in getattr(ancestor, "__orig_bases__", ()):
                for argument in get_args(base):
                    if isinstance(argument, type) and issubclass(argument, Settings):
                        return cast("type[S]", argument)
        message = f"{cls.__name__} does not say which settings it has: derive from Indexer[MySettings] or the like"
        raise TypeError(message)

    @property
    def spacing(self) -> float:
        """Seconds the engine leaves between two requests of this instance."""
        return 0.0

    @property
    def hourly(self) -> int:
        """Requests an hour that the engine lets this instance send; 0: as many as it likes."""
        return 0

    async def start(self) -> None:
        """Called once before the first use; raise a named error when the service cannot be used."""

    async def close(self) -> None:
        """Called once at the end; must not raise."""

    @abstractmethod
    async def test(self) -> None:
        """Prove that the settings work, or raise a named error that says what to change."""
