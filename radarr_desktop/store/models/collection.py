"""Collections that are looked through, watched folders, and what folders looked like last."""

from __future__ import annotations

from peewee import BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField

from radarr_desktop.domain.collection import Video
from radarr_desktop.domain.matching import Clues, Guess
from radarr_desktop.store.fields import TimeField, ValueField
from radarr_desktop.store.models.base import Row


class CollectionScanRow(Row):
    root = TextField()
    state = TextField()
    started = TimeField()
    finished = TimeField(null=True)
    problem = TextField()
    correlation = TextField()

    class Meta:
        table_name = "collection_scan"


class CollectionItemRow(Row):
    scan = ForeignKeyField(CollectionScanRow)
    path = TextField()
    state = TextField()
    clues = ValueField(Clues)
    guesses = ValueField(tuple[Guess, ...])
    video = ValueField(Video, null=True)
    note = TextField()
    movie_id = IntegerField()

    class Meta:
        table_name = "collection_item"


class WatchFolderRow(Row):
    path = TextField()
    enabled = BooleanField()
    torrents = BooleanField()
    media = BooleanField()
    afterwards = TextField()

    class Meta:
        table_name = "watch_folder"


class WatchedFileRow(Row):
    folder = ForeignKeyField(WatchFolderRow)
    path = TextField()
    size = IntegerField()
    mtime = IntegerField()
    told = TextField()

    class Meta:
        table_name = "watched_file"
        primary_key = CompositeKey("folder", "path")


class FolderLookRow(Row):
    path = TextField(primary_key=True)
    mtime = IntegerField()
    disk = TextField()
    at = TimeField()

    class Meta:
        table_name = "folder_look"
