"""One operation, killed at a step: always fully before or fully after, and then it goes on.

Each life is a fork of this process, so that it takes a tenth of a second; nothing else may run in it.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from tests.faults.crash import stages
from tests.faults.crash.stages import Stage
from tests.faults.crash.state import State, difference, operations, state, unsound
from tests.faults.crash.steps import Steps

_CHANGED = ("library", "data", stages.THEIRS)
_SOURCES = ("downloads", stages.THEIRS)

Work = Callable[[], Coroutine[Any, Any, None]]


class Scene:
    """A stage laid out once, and a fresh copy of it for each life; the paths are the same in all of them."""

    def __init__(self, stage: Stage, folder: Path, *, elsewhere: Sequence[str] = ()) -> None:
        self.stage = stage
        self.root = folder / "root"
        self._kept = folder / "kept"
        stages.lay_out(self.root, elsewhere=(*elsewhere, *_SOURCES) if stage.copies else elsewhere)
        self._must(self._prepare)
        self.before, known = self.now(), operations(self.root)
        for name in _CHANGED:
            shutil.copytree(self.root / name, self._kept / name, copy_function=_linked)
        self.steps = self._count()
        self.after = self.now()
        if (did := set(operations(self.root)[len(known) :])) - {stage.does} or (stage.does and not did):
            raise AssertionError(f"{stage.name} does {did}, not what it says: {stage.does}")

    def killed_at(self, step: int, again_at: int = 0) -> tuple[int, list[str]]:
        """A life that ends at this step, and perhaps another one while it recovers: kills, and what is wrong then."""
        self.fresh()
        kills = self.live(step)
        if again_at:
            kills += _forked(lambda: self._recover(again_at), self.root)
        return kills, self.faults()

    def live(self, die_at: int = 0) -> int:
        """One life with the operation; was it killed?"""
        return _forked(lambda: self._act(die_at), self.root)

    def recover(self) -> None:
        """One life without it."""
        self._must(self._recover)

    def now(self) -> State:
        """What there is."""
        return state(self.root)

    def faults(self, *expected: State) -> list[str]:
        """What is wrong after the next start: it must be as before or after, and go on to its end."""
        self.recover()
        told, bad = self.now(), unsound(self.root)
        if told not in (expected or (self.before, self.after)):
            bad += ["it is as neither before nor after:", *difference(told, (expected or (self.after,))[0])]
        if told == self.before:
            self._must(self._act)
            bad += difference(self.now(), self.after) + unsound(self.root)
        return bad

    def close(self) -> None:
        """Leave nothing behind."""
        stages.clear_away(self.root)
        shutil.rmtree(self._kept)

    def fresh(self) -> None:
        """As it was before."""
        for name in _CHANGED:
            changed = (self.root / name).resolve()
            shutil.rmtree(changed)
            shutil.copytree(self._kept / name, changed, copy_function=_linked)

    def _count(self) -> list[str]:
        """The steps of a life that nobody disturbs."""
        told = self.root.with_name("steps.json")

        async def counted() -> None:
            steps = Steps()
            await self._acted(steps)
            told.write_text(json.dumps(steps.seen))

        self._must(counted)
        seen: list[str] = json.loads(told.read_text())
        return seen

    async def _prepare(self) -> None:
        engine = await stages.opened(self.root)
        await stages.add_movie(engine, self.root)
        for act in self.stage.before:
            await act(engine, self.root)
        await stages.closed(engine)

    async def _recover(self, die_at: int = 0) -> None:
        steps = Steps(die_at)
        steps.begin()
        engine = await stages.opened(self.root)
        if self.stage.goes_on is not None:
            await self.stage.goes_on(engine, self.root)
        steps.end()
        await stages.closed(engine)

    async def _act(self, die_at: int = 0) -> None:
        await self._acted(Steps(die_at))

    async def _acted(self, steps: Steps) -> None:
        engine = await stages.opened(self.root)
        steps.begin()
        await self.stage.act(engine, self.root)
        steps.end()
        await stages.closed(engine)

    def _must(self, work: Work) -> None:
        if _forked(work, self.root):
            raise AssertionError("it was killed by somebody else")


def _linked(source: str, target: str) -> None:
    """Media stay the same files, so that links to downloads stay links; the rest is copied."""
    is_near = Path(source).stat().st_dev == Path(target).parent.stat().st_dev
    if is_near and source.endswith((".mkv", ".srt")):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def _forked(work: Work, root: Path) -> int:
    """A life of its own for this; was it killed?"""
    sys.stdout.flush()
    if pid := os.fork():
        _, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status):
            return 1
        if code := os.waitstatus_to_exitcode(status):
            raise AssertionError(f"it ended with {code}: {(root.parent / 'output').read_text()[-2000:]}")
        return 0
    code = 1
    try:
        with (root.parent / "output").open("w") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            asyncio.run(work())
            code = 0
    except BaseException:  # noqa: BLE001  this process is a fork: it must not go on as its parent
        traceback.print_exc()
    finally:
        os._exit(code)
