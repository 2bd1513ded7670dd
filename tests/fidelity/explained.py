"""Looks explained by the policy: the author's own under `source`, the house's under `house`."""

from collections.abc import Iterator
from typing import cast

from tests.fidelity import tables
from tests.fidelity.archive import Canon, Element, canon, child, q, value
from tests.fidelity.facts import Paragraph, Piece
from tests.fidelity.looks import Look
from tests.fidelity.reading import Document

Told = tuple[str, object, object]
_HOUSE_LOOKS = ("sz", "color", "spacing", "w", "kern")
_KEPT_LAYOUT = ("jc", "keepNext", "keepLines", "pageBreakBefore", "bidi")
_SIGNS = frozenset({"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "ms gothic",
                    "segoe ui symbol", "cambria math"})  # fmt: skip
_LOCAL = {
    "légende": "caption", "beschriftung": "caption",
    "paragraphe de liste": "list paragraph", "listenabsatz": "list paragraph",
    "corps de texte": "body text", "textkörper": "body text",
    "citation": "quote", "zitat": "quote",
    "note de bas de page": "footnote text", "fußnotentext": "footnote text",
    "liste à puces": "list bullet", "aufzählungszeichen": "list bullet",
    "liste à numéros": "list number", "listennummer": "list number",
    "standard": "normal",
}  # fmt: skip
_HEADINGS = ("heading", "titre", "überschrift")
_TOLERANCE = 3
_USUAL = ("lrTb", "top", "0", "false")
_NEAR = 0.1


class Judge:
    """Judges looks in one result."""

    def __init__(self, found: Document, policy: str, house: bytes) -> None:
        self.found = found
        self.policy = policy
        self.house = Document(house) if house else None
        self.names: dict[str, str] = {}
        if self.house is not None:
            looks = self.house.looks
            self.names = {looks.name_of(style): style for style in looks.styles}

    def looks(
        self, source: Document, a: Paragraph, b: Paragraph, *, is_ours: bool
    ) -> Iterator[Told]:
        """Feature, wanted and found for one pair; a rebased heading looks as the house has it."""
        yield "language", *_languages(a, b)
        if is_ours:
            return
        if self.policy == "source":
            yield (
                "format",
                *_apart([_plain(p) for p in _joined(a)], [_plain(p) for p in _joined(b)]),
            )
            yield "layout", *_unlike(_layout(a.look), _layout(b.look))
            for table in _tables(a):
                other = _tables(b)[:1]
                found = tables.look(other[0], self.found.looks) if other else None
                yield "table look", tables.look(table, source.looks), found
        elif self.house is not None:
            yield "style", *self._mapped(source, a, b)
            yield "layout", *self._kept_layout(a, b)
            for piece in b.pieces:
                yield "format", *self._by_house(b, piece)

    def _kept_layout(self, a: Paragraph, b: Paragraph) -> tuple[Look, Look]:
        """What an author says about a paragraph itself, or by a style the house does not know."""
        is_copied = self.found.looks.name_of(b.style) not in self.names
        own = child(a.element, "w:pPr")
        keys = [k for k in _KEPT_LAYOUT if is_copied or child(own, f"w:{k}") is not None]
        return {k: a.look[k] for k in keys}, {k: b.look[k] for k in keys}

    def _mapped(self, source: Document, a: Paragraph, b: Paragraph) -> tuple[str, str]:
        """The house's style of the same name or role, where it has one."""
        found = self.found.looks.name_of(b.style)
        name = source.looks.name_of(a.style)
        if a.style == source.looks.usual.get("paragraph"):
            name = "normal"
        wanted = _LOCAL.get(name, name)
        if wanted.startswith(_HEADINGS) and wanted[-1:].isdigit():
            return ("heading", found.rsplit(" ", 1)[0] if a.pieces else "heading")
        noted = {"word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"}
        if wanted not in self.names or wanted in ("title", "subtitle") or b.story in noted:
            return found, found
        return wanted, found

    def _by_house(self, b: Paragraph, piece: Piece) -> tuple[Look, Look]:
        """What the nearest style of the house gives, and what the run has."""
        assert self.house is not None
        looks = self.house.looks
        names = (self.found.looks.name_of(v) for v in self._chain(b.style))
        style = next((self.names[name] for name in names if name in self.names), None)
        mark = self.names.get(piece.style)
        expected = looks.given(style, mark)
        shown = dict(piece.look)
        keys = [*_slots(piece.text), *(() if _in_table(b) else _HOUSE_LOOKS)]
        if any(str(shown.get(slot, "")).lower() in _SIGNS for slot in _slots(piece.text)):
            return {}, {}
        return {k: expected.get(k) for k in keys}, {k: shown.get(k) for k in keys}

    def _chain(self, style: str | None) -> list[str | None]:
        return [value(s, "w:styleId") for s in self.found.looks.numbers.chain(style)]

    def pages(self, source: Document, at: int, there: int) -> tuple[Canon, Canon]:
        """The settings of a section and of the one it became, as far as the policy keeps them."""
        wanted = source.sections[at] if at < len(source.sections) else None
        found = self.found.sections[there] if there < len(self.found.sections) else None
        if wanted is None or found is None:
            return (), ()
        if self.policy == "source":
            return _page(wanted), _page(found)
        return _columns(wanted), _columns(found)


