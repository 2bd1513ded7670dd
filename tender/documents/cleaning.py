"""What is taken out of a part's tree, and the words for it; text never goes in silence."""

import re
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from tender.documents import allowed, fields, trees
from tender.documents.admission.findings import Findings, place_of
from tender.documents.admission.marks import Marks
from tender.documents.errors import N_, Severity
from tender.documents.package import Rel, short_kind
from tender.documents.reasons import refuse
from tender.documents.trees import Element, q

MAX_TABLES = 25
MAX_FIELDS = 20
MAX_BASES = 50
_CIRCLE = N_("Deux styles se fondaient l’un sur l’autre ; le lien est coupé.")
_ENDLESS = N_("Des styles se fondaient les uns sur les autres sans fin ; la chaîne est coupée.")
_TABLES_TOO_DEEP = etree.XPath(
    f"boolean(descendant::w:tbl[count(ancestor::w:tbl) >= {MAX_TABLES}])", namespaces={"w": trees.W}
)
_SCHEMES = ("http://", "https://", "mailto:", "ftp://", "ftps://", "tel:", "sms:", "callto:",
            "news:")  # fmt: skip
_RELATIVE = re.compile(r"#|(?![/\\])(?!.*%5c)[^:\\]*(?:[?#]|$)", re.IGNORECASE)
_PROGRAM = re.compile(
    r"\.(?:exe|bat|cmd|pif|scr|lnk|url|jse?|vb[es]?|ws[fh]?|ps1|hta|msi|jar|reg|cpl|dll|application)"
    r"(?:[?#]|$)",
    re.IGNORECASE,
)
_TARGET = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_TRACES = (
    *(q(f"w:rsid{name}") for name in ("R", "RPr", "P", "RDefault", "Del", "Sect", "Tr")),
    q("w14:textId"),
    q("w14:anchorId"),
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}anchorId",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}editId",
)
"""Marks of who edited when."""
_TRACES_AND_IDS = (*_TRACES, q("w14:paraId"))
"""Paragraphs have ids in comments only: answers point to them."""
_LEVELS = frozenset("012345678")
_VML_LINKS = ("src", "href", q("o:href"), q("o:althref"))


Pointers = Sequence[tuple[Element, str]]
"""Elements, and their attributes that name a relationship."""


def clean(
    root: Element, kind: str, rels: Mapping[str, Rel], findings: Findings, pointers: Pointers = ()
) -> Marks:
    """Mend one part's tree in place, given the relationships that stay; what was looked at."""
    place = place_of(kind)
    marks = Marks(root)
    etree.strip_attributes(root, *(_TRACES if kind == "comments" else _TRACES_AND_IDS))
    for element, name in pointers:
        if element.get(name) not in rels:
            _dangling(element, name)
    _old_drawings(marks, findings, place)
    if kind in allowed.STORIES:
        _require_shallow_tables(root)
        _fields(root, marks, findings, place)
        _simple_fields(marks, findings, place)
        _warn_unseen(marks, findings, place)
        for element in (*marks["forms"], *marks["includes"]):
            trees.remove(element)
    other: dict[str, Callable[[Element, Findings], None]] = {
        "settings": _settings,
        "styles": _styles,
    }
    if kind in other:
        other[kind](root, findings)
    return marks


def safe_link(target: str) -> bool:
    """Is it a web page, a mail address, a call, or a file beside this one? Never a share or script.

    A target without a scheme is read beside the document: it can reach no other machine.
    """
    plain = target.strip()
    if not plain or len(plain) > 2_048 or any(ord(letter) < 32 for letter in plain):
        return False
    if plain.lower().startswith(_SCHEMES):
        return True
    return _RELATIVE.match(plain) is not None and _PROGRAM.search(plain) is None


def _dangling(element: Element, name: str) -> None:
    """Mend an element whose relationship went; the finding was told when it went."""
    local = short_kind(element.tag.rsplit("}", 1)[-1])
    del element.attrib[name]
    if local == "hyperlink":
        return
    if local == "blip" and element.get(q("r:embed")):
        return
    trees.remove(_whole(element, local))


def _whole(element: Element, local: str) -> Element:
    """The drawing around a picture that has nothing to show; otherwise the element itself."""
    if local not in ("blip", "chart", "relIds"):
        return element
    for above in element.iterancestors(q("w:drawing")):
        return above
    return element


def _old_drawings(marks: Marks, findings: Findings, place: str) -> None:
    """VML may point outside without a relationship: those addresses go."""
    for element in marks["drawings"]:
        shown = element.get(q("r:id")) is not None
        for name in _VML_LINKS:
            target = element.attrib.pop(name, "")
            if target and not shown and not str(target).startswith("#"):
                findings.at(element, "linked_image", allowed.LINKED_IMAGE, place)


def _require_shallow_tables(root: Element) -> None:
    if _TABLES_TOO_DEEP(root):
        raise refuse("tables", limit=MAX_TABLES)


