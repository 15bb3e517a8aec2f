"""How large files of each quality may be, for all profiles that do not say otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from radarr_desktop.domain.events import RulesChanged
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import QUALITIES
from radarr_desktop.domain.sizes import MOST_PER_MINUTE, QualityDefinition, usual_definition
from radarr_desktop.engine.bus import Bus
from radarr_desktop.store import formats as store
from radarr_desktop.store import profiles
from radarr_desktop.store.database import Database


class Definitions:
    """The qualities' titles and sizes."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._bus = bus

    async def all(self) -> list[QualityDefinition]:
        """Of every quality, worst first."""
        changed = await self._db.read(store.definitions)
        return [changed.get(quality.id) or usual_definition(quality) for quality in QUALITIES]

    async def save(self, definitions: Sequence[QualityDefinition]) -> None:
        """Change some, all or none."""
        for definition in definitions:
            check_definition(definition)

        def work() -> None:
            changed = {one.quality.id for one in definitions}
            for definition in definitions:
                store.save_definition(definition)
            profiles.decide_anew(lambda profile: bool(changed - set(profile.sizes)))

        await self._db.run(work)
        self._bus.publish(RulesChanged())

    async def reset(self) -> None:
        """Back to the usual sizes; titles stay."""
        await self.save([replace(usual_definition(one.quality), title=one.title) for one in await self.all()])


def check_definition(definition: QualityDefinition) -> None:
    """Refuse what cannot be meant."""
    name = definition.quality.name
    if not definition.title.strip():
        raise Problem(Kind.BAD_INPUT, f"The title of {name} is empty.", todo="Give it one.", field="title")
    least, preferred, most = definition.min, definition.preferred, definition.max
    for size in (least, preferred, most):
        if size is not None and not 0 <= size <= MOST_PER_MINUTE:
            what = f"{size:g} MB per minute is no size for {name}."
            raise Problem(Kind.BAD_INPUT, what, f"Sizes go from 0 to {MOST_PER_MINUTE:,}.", field="max_size")
    if most is not None and most < least:
        what = f"The largest size of {name} is below its smallest, {least:g}."
        raise Problem(Kind.BAD_INPUT, what, todo="Make it more.", field="max_size")
    if preferred is not None and (preferred < least or (most is not None and preferred > most)):
        what = f"The preferred size of {name} is not between the smallest and the largest."
        raise Problem(Kind.BAD_INPUT, what, field="preferred_size")
