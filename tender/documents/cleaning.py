"""What is taken out of a part's tree, and the words for it; text never goes in silence."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from tender.documents import allowed, fields, trees
from tender.documents.errors import N_, Finding, Refused, Severity
from tender.documents.package import Rel, short_kind
from tender.documents.reasons import refuse
from tender.documents.trees import Element, q

MAX_TABLES = 12
_TABLES_TOO_DEEP = etree.XPath(
    f"boolean(descendant::w:tbl[count(ancestor::w:tbl) >= {MAX_TABLES}])", namespaces={"w": trees.W}
)
_XINCLUDE = "http://www.w3.org/2001/XInclude"
_SCHEMES = ("http://", "https://", "mailto:")
_TARGET = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_TRACES = (
    *(q(f"w:rsid{name}") for name in ("R", "RPr", "P", "RDefault", "Del", "Sect", "Tr")),
    q("w14:paraId"),
    q("w14:textId"),
)
"""Marks of who edited when, and ids that must be unlike in a document."""
_OLD_DRAWING = (f"{{{trees.V}}}*", f"{{{trees.O}}}*")
_VML_LINKS = ("src", "href", q("o:href"), q("o:althref"))

PLACES: Mapping[str, str] = {
    "officeDocument": N_("le corps du texte"),
    "header": N_("un en-tête"),
    "footer": N_("un pied de page"),
    "footnotes": N_("les notes de bas de page"),
    "endnotes": N_("les notes de fin"),
    "comments": N_("les commentaires"),
    "settings": N_("les réglages du document"),
    "styles": N_("les styles"),
    "numbering": N_("les listes"),
}


@dataclass
class Findings:
    """Findings gathered once each, however often they occur in a place."""

    _seen: dict[tuple[object, ...], Finding] = field(default_factory=dict)

    def add(
        self,
        code: str,
        message: str,
        place: str,
        severity: Severity = Severity.CLEAN,
        **params: object,
    ) -> None:
        """Note one; a repeat in the same place with the same values counts once."""
        key = (code, message, place, *sorted((name, str(value)) for name, value in params.items()))
        self._seen.setdefault(key, Finding(code, severity, message, place, params))

    def extend(self, others: Iterable[Finding]) -> None:
        """Note what was found of an equal part before."""
        for one in others:
            self.add(one.code, one.message, one.place, one.severity, **one.params)

    def all(self) -> tuple[Finding, ...]:
        """In the order they were found."""
        return tuple(self._seen.values())


def place_of(kind: str) -> str:
    """Where in words, by the kind of the part."""
    return PLACES.get(kind, "le document")


def clean(root: Element, kind: str, rels: Mapping[str, Rel], findings: Findings) -> None:
    """Mend one part's tree in place, given the relationships that stay."""
    place = place_of(kind)
    _refs(root, rels, findings, place)
    if kind in allowed.STORIES:
        _require_shallow_tables(root)
        _fields(root, findings, place)
        _simple_fields(root, findings, place)
        _forms(root)
    other: dict[str, Callable[[Element, Findings], None]] = {
        "settings": _settings,
        "styles": _styles,
        "chart": _chart,
    }
    if kind in other:
        other[kind](root, findings)


def safe_link(target: str) -> bool:
    """Is it a web page or a mail address that anybody may follow?"""
    plain = target.strip()
    if len(plain) > 2_048 or any(ord(letter) < 32 for letter in plain):
        return False
    return plain.lower().startswith(_SCHEMES)


def _refs(root: Element, rels: Mapping[str, Rel], findings: Findings, place: str) -> None:
    """Drop revision marks, VML addresses, and every pointer to a relationship that went."""
    etree.strip_attributes(root, *_TRACES)
    drawings = list(root.iter(*_OLD_DRAWING))
    for element, name in trees.pointers(root):
        if element.get(name) not in rels:
            _dangling(element, name)
    for drawing in drawings:
        _vml(drawing, findings, place)


def _dangling(element: Element, name: str) -> None:
    """Mend an element whose relationship went; the finding was told when it went."""
    local = short_kind(element.tag.rsplit("}", 1)[-1])
    if local in allowed.REFUSED or local == "altChunk":
        raise Refused(allowed.REFUSED.get(local, allowed.REFUSED["aFChunk"]), code="altchunk")
    if local == "subDoc":
        raise Refused(allowed.REFUSED["subDocument"], code="subdocument")
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


