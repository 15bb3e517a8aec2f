"""What the file says of names, as a value of the domain."""

from __future__ import annotations

from radarr_desktop.domain.naming import Colon, Naming
from radarr_desktop.domain.naming.presets import PRESETS
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.provisioning.document import NamingTable


def wanted_naming(table: NamingTable, current: Naming) -> Naming:
    """What the file makes of names; what it does not say stays as in ``current``. Raises a ``Problem``."""
    naming = current
    if table.preset:
        preset = next((one for one in PRESETS if one.key == table.preset), None)
        if preset is None:
            known = f"There are: {', '.join(one.key for one in PRESETS)}."
            what = f"“{table.preset}” is no naming preset."
            raise Problem(Kind.BAD_INPUT, what, known, field="naming.preset")
        naming = preset.applied(naming)
    colons = {colon.value: colon for colon in Colon}
    if table.colon and table.colon not in colons:
        what, known = f"“{table.colon}” is no way to write a colon.", f"There are: {', '.join(colons)}."
        raise Problem(Kind.BAD_INPUT, what, known, field="naming.colon")
    said = table.model_fields_set
    return Naming(
        table.folder or naming.folder,
        table.file or naming.file,
        table.rename if "rename" in said else naming.rename,
        table.replace_illegal if "replace_illegal" in said else naming.replace_illegal,
        colons.get(table.colon, naming.colon),
    )
