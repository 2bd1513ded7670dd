"""The one door for lists of codes, told apart by content: genericode, XLSX, CSV."""

from tender.formats.codelists import genericode, spreadsheet, tables
from tender.formats.codelists.entries import CodeList, Entry, gather
from tender.formats.unreadable import Unreadable
from tender.formats.xmlsafe import require_size

__all__ = ["CodeList", "Entry", "Unreadable", "read"]

MAX_BYTES = 50_000_000


def read(data: bytes) -> list[CodeList]:
    """The lists of a file; else Unreadable, with the reason."""
    require_size(data, MAX_BYTES)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<":
        root = genericode.parse(data)
        return gather(genericode.rows(root), genericode.name_of(root), genericode.version_of(root))
    if data.startswith(b"PK"):
        return gather(spreadsheet.read(data), None, None)
    return gather(tables.read(data), None, None)
