"""From a finished Word document to PDF: the engine at hand, in a child, on a private copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from tender.documents import office, package
from tender.documents.engine import revisions
from tender.documents.engine.headings import Heading
from tender.documents.errors import N_, Refused
from tender.documents.package import OFFICE
from tender.documents.pages import Marks, Pages, page_map
from tender.documents.sandboxed import MIB, in_child

Engine = Literal["auto", "rdocx", "office"]
SECONDS = 120.0
_MEMORY = 2_000 * MIB


@dataclass(frozen=True)
class Rendered:
    """A PDF; its page count binds only where `binding`; pages by a heading's bookmark."""

    pdf: bytes
    pages: int
    binding: bool
    engine: str
    page_of: Mapping[str, int]
    marks: Marks = ()


def render(
    data: bytes,
    headings: Sequence[Heading] = (),
    *,
    engine: Engine = "auto",
    timeout: float = SECONDS,
    known: Rendered | None = None,
) -> Rendered:
    """Render; `auto` takes LibreOffice where it is installed and can. Raises Refused in words.

    `known` is an earlier rendering of the same text: with the same marks its pages hold, too.
    """
    chosen = _choose(engine)
    copy = private_copy(data)
    try:
        pdf = (office.to_pdf if chosen == "office" else _embedded)(copy, timeout=timeout)
    except Refused:
        if engine != "auto" or chosen == "rdocx":
            raise
        chosen, pdf = "rdocx", _embedded(copy, timeout=timeout)
    found = Pages(pdf)
    same = known is not None and (known.marks, known.pages) == (found.marks, found.count)
    page_of = known.page_of if same and known is not None else page_map(found, headings)
    return Rendered(pdf, found.count, chosen == "office", chosen, page_of, found.marks)


def _choose(engine: Engine) -> str:
    if engine == "auto":
        return "office" if office.find() else "rdocx"
    if engine == "office" and office.find() is None:
        raise Refused(
            N_("LibreOffice n’est pas installé. Installez-le, ou choisissez le moteur intégré."),
            code="no_office",
        )
    return engine


def _embedded(data: bytes, *, timeout: float) -> bytes:
    try:
        return cast("bytes", in_child("rdocx", data, timeout=timeout, memory=_MEMORY))
    except Refused as error:
        raise Refused(
            N_(
                "Le moteur intégré n’a pas su mettre le document en pages."
                " Installez LibreOffice, puis relancez l’assemblage."
            ),
            code="rdocx",
        ) from error


def private_copy(data: bytes) -> bytes:
    """What goes to the engine: comments cut, tracked changes as if accepted."""
    opened = package.read(data)
    for kind in ("", "footnotes", "endnotes"):
        name = opened.related(opened.main, kind) if kind else opened.main
        if name is not None:
            root = opened.pieces[name].tree(name)
            revisions.cut_comments(root)
            revisions.settle(root, accept=True)
            opened.pieces[name].text = root
    rels = opened.pieces[opened.main].rels
    for rid, rel in list(rels.items()):
        if rel.kind == OFFICE + "comments":
            opened.pieces.pop(rels.pop(rid).target, None)
    return package.write(opened)
