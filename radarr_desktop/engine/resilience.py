"""What stands between the engine and a service: pauses, time limits, back-off, a circuit breaker."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import structlog

from radarr_desktop.engine.attempts import LONGEST_ASKED, asked_pause
from radarr_desktop.engine.budget import Budget, OverBudget, Pace, Urgency, current_urgency
from radarr_desktop.engine.clock import Clock, SystemClock
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

JITTER = 0.1
"""The part of a pause by which it may be shorter: not everything comes back at the same moment."""

_SHORTEST_SECRET = 4
_HIDDEN = "********"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a service stands with us; what of it must outlive the program."""

    level: int = 0
    """Failures in a row."""
    until: datetime | None = None
    """Left alone until then."""
    problem: str = ""


@dataclass
class _UnderWay:
    """A call that is being made."""

    counted: bool = True
    """Its first request had its turn before the call began."""
    waited: float = 0.0
    """Seconds that its further requests stood in the line."""
    waits_since: float | None = None

    def delay(self) -> float:
        """Seconds that we kept it waiting, this very moment included."""
        now = asyncio.get_running_loop().time()
        return self.waited + (now - self.waits_since if self.waits_since is not None else 0.0)


_UNDER_WAY: ContextVar[_UnderWay | None] = ContextVar("call", default=None)


class Guard:
    """One instance's budget and health. ``secrets`` never leave it, whatever a plugin writes into its errors."""

    def __init__(
        self,
        name: str,
        ladder: tuple[float, ...] = LADDER,
        secrets: Iterable[str] = (),
        *,
        clock: Clock | None = None,
        budget: Budget | None = None,
        standing: Standing | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.name = name
        self._clock = clock or SystemClock()
        self.budget = budget or Budget(name, self._clock)
        self._jitter = jitter
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
        self._probe = asyncio.Lock()
        self._last_bug = ""
        if standing is not None:
            self._stand(standing)

    @property
    def state(self) -> str:
        """``ok``, ``failing``, or ``broken`` when only the user can mend it."""
        if self.login_failed:
            return "broken"
        return "failing" if self.problem else "ok"

    @property
    def pause_left(self) -> float:
        """Seconds until it may be asked; infinite where only the user can mend it."""
        return math.inf if self.login_failed else self._left()

    def is_open(self) -> bool:
        """Is it being left alone right now?"""
        return self.pause_left > 0

    @property
    def standing(self) -> Standing:
        """What of its health must outlive the program."""
        return Standing(self._level, self.disabled_until, self.problem if self.disabled_until else "")

    async def call(self, work: Callable[[], Awaitable[T]], *, pace: Pace, limit: float, insist: bool = False) -> T:
        """Do ``work`` in its turn, within ``limit`` seconds; ``insist`` asks although the circuit is open.

        Raises only the named errors of ``plugin_api``, whatever ``work`` does.
        """
        self._require_closed(insist=insist)
        self.budget.pace = pace
        await self.budget.turn(current_urgency(), refuse=not insist)
        self._require_closed(insist=insist)  # the one before us may have found the service down
        if self.problem and not insist:
            async with self._probe:  # half-open: one asks, the others wait for what comes of it
                self._require_closed(insist=False)
                if self.problem:
                    return await self._ask(work, limit)
        return await self._ask(work, limit)

    async def request(self) -> None:
        """A request is about to be sent: those of one call keep their distance too, and count."""
        call = _UNDER_WAY.get()
        if call is not None and call.counted:
            call.counted = False
            return
        begin = asyncio.get_running_loop().time()
        if call is not None:
            call.waits_since = begin
        try:
            await self.budget.turn(Urgency.GOING_ON)
        finally:
            if call is not None:
                call.waited, call.waits_since = call.delay(), None

    async def _ask(self, work: Callable[[], Awaitable[T]], limit: float) -> T:
        self.calls += 1
        openings = self._openings
        call = _UnderWay()
        token = _UNDER_WAY.set(call)
        try:
            result = await contained(work, limit, call.delay)
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
        finally:
            _UNDER_WAY.reset(token)
        self._succeeded()
        return result

    def reset(self) -> None:
        """The user changed something: ask again at once."""
        self.login_failed, self.problem, self.disabled_until, self._level = False, "", None, 0

    def leave_alone(self, problem: str, seconds: float) -> None:
        """Somebody who knows it says that it does not work before then."""
        if not self.login_failed and self.pause_left < seconds:
            self.problem = problem
            self._leave_alone(seconds)

    def mark_login_failed(self, problem: str) -> None:
        """Ask nothing more until the user has changed something."""
        self.login_failed, self.problem = True, problem

    def _judge(self, error: PluginError, openings: int) -> None:
        if isinstance(error, LoginFailed):
            self.mark_login_failed(str(error))
        elif isinstance(error, OverBudget):
            return  # the service was not asked
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
        usual = self._ladder[self._level] * (1 - JITTER * self._jitter())
        self._leave_alone(max(pause or usual, self._left()))

    def _leave_alone(self, seconds: float) -> None:
        self.disabled_until = self._now() + timedelta(seconds=seconds)
        self._open_until = self._clock.steady() + seconds

    def _stand(self, standing: Standing) -> None:
        """Go on where the program ended; what a clock that was ahead wrote down is no longer than a day."""
        self._level, self.problem = min(standing.level, len(self._ladder) - 1), standing.problem
        if standing.until is not None:
            self._leave_alone(min(max(0.0, (standing.until - self._now()).total_seconds()), LONGEST_ASKED))

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.now(), UTC)

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

    def _left(self) -> float:
        if self.disabled_until is None:
            return 0.0
        by_wall = (self.disabled_until - self._now()).total_seconds()
        return max(0.0, min(by_wall, self._open_until - self._clock.steady()))

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
        seconds = self._left()
        until = (self._now() + timedelta(seconds=seconds)).astimezone().strftime("%H:%M")
        raise RateLimited(f"{self.name} is left alone until {until}. {self.problem}", max(1.0, seconds))
