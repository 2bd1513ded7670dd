"""Tables and pictures wider than the page are brought in between the margins."""

from collections.abc import Iterable, Iterator

from tender.documents import trees
from tender.documents.engine.sections import sheet_of
from tender.documents.trees import Element, q

_EMU = 635
_SLACK = 1.02
_PICTURE, _WIDTH = q("wp:inline"), q("w:w")
_P, _TABLE, _ROW = q("w:p"), q("w:tbl"), q("w:tr")
_CELLS = trees.finder("w:tc[position() <= 64]/w:tcPr[1]/w:tcW[@w:type='dxa']")
"""Word's rows have 63 cells at most; a search of several steps over thousands takes for ever."""


def fit(body: Element, ending: Element, *, alone: bool = False) -> list[Element]:
    """Narrow what is too wide in an author's body; what it was.

    `ending` is the body's last section, the only one where it is `alone`.
    """
    fitted: list[Element] = []
    if alone:
        return _fit_all([body], sheet_of(ending).text_width)
    waiting: list[Element] = []
    for block in body:
        waiting.append(block)
        inner = _section_in(block)
        if inner is not None:
            fitted += _fit_all(waiting, sheet_of(inner).text_width)
            waiting = []
    return fitted + _fit_all(waiting, sheet_of(ending).text_width)


def _section_in(block: Element) -> Element | None:
    """The section that ends in a paragraph, if one does."""
    return trees.child(trees.properties(block), "w:sectPr") if block.tag == _P else None


def _fit_all(blocks: list[Element], width: int) -> list[Element]:
    fitted = [table for table in _tables(blocks) if _fit_table(table, width)]
    for block in blocks:
        pictures = block.iter(_PICTURE)
        fitted += [picture for picture in pictures if _fit_picture(picture, width * _EMU)]
    return fitted


def _tables(blocks: Iterable[Element]) -> Iterator[Element]:
    """The tables among blocks, or right inside a body."""
    for block in blocks:
        if block.tag == _TABLE:
            yield block
        elif block.tag == q("w:body"):
            yield from block.iterchildren(_TABLE)


def _int(text: str | None) -> int:
    digits = (text or "").split(".")[0]
    return int(digits) if digits.lstrip("-").isdecimal() else 0


def table_width(table: Element) -> int:
    """A table's width in twentieths of a point as it says itself, 0 where it does not."""
    asked = trees.child(table, "w:tblPr", "w:tblW")
    own = _int(trees.value(asked, "w:w")) if trees.value(asked, "w:type") == "dxa" else 0
    grid = table.find(q("w:tblGrid"))
    columns = [] if grid is None else [_int(trees.value(c, "w:w")) for c in grid]
    return max(own, sum(columns), *(_row_width(row) for row in table.iterchildren(_ROW)), 0)


def _row_width(row: Element) -> int:
    return sum(_int(cell.get(_WIDTH)) for cell in _CELLS(row))


def _fit_table(table: Element, width: int) -> bool:
    present = table_width(table)
    if present <= width * _SLACK:
        return False
    factor = width / present
    for column in table.iter(q("w:gridCol")):
        _scale(column, "w:w", factor)
    for cell in table.iter(q("w:tcW")):
        if trees.value(cell, "w:type") in (None, "dxa"):
            _scale(cell, "w:w", factor)
    asked = trees.child(table, "w:tblPr", "w:tblW")
    if asked is not None:
        asked.set(q("w:type"), "dxa")
        asked.set(q("w:w"), str(width))
    indent = trees.child(table, "w:tblPr", "w:tblInd")
    if indent is not None:
        trees.remove(indent)
    return True


def _scale(element: Element, name: str, factor: float) -> None:
    value = _int(trees.value(element, name))
    if value > 0:
        element.set(q(name), str(max(1, int(value * factor))))


def _fit_picture(inline: Element, width: int) -> bool:
    extent = inline.find(q("wp:extent"))
    present = _int(None if extent is None else extent.get("cx"))
    if extent is None or present <= width * _SLACK:
        return False
    factor = width / present
    sizes = [extent, *(e for e in inline.iter(q("a:ext")) if e.get("cx") == extent.get("cx"))]
    for size in sizes:
        for name in ("cx", "cy"):
            size.set(name, str(max(1, int(_int(size.get(name)) * factor))))
    return True
