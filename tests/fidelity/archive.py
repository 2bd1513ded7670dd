"""A Word file as its parts say it, read with zipfile and lxml alone; strict names made usual."""

import hashlib
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

Element = etree._Element
Canon = tuple[object, ...]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMES = {
    "w": W,
    "r": R,
    "mc": MC,
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "dsp": "http://schemas.microsoft.com/office/drawing/2008/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([a-zA-Z]+)/([a-zA-Z]+)")
_SPELT = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
}


def q(name: str) -> str:
    """`w:p` as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{NAMES[prefix]}}}{local}"


def local(element: Element) -> str:
    """A tag without its namespace; nothing for a comment."""
    return str(element.tag).rsplit("}", 1)[-1] if not callable(element.tag) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of a child…, by prefixed names."""
    for name in path:
        element = None if element is None else element.find(q(name))
    return element


def value(element: Element | None, name: str = "w:val") -> str | None:
    """An attribute as text, None where the element or the attribute is missing."""
    return None if element is None else element.get(q(name))


def on(element: Element | None) -> bool:
    """Is this on/off property there and on?"""
    return element is not None and value(element) not in ("0", "false", "off")


def attributes(element: Element) -> list[tuple[str, str]]:
    """Names and values as text."""
    return [(str(name), str(text)) for name, text in element.attrib.items()]


def digest(data: bytes) -> str:
    """The fingerprint of some bytes."""
    return hashlib.sha256(data).hexdigest()


def canon(element: Element, drop: frozenset[str] = frozenset()) -> Canon:
    """A tree as plain values: no prefixes, no relationship ids, none of the dropped names."""
    kept = sorted(
        (name, text)
        for name, text in attributes(element)
        if not name.startswith(f"{{{R}}}") and name.rsplit("}", 1)[-1] not in drop
    )
    kids = [canon(kid, drop) for kid in element if local(kid) not in drop and local(kid)]
    return (element.tag, tuple(kept), (element.text or "").strip(), *kids)


@dataclass(frozen=True)
class Rel:
    """One relationship: its short kind, and a part's name or an outside address."""

    kind: str
    target: str
    external: bool


class Archive:
    """The parts of one file, their types and relationships; trees are parsed once."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.entries = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.entries}
        self._trees: dict[str, Element] = {}
        self._rels: dict[str, dict[str, Rel]] = {}

    def tree(self, name: str) -> Element:
        """The tree of a part, strict names translated."""
        if name not in self._trees:
            usual = _STRICT.sub(_usual, self.parts[name])
            self._trees[name] = etree.fromstring(usual)
        return self._trees[name]

    def rels(self, name: str) -> dict[str, Rel]:
        """The relationships of a part (`` for the package) by id."""
        if name not in self._rels:
            folder, base = posixpath.split(name)
            file = posixpath.join(folder, "_rels", f"{base}.rels")
            items = self.tree(file).iter(f"{_RELS}Relationship") if file in self.parts else ()
            self._rels[name] = {item.get("Id", ""): _rel(item, folder) for item in items}
        return self._rels[name]

    def related(self, name: str, kind: str) -> str | None:
        """The part to which `name` has a relationship of this short kind."""
        found = (rel for rel in self.rels(name).values() if rel.kind == kind and not rel.external)
        return next((rel.target for rel in found if rel.target in self.parts), None)

    def side(self, kind: str) -> Element | None:
        """The tree of a part beside the main one (`styles`, `footnotes`…)."""
        name = self.related(self.main, kind)
        return None if name is None else self.tree(name)

    @cached_property
    def main(self) -> str:
        """The name of the main part."""
        return self.related("", "officeDocument") or ""

    @cached_property
    def body(self) -> Element:
        """The body of the text."""
        body = child(self.tree(self.main), "w:body")
        if body is None:
            raise ValueError("no body")
        return body

    @cached_property
    def overrides(self) -> dict[str, str]:
        """The content types given to single parts."""
        items = self.tree("[Content_Types].xml").iter(f"{_TYPES}Override")
        return {item.get("PartName", "").lstrip("/"): item.get("ContentType", "") for item in items}

    @cached_property
    def defaults(self) -> dict[str, str]:
        """The content types given to endings of names."""
        items = self.tree("[Content_Types].xml").iter(f"{_TYPES}Default")
        return {item.get("Extension", "").lower(): item.get("ContentType", "") for item in items}

    def type_of(self, name: str) -> str:
        """The declared type of a part, or nothing."""
        return self.overrides.get(name) or self.defaults.get(name.rsplit(".", 1)[-1].lower(), "")


def _usual(found: re.Match[bytes]) -> bytes:
    last = _SPELT.get(found[2], found[2])
    return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006/" + last


def _rel(item: Element, folder: str) -> Rel:
    kind, target = item.get("Type", "").rsplit("/", 1)[-1], item.get("Target", "")
    if item.get("TargetMode") == "External":
        return Rel(kind, target, external=True)
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return Rel(kind, posixpath.normpath(joined).lstrip("/"), external=False)
