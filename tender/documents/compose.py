"""The assembly: a template, a cover, parts in their order; one Word document and its report."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from lxml import etree

from tender.documents import contents
from tender.documents.cover import Cover, cover_page, divider_page
from tender.documents.engine import cache as keeping
from tender.documents.engine.cache import Cache
from tender.documents.engine.fragment import Fragment
from tender.documents.engine.house import House
from tender.documents.engine.normalise import Normaliser, Order
from tender.documents.engine.options import Options, Policy
from tender.documents.engine.outline import Heading
from tender.documents.engine.result import Result
from tender.documents.engine.writing import paragraph, run
from tender.documents.errors import N_, Cancelled, Finding, Refused
from tender.documents.finishing import finish_template
from tender.documents.gate import admit
from tender.documents.report import HELD, PartReport, Report, changes

Ready = tuple[Fragment, tuple[Finding, ...]]
_ODD = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError,
        MemoryError, etree.LxmlError)  # fmt: skip
"""What a file that we did not foresee may make a step say."""


@dataclass(frozen=True)
class Part:
    """One section to assemble; without a title it comes as it is, without a heading of ours.

    `policy` is this part's own, else the assembly's; `styles` (policy map) gives the house style's
    name for an author's style's name; `variables` fill the house's headers on its pages; `divider`
    are the words of a page before it, where the options ask for such pages.
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
    divider: str = ""


@dataclass(frozen=True)
class Composed:
    """The document, what became of each part, and the outline its contents were made from.

    `with_pages` gives the same document with the pages of headings and captions, by bookmark, in
    its contents.
    """

    data: bytes
    report: Report
    outline: tuple[Heading, ...]
    with_pages: Callable[[contents.Pages], bytes]


def compose(
    template: bytes,
    parts: Sequence[Part],
    *,
    cover: Cover | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
    cache: Cache | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Composed:
    """Assemble; equal inputs give equal bytes, with a cache or without.

    Raises Cancelled; Refused for the template, and for a part where the options say so.
    """
    work = _Assembly(template, cover, options, cache)
    reports: list[PartReport] = []
    for index, part in enumerate(parts):
        if cancelled is not None and cancelled():
            raise Cancelled
        reports.append(work.add(part))
        if progress is not None:
            progress(index + 1, len(parts))
    outline = tuple(work.result.outline.headings)
    return Composed(work.close({}), Report(tuple(reports)), outline, work.close)


class _Assembly:
    """One run of `compose`."""

    def __init__(
        self, template: bytes, cover: Cover | None, options: Options, cache: Cache | None
    ) -> None:
        self.options = options
        self.cover = cover
        self.cache = cache
        self.digest = hashlib.sha256(template).hexdigest()
        self.house = House(admit(template).package)
        finish_template(self.house, cover, draft=options.draft)
        self.result = Result(self.house, self.digest)
        self.place: int | None = None
        self.lists_captions = False
        if cover is not None:
            self._begin(cover)

    def _begin(self, cover: Cover) -> None:
        self.result.add(cover_page(self.house, cover))
        self.result.begin()
        if cover.contents:
            self.place = self.result.add(b"")

    def add(self, part: Part) -> PartReport:
        """Append one part, or in its place the page that says why it is missing."""
        report = PartReport(part.name, part.title, part.company)
        try:
            fragment, findings = self._ready(part)
        except _ODD as error:
            refused = _reason(error)
            if self.options.all_or_nothing:
                raise _named(refused, part) from error
            self._missing(part, refused)
            return replace(report, refused=refused)
        self._start(part)
        self.result.place(fragment, part.variables)
        self.lists_captions |= bool(fragment.tally.get("caption_lists"))
        held = {name: fragment.tally.get(name, 0) for name in HELD}
        return replace(
            report, kept=held, changes=changes(fragment.tally), details=fragment.details,
            findings=findings,
        )  # fmt: skip

    def _ready(self, part: Part) -> Ready:
        """The part's fragment and what the gate found, from the cache where it is known."""
        digest = hashlib.sha256(part.data).hexdigest()
        level = min(9, max(1, part.heading_level)) if part.title else 0
        order = Order(part.policy or self.options.policy, part.styles, part.title, level)
        if self.cache is None:
            return self._made(part, digest, order)
        key = keeping.key_of(digest, self.digest, self.options, order)
        found = keeping.recall(self.cache, key)
        if found is not None:
            return cast("Ready", found)
        made = self._made(part, digest, order)
        keeping.keep(self.cache, key, made)
        return made

    def _made(self, part: Part, digest: str, order: Order) -> Ready:
        admitted = admit(part.data)
        work = Normaliser(admitted.package, digest, self.house, self.options, order)
        return work.fragment(), admitted.findings

    def _start(self, part: Part) -> None:
        """A new page for a part, after the page that divides it from those before."""
        self.result.begin()
        if part.divider and self.options.dividers:
            self.result.add(divider_page(self.house, part.divider))
            self.result.begin()
        self._heading(part)

    def _heading(self, part: Part) -> None:
        """The part's own heading, numbered and entered in the outline."""
        if not part.title:
            return
        outline, level = self.result.outline, min(9, max(1, part.heading_level))
        outline.begin(part.number, level)
        numbered = outline.section(level, part.number)
        _, start, end = self.result.enter(numbered, level, part.title)
        style = self.house.style("paragraph", f"heading {level}")
        listed = self.result.listing(numbered)
        self.result.add(paragraph(style, start, run(part.title), end, properties=listed))

    def _missing(self, part: Part, refused: Refused) -> None:
        """A page in the part's place: file, company, reason."""
        self._start(part)
        lines = ["Cette section n’a pas pu être insérée.", f"Fichier : {part.name}"]
        lines += [f"Entreprise : {part.company}"] if part.company else []
        for line in (*lines, f"Motif : {refused}"):
            self.result.add(paragraph(self.house.style("paragraph", "normal"), run(line)))

    def close(self, pages: contents.Pages) -> bytes:
        """Write the contents; the bytes."""
        if self.place is not None:
            result = self.result
            text = contents.contents(self.house, result.outline.headings, pages)
            if self.lists_captions:
                text += contents.captions(self.house, result.captions, pages)
            result.body[self.place] = text
        return self.result.close()


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


def _named(refused: Refused, part: Part) -> Refused:
    """The reason with the file it is about."""
    return Refused(
        N_("La section « {part} » ne peut pas être insérée : {reason}"),
        code=refused.code,
        part=part.title or part.name,
        reason=str(refused),
    )
