"""Genericode (OASIS), the form in which the Publications Office publishes its lists."""

from collections.abc import Iterator

from tender.formats import xmlsafe
from tender.formats.codelists.entries import Row, plain
from tender.formats.tree import Element
from tender.formats.unreadable import Unreadable

MAX_BYTES = 50_000_000
MAX_MARKS = 5_000_000


def parse(data: bytes) -> Element:
    """The root of a genericode file."""
    root = xmlsafe.parse(data, max_bytes=MAX_BYTES, max_marks=MAX_MARKS)
    if root.name != "CodeList":
        raise Unreadable("Ce fichier XML n’est pas une liste de codes (genericode).")
    return root


def name_of(root: Element) -> str | None:
    """The name that notices use, such as "number-weight"; the short one is "NumberWeight"."""
    for name in root.at("Identification/LongName"):
        if not name.attributes and name.text:
            return name.text
    return root.text_at("Identification/ShortName")


def version_of(root: Element) -> str | None:
    """The version of the list."""
    return root.text_at("Identification/Version")


def rows(root: Element) -> Iterator[Row]:
    """Its rows by the plain names of their columns; the key's column is `code`."""
    key = next((k.attributes.get("Ref") for k in root.at("ColumnSet/Key/ColumnRef")), None)
    for row in root.at("SimpleCodeList/Row"):
        cells: dict[str, str] = {}
        for value in row.at("Value"):
            column = value.attributes.get("ColumnRef") or ""
            text = value.text_at("SimpleValue")
            if text:
                cells["code" if column == key else plain(column)] = text
        yield cells
