"""Where an import's files go, and what becomes of those they replace. The calls block."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from radarr_desktop.domain.naming import spare_for
from radarr_desktop.domain.operations import Change
from radarr_desktop.domain.side_files import SideFile
from radarr_desktop.engine.imports.features import Feature
from radarr_desktop.engine.imports.order import Order, Terms, check_free, check_owner, plan, target_of
from radarr_desktop.engine.imports.sides import Side, sides_of
from radarr_desktop.engine.library.names import NameMaker
from radarr_desktop.engine.settings import FileDate, MediaSettings
from radarr_desktop.store import side_files


def target(order: Order, maker: NameMaker, feature: Feature, settings: MediaSettings) -> Path:
    """The movie's new name: shorter, where what comes along has an ending longer than the usual room for it."""
    usual = target_of(order, maker)
    sides = sides_of(feature.scan, feature.video, usual, settings.extras, ())
    spare = spare_for([side.target.name.removeprefix(usual.stem) for side in sides], usual.suffix)
    return target_of(order, maker, spare=spare) if spare else usual


def old_sides(order: Order, target: Path) -> list[SideFile]:
    """The slot's own files beside its movie, which go with it; in a reading transaction.

    Raises ``Problem`` where the name is another's.
    """
    check_owner(order, target)
    known = side_files.of_movie(order.movie.id)
    return [side for side in known if side.slot_id == order.slot.id and side.owned]


def change(order: Order, feature: Feature, target: Path, settings: MediaSettings, old: Sequence[SideFile]) -> Change:
    """All that is to be done. Raises ``Problem`` where somebody has put another file there."""
    check_free(order, target)
    terms = Terms(
        allow_copy=settings.allow_copies or order.allow_copy,
        keep_free=settings.minimum_free_mb << 20,
        finishes=_finishes(settings),
    )
    return plan(order, target, _sides(feature, target, settings, old), old, terms)


def _sides(feature: Feature, target: Path, settings: MediaSettings, old: Sequence[SideFile]) -> list[Side]:
    """What comes along; a name that is there already is somebody's, unless what has it goes away now."""
    try:
        there = set(os.listdir(target.parent))  # noqa: PTH208  names are all that is needed
    except OSError:
        there = set()
    leaves = {Path(side.path).name for side in old if Path(side.path).parent == target.parent}
    taken = {name.casefold() for name in there - leaves} | {target.name.casefold()}
    return sides_of(feature.scan, feature.video, target, settings.extras, taken)


def _finishes(settings: MediaSettings) -> bool:
    return settings.set_permissions or settings.file_date is not FileDate.NONE or settings.delete_empty_folders
