"""Tables: their grid of cells, what is merged and shaded, and under `source` their borders."""

from tests.fidelity.archive import Canon, Element, canon, child, local, q, value
from tests.fidelity.looks import Looks

_CHANGES = frozenset({"tblPrChange", "tcPrChange", "trPrChange", "tcW", "w"})


def first_of(paragraph: Element) -> Element | None:
    """The table whose first cell begins with this paragraph; the outermost such one."""
    found, below = None, paragraph
    for above in paragraph.iterancestors():
        if next(above.iter(q("w:p")), None) is not paragraph:
            break
        found = above if local(above) == "tbl" else found
        below = above
    return found if below is not paragraph else None


def position(cell: Element) -> tuple[int, int]:
    """Row and column of a cell."""
    row = next(cell.iterancestors(q("w:tr")))
    table = next(row.iterancestors(q("w:tbl")))
    return _of(table, "w:tr").index(row), _of(row, "w:tc").index(cell)


def _of(owner: Element, name: str) -> list[Element]:
    """The rows of a table or cells of a row, those inside content controls too."""
    return [item for item in owner.iter(q(name)) if next(item.iterancestors(owner.tag)) is owner]


def shape(table: Element, looks: Looks) -> Canon:
    """Rows of cells: columns spanned, vertical merge, shading, number of tables inside."""
    return tuple(
        (*tuple(_cell(cell, looks) for cell in _of(row, "w:tc")), _row(row))
        for row in _of(table, "w:tr")
    )


def _row(row: Element) -> Canon:
    properties = child(row, "w:trPr")
    kept = ("gridBefore", "gridAfter", "tblHeader", "cantSplit", "trHeight")
    kids = [] if properties is None else [k for k in properties if local(k) in kept]
    return tuple(sorted(canon(kid)[0:2] for kid in kids))


def _cell(cell: Element, looks: Looks) -> Canon:
    properties = child(cell, "w:tcPr")
    merge = child(properties, "w:vMerge")
    shade = child(properties, "w:shd")
    inner = sum(1 for table in cell.iter(q("w:tbl")))
    return (
        value(child(properties, "w:gridSpan")) or "1",
        None if merge is None else value(merge) or "continue",
        None if shade is None else looks.shade(shade),
        value(child(properties, "w:vAlign")) or "top",
        value(child(properties, "w:textDirection")),
        inner,
    )


def look(table: Element, looks: Looks) -> Canon:
    """The table's borders, margins, place and each cell's, with its style's resolved."""
    named = value(child(table, "w:tblPr", "w:tblStyle"))
    chain = looks.numbers.chain(named if named in looks.styles else looks.usual.get("table"))
    merged: dict[str, Canon] = {}
    for owner in (
        *(style.find(q("w:tblPr")) for style in reversed(chain)),
        child(table, "w:tblPr"),
    ):
        for kid in [] if owner is None else owner:
            merged[local(kid)] = _bordered(kid, looks)
    for name in ("tblStyle", "tblW", "tblPrChange", "tblCaption", "tblDescription"):
        merged.pop(name, None)
    cells = tuple(
        tuple(_bordered(kid, looks) for kid in properties if local(kid) not in _CHANGES)
        for properties in table.iter(q("w:tcPr"))
    )
    return (tuple(sorted(merged.items(), key=lambda item: item[0])), cells)


def _bordered(element: Element, looks: Looks) -> Canon:
    return looks.borders(element)


def place_of(element: Element) -> tuple[str, ...]:
    """The tables, cells, boxes, controls and choices around a paragraph, outermost first."""
    found = []
    for above in element.iterancestors():
        kind = local(above)
        if kind in ("tbl", "txbxContent", "Fallback", "sdt", "textbox", "txbx"):
            found.append(kind)
        elif kind == "Choice":
            spaces = (above.nsmap.get(p, p) for p in above.get("Requires", "").split())
            found.append(" ".join(["Choice", *spaces]))
        elif kind == "tc":
            found.append(f"tc{position(above)}")
    return tuple(reversed(found))
