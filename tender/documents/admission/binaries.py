"""Parts that are no XML: pictures, embedded files and fonts, each under a name of ours."""

from collections import Counter
from collections.abc import MutableMapping

from tender.documents import allowed, images
from tender.documents.admission import enclosed, fonts, objects
from tender.documents.admission.findings import Findings
from tender.documents.package import Piece
from tender.documents.trees import Element
from tender.documents.unpacking import Unpacked

_FOLDERS = {"image": "word/media/image", "object": "word/embeddings/object",
            "font": "word/fonts/font"}  # fmt: skip


class Binaries:
    """Judges each once, and numbers those that stay in the order they are met."""

    def __init__(
        self,
        file: Unpacked,
        findings: Findings,
        *,
        kept: MutableMapping[str, Piece],
        taken: set[str],
    ) -> None:
        self._file = file
        self._findings = findings
        self._kept = kept
        self._taken = taken
        self._numbers: Counter[str] = Counter()
        self._names: dict[tuple[str, str], str] = {}

    def picture(self, source: str) -> str | None:
        """The name under which a picture stays; None for what is no picture."""
        if ("image", source) not in self._names:
            body = self._file.body(source)
            found = images.recognise(body, source)
            if found is None:
                return None
            self._stay("image", source, found, body)
        return self._names["image", source]

    def embedded(
        self, source: str, program: str, *, element: Element | None, code: str, place: str
    ) -> str | None:
        """The name under which an embedded file stays; None, told, for a program."""
        if ("object", source) not in self._names:
            body = self._file.body(source)
            try:
                self._stay("object", source, objects.judge(body, program), body)
            except enclosed.Harmful as harmful:
                words = objects.REASONS[str(harmful)]
                shown = allowed.shown(program) or "?"
                self._findings.at(element, code, words, place, program=shown)
                return None
        return self._names["object", source]

    def font(self, source: str, key: str) -> str | None:
        """The name under which an embedded font stays; None for what is no font."""
        if ("font", source) not in self._names:
            body = self._file.body(source)
            if not fonts.is_font(body, key):
                return None
            self._stay("font", source, (fonts.EXTENSION, fonts.CONTENT_TYPE), body)
        return self._names["font", source]

    def _stay(self, folder: str, source: str, shape: tuple[str, str], body: bytes) -> None:
        extension, content_type = shape
        name = ""
        while not name or name in self._taken:
            self._numbers[folder] += 1
            name = f"{_FOLDERS[folder]}{self._numbers[folder]}.{extension}"
        self._taken.add(name)
        self._names[folder, source] = name
        del body
        self._kept[name] = Piece(content_type, self._file.packed(source))
