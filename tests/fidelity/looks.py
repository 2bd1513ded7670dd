"""How runs and paragraphs look once defaults, themes, styles and direct formatting are resolved."""

import colorsys
from functools import cached_property

from tests.fidelity.archive import Archive, Canon, Element, canon, child, local, on, q, value
from tests.fidelity.numbers import Numbers, Place

Look = dict[str, object]
TOGGLES = ("b", "i", "caps", "smallCaps", "strike", "dstrike", "vanish", "outline", "shadow",
           "emboss", "imprint")  # fmt: skip
_VALUES = ("sz", "u", "highlight", "vertAlign", "spacing", "w", "kern", "position", "em", "effect")
_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
_PLAIN: Look = {"sz": "20", "color": "auto", "u": "none", "highlight": "none", "spacing": "0",
                "vertAlign": "baseline", "w": "100", "kern": "0", "position": "0"}  # fmt: skip
_THEME_NAMES = {"dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "text1": "dk1",
                "background1": "lt1", "text2": "dk2", "background2": "lt2",
                "hyperlink": "hlink", "followedHyperlink": "folHlink"}  # fmt: skip
_SPACING = {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}
_SIDES = (("left", "start"), ("right", "end"), ("firstLine",), ("hanging",))
_SWITCHES = ("keepNext", "keepLines", "pageBreakBefore", "contextualSpacing", "bidi",
             "suppressLineNumbers", "suppressAutoHyphens", "mirrorIndents")  # fmt: skip
_JC = {"start": "left", "end": "right"}


