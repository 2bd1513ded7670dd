"""Six companies and their habits: style ids, style names, defaults, lists, words, editors."""

from collections.abc import Mapping
from dataclasses import dataclass

ROLES = ("normal", "text", "h1", "h2", "caption", "footnote", "mark", "table", "bullet", "number")
_CHARACTER, _TABLE = ("mark",), ("table",)
_NAMES = dict(zip(ROLES, ("Normal", "Body Text", "heading 1", "heading 2", "caption",
    "footnote text", "footnote reference", "Table Grid", "List Bullet", "List Number"),
    strict=True))  # fmt: skip
_ENGLISH = (
    "the service team delivers each report within two weeks and keeps a record of risks quality "
    "plan training method tools schedule site visit supervision method statement safety budget "
    "public client review progress meeting shared space delivery acceptance documents work"
)
_FRENCH = (
    "le groupement remet chaque livrable sous deux semaines et tient un registre des risques "
    "qualité méthode planning formation équipe chantier visite suivi sécurité budget maîtrise "
    "d’ouvrage réunion avancement espace partagé réception documents marché prestation lot"
)
_GERMAN = (
    "die Arbeitsgemeinschaft liefert jeden Bericht binnen zwei Wochen und führt ein Verzeichnis "
    "der Risiken Qualität Verfahren Zeitplan Schulung Baustelle Begehung Überwachung Sicherheit "
    "Haushalt Auftraggeber Besprechung Fortschritt Abnahme Unterlagen Leistung Los"
)


@dataclass(frozen=True)
class Company:
    """One author; `direct` ones write fonts on runs, `traces` are revision ids, as Word leaves."""

    name: str
    language: str
    font: str
    half_points: int
    margin: int
    ids: Mapping[str, str]
    names: Mapping[str, str]
    prose: str
    direct: bool = False
    traces: bool = False
    style_borne: bool = True

    @property
    def vocabulary(self) -> list[str]:
        """Its words."""
        return self.prose.split()

    def item(self, kind: str) -> tuple[str, str]:
        """Style and properties of a list's item: numbered by its style, or by itself."""
        if self.style_borne:
            return self.ids[kind], ""
        number = 1 if kind == "bullet" else 2
        return (
            self.ids["text"],
            f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>',
        )

    def styles(self, own: str) -> str:
        """Defaults, a style for each role, and one that this author has added."""
        size = f'<w:sz w:val="{self.half_points}"/><w:szCs w:val="{self.half_points}"/>'
        fonts = f'<w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}" w:cs="{self.font}"/>'
        defaults = (
            f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size}<w:lang w:val="{self.language}"/>'
            '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140"'
            ' w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        )
        added = f'<w:style w:type="character" w:styleId="{own}"><w:name w:val="{own}"/></w:style>'
        return defaults + "".join(self._style(role) for role in ROLES) + (added if own else "")

    def _style(self, role: str) -> str:
        kind = "character" if role in _CHARACTER else "table" if role in _TABLE else "paragraph"
        usual = ' w:default="1"' if role == "normal" else ""
        based = (
            f'<w:basedOn w:val="{self.ids["normal"]}"/>'
            if kind == "paragraph" and not usual
            else ""
        )
        return (
            f'<w:style w:type="{kind}"{usual} w:styleId="{self.ids[role]}">'
            f'<w:name w:val="{self.names[role]}"/>{based}{self._look(role)}</w:style>'
        )

    def _look(self, role: str) -> str:
        if role in ("h1", "h2"):
            level = int(role[1]) - 1
            outline = f'<w:outlineLvl w:val="{level}"/>'
            before = f'<w:keepNext/><w:spacing w:before="{320 - 80 * level}"/>{outline}'
            return f'<w:pPr>{before}</w:pPr><w:rPr><w:b/><w:sz w:val="{32 - 6 * level}"/></w:rPr>'
        if role in ("bullet", "number") and self.style_borne:
            number = 1 if role == "bullet" else 2
            return f'<w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        return {
            "mark": '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
            "caption": '<w:rPr><w:i/><w:color w:val="44546A"/></w:rPr>',
            "footnote": '<w:rPr><w:sz w:val="18"/></w:rPr>',
            "table": f"<w:tblPr><w:tblBorders>{_borders()}</w:tblBorders></w:tblPr>",
        }.get(role, "")

    def lists(self) -> str:
        """A bulleted and a numbered list of three levels, and their uses."""
        levels = {
            0: ("bullet", "•", "bullet"),
            1: ("decimal", "%1.", "number"),
        }
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="hybridMultilevel"/>'
            + "".join(self._level(depth, shape, sign, role) for depth in range(3))
            + "</w:abstractNum>"
            for key, (shape, sign, role) in levels.items()
        )
        uses = "".join(
            f'<w:num w:numId="{key + 1}"><w:abstractNumId w:val="{key}"/></w:num>' for key in levels
        )
        return abstract + uses

    def _level(self, depth: int, shape: str, sign: str, role: str) -> str:
        style = f'<w:pStyle w:val="{self.ids[role]}"/>' if self.style_borne and depth == 0 else ""
        left = 360 * (depth + 1)
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>{style}'
            f'<w:lvlText w:val="{sign.replace("1", str(depth + 1))}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>'
        )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>' for side in sides)


def _roles(ids: str) -> dict[str, str]:
    return dict(zip(ROLES, ids.split(), strict=True))


_OWN_NAMES = _NAMES | {
    "text": "Corps Orme", "h1": "Orme Titre A", "h2": "Orme Titre B", "table": "Orme Tableau",
    "bullet": "Orme Puce", "number": "Orme Liste",
}  # fmt: skip

COMPANIES = (
    Company("ashdown", "en-GB", "Calibri", 22, 1440,
        _roles("Normal BodyText Heading1 Heading2 Caption FootnoteText FootnoteReference"
               " TableGrid ListBullet ListNumber"),
        _NAMES, _ENGLISH, traces=True),
    Company("birkental", "de-DE", "Arial", 21, 1417,
        _roles("Standard Textkrper berschrift1 berschrift2 Beschriftung Funotentext"
               " Funotenzeichen Tabellenraster Aufzhlungszeichen Listennummer"),
        _NAMES, _GERMAN, traces=True),
    Company("charmilles", "fr-FR", "Cambria", 22, 1417,
        _roles("Normal Corpsdetexte Titre1 Titre2 Lgende Notedebasdepage"
               " Appelnotedebasdep Grilledutableau Listepuces Listenumros"),
        _NAMES, _FRENCH, direct=True, traces=True),
    Company("delta", "en-US", "Verdana", 20, 1300,
        _roles("1 2 3 4 5 6 7 8 9 10"), _NAMES, _ENGLISH, style_borne=False),
    Company("erables", "fr-FR", "Liberation Serif", 24, 1134,
        _roles("Normal TextBody Heading1 Heading2 Caption Footnote FootnoteCharacters"
               " TableGrid ListBullet ListNumber"),
        _NAMES, _FRENCH, style_borne=False),
    Company("orme", "fr-FR", "Trebuchet MS", 21, 1417,
        _roles("Normal OrmeCorps OrmeA OrmeB Lgende Notedebasdepage Appelnotedebasdep"
               " OrmeTableau OrmePuce OrmeListe"),
        _OWN_NAMES, _FRENCH, direct=True),
)  # fmt: skip
