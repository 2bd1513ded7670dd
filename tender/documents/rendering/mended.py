"""rdocx's PDF with links that lead to places inside it, its language, and a right outline."""

import re
from collections.abc import Sequence

from tender.documents.rendering.objects import PlainPdf
from tender.documents.rendering.places import ADDRESS, Place, Spot

_ACTION = re.compile(rb"/A <<[^<>]*/URI \(%s(\d+)\)\s*>>" % re.escape(ADDRESS.encode()))
_DEST = re.compile(rb"/Dest \[(\d+) 0 R /XYZ \S+ (\S+) \S+\]")
_TITLE = re.compile(rb"/Title <FEFF([0-9A-F]+)>")
_BOX = re.compile(rb"/MediaBox \[\S+ \S+ \S+ (\S+)\]")
_LANGUAGE = re.compile(rb"/Lang \([^)]*\)")
_NO_SUSPECTS = re.compile(rb"\s*/Suspects false")


def mended(
    pdf: bytes, spots: Sequence[Spot], targets: Sequence[Place | None], language: str
) -> bytes:
    """The PDF with all of that; raises ValueError if it is not of the kind we know."""
    try:
        return _Mending(PlainPdf(pdf), spots, targets).done(language)
    except (KeyError, IndexError) as error:
        raise ValueError("no plain pages") from error


class _Mending:
    def __init__(
        self, pdf: PlainPdf, spots: Sequence[Spot], targets: Sequence[Place | None]
    ) -> None:
        self.pdf = pdf
        self.spots: dict[int, list[Spot]] = {}
        for spot in spots:
            self.spots.setdefault(spot.place.page, []).append(spot)
        self.targets = targets
        self.root = self._number(pdf.trailer, b"Root")
        tree = pdf.objects[self._number(pdf.objects[self.root], b"Pages")]
        kids = re.search(rb"/Kids \[([^\]]*)\]", tree)
        self.pages = [int(word) for word in kids[1].split()[::3]] if kids else []

    def _number(self, source: bytes, name: bytes) -> int:
        number = self.pdf.reference(source, name)
        if number is None:
            raise ValueError(name)
        return number

    def done(self, language: str) -> bytes:
        """Mend all objects; the bytes."""
        for number, text in self.pdf.objects.items():
            if b"/Subtype /Link" in text:
                self.pdf.objects[number] = _ACTION.sub(self._inside, text)
            elif b"/Parent" in text and b"/Dest [" in text:
                self.pdf.objects[number] = _DEST.sub(self._moved, _TITLE.sub(_untabbed, text))
        catalogue = _NO_SUSPECTS.sub(b"", self.pdf.objects[self.root])
        spoken = b"/Lang (%s)" % language.encode("ascii", "replace")
        self.pdf.objects[self.root] = _LANGUAGE.sub(spoken, catalogue)
        self.pdf.identify()
        return self.pdf.written()

    def _inside(self, action: re.Match[bytes]) -> bytes:
        place = self.targets[int(action[1])]
        return b"" if place is None else self._dest(place)

    def _dest(self, place: Place) -> bytes:
        height = self._height(place.page)
        return b"/Dest [%d 0 R /XYZ 0 %.1f 0]" % (self.pages[place.page - 1], height - place.top)

    def _height(self, page: int) -> float:
        box = _BOX.search(self.pdf.objects[self.pages[page - 1]])
        if box is None:
            raise ValueError("no page")
        return float(box[1])

    def _moved(self, dest: re.Match[bytes]) -> bytes:
        """A heading that went to the next page with its text is still announced on the old one."""
        page = self.pages.index(int(dest[1])) + 1
        top = self._height(page) - float(dest[2])
        below = any(spot.place.top + spot.height > top + 1 for spot in self.spots.get(page, ()))
        after = self.spots.get(page + 1)
        return dest[0] if below or not after else self._dest(after[0].place)


def _untabbed(title: re.Match[bytes]) -> bytes:
    words = bytes.fromhex(title[1].decode()).decode("utf-16-be").replace("\t", " ")
    return b"/Title <FEFF%s>" % words.encode("utf-16-be").hex().upper().encode()
