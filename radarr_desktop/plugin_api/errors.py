"""The named errors a plugin raises: each one decides what the engine does next."""

from __future__ import annotations

from typing import Any


class PluginError(Exception):
    """A service could not do what was asked; the message is a sentence a user can read.

    Anything a plugin raises that is not a ``PluginError`` is treated as a bug of the plugin: the traceback is logged,
    the instance is marked, the engine goes on.
    """

    found: tuple[Any, ...] = ()
    """Of a search with several pages: the releases that had come before this one failed. They count all the same."""


class LoginFailed(PluginError):
    """The service refused the credentials: nothing is retried until the user changed them."""


class RateLimited(PluginError):
    """The service asked to slow down; nothing is sent before ``retry_after`` seconds have passed."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unreachable(PluginError):
    """The service did not answer, or answered that it cannot work now: back off and try again."""


class TimedOut(Unreachable):
    """The service did not answer in time: back off and try again."""


class ServerFault(Unreachable):
    """The service answered that it cannot work now (502, 503, 504): back off and try again."""


class BadAnswer(Unreachable):
    """The service answered something that is not its protocol (an HTML page, broken JSON): back off and try again."""


class NotFound(PluginError):
    """What was asked for does not exist (any more)."""


class Rejected(PluginError):
    """The service understood and refused this one request; repeating it is useless."""
