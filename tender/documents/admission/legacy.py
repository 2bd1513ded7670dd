"""Objects of the old Office kinds: which are documents, and what of a program they may hide."""

import re
import struct
from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from tender.documents.admission.compound import ROOT, STORAGE, Compound, Item, NotCompound

_OFFICE = "-0000-0000-c000-000000000046"
_PROGRAMS = (
    # Excel sheets and charts, Word documents and pictures, Microsoft Graph, Visio, Equation
    "00020810 00020811 00020820 00020821 00020830 00020900 00020906 00020907 00020801 00020802"
    " 00020803 00021a13 00021a14 00021a15 00021700 0002ce02 0002ce03"
)
DOCUMENTS = frozenset(
    {UUID(int=0)}
    | {UUID(first + _OFFICE) for first in _PROGRAMS.split()}
    | {
        UUID(whole)
        for whole in (
            "f4754c9b-64f5-4b40-8af4-679732ac0607",  # Word, as OOXML
            "ea7bae70-fb3b-11cd-a903-00aa00510ea3",  # PowerPoint 95
            "ea7bae71-fb3b-11cd-a903-00aa00510ea3",
            "64818d10-4f9b-11cf-86ea-00aa00b929e8",  # PowerPoint 97: show, slide
            "64818d11-4f9b-11cf-86ea-00aa00b929e8",
            "cf4f55f4-8f87-4d47-80bb-5808164bb3f8",  # PowerPoint, as OOXML: show, slide
            "048eb43e-2059-422f-95e0-557da96038af",
            "b801ca65-a1fc-11d0-85ad-444553540000",  # Acrobat
            "41ba6d21-a02e-11ce-8fd9-0020afd1f20c",  # ChemDraw
            "74b78f3a-c8c8-11d1-be11-00c04fb6faf1",  # Project
            "8bc6b165-b1b2-4edd-aa47-dae2ee689dd6",  # LibreOffice: text, sheet, show, drawing,
            "47bbb4cb-ce4c-4e80-a591-42d9ae74950f",  # formula, chart
            "9176e48a-637a-4d1f-803b-99d9bfac1047",
            "4bab8970-8a3b-45b3-991c-cbeeac6bd5e3",
            "078b7aba-54fc-457f-8551-6147e776a997",
            "12dcae26-281f-416f-a234-c3086127382e",
        )
    }
)
"""Classes whose objects are documents; any other class may be a program."""

_MACROS = frozenset({"vba", "macros", "_vba_project", "_vba_project_cur"})
_STRANGERS = frozenset({"\x01ole10native", "\x03linkinfo"})
_LOCKED = frozenset({"encryptedpackage", "encryptioninfo", "\x06dataspaces"})
_POWERPOINT_MACROS = b"\x1f\x00\xff\x03"
"""Head of the record VBAInfo, [MS-PPT] 2.4.10."""
_REACHING = rb"(?:DDEAUTO|DDE|LINK|INCLUDE|IMPORT|DATABASE|MACROBUTTON|QUOTE|AUTOTEXT)"
_FIELDS = re.compile(rb"\x13[ \"]{0,8}" + _REACHING)
_WIDE_FIELDS = re.compile(
    rb"\x13\0(?:[ \"]\0){0,8}(?:"
    + rb"|".join(
        b"".join(bytes([sign, 0]) for sign in word)
        for word in (b"DDE", b"LINK", b"INCLUDE", b"IMPORT", b"DATABASE", b"MACROBUTTON", b"QUOTE")
    )
    + rb")"
)
_PDF_PROGRAMS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b")
MAX_RECORDS = 1_000_000
_SHEET, _OUTSIDE_BOOK, _PASSWORD = 0x85, 0x1AE, 0x2F
_QUERIES = frozenset({0xDC, 0x1AD, 0x876})
_WORKSHEET, _CHART_SHEET = 0, 2
_SELF_AND_ADD_INS = frozenset({0x0401, 0x3A01})


def judge(data: bytes, package: Callable[[bytes], str | None]) -> str | None:
    """Why this compound file may not stay (`macros`, `links`, `locked`, `kind`), or None.

    `package` judges a new Office file that lies inside.
    """
    try:
        compound = Compound(data)
        return _judge_items(compound) or _judge_streams(compound, package)
    except (NotCompound, struct.error):
        return "unreadable"


def names_a_document(data: bytes) -> bool:
    """Does the file itself say of which document kind it is? LibreOffice leaves the name empty."""
    try:
        items = Compound(data).items
    except (NotCompound, struct.error):
        return False
    return any(item.kind == ROOT and item.program in DOCUMENTS - {UUID(int=0)} for item in items)


def _judge_items(compound: Compound) -> str | None:
    for item in compound.items:
        name = item.name.casefold()
        if name in _MACROS:
            return "macros"
        if name in _LOCKED:
            return "locked"
        if name in _STRANGERS:
            return "kind"
        if item.kind in (STORAGE, ROOT) and item.program not in DOCUMENTS:
            return "kind"
        if name == "\x01ole" and _is_link(compound.stream(item)):
            return "links"
    return None


def _is_link(stream: bytes) -> bool:
    """The first flag of [MS-OLEDS] 2.3.3 says that the object lies elsewhere."""
    return len(stream) >= 8 and bool(stream[4] & 1)


def _judge_streams(compound: Compound, package: Callable[[bytes], str | None]) -> str | None:
    for item in compound.items:
        name = item.name.casefold()
        if name in ("package", "package_stream"):
            reason = package(compound.stream(item))
        else:
            reason = _STREAMS.get(name, _anything)(compound, item)
        if reason:
            return reason
    return None


def _anything(compound: Compound, item: Item) -> str | None:
    del compound, item
    return None


def _book(compound: Compound, item: Item) -> str | None:
    """An Excel book, [MS-XLS]: macro sheets, other books, DDE, queries, passwords."""
    data, at = compound.stream(item), 0
    for _ in range(MAX_RECORDS):
        if at + 4 > len(data):
            return None
        kind, size = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + size]
        if kind == _SHEET and len(body) > 5 and body[5] & 7 not in (_WORKSHEET, _CHART_SHEET):
            return "macros"
        if kind == _OUTSIDE_BOOK and int.from_bytes(body[2:4], "little") not in _SELF_AND_ADD_INS:
            return "links"
        if kind in _QUERIES:
            return "links"
        if kind == _PASSWORD:
            return "locked"
        at += 4 + size
    return "unreadable"


def _text(compound: Compound, item: Item) -> str | None:
    """A Word text: fields that reach out or run something."""
    data = compound.stream(item)
    return "links" if _FIELDS.search(data) or _WIDE_FIELDS.search(data) else None


def _show(compound: Compound, item: Item) -> str | None:
    return "macros" if _POWERPOINT_MACROS in compound.stream(item) else None


def _pdf(compound: Compound, item: Item) -> str | None:
    return "macros" if _PDF_PROGRAMS.search(compound.stream(item)) else None


_STREAMS: Mapping[str, Callable[[Compound, Item], str | None]] = MappingProxyType(
    {
        "workbook": _book,
        "book": _book,
        "worddocument": _text,
        "powerpoint document": _show,
        "contents": _pdf,
    }
)
