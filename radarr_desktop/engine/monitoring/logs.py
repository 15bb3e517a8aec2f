"""The log: JSON lines in a file that rotates, plain words on a terminal, never a secret."""

from __future__ import annotations

import contextlib
import functools
import logging
import logging.handlers
import re
import sys
from collections.abc import Callable, Collection, MutableMapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import structlog

MAX_BYTES = 5 * 1024 * 1024
FILES_KEPT = 5
MASK = "********"
SHORTEST_SECRET = 6
"""Characters; masking shorter values would hide half of the log."""

_SURE = r"api_?key|passkey|passwd|password|access_token|authkey|rsskey|torrent_pass"
_NAMES = rf"{_SURE}|pass|token|auth|\w*sid(?:_\d+)?|secret"
_VALUE = r"[^\s&\"',;)}]+"
_HEADERS = r"x-api-key|authorization|(?:set-)?cookie"
_KEY = re.compile(rf"(?i)(?:{_NAMES}|{_HEADERS}|cookies)")
_PATTERNS = (
    (re.compile(rf"(?i)\b({_NAMES})(=|[\"']:\s*[\"']?|%3D){_VALUE}"), rf"\1\2{MASK}"),
    (re.compile(rf"(?i)\b({_SURE})(:\s*){_VALUE}"), rf"\1\2{MASK}"),
    (re.compile(rf"(?i)\b({_HEADERS})([\"']?\s*[:=,]\s*[\"']?)[^\r\n\"']+"), rf"\1\2{MASK}"),
    (re.compile(r"(?i)\b(bearer|basic)\s+(?=\S*[\d=])[\w.~+/=-]{6,}"), rf"\1 {MASK}"),
    (re.compile(r"(://[^\s/:@]+:)[^\s/@]+@"), rf"\1{MASK}@"),
)
"""What gives a secret away that nobody told us of: its name, its header, its place in an address."""
_MARKS = ("key", "pass", "token", "auth", "sid", "secret", "cookie", "bearer", "basic", "://")
"""One of them is in every text that a pattern above fits, and in few others: looking for them is 20 times as quick."""
_QUIET = ("httpx", "httpcore", "apscheduler", "peewee", "asyncio", "uvicorn", "uvicorn.error", "desktop_notifier")

_EventDict = MutableMapping[str, Any]


def set_up(path: Path, secrets: Callable[[], Collection[str]], *, level: int = logging.INFO) -> None:
    """Send everything that is logged to ``path`` and, where somebody looks, to the terminal."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        structlog.processors.UnicodeDecoder(),
    ]
    redact = _redactor(secrets)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    file = _File(path, maxBytes=MAX_BYTES, backupCount=FILES_KEPT, encoding="utf-8")
    file.setFormatter(_formatter(shared, redact, structlog.processors.JSONRenderer(default=str)))
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if getattr(handler, "ours", False)]:
        root.removeHandler(old)
        old.close()
    handlers: list[logging.Handler] = [file]
    if sys.stderr is not None and sys.stderr.isatty():
        terminal = logging.StreamHandler()
        renderer = structlog.dev.ConsoleRenderer(pad_event_to=24, pad_level=False)
        terminal.setFormatter(_formatter(shared, redact, _for_people, renderer))
        handlers.append(terminal)
    for handler in handlers:
        handler.ours = True  # type: ignore[attr-defined]
        root.addHandler(handler)
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def close() -> None:
    """Write out and close the log."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if getattr(each, "ours", False)]:
        root.removeHandler(handler)
        handler.close()


class _File(logging.handlers.RotatingFileHandler):
    """A full disk costs lines of the log, never the work that wrote them."""

    _line: tuple[logging.LogRecord | None, str] = (None, "")

    def format(self, record: logging.LogRecord) -> str:
        """Once: Python asks for the line to see whether the file is full, and again to write it."""
        if self._line[0] is not record:
            self._line = record, super().format(record)
        return self._line[1]

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's own name
        """Say nothing: the log is the place where it would be said."""

    def close(self) -> None:
        """What could not be written is lost."""
        with contextlib.suppress(OSError):
            super().close()


def _formatter(shared: list[Any], *processors: Any) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *processors],
    )


def _for_people(_: Any, __: str, event: _EventDict) -> _EventDict:
    """The time of day where people are; which module spoke is for the file."""
    event.pop("logger", None)
    event["timestamp"] = datetime.fromisoformat(event["timestamp"]).astimezone().strftime("%H:%M:%S")
    return event


def _redactor(secrets: Callable[[], Collection[str]]) -> Callable[[Any, str, _EventDict], _EventDict]:
    def redact(_: Any, __: str, event: _EventDict) -> _EventDict:
        known = _spellings(frozenset(secrets()))
        return {key: _redacted(key, value, known) for key, value in event.items()}

    return redact


@functools.lru_cache(maxsize=4)
def _spellings(secrets: frozenset[str]) -> tuple[str, ...]:
    """Every secret as it is, as it stands in an address and as Python prints it; the longest first."""
    found = {value for value in secrets if len(value) >= SHORTEST_SECRET}
    found |= {spelt for value in found for spelt in (quote(value, safe=""), quote_plus(value), repr(value)[1:-1])}
    return tuple(sorted(found, key=len, reverse=True))


def _redacted(key: Any, value: Any, known: Collection[str]) -> Any:
    if isinstance(value, dict):
        return {name: _redacted(name, item, known) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(key, item, known) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    if _KEY.fullmatch(str(key)):
        return MASK
    text = str(value)
    for secret in known:
        text = text.replace(secret, MASK)
    folded = text.casefold()
    if any(mark in folded for mark in _MARKS):
        for pattern, masked in _PATTERNS:
            text = pattern.sub(masked, text)
    return text
