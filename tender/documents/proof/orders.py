"""The order that the format wants of properties; Word refuses a file for some of it."""

import re
from functools import lru_cache

_ORDERS = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr
        suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct
        topLinePunct autoSpaceDE
        autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents
        suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle
        rPr sectPr pPrChange""",
    "rPr": """ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike
        outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern
        position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
        eastAsianLayout specVanish oMath rPrChange""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW
        jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption
        tblDescription tblPrChange""",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection
        tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange""",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc
        pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi
        rtlGutter docGrid printerSettings sectPrChange""",
}
_RANKS = {
    owner: {name: rank for rank, name in enumerate(names.split())}
    for owner, names in _ORDERS.items()
}
_RANKS["sectPr"]["footerReference"] = 0  # headers and footers may alternate
_TAG = re.compile(rb"<(/?)w:(\w+)[^>]*?(/?)>")


def wrong(data: bytes) -> list[tuple[str, str]]:
    """Each owner and the child that stands too late in it, once each."""
    told = {(owner, _misplaced(owner, inside)) for owner in _ORDERS for inside in _in(data, owner)}
    return sorted((owner, name) for owner, name in told if name)


def _in(data: bytes, owner: str) -> set[bytes]:
    """What stands in each of these properties; many times faster than one expression."""
    pieces = data.split(f"<w:{owner}>".encode())[1:]
    end = f"</w:{owner}>".encode()
    return {piece[: piece.find(end)] for piece in pieces}


@lru_cache(maxsize=4096)
def _misplaced(owner: str, inside: bytes) -> str:
    """The first child that stands after one that should follow it."""
    ranks, last, depth = _RANKS[owner], -1, 0
    for closing, raw, empty in _TAG.findall(inside):
        name = str(raw, "ascii")
        if not depth and not closing:
            rank = ranks.get(name, last)
            if rank < last:
                return "w:" + name
            last = rank
        depth += 0 if empty else -1 if closing else 1
    return ""
