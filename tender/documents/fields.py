"""Word fields in a story: found whole though split over runs or nested; changed, unwrapped."""

from dataclasses import dataclass, field

from tender.documents import trees
from tender.documents.reasons import refuse
from tender.documents.trees import Element, q

MAX_NESTED = 20
_CHAR, _CODE, _KIND = q("w:fldChar"), q("w:instrText"), q("w:fldCharType")
_SEEN = (_CHAR, _CODE, q("w:delInstrText"), q("w:t"), q("w:delText"))


@dataclass
class Field:
    """One complex field: its code in one string and the elements that make it up."""

    begin: Element
    code: str = ""
    own: list[Element] = field(default_factory=list)
    inside: list[Element] = field(default_factory=list)
    separate: Element | None = None
    end: Element | None = None

    @property
    def keyword(self) -> str:
        """`REF` of ` REF _Ref1 \\h `, or nothing."""
        return keyword(self.code)


def keyword(code: str) -> str:
    """The first word of a field's code, in capitals."""
    words = code.split(None, 1)
    return words[0].upper() if words else ""


def scan(tree: Element) -> list[Field]:
    """All complex fields of a story in the order they begin, unfinished ones too."""
    found: list[Field] = []
    open_: list[Field] = []
    if next(tree.iter(_CHAR), None) is None:
        return found
    for element in tree.iter(*_SEEN):
        kind = element.get(_KIND) if element.tag == _CHAR else None
        if kind == "begin":
            _note_inside(open_, element)
            _push(open_, found, element)
        elif kind in ("separate", "end") and open_:
            _close(open_, element, kind)
        elif open_:
            _note_inside(open_, element)
            _note_code(open_, element)
    return found


def _push(open_: list[Field], found: list[Field], element: Element) -> None:
    if len(open_) >= MAX_NESTED:
        raise refuse("fields", limit=MAX_NESTED)
    new = Field(element)
    open_.append(new)
    found.append(new)


def _close(open_: list[Field], element: Element, kind: str) -> None:
    if kind == "separate":
        _note_inside(open_[:-1], element)
        open_[-1].separate = element
        return
    ended = open_.pop()
    _note_inside(open_, element)
    ended.end = element


def _note_inside(open_: list[Field], element: Element) -> None:
    """Anything between begin and separate belongs to the code, a nested field's result too."""
    for one in open_:
        if one.separate is None:
            one.inside.append(element)


def _note_code(open_: list[Field], element: Element) -> None:
    if open_ and open_[-1].separate is None and element.tag == _CODE:
        open_[-1].code += element.text or ""
        open_[-1].own.append(element)


def unwrap(one: Field) -> None:
    """Leave only the field's result, as plain text."""
    for element in (one.begin, *one.inside, one.separate, one.end):
        if element is not None:
            trees.remove(element)


def set_code(one: Field, code: str) -> None:
    """Write a changed code into the field's first piece, and empty the others."""
    for element in one.own:
        element.text = ""
    one.own[0].text = code
    one.own[0].set(f"{{{trees.XML}}}space", "preserve")
    one.code = code
