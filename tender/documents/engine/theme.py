"""Theme fonts and colours written out: the result has the house's theme, not the author's."""

import hashlib
from functools import cached_property

from tender.documents import trees
from tender.documents.engine.source import Source
from tender.documents.trees import Element, q

_SCRIPTS = {"HAnsi": "a:latin", "Ascii": "a:latin", "EastAsia": "a:ea", "Bidi": "a:cs"}
_THEMED = {
    q("w:asciiTheme"): q("w:ascii"),
    q("w:hAnsiTheme"): q("w:hAnsi"),
    q("w:eastAsiaTheme"): q("w:eastAsia"),
    q("w:cstheme"): q("w:cs"),
}
_COLOURS = tuple(
    q(f"w:{name}")
    for name in ("themeColor", "themeTint", "themeShade", "themeFill", "themeFillTint",
                 "themeFillShade")
)  # fmt: skip
_COLOURED = trees.finder("descendant-or-self::*[@w:themeColor or @w:themeFill]")


class Theme:
    """An author's theme: which fonts it names; its colours already stand beside their names."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def fonts(self) -> dict[str, str]:
        """Fonts by their name in text: `minorHAnsi`, `majorEastAsia`…"""
        found = self._source.side("theme")
        scheme = None if found is None else found[1].find(f".//{q('a:fontScheme')}")
        fonts: dict[str, str] = {}
        for kind in ("major", "minor"):
            for script, tag in _SCRIPTS.items():
                font = trees.child(scheme, f"a:{kind}Font", tag)
                fonts[kind + script] = "" if font is None else font.get("typeface", "")
        return fonts

    @cached_property
    def mark(self) -> str:
        """Some letters that themes of the same fonts share."""
        return hashlib.sha256(repr(self.fonts).encode()).hexdigest()[:4]

    def resolve(self, tree: Element) -> None:
        """Write fonts and colours of the theme out wherever a style or text names them."""
        for element in tree.iter(q("w:rFonts")):
            for themed, plain in _THEMED.items():
                name = str(element.attrib.pop(themed, ""))
                font = self.fonts.get(name)
                if font:
                    element.set(plain, font)
        for element in _COLOURED(tree):
            for name in _COLOURS:
                element.attrib.pop(name, "")
