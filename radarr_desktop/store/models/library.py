"""Movies, their slots and files, and where they are kept."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from radarr_desktop.domain.media import MediaFacts, MediaNote
from radarr_desktop.plugin_api import IndexerFlag, MovieInfo
from radarr_desktop.store.fields import TimeField, ValueField
from radarr_desktop.store.models.base import Row
from radarr_desktop.store.models.quality import QualityProfileRow


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
    folder_key = TextField()
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
    media = ValueField(MediaFacts, null=True)
    notes = ValueField(tuple[MediaNote, ...])
    languages = ValueField(tuple[str, ...], null=True)
    editions = ValueField(tuple[str, ...], null=True)

    class Meta:
        table_name = "movie_file"


class SideFileRow(Row):
    movie = ForeignKeyField(MovieRow)
    slot = ForeignKeyField(SlotRow)
    path = TextField()
    path_key = TextField()
    kind = TextField()
    language = TextField()
    tags = ValueField(tuple[str, ...])
    owned = BooleanField()
    added = TimeField()

    class Meta:
        table_name = "side_file"
