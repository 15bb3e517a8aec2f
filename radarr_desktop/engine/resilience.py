"""What stands between the engine and a service: pauses, time limits, back-off, a circuit breaker."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import structlog

from radarr_desktop.plugin_api import LoginFailed, NotFound, RateLimited, Rejected, Unreachable

T = TypeVar("T")

LADDER = (0.0, 60.0, 300.0, 900.0, 1800.0, 3600.0, 10_800.0, 21_600.0, 43_200.0, 86_400.0)
"""Seconds a service is left alone after so many failures in a row."""
LOCAL_LADDER = (0.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""The same for what runs at home and comes back soon."""
RATE_LIMIT_PAUSE = 3600.0

log = structlog.get_logger(__name__)


class Guard:
    """One instance's budget and health."""

    def __init__(self, name: str, ladder: tuple[float, ...] = LADDER) -> None:
        self.name = name
        self.problem = ""
        self.disabled_until: datetime | None = None
        self.login_failed = False
        self.calls = 0
        self.failures = 0
        self._ladder = ladder
        self._level = 0
        self._turn = asyncio.Lock()
        self._last_call = 0.0

    @property
    def state(self) -> str:
        """``ok``, ``failing``, or ``broken`` when only the user can mend it."""
        if self.login_failed:
            return "broken"
        return "failing" if self.problem else "ok"

    def is_open(self) -> bool:
        """Is it being left alone right now?"""
        return self.login_failed or (self.disabled_until is not None and self.disabled_until > datetime.now(UTC))

    async def call(self, work: Callable[[], Awaitable[T]], *, pause: float, limit: float, insist: bool = False) -> T:
        """Do ``work`` in its turn, within ``limit`` seconds; ``insist`` asks although the circuit is open."""
        if self.is_open() and not insist:
            raise self._left_alone()
        await self._wait_for_turn(pause)
        self.calls += 1
        try:
            async with asyncio.timeout(limit):
                result = await work()
        except TimeoutError as fault:
            late = f"{self.name} did not answer within {limit:g} s."
            self._failed(late)
            raise Unreachable(late) from fault
        except LoginFailed as error:
            self.login_failed, self.problem = True, str(error)
            raise
        except RateLimited as error:
            self._failed(str(error), error.retry_after or RATE_LIMIT_PAUSE)
            raise
        except Unreachable as error:
            self._failed(str(error))
            raise
        except (NotFound, Rejected):
            self._succeeded()
            raise
        except Exception as fault:
            log.exception("plugin.bug", plugin=self.name)
            bug = f"{self.name} failed with a fault of its own; the log has the details."
            self._failed(bug)
            raise Unreachable(bug) from fault
        self._succeeded()
        return result

    def reset(self) -> None:
        """The user changed something: ask again at once."""
        self.login_failed, self.problem, self.disabled_until, self._level = False, "", None, 0

    async def _wait_for_turn(self, pause: float) -> None:
        async with self._turn:
            loop = asyncio.get_running_loop()
            wait = self._last_call + pause - loop.time()
            if pause and self._last_call and wait > 0:
                await asyncio.sleep(wait)
            self._last_call = loop.time()

    def _failed(self, problem: str, pause: float | None = None) -> None:
        self.failures += 1
        self.problem = problem
        self._level = min(self._level + 1, len(self._ladder) - 1)
        self.disabled_until = datetime.now(UTC) + timedelta(seconds=pause or self._ladder[self._level])

    def _succeeded(self) -> None:
        self.problem, self.disabled_until, self.login_failed = "", None, False
        self._level = max(0, self._level - 1)

    def _left_alone(self) -> Exception:
        if self.login_failed:
            return LoginFailed(self.problem)
        assert self.disabled_until is not None
        until = self.disabled_until.astimezone().strftime("%H:%M")
        seconds = (self.disabled_until - datetime.now(UTC)).total_seconds()
        return RateLimited(f"{self.name} is left alone until {until}. {self.problem}", max(1.0, seconds))