def _vml(element: Element, findings: Findings, place: str) -> None:
    shown = element.get(q("r:id")) is not None
    for name in _VML_LINKS:
        target = element.attrib.pop(name, "")
        if target and not shown and not str(target).startswith("#"):
            findings.add("linked_image", allowed.LINKED_IMAGE, place)


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


def _fields(root: Element, findings: Findings, place: str) -> None:
    doomed = [f for f in fields.scan(root) if f.end is None or not allowed_code(f.code)]
    fields.unwrap(root, doomed)
    for one in doomed:
        _tell_field(findings, one.keyword, place)


def _simple_fields(root: Element, findings: Findings, place: str) -> None:
    for element in trees.each(root, "w:fldSimple"):
        code = element.get(q("w:instr"), "")
        if not allowed_code(code):
            trees.unwrap(element)
            _tell_field(findings, fields.keyword(code), place)


def _tell_field(findings: Findings, name: str, place: str) -> None:
    findings.add(
        "field",
        N_("Un champ {name} a été remplacé par son dernier résultat."),
        place,
        name=name[:20] or "?",
    )


def _forms(root: Element) -> None:
    for element in trees.each(root, "w:entryMacro", "w:exitMacro", "w:dataBinding"):
        trees.remove(element)
    for element in list(root.iter(f"{{{_XINCLUDE}}}*")):
        trees.remove(element)


def _settings(root: Element, findings: Findings) -> None:
    if root.find(q("w:mailMerge")) is not None:
        findings.add("mailmerge", allowed.CLEANED["mailMergeSource"], place_of("settings"))
    for kid in list(root):
        if kid.tag.rsplit("}", 1)[-1] not in allowed.SETTINGS:
            root.remove(kid)


def _styles(root: Element, findings: Findings) -> None:
    """Cut the chains of styles that turn in a circle: LibreOffice crashes on them."""
    for mark in trees.each(root, "w:rsid"):
        trees.remove(mark)
    base = {s.get(q("w:styleId")): trees.child(s, "w:basedOn") for s in root.iter(q("w:style"))}
    for name, first in base.items():
        seen, based = {name}, first
        while based is not None:
            above = trees.value(based)
            if above in seen:
                trees.remove(based)
                base[name] = None
                findings.add(
                    "cycle",
                    N_("Deux styles se fondaient l’un sur l’autre ; le lien est coupé."),
                    place_of("styles"),
                )
                break
            seen.add(above)
            based = base.get(above)


def _chart(root: Element, findings: Findings) -> None:
    del findings
    for element in trees.each(root, "c:externalData"):
        trees.remove(element)


_UNSEEN: Mapping[str, str] = {
    "hidden": N_("Passages de texte masqué : {n}. Retirez-les s’ils ne doivent pas être lus."),
    "revisions": N_("Modifications suivies : {n}. Acceptez-les ou refusez-les avant le dépôt."),
    "comments": N_("Commentaires : {n}. Retirez-les avant le dépôt."),
}


def warn_hidden(root: Element, kind: str, findings: Findings) -> None:
    """Tell what a reader of the page does not see: hidden text, tracked changes, comments."""
    place = place_of(kind)
    counts = Counter(
        element.tag
        for element in root.iter(q("w:ins"), q("w:del"), q("w:moveFrom"), q("w:commentReference"))
    )
    found = {
        "hidden": sum(1 for mark in root.iter(q("w:vanish")) if _is_hidden_run(mark)),
        "revisions": counts[q("w:ins")] + counts[q("w:del")] + counts[q("w:moveFrom")],
        "comments": counts[q("w:commentReference")],
    }
    for code, number in found.items():
        if number:
            findings.add(code, _UNSEEN[code], place, Severity.WARN, n=number)


def _is_hidden_run(mark: Element) -> bool:
    properties = mark.getparent()
    run = None if properties is None else properties.getparent()
    off = trees.value(mark) in ("0", "false", "off")
    return not off and run is not None and run.tag == q("w:r")
