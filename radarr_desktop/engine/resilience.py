"""What stands between the engine and a service: pauses, time limits, back-off, a circuit breaker."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import structlog

from radarr_desktop.engine.attempts import asked_pause
from radarr_desktop.engine.containment import Late, contained
from radarr_desktop.plugin_api import LoginFailed, NotFound, PluginError, RateLimited, Rejected, TimedOut, Unreachable

T = TypeVar("T")

LADDER = (0.0, 60.0, 300.0, 900.0, 1800.0, 3600.0, 10_800.0, 21_600.0, 43_200.0, 86_400.0)
"""Seconds a service is left alone after so many failures in a row."""
LOCAL_LADDER = (0.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""The same for what runs at home and comes back soon."""
RATE_LIMIT_PAUSE = 3600.0
LONGEST_MESSAGE = 500
"""Characters of a service's words that are kept and shown."""

_SHORTEST_SECRET = 4
_HIDDEN = "********"

log = structlog.get_logger(__name__)


class Guard:
    """One instance's budget and health. ``secrets`` never leave it, whatever a plugin writes into its errors."""

    def __init__(self, name: str, ladder: tuple[float, ...] = LADDER, secrets: Iterable[str] = ()) -> None:
        self.name = name
        self.problem = ""
        self.disabled_until: datetime | None = None
        self.login_failed = False
        self.answered_at: float | None = None
        """On the loop's clock: when it last showed that it is there."""
        self.calls = 0
        self.failures = 0
        self._ladder = ladder
        self._secrets = sorted((each for each in secrets if len(each) >= _SHORTEST_SECRET), key=len, reverse=True)
        self._level = 0
        self._openings = 0
        self._open_until = 0.0
        """By a clock that nobody sets; it stands still while the machine sleeps, so neither clock is trusted alone."""
        self._turn = asyncio.Lock()
        self._probe = asyncio.Lock()
        self._last_call = 0.0
        self._last_bug = ""

    @property
    def state(self) -> str:
        """``ok``, ``failing``, or ``broken`` when only the user can mend it."""
        if self.login_failed:
            return "broken"
        return "failing" if self.problem else "ok"

    def is_open(self) -> bool:
        """Is it being left alone right now?"""
        return self.login_failed or self._pause_left() > 0

    async def call(self, work: Callable[[], Awaitable[T]], *, pause: float, limit: float, insist: bool = False) -> T:
        """Do ``work`` in its turn, within ``limit`` seconds; ``insist`` asks although the circuit is open.

        Raises only the named errors of ``plugin_api``, whatever ``work`` does.
        """
        self._require_closed(insist=insist)
        if pause > 0:
            await self._wait_for_turn(pause)
            self._require_closed(insist=insist)  # the one before us may have found the service down
        if self.problem and not insist:
            async with self._probe:  # half-open: one asks, the others wait for what comes of it
                self._require_closed(insist=False)
                if self.problem:
                    return await self._ask(work, limit)
        return await self._ask(work, limit)

    async def _ask(self, work: Callable[[], Awaitable[T]], limit: float) -> T:
        self.calls += 1
        openings = self._openings
        try:
            result = await contained(work, limit)
        except Late as fault:
            late = f"{self.name} did not answer within {limit:g} s."
            self._failed(late, openings)
            raise TimedOut(late) from fault
        except PluginError as error:
            error.args = (self._shown(str(error)), *error.args[1:])
            self._judge(error, openings)
            raise
        except Exception as fault:
            bug = f"{self.name} failed with a fault of its own. The log has the details."
            self._tell_once(fault)
            self._failed(bug, openings)
            raise Unreachable(bug) from fault
        self._succeeded()
        return result

    def reset(self) -> None:
        """The user changed something: ask again at once."""
        self.login_failed, self.problem, self.disabled_until, self._level = False, "", None, 0

    def mark_login_failed(self, problem: str) -> None:
        """Ask nothing more until the user has changed something."""
        self.login_failed, self.problem = True, problem

    async def _wait_for_turn(self, pause: float) -> None:
        async with self._turn:
            loop = asyncio.get_running_loop()
            wait = self._last_call + pause - loop.time()
            if self._last_call and wait > 0:
                await asyncio.sleep(wait)
            self._last_call = loop.time()

    def _judge(self, error: PluginError, openings: int) -> None:
        if isinstance(error, LoginFailed):
            self.mark_login_failed(str(error))
        elif isinstance(error, RateLimited):
            error.retry_after = asked_pause(error)
            self._failed(str(error), openings, error.retry_after or RATE_LIMIT_PAUSE)
        elif isinstance(error, NotFound | Rejected):
            self._succeeded()
        else:
            self._failed(str(error), openings)

    def _failed(self, problem: str, openings: int, pause: float | None = None) -> None:
        """``openings`` is what was counted when the call began: those under way together are one failure in a row."""
        self.failures += 1
        self.problem = problem
        if openings == self._openings:
            self._openings += 1
            self._level = min(self._level + 1, len(self._ladder) - 1)
        seconds = max(pause or self._ladder[self._level], self._pause_left())
        self.disabled_until = datetime.now(UTC) + timedelta(seconds=seconds)
        self._open_until = time.monotonic() + seconds

    def _succeeded(self) -> None:
        self.problem, self.disabled_until, self.login_failed, self._last_bug = "", None, False, ""
        self._level = max(0, self._level - 1)
        self.answered_at = asyncio.get_running_loop().time()

    def _tell_once(self, fault: Exception) -> None:
        """The traceback the first time; the same fault again is a line."""
        bug = f"{type(fault).__name__} {fault}"
        if bug == self._last_bug:
            log.warning("plugin.bug_again", plugin=self.name)
        else:
            self._last_bug = bug
            log.error("plugin.bug", plugin=self.name, exc_info=fault)

    def _pause_left(self) -> float:
        """Seconds; 0 when it may be asked."""
        if self.disabled_until is None:
            return 0.0
        by_wall = (self.disabled_until - datetime.now(UTC)).total_seconds()
        return max(0.0, min(by_wall, self._open_until - time.monotonic()))

    def _shown(self, message: str) -> str:
        for secret in self._secrets:
            message = message.replace(secret, _HIDDEN)
        cut = len(message) > LONGEST_MESSAGE
        return message[:LONGEST_MESSAGE] + "…" if cut else message or f"{self.name} did not say what is wrong."

    def _require_closed(self, *, insist: bool) -> None:
        if insist or not self.is_open():
            return
        if self.login_failed:
            raise LoginFailed(self.problem)
        seconds = self._pause_left()
        until = (datetime.now(UTC) + timedelta(seconds=seconds)).astimezone().strftime("%H:%M")
        raise RateLimited(f"{self.name} is left alone until {until}. {self.problem}", max(1.0, seconds))
