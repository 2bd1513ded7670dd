"""Office files inside a Word file: kept as they are, or the reason why they may not stay."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tender.documents import fields, trees
from tender.documents.admission import legacy
from tender.documents.admission.compound import MAGIC
from tender.documents.admission.foreign import Types
from tender.documents.admission.marks import Marks
from tender.documents.cleaning import allowed_code, safe_link
from tender.documents.errors import Refused
from tender.documents.package import CONTENT_TYPES, relationships, resolve, short_kind
from tender.documents.trees import q
from tender.documents.unpacking import Unpacked

MAX_INFLATED = 400 * 1024 * 1024
MAX_DEPTH = 1
"""A chart's workbook inside a slide inside the text: no deeper."""
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_SHOW = "application/vnd.openxmlformats-officedocument.presentationml."
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."

KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        _SHEET + "sheet.main+xml": ("xlsx", _SHEET + "sheet"),
        _SHEET + "template.main+xml": ("xltx", _SHEET + "template"),
        "application/vnd.ms-excel.sheet.binary.macroenabled.main": (
            "xlsb",
            "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
        ),
        _SHOW + "presentation.main+xml": ("pptx", _SHOW + "presentation"),
        _SHOW + "slideshow.main+xml": ("ppsx", _SHOW + "slideshow"),
        _SHOW + "template.main+xml": ("potx", _SHOW + "template"),
        _SHOW + "slide.main+xml": ("sldx", _SHOW + "slide"),
        _WORD + "document.main+xml": ("docx", _WORD + "document"),
        _WORD + "template.main+xml": ("dotx", _WORD + "template"),
        "application/vnd.ms-visio.drawing.main+xml": ("vsdx", "application/vnd.ms-visio.drawing"),
    }
)
"""By the type of the main part: the extension, and the type of the whole."""
_ODF = "application/vnd.oasis.opendocument."
_ODF_KINDS = MappingProxyType(
    {"text": "odt", "spreadsheet": "ods", "presentation": "odp", "graphics": "odg",
     "formula": "odf", "chart": "odc"}
)  # fmt: skip

_PROGRAMS = frozenset(
    """vbaProject wordVbaData control activeXControlBinary ctrlProp xlMacrosheet xlIntlMacrosheet
    dialogsheet keyMapCustomizations attachedToolbars extensibility webextension
    webextensiontaskpanes""".split()  # noqa: SIM905 - a table to read
)
_OUTSIDERS = frozenset(
    """externalLink externalLinkPath attachedTemplate aFChunk subDocument frame connections
    queryTable mailMergeSource mailMergeHeaderSource recipientData""".split()  # noqa: SIM905
)
_REACHING = (b"WEBSERVICE(", b"FILTERXML(", b"RTD(", b"ddeLink")
"""What a sheet calls."""
_FIELDS = frozenset(
    """DDE DDEAUTO LINK INCLUDE INCLUDETEXT INCLUDEPICTURE IMPORT DATABASE MACROBUTTON RD
    AUTOTEXT AUTOTEXTLIST""".split()  # noqa: SIM905 - a table to read
)
"""What a text calls."""
_ODF_PROGRAMS = (b"script:event-listener", b"vnd.sun.star.script")
_ODF_LINKS = re.compile(
    rb"office:dde|table:dde|text:dde|table:cell-range-source|<(?:draw:|form:|text:section-source"
    rb"|table:table-source)[^>]*xlink:href=[\"'](?:[a-z+.-]+:|//|\.\./)",
    re.IGNORECASE,
)


class Harmful(ValueError):
    """It may not stay; the argument is one of `objects.REASONS`."""


class Budget:
    """How many bytes all that a document embeds may be, once inflated."""

    def __init__(self) -> None:
        self._left = MAX_INFLATED

    def spend(self, count: int) -> None:
        """Count some more; raises Harmful."""
        self._left -= count
        if self._left < 0:
            raise Harmful("big")


