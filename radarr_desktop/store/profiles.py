"""Quality profiles, tags and root folders."""

from __future__ import annotations

from typing import Any

from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import RootFolder, Tag
from radarr_desktop.store.models import QualityProfileRow, RootFolderRow, TagRow


def all_profiles() -> list[QualityProfile]:
    """Every profile, by id."""
    return [_profile(row) for row in QualityProfileRow.select().order_by(QualityProfileRow.id)]


def get_profile(profile_id: int) -> QualityProfile | None:
    """One profile."""
    row = QualityProfileRow.get_or_none(QualityProfileRow.id == profile_id)
    return _profile(row) if row else None


def save_profile(profile: QualityProfile) -> QualityProfile:
    """Insert (id 0) or change a profile."""
    columns = {
        "name": profile.name,
        "items": profile.items,
        "cutoff": profile.cutoff,
        "upgrades": profile.upgrades,
    }
    if profile.id:
        QualityProfileRow.update(**columns).where(QualityProfileRow.id == profile.id).execute()
        return profile
    return _profile(QualityProfileRow.create(**columns))


def delete_profile(profile_id: int) -> None:
    """Forget a profile."""
    QualityProfileRow.delete().where(QualityProfileRow.id == profile_id).execute()


def all_tags() -> list[Tag]:
    """Every tag, by label."""
    return [Tag(row.id, row.label) for row in TagRow.select().order_by(TagRow.label)]


def save_tag(label: str, tag_id: int = 0) -> Tag:
    """Insert a tag, or give one a new label."""
    if tag_id:
        TagRow.update(label=label).where(TagRow.id == tag_id).execute()
        return Tag(tag_id, label)
    row, _ = TagRow.get_or_create(label=label)
    return Tag(row.id, row.label)


def delete_tag(tag_id: int) -> None:
    """Forget a tag."""
    TagRow.delete().where(TagRow.id == tag_id).execute()


def all_folders() -> list[RootFolder]:
    """Every root folder, by id, without what the disk says."""
    return [RootFolder(row.id, row.path) for row in RootFolderRow.select().order_by(RootFolderRow.id)]


def add_folder(path: str) -> RootFolder:
    """Insert a root folder, or find it."""
    row, _ = RootFolderRow.get_or_create(path=path)
    return RootFolder(row.id, row.path)


def delete_folder(folder_id: int) -> None:
    """Forget a root folder; nothing on the disk changes."""
    RootFolderRow.delete().where(RootFolderRow.id == folder_id).execute()


def _profile(row: Any) -> QualityProfile:
    return QualityProfile(row.id, row.name, row.items, row.cutoff, row.upgrades)
