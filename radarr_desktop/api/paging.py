"""Pages of long lists, as the v3 API asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from radarr_desktop.api.endpoint import Query

MAX_PAGE_SIZE = 10_000

T = TypeVar("T")


class PageQuery(Query):
    page: int = 1
    page_size: int = 10
    sort_key: str | None = None
    sort_direction: str | None = None

    @property
    def number(self) -> int:
        """The page, at least 1."""
        return min(max(1, self.page), 1_000_000)

    @property
    def size(self) -> int:
        """Records of a page, 1 to ``MAX_PAGE_SIZE``."""
        return min(max(1, self.page_size), MAX_PAGE_SIZE)

    def descends(self, default: bool) -> bool:
        """A missing direction means descending, only the word ``default`` means the list's own."""
        word = (self.sort_direction or "descending").lower()
        return default if word == "default" else word != "ascending"


def cut(items: Sequence[T], query: PageQuery) -> Sequence[T]:
    """The records of the page asked for."""
    start = (query.number - 1) * query.size
    return items[start : start + query.size]


def sort_key(query: PageQuery, keys: Mapping[str, Callable[[T], Any]], default: str) -> str:
    """The key asked for as the API spells it; an unknown one silently becomes the default."""
    asked = (query.sort_key or "").lower()
    return next((name for name in keys if name.lower() == asked), default)
