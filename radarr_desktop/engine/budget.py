"""What one service bears: a request every so many seconds, so many an hour, and who comes first when there are more."""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum

from radarr_desktop.engine.clock import Clock
from radarr_desktop.plugin_api import RateLimited

HOUR = 3600.0


class Urgency(IntEnum):
    """Who goes first, and how much of the hour each may use: the user is never kept out by the program's own work."""

    GOING_ON = 0
    """A further request of a call that has begun."""
    USER = 1
    FEED = 2
    BACKLOG = 3


_SHARES = {Urgency.GOING_ON: 1.0, Urgency.USER: 1.0, Urgency.FEED: 0.9, Urgency.BACKLOG: 0.75}
_URGENCY: ContextVar[Urgency] = ContextVar("urgency", default=Urgency.USER)


@contextmanager
def urgency(chosen: Urgency) -> Iterator[None]:
    """Everything asked within the block is so urgent."""
    token = _URGENCY.set(chosen)
    try:
        yield
    finally:
        _URGENCY.reset(token)


def current_urgency() -> Urgency:
    """How urgent what is being done now is."""
    return _URGENCY.get()


class OverBudget(RateLimited):
    """The hour's requests are used up: the program keeps quiet by itself, the service has no part in it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What a service bears, as the user set it."""

    pause: float = 0.0
    """Seconds between two requests."""
    hourly: int = 0
    """Requests an hour; 0: no limit."""

    def share(self, urgency: Urgency) -> int:
        """Requests in the last hour from which on one so urgent must wait."""
        return max(1, int(self.hourly * _SHARES[urgency]))


async def _unwritten(at: float) -> None:
    """Nobody writes it down."""


class Budget:
    """The requests of one service; everything that asks it stands in this one line."""

    def __init__(
        self,
        name: str,
        clock: Clock,
        spent: Iterable[float] = (),
        write: Callable[[float], Awaitable[None]] = _unwritten,
    ) -> None:
        self.pace = Pace()
        self._name = name
        self._clock = clock
        self._spent = deque(sorted(spent))
        self._write = write
        self._booked: deque[float] = deque()
        """When those who were sent away come back."""
        self._line: list[tuple[Urgency, int]] = []
        self._numbers = itertools.count()
        self._moved = asyncio.Event()

    @property
    def last_hour(self) -> int:
        """Requests sent in it."""
        self._tidy()
        return len(self._spent)

    @property
    def pause_left(self) -> float:
        """Seconds until the next request may be sent, whoever sends it."""
        self._tidy()
        left = self._spent[-1] + self.pace.pause - self._clock.now() if self._spent else 0.0
        return max(0.0, min(left, self.pace.pause))

    async def turn(self, urgency: Urgency, *, refuse: bool = True) -> None:
        """Wait for the turn of one request and count it; ``OverBudget`` where that is a matter of more than a pause."""
        place = (urgency, next(self._numbers))
        self._line = sorted([*self._line, place])
        try:
            while True:
                if refuse:
                    self._refuse(urgency)
                if self._line[0] != place:
                    await self._moved.wait()
                elif (wait := max(self.pause_left, self.wait(urgency) if refuse else 0.0)) > 0:
                    await self._clock.sleep(wait)
                else:
                    break
            now = self._clock.now()
            self._spent.append(now)
        finally:
            self._line.remove(place)
            self._moved.set()
            self._moved = asyncio.Event()
        await self._write(now)

    def wait(self, urgency: Urgency) -> float:
        """Seconds until the hour has room for a request so urgent; the pause between two is not counted."""
        self._tidy()
        return max(0.0, self._free_at(self._spent, self.pace.share(urgency)) - self._clock.now())

    def book(self, urgency: Urgency) -> float:
        """The same, and the place is kept: whoever asks next gets a later one."""
        if (wait := self.wait(urgency)) <= 0:
            return 0.0
        at = self._free_at([*self._spent, *self._booked], self.pace.share(urgency))
        at = max(at, self._clock.now() + wait)
        self._booked.append(at)
        return at - self._clock.now()

    def forecast(self, requests: int, urgency: Urgency) -> float:
        """Seconds until the last of so many requests could be sent, if nobody else asks."""
        self._tidy()
        sent, at, begin, share = list(self._spent), 0.0, self._clock.now(), self.pace.share(urgency)
        # from the second hour on each is like the one before
        rounds = max(0, requests // share - 2) if self.pace.hourly else 0
        for _ in range(requests - rounds * share):
            at = max(begin, sent[-1] + self.pace.pause if sent else 0.0)
            at = max(at, self._free_at(sent, share))
            sent.append(at)
        return max(0.0, at - begin) + rounds * max(HOUR, share * self.pace.pause)

    def _refuse(self, urgency: Urgency) -> None:
        if (wait := self.wait(urgency)) <= max(self.pace.pause, 1.0):
            return
        at = datetime.fromtimestamp(self._clock.now() + wait, UTC).astimezone().strftime("%H:%M")
        used = f"all {self.pace.hourly}" if urgency <= Urgency.USER else f"its share of the {self.pace.hourly}"
        raise OverBudget(f"{self._name} has had {used} requests of this hour. It is asked again at {at}.", wait)

    def _free_at(self, sent: Sequence[float], limit: int) -> float:
        return sent[-limit] + HOUR if self.pace.hourly and len(sent) >= limit else 0.0

    def _tidy(self) -> None:
        """Forget what is older than an hour; what a clock that was ahead wrote down counts as sent just now."""
        now = self._clock.now()
        if self._spent and self._spent[-1] > now:
            self._spent = deque(min(at, now) for at in self._spent)
        while self._spent and self._spent[0] <= now - HOUR:
            self._spent.popleft()
        while self._booked and self._booked[0] <= now:
            self._booked.popleft()
