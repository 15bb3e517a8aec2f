"""What was taken, and what never is again."""

from __future__ import annotations

from peewee import BooleanField, CompositeKey, FloatField, ForeignKeyField, IntegerField, TextField

from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.plugin_api import IndexerFlag
from radarr_desktop.store.fields import TimeField, ValueField
from radarr_desktop.store.models.base import Row
from radarr_desktop.store.models.library import MovieRow, SlotRow
from radarr_desktop.store.models.program import PluginInstanceRow
from radarr_desktop.store.models.releases import ReleaseRow


class GrabRow(Row):
    movie = ForeignKeyField(MovieRow)
    slot = ForeignKeyField(SlotRow)
    release = ForeignKeyField(ReleaseRow)
    client = ForeignKeyField(PluginInstanceRow, null=True)
    title = TextField()
    hashes = ValueField(tuple[str, ...])
    parsed = ValueField(ParsedRelease)
    score = IntegerField()
    size = IntegerField()
    indexer = TextField()
    state = TextField()
    added = TimeField()
    correlation = TextField()
    problem = TextField()
    by_user = BooleanField()
    flags = ValueField(frozenset[IndexerFlag])
    unseen = BooleanField()
    cause = TextField()
    wait_until = TimeField(null=True)
    private = BooleanField()

    class Meta:
        table_name = "grab"


class PackPartRow(Row):
    grab = ForeignKeyField(GrabRow)
    path = TextField()
    size = IntegerField()
    movie = ForeignKeyField(MovieRow, null=True)
    slot = ForeignKeyField(SlotRow, null=True)
    state = TextField()
    problem = TextField()

    class Meta:
        table_name = "pack_part"


class RemotePathRow(Row):
    host = TextField()
    remote = TextField()
    local = TextField()
    derived = BooleanField()

    class Meta:
        table_name = "remote_path"


class BlocklistRow(Row):
    movie = ForeignKeyField(MovieRow, null=True)
    scope = TextField()
    title = TextField()
    info_hash = TextField()
    indexer = TextField()
    release_group = TextField()
    pattern = TextField()
    cause = TextField()
    reason = TextField()
    attempts = IntegerField()
    added = TimeField()
    expires = TimeField(null=True)
    automatic = BooleanField()

    class Meta:
        table_name = "blocklist"


class FailureRow(Row):
    at = TimeField()
    code = TextField()
    movie_id = IntegerField()
    grab_id = IntegerField()
    title = TextField()
    info_hash = TextField()
    indexer = TextField()
    release_group = TextField()
    client = TextField()
    message = TextField()
    blocked = BooleanField()

    class Meta:
        table_name = "failure"


class StrikeRow(Row):
    grab = ForeignKeyField(GrabRow)
    rule = TextField()
    count = IntegerField()
    seconds = FloatField()
    since = TimeField()
    mark = IntegerField()

    class Meta:
        table_name = "strike"
        primary_key = CompositeKey("grab", "rule")
