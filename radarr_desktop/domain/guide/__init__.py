"""Guides: custom formats, profiles and sizes as other programs write them, read and written without loss."""

from __future__ import annotations

from radarr_desktop.domain.guide.document import Document, DocumentKind, Guide, read_documents
from radarr_desktop.domain.guide.formats import read_format, write_format
from radarr_desktop.domain.guide.profiles import read_profile, write_profile
from radarr_desktop.domain.guide.reading import GuideError
from radarr_desktop.domain.guide.sizes import read_sizes, write_sizes

__all__ = [
    "Document",
    "DocumentKind",
    "Guide",
    "GuideError",
    "read_documents",
    "read_format",
    "read_profile",
    "read_sizes",
    "write_format",
    "write_profile",
    "write_sizes",
]
