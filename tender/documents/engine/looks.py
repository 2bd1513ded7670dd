"""Looks: what the house normalises in styles and runs, and how a source's look is kept."""

from copy import deepcopy

from tender.documents import trees
from tender.documents.trees import Element, q

SIGN_FONTS = frozenset(
    {"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "ms gothic",
     "segoe ui symbol", "segoe ui emoji", "opensymbol", "cambria math", "zapfdingbats"}
)  # fmt: skip
_FONT_LOOKS = ("w:rFonts", "w:lang")
_TEXT_LOOKS = (*_FONT_LOOKS, "w:sz", "w:szCs", "w:color", "w:spacing", "w:w", "w:kern")
_HEADING_KEEPS = frozenset(
    q(name)
    for name in ("w:rStyle", "w:vertAlign", "w:ins", "w:del", "w:i", "w:vanish", "w:webHidden")
)


def is_sign_font(fonts: Element | None) -> bool:
    """Is this a font whose letters are signs, so that changing it would change the text?"""
    names = [] if fonts is None else [str(name).lower() for name in fonts.attrib.values()]
    return any(name in SIGN_FONTS for name in names)


def plain_run(properties: Element, *, in_table: bool, heading: bool) -> bool:
    """Take the author's fonts, sizes and colours off a run; True where something went."""
    if is_sign_font(properties.find(q("w:rFonts"))):
        return False
    if heading:
        gone = [kid for kid in properties if kid.tag not in _HEADING_KEEPS]
    else:
        wanted = {q(name) for name in (_FONT_LOOKS if in_table else _TEXT_LOOKS)}
        gone = [kid for kid in properties if kid.tag in wanted]
    for kid in gone:
        properties.remove(kid)
    return any(kid.tag != q("w:lang") for kid in gone)


def dress_down(style: Element) -> None:
    """Take fonts and languages, outside tables also sizes and colours, off a copied style."""
    in_table = style.get(q("w:type")) == "table"
    for properties in trees.each(style, "w:rPr"):
        plain_run(properties, in_table=in_table, heading=False)


def flatten(style: Element, defaults: Element | None) -> None:
    """Write the author's document defaults into a root style, so that it looks as it did."""
    for kind, wrapper in (("w:pPr", "w:pPrDefault"), ("w:rPr", "w:rPrDefault")):
        base = trees.child(defaults, wrapper, kind)
        if base is None:
            continue
        own = style.find(q(kind))
        if own is None:
            own = trees.make(kind)
            _insert_properties(style, own)
        present = {kid.tag for kid in own}
        merged = [deepcopy(kid) for kid in base if kid.tag not in present]
        for kid in reversed(merged):
            own.insert(0, kid)


def _insert_properties(style: Element, properties: Element) -> None:
    """Keep the order of a style's children: pPr, then rPr, then the table's."""
    later = ("w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:tblStylePr")
    names = later if properties.tag == q("w:pPr") else later[1:]
    for kid in style:
        if kid.tag in {q(name) for name in names}:
            kid.addprevious(properties)
            return
    style.append(properties)
