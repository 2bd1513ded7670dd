"""Looks: what the house normalises in text and styles, and how a source's look is kept.

| direct formatting | under the house's look |
|---|---|
| font, kerning, width and spacing of letters | the house's |
| size and colour of text, spacing of paragraphs | the house's; in tables the author's |
| bold, italic, underline, strike, capitals, super- and subscript, highlighting, shading | kept |
| language | kept |
| fonts of signs (Symbol, Wingdings…), hidden text, borders, indents, alignment | kept |
| everything in a heading but language, italic, super- and subscript | the house's |
"""

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from tender.documents import trees
from tender.documents.engine import order
from tender.documents.trees import Element, q

SIGN_FONTS = frozenset(
    {"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "ms gothic",
     "segoe ui symbol", "segoe ui emoji", "opensymbol", "cambria math", "zapfdingbats"}
)  # fmt: skip
_FONT_LOOKS = tuple(q(name) for name in ("w:rFonts", "w:kern", "w:w", "w:fitText"))
_SIZES = (q("w:sz"), q("w:szCs"), q("w:color"))
_TEXT_LOOKS = (*_FONT_LOOKS, *_SIZES)
_RUN, _SPACING = q("w:rPr"), q("w:spacing")
_COUNTED = (q("w:rFonts"), q("w:kern"), q("w:w"), *_SIZES, _SPACING)
"""Of these a reader is told; a language changes no look."""
_HEADING_KEEPS = frozenset(
    q(name)
    for name in ("w:rStyle", "w:vertAlign", "w:ins", "w:del", "w:i", "w:vanish", "w:webHidden",
                 "w:lang", "w:rPrChange")
)  # fmt: skip


def is_sign_font(fonts: Element | None) -> bool:
    """Is this a font whose letters are signs, so that changing it would change the text?"""
    return fonts is not None and any(name.lower() in SIGN_FONTS for name in fonts.values())


def _leave_signs(fonts: Element) -> None:
    """Leave only the fonts of signs: a tick box for one script, words for another."""
    for name, text in list(fonts.attrib.items()):
        if str(text).lower() not in SIGN_FONTS and name != q("w:hint"):
            del fonts.attrib[name]


def undress(story: Element, headings: Iterable[Element]) -> int:
    """Take fonts, sizes, colours and spacing off a story's text; how many passages had some."""
    for heading in headings:
        for properties in heading.iter(_RUN):
            _plain_heading(properties)
    owners = {look.getparent() for look in story.iter(*_COUNTED)}
    dressed = sum(1 for owner in owners if owner is not None and owner.tag == _RUN)
    if dressed:
        signs = _put_aside(story)
        _strip(story)
        for fonts in signs:
            fonts.tag = _FONT_LOOKS[0]
        dressed -= len(signs)
    return dressed


def _plain_heading(properties: Element) -> None:
    if is_sign_font(properties.find(_FONT_LOOKS[0])):
        return
    for kid in list(properties):
        if kid.tag not in _HEADING_KEEPS:
            properties.remove(kid)


def _put_aside(story: Element) -> list[Element]:
    """Hide the fonts of signs behind another name, for as long as fonts are being stripped."""
    signs = [fonts for fonts in story.iter(_FONT_LOOKS[0]) if is_sign_font(fonts)]
    for fonts in signs:
        _leave_signs(fonts)
        fonts.tag = "sign"
    return signs


def _strip(story: Element) -> None:
    for spacing in list(story.iter(_SPACING)):
        owner = spacing.getparent()
        if owner is not None and owner.tag == _RUN:
            owner.remove(spacing)
    etree.strip_elements(story, *_FONT_LOOKS, with_tail=False)
    if next(story.iter(*_SIZES), None) is not None:
        for block in story:
            if block.tag != q("w:tbl"):
                etree.strip_elements(block, *_SIZES, with_tail=False)


def dress_down(style: Element) -> None:
    """Take fonts, outside tables also sizes and colours, off a copied style."""
    looks = _FONT_LOOKS if style.get(q("w:type")) == "table" else _TEXT_LOOKS
    for properties in trees.each(style, "w:rPr"):
        if not is_sign_font(properties.find(_FONT_LOOKS[0])):
            for kid in [kid for kid in properties if kid.tag in looks]:
                properties.remove(kid)


_WORDS_OWN = {
    "w:pPr": '<w:pPr xmlns:w="{w}"><w:spacing w:before="0" w:after="0" w:line="240"'
    ' w:lineRule="auto"/><w:jc w:val="left"/></w:pPr>',
    "w:rPr": '<w:rPr xmlns:w="{w}"><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    ' w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:color w:val="auto"/>'
    '<w:spacing w:val="0"/><w:kern w:val="0"/><w:sz w:val="20"/>'
    '<w:szCs w:val="20"/></w:rPr>',
}
"""What a document without defaults of its own looks like (ECMA-376 part 1, 17.7.5)."""
_BY_ATTRIBUTE = (q("w:rFonts"), q("w:spacing"), q("w:ind"), q("w:lang"))


_UNTHEMED = {
    q("w:asciiTheme"): q("w:ascii"),
    q("w:hAnsiTheme"): q("w:hAnsi"),
    q("w:eastAsiaTheme"): q("w:eastAsia"),
    q("w:cstheme"): q("w:cs"),
}
"""A font named outright counts more than one that the defaults' theme names."""


def flatten(style: Element, defaults: Element | None) -> None:
    """Write an author's document defaults into a style based on none, as it looked."""
    for kind, wrapper in (("w:pPr", "w:pPrDefault"), ("w:rPr", "w:rPrDefault")):
        own = style.find(q(kind))
        if own is None:
            own = trees.make(kind)
            _insert_properties(style, own)
        for base in (trees.child(defaults, wrapper, kind), _words_own(kind)):
            if base is not None:
                underlay(own, base)


def _words_own(kind: str) -> Element:
    return etree.fromstring(_WORDS_OWN[kind].format(w=trees.W))


def underlay(own: Element, base: Element) -> None:
    """Give properties what they do not say themselves."""
    present = {kid.tag: kid for kid in own}
    missing = []
    for kid in base:
        mine = present.get(kid.tag)
        if mine is None:
            missing.append(deepcopy(kid))
        elif kid.tag in _BY_ATTRIBUTE:
            for name, text in kid.attrib.items():
                if mine.get(name) is None and mine.get(_UNTHEMED.get(str(name), name)) is None:
                    mine.set(name, text)
    if missing:
        own.extend(missing)
        order.sort(own)


def _insert_properties(style: Element, properties: Element) -> None:
    """Keep the order of a style's children: pPr, then rPr, then the table's."""
    later = ("w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:tblStylePr")
    names = {q(name) for name in (later if properties.tag == q("w:pPr") else later[1:])}
    for kid in style:
        if kid.tag in names:
            kid.addprevious(properties)
            return
    style.append(properties)
