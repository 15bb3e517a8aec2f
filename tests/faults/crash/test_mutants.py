"""Would the suite notice? A program that leaves out a step must be found guilty by the hunt that lets ours go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.crash import hunt, mutants
from tests.faults.crash.mutants import MUTANTS, Mutant
from tests.faults.crash.plug import can_cut


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_step_left_out_is_found(mutant: Mutant, tmp_path: Path) -> None:
    if mutant.needs_cut and not can_cut(tmp_path):
        pytest.skip("only root can mount the image of a disk")
    (tmp_path / "mutant").mkdir()
    found = hunt.run(tmp_path / "world", *mutant.hunt, at=mutants.made(mutant, tmp_path / "mutant"))
    assert any(bad for _, bad in found.values()), f"nobody noticed that {mutant.name}"
