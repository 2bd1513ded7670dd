"""The gate's tables: what a document may hold, what is taken out, what makes us refuse it.

| found | what we do |
|---|---|
| text, tables, pictures, charts, diagrams, notes, comments and answers, headers, fonts | kept |
| embedded office file: a chart's workbook, an OLE object of a known document kind | kept |
| the same with macros, links to elsewhere, a password; any other OLE object | its picture stays |
| macros, ActiveX, key maps, custom XML, properties | taken out |
| linked picture, frame, template, mail merge, foreign link (file:, UNC, script) | link taken out |
| field that reaches out or runs (DDE, LINK, INCLUDE…, DATABASE, MACROBUTTON…) | its result stays |
| altChunk | its words take its place, told |
| sub-document | its text is in another file: told |
| DOCTYPE, depth, bombs, double ids, two main parts, encryption | refused |
"""

from collections.abc import Mapping
from types import MappingProxyType

from tender.documents.errors import N_

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DML = "application/vnd.openxmlformats-officedocument.drawingml."

MAIN_TYPES = frozenset({_WML + "document.main+xml", _WML + "template.main+xml"})
MACRO_TYPES = frozenset(
    {
        "application/vnd.ms-word.document.macroenabled.main+xml",
        "application/vnd.ms-word.template.macroenabledtemplate.main+xml",
    }
)
"""In small letters, as `foreign.Types` tells them."""
STORIES = frozenset({"officeDocument", "header", "footer", "footnotes", "endnotes", "comments"})
"""Kinds whose text a reader sees."""

KEPT: Mapping[str, str] = MappingProxyType(
    {
        "styles": _WML + "styles+xml",
        "numbering": _WML + "numbering+xml",
        "settings": _WML + "settings+xml",
        "fontTable": _WML + "fontTable+xml",
        "footnotes": _WML + "footnotes+xml",
        "endnotes": _WML + "endnotes+xml",
        "comments": _WML + "comments+xml",
        "commentsExtended": _WML + "commentsExtended+xml",
        "commentsIds": _WML + "commentsIds+xml",
        "commentsExtensible": _WML + "commentsExtensible+xml",
        "people": _WML + "people+xml",
        "header": _WML + "header+xml",
        "footer": _WML + "footer+xml",
        "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
        "themeOverride": "application/vnd.openxmlformats-officedocument.themeOverride+xml",
        "chart": _DML + "chart+xml",
        "chartUserShapes": _DML + "chartshapes+xml",
        "chartStyle": "application/vnd.ms-office.chartstyle+xml",
        "chartColorStyle": "application/vnd.ms-office.chartcolorstyle+xml",
        "chartEx": "application/vnd.ms-office.chartex+xml",
        "diagramData": _DML + "diagramData+xml",
        "diagramLayout": _DML + "diagramLayout+xml",
        "diagramQuickStyle": _DML + "diagramStyle+xml",
        "diagramColors": _DML + "diagramColors+xml",
        "diagramDrawing": "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    }
)
"""Internal relationships that stay, by their short kind, with the type we write for the part."""

SILENT = frozenset(
    {
        "webSettings",
        "stylesWithEffects",
        "glossaryDocument",
        "printerSettings",
        "customXml",
        "extended-properties",
        "core-properties",
        "thumbnail",
        "hyperlink",
        "documenttasks",
        "classificationlabels",
        "intelligence2",
        "xmlMaps",
        "recipientData",
        "aFChunk",
    }
)
"""What Word writes by itself and no reader misses."""

CLEANED: Mapping[str, str] = MappingProxyType(
    {
        "vbaProject": N_("Les macros ont été retirées."),
        "wordVbaData": N_("Les macros ont été retirées."),
        "keyMapCustomizations": N_("Les raccourcis et barres d’outils ont été retirés."),
        "attachedToolbars": N_("Les raccourcis et barres d’outils ont été retirés."),
        "control": N_("Un contrôle ActiveX a été retiré. Remplacez-le par du texte."),
        "activeXControlBinary": N_("Un contrôle ActiveX a été retiré. Remplacez-le par du texte."),
        "oleObject": N_("Un objet lié ou incorporé a été retiré ; ce qui s’en voit reste."),
        "package": N_("Un fichier incorporé a été retiré ; ce qui s’en voit reste."),
        "attachedTemplate": N_("Le lien vers un modèle extérieur a été retiré."),
        "mailMergeSource": N_("Le publipostage a été retiré. Fusionnez les données dans Word."),
        "mailMergeHeaderSource": N_(
            "Le publipostage a été retiré. Fusionnez les données dans Word."
        ),
        "frame": N_("Un cadre qui affichait un autre fichier a été retiré."),
        "transform": N_("Une feuille de transformation a été retirée."),
        "video": N_("Une vidéo a été retirée."),
        "media": N_("Un média a été retiré."),
        "audio": N_("Un son a été retiré."),
        "custom-properties": N_("Les propriétés personnalisées du document ont été retirées."),
        "subDocument": N_(
            "C’est un document maître : le texte de ses sous-documents est dans d’autres fichiers"
            " et manque ici. Dans Word, intégrez-les, puis redéposez-le."
        ),
    }
)
"""What is taken out and told."""

LINKED_IMAGE = N_(
    "Une image liée n’est pas dans le fichier : elle ne paraîtra pas."
    " Dans Word, insérez l’image elle-même."
)
LINK_DROPPED = N_(
    "Un lien vers « {target} » a été retiré, son texte reste."
    " Seuls le web et le courriel sont admis."
)
EXTERNAL = N_("Un renvoi à un fichier extérieur a été retiré.")
BROKEN = N_("Un élément renvoyait à une pièce absente ou interdite ; il a été retiré.")
UNKNOWN = N_("Un élément non reconnu ({kind}) a été retiré.")

FIELDS = frozenset(
    """PAGE NUMPAGES SECTIONPAGES SECTION PAGEREF REF NOTEREF STYLEREF SEQ TOC TC XE INDEX TOA TA
    HYPERLINK DATE TIME CREATEDATE SAVEDATE PRINTDATE FORMTEXT FORMCHECKBOX FORMDROPDOWN TITLE
    SUBJECT AUTHOR FILENAME DOCPROPERTY NUMWORDS NUMCHARS SYMBOL EQ LISTNUM AUTONUM AUTONUMLGL
    AUTONUMOUT ADVANCE BIBLIOGRAPHY CITATION IF = SET COMPARE MERGEFIELD KEYWORDS
    BIDIOUTLINE EDITTIME REVNUM INFO""".split()  # noqa: SIM905 - a table to read
)
"""Fields that only look inside the document."""

SETTINGS = frozenset(
    """zoom mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader
    bordersDoNotSurroundFooter gutterAtTop trackRevisions defaultTabStop autoHyphenation
    consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps evenAndOddHeaders bookFoldPrinting
    characterSpacingControl footnotePr endnotePr compat mathPr themeFontLang clrSchemeMapping
    decimalSymbol listSeparator displayBackgroundShape""".split()  # noqa: SIM905 - a table to read
)
"""Settings that shape the page; the rest is dropped."""


def shown(text: str) -> str:
    """What a file says, fit to be shown in a sentence."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:80])
