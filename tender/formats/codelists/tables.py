"""Tables as text: the official CSV of the CPV and the NUTS, and our own form of them."""

import csv
import io
from collections.abc import Iterable, Iterator

from tender.formats.codelists.entries import Row, is_header, plain
from tender.formats.unreadable import Unreadable
from tender.formats.xmlsafe import decode

SOUGHT = 20
_SEPARATORS = ",;\t|"


def read(data: bytes) -> Iterator[Row]:
    """The rows of a CSV file by the plain names of its columns."""
    text = decode(data) if b"\0" in data[:100] else _text(data)
    start = text[:20_000]
    separator = max(_SEPARATORS, key=start.count)
    try:
        yield from named(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise Unreadable("Ce fichier n’est pas un tableau CSV.") from error


def named(rows: Iterable[list[str]]) -> Iterator[Row]:
    """Rows by the names in the first one that looks like a header."""
    waiting = iter(rows)
    for _ in range(SOUGHT):
        cells = next(waiting, None)
        if cells is None:
            break
        if is_header(cells):
            header = [plain(cell) for cell in cells]
            for row in waiting:
                yield dict(zip(header, (cell.strip() for cell in row), strict=False))
            return
    raise Unreadable("Aucune colonne de codes n’a été trouvée (« code », « nuts_id »…).")


def _text(data: bytes) -> str:
    """CSV has no word for its encoding: UTF-8, else what a Western spreadsheet writes."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeError:
        return data.decode("cp1252", errors="replace")
