"""Word fields in a story: found whole though split over runs or nested; changed, unwrapped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tender.documents import trees
from tender.documents.trees import Element, q

MARKS = (q("w:fldChar"), q("w:instrText"), q("w:delInstrText"))
"""What `scan` needs of a story, in its order."""
_CHAR, _CODE, _DELETED = MARKS
_KIND = q("w:fldCharType")
_HIDDEN = (*MARKS, q("w:t"), q("w:delText"))


@dataclass
class Field:
    """One complex field: the elements that make it up.

    `codes` holds deleted pieces of its code, too; `masked` says that another field stands where
    its keyword should.
    """

    begin: Element
    depth: int = 0
    codes: list[Element] = field(default_factory=list)
    masked: bool = False
    separate: Element | None = None
    end: Element | None = None

    @property
    def own(self) -> list[Element]:
        """The pieces of its code."""
        return [one for one in self.codes if one.tag == _CODE]

    @property
    def code(self) -> str:
        """The code in one string."""
        return "".join(one.text or "" for one in self.own)

    @property
    def was_changed(self) -> bool:
        """Did tracked changes take something out of the code?"""
        return any(one.tag == _DELETED for one in self.codes)

    @property
    def former_code(self) -> str:
        """The code as it would be without its tracked changes."""
        inserted = q("w:ins")
        kept = [o for o in self.codes if next(o.iterancestors(inserted), None) is None]
        return "".join(one.text or "" for one in kept)

    @property
    def keyword(self) -> str:
        """`REF` of ` REF _Ref1 \\h `, or nothing."""
        return keyword(self.code)


def keyword(code: str) -> str:
    """The first word of a field's code, in capitals; `=` for a formula."""
    words = code.split(None, 1)
    word = words[0].upper() if words else ""
    return word if not word.startswith("=") else "="


def scan(tree: Element) -> list[Field]:
    """All complex fields of a story in the order they begin, unfinished ones too."""
    return among(tree.iter(*MARKS))


def among(marks: Iterable[Element]) -> list[Field]:
    """The fields of a story whose `MARKS` are at hand."""
    found: list[Field] = []
    open_: list[Field] = []
    for element in marks:
        kind = element.get(_KIND)
        if kind == "begin":
            _note_nested(open_)
            found.append(Field(element, len(open_)))
            open_.append(found[-1])
        elif not open_:
            continue
        elif kind == "separate":
            open_[-1].separate = element
        elif kind == "end":
            open_.pop().end = element
        else:
            _note_code(open_[-1], element)
    return found


def _note_nested(open_: list[Field]) -> None:
    if open_ and open_[-1].separate is None and not open_[-1].code.strip():
        open_[-1].masked = True


def _note_code(one: Field, element: Element) -> None:
    if one.separate is None and element.tag != _CHAR:
        one.codes.append(element)


def unwrap(tree: Element, doomed: Sequence[Field]) -> None:
    """Leave only these fields' results, as plain text; of an unfinished field, all its text."""
    for element in _behind(tree, {one.begin: one for one in doomed}):
        trees.remove(element)
    for one in doomed:
        for mark in (one.begin, *one.codes, one.separate, one.end):
            if mark is not None:
                trees.remove(mark)


def _behind(tree: Element, begins: Mapping[Element, Field]) -> list[Element]:
    """What nobody sees between begin and separate: the code, a nested field's result too."""
    found: list[Element] = []
    open_: dict[Element | None, Field] = {}
    for element in tree.iter(*_HIDDEN) if begins else ():
        open_.pop(element, None)
        if open_:
            found.append(element)
        one = begins.get(element)
        if one is not None and one.end is not None:
            open_[one.end if one.separate is None else one.separate] = one
    return found


def set_code(one: Field, code: str) -> None:
    """Write a changed code into the field's first piece, and empty the others."""
    first, *others = one.own
    for element in others:
        element.text = ""
    first.text = code
    first.set(f"{{{trees.XML}}}space", "preserve")