def judge(data: bytes, budget: Budget, *, depth: int = 0) -> tuple[str, str]:
    """Extension and content type of an embedded file that may stay; raises Harmful."""
    if data.startswith(MAGIC):
        reason = legacy.judge(data, _inside(budget, depth))
        if reason:
            raise Harmful(reason)
        return "bin", "application/vnd.openxmlformats-officedocument.oleObject"
    try:
        file = Unpacked(data)
        budget.spend(file.size)
        odf = file.find("META-INF/manifest.xml")
        found = _judge_odf(file) if odf else _judge(file, budget, depth)
        file.judge_the_rest()
    except Refused as refused:
        raise Harmful(
            "locked" if refused.code in ("encrypted", "password") else "unreadable"
        ) from refused
    return found


def _inside(budget: Budget, depth: int) -> Callable[[bytes], str | None]:
    def reason(data: bytes) -> str | None:
        try:
            judge(data, budget, depth=depth)
        except Harmful as harmful:
            return str(harmful)
        return None

    return reason


def _judge(file: Unpacked, budget: Budget, depth: int) -> tuple[str, str]:
    if file.find(CONTENT_TYPES) is None:
        raise Harmful("kind")
    types = Types(file.body(CONTENT_TYPES))
    found = [KINDS[kind] for kind in map(types.of, file) if kind in KINDS]
    if len(found) != 1:
        raise Harmful("macros" if types.speak_of("macroenabled", "vbaproject") else "kind")
    for name in file:
        if name.endswith(".rels"):
            _judge_links(file, name, budget, depth=depth)
        elif name.endswith((".xml", ".vml")):
            _judge_text(file, name)
    if types.speak_of("vbaproject", "activex", "macrosheet"):
        raise Harmful("macros")
    return found[0]


def _judge_links(file: Unpacked, name: str, budget: Budget, *, depth: int) -> None:
    source = name.replace("_rels/", "", 1).removesuffix(".rels")
    for _, kind, target, external in relationships(file.body(name), source):
        short = short_kind(kind)
        if short in _PROGRAMS:
            raise Harmful("macros")
        if short in _OUTSIDERS or (external and not (short == "hyperlink" and safe_link(target))):
            raise Harmful("links")
        if short in ("oleObject", "package") and not external:
            _judge_nested(file, resolve(source, target), budget, depth=depth)


def _judge_nested(file: Unpacked, target: str | None, budget: Budget, *, depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise Harmful("nested")
    found = file.find(target or "")
    if found is not None:
        judge(file.body(found), budget, depth=depth + 1)


def _judge_text(file: Unpacked, name: str) -> None:
    text = file.body(name)
    trees.require_sober(text, name)
    if any(word in text for word in _REACHING):
        raise Harmful("links")
    if b"fldChar" in text or b"fldSimple" in text:
        _judge_fields(Marks(trees.parse(text, name)))


def _judge_fields(marks: Marks) -> None:
    """Refuse fields that reach out or run something, split over runs or not."""
    found = fields.among(marks["fields"])
    codes = [code for one in found for code in (one.code, one.former_code)]
    codes += [simple.get(q("w:instr"), "") for simple in marks["simple"]]
    for code in codes:
        word = fields.keyword(code)
        if word in _FIELDS or (word == "HYPERLINK" and not allowed_code(code)):
            raise Harmful("links")
    if any(one.masked for one in found):
        raise Harmful("links")


def _judge_odf(file: Unpacked) -> tuple[str, str]:
    """An OpenDocument file, as LibreOffice embeds it."""
    name = file.find("mimetype")
    kind = file.body(name).decode("ascii", "replace").strip() if name else ""
    short = kind.removeprefix(_ODF)
    if not kind.startswith(_ODF) or short not in _ODF_KINDS:
        raise Harmful("kind")
    for part in file:
        if part.startswith(("Basic/", "Scripts/", "Dialogs/")):
            raise Harmful("macros")
        if part.endswith(".xml"):
            _judge_odf_text(file.body(part), part)
    return _ODF_KINDS[short], kind


def _judge_odf_text(text: bytes, part: str) -> None:
    if part != "META-INF/manifest.xml" or b"encryption-data" not in text:
        trees.require_sober(text, part)
    if b"manifest:encryption-data" in text:
        raise Harmful("locked")
    if any(word in text for word in _ODF_PROGRAMS):
        raise Harmful("macros")
    if _ODF_LINKS.search(text):
        raise Harmful("links")