def _languages(a: Paragraph, b: Paragraph) -> tuple[object, object]:
    """Stretches of one language; where the author names none, any will do."""
    told = []
    for p in (a, b):
        merged: list[tuple[str, object]] = []
        for piece in p.pieces:
            language = piece.look.get("lang")
            if merged and merged[-1][1] == language:
                merged[-1] = (merged[-1][0] + piece.text, language)
            else:
                merged.append((piece.text, language))
        told.append(merged)
    if any(language is None for _, language in told[0]):
        return (), ()
    return told[0], told[1]


def _slots(text: str) -> list[str]:
    """The scripts a text is written in, as fonts are given by script."""
    slots = {"ascii"}
    for sign in text:
        if "\u0590" <= sign <= "\u08ff":
            slots.add("cs")
        elif "\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af":
            slots.add("eastAsia")
        elif sign > "\u007f":
            slots.add("hAnsi")
    return sorted(slots)


def _plain(piece: tuple[str, Look]) -> tuple[str, Look]:
    text, look = piece
    kept = {k: v for k, v in look.items() if k not in ("lang", "ascii", "hAnsi", "eastAsia", "cs")}
    kept |= {slot: look.get(slot, "Times New Roman") for slot in _slots(text)}
    kept["color"] = _Colour(str(look["color"]))
    shade = cast("tuple[str, str]", look.get("shd", ("clear", "auto")))
    kept["shd"] = (shade[0] if shade[0] != "nil" else "clear", _Colour(shade[1]))
    return text, kept


class _Colour(str):
    """A colour that equals those an eye cannot tell from it."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        one, two = str(self), str(other)
        if len(one) != 6 or len(two) != 6:
            return one == two
        return all(
            abs(int(one[n : n + 2], 16) - int(two[n : n + 2], 16)) <= _TOLERANCE for n in (0, 2, 4)
        )

    def __ne__(self, other: object) -> bool:
        return not self == other


Stretch = tuple[str, Look]


def _apart(one: list[Stretch], two: list[Stretch]) -> tuple[object, object]:
    """Both lists; of stretches of the same words only where they look unlike."""
    if [text for text, _ in one] != [text for text, _ in two]:
        return one, two
    pairs = [(a[0], *_unlike(a[1], b[1])) for a, b in zip(one, two, strict=True) if a != b]
    return [(text, look) for text, look, _ in pairs], [(text, look) for text, _, look in pairs]


def _unlike(one: Look, two: Look) -> tuple[Look, Look]:
    keys = [key for key in {**one, **two} if one.get(key) != two.get(key)]
    return {k: one.get(k) for k in keys}, {k: two.get(k) for k in keys}


def _joined(p: Paragraph) -> list[tuple[str, Look]]:
    merged: list[tuple[str, Look]] = []
    for piece in p.pieces:
        if merged and merged[-1][1] == piece.look:
            merged[-1] = (merged[-1][0] + piece.text, piece.look)
        else:
            merged.append((piece.text, piece.look))
    return merged


def _layout(look: Look) -> Look:
    kept = {k: v for k, v in look.items() if v not in (None, "0", False, {}) or k == "widowControl"}
    if kept.get("shd") in (("clear", "auto"), ("nil", "auto")):
        del kept["shd"]
    return kept


def _tables(p: Paragraph) -> list[Element]:
    first = tables.first_of(p.element)
    return [] if first is None else [first]


def _in_table(p: Paragraph) -> bool:
    return any(str(step) == "tbl" for step in p.facts["place"])


def _number(element: Element | None, name: str, default: str) -> int:
    return int(float(value(element, name) or default))


def _columns(section: Element) -> Canon:
    """Under the house: which way the paper lies, and its columns."""
    size, columns = child(section, "w:pgSz"), child(section, "w:cols")
    wide = _number(size, "w:w", "11906") > _number(size, "w:h", "16838")
    count = _number(columns, "w:num", "1")
    return ("landscape" if wide else "portrait", count, *(_odd_size(section)))


def _odd_size(section: Element) -> Canon:
    """Paper that is not about A4 or Letter stays what it is."""
    size = child(section, "w:pgSz")
    sides = sorted((_number(size, "w:w", "11906"), _number(size, "w:h", "16838")))
    is_usual = all(abs(a - b) <= _NEAR * b for a, b in zip(sides, (11906, 16838), strict=True))
    return () if is_usual else tuple(sides)


def _page(section: Element) -> Canon:
    """Under the source: paper, margins, columns, lines, all but headers and their distance."""
    found: list[object] = []
    for name in ("w:pgSz", "w:cols", "w:vAlign", "w:lnNumType", "w:textDirection", "w:bidi",
                 "w:pgBorders"):  # fmt: skip
        mark = child(section, name)
        is_usual = name == "w:cols" and _number(mark, "w:num", "1") == 1
        is_told = mark is not None and not is_usual and value(mark) not in _USUAL
        kept = canon(mark, frozenset({"code", "orient"})) if mark is not None and is_told else None
        found.append(kept)
    margins = child(section, "w:pgMar")
    sides = ("top", "right", "bottom", "left")
    found += [None if margins is None else margins.get(q(f"w:{side}")) for side in sides]
    return tuple(found)
