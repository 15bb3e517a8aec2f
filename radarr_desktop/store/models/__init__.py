"""The tables as Peewee models; their definition is in ``migrations``."""

from __future__ import annotations

from radarr_desktop.store.models.base import Row
from radarr_desktop.store.models.collection import (
    CollectionItemRow,
    CollectionScanRow,
    FolderLookRow,
    WatchedFileRow,
    WatchFolderRow,
)
from radarr_desktop.store.models.downloads import (
    BlocklistRow,
    GrabRow,
    PackPartRow,
    RemotePathRow,
)
from radarr_desktop.store.models.files import (
    HistoryRow,
    JournalRow,
    OperationRow,
)
from radarr_desktop.store.models.library import (
    MovieFileRow,
    MovieRow,
    RootFolderRow,
    SideFileRow,
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
    SideFileRow,
    PluginInstanceRow,
    ReleaseRow,
    WordRow,
    SheetRow,
    VerdictRow,
    GrabRow,
    PackPartRow,
    RemotePathRow,
    DelayProfileRow,
    ReleaseProfileRow,
    PendingRow,
    BlocklistRow,
    JobRow,
    OperationRow,
    JournalRow,
    HistoryRow,
    SettingRow,
    ScheduledTaskRow,
    CollectionScanRow,
    CollectionItemRow,
    WatchFolderRow,
    WatchedFileRow,
    FolderLookRow,
]

__all__ = [
    "MODELS",
    "BlocklistRow",
    "CollectionItemRow",
    "CollectionScanRow",
    "CustomFormatRow",
    "DelayProfileRow",
    "FolderLookRow",
    "GrabRow",
    "GuideDocumentRow",
    "HistoryRow",
    "JobRow",
    "JournalRow",
    "MovieFileRow",
    "MovieRow",
    "OperationRow",
    "PackPartRow",
    "PendingRow",
    "PluginInstanceRow",
    "QualityDefinitionRow",
    "QualityProfileRow",
    "ReleaseProfileRow",
    "ReleaseRow",
    "RemotePathRow",
    "RootFolderRow",
    "Row",
    "ScheduledTaskRow",
    "SettingRow",
    "SheetRow",
    "SideFileRow",
    "SlotRow",
    "TagRow",
    "VerdictRow",
    "WatchFolderRow",
    "WatchedFileRow",
    "WordRow",
]
