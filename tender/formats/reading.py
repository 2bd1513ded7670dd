"""The one door: a file's bytes in, its notices out, told apart by content and never by name."""

from tender.formats import jsonsafe, xmlsafe
from tender.formats.boamp import reader as boamp
from tender.formats.eforms import reader as eforms
from tender.formats.notice import Notice
from tender.formats.ted import reader as ted
from tender.formats.tree import Element
from tender.formats.unreadable import Unreadable

__all__ = ["Unreadable", "read", "recognise"]

_NAMES = {"ocds": "OCDS", "decp": "DECP"}
_MARKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # byte order marks and blanks before the first sign


def read(data: bytes) -> list[Notice]:
    """The notices of a file: one, or those of a BOAMP page; else Unreadable, with the reason."""
    content = _parsed(data)
    found = _format_of(content)
    if found in _NAMES:
        raise Unreadable("Format {name} reconnu, mais pas encore lu.", name=_NAMES[found])
    if isinstance(content, Element):
        if found == "eforms":
            return [eforms.read(content)]
        if found == "boamp":
            return boamp.read_xml(content)
        if found == "ted_xml":
            return [ted.read(content)]
    elif found == "boamp":
        jsonsafe.require_utf8(data)
        return boamp.read_json(boamp.records(content))
    raise Unreadable("Ce fichier n’est pas un avis dans un format connu (eForms ou BOAMP).")


def recognise(data: bytes) -> str | None:
    """The format of a file (eforms, boamp, ted_xml, ocds, decp); None when it is none of them."""
    try:
        return _format_of(_parsed(data))
    except Unreadable:
        return None


def _parsed(data: bytes) -> object:
    xmlsafe.require_size(data)
    start = data.lstrip(_MARKS)[:1]
    if start == b"<":
        return xmlsafe.parse(data, escaped=boamp.ROOTS)
    if start in {b"{", b"["}:
        return jsonsafe.parse(data)
    raise Unreadable("Ce fichier n’est ni du XML ni du JSON.")


def _format_of(content: object) -> str | None:
    return _xml_format(content) if isinstance(content, Element) else _json_format(content)


def _xml_format(root: Element) -> str | None:
    if root.name in eforms.ROOTS and root.namespace.startswith(eforms.NAMESPACE):
        return "eforms"
    if root.name in boamp.ROOTS:
        return "boamp"
    if root.name.startswith("TED_"):
        return "ted_xml"
    return "decp" if root.name in {"marches", "marche", "contrat-concession"} else None


def _json_format(value: object) -> str | None:
    if boamp.records(value):
        return "boamp"
    if not isinstance(value, dict):
        return None
    if "marches" in value:
        return "decp"
    return "ocds" if {"ocid", "releases", "records"} & value.keys() else None
