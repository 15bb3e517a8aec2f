"""Changes of files, and history."""

from __future__ import annotations

from typing import Any

from peewee import BooleanField, IntegerField, TextField

from radarr_desktop.domain.operations import Holdings
from radarr_desktop.store.fields import TimeField, ValueField
from radarr_desktop.store.models.base import Row


class OperationRow(Row):
    kind = TextField()
    state = TextField()
    movie_id = IntegerField()
    slot_id = IntegerField()
    grab_id = IntegerField(null=True)
    title = TextField()
    at = TimeField()
    correlation = TextField()
    undoes = IntegerField(null=True)
    data = ValueField(dict[str, Any])
    before = ValueField(Holdings, null=True)
    after = ValueField(Holdings, null=True)

    class Meta:
        table_name = "operation"


class JournalRow(Row):
    action = TextField()
    source = TextField()
    target = TextField()
    open = BooleanField()
    at = TimeField()
    method = TextField()
    operation_id = IntegerField()
    data = ValueField(dict[str, Any])

    class Meta:
        table_name = "journal"


class SidecarRow(Row):
    movie_id = IntegerField()
    path = TextField()
    path_key = TextField()
    root = TextField()
    digest = TextField()

    class Meta:
        table_name = "sidecar"


class HistoryRow(Row):
    movie_id = IntegerField()
    kind = TextField()
    at = TimeField()
    title = TextField()
    quality_id = IntegerField()
    download_id = TextField()
    correlation = TextField()
    data = ValueField(dict[str, Any])

    class Meta:
        table_name = "history"
