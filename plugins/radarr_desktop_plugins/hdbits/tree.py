"""A web page as a tree, however broken: enough of it to find rows, cells and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

MOST = 100_000
"""Elements that are read of a page."""
DEEPEST = 200
"""Elements within each other; what is deeper stands beside."""
LONGEST_TAG = 4_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,60})(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))""")
_UNREAD = frozenset({"script", "style"})
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


class _Builder:
    def __init__(self) -> None:
        self.root = Element("page")
        self._open = [self.root]
        self._count = 0

    def begin(self, tag: str, told: str) -> None:
        self._count += 1
        if self._count > MOST:
            return
        self._end_left_out(tag)
        attributes = {one[1].lower(): unescape(one[2].strip("\"'")) for one in _ATTRIBUTE.finditer(told)}
        element = Element(tag, attributes)
        self._open[-1].children.append(element)
        if tag not in _VOID and len(self._open) < DEEPEST:
            self._open.append(element)

    def end(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def say(self, text: str) -> None:
        if text:
            self._open[-1].children.append(unescape(text))

    def _end_left_out(self, tag: str) -> None:
        ends = _ENDS.get(tag, set())
        for place in range(len(self._open) - 1, 0, -1):
            if not ends or self._open[place].tag in _WALLS:
                return
            if self._open[place].tag in ends:
                del self._open[place:]


def read_page(body: bytes) -> Element:
    """The page as a tree, in a time that grows no faster than it: the standard library's reader takes minutes for some.

    A tag that does not end soon is text.
    """
    text = body.decode("utf-8", "replace").replace("\0", "")
    builder, at = _Builder(), 0
    while (start := text.find("<", at)) >= 0:
        builder.say(text[at:start])
        if text.startswith("<!--", start):
            end = text.find("-->", start)
            if end < 0:
                return builder.root
            at = end + 3
            continue
        end = text.find(">", start, start + LONGEST_TAG)
        tag = _TAG.match(text, start, end) if end >= 0 else None
        at = end + 1 if tag or (text.startswith(("<!", "<?"), start) and end >= 0) else start + 1
        if tag is None:
            if at == start + 1:
                builder.say("<")
            continue
        name = tag[2].lower()
        if tag[1]:
            builder.end(name)
        else:
            builder.begin(name, text[tag.end() : end])
            if name in _UNREAD:
                closing = re.compile(f"</{name}", re.IGNORECASE).search(text, at)
                if closing is None:
                    return builder.root
                at = closing.start()
    builder.say(text[at:])
    return builder.root