class Looks:
    """The looks of one document's text."""

    def __init__(self, archive: Archive) -> None:
        root = archive.side("styles")
        items = [] if root is None else root.findall(q("w:style"))
        self.archive = archive
        self.defaults = child(root, "w:docDefaults")
        self.styles = {item.get(q("w:styleId"), ""): item for item in items}
        self.usual = {
            item.get(q("w:type"), "paragraph"): item.get(q("w:styleId"), "")
            for item in items
            if value(item, "w:default") in ("1", "true", "on")
        }
        self.numbers = Numbers(archive, self.styles)

    def style_of(self, paragraph: Element) -> str | None:
        """The id of a paragraph's style, the usual one where it names none that exists."""
        named = value(child(paragraph, "w:pPr", "w:pStyle"))
        return named if named in self.styles else self.usual.get("paragraph")

    def name_of(self, style: str | None) -> str:
        """A style's name in small letters, `` for none."""
        found = self.styles.get(style or "")
        return (value(child(found, "w:name")) or "").strip().lower()

    def run(self, run: Element, paragraph: Element) -> Look:
        """A run's resolved format; fonts by script."""
        own = child(run, "w:rPr")
        levels = [
            [child(self.defaults, "w:rPrDefault", "w:rPr")],
            [item.find(q("w:rPr")) for item in self.table_styles(paragraph)],
            self._chain(self.style_of(paragraph), "w:rPr"),
            self._chain(value(child(own, "w:rStyle")), "w:rPr"),
        ]
        return self._resolved(levels, own)

    def meaning(self, run: Element) -> frozenset[str]:
        """What a run says by its format, by itself and by its character style."""
        own = child(run, "w:rPr")
        look = self._resolved([self._chain(value(child(own, "w:rStyle")), "w:rPr")], own)
        found = {name for name in TOGGLES[:7] if look[name]}
        for name in ("vertAlign", "highlight", "u"):
            if look[name] != _PLAIN[name]:
                found.add(f"{name} {look[name]}")
        return frozenset(found)

    def given(self, style: str | None, mark: str | None) -> Look:
        """What a paragraph style and a character style give to a run by themselves."""
        levels = [self._chain(style, "w:rPr"), self._chain(mark, "w:rPr")]
        return self._resolved([[child(self.defaults, "w:rPrDefault", "w:rPr")], *levels], None)

    def _chain(self, style: str | None, part: str) -> list[Element | None]:
        return [item.find(q(part)) for item in reversed(self.numbers.chain(style))]

    def _resolved(self, levels: list[list[Element | None]], own: Element | None) -> Look:
        look: Look = dict(_PLAIN) | dict.fromkeys(TOGGLES, False)
        for level in levels:
            told: dict[str, bool] = {}
            for properties in level:
                _take(look, properties)
                self._fonts_and_colour(look, properties)
                told |= _told(properties)
            for name, is_on in told.items():
                look[name] = bool(look[name]) ^ is_on
        _take(look, own)
        self._fonts_and_colour(look, own)
        return look | _told(own)

    def _fonts_and_colour(self, look: Look, properties: Element | None) -> None:
        fonts = child(properties, "w:rFonts")
        for script in _SCRIPTS:
            theme = value(fonts, f"w:{script}Theme") or value(fonts, f"w:{script.lower()}theme")
            name = self._theme_font(theme) or value(fonts, f"w:{script}")
            if name:
                look[script] = name
        colour = child(properties, "w:color")
        if colour is not None:
            look["color"] = self.colour(colour)
        shade = child(properties, "w:shd")
        if shade is not None:
            look["shd"] = self.shade(shade)
        language = child(properties, "w:lang")
        if value(language):
            look["lang"] = value(language)

    def _theme_font(self, name: str | None) -> str | None:
        if name is None or self._theme is None:
            return None
        family = "a:majorFont" if name.startswith("major") else "a:minorFont"
        script = {"EastAsia": "a:ea", "Bidi": "a:cs"}.get(name[5:], "a:latin")
        fonts = child(self._theme, "a:themeElements", "a:fontScheme", family, script)
        return None if fonts is None else fonts.get("typeface") or None

    @cached_property
    def _theme(self) -> Element | None:
        return self.archive.side("theme")

    def colour(self, mark: Element, name: str = "w:val", theme: str = "w:themeColor") -> str:
        """A colour as six digits, its theme, tint and shade resolved; `auto` where it is."""
        prefix = theme.removesuffix("Color")
        base = self._theme_colour(value(mark, theme))
        if base is None:
            return (value(mark, name) or "auto").upper().replace("AUTO", "auto")
        return _tinted(base, value(mark, f"{prefix}Tint"), value(mark, f"{prefix}Shade"))

    def shade(self, mark: Element) -> tuple[str, str]:
        """Pattern and colour of a shading."""
        fill = self.colour(mark, "w:fill", "w:themeFill")
        return (value(mark) or "clear", fill)

    def _theme_colour(self, name: str | None) -> str | None:
        scheme = child(self._theme, "a:themeElements", "a:clrScheme")
        if name is None or scheme is None:
            return None
        settings = child(self.archive.side("settings"), "w:clrSchemeMapping")
        short = {"text1": "t1", "text2": "t2", "background1": "bg1", "background2": "bg2"}
        name = value(settings, f"w:{short.get(name, name)}") or name
        found = child(scheme, f"a:{_THEME_NAMES.get(name, name)}")
        first = None if found is None else next(iter(found), None)
        return None if first is None else first.get("lastClr") or first.get("val")

    def table_styles(self, element: Element) -> list[Element]:
        """The styles of the table around an element, and their pieces for its cell; base first."""
        table = next(element.iterancestors(q("w:tbl")), None)
        if table is None:
            return []
        named = value(child(table, "w:tblPr", "w:tblStyle"))
        chain = self.numbers.chain(named if named in self.styles else self.usual.get("table"))
        pieces = _pieces(element, table)
        found = list(reversed(chain))
        for name in pieces:
            for style in reversed(chain):
                found += [s for s in style.findall(q("w:tblStylePr")) if s.get(q("w:type")) == name]
        return found

    def paragraph(self, paragraph: Element, place: Place | None) -> Look:
        """A paragraph's resolved format: spacing, indents, alignment, breaks, shading, borders."""
        base = [child(self.defaults, "w:pPrDefault", "w:pPr")]
        base += [item.find(q("w:pPr")) for item in self.table_styles(paragraph)]
        level = None if place is None else self.numbers.levels(place.num).get(place.level)
        listed = child(level, "w:pPr")
        chain = self._chain(self.style_of(paragraph), "w:pPr")
        own = child(paragraph, "w:pPr")
        if place is not None and not place.by_style:
            order = [*base, *chain, listed, own]
        elif place is not None:
            order = [*base, *self._with_list(chain, listed), own]
        else:
            order = [*base, *chain, own]
        return self._paragraph(order)

    def _with_list(
        self, chain: list[Element | None], listed: Element | None
    ) -> list[Element | None]:
        """A style's list comes right before the style that names it, so its indents win."""
        for at in range(len(chain) - 1, -1, -1):
            if child(chain[at], "w:numPr", "w:numId") is not None:
                return [*chain[:at], listed, *chain[at:]]
        return [listed, *chain]

    def _paragraph(self, order: list[Element | None]) -> Look:
        look: Look = dict(_SPACING) | dict.fromkeys(_SWITCHES, False)
        look |= {"widowControl": True, "jc": "left", **{names[0]: "0" for names in _SIDES}}
        tabs: dict[str, tuple[str | None, ...]] = {}
        for properties in order:
            _take_paragraph(look, properties)
            for tab in [] if properties is None else properties.iterfind(f"{q('w:tabs')}/*"):
                tabs[tab.get(q("w:pos"), "")] = (value(tab), value(tab, "w:leader"))
            for name in ("w:shd", "w:pBdr", "w:framePr"):
                mark = child(properties, name)
                if mark is not None:
                    look[name[2:]] = self.shade(mark) if name == "w:shd" else self.borders(mark)
        look["tabs"] = {p: t for p, t in tabs.items() if t[0] not in ("clear", "num")}
        return look

    def borders(self, mark: Element) -> Canon:
        """Borders, or a frame, with their colours resolved."""
        drop = frozenset({"color", "themeColor", "themeTint", "themeShade"})
        return (canon(mark, drop), tuple(self.colour(kid, "w:color") for kid in mark))


