"""The tree that both XML and BOAMP's JSON become, so that one reader serves both.

BOAMP's JSON is the XML by the xmltodict convention: "@attr", "#text", a list only where an
element repeats, "" for an empty element. Prefixes vary by sender: names are kept without them.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from tender.formats.unreadable import Unreadable

MAX_DEPTH = 200
MAX_ATTRIBUTES = 200  # lxml takes quadratic time to list those of one element
# Neither XML nor a Word file can hold these; a JSON string can.
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Element:
    """A named node with its own text (stripped), attributes and children in document order."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Element", ...] = ()
    namespace: str = ""

    def every(self, path: str) -> list["Element"]:
        """All elements at a path such as "Party/Name", in document order."""
        found = [self]
        for name in path.split("/"):
            found = [child for parent in found for child in parent.children if child.name == name]
        return found

    def first(self, *paths: str) -> "Element | None":
        """The first element at the first of these paths that leads anywhere."""
        return next((found for path in paths for found in self.every(path)), None)

    def texts_at(self, *paths: str) -> list[str]:
        """All non-empty texts at these paths, each once."""
        found = (element.text for path in paths for element in self.every(path))
        return list(dict.fromkeys(text for text in found if text))

    def text_at(self, *paths: str) -> str | None:
        """The first non-empty text at these paths."""
        return next(iter(self.texts_at(*paths)), None)

    def walk(self) -> Iterator["Element"]:
        """This element and all beneath it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


NOTHING = Element("")


def from_xml(node: etree._Element, *, escaped: bool = False, depth: int = 1) -> Element:
    """An lxml element as our tree; `escaped` for senders that escape their texts twice."""
    if depth > MAX_DEPTH:
        raise Unreadable("Le fichier emboîte plus de {limit} éléments.", limit=MAX_DEPTH)
    if len(node.attrib) > MAX_ATTRIBUTES:
        raise Unreadable("Un élément porte plus de {limit} attributs.", limit=MAX_ATTRIBUTES)
    name = etree.QName(node)
    return Element(
        name.localname,
        clean(_own_text(node), escaped=escaped),
        {etree.QName(key).localname: str(value) for key, value in node.attrib.items()},
        tuple(
            from_xml(child, escaped=escaped, depth=depth + 1)
            for child in node
            if not _is_look(child)
        ),
        name.namespace or "",
    )


def from_json(name: str, value: object, *, place: str, depth: int = 1) -> Element:
    """A value by the xmltodict convention as our tree; numbers and yes/no become their text."""
    if depth > MAX_DEPTH:
        raise Unreadable("Le fichier emboîte plus de {limit} éléments.", limit=MAX_DEPTH)
    if not isinstance(value, dict):
        return Element(name, clean(_scalar(value, place), escaped=True))
    attributes: dict[str, str] = {}
    children: list[Element] = []
    text = ""
    for key, item in value.items():
        if key == "#text":
            text = clean(_scalar(item, place), escaped=True)
        elif key.startswith("@"):
            attributes[_local(key[1:])] = _scalar(item, f"{place}.{key}").strip()
        else:
            children += _repeated(key, item, place=f"{place}.{key}", depth=depth)
    return Element(name, text, attributes, tuple(children))


def _repeated(key: str, value: object, *, place: str, depth: int) -> list[Element]:
    items = value if isinstance(value, list) else [value]
    return [
        from_json(_local(key), item, place=f"{place}[{index}]", depth=depth + 1)
        for index, item in enumerate(items)
        if item is not None
    ]


def _scalar(value: object, place: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    raise Unreadable("{place} : un texte est attendu ici.", place=place)


def _own_text(node: etree._Element) -> str:
    """The text between the children; what only changes its look belongs to it."""
    parts = [node.text or ""]
    for child in node:
        if _is_look(child):
            parts += map(str, child.itertext())
        parts.append(child.tail or "")
    return "".join(parts)


def _is_look(node: etree._Element) -> bool:
    """True for TED's `FT`: n<FT TYPE="SUP">o</FT> is one word."""
    return str(node.tag).endswith(("}FT", "FT")) and etree.QName(node).localname == "FT"


def clean(text: str, *, escaped: bool = False) -> str:
    """A text without the marks that neither XML nor a Word file can hold."""
    if escaped and "&" in text:
        text = html.unescape(html.unescape(text))
    return _CONTROLS.sub("", text).strip()


def _local(name: str) -> str:
    return name.rpartition(":")[2]
