"""Headings as their authors write them: their words, and numbers typed by hand in front."""

import re
import unicodedata

from tender.documents import trees
from tender.documents.trees import Element, q

_TYPED = re.compile(
    r"^\s*(?:(?:\d+(?:\.\d+)+\.?|\d+[.)]|\d+(?=\t)|\d+ ?[–-]|[IVXLC]+[.)]|[A-Z][.)])"
    r"[\s\u00a0\u202f]+)(?=\S)"
)
_TEXT, _TAB, _PROPERTIES = q("w:t"), q("w:tab"), q("w:pPr")
_SHOWN = {_TAB: " ", q("w:br"): " ", q("w:noBreakHyphen"): "-"}


def title_of(paragraph: Element) -> str:
    """A heading's words: no deleted text, no field codes, breaks as spaces."""
    pieces: list[str] = []
    for item in paragraph.iter(_TEXT, *_SHOWN):
        if item.tag == _TEXT:
            pieces.append(item.text or "")
        elif not _is_stop(item):
            pieces.append(_SHOWN[item.tag])
    return " ".join("".join(pieces).split())


def strip_typed_number(paragraph: Element) -> bool:
    """Take off a number typed by hand in front of a heading that gets one from the house."""
    texts = [item for item in paragraph.iter(_TEXT, _TAB) if not _is_stop(item)]
    whole = "".join(item.text or "" if item.tag == _TEXT else "\t" for item in texts)
    found = _TYPED.match(whole)
    left = found.end() if found else 0
    for item in texts:
        if left <= 0:
            break
        if item.tag == _TAB:
            trees.remove(item)
            left -= 1
        else:
            length = len(item.text or "")
            item.text = (item.text or "")[left:]
            left -= length
    return found is not None


def _is_stop(item: Element) -> bool:
    """Is it a tab stop among a paragraph's properties, not a tab in its text?"""
    above = item.getparent()
    return above is not None and above.tag == q("w:tabs")


def fold(text: str) -> str:
    """A text for comparison: small, without accents, numbers in front, and signs."""
    found = _TYPED.match(text)
    plain = unicodedata.normalize("NFKD", text[found.end() :] if found else text).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain))
