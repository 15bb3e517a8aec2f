"""XML from services: no document type, nothing endless, and what is slightly broken is mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from radarr_desktop.plugin_api.errors import BadAnswer
from radarr_desktop.plugin_api.http import host_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import httpx

MAX_DEPTH = 50
MAX_ELEMENTS = 200_000
_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE
)
_BARE_AMPERSAND = re.compile(rb"&(?!(?:[a-z][a-z0-9]{0,30}|#\d{1,8}|#x[0-9a-f]{1,6});)", re.IGNORECASE)


class _Refused(ValueError):
    """The document is nothing a feed is made of; the message ends a sentence."""


def read_xml(response: httpx.Response) -> Element:
    """The answer's root element, namespaces as in ``{uri}name``; what is no XML is a ``BadAnswer``.

    A document type is refused, and with it every entity somebody could declare. Control characters and bare
    ampersands, which many sites leave in their titles, are put right.
    """
    from xml.parsers import expat  # here: a start without such a service need not have it in memory

    try:
        try:
            return _parsed(response.content)
        except expat.ExpatError:
            mended = _BARE_AMPERSAND.sub(b"&amp;", _CONTROL.sub(b" ", response.content))
            if mended == response.content:
                raise
            return _parsed(mended)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        start = response.content[:10_000].lstrip(b"\xef\xbb\xbf \t\r\n")
        if re.match(rb"<(?:!doctype html|html|head|body)\b", start, re.IGNORECASE):
            kind = "an HTML page instead of XML"
        elif isinstance(fault, _Refused):
            kind = f"XML {fault}"
        else:
            kind = "XML that is cut off or damaged"
        raise BadAnswer(f"{host_of(str(response.request.url))} answered {response.status_code} with {kind}.") from fault


def _parsed(document: bytes) -> Element:
    from xml.etree.ElementTree import TreeBuilder
    from xml.parsers import expat

    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")
    depth = elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > MAX_DEPTH or elements > MAX_ELEMENTS:
            raise _Refused("that is nested or filled beyond all measure")
        builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_qualified(name))

    def doctype(*_: object) -> None:
        raise _Refused("with a document type, which is not read")

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(document, True)
    return builder.close()


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name
