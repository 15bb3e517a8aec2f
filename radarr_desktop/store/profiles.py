"""Quality profiles, tags and root folders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from radarr_desktop.domain.languages import ORIGINAL, language_by_id
from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.records import RootFolder, Tag
from radarr_desktop.domain.sizes import SizeLimits
from radarr_desktop.store import formats
from radarr_desktop.store.models import QualityProfileRow, RootFolderRow, TagRow
from radarr_desktop.store.sql import Rows

_ALL = Rows(QualityProfileRow, "ORDER BY id")


def all_profiles() -> list[QualityProfile]:
    """Every profile, by id."""
    limits = formats.limits()
    return [_profile(row, limits) for row in _ALL()]


def get_profile(profile_id: int) -> QualityProfile | None:
    """One profile."""
    row = QualityProfileRow.get_or_none(QualityProfileRow.id == profile_id)
    return _profile(row, formats.limits()) if row else None


def save_profile(profile: QualityProfile) -> QualityProfile:
    """Insert (id 0) or change a profile; its version counts up with what decides."""
    columns = {
        "name": profile.name,
        "items": profile.items,
        "cutoff": profile.cutoff,
        "upgrades": profile.upgrades,
        "language": profile.language.id,
        "format_scores": profile.format_scores,
        "min_format_score": profile.min_format_score,
        "cutoff_format_score": profile.cutoff_format_score,
        "min_upgrade_format_score": profile.min_upgrade_format_score,
        "sizes": profile.sizes,
        "cap": profile.cap,
        "extra": profile.extra,
    }
    known = get_profile(profile.id) if profile.id else None
    if known is None:
        return _profile(QualityProfileRow.create(**columns, version=1), formats.limits())
    decides_anew = replace(profile, name=known.name) != known
    version = known.version + decides_anew
    QualityProfileRow.update(**columns, version=version).where(QualityProfileRow.id == profile.id).execute()
    return replace(profile, version=version, definitions=known.definitions)


def decide_anew(concerned: Callable[[QualityProfile], bool]) -> None:
    """Count up the version of profiles whose verdicts can change although they did not."""
    ids = [profile.id for profile in all_profiles() if concerned(profile)]
    QualityProfileRow.update(version=QualityProfileRow.version + 1).where(QualityProfileRow.id.in_(ids)).execute()


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


def _profile(row: Any, limits: Mapping[int, SizeLimits]) -> QualityProfile:
    return QualityProfile(
        id=row.id,
        name=row.name,
        items=row.items,
        cutoff=row.cutoff,
        upgrades=row.upgrades,
        language=language_by_id(row.language) or ORIGINAL,
        format_scores=row.format_scores,
        min_format_score=row.min_format_score,
        cutoff_format_score=row.cutoff_format_score,
        min_upgrade_format_score=row.min_upgrade_format_score,
        sizes=row.sizes,
        cap=row.cap,
        version=row.version,
        definitions=limits,
        extra=row.extra,
    )
