"""The tables as Peewee models; their definition is in ``migrations``."""

from __future__ import annotations

from typing import Any

from peewee import (
    BlobField,
    BooleanField,
    CompositeKey,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from radarr_desktop.domain.custom_formats import Specification
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.profiles import ProfileItem
from radarr_desktop.domain.quality import SizeLimits
from radarr_desktop.plugin_api import IndexerFlag, MovieInfo, Release
from radarr_desktop.store.fields import TimeField, ValueField


class Row(Model):
    """Base of all models; the database is bound when it opens."""

    class Meta:
        legacy_table_names = False


class QualityProfileRow(Row):
    name = TextField()
    items = ValueField(tuple[ProfileItem, ...])
    cutoff = IntegerField()
    upgrades = BooleanField()
    language = IntegerField()
    format_scores = ValueField(dict[int, int])
    min_format_score = IntegerField()
    cutoff_format_score = IntegerField()
    min_upgrade_format_score = IntegerField()
    sizes = ValueField(dict[int, SizeLimits])
    cap = IntegerField(null=True)
    version = IntegerField()
    extra = ValueField(dict[str, Any])

    class Meta:
        table_name = "quality_profile"


class CustomFormatRow(Row):
    name = TextField()
    specifications = ValueField(tuple[Specification, ...])
    in_rename = BooleanField()
    extra = ValueField(dict[str, Any])

    class Meta:
        table_name = "custom_format"


class QualityDefinitionRow(Row):
    quality_id = IntegerField(primary_key=True)
    title = TextField()
    least = FloatField()
    preferred = FloatField(null=True)
    most = FloatField(null=True)

    class Meta:
        table_name = "quality_definition"


class GuideDocumentRow(Row):
    kind = TextField()
    key = TextField()
    name = TextField()
    body = ValueField(Any)

    class Meta:
        table_name = "guide_document"
        primary_key = CompositeKey("kind", "key")


class TagRow(Row):
    label = TextField()

    class Meta:
        table_name = "tag"


class RootFolderRow(Row):
    path = TextField()

    class Meta:
        table_name = "root_folder"


class MovieRow(Row):
    tmdb_id = IntegerField()
    imdb_id = TextField()
    title = TextField()
    year = IntegerField()
    info = ValueField(MovieInfo)
    folder = TextField()
    monitored = BooleanField()
    minimum_availability = TextField()
    tags = ValueField(tuple[int, ...])
    added = TimeField()
    last_search = TimeField(null=True)

    class Meta:
        table_name = "movie"


class SlotRow(Row):
    movie = ForeignKeyField(MovieRow, backref="slots")
    name = TextField()
    position = IntegerField()
    profile = ForeignKeyField(QualityProfileRow)
    root_folder = TextField()

    class Meta:
        table_name = "slot"


class MovieFileRow(Row):
    movie = ForeignKeyField(MovieRow)
    slot = ForeignKeyField(SlotRow, backref="files")
    path = TextField()
    path_key = TextField()
    size = IntegerField()
    added = TimeField()
    quality_id = IntegerField()
    revision_real = IntegerField()
    revision_version = IntegerField()
    release_group = TextField()
    release_title = TextField()
    original_path = TextField()
    release_size = IntegerField()
    flags = ValueField(frozenset[IndexerFlag])

    class Meta:
        table_name = "movie_file"


class PluginInstanceRow(Row):
    kind = TextField()
    implementation = TextField()
    name = TextField()
    enabled = BooleanField()
    priority = IntegerField()
    settings = ValueField(dict[str, Any])
    secrets = ValueField(tuple[str, ...])
    tags = ValueField(tuple[int, ...])
    problem = TextField()

    class Meta:
        table_name = "plugin_instance"


class ReleaseRow(Row):
    indexer_id = IntegerField()
    indexer = TextField()
    indexer_priority = IntegerField()
    guid = TextField()
    info_hash = TextField()
    title = TextField()
    body = ValueField(Release)
    parsed = ValueField(ParsedRelease)
    formats = ValueField(tuple[int, ...])
    formats_of = TextField()
    first_seen = TimeField()
    last_seen = TimeField()
    times_seen = IntegerField()

    class Meta:
        table_name = "release"


class WordRow(Row):
    hash = IntegerField()
    text = TextField()
    used = IntegerField()

    class Meta:
        table_name = "word"


class SheetRow(Row):
    profile_id = IntegerField()
    version = IntegerField()
    used = IntegerField()
    body = BlobField()

    class Meta:
        table_name = "sheet"


class VerdictRow(Row):
    slot = ForeignKeyField(SlotRow)
    release = ForeignKeyField(ReleaseRow)
    sheet_id = IntegerField()
    first = IntegerField()
    last = IntegerField()
    body = BlobField()

    class Meta:
        table_name = "verdict"


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

    class Meta:
        table_name = "grab"


class DelayProfileRow(Row):
    position = IntegerField()
    tags = ValueField(tuple[int, ...])
    torrents = BooleanField()
    delay = IntegerField()
    bypass_if_highest = BooleanField()
    bypass_if_above = BooleanField()
    minimum_score = IntegerField()
    usenet = BooleanField()
    usenet_delay = IntegerField()
    preferred = TextField()

    class Meta:
        table_name = "delay_profile"


class ReleaseProfileRow(Row):
    name = TextField()
    enabled = BooleanField()
    required = ValueField(tuple[str, ...])
    ignored = ValueField(tuple[str, ...])
    indexer_id = IntegerField()
    tags = ValueField(tuple[int, ...])

    class Meta:
        table_name = "release_profile"


class PendingRow(Row):
    slot = ForeignKeyField(SlotRow)
    release = ForeignKeyField(ReleaseRow)
    reason = TextField()
    added = TimeField()
    due = TimeField()

    class Meta:
        table_name = "pending"


class BlocklistRow(Row):
    movie = ForeignKeyField(MovieRow)
    info_hash = TextField()
    title = TextField()
    indexer = TextField()
    reason = TextField()
    added = TimeField()

    class Meta:
        table_name = "blocklist"


class JobRow(Row):
    kind = TextField()
    payload = ValueField(dict[str, Any])
    unique_key = TextField()
    state = TextField()
    priority = IntegerField()
    attempts = IntegerField()
    max_attempts = IntegerField()
    next_run = TimeField()
    created = TimeField()
    started = TimeField(null=True)
    finished = TimeField(null=True)
    correlation = TextField()
    problem = TextField()

    class Meta:
        table_name = "job"


class JournalRow(Row):
    action = TextField()
    source = TextField()
    target = TextField()
    open = BooleanField()
    at = TimeField()
    method = TextField()
    movie_id = IntegerField()
    slot_id = IntegerField()
    grab_id = IntegerField(null=True)
    correlation = TextField()
    data = ValueField(dict[str, Any])

    class Meta:
        table_name = "journal"


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


class SettingRow(Row):
    key = TextField(primary_key=True)
    value = ValueField(Any)

    class Meta:
        table_name = "setting"


class ScheduledTaskRow(Row):
    name = TextField(primary_key=True)
    last_run = TimeField()

    class Meta:
        table_name = "scheduled_task"


MODELS: list[type[Row]] = [
    QualityProfileRow,
    CustomFormatRow,
    QualityDefinitionRow,
    GuideDocumentRow,
    TagRow,
    RootFolderRow,
    MovieRow,
    SlotRow,
    MovieFileRow,
    PluginInstanceRow,
    ReleaseRow,
    WordRow,
    SheetRow,
    VerdictRow,
    GrabRow,
    DelayProfileRow,
    ReleaseProfileRow,
    PendingRow,
    BlocklistRow,
    JobRow,
    JournalRow,
    HistoryRow,
    SettingRow,
    ScheduledTaskRow,
]
