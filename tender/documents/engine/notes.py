"""Footnotes, endnotes and comments: each copied with what it says, under a number of its own."""

from tender.documents import trees
from tender.documents.engine.target import Target
from tender.documents.trees import Element, q

SINGULAR = {"footnotes": "w:footnote", "endnotes": "w:endnote", "comments": "w:comment"}
REFERENCES = {
    "footnotes": ("w:footnoteReference",),
    "endnotes": ("w:endnoteReference",),
    "comments": ("w:commentReference", "w:commentRangeStart", "w:commentRangeEnd"),
}
_SEPARATORS = (("separator", "-1"), ("continuationSeparator", "0"))


class NoteBook:
    """The notes of one kind in the result."""

    def __init__(self, target: Target, kind: str) -> None:
        self.kind = kind
        self.owner = target.side_name(kind)
        self.root = target.side(kind)
        if kind != "comments" and not len(self.root):
            self._separate(target)
        ids = [note.get(q("w:id"), "") for note in self.root.findall(q(SINGULAR[kind]))]
        self._next = 1 + max((int(text) for text in ids if text.isdigit()), default=0)

    def _separate(self, target: Target) -> None:
        """Word wants the two lines above notes to be declared."""
        settings = target.side("settings")
        singular = SINGULAR[self.kind]
        listed = trees.make(singular + "Pr")
        for kind, number in _SEPARATORS:
            note = trees.add(self.root, singular, type=kind, id=number)
            trees.add(trees.add(trees.add(note, "w:p"), "w:r"), f"w:{kind}")
            trees.add(listed, singular, id=number)
        if settings.find(listed.tag) is None:
            _declare(settings, listed)

    def add(self, note: Element) -> str:
        """Take a note in; its number in the result."""
        number = str(self._next)
        self._next += 1
        note.set(q("w:id"), number)
        self.root.append(note)
        return number


def _declare(settings: Element, listed: Element) -> None:
    """Footnotes then endnotes, both before the compatibility settings."""
    later = ["endnotePr", "compat", "docVars", "rsids", "mathPr", "themeFontLang",
             "clrSchemeMapping", "decimalSymbol", "listSeparator"]  # fmt: skip
    if listed.tag == q("w:endnotePr"):
        later.remove("endnotePr")
    for kid in settings:
        if kid.tag.rsplit("}", 1)[-1] in later:
            kid.addprevious(listed)
            return
    settings.append(listed)


def notes_by_id(root: Element, kind: str) -> dict[str, Element]:
    """An author's notes by their number, without the separators."""
    notes = root.findall(q(SINGULAR[kind]))
    return {n.get(q("w:id"), ""): n for n in notes if n.get(q("w:type")) in (None, "normal")}
