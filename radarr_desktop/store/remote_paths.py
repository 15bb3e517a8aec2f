"""Where clients' folders lie on this machine."""

from __future__ import annotations

from radarr_desktop.domain.remote_path import RemotePath
from radarr_desktop.store.models import RemotePathRow


def every() -> list[RemotePath]:
    """All mappings, by id."""
    rows = RemotePathRow.select().order_by(RemotePathRow.id)
    return [RemotePath(row.id, row.host, row.remote, row.local, row.derived) for row in rows]


def save(mapping: RemotePath) -> RemotePath:
    """Insert (id 0) or change a mapping; one of the same host and folder is replaced."""
    columns = {"host": mapping.host, "remote": mapping.remote, "local": mapping.local, "derived": mapping.derived}
    same = (RemotePathRow.host == mapping.host) & (RemotePathRow.remote == mapping.remote)
    RemotePathRow.delete().where(same & (RemotePathRow.id != mapping.id)).execute()
    if mapping.id:
        RemotePathRow.update(**columns).where(RemotePathRow.id == mapping.id).execute()
        return mapping
    row = RemotePathRow.create(**columns)
    return RemotePath(row.id, row.host, row.remote, row.local, row.derived)


def delete(mapping_id: int) -> None:
    """Forget a mapping."""
    RemotePathRow.delete().where(RemotePathRow.id == mapping_id).execute()
