"""The assembly: a template, a cover, parts in their order; one Word document and its report."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from tender.documents.contents import add_contents
from tender.documents.cover import Cover, add_cover, paragraph
from tender.documents.engine.graft import Graft
from tender.documents.engine.headings import Heading, Outline
from tender.documents.engine.options import Options, Policy
from tender.documents.engine.sections import Sections, tiny_paragraph
from tender.documents.engine.source import Source
from tender.documents.engine.target import Target
from tender.documents.errors import N_, Cancelled, Finding, Refused
from tender.documents.finishing import finish_template
from tender.documents.gate import admit
from tender.documents.package import Package
from tender.documents.report import CHANGES, Note, PartReport, Report
from tender.documents.trees import Element, q

_COUNTED = {"paragraphs": "w:p", "tables": "w:tbl", "images": "a:blip"}


@dataclass(frozen=True)
class Part:
    """One section to assemble; without a title it comes as it is, without a heading of ours.

    `policy` is this part's own, else the assembly's; `styles` (policy map) gives the house style's
    name for an author's style's name; `variables` fill the house's headers on its pages.
    """

    name: str
    data: bytes
    number: str | None = None
    title: str = ""
    company: str = ""
    heading_level: int = 1
    policy: Policy | None = None
    styles: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Composed:
    """The document, what became of each part, and the outline its contents were made from."""

    data: bytes
    report: Report
    outline: tuple[Heading, ...]


def compose(
    template: bytes,
    parts: Sequence[Part],
    *,
    cover: Cover | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Composed:
    """Assemble; equal inputs give equal bytes. Raises Refused for the template, Cancelled."""
    work = _Assembly(template, cover, options)
    reports: list[PartReport] = []
    for index, part in enumerate(parts):
        if cancelled is not None and cancelled():
            raise Cancelled
        reports.append(work.add(part, index))
        if progress is not None:
            progress(index + 1, len(parts))
    return Composed(work.close(), Report(tuple(reports)), tuple(work.outline.headings))


class _Assembly:
    """One run of `compose`."""

    def __init__(self, template: bytes, cover: Cover | None, options: Options) -> None:
        self.options = options
        self.target = Target(admit(template).package)
        self.cover = cover
        self.sections = Sections(self.target)
        self.outline = Outline(self.target)
        self.place: Element | None = None
        _drop_empty_body(self.target.body)
        if cover is not None:
            add_cover(self.target, cover)
            self._start(self.sections.plain())
            if cover.contents:
                self.place = tiny_paragraph()
                self.target.append(self.place)

    def _start(self, section: Element) -> None:
        """What follows belongs to a new section, on a new page."""
        if len(self.target.body):
            self.sections.end(section)
        else:
            self.target.section = section

    def add(self, part: Part, index: int) -> PartReport:
        """Append one part, or in its place the page that says why it is missing."""
        report = PartReport(part.name, part.title, part.company)
        findings: tuple[Finding, ...] = ()
        try:
            admitted = admit(part.data)
            findings = admitted.findings
            graft = self._prepared(admitted.package, part, index)
        except (KeyError, ValueError, TypeError, AttributeError, etree.LxmlError) as error:
            refused = _reason(error)
            self._missing(part, refused)
            return replace(report, refused=refused)
        kept = _kept(graft)
        self._place(graft, part)
        return replace(report, kept=kept, changes=_changes(graft.counts), findings=findings)

    def _prepared(self, data: Package, part: Part, index: int) -> Graft:
        source = Source(data, index)
        level = part.heading_level if part.title else 0
        graft = Graft(source, self.target, self.options, level=level)
        graft.prepare(part.title, self.sections)
        return graft

    def _place(self, graft: Graft, part: Part) -> None:
        self._start(graft.beginning)
        self._heading(part)
        graft.place(self.outline)
        self.target.section = graft.ending

    def _heading(self, part: Part) -> None:
        if not part.title:
            return
        level = min(9, max(1, part.heading_level))
        heading = paragraph(self.target, f"heading {level}", part.title)
        self.outline.begin(part.number, level)
        self.target.append(heading)
        self.outline.section(heading, level, part.number, part.title)

    def _missing(self, part: Part, refused: Refused) -> None:
        """A page in the part's place: file, company, reason."""
        self._start(self.sections.like(None, house=True, first=True))
        self._heading(part)
        lines = [
            ("Normal", "Cette section n’a pas pu être insérée."),
            ("Normal", f"Fichier : {part.name}"),
        ]
        lines += [("Normal", f"Entreprise : {part.company}")] if part.company else []
        lines.append(("Normal", f"Motif : {refused}"))
        for style, text in lines:
            self.target.append(paragraph(self.target, style, text))

    def close(self) -> bytes:
        """Table of contents, title in the headers, properties; the bytes."""
        if self.place is not None:
            add_contents(self.target, self.place, self.outline.headings)
        finish_template(self.target, self.cover, draft=self.options.draft)
        return self.target.close()


def _reason(error: Exception) -> Refused:
    """Why a part is missing; an error we did not foresee is one more reason."""
    if isinstance(error, Refused):
        return error
    refused = Refused(
        N_(
            "Le document a une structure inattendue. Enregistrez-le de nouveau dans Word,"
            " puis redéposez-le."
        ),
        code="structure",
    )
    refused.__cause__ = error
    return refused


def _drop_empty_body(body: Element) -> None:
    """An empty template gives no empty first page."""
    words = any(text.text for text in body.iter(q("w:t")))
    shown = next(body.iter(q("w:drawing"), q("w:pict"), q("w:tbl")), None) is not None
    if len(body) <= 1 and not words and not shown:
        body[:] = []


def _kept(graft: Graft) -> Mapping[str, int]:
    body = graft.source.body
    kept = {name: sum(1 for _ in body.iter(q(tag))) for name, tag in _COUNTED.items()}
    for name in ("footnotes", "endnotes", "comments"):
        kept[name] = graft.counts[name]
    return kept


def _changes(counts: Counter[str]) -> tuple[Note, ...]:
    return tuple(
        Note(words, {"n": counts[name]}) for name, words in CHANGES.items() if counts[name]
    )
