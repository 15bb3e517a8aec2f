"""Custom formats: what they are, what they look at, and which of them a release matches."""

from __future__ import annotations

from radarr_desktop.domain.custom_formats.compiled import CompiledFormats, Explained, Held
from radarr_desktop.domain.custom_formats.conditions import check_format
from radarr_desktop.domain.custom_formats.format import CustomFormat, FormatError, Kind, Specification
from radarr_desktop.domain.custom_formats.subject import FLAG_BITS, Subject, in_name, subject_of

__all__ = [
    "FLAG_BITS",
    "CompiledFormats",
    "CustomFormat",
    "Explained",
    "FormatError",
    "Held",
    "Kind",
    "Specification",
    "Subject",
    "check_format",
    "in_name",
    "subject_of",
]
