"""Where each heading stands in a rendered PDF: by the outline of the PDF, else by its words."""

import io
from collections.abc import Iterator, Sequence

from pypdf import PdfReader
from pypdf.generic import Destination

from tender.documents.engine.headings import Heading, fold

Marks = list[tuple[str, int]]


def count(pdf: bytes) -> int:
    """The number of pages."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def page_map(pdf: bytes, headings: Sequence[Heading]) -> dict[str, int]:
    """The page, from 1, of each heading by its bookmark; headings not found are left out."""
    reader = PdfReader(io.BytesIO(pdf))
    marks = list(_flat(reader, reader.outline))
    found: dict[str, int] = {}
    missed = False
    at = 0
    for heading in headings:
        hit = _next(marks, at, fold(heading.title))
        if hit is None:
            missed = True
        else:
            found[heading.bookmark], at = marks[hit][1], hit + 1
    return _by_words(reader, headings, found) if missed else found


def _flat(reader: PdfReader, items: object) -> Iterator[tuple[str, int]]:
    for item in items if isinstance(items, list) else []:
        if isinstance(item, Destination):
            page = reader.get_destination_page_number(item)
            if page is not None:
                yield fold(str(item.title)), page + 1
        else:
            yield from _flat(reader, item)


def _next(marks: Marks, at: int, title: str) -> int | None:
    """The next mark with this title; a number written before it does not matter."""
    for index in range(at, len(marks)):
        shown = marks[index][0]
        if shown == title or (
            shown.endswith(" " + title) and not shown[: -len(title)].strip(" 0123456789")
        ):
            return index
    return None


def _by_words(
    reader: PdfReader, headings: Sequence[Heading], found: dict[str, int]
) -> dict[str, int]:
    """Look for the missing titles in the text of the pages, from the last known page on."""
    texts = [fold(page.extract_text()) for page in reader.pages]
    at = 1
    for heading in headings:
        if heading.bookmark in found:
            at = found[heading.bookmark]
            continue
        wanted = fold(f"{heading.number} {heading.title}")
        pages = range(at, len(texts) + 1)
        hit = next((page for page in pages if wanted in texts[page - 1] and page > 2), None)
        if hit is not None:
            found[heading.bookmark] = at = hit
    return found
