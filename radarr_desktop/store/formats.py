"""Custom formats, the sizes users gave qualities, and documents of guides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from radarr_desktop.domain.custom_formats import CustomFormat
from radarr_desktop.domain.guide import Document, DocumentKind
from radarr_desktop.domain.quality import BY_ID
from radarr_desktop.domain.sizes import QualityDefinition, SizeLimits
from radarr_desktop.store.models import CustomFormatRow, GuideDocumentRow, QualityDefinitionRow
from radarr_desktop.store.sql import Rows

_DEFINITIONS = Rows(QualityDefinitionRow)


def all_formats() -> list[CustomFormat]:
    """Every custom format, by id."""
    return [_format(row) for row in CustomFormatRow.select().order_by(CustomFormatRow.id)]


def get_format(format_id: int) -> CustomFormat | None:
    """One of them."""
    row = CustomFormatRow.get_or_none(CustomFormatRow.id == format_id)
    return _format(row) if row else None


def save_format(format: CustomFormat) -> CustomFormat:
    """Insert (id 0) or change one."""
    columns = {
        "name": format.name,
        "specifications": format.specifications,
        "in_rename": format.in_rename,
        "extra": format.extra,
    }
    if format.id:
        CustomFormatRow.update(**columns).where(CustomFormatRow.id == format.id).execute()
        return format
    return _format(CustomFormatRow.create(**columns))


def delete_formats(ids: Iterable[int]) -> None:
    """Forget them."""
    CustomFormatRow.delete().where(CustomFormatRow.id.in_(list(ids))).execute()


def definitions() -> dict[int, QualityDefinition]:
    """What users changed of the qualities, by quality id."""
    rows = [row for row in _DEFINITIONS() if row.quality_id in BY_ID]
    return {
        row.quality_id: QualityDefinition(BY_ID[row.quality_id], row.title, row.least, row.preferred, row.most)
        for row in rows
    }


def limits() -> Mapping[int, SizeLimits]:
    """Their sizes."""
    return {id: definition.limits for id, definition in definitions().items()}


def save_definition(definition: QualityDefinition) -> None:
    """Change one quality's title and sizes."""
    QualityDefinitionRow.replace(
        quality_id=definition.quality.id,
        title=definition.title,
        least=definition.min,
        preferred=definition.preferred,
        most=definition.max,
    ).execute()


def documents(kind: DocumentKind) -> list[Document]:
    """What was read of guides, of one kind, by name."""
    rows = GuideDocumentRow.select().where(GuideDocumentRow.kind == kind.value).order_by(GuideDocumentRow.name)
    return [_document(row) for row in rows]


def save_document(document: Document) -> None:
    """Keep it, in place of the one with the same key."""
    GuideDocumentRow.replace(
        kind=document.kind.value, key=document.key, name=document.name, body=document.body
    ).execute()


def _format(row: Any) -> CustomFormat:
    return CustomFormat(row.id, row.name, row.specifications, row.in_rename, row.extra)


def _document(row: Any) -> Document:
    return Document(DocumentKind(row.kind), row.key, row.name, row.body)
