"""The tables as Peewee models; their definition is in ``migrations``."""

from __future__ import annotations

from radarr_desktop.store.models.base import Row
from radarr_desktop.store.models.downloads import (
    BlocklistRow,
    GrabRow,
)
from radarr_desktop.store.models.files import (
    HistoryRow,
    JournalRow,
)
from radarr_desktop.store.models.library import (
    MovieFileRow,
    MovieRow,
    RootFolderRow,
    SlotRow,
    TagRow,
)
from radarr_desktop.store.models.program import (
    JobRow,
    PluginInstanceRow,
    ScheduledTaskRow,
    SettingRow,
)
from radarr_desktop.store.models.quality import (
    CustomFormatRow,
    DelayProfileRow,
    GuideDocumentRow,
    QualityDefinitionRow,
    QualityProfileRow,
    ReleaseProfileRow,
)
from radarr_desktop.store.models.releases import (
    PendingRow,
    ReleaseRow,
    SheetRow,
    VerdictRow,
    WordRow,
)

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

__all__ = [
    "MODELS",
    "BlocklistRow",
    "CustomFormatRow",
    "DelayProfileRow",
    "GrabRow",
    "GuideDocumentRow",
    "HistoryRow",
    "JobRow",
    "JournalRow",
    "MovieFileRow",
    "MovieRow",
    "PendingRow",
    "PluginInstanceRow",
    "QualityDefinitionRow",
    "QualityProfileRow",
    "ReleaseProfileRow",
    "ReleaseRow",
    "RootFolderRow",
    "Row",
    "ScheduledTaskRow",
    "SettingRow",
    "SheetRow",
    "SlotRow",
    "TagRow",
    "VerdictRow",
    "WordRow",
]
