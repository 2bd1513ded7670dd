"""What the house will change in a section, told to its author before, each with its place."""

from collections.abc import Iterator
from itertools import islice

from tender.documents import fields, trees
from tender.documents.admission.places import Places
from tender.documents.compose import Part, compose
from tender.documents.engine.looks import is_sign_font
from tender.documents.engine.source import Source
from tender.documents.engine.styles import heading_level
from tender.documents.errors import N_
from tender.documents.house import house_template
from tender.documents.report import Note
from tender.documents.trees import Element, q

MOST = 30
"""So many paragraphs are told one by one; how many passages there are is told in any case."""
_DRESSED = N_("Police, taille ou couleur mises à la main : celles de la maison les remplaceront.")
_CONTENTS = N_("Sommaire propre à la section : il sera retiré, le document assemblé a le sien.")
_LOOKS = (q("w:rFonts"), q("w:sz"), q("w:color"))


def foretold(source: Source, data: bytes) -> tuple[Note, ...]:
    """What an assembly of this section alone does in the house style, then where it does so."""
    (report,) = compose(house_template(), [Part("", data, "1", "…")]).report.parts
    if report.refused is not None:
        return (Note(report.refused.message, report.refused.params),)
    return (*report.changes, *report.details, *_where(source))


def is_dressed(run: Element) -> bool:
    """Does a run set the font, size or colour by hand? A font of signs is no dress."""
    properties = run.find(q("w:rPr"))
    if properties is None or is_sign_font(properties.find(q("w:rFonts"))):
        return False
    return any(properties.find(name) is not None for name in _LOOKS)


def _where(source: Source) -> Iterator[Note]:
    def is_heading(paragraph: Element) -> bool:
        style = trees.value(trees.child(paragraph, "w:pPr", "w:pStyle"))
        return heading_level(source, style) is not None

    places = Places(source.body, is_heading)
    for one in fields.scan(source.body):
        if one.keyword == "TOC":
            yield Note(_CONTENTS, {}, places.of(one.begin))
    for block in islice(_dressed_blocks(source.body), MOST):
        yield Note(_DRESSED, {}, places.of(block))


def _dressed_blocks(body: Element) -> Iterator[Element]:
    """The blocks of the body with a run dressed by hand, each once."""
    for block in body:
        if any(is_dressed(run) for run in block.iter(q("w:r"))):
            yield block
