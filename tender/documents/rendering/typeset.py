"""The child's side of the embedded engine, rdocx: it can abort its whole process.

PDF/A-2b with outline and alternative texts of pictures, the same bytes each time. What it cannot:
its tags know paragraphs, lists, tables and figures, no headings, notes or links; a page count of
its own, near Word's and not Word's; its time grows with the square of the pages. The language,
links inside the document and some places of the outline are mended here.
"""

from collections.abc import Iterator

import rdocx

from tender.documents import package
from tender.documents.rendering import mended, places, private
from tender.documents.rendering.places import Place, Spot
from tender.documents.rendering.sheets import Sheets


def to_sheets(data: bytes) -> Sheets:
    """The private copy as PDF/A-2b, or as plain PDF where that fails; raises rdocx's errors."""
    opened = package.read(data)
    prepared = places.prepare(opened)
    document = rdocx.Document.from_bytes(package.write(opened))
    spots = list(_spots(document))
    found = places.found(prepared.marks, spots)
    targets = [found.get(name) for name in prepared.targets]
    try:
        pdf = mended.mended(_pdf(document), spots, targets, prepared.language)
    except ValueError:
        # A newer rdocx writes another kind of file: better no links than wrong ones.
        pdf = _pdf(rdocx.Document.from_bytes(data))
    pages = {name: place.page for name, place in found.items()}
    return Sheets(pdf, document.page_count(), pages)


def _pdf(document: rdocx.Document) -> bytes:
    try:
        return bytes(document.to_pdfa_deterministic())
    except rdocx.RdocxError:
        return bytes(document.to_pdf())


def _spots(document: rdocx.Document) -> Iterator[Spot]:
    for one in document.layout():
        place = Place(one.physical_page, one.bounds.y)
        yield Spot(one.body_index, place, one.bounds.height)


def to_images(data: bytes, *, most: int, dpi: float) -> tuple[list[bytes], int]:
    """The first pages as PNG, and how many pages there are; raises rdocx's errors."""
    opened = package.read(data)
    private.prepare(opened)
    places.prepare(opened)
    document = rdocx.Document.from_bytes(package.write(opened))
    count = document.page_count()
    wanted = list(range(min(most, count)))
    images = document.render_pages(dpi=dpi, pages=wanted) if wanted else []
    return [bytes(image) for image in images], count
