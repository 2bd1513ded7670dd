"""The growing result: fragments are joined as bytes, each shared part is written once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tender.documents import allowed
from tender.documents.engine import numerals, writing
from tender.documents.engine.blanks import Blanks, Signs, Values
from tender.documents.engine.books import (
    FontBook,
    ListBook,
    NameBook,
    NoteBook,
    StyleBook,
    threads,
)
from tender.documents.engine.carrying import BODY
from tender.documents.engine.fragment import Count, Fragment
from tender.documents.engine.headers import Headers
from tender.documents.engine.house import House
from tender.documents.engine.namespaces import inner, outer, root_tag
from tender.documents.engine.normalise import open_last
from tender.documents.engine.notes import KINDS, LETTERS
from tender.documents.engine.order import put
from tender.documents.engine.outline import Heading, Numbered, Outline
from tender.documents.engine.parts import PartBook
from tender.documents.engine.sections import plain
from tender.documents.package import DOCUMENT_TYPE, OFFICE, Piece, Rel, write
from tender.documents.trees import Element, add, make, q

_FIRST_THREAD = 0x47520000
"""Ids of paragraphs stay below 0x80000000 (MS-DOCX 2.5.3.5)."""
_KINDS = {"commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/"}
_SHOWN = {"footnotes": "u", "endnotes": "t"}


@dataclass(frozen=True)
class Caption:
    """A figure's or table's legend, for the lists of them."""

    sequence: str
    bookmark: str
    title: str


class Result:
    """The template on its way to becoming the result; `close` gives the bytes.

    Text is appended piece by piece; the last paragraph stays open until it is known whether a
    section ends in it.
    """

    def __init__(self, house: House, digest: str) -> None:
        self.house = house
        self.package = house.package
        self.outline = Outline(automatic=house.numbers_headings)
        self.captions: list[Caption] = []
        self.names = NameBook(house.document)
        self.styles = StyleBook(house.side("styles"))
        self.lists = ListBook(house.side("numbering"))
        self.notes = {kind: NoteBook(kind, house.side(kind)) for kind in KINDS}
        self.fonts = FontBook(house.side("fontTable"))
        self.threads: list[tuple[bytes, bytes, bool]] = []
        self.parts = PartBook(self.package)
        self.headers = Headers(house, self.parts)
        self.body: list[bytes] = []
        self._next = {"d": house.highest_drawing + 1, "h": 1, "j": 1, "s": 1, "p": _FIRST_THREAD}
        self._sequences: dict[str, int] = {}
        self._end: int | None = None
        self._section = outer([house.section])
        self._plain = self._plain_section()
        self._take_own(Signs(digest))

    def _take_own(self, signs: Signs) -> None:
        """The template's own text comes first; an empty one gives no empty page."""
        if self.house.is_empty:
            return
        open_last(self.house.body, signs)
        self._append(signs.cut(inner(self.house.body)), {"z": [b""]})

    def _plain_section(self) -> bytes:
        signs = Signs("plain")
        section = plain(self.house.section)
        section.insert(0, signs.slot("x"))
        return b"".join(signs.cut(outer([section])).filled({"x": [self.headers.plain()]}))

    def _append(self, text: Blanks, values: Values) -> None:
        """Add text; its blank of kind `z` waits for the end of a section."""
        start = len(self.body)
        place = text.place_of("z")
        self.body += text.filled(values)
        self._end = None if place is None else start + place

    def add(self, text: bytes) -> int:
        """Add a paragraph of our own; its place, for what is written there later."""
        self.body.append(text)
        self._end = None
        return len(self.body) - 1

    def begin(self, section: bytes | None = None) -> None:
        """What follows belongs to a new section on a new page; the house's plain one if None."""
        if self.body:
            self._close_section()
        self._section = self._plain if section is None else section

    def _close_section(self) -> None:
        if self._end is None:
            self.body.append(writing.TINY % self._section)
        else:
            self.body[self._end] = self._section
        self._end = None

    def place(self, fragment: Fragment, variables: Mapping[str, str]) -> None:
        """Add a part's text and all it brings; its last section runs on until the next begins."""
        names = self.parts.names(fragment.carried)
        for style in fragment.styles:
            self.styles.add(style)
        values = self._values(fragment, names, variables)
        for kind, notes in fragment.notes.items():
            self.notes[kind].add(notes, {**values, "r": self._linked(kind, fragment, names)})
        self._take_fonts(fragment, names)
        links = self._linked(BODY, fragment, names)
        self.parts.carry(fragment.carried, names, {"r": links})
        self._append(fragment.body, {**values, "r": links})
        self._section = b"".join(fragment.ending.filled(values))

    def _linked(self, kind: str, fragment: Fragment, names: Sequence[str]) -> list[bytes]:
        """The ids of a story's relationships, from the part that holds such stories here."""
        links = fragment.links.get(kind, ())
        owner = self.house.main if kind == BODY else self.side(kind) if links else ""
        return self.parts.relate(owner, links, names)

    def _take_fonts(self, fragment: Fragment, names: Sequence[str]) -> None:
        links = {"r": self._linked("fontTable", fragment, names)}
        for name, entry in fragment.fonts.items():
            self.fonts.add(name, entry, links)

    def _values(
        self, fragment: Fragment, names: Sequence[str], variables: Mapping[str, str]
    ) -> Values:
        """The real numbers of all that a part's text leaves blank."""
        ids = fragment.ids
        values: dict[str, Sequence[bytes]] = {
            "n": self._lists(fragment, names),
            "p": self._threads(fragment),
            "b": self.names.ids(ids.get("b", 0)),
            "k": [writing.text(self.names.free(name)) for name in fragment.names],
            "d": self._take("d", ids),
            "h": self._take("h", ids),
            "j": self._take("j", ids),
            "s": [b"_x0000_s%b" % number for number in self._take("s", ids)],
            "q": [self._counted(count) for count in fragment.counts],
            "x": self.headers.values(variables, fragment.widths),
            "z": [b""],
        }
        for kind, letter in LETTERS.items():
            values[letter] = self.notes[kind].ids(ids.get(letter, 0))
            if kind in _SHOWN:
                values[_SHOWN[kind]] = self.notes[kind].shown(ids.get(letter, 0))
        return values | self._marked(fragment, values)

    def _lists(self, fragment: Fragment, names: Sequence[str]) -> list[bytes]:
        links = self._linked("numbering", fragment, names)
        return self.lists.add(fragment.lists, fragment.uses, fragment.bullets, links)

    def _threads(self, fragment: Fragment) -> list[bytes]:
        """Ids of the paragraphs that comments end in, and who answers whom."""
        ids = [b"%08X" % int(number) for number in self._take("p", fragment.ids)]
        for one, other, done in fragment.threads:
            self.threads.append((ids[one], b"" if other is None else ids[other], done))
        return ids

    def _take(self, letter: str, ids: Mapping[str, int]) -> list[bytes]:
        first = self._next[letter]
        self._next[letter] += ids.get(letter, 0)
        return [b"%d" % number for number in range(first, self._next[letter])]

    def _counted(self, count: Count) -> bytes:
        """What a SEQ field shows here, counted through the whole document."""
        now = self._sequences.get(count.sequence.casefold(), 0)
        if count.action == "reset":
            now = count.number
        elif count.action != "repeat":
            now += 1
        self._sequences[count.sequence.casefold()] = now
        return numerals.shown(now, count.form).encode()

    def _marked(self, fragment: Fragment, values: Values) -> dict[str, list[bytes]]:
        """Numbers and bookmarks of the part's headings, then of captions, which may name those."""
        around: dict[str, list[bytes]] = {"o": [], "v": [], "w": [], "g": []}
        known = {**values, **around}
        for one in fragment.marks:
            title = b"".join(one.title.filled(known)).decode()
            if one.level:
                numbered = self.outline.heading(one.level)
                name, start, end = self.enter(numbered, one.level, title)
            else:
                numbered = Numbered("", written=False)
                name, start, end = self._bookmark()
                self.captions.append(Caption(one.sequence, name, title))
            around["o"].append(self.listing(numbered) if one.level else b"")
            around["v"].append(start)
            around["w"].append(end)
            around["g"].append(writing.text(numbered.number.rstrip(".")))
        return around

    def enter(self, numbered: Numbered, level: int, title: str) -> tuple[str, bytes, bytes]:
        """Enter a heading into the outline; its bookmark's name, and what stands around it."""
        name, start, end = self._bookmark()
        self.outline.headings.append(Heading(name, level, numbered.number, title))
        if numbered.written and numbered.number:
            start += b"<w:r><w:t>%b</w:t><w:tab/></w:r>" % writing.text(numbered.number)
        return name, start, end

    def listing(self, numbered: Numbered) -> bytes:
        """Take a heading whose number is written out of the house's list."""
        if numbered.listed or not self.outline.automatic:
            return b""
        return writing.numbering(self.lists.silent().decode() if numbered.number else 0)

    def _bookmark(self) -> tuple[str, bytes, bytes]:
        count = len(self.outline.headings) + len(self.captions)
        name = self.names.free(f"_Toc{470000000 + count:09d}")
        (number,) = self.names.ids(1)
        return name, *writing.bookmark(int(number), name)

    def side(self, kind: str) -> str:
        """The name of a part beside the main one, made if the template has none."""
        name = self.package.related(self.house.main, kind)
        if name is None:
            name = f"word/{kind}.xml"
            self.package.pieces[name] = Piece(allowed.KEPT[kind], b"")
            self.parts.id_of(self.house.main, Rel(_KINDS.get(kind, OFFICE) + kind, name))
        return name

    def close(self) -> bytes:
        """The bytes of the result as it stands; may be asked for again after a change."""
        self.headers.close()
        shared = {"styles": self.styles.data(), "numbering": self.lists.data()}
        shared |= {kind: book.data() for kind, book in self.notes.items() if book}
        for kind in ("footnotes", "endnotes"):
            if kind in shared:
                self._declare(kind)
        if self.fonts:
            shared["fontTable"] = self.fonts.data()
            self._set("embedTrueTypeFonts")
        if any(other for _, other, _ in self.threads) or any(done for *_, done in self.threads):
            shared["commentsExtended"] = threads(self.threads)
        for kind, data in shared.items():
            self.package.pieces[self.side(kind)].text = data
        main = self.package.pieces[self.house.main]
        start, end = root_tag("document") + b"<w:body>", b"</w:body></w:document>"
        main.text = b"".join([start, *self.body, self._section, end])
        main.content_type = DOCUMENT_TYPE
        return write(self.package)

    def _declare(self, kind: str) -> None:
        """Name the lines above notes in the settings, where Word looks for them."""
        listed = make(f"w:{kind[:-1]}Pr")
        for number in ("-1", "0"):
            add(listed, f"w:{kind[:-1]}", id=number)
        self._set(listed.tag.rsplit("}", 1)[-1], listed)

    def _set(self, name: str, wanted: Element | None = None) -> None:
        """Make a setting, unless the template has it."""
        piece = self.package.pieces[self.side("settings")]
        settings = make("w:settings") if piece.text == b"" else piece.tree("settings")
        if settings.find(q(f"w:{name}")) is None:
            put(settings, make(f"w:{name}") if wanted is None else wanted)
        piece.text = settings
