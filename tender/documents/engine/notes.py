"""Foot- and endnotes and comments: each comes along with what it says, under a blank for its id."""

from tender.documents import trees
from tender.documents.engine.blanks import Signs
from tender.documents.engine.source import Source
from tender.documents.trees import Element, q

KINDS = ("footnotes", "endnotes", "comments")
LETTERS = {"footnotes": "f", "endnotes": "e", "comments": "c"}
SINGULAR = {"footnotes": "w:footnote", "endnotes": "w:endnote", "comments": "w:comment"}
Thread = tuple[int, int | None, bool]
"""A comment's paragraph, the one it answers, and whether it is done."""
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_OF, _PARENT, _DONE = f"{_W15}paraId", f"{_W15}paraIdParent", f"{_W15}done"
_ID = q("w14:paraId")
_REFERENCES = {
    "footnotes": (q("w:footnoteReference"),),
    "endnotes": (q("w:endnoteReference"),),
    "comments": tuple(
        q(name) for name in ("w:commentReference", "w:commentRangeStart", "w:commentRangeEnd")
    ),
}


class Notes:
    """The notes of one kind that a part's text refers to, in the order it does."""

    def __init__(self, source: Source, kind: str, signs: Signs) -> None:
        self.kind = kind
        self.taken: list[Element] = []
        self.name = ""
        self.story: Element | None = None
        self._signs = signs
        self._known: dict[str, Element] = {}
        self._blanks: dict[str, str] = {}
        found = source.side(kind)
        if found is not None:
            self.name, self.story = found
            self._known = _by_id(self.story, kind)

    def follow(self, story: Element) -> None:
        """Give a story's references blanks; those to nothing go."""
        for mark in list(story.iter(*_REFERENCES[self.kind])):
            blank = self._blank(mark.get(q("w:id"), ""))
            if blank is None:
                trees.remove(mark)
            else:
                mark.set(q("w:id"), blank)

    def gather(self) -> None:
        """Leave in the story only the notes that were taken, in their order."""
        if self.story is not None:
            self.story[:] = self.taken

    def _blank(self, number: str) -> str | None:
        if number not in self._blanks:
            note = self._known.get(number)
            if note is None:
                return None
            self._blanks[number] = self._signs.blank(LETTERS[self.kind], len(self.taken))
            note.set(q("w:id"), self._blanks[number])
            self.taken.append(note)
        return self._blanks[number]

    def shown(self) -> dict[str, str]:
        """The blanks for the numbers that readers see, by those of the ids."""
        letters = {"footnotes": "u", "endnotes": "t"}
        letter = letters.get(self.kind, "")
        return {
            blank: self._signs.blank(letter, place)
            for place, blank in enumerate(self._blanks.values())
            if letter
        }


def _by_id(root: Element, kind: str) -> dict[str, Element]:
    """An author's notes by their number, without the separators."""
    notes = root.findall(q(SINGULAR[kind]))
    return {n.get(q("w:id"), ""): n for n in notes if n.get(q("w:type")) in (None, "normal")}


def threads_of(source: Source, story: Element, signs: Signs) -> tuple[Thread, ...]:
    """Give the comments' paragraphs blanks of kind `p`; which answers which, and what is done."""
    paragraphs = [p for p in story.iter(q("w:p")) if p.get(_ID)]
    places = {paragraph.get(_ID, ""): place for place, paragraph in enumerate(paragraphs)}
    for place, paragraph in enumerate(paragraphs):
        paragraph.set(_ID, signs.blank("p", place))
        paragraph.attrib.pop(q("w14:textId"), "")
    found = source.side("commentsExtended")
    told = {} if found is None else {item.get(_OF, ""): item for item in found[1]}
    threads = []
    for name, place in places.items():
        item = told.get(name)
        parent = None if item is None else places.get(item.get(_PARENT, ""))
        done = item is not None and item.get(_DONE) in ("1", "true", "on")
        threads.append((place, parent, done))
    return tuple(threads)
