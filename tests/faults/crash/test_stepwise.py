"""Operations ended at single steps: by SIGKILL, by SIGKILL and again while they recover, and by a power cut."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from radarr_desktop.domain.operations import OperationKind
from tests.faults.crash import hunt
from tests.faults.crash.plug import can_cut


@pytest.mark.parametrize("stage", [stage.name for stage in hunt.ALL])
def test_killed_at_some_steps_of_an_operation_all_is_as_before_or_after(stage: str, tmp_path: Path) -> None:
    seed = str(secrets.randbits(32))
    found = hunt.run(tmp_path, "--only", stage, "--most", "1", "--seed", seed)
    assert [bad for _, bad in found.values()] == [[]], f"seed {seed}"
    assert all(ends for ends, _ in found.values())


def test_there_is_a_stage_for_every_kind_of_operation_and_for_its_undo() -> None:
    kinds = {kind.value for kind in OperationKind}
    wanted = kinds - {"undo"} | {f"undo of {kind}" for kind in kinds}
    assert {stage.does for stage in hunt.ALL} - {""} == wanted


def test_killed_when_all_is_done_but_tidying_up_the_next_start_tidies_up(tmp_path: Path) -> None:
    found = hunt.run(tmp_path, "--only", "undo of a removal", "--at", "after COMMIT")
    assert [bad for _, bad in found.values()] == [[]]


def test_what_was_found_done_after_a_crash_outlives_a_power_cut(tmp_path: Path) -> None:
    if not can_cut(tmp_path):
        pytest.skip("only root can mount the image of a disk")
    found = hunt.run(tmp_path, "--cut", "--only", "undo of a removal", "--at", "after rename")
    assert [bad for _, bad in found.values()] == [[]]


def test_what_an_import_took_away_does_not_come_back_by_a_power_cut(tmp_path: Path) -> None:
    if not can_cut(tmp_path):
        pytest.skip("only root can mount the image of a disk")
    found = hunt.run(tmp_path, "--cut", "--only", "import by hand", "--at", "no step")
    assert [bad for _, bad in found.values()] == [[]]
