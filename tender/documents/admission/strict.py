"""Strict Open XML on its way to the usual dialect: other names, and other values in their place.

Facts: ISO/IEC 29500-1 (strict) against part 4; the values as Word writes them.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tender.documents import trees
from tender.documents.trees import Element, q

_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_NAMES: Mapping[bytes, bytes] = MappingProxyType(
    {
        b"extendedProperties": b"extended-properties",
        b"customProperties": b"custom-properties",
    }
)
_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?|-?\.\d+)(pt|cm|mm|in|pc|pi|%)")
_POINTS: Mapping[str, float] = MappingProxyType(
    {"pt": 1, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72, "pc": 12, "pi": 12}
)
_TWENTIETHS, _HALVES, _EIGHTHS, _EMU = 20, 2, 8, 12_700
_FIFTIETHS, _THOUSANDTHS = 50, 1_000
_BORDERS = frozenset(
    """top left bottom right start end insideH insideV between bar bdr tl2br tr2bl""".split()  # noqa: SIM905 - a table
)
_HALF_POINTS = frozenset({"sz", "szCs", "position", "kern", "hps", "hpsRaise", "hpsBaseText"})
_MEASURED_VALUES = _HALF_POINTS | frozenset(
    """spacing defaultTabStop hyphenationZone trHeight fitText drawingGridHorizontalSpacing
    drawingGridVerticalSpacing drawingGridHorizontalOrigin drawingGridVerticalOrigin""".split()  # noqa: SIM905 - a table
)
_MEASURED = frozenset(
    """w h left right top bottom start end hanging firstLine before after line header footer gutter
    space pos x y hSpace vSpace distance linePitch""".split()  # noqa: SIM905 - a table to read
)
_SIDES: Mapping[str, str] = MappingProxyType({"start": "left", "end": "right"})
_SIDED_BOXES = frozenset(
    q(name) for name in ("w:tblBorders", "w:tcBorders", "w:tblCellMar", "w:tcMar")
)
"""Elsewhere `start` is the first number of a list."""
_SIDED = frozenset({"jc", "lvlJc", "tab", "ptab"})
_ATTRIBUTES: Mapping[str, str] = MappingProxyType(
    {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
)
_DIRECTIONS: Mapping[str, str] = MappingProxyType(
    {"tb": "lrTb", "rl": "tbRl", "lr": "btLr", "tbV": "lrTbV", "rlV": "tbRlV", "lrV": "tbLrV"}
)
_W, _DRAWINGS = f"{{{trees.W}}}", "{http://schemas.openxmlformats.org/drawingml/"
_CHART = f"{{{trees.C}}}"
_TEXTS = frozenset({"name", "descr", "title", "typeface", "id", "uri"})


def usual_names(blob: bytes) -> bytes | None:
    """The part with the usual names of namespaces and relationships; None if it had no other."""
    if b"purl.oclc.org/ooxml" not in blob:
        return None
    return _NAME.sub(_usual, blob)


def _usual(found: re.Match[bytes]) -> bytes:
    local = _NAMES.get(found[2], found[2])
    return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006/" + local


def usual_values(root: Element) -> None:
    """Bring the values that differ back, in a tree whose names are the usual ones again."""
    root.attrib.pop(q("w:conformance"), "")
    for element in root.iter("{*}*"):
        tag = element.tag
        if tag.startswith(_W):
            _usual_word(element, tag[len(_W) :])
        elif tag.startswith(_CHART):
            _each_value(element, _without_percent)
        elif tag.startswith(_DRAWINGS):
            _each_value(element, _in_emu)


def _each_value(element: Element, change: Callable[[str], str]) -> None:
    for name, value in element.attrib.items():
        if str(name) not in _TEXTS and _MEASURE.fullmatch(str(value)):
            element.set(str(name), change(str(value)))


def _usual_word(element: Element, local: str) -> None:
    for name, value in element.attrib.items():
        if str(name).startswith(_W):
            _usual_attribute(element, local, str(name)[len(_W) :], str(value))
    parent = element.getparent()
    if local in _SIDES and parent is not None and parent.tag in _SIDED_BOXES:
        element.tag = _W + _SIDES[local]


def _usual_attribute(element: Element, local: str, name: str, value: str) -> None:
    new = value
    if _MEASURE.fullmatch(value):
        new = _measure(local, name, value)
    elif name == "val" and local in _SIDED:
        new = _SIDES.get(value, value)
    elif name == "val" and local == "textDirection":
        new = _DIRECTIONS.get(value, value)
    if local == "ind" and name in _ATTRIBUTES:
        del element.attrib[_W + name]
        name = _ATTRIBUTES[name]
    if element.get(_W + name) != new:
        element.set(_W + name, new)


def _measure(local: str, name: str, value: str) -> str:
    """A length or a share as the whole number that the usual dialect has for it."""
    if value.endswith("%"):
        share = local == "w" or name == "percent"
        return _scaled(value, 1 if share else _FIFTIETHS) if share or name == "w" else value
    if name == "val" and local in _MEASURED_VALUES:
        return _scaled(value, _HALVES if local in _HALF_POINTS else _TWENTIETHS)
    if local in _BORDERS and name in ("sz", "space"):
        return _scaled(value, _EIGHTHS if name == "sz" else 1)
    return _scaled(value, _TWENTIETHS) if name in _MEASURED else value


def _in_emu(value: str) -> str:
    return _scaled(value, _THOUSANDTHS if value.endswith("%") else _EMU)


def _without_percent(value: str) -> str:
    return value.removesuffix("%")


def _scaled(value: str, factor: float) -> str:
    found = _MEASURE.fullmatch(value)
    if found is None:
        return value
    return str(round(float(found[1]) * _POINTS.get(found[2], 1) * factor))