def _take(look: Look, properties: Element | None) -> None:
    for name in _VALUES:
        found = value(child(properties, f"w:{name}"))
        if found is not None:
            look[name] = found


def _told(properties: Element | None) -> dict[str, bool]:
    marks = {name: child(properties, f"w:{name}") for name in TOGGLES}
    return {name: on(mark) for name, mark in marks.items() if mark is not None}


def _take_paragraph(look: Look, properties: Element | None) -> None:
    spacing, indent = child(properties, "w:spacing"), child(properties, "w:ind")
    for name in (*_SPACING, "beforeAutospacing", "afterAutospacing"):
        look[name] = value(spacing, f"w:{name}") or look.get(name, "0")
    for names in _SIDES:
        told = next((t for name in names if (t := value(indent, f"w:{name}")) is not None), None)
        look[names[0]] = look[names[0]] if told is None else told
    if value(indent, "w:firstLine") is not None:
        look["hanging"] = "0"
    if value(indent, "w:hanging") is not None:
        look["firstLine"] = "0"
    for name in (*_SWITCHES, "widowControl"):
        mark = child(properties, f"w:{name}")
        look[name] = look[name] if mark is None else on(mark)
    told = value(child(properties, "w:jc"))
    look["jc"] = _JC.get(told, told) if told else look["jc"]


def _pieces(element: Element, table: Element) -> list[str]:
    """The pieces of a table's style that rule an element's cell, weakest first."""
    row = _inside(element, table)
    cell = None if row is None else _inside(element, row)
    if row is None or cell is None:
        return []
    rows, cells = table.findall(q("w:tr")), row.findall(q("w:tc"))
    at, across = rows.index(row), cells.index(cell) if cell in cells else 0
    asked = _asked(child(table, "w:tblPr", "w:tblLook"))
    first_row, first_column = "firstRow" in asked and at == 0, "firstColumn" in asked and not across
    band = at - ("firstRow" in asked)
    found = []
    if "noHBand" not in asked and not first_row:
        found.append("band1Horz" if band % 2 == 0 else "band2Horz")
    if first_column:
        found.append("firstCol")
    if "lastColumn" in asked and across == len(cells) - 1:
        found.append("lastCol")
    if first_row:
        found.append("firstRow")
    if "lastRow" in asked and at == len(rows) - 1:
        found.append("lastRow")
    return found


def _asked(look: Element | None) -> set[str]:
    bits = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100,
            "noHBand": 0x200, "noVBand": 0x400}  # fmt: skip
    whole = int(value(look) or "0", 16)
    return {n for n, bit in bits.items() if value(look, f"w:{n}") == "1" or whole & bit}


def _inside(element: Element, above: Element) -> Element | None:
    """The child of `above` in which an element lies (rows and cells may be in controls)."""
    wanted = "tr" if local(above) == "tbl" else "tc"
    for one in (element, *element.iterancestors()):
        if local(one) == wanted and next(one.iterancestors(above.tag), None) is above:
            return one
    return None


def _tinted(base: str, tint: str | None, shade: str | None) -> str:
    parts = [int(base[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    hue, light, full = colorsys.rgb_to_hls(*parts)
    if tint is not None:
        part = int(tint, 16) / 255
        light = light * part + (1 - part)
    if shade is not None:
        light *= int(shade, 16) / 255
    return "".join(f"{round(n * 255):02X}" for n in colorsys.hls_to_rgb(hue, light, full))
