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
_MAPPED = {"bg1": "light1", "tx1": "dark1", "bg2": "light2", "tx2": "dark2"}
_SCHEME = {"light1": "lt1", "dark1": "dk1", "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink",
           "followedHyperlink": "folHlink"}  # fmt: skip
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
    def colours(self) -> dict[str, str]:
        """Colours by their name in drawings: `accent1`, `tx1`…, as the settings map them."""
        theme, settings = self._source.side("theme"), self._source.side("settings")
        scheme = None if theme is None else theme[1].find(f".//{q('a:clrScheme')}")
        mapping = None if settings is None else settings[1].find(q("w:clrSchemeMapping"))
        named = {_local(item): _six_digits(item) for item in ([] if scheme is None else scheme)}
        for name, usual in _MAPPED.items():
            wanted = trees.value(mapping, f"w:{name.replace('tx', 't')}") or usual
            named[name] = named.get(_SCHEME.get(wanted, wanted), "")
        return named

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
        for colour in list(tree.iter(q("a:schemeClr"))):
            found = self.colours.get(colour.get("val", ""))
            if found:  # what a drawing makes of the colour stays: lighter, darker, see-through
                colour.tag = q("a:srgbClr")
                colour.set("val", found)


def _six_digits(item: Element) -> str:
    """A theme's colour, or what its system's colour was when the file was saved."""
    colour = next(iter(item), None)
    return "" if colour is None else colour.get("lastClr", colour.get("val", ""))


def _local(item: Element) -> str:
    return str(item.tag).rsplit("}", 1)[-1]
