"""What a reader should find once changes are accepted or refused, comments or hidden text cut."""

from dataclasses import dataclass

from tests.fidelity.archive import Element, child, on, q

CHANGES = (
    *(f"w:{name}PrChange" for name in ("r", "p", "tbl", "tr", "tc", "sect", "tblPrEx")),
    "w:tblGridChange",
    "w:numberingChange",
)
INSERTED, DELETED = ("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")


@dataclass(frozen=True)
class View:
    """How an assembly treats what authors left in the margins; the defaults change nothing."""

    revisions: str = "keep"
    comments: str = "keep"
    hidden: str = "keep"


def settle(root: Element, view: View) -> None:
    """Bring a story to what the view asks for."""
    if view.comments == "drop":
        for mark in _all(root, "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
            _remove(mark)
    if view.hidden == "drop":
        for run in _all(root, "w:r"):
            if on(child(run, "w:rPr", "w:vanish")) and child(run, "w:fldChar") is None:
                _remove(run)
    if view.revisions != "keep":
        _decide(root, accept=view.revisions == "accept")


def _decide(root: Element, *, accept: bool) -> None:
    stays, goes = (INSERTED, DELETED) if accept else (DELETED, INSERTED)
    for change in _all(root, *CHANGES):
        if not accept:
            _put_back(change)
        _remove(change)
    _rows(root, goes)
    _cells(root, "w:cellDel" if accept else "w:cellIns")
    for paragraph in _all(root, "w:p"):
        _ends(paragraph, goes)
    for element in _all(root, *goes):
        _remove(element)
    for element in _all(root, *stays):
        _unwrap(element)
    for text in root.iter(q("w:delText")):
        text.tag = q("w:t")


def _put_back(change: Element) -> None:
    """The old properties in place of the new; what the old ones never list stays."""
    owner, old = change.getparent(), next(iter(change), None)
    if owner is None or old is None:
        return
    always = {q(f"w:{name}") for name in ("rPr", "sectPr", "ins", "del", "moveTo", "moveFrom",
              "headerReference", "footerReference")}  # fmt: skip
    keeps = [kid for kid in owner if kid.tag in always and kid.tag not in {k.tag for k in old}]
    owner[:] = [*old, *keeps]


def _rows(root: Element, goes: tuple[str, ...]) -> None:
    for row in _all(root, "w:tr"):
        if any(child(row, "w:trPr", name) is not None for name in goes):
            table = row.getparent()
            _remove(row)
            if table is not None and table.find(q("w:tr")) is None:
                _remove(table)


def _cells(root: Element, goes: str) -> None:
    for cell in _all(root, "w:tc"):
        if child(cell, "w:tcPr", goes) is not None:
            _remove(cell)
    for mark in _all(root, "w:cellDel", "w:cellIns"):
        _remove(mark)


def _ends(paragraph: Element, goes: tuple[str, ...]) -> None:
    """A paragraph whose end goes flows into the next one."""
    following = paragraph.getnext()
    if not any(child(paragraph, "w:pPr", "w:rPr", name) is not None for name in goes):
        return
    if following is None or following.tag != q("w:p"):
        return
    place = 0 if child(following, "w:pPr") is None else 1
    following[place:place] = [kid for kid in paragraph if kid.tag != q("w:pPr")]
    _remove(paragraph)


def _all(root: Element, *names: str) -> list[Element]:
    return list(root.iter(*(q(name) for name in names)))


def _remove(element: Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)


def _unwrap(element: Element) -> None:
    for kid in list(element):
        element.addprevious(kid)
    _remove(element)
