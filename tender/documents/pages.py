"""Where each heading stands in a rendered PDF: by the PDF's outline, held against its words."""

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence

from pypdf import PdfReader
from pypdf.generic import Destination

from tender.documents.engine.headings import Heading, fold

Marks = tuple[tuple[str, int], ...]


class Pages:
    """A rendered PDF: how many pages, and the marks of its outline (folded title, page)."""

    def __init__(self, pdf: bytes) -> None:
        self._reader = PdfReader(io.BytesIO(pdf))
        self.count = len(self._reader.pages)
        self.marks: Marks = tuple(_flat(self._reader, self._reader.outline))

    def texts(self) -> list[str]:
        """The letters of each page; the slow part."""
        return [_letters(page.extract_text()) for page in self._reader.pages]


def page_map(pages: Pages, headings: Sequence[Heading]) -> dict[str, int]:
    """The page, from 1, of each heading by its bookmark; headings not found are left out.

    An engine's outline may name the page before the one a heading was moved to, and text may be
    hard to extract: the outline says where to look, the words decide.
    """
    marks = pages.marks
    texts = pages.texts() if headings else []
    found: dict[str, int] = {}
    at, page = 0, 1
    for heading in headings:
        hit = _next(marks, at, fold(heading.title))
        told = page if hit is None else marks[hit][1]
        shown = _page_with(texts, _letters(heading.number + heading.title), told)
        if hit is None and shown is None:
            continue
        at = at if hit is None else hit + 1
        page = found[heading.bookmark] = shown or told
    return found


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
        before = shown.removesuffix(title)
        if shown == title or (before != shown and not before.strip(" 0123456789")):
            return index
    return None


def _page_with(texts: Sequence[str], words: str, start: int) -> int | None:
    """The first page from `start` on whose text holds these letters."""
    for page in range(start, len(texts) + 1):
        if words in texts[page - 1]:
            return page
    return None


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(re.findall(r"[a-z0-9]+", plain))
