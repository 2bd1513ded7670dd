"""Bounded XML: parse without entities, network or depth, names of the namespaces, serialise."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Protocol, cast

from lxml import etree

from tender.documents.errors import Refused
from tender.documents.reasons import refuse

Element = etree._Element  # noqa: SLF001 - lxml publishes no other name for its element type

MAX_DEPTH = 256
"""What libxml2 itself allows: asking the finished tree costs as much as a third of the parse."""
MAX_MARKS = 3_000_000

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
V = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741 - the prefix every Word file uses
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML = "http://www.w3.org/XML/1998/namespace"

NAMES = {"w": W, "r": R, "w14": W14, "wp": WP, "a": A, "pic": PIC, "c": C, "v": V, "o": O}

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_UNHELD = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_POINTERS = etree.XPath("descendant-or-self::*/@r:*", namespaces={"r": R})


class _Pointer(Protocol):
    """What lxml gives for an attribute found by XPath."""

    attrname: str

    def getparent(self) -> Element:
        """The element that bears it."""


@cache
def q(name: str) -> str:
    """`w:p` as lxml wants it: `{namespace}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


_PROPERTIES = q("w:pPr")


def make(name: str, /, **values: str) -> Element:
    """A new `w:` element (or another prefix) with `w:` attributes."""
    element = etree.Element(q(name), nsmap={"w": W})
    for key, value in values.items():
        element.set(q(f"w:{key}"), value)
    return element


def add(parent: Element, name: str, /, **values: str) -> Element:
    """A new last child with `w:` attributes."""
    element = etree.SubElement(parent, q(name))
    for key, value in values.items():
        element.set(q(f"w:{key}"), value)
    return element


def value(element: Element | None, name: str = "w:val") -> str | None:
    """An attribute, or None where the element or it is missing."""
    return None if element is None else element.get(q(name))


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(q(name)), None)
    return element


def properties(paragraph: Element) -> Element | None:
    """A paragraph's `w:pPr`, which stands first; much faster than a search."""
    first = paragraph[0] if len(paragraph) else None
    return first if first is not None and first.tag == _PROPERTIES else None


def remove(element: Element) -> None:
    """Take an element out of its tree; text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is None:
        return
    for kid in list(element):
        element.addprevious(kid)
    parent.remove(element)


def pointers(tree: Element) -> list[tuple[Element, str]]:
    """All attributes that name a relationship: the element, the attribute's name."""
    found = cast("list[_Pointer]", _POINTERS(tree))
    return [(one.getparent(), one.attrname) for one in found]


def finder(path: str) -> Callable[[Element], list[Element]]:
    """A search for elements by an XPath made once, with our prefixes; it starts at an element.

    Descend in the last step only: what two steps find libxml2 joins by comparing all with all.
    """
    compiled = etree.XPath(path, namespaces=NAMES)
    return lambda tree: cast("list[Element]", compiled(tree))


def each(tree: Element, *names: str) -> Iterator[Element]:
    """All elements of these names in document order, safe against changes on the way."""
    return iter(list(tree.iter(*(q(name) for name in names))))


def parse(data: bytes, part: str) -> Element:
    """A part's tree; raises Refused for DOCTYPE, depth, size, encodings, broken XML."""
    require_sober(data, part)
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise (_too_deep if "Excessive depth" in str(error) else _broken)(part) from error
    if cast("str", root.getroottree().docinfo.doctype):  # type: ignore[union-attr] # not in stubs
        raise _doctype(part)
    return root


def require_sober(data: bytes, part: str) -> None:
    """Refuse by a look at the bytes what the parser should never see."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = data.decode("utf-16").encode()
        except UnicodeError as error:
            raise _broken(part) from error
    else:
        text = data
        named = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
        if b"\0" in data[:200] or (named and named[1].lower() not in _ENCODINGS):
            raise _broken(part)
    if b"<!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
        raise _doctype(part)
    if len(text) > MAX_MARKS and _has_too_many_marks(text):
        raise refuse("xml_size", part=part)


def _has_too_many_marks(text: bytes) -> bool:
    return text.count(b"<") > MAX_MARKS or text.count(b"=") > 2 * MAX_MARKS


def _broken(part: str) -> Refused:
    return refuse("xml", part=part)


def _doctype(part: str) -> Refused:
    return refuse("doctype", part=part)


def _too_deep(part: str) -> Refused:
    return refuse("depth", part=part, limit=MAX_DEPTH)


def plain(text: str) -> str:
    """A text without the signs that XML cannot hold."""
    return _UNHELD.sub("", text)


def serialise(root: Element) -> bytes:
    """The part's bytes, with its XML declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
