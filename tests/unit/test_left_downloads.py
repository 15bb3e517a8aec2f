"""Which imports are tried again without anybody asking."""

from __future__ import annotations

import pytest

from radarr_desktop.domain.failures import Reason
from radarr_desktop.engine.imports.left import is_tried_again


@pytest.mark.parametrize(
    "reason",
    [
        Reason.DISK_FULL,
        Reason.STORAGE_ERROR,
        Reason.PERMISSION_DENIED,
        Reason.PATH_NOT_FOUND,
        Reason.FILES_MISSING,
        Reason.CONNECTION_TIMEOUT,
    ],
)
def test_what_heals_is_tried_again(reason: Reason) -> None:
    assert is_tried_again(reason)


@pytest.mark.parametrize("reason", [None, Reason.IMPORT_FAILED, Reason.SEVERAL_MOVIES, Reason.PACKED])
def test_what_needs_a_person_waits_for_one(reason: Reason | None) -> None:
    assert not is_tried_again(reason)
