"""Tracked changes accepted or refused, comments cut, hidden text dropped."""

from tender.documents import trees
from tender.documents.trees import Element, q

_CHANGES = ("w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:trPrChange", "w:tcPrChange",
            "w:sectPrChange", "w:tblGridChange", "w:numberingChange",
            "w:tblPrExChange")  # fmt: skip
_RANGES = ("w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd",
           "w:customXmlInsRangeStart", "w:customXmlInsRangeEnd", "w:customXmlDelRangeStart",
           "w:customXmlDelRangeEnd", "w:cellMerge")  # fmt: skip
_FORMER = tuple(name for name in _CHANGES if name != "w:numberingChange")
_NEVER_FORMER = frozenset(
    q(f"w:{name}")
    for name in ("rPr", "sectPr", "ins", "del", "moveFrom", "moveTo", "headerReference",
                 "footerReference", "cellIns", "cellDel", "cellMerge")
)  # fmt: skip
"""What stands among properties, but never among the former ones that a change remembers."""
_MARKED = ("w:rPr", "w:trPr", "w:tcPr", "w:numPr")
TRACKED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", *_CHANGES)


def settle(root: Element, *, accept: bool) -> int:
    """Accept or refuse every tracked change of a story; how many there were."""
    count = 0
    gone, stays = ("w:del", "w:moveFrom"), ("w:ins", "w:moveTo")
    if not accept:
        gone, stays = stays, gone
        _restore(root)
    for change in trees.each(root, *_CHANGES):
        trees.remove(change)
        count += 1
    count += _settle_marks(root, gone, stays)
    count += _settle_cells(root, "w:cellDel" if accept else "w:cellIns")
    for element in trees.each(root, *gone):
        trees.remove(element)
        count += 1
    for element in trees.each(root, *stays):
        trees.unwrap(element)
        count += 1
    for element in trees.each(root, *_RANGES):
        trees.remove(element)
    _revive(root)
    return count


def _restore(root: Element) -> None:
    """Put the properties back that a tracked formatting change had replaced."""
    for change in trees.each(root, *_FORMER):
        owner, old = change.getparent(), next(iter(change), None)
        if owner is not None and old is not None:
            owner[:] = [*old, *(kid for kid in owner if kid.tag in _NEVER_FORMER)]


def _settle_marks(root: Element, gone: tuple[str, ...], stays: tuple[str, ...]) -> int:
    """Marks on paragraph ends, rows and cells: join paragraphs, drop rows.

    From the last to the first: what flows into the next paragraph is moved only once.
    """
    count = 0
    for properties in reversed(list(trees.each(root, *_MARKED))):
        marks = [kid for kid in properties if kid.tag in {q(name) for name in (*gone, *stays)}]
        lost = any(mark.tag in {q(name) for name in gone} for mark in marks)
        for mark in marks:
            properties.remove(mark)
        count += len(marks)
        if lost:
            _drop_marked(properties)
    return count


def _drop_marked(properties: Element) -> None:
    owner = properties.getparent()
    if owner is None:
        return
    if properties.tag == q("w:trPr"):
        _drop_from_table(owner)
    elif properties.tag == q("w:rPr") and owner.tag == q("w:pPr"):
        _join_next(owner)


def _settle_cells(root: Element, gone: str) -> int:
    """Drop the cells that are marked so, and the marks of the others."""
    marks = list(trees.each(root, "w:cellIns", "w:cellDel"))
    for mark in marks:
        cell = next(mark.iterancestors(q("w:tc")), None)
        trees.remove(mark)
        if mark.tag == q(gone) and cell is not None:
            _drop_from_table(cell)
    return len(marks)


def _drop_from_table(piece: Element) -> None:
    """Drop a row or cell; what is left without any goes too, but no cell stays without text."""
    above = piece.getparent()
    trees.remove(piece)
    if above is None or next(above.iter(q("w:tc")), None) is not None:
        return
    if above.tag != q("w:tbl"):
        _drop_from_table(above)
        return
    holder = above.getparent()
    trees.remove(above)
    if holder is not None and holder.tag == q("w:tc") and holder.find(q("w:p")) is None:
        trees.add(holder, "w:p")


def _join_next(paragraph_properties: Element) -> None:
    """A paragraph whose end is deleted flows into the next one."""
    paragraph = paragraph_properties.getparent()
    following = None if paragraph is None else paragraph.getnext()
    if paragraph is None or following is None or following.tag != q("w:p"):
        return
    kids = [kid for kid in paragraph if kid.tag != q("w:pPr")]
    place = 0 if trees.properties(following) is None else 1
    following[place:place] = kids
    trees.remove(paragraph)


def _revive(root: Element) -> None:
    for text in trees.each(root, "w:delText"):
        text.tag = q("w:t")
    for code in trees.each(root, "w:delInstrText"):
        code.tag = q("w:instrText")


def cut_comments(root: Element) -> int:
    """Take every comment's anchors out; how many there were."""
    for mark in trees.each(root, "w:commentRangeStart", "w:commentRangeEnd"):
        trees.remove(mark)
    references = list(trees.each(root, "w:commentReference"))
    for reference in references:
        run = reference.getparent()
        trees.remove(reference)
        if run is not None and not [kid for kid in run if kid.tag != q("w:rPr")]:
            trees.remove(run)
    return len(references)


def drop_hidden(root: Element) -> int:
    """Take out the runs that no reader of the page sees; how many there were."""
    count = 0
    for mark in trees.each(root, "w:vanish"):
        properties = mark.getparent()
        run = None if properties is None else properties.getparent()
        off = trees.value(mark) in ("0", "false", "off")
        if not off and run is not None and run.tag == q("w:r") and run.find(q("w:fldChar")) is None:
            trees.remove(run)
            count += 1
    return count
