"""What an assembly does to a text, told one by one with the place, before it is done."""

from collections.abc import Callable, Iterator
from itertools import islice

from tender.documents import trees
from tender.documents.admission.places import Place, Places
from tender.documents.engine.headings import title_of
from tender.documents.engine.house import HEADERS, House
from tender.documents.engine.options import Options
from tender.documents.engine.source import Source
from tender.documents.engine.styles import heading_level
from tender.documents.report import DETAILS, Note
from tender.documents.trees import Element, q

MOST = 100
"""So many of a kind are told one by one; how many there are is told in any case."""
LONGEST = 80
_CHANGED = {
    q("w:ins"): "inserted", q("w:moveTo"): "inserted",
    q("w:del"): "deleted", q("w:moveFrom"): "deleted",
    q("w:rPrChange"): "formatted", q("w:pPrChange"): "formatted",
}  # fmt: skip
_WORDS = (q("w:t"), q("w:delText"), q("w:tab"))


class Teller:
    """Notes on one part's text; the places are counted only if there is something to tell."""

    def __init__(self, source: Source, house: House) -> None:
        self._source = source
        self._places = Places(source.body, _headings(source, house))

    def all(self, options: Options) -> tuple[Note, ...]:
        """Tracked changes, comments and hidden text that go, the author's headers."""
        told = list(islice(self._changes(), MOST))
        if options.comments == "drop":
            told += islice(self._comments(), MOST)
        if options.hidden == "drop":
            told += islice(self._hidden(), MOST)
        return (*told, *islice(self._headers(), MOST))

    def fitted(self, wide: list[Element]) -> tuple[Note, ...]:
        """The tables and pictures that were brought between the margins."""
        return tuple(self._note("fitted", item) for item in wide[:MOST])

    def _note(self, kind: str, where: Element | None, **params: object) -> Note:
        place: Place | None = None if where is None else self._places.of(where)
        return Note(DETAILS[kind], params, place)

    def _changes(self) -> Iterator[Note]:
        for change in self._source.body.iter(*_CHANGED):
            words = _words(change)
            kind = _CHANGED[change.tag]
            if words or kind == "formatted":
                author = change.get(q("w:author")) or "?"
                yield self._note(kind, change, author=author, text=words)

    def _comments(self) -> Iterator[Note]:
        found = self._source.side("comments")
        marks = self._source.body.iter(q("w:commentReference"))
        where = {mark.get(q("w:id")): mark for mark in marks} if found else {}
        for comment in [] if found is None else found[1].iter(q("w:comment")):
            author = comment.get(q("w:author")) or "?"
            mark = where.get(comment.get(q("w:id")))
            yield self._note("comment", mark, author=author, text=_words(comment))

    def _hidden(self) -> Iterator[Note]:
        for mark in self._source.body.iter(q("w:vanish")):
            run = next(mark.iterancestors(q("w:r")), None)
            words = "" if run is None else _words(run)
            if words and trees.value(mark) not in ("0", "false", "off"):
                yield self._note("hidden", mark, text=words)

    def _headers(self) -> Iterator[Note]:
        """The words of headers and footers that give way to the house's."""
        rels = self._source.rels(self._source.main)
        names = [
            rels[rid].target
            for reference in self._source.body.iter(*HEADERS)
            if (rid := reference.get(q("r:id"), "")) in rels
        ]
        for name in dict.fromkeys(names):
            words = _words(self._source.tree(name))
            if words:
                yield self._note("header", None, text=words)


def _words(element: Element) -> str:
    """The first words that stand in an element."""
    texts = [item.text or " " for item in element.iter(*_WORDS)]
    whole = " ".join("".join(texts).split()) or title_of(element)
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1].rstrip() + "…"


def _headings(source: Source, house: House) -> Callable[[Element], bool]:
    """Tells headings, before and after their styles were named anew."""
    ours = {house.style("paragraph", f"heading {level}") for level in range(1, 10)}

    def is_heading(paragraph: Element) -> bool:
        style = trees.value(trees.child(trees.properties(paragraph), "w:pStyle"))
        return style in ours or heading_level(source, style) is not None

    return is_heading
