"""Parts that are no XML: pictures, embedded files and fonts, each under a name of ours."""

from collections import Counter
from collections.abc import MutableMapping

from tender.documents import allowed, images
from tender.documents.admission import enclosed, fonts, metadata, objects
from tender.documents.admission.findings import DOCUMENT, Findings
from tender.documents.errors import N_
from tender.documents.package import Piece
from tender.documents.trees import Element
from tender.documents.unpacking import Unpacked

_FOLDERS = {"image": "word/media/image", "object": "word/embeddings/object",
            "font": "word/fonts/font"}  # fmt: skip

_POSITION = N_("Une photo disait où elle a été prise : ces indications ont été retirées.")


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
        self._budget = enclosed.Budget()
        self._numbers: Counter[str] = Counter()
        self._names: dict[tuple[str, str], str] = {}

    def picture(self, source: str) -> str | None:
        """The name under which a picture stays; None for what is no picture."""
        if ("image", source) not in self._names:
            body = self._file.body(source)
            found = images.recognise(body, source)
            if found is None:
                return None
            clean = metadata.placeless(body)
            if clean is not None:
                self._findings.add("position", _POSITION, DOCUMENT)
            self._stay("image", source, found, clean)
        return self._names["image", source]

    def embedded(
        self,
        source: str,
        program: objects.Program,
        *,
        element: Element | None,
        code: str,
        place: str,
    ) -> str | None:
        """The name under which an embedded file stays; None, told, for a program."""
        if ("object", source) not in self._names:
            body = self._file.body(source)
            try:
                self._stay("object", source, objects.judge(body, program, self._budget))
            except enclosed.Harmful as harmful:
                words = objects.REASONS[str(harmful)]
                shown = allowed.shown(program or "?")
                self._findings.at(element, code, words, place, program=shown)
                return None
        return self._names["object", source]

    def font(self, source: str, key: str) -> str | None:
        """The name under which an embedded font stays; None for what is no font."""
        if ("font", source) not in self._names:
            found = fonts.recognise(self._file.body(source), key)
            if found is None:
                return None
            self._stay("font", source, found)
        return self._names["font", source]

    def _stay(
        self, folder: str, source: str, shape: tuple[str, str], clean: bytes | None = None
    ) -> None:
        """Keep it as it lies, or what was made of it."""
        extension, content_type = shape
        name = ""
        while not name or name in self._taken:
            self._numbers[folder] += 1
            name = f"{_FOLDERS[folder]}{self._numbers[folder]}.{extension}"
        self._taken.add(name)
        self._names[folder, source] = name
        self._kept[name] = Piece(content_type, clean or self._file.packed(source))
