"""The tree that both XML and BOAMP's JSON become, so that one reader serves both.

BOAMP's JSON is the XML by the xmltodict convention: "@attr", "#text", a list only where an
element repeats, "" for an empty element. Prefixes vary by sender: names are kept without them.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from lxml import etree

from tender.formats.unreadable import Unreadable

MAX_DEPTH = 200
MAX_SIBLINGS = 10_000  # ten times the most buyers or lots that a notice was seen with
MAX_ATTRIBUTES = 200  # lxml takes quadratic time to list those of one element
# Neither XML nor a Word file can hold these; a JSON string can.
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LOOK = "FT"  # TED's mark-up of looks: n<FT TYPE="SUP">o</FT> is one word


class Element:
    """A named node with its own text (stripped), attributes and children in document order."""

    __slots__ = ()
    name: str
    text: str
    namespace: str
    attributes: Mapping[str, str]
    children: "tuple[Element, ...]"

    def at(self, path: str) -> "Iterator[Element]":
        """The elements at a path such as "Party/Name", in document order, one by one."""
        raise NotImplementedError

    def walk(self) -> "Iterator[Element]":
        """This element and all beneath it, in document order."""
        raise NotImplementedError

    def below(self, name: str) -> "Iterator[Element]":
        """The elements of that name however deep, this one included, in document order."""
        return (item for item in self.walk() if item.name == name)

    def holders(self, name: str) -> "Iterator[Element]":
        """The elements however deep that have a child of that name."""
        return (item for item in self.walk() if item.first(name))

    def every(self, path: str) -> "list[Element]":
        """All elements at a path; too many of them are refused."""
        found = list(islice(self.at(path), MAX_SIBLINGS + 1))
        require_few(len(found), path)
        return found

    def first(self, *paths: str) -> "Element | None":
        """The first element at the first of these paths that leads anywhere."""
        return next((found for path in paths for found in self.at(path)), None)

    def texts_at(self, *paths: str) -> list[str]:
        """All non-empty texts at these paths, each once."""
        return list(dict.fromkeys(self._texts(paths)))

    def text_at(self, *paths: str) -> str | None:
        """The first non-empty text at these paths."""
        return next(self._texts(paths), None)

    def _texts(self, paths: tuple[str, ...]) -> Iterator[str]:
        for path in paths:
            for found in self.at(path):
                text = found.text
                if text:
                    yield text


class Parsed(Element):
    """An element of an XML file; what nobody asks for is never made."""

    __slots__ = ("_escaped", "_node")

    def __init__(self, node: etree._Element, *, escaped: bool = False) -> None:
        self._node = node
        self._escaped = escaped

    @property
    def name(self) -> str:  # type: ignore[override]
        """The name without its namespace."""
        return str(self._node.tag).rpartition("}")[2]

    @property
    def namespace(self) -> str:  # type: ignore[override]
        """The namespace; "" for none."""
        return str(self._node.tag).rpartition("}")[0].removeprefix("{")

    @property
    def text(self) -> str:  # type: ignore[override]
        """The text between the children, and that of what only changes its look."""
        return _text(self._node, self._escaped)

    @property
    def attributes(self) -> Mapping[str, str]:  # type: ignore[override]
        """The attributes by their names without namespaces."""
        found = self._node.attrib
        if len(found) > MAX_ATTRIBUTES:
            raise Unreadable("Un élément porte plus de {limit} attributs.", limit=MAX_ATTRIBUTES)
        return {str(key).rpartition("}")[2]: str(value) for key, value in found.items()}

    @property
    def children(self) -> tuple[Element, ...]:  # type: ignore[override]
        """The elements directly beneath."""
        require_few(len(self._node), self.name)
        found = (Parsed(node, escaped=self._escaped) for node in self._node)
        return tuple(child for child in found if child.name != _LOOK)

    def at(self, path: str) -> Iterator[Element]:
        """The elements at a path, in document order, one by one."""
        for node in _nodes(self._node, _steps(path)):
            yield Parsed(node, escaped=self._escaped)

    def _texts(self, paths: tuple[str, ...]) -> Iterator[str]:
        for path in paths:
            for node in _nodes(self._node, _steps(path)):
                text = _text(node, self._escaped)
                if text:
                    yield text

    def walk(self) -> Iterator[Element]:
        """This element and all beneath it, in document order."""
        for node in self._node.iter():
            yield Parsed(node, escaped=self._escaped)

    def below(self, name: str) -> Iterator[Element]:
        """The elements of that name however deep, this one included, in document order."""
        for node in self._node.iter(f"{{*}}{name}"):
            yield Parsed(node, escaped=self._escaped)

    def holders(self, name: str) -> Iterator[Element]:
        """The elements however deep that have a child of that name."""
        last = None
        for node in self._node.iterdescendants(f"{{*}}{name}"):
            parent = node.getparent()
            if parent is not None and parent is not last:
                last = parent
                yield Parsed(parent, escaped=self._escaped)


@dataclass(frozen=True, slots=True)
class Built(Element):
    """An element made of JSON, or of nothing."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Element, ...] = ()
    namespace: str = ""

    def at(self, path: str) -> Iterator[Element]:
        """The elements at a path, in document order, one by one."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name:
                yield from child.at(rest) if rest else (child,)

    def walk(self) -> Iterator[Element]:
        """This element and all beneath it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


NOTHING: Element = Built("")


def require_few(count: int, place: str) -> None:
    """What repeats without end is made to keep us busy."""
    if count > MAX_SIBLINGS:
        raise Unreadable("{place} : plus de {limit} éléments.", place=place, limit=MAX_SIBLINGS)


def from_json(name: str, value: object, *, place: str, depth: int = 1) -> Element:
    """A value by the xmltodict convention as our tree; numbers and yes/no become their text."""
    if depth > MAX_DEPTH:
        raise Unreadable("Le fichier emboîte plus de {limit} éléments.", limit=MAX_DEPTH)
    if not isinstance(value, dict):
        return Built(name, clean(_scalar(value, place), escaped=True))
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
    return Built(name, text, attributes, tuple(children))


def clean(text: str, *, escaped: bool = False) -> str:
    """A text without the marks that neither XML nor a Word file can hold."""
    if escaped and "&" in text:
        text = html.unescape(html.unescape(text))
    return (text if text.isprintable() else _CONTROLS.sub("", text)).strip()


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


def _local(name: str) -> str:
    return name.rpartition(":")[2]


@lru_cache(maxsize=1_000)
def _steps(path: str) -> tuple[str, ...]:
    """A path as lxml matches it: names in whatever namespace."""
    return tuple(f"{{*}}{name}" for name in path.split("/"))


def _nodes(node: etree._Element, steps: tuple[str, ...]) -> Iterator[etree._Element]:
    found: Iterator[etree._Element] = node.iterchildren(steps[0])
    for step in steps[1:]:
        found = _children(found, step)
    return found


def _children(parents: Iterator[etree._Element], step: str) -> Iterator[etree._Element]:
    for parent in parents:
        yield from parent.iterchildren(step)


def _text(node: etree._Element, escaped: bool) -> str:
    written = _mixed(node) if len(node) else node.text
    return clean(written, escaped=escaped) if written else ""


def _mixed(node: etree._Element) -> str:
    parts = [node.text or ""]
    for child in node:
        if str(child.tag).rpartition("}")[2] == _LOOK:
            parts += map(str, child.itertext())
        parts.append(child.tail or "")
    return "".join(parts)
