"""Reads the paragraphs of one story: words, marks, fields, links and all that stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.fidelity.archive import Element, child, local, q, value
from tests.fidelity.facts import Book, Bookmark, Field, Note, Paragraph, Piece
from tests.fidelity.objects import control, drawn, equation
from tests.fidelity.tables import place_of

VOLATILE = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "REF", "NOTEREF", "SEQ", "STYLEREF"}
)
"""Fields whose result follows from the whole document; it is checked by itself."""
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}
_BREAKS = {"page": "\f", "column": "\v"}
_LINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_ANCHOR = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))')
_MARKS = tuple(f"w:{name}" for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart",
               "commentRangeEnd"))  # fmt: skip
_WORDS = re.compile(r'"[^"]*"|\S+')


class Scribe:
    """One story (the body, a note) of a file; `owner` is the part it stands in."""

    def __init__(self, book: Book, owner: str) -> None:
        self.book = book
        self.owner = owner
        self.open: list[Field] = []
        self.marks: dict[str, Bookmark] = {}
        self.commented: dict[str, str] = {}
        self.anchors: dict[str, str] = {}
        self.branch = ""
        self.run: Element | None = None
        self.here = Paragraph(book.archive.body, owner)
        self.handlers = self._table()

    def _table(self) -> dict[str, Callable[[Element], None]]:
        found: dict[str, Callable[[Element], None]] = {
            "w:r": self._run, "w:t": self._text, "w:br": self._break, "w:sym": self._symbol,
            "w:fldChar": self._field_mark, "w:instrText": self._code,
            "w:fldSimple": self._simple_field, "w:hyperlink": self._link,
            "w:ins": self._added, "w:moveTo": self._added, "w:del": self._removed,
            "w:moveFrom": self._removed, "w:sdt": self._control,
            "w:drawing": self._drawn, "w:pict": self._drawn, "w:object": self._drawn,
            "m:oMath": self._equation, "mc:Choice": self._choice, "mc:Fallback": self._choice,
        }  # fmt: skip
        for name in ("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:txbxContent", "w:delText"):
            found[name] = self._pass
        for name in ("footnoteReference", "endnoteReference", "commentReference"):
            found[f"w:{name}"] = self._note
        found |= {f"w:{name}": self._sign for name in _SIGNS}
        found |= dict.fromkeys(_MARKS, self._mark)
        return {q(name): handler for name, handler in found.items()}

    def paragraphs(self, root: Element) -> list[Paragraph]:
        """The paragraphs of the story in order, those in boxes after the one that holds the box."""
        found: list[Paragraph] = []
        starts: list[Element] = []
        for element in root.iter(q("w:p"), *(q(name) for name in _MARKS)):
            if element.tag == q("w:p"):
                found.append(self._paragraph(element, starts))
                starts = []
            elif next(element.iterancestors(q("w:p")), None) is not None:
                continue
            elif local(element).endswith("Start"):
                starts.append(element)
            else:
                self._mark(element)
        for mark in starts:
            self._mark(mark)
        self._anchor(found)
        return found

    def _anchor(self, paragraphs: list[Paragraph]) -> None:
        """Tell each comment what it is about."""
        for note in (note for paragraph in paragraphs for note in paragraph.notes):
            note.anchor = self.anchors.get(note.id, "") if note.kind == "comments" else ""

    def _paragraph(self, element: Element, marks: list[Element]) -> Paragraph:
        looks = self.book.looks
        style = looks.style_of(element)
        self.here = Paragraph(element, self.owner, style)
        place = looks.numbers.place(child(element, "w:pPr"), style)
        self.here.number = looks.numbers.show(place)
        self.here.look = looks.paragraph(element, place)
        self.here.facts["place"] = list(place_of(element))
        self._outer_control(element)
        self._tracked(element)
        if any(one.keyword == "TOC" for one in self.open):
            self.here.facts["contents"] = [True]
        for mark in marks:
            self._mark(mark)
        self._walk(element)
        return self.here

    def _tracked(self, element: Element) -> None:
        """Changes of the paragraph itself: its end, its properties, its row."""
        properties = child(element, "w:pPr")
        for name in ("w:ins", "w:del", "w:moveFrom", "w:moveTo"):
            if child(properties, "w:rPr", name) is not None:
                self.here.add("changes", ("end", name))
        if child(properties, "w:pPrChange") is not None:
            self.here.add("changes", ("properties",))
        row = next(element.iterancestors(q("w:tr")), None)
        for name in ("w:ins", "w:del"):
            mark = child(row, "w:trPr", name)
            if mark is not None:
                self.here.add("changes", ("row", name, value(mark, "w:author")))

    def _walk(self, element: Element) -> None:
        for kid in element:
            self.handlers.get(kid.tag, self._walk)(kid)

    def _pass(self, element: Element) -> None:
        """Nothing to read in it."""

    def _run(self, run: Element) -> None:
        self.run = run
        change = child(run, "w:rPr", "w:rPrChange")
        if change is not None:
            words = "".join(t.text or "" for t in run.iter(q("w:t")))
            self.here.add("changes", ("format", value(change, "w:author"), words))
        self._walk(run)
        self.run = None

    def _say(self, text: str) -> None:
        """Words: into what is shown, and into the text unless they follow from elsewhere."""
        if "Fallback" in self.branch or any(not one.in_result for one in self.open):
            return
        self.here.shown += text
        for one in self.open:
            one.shown += text
        self.commented = {name: said + text for name, said in self.commented.items()}
        if not any(one.keyword in VOLATILE for one in self.open):
            self.here.text += text
            self._piece(text)

    def _piece(self, text: str) -> None:
        run = self.run
        if run is None:
            return
        looks = self.book.looks
        style = looks.name_of(value(child(run, "w:rPr", "w:rStyle")))
        look = looks.run(run, self.here.element)
        new = Piece(text, looks.meaning(run), look, style)
        last = self.here.pieces[-1] if self.here.pieces else None
        if last and (last.meaning, last.look, last.style) == (new.meaning, look, style):
            new = Piece(last.text + text, last.meaning, look, style)
            self.here.pieces.pop()
        self.here.pieces.append(new)

    def _text(self, element: Element) -> None:
        self._say(element.text or "")

    def _sign(self, element: Element) -> None:
        self._say(_SIGNS[local(element)])

    def _break(self, element: Element) -> None:
        self._say(_BREAKS.get(value(element, "w:type") or "", "\n"))

    def _symbol(self, element: Element) -> None:
        self._say(f"⟦{value(element, 'w:font')} {value(element, 'w:char')}⟧")

    def _field_mark(self, element: Element) -> None:
        kind = value(element, "w:fldCharType")
        if kind == "begin":
            self.open.append(Field(self.here, len(self.here.text)))
        elif kind == "separate" and self.open:
            self._show_result()
        elif kind == "end" and self.open:
            self._end_field()

    def _code(self, element: Element) -> None:
        if self.open and not self.open[-1].in_result:
            self.open[-1].code += element.text or ""

    def _simple_field(self, element: Element) -> None:
        self.open.append(Field(self.here, len(self.here.text), value(element, "w:instr") or ""))
        self._show_result()
        self._walk(element)
        self._end_field()

    def _show_result(self) -> None:
        one = self.open[-1]
        one.in_result = True
        hidden = any(outer.keyword in VOLATILE or not outer.in_result for outer in self.open[:-1])
        if one.keyword in VOLATILE and not hidden:
            self.here.text += f"⟦{one.keyword}⟧"

    def _end_field(self) -> None:
        one = self.open.pop()
        names = self.book.names
        words = [w.strip('"') for w in _WORDS.findall(one.code)]
        if one.keyword == "TOC":
            one.paragraph.facts["contents"] = self.here.facts["contents"] = [True]
        told = words[:1] + words[2:] if one.keyword == "STYLEREF" else words
        one.paragraph.add("fields", " ".join("§" if w in names else w for w in told))
        one.paragraph.fields.append(one)
        self.book.fields.append(one)
        if one.keyword in ("REF", "PAGEREF", "NOTEREF") and len(words) > 1:
            switches = " ".join(words[2:])
            one.paragraph.references.append((one.keyword, switches, words[1]))
        if one.keyword == "HYPERLINK":
            self._field_link(one)

    def _field_link(self, one: Field) -> None:
        anchor, found = _ANCHOR.search(one.code), _LINK.search(one.code)
        if anchor is not None:
            one.paragraph.references.append(("link", one.shown, anchor[1] or anchor[2]))
        elif found is not None:
            one.paragraph.add("links", (one.shown, found[1] or found[2]))

    def _link(self, element: Element) -> None:
        before = len(self.here.shown)
        self._walk(element)
        text, anchor = self.here.shown[before:], value(element, "w:anchor")
        rel = self.book.archive.rels(self.owner).get(value(element, "r:id") or "")
        if rel is not None:
            address = rel.target + (f"#{anchor}" if anchor else "")
            self.here.add("links", (text, address))
        elif anchor is not None:
            self.here.references.append(("link", text, anchor))

    def _added(self, element: Element) -> None:
        before = len(self.here.shown)
        self._walk(element)
        fact = (local(element), value(element, "w:author"), self.here.shown[before:])
        self.here.add("changes", fact)

    def _removed(self, element: Element) -> None:
        words = "".join(t.text or "" for t in element.iter(q("w:delText"), q("w:t")))
        self.here.add("changes", (local(element), value(element, "w:author"), words))

    def _control(self, element: Element) -> None:
        before = len(self.here.shown)
        self._walk(element)
        self.here.add("controls", control(element, self.here.shown[before:]))

    def _outer_control(self, element: Element) -> None:
        """Controls around whole paragraphs, rows or cells count at their first paragraph."""
        for above in element.iterancestors(q("w:sdt")):
            if next(above.iter(q("w:p")), None) is element:
                self.here.add("controls", control(above, ""))

    def _drawn(self, element: Element) -> None:
        for kind, fact in drawn(self.book.archive, self.owner, element):
            self.here.add(kind, (self.branch, len(self.here.text), fact))
        self._walk(element)

    def _equation(self, element: Element) -> None:
        self.here.add("equations", (len(self.here.text), equation(element)))

    def _choice(self, element: Element) -> None:
        outer = self.branch
        spaces = (element.nsmap.get(p, p) for p in element.get("Requires", "").split())
        self.branch = " ".join([outer, local(element), *spaces]).strip()
        self._walk(element)
        self.branch = outer

    def _note(self, element: Element) -> None:
        kind = local(element).removesuffix("Reference") + "s"
        self.here.notes.append(Note(kind, len(self.here.text), value(element, "w:id") or ""))

    def _mark(self, element: Element) -> None:
        name, kind = value(element, "w:id") or "", local(element)
        at = (self.here, len(self.here.text), len(self.here.shown))
        if kind == "bookmarkStart":
            mark = Bookmark(value(element, "w:name") or "", at)
            self.marks[name] = mark
            self.book.bookmarks.setdefault(mark.name, mark)
            self.here.bookmarks.append(mark)
        elif kind == "bookmarkEnd" and name in self.marks:
            self.marks[name].end = at
        elif kind == "commentRangeStart":
            self.commented[name] = ""
        elif kind == "commentRangeEnd" and name in self.commented:
            self.anchors[name] = self.commented.pop(name)
