"""Stands before the library that only the import checker brings: the program is measured as users have it."""

from __future__ import annotations

raise ImportError("rich is no part of the program")
