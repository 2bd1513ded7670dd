"""The lots of a form, and what it says once for all of them."""

from collections.abc import Iterator

from tender.formats import moments, values
from tender.formats.notice import Criterion, Deadline, Duration, Lot, Moment
from tender.formats.ted.header import codes, deadline, due
from tender.formats.ted.kinds import awaited
from tender.formats.ted.sides import Sides
from tender.formats.tree import NOTHING, Element

FORMS = frozenset(
    {
        *(f"F{n:02}" for n in range(1, 9)),
        *(f"F{n}" for n in (12, 13, 14, 15, 20, 21, 22, 23, 24, 25)),
    }
    | {"T01", "T02"}
)
_CRITERIA = {"AC_QUALITY": "quality", "AC_COST": "cost", "AC_PRICE": "price", "AC_CRITERION": None}
_HOLDERS = (
    "AC",
    "DIRECTIVE_2014_24_EU",
    "DIRECTIVE_2014_25_EU",
    "DIRECTIVE_2014_23_EU",
    "DIRECTIVE_2009_81_EC",
)
_RESERVED = (
    "RESTRICTED_SHELTERED_WORKSHOP",
    "RESTRICTED_SHELTERED_PROGRAM",
    "RESERVED_ORGANISATIONS_SERVICE_MISSION",
)


def whole(forms: Sides, subject: Sides, header: Element, kind: str) -> Lot:
    """What holds for all lots, in the shape of one."""
    form = forms.element
    return Lot(
        title=subject.texts("TITLE"),
        description=subject.texts("SHORT_DESCR"),
        cpv=next(iter(codes(subject.element, "CPV_MAIN/CPV_CODE")), None),
        estimated_value=values.money(
            subject.element.first("VAL_ESTIMATED_TOTAL"), "VAL_ESTIMATED_TOTAL", "CURRENCY"
        ),
        deadline=_deadline(form, header, kind),
        opening=_opening(form.first("PROCEDURE/OPENING_CONDITION") or NOTHING),
        criteria=_prose(forms),
        reserved=next((name for name in _RESERVED if form.first(f"LEFTI/{name}")), None),
        languages=codes(form, "PROCEDURE/LANGUAGES/LANGUAGE", "VALUE"),
        documents_urls=tuple(form.texts_at("CONTRACTING_BODY/URL_DOCUMENT")),
        submission_url=form.text_at("CONTRACTING_BODY/URL_PARTICIPATION"),
    )


def read(objects: list[Sides]) -> Iterator[Lot]:
    """The lots of all objects of a form, in document order."""
    for subject in objects:
        for description in subject.every("OBJECT_DESCR"):
            yield _lot(description)


def procedure(form: Element) -> str | None:
    """The name of the element that says the type of procedure, such as PT_OPEN."""
    holder = form.first("PROCEDURE") or NOTHING
    nested = [child for child in holder.children if child.name.startswith("DIRECTIVE_")]
    names = (child.name for parent in (holder, *nested) for child in parent.children)
    return next((name for name in names if name.startswith("PT_")), None)


def _deadline(form: Element, header: Element, kind: str) -> Deadline | None:
    day = form.text_at("PROCEDURE/DATE_RECEIPT_TENDERS")
    if kind != "competition" and day is None:
        return None
    moment = due(header, day, form.text_at("PROCEDURE/TIME_RECEIPT_TENDERS"))
    return deadline(moment, awaited(form, procedure(form)))


def _opening(element: Element) -> Moment | None:
    day, clock = element.text_at("DATE_OPENING_TENDERS"), element.text_at("TIME_OPENING_TENDERS")
    return moments.moment(day, clock, "DATE_OPENING_TENDERS, TIME_OPENING_TENDERS") if day else None


def _lot(sides: Sides) -> Lot:
    element = sides.element
    return Lot(
        number=element.text_at("LOT_NO"),
        title=sides.texts("TITLE"),
        description=sides.texts("SHORT_DESCR"),
        additional_cpv=codes(element, "CPV_ADDITIONAL/CPV_CODE"),
        nuts=codes(element, "NUTS"),
        estimated_value=values.money(element.first("VAL_OBJECT"), "VAL_OBJECT", "CURRENCY"),
        criteria=tuple(_criteria(sides)),
        duration=_duration(element.first("DURATION")),
        variants=next(
            (name for name in ("ACCEPTED_VARIANTS", "NO_ACCEPTED_VARIANTS") if element.first(name)),
            None,
        ),
    )


def _criteria(lot: Sides) -> Iterator[Criterion]:
    """The criteria, wherever a form puts them; "in the documents" is none."""
    for holder in [lot, *lot.every(*_HOLDERS)]:
        for name, kind in _CRITERIA.items():
            yield from (_criterion(item, kind) for item in holder.every(name))


def _criterion(item: Sides, kind: str | None) -> Criterion:
    named = item.texts("AC_CRITERION") if kind else item.texts()
    return Criterion(kind, named, None, item.element.text_at("AC_WEIGHTING"), None)


def _prose(forms: Sides) -> tuple[Criterion, ...]:
    """A design contest tells its criteria in prose."""
    told = forms.texts("PROCEDURE/CRITERIA_EVALUATION")
    return (Criterion(None, None, told, None, None),) if told else ()


def _duration(element: Element | None) -> Duration | None:
    if element is None:
        return None
    return values.duration(element.text or None, element.attributes.get("TYPE"))
