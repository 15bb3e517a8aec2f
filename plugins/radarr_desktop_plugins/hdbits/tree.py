"""A web page as a tree, however broken: enough of it to find rows, cells and links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST = 100_000
"""Elements that are read of a page."""
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_ENDS = {"td": {"td", "th"}, "th": {"td", "th"}, "tr": {"tr", "td", "th"}, "li": {"li"}, "option": {"option"}}
"""What the beginning of an element ends, where its own end was left out; up to the next table or list."""
_WALLS = frozenset({"table", "ul", "ol", "select"})
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "pre", "table"})


@dataclass(eq=False)
class Element:
    """One element; text stands among the children as it came."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute; empty where there is none."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[Element | str]:
        """Everything in it, in the order of the page."""
        waiting: list[Element | str] = [self]
        while waiting:
            one = waiting.pop()
            yield one
            if isinstance(one, Element):
                waiting += reversed(one.children)

    def all(self, tag: str) -> Iterator[Element]:
        """The elements of a kind in it."""
        return (one for one in self.walk() if isinstance(one, Element) and one.tag == tag)

    def own(self, tag: str) -> list[Element]:
        """Those right below it."""
        return [one for one in self.children if isinstance(one, Element) and one.tag == tag]

    def by_id(self, id_: str) -> Element | None:
        """The element with this id."""
        found = (one for one in self.walk() if isinstance(one, Element))
        return next((one for one in found if one.get("id") == id_), None)

    @property
    def text(self) -> str:
        """Its words, in one line."""
        return " ".join("".join(one for one in self.walk() if isinstance(one, str)).split())

    @property
    def lines(self) -> list[str]:
        """Its words, line by line as people see them."""
        parts = [one if isinstance(one, str) else "\n" if one.tag in _BREAKS else "" for one in self.walk()]
        return [line.strip() for line in "".join(parts).splitlines()]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("page")
        self._open = [self.root]
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count += 1
        if self._count > MOST:
            return
        self._end_left_out(tag)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if self._open[-1].tag not in ("script", "style"):
            self._open[-1].children.append(data)

    def _end_left_out(self, tag: str) -> None:
        ends = _ENDS.get(tag, set())
        for place in range(len(self._open) - 1, 0, -1):
            if not ends or self._open[place].tag in _WALLS:
                return
            if self._open[place].tag in ends:
                del self._open[place:]


def read_page(body: bytes) -> Element:
    """The page as a tree."""
    builder = _Builder()
    builder.feed(body.decode("utf-8", "replace"))
    builder.close()
    return builder.root
