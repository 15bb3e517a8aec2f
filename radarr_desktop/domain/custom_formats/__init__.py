"""Custom formats: what they are, what they look at, and which of them a release matches."""

from __future__ import annotations

from radarr_desktop.domain.custom_formats.format import CustomFormat, FormatError, Kind, Specification
from radarr_desktop.domain.custom_formats.subject import FLAG_BITS, Subject, in_name, subject_of

__all__ = [
    "FLAG_BITS",
    "CustomFormat",
    "FormatError",
    "Kind",
    "Specification",
    "Subject",
    "in_name",
    "subject_of",
]
