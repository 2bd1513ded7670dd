"""The pages of bookmarks in LibreOffice's PDF, where each is a named destination."""

import io

from tender.documents.rendering.sheets import Copy, Sheets


def sheets(pdf: bytes, copy: Copy) -> Sheets | None:
    """Count the pages and find the bookmarks; None for what is no whole PDF with pages.

    A name leads to its own place, so two headings of the same words keep their own pages.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - a third of a second that few callers need
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - as above

    try:
        reader = PdfReader(io.BytesIO(pdf))
        count = len(reader.pages)
        numbers = {page.indirect_reference: at for at, page in enumerate(reader.pages, start=1)}
        marks = {name.lstrip("/"): mark for name, mark in reader.named_destinations.items()}
        places = {name: numbers.get(mark.raw_get("/Page")) for name, mark in marks.items()}
    except (PyPdfError, ValueError, KeyError, TypeError):
        return None
    if count == 0 or b"%%EOF" not in pdf[-1024:]:
        return None
    found = {name: places.get(name, places.get(written(name))) for name in copy.bookmarks}
    return Sheets(pdf, count, {name: page for name, page in found.items() if page is not None})


def written(name: str) -> str:
    """A bookmark's name as LibreOffice writes it: signs as their code in hexadecimal."""
    return "".join(letter if _plain(letter) else _code(letter) for letter in name)


def _code(letter: str) -> str:
    """Of a letter beyond ASCII, the code of each `%` of its address form, and what follows it."""
    if letter.isascii():
        return f"{ord(letter):02X}"
    return "".join(f"{ord('%'):02X}{byte:02X}" for byte in letter.encode())


def _plain(letter: str) -> bool:
    return letter == "-" or (letter.isascii() and letter.isalnum())
