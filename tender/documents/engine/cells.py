"""Text in tables whose style has its say: it comes between the defaults and the text's own style.

A source's defaults are written into its root styles; in such cells they would overrule the table.
There the text takes copies of its styles without defaults, and the table's style has them instead.
"""

from tender.documents import trees
from tender.documents.engine.source import Source
from tender.documents.trees import Element, q

_P = q("w:p")


def spoken_for(source: Source, story: Element) -> set[Element]:
    """The paragraphs in cells of tables whose style says how text looks; none of text boxes."""
    speaking: dict[str | None, bool] = {}
    found: set[Element] = set()
    for table in story.iter(q("w:tbl")):
        mark = trees.value(trees.child(table, "w:tblPr", "w:tblStyle"))
        style = mark or source.default_style("table")
        if style not in speaking:
            speaking[style] = _speaks(source, style)
        if speaking[style]:
            found.update(table.iter(_P))
        else:
            found.difference_update(table.iter(_P))
    for box in story.iter(q("w:txbxContent")) if found else ():
        found.difference_update(box.iter(_P))
    return found


def _speaks(source: Source, style: str | None) -> bool:
    """Does a table's style, or one it is based on, say anything of text or paragraphs?"""
    marks = (next(item.iter(q("w:pPr"), q("w:rPr")), None) for item in source.chain(style))
    return any(mark is not None for mark in marks)
