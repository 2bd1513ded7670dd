"""What a document embeds: office files stay, programs go and their picture stays."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from tender.documents.admission import enclosed, legacy
from tender.documents.admission.compound import MAGIC
from tender.documents.errors import N_
from tender.documents.trees import Element, q

WORKBOOK = "Excel.Sheet"
"""The program of a chart's figures."""
_DOCUMENTS = re.compile(
    r"(?:Excel|Word|PowerPoint|Visio|Equation|MSGraph|AcroExch|Acrobat|opendocument|soffice"
    r"|LibreOffice|StarMath|ChemDraw|MSProject)\.",
    re.IGNORECASE,
)
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "kind": N_(
            "Un objet incorporé ({program}) a été retiré, ce qui s’en voit reste :"
            " seuls les documents de bureautique sont admis."
        ),
        "macros": N_(
            "Un objet incorporé ({program}) a été retiré, ce qui s’en voit reste :"
            " il contient un programme."
        ),
        "links": N_(
            "Un objet incorporé ({program}) a été retiré, ce qui s’en voit reste :"
            " il renvoie à d’autres fichiers."
        ),
        "locked": N_(
            "Un objet incorporé ({program}) a été retiré, ce qui s’en voit reste : il est chiffré."
        ),
        "nested": N_(
            "Un objet incorporé ({program}) a été retiré, ce qui s’en voit reste :"
            " il incorpore à son tour d’autres fichiers."
        ),
        "big": N_(
            "Un objet incorporé ({program}) a été retiré, ce qui s’en voit reste : il est démesuré."
        ),
        "unreadable": N_(
            "Un objet incorporé ({program}) a été retiré, ce qui s’en voit reste :"
            " il est illisible."
        ),
    }
)
_ID = q("r:id")
_EMBEDDED = "{http://schemas.microsoft.com/office/drawing/2014/chartex}externalData"


Program = str | None
"""Its ProgID; nothing where nobody named it; None for what only points elsewhere."""


def programs(root: Element) -> dict[str, tuple[Program, Element]]:
    """The program and the element of each embedded object, by its relationship."""
    found: dict[str, tuple[Program, Element]] = {}
    for element in root.iter(q("o:OLEObject"), q("w:objectEmbed"), q("c:externalData"), _EMBEDDED):
        program: Program = WORKBOOK
        if element.tag == q("o:OLEObject"):
            linked = element.get("Type", "").casefold() == "link"
            program = None if linked else element.get("ProgID", "")
        elif element.tag == q("w:objectEmbed"):
            program = element.get(q("w:progId"), "")
        found[element.get(_ID, "")] = program, element
    return found


def judge(data: bytes, program: Program, budget: enclosed.Budget) -> tuple[str, str]:
    """Extension and content type of an object that may stay; raises Harmful."""
    if program is None or (program and _DOCUMENTS.match(program) is None):
        raise enclosed.Harmful("kind")
    if not program and data.startswith(MAGIC) and not legacy.names_a_document(data):
        raise enclosed.Harmful("kind")
    return enclosed.judge(data, budget)
