"""The gate: what comes in is walked, judged, cleaned and written anew."""

from dataclasses import dataclass
from functools import cached_property

from tender.documents import cleaning, trees
from tender.documents.admission import repairs
from tender.documents.admission.findings import Findings
from tender.documents.admission.places import Places
from tender.documents.admission.walking import Walk
from tender.documents.errors import N_, Finding, Refused, Severity
from tender.documents.package import Package, read, write
from tender.documents.unpacking import Unpacked

_PROPERTIES = ("docprops/core.xml", "docprops/custom.xml")
_WRITTEN_BY_HAND = frozenset({"description", "keywords", "category", "property"})


@dataclass(frozen=True)
class Admitted:
    """A document that may be used: its clean parts, and what the author should know."""

    package: Package
    findings: tuple[Finding, ...]

    @cached_property
    def data(self) -> bytes:
        """The clean document, to be stored."""
        return write(self.package)

    def __reduce__(self) -> tuple[object, ...]:
        """Trees cannot go from one process to another: the document itself does."""
        return _restored, (self.data, self.findings)


def _restored(data: bytes, findings: tuple[Finding, ...]) -> Admitted:
    return Admitted(read(data), findings)


def admit(data: bytes) -> Admitted:
    """Let a .docx in, cleaned part by part; raises Refused with the reason and the remedy."""
    findings = Findings()
    walk = Walk(Unpacked(data), findings)
    package = walk.package()
    repairs.mend(package, walk.stories, findings)
    _tell_properties(walk, findings)
    walk.file.judge_the_rest()
    places = _places(package) if findings.wants_places else None
    return Admitted(package, findings.all(places))


def _places(package: Package) -> Places | None:
    body = trees.child(package.pieces[package.main].tree(package.main), "w:body")
    styles = package.related(package.main, "styles")
    root = None if styles is None else package.pieces[styles].tree(styles)
    return None if body is None else Places(body, cleaning.headings_of(root))


def _tell_properties(walk: Walk, findings: Findings) -> None:
    """Properties never stay; say so where somebody wrote something into them."""
    for name in walk.file:
        if name.casefold() in _PROPERTIES and _is_told(walk.text(name), name):
            findings.add(
                "properties",
                N_("Des propriétés du document (mots-clés, remarques) ont été retirées."),
                N_("les propriétés du document"),
                Severity.WARN,
            )


def _is_told(blob: bytes, name: str) -> bool:
    try:
        root = trees.parse(blob, name)
    except Refused as refused:
        if refused.code != "xml":
            raise
        return False
    told = (kid.text for kid in root.iter("{*}*") if _local(kid.tag) in _WRITTEN_BY_HAND)
    return any((text or "").strip() for text in told)


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]
