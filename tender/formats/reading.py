"""The one door: a file's bytes in, its notices out, told apart by content and never by name."""

from collections.abc import Callable, Iterator
from functools import partial

from tender.formats import decp, jsonsafe, xmlsafe, zipsafe
from tender.formats.boamp import reader as boamp
from tender.formats.eforms import reader as eforms
from tender.formats.notice import Notice
from tender.formats.ocds import reader as ocds
from tender.formats.ted import reader as ted
from tender.formats.tree import Element
from tender.formats.unreadable import Unreadable

__all__ = ["Unreadable", "read", "read_each", "recognise"]

Entry = Callable[[], list[Notice]]
MAX_ENTRIES = 5_000
_MARKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # byte order marks and blanks before the first sign


def read(data: bytes) -> list[Notice]:
    """All notices of a file, page or archive; else Unreadable, with the first reason."""
    found = []
    for name, notice in read_each(data):
        if isinstance(notice, Unreadable):
            raise notice.within(name) if name else notice
        found.append(notice)
    return found


def read_each(data: bytes) -> Iterator[tuple[str, Notice | Unreadable]]:
    """Each notice with the name of its file in the archive ("" outside of one).

    What is refused stands in the place of its notices, and the rest goes on; Unreadable is raised
    only where there is no telling what else the file holds.
    """
    if not zipsafe.is_archive(data):
        yield from (("", notice) for notice in _each(_entries(data)))
        return
    for name, content in zipsafe.members(data):
        try:
            entries = _entries(_readable(content))
        except Unreadable as error:
            yield name, error
            continue
        yield from ((name, notice) for notice in _each(entries))


def recognise(data: bytes) -> str | None:
    """The format of a file (eforms, boamp, ted_xml, ocds, decp); None when it is none of them."""
    try:
        content = _parsed(data)
    except Unreadable:
        return None
    if isinstance(content, Element):
        return _xml_format(content)
    return next(iter({_json_format(item) for item in content}), None)


def _each(entries: list[Entry]) -> Iterator[Notice | Unreadable]:
    for at, entry in enumerate(entries, start=1):
        try:
            yield from entry()
        except Unreadable as error:
            yield error.at(at) if len(entries) > 1 else error


def _readable(content: bytes | Unreadable) -> bytes:
    if isinstance(content, Unreadable):
        raise content
    return content


def _entries(data: bytes) -> list[Entry]:
    """What the file holds: a reader for each of its notices."""
    content = _parsed(data)
    found = _of_xml(content) if isinstance(content, Element) else _of_json(content, data)
    if not found:
        raise Unreadable(
            "Ce fichier n’est pas un avis dans un format connu (eForms, TED, BOAMP, OCDS, DECP)."
        )
    if len(found) > MAX_ENTRIES:
        raise Unreadable("Le fichier compte plus de {limit} avis.", limit=MAX_ENTRIES)
    return found


def _parsed(data: bytes) -> Element | list[object]:
    """The root of an XML file, or the values that a JSON file holds one after the other."""
    xmlsafe.require_size(data)
    start = data.lstrip(_MARKS)[:1]
    if start == b"<":
        return xmlsafe.parse(data, escaped=boamp.ROOTS)
    if start in {b"{", b"["}:
        return jsonsafe.parse(data)
    raise Unreadable("Ce fichier n’est ni du XML ni du JSON.")


def _of_xml(root: Element) -> list[Entry]:
    match _xml_format(root):
        case "eforms":
            return [lambda: [eforms.read(root)]]
        case "boamp":
            return [lambda: [boamp.read_xml(root)]]
        case "ted_xml":
            return [lambda: [ted.read(root)]]
        case "decp":
            return [partial(_one, decp.read, item) for item in decp.of_xml(root)]
    return []


def _one(reader: Callable[[Element], Notice], root: Element) -> list[Notice]:
    return [reader(root)]


def _of_json(values: list[object], data: bytes) -> list[Entry]:
    formats = {_json_format(value) for value in values}
    if formats & {"boamp", "decp"}:
        jsonsafe.require_utf8(data)
    if None in formats:
        return []
    return [entry for value in values for entry in _json_entries(value)]


def _json_entries(value: object) -> Iterator[Entry]:
    if isinstance(value, list) and not boamp.records(value):
        for item in value:
            yield from _json_entries(item)
        return
    for record in boamp.records(value):
        yield partial(_boamp, record)
    for entry in ocds.entries(value):
        yield partial(ocds.read, entry)
    for name, item in decp.of_json(value):
        yield partial(_decp, name, item)


def _boamp(record: dict[str, object]) -> list[Notice]:
    return [boamp.read_json(record)]


def _decp(name: str, item: dict[str, object]) -> list[Notice]:
    return [decp.read_json(name, item)]


def _xml_format(root: Element) -> str | None:
    if root.name in eforms.ROOTS and root.namespace.startswith(eforms.NAMESPACES):
        return "eforms"
    if root.name in boamp.ROOTS:
        return "boamp"
    if root.name == ted.ROOT:
        return "ted_xml"
    return "decp" if root.name in decp.ROOTS else None


def _json_format(value: object) -> str | None:
    if boamp.records(value):
        return "boamp"
    if isinstance(value, list):
        found = {_json_format(item) for item in value}
        return found.pop() if len(found) == 1 else None
    if isinstance(value, dict) and "marches" in value:
        return "decp"
    return "ocds" if ocds.holds(value) else None