def allowed_code(code: str) -> bool:
    """May a field with this code stay a field?"""
    name = fields.keyword(code)
    if name not in allowed.FIELDS:
        return False
    if name != "HYPERLINK":
        return True
    found = _TARGET.search(code)
    target = (found[1] or found[2] or "") if found else ""
    return not target or target.startswith("\\l") or safe_link(target)


def _fields(root: Element, marks: Marks, findings: Findings, place: str) -> None:
    doomed = [one for one in fields.among(marks["fields"]) if _is_doomed(one)]
    for one in doomed:
        _tell_field(findings, one.begin, one.keyword, place)
    fields.unwrap(root, doomed)


def _is_doomed(one: fields.Field) -> bool:
    if one.end is None or one.masked or one.depth >= MAX_FIELDS or not allowed_code(one.code):
        return True
    return one.was_changed and not allowed_code(one.former_code)


def _simple_fields(marks: Marks, findings: Findings, place: str) -> None:
    for element in marks["simple"]:
        code = element.get(q("w:instr"), "")
        if not allowed_code(code):
            _tell_field(findings, element, fields.keyword(code), place)
            trees.unwrap(element)


def _tell_field(findings: Findings, element: Element, name: str, place: str) -> None:
    findings.at(
        element,
        "field",
        N_("Un champ {name} a été remplacé par son dernier résultat."),
        place,
        name=name[:20] or "?",
    )


def _settings(root: Element, findings: Findings) -> None:
    if root.find(q("w:mailMerge")) is not None:
        findings.add("mailmerge", allowed.CLEANED["mailMergeSource"], place_of("settings"))
    for kid in list(root):
        if kid.tag.rsplit("}", 1)[-1] not in allowed.SETTINGS:
            root.remove(kid)


def _styles(root: Element, findings: Findings) -> None:
    """Cut chains of styles that turn in a circle, where LibreOffice crashes, or have no end."""
    for mark in trees.each(root, "w:rsid"):
        trees.remove(mark)
    base = {s.get(q("w:styleId")): trees.child(s, "w:basedOn") for s in root.iter(q("w:style"))}
    depth: dict[str | None, int] = {None: 0}
    for name in base:
        seen: dict[str | None, None] = {}
        running: str | None = name
        while running not in depth and running not in seen:
            seen[running] = None
            running = trees.value(base.get(running))
        if running in seen:
            _cut(base, next(reversed(seen)), _CIRCLE, findings)
            running = None
        below = depth[running]
        for one in reversed(seen):
            if below >= MAX_BASES:
                _cut(base, one, _ENDLESS, findings)
                below = 0
            below = depth[one] = below + 1


def _cut(
    base: dict[str | None, Element | None], name: str | None, message: str, findings: Findings
) -> None:
    mark = base[name]
    base[name] = None
    if mark is not None:
        trees.remove(mark)
    findings.add("cycle", message, place_of("styles"))


def headings_of(styles: Element | None) -> Callable[[Element], bool]:
    """Says of a paragraph whether it is a heading: by its style's name, or its outline level."""
    items = [] if styles is None else list(styles.iter(q("w:style")))
    ids = {s.get(q("w:styleId")) for s in items if _is_heading_style(s)}

    def is_heading(paragraph: Element) -> bool:
        style = trees.value(trees.child(paragraph, "w:pPr", "w:pStyle"))
        level = trees.value(trees.child(paragraph, "w:pPr", "w:outlineLvl"))
        return style in ids or level in _LEVELS

    return is_heading


def _is_heading_style(style: Element) -> bool:
    name = (trees.value(trees.child(style, "w:name")) or "").casefold()
    level = trees.value(trees.child(style, "w:pPr", "w:outlineLvl"))
    return name.startswith("heading ") or level in _LEVELS


_UNSEEN: Mapping[str, str] = {
    "hidden": N_("Passages de texte masqué : {n}. Retirez-les s’ils ne doivent pas être lus."),
    "revisions": N_("Modifications suivies : {n}. Acceptez-les ou refusez-les avant le dépôt."),
    "comments": N_("Commentaires : {n}. Retirez-les avant le dépôt."),
}


def _warn_unseen(marks: Marks, findings: Findings, place: str) -> None:
    """Tell what a reader of the page does not see: hidden text, tracked changes, comments."""
    found = {
        "hidden": sum(1 for mark in marks["hidden"] if _is_hidden_run(mark)),
        "revisions": len(marks["revisions"]),
        "comments": sum(1 for mark in marks["calls"] if mark.tag == q("w:commentReference")),
    }
    for code, number in found.items():
        if number:
            findings.add(code, _UNSEEN[code], place, Severity.WARN, n=number)


def _is_hidden_run(mark: Element) -> bool:
    properties = mark.getparent()
    run = None if properties is None else properties.getparent()
    off = trees.value(mark) in ("0", "false", "off")
    return not off and run is not None and run.tag == q("w:r")
