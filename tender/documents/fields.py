"""Word fields in a story: found whole though split over runs or nested; changed, unwrapped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tender.documents import trees
from tender.documents.trees import Element, q

MARKS = (q("w:fldChar"), q("w:instrText"))
"""What `scan` needs of a story, in its order."""
_KIND = q("w:fldCharType")
_HIDDEN = (*MARKS, q("w:delInstrText"), q("w:t"), q("w:delText"))


@dataclass
class Field:
    """One complex field: the elements that make it up."""

    begin: Element
    depth: int = 0
    own: list[Element] = field(default_factory=list)
    separate: Element | None = None
    end: Element | None = None

    @property
    def code(self) -> str:
        """The code in one string."""
        return "".join(element.text or "" for element in self.own)

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


def _note_code(one: Field, element: Element) -> None:
    if one.separate is None and element.tag == MARKS[1]:
        one.own.append(element)


def unwrap(tree: Element, doomed: Sequence[Field]) -> None:
    """Leave only these fields' results, as plain text; of an unfinished field, all its text."""
    for element in _behind(tree, {one.begin: one for one in doomed}):
        trees.remove(element)
    for one in doomed:
        for mark in (one.begin, *one.own, one.separate, one.end):
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
    for element in one.own:
        element.text = ""
    one.own[0].text = code
    one.own[0].set(f"{{{trees.XML}}}space", "preserve")
