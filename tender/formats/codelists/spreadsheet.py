"""XLSX, as the official CPV and NUTS come: the cells of a sheet as text, read as a stream."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from tender.formats.codelists.entries import Row
from tender.formats.codelists.tables import named
from tender.formats.unreadable import Unreadable

MAX_BYTES = 50_000_000
MAX_TOTAL = 400_000_000
MAX_COLUMNS = 200
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS = "xl/sharedStrings.xml"
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BROKEN = (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, IndexError, OSError,
           EOFError, NotImplementedError)  # fmt: skip


def is_one(data: bytes) -> bool:
    """True for a zip that holds a workbook."""
    return data.startswith(b"PK\x03\x04") and b"xl/" in data


def read(data: bytes) -> Iterator[Row]:
    """The rows of the first sheet that has a column of codes."""
    if len(data) > MAX_BYTES:
        raise Unreadable("Le fichier dépasse {limit} Mo.", limit=MAX_BYTES // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            _require_small(book)
            yield from _first(book)
    except Unreadable:
        raise
    except _BROKEN as error:
        raise Unreadable("Ce classeur est abîmé ou incomplet.") from error


def _require_small(book: zipfile.ZipFile) -> None:
    if sum(info.file_size for info in book.infolist()) > MAX_TOTAL:
        raise Unreadable("Ce classeur est démesuré une fois décompressé.")


def _first(book: zipfile.ZipFile) -> Iterator[Row]:
    strings = list(_strings(book))
    sheets = sorted(name for name in book.namelist() if _SHEET.fullmatch(name))
    reason = Unreadable("Ce classeur ne contient aucune feuille.")
    for name in sheets:
        try:
            yield from named(_cells(book, name, strings))
        except Unreadable as error:
            reason = error
            continue
        return
    raise reason


def _strings(book: zipfile.ZipFile) -> Iterator[str]:
    if _STRINGS in book.namelist():
        for item in _each(book, _STRINGS, "si"):
            yield "".join(text.text or "" for text in item.iter(f"{_NS}t"))


def _cells(book: zipfile.ZipFile, name: str, strings: list[str]) -> Iterator[list[str]]:
    for row in _each(book, name, "row"):
        cells: list[str] = []
        for cell in row.iter(f"{_NS}c"):
            at = _column(str(cell.get("r") or ""), len(cells))
            cells += [""] * (at - len(cells)) + [_value(cell, strings)]
        yield cells


def _value(cell: etree._Element, strings: list[str]) -> str:
    value = cell.findtext(f"{_NS}v") or ""
    match cell.get("t"):
        case "s":
            return strings[int(value)]
        case "inlineStr":
            return "".join(text.text or "" for text in cell.iter(f"{_NS}t"))
    return value.removesuffix(".0")


def _column(reference: str, following: int) -> int:
    """The place of "AB12" in its row; a cell without a name follows the one before."""
    at = 0
    for letter in reference.rstrip("0123456789").upper():
        at = at * 26 + ord(letter) - 64
    if at > MAX_COLUMNS:
        raise Unreadable("Une feuille compte plus de {limit} colonnes.", limit=MAX_COLUMNS)
    return max(at - 1, following) if at else following


def _each(book: zipfile.ZipFile, name: str, tag: str) -> Iterator[etree._Element]:
    """The elements of that name one by one, each forgotten once used; nothing is expanded."""
    with book.open(name) as file:
        events = etree.iterparse(
            file, events=("end",), tag=f"{_NS}{tag}",
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        )  # fmt: skip
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
