"""Forms F16 to F19 (defence): R2.0.9 keeps them in the older layout, so leaves go by their names.

Written from the schema's names; no published notice of these forms was at hand.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType

from tender.formats import values
from tender.formats.notice import Buyer, Criterion, Deadline, Lot, Money, Texts
from tender.formats.spreading import MAX_LOTS, spread
from tender.formats.ted import header as heads
from tender.formats.ted.kinds import awaited
from tender.formats.ted.said import Said
from tender.formats.ted.sides import Side, Sides, text_at
from tender.formats.tree import NOTHING, Element

CODES: Mapping[str, str] = MappingProxyType(
    {
        "PRIOR_INFORMATION_DEFENCE": "F16",
        "CONTRACT_DEFENCE": "F17",
        "CONTRACT_AWARD_DEFENCE": "F18",
        "CONTRACT_CONCESSIONAIRE_DEFENCE": "F19",
    }
)
MOST = MAX_LOTS + 1


def is_one(code: str) -> bool:
    """True for the forms of the defence directive."""
    return code in CODES.values()


def read(forms: Sides, header: Element, kind: str) -> Said:
    """What the form says, by the names of the notice's fields."""
    form = forms.element
    whole = _whole(forms, header, kind)
    return Said(
        dispatched_at=heads.dispatched(_day(_leaf(form, "NOTICE_DISPATCH_DATE")), header),
        previous=heads.previous(form, header),
        buyers=(_buyer(forms),),
        title=whole.title,
        description=whole.description,
        nature=next((v for c in form.children if (v := c.attributes.get("CTYPE"))), None),
        procedure_type=_procedure(form),
        cpv=whole.cpv,
        additional_cpv=whole.additional_cpv,
        estimated_value=whole.estimated_value,
        divided=_divided(form),
        lots=spread(_lots(forms, kind), whole, call=kind == "competition"),
    )


def _whole(forms: Sides, header: Element, kind: str) -> Lot:
    form = forms.element
    cpv = _leaf(form, "CPV")
    return Lot(
        title=_texts(forms, "TITLE_CONTRACT"),
        description=_texts(forms, "SHORT_CONTRACT_DESCRIPTION"),
        cpv=next(iter(heads.codes(cpv, "CPV_MAIN/CPV_CODE")), None),
        additional_cpv=heads.codes(cpv, "CPV_ADDITIONAL/CPV_CODE"),
        nuts=heads.codes(_leaf(form, "LOCATION_NUTS"), "NUTS"),
        estimated_value=_value(form),
        deadline=_deadline(form, header) if kind == "competition" else None,
        criteria=tuple(_criteria(forms)),
        languages=heads.codes(_leaf(form, "LANGUAGE"), "LANGUAGE_EC", "VALUE"),
    )


def _deadline(form: Element, header: Element) -> Deadline | None:
    limit = _leaf(form, "RECEIPT_LIMIT_DATE")
    moment = heads.due(header, _day(limit), limit.text_at("TIME"))
    return heads.deadline(moment, awaited(form, _procedure(form)))


def _lots(forms: Sides, kind: str) -> Iterator[Lot]:
    if kind == "result":  # there a lot's number stands in the contracts awarded
        return
    found = [list(islice(side.element.holders("LOT_NUMBER"), MOST)) for side in forms.sides]
    alike = [at for at, items in enumerate(found) if len(items) == len(found[0])]
    for index, element in enumerate(found[0]):
        sides = Sides(tuple(Side(forms.sides[at].language, found[at][index]) for at in alike))
        cpv = _leaf(element, "CPV")
        yield Lot(
            number=element.text_at("LOT_NUMBER"),
            title=_texts(sides, "LOT_TITLE"),
            description=_texts(sides, "LOT_DESCRIPTION"),
            cpv=next(iter(heads.codes(cpv, "CPV_MAIN/CPV_CODE")), None),
            additional_cpv=heads.codes(cpv, "CPV_ADDITIONAL/CPV_CODE"),
        )


def _criteria(forms: Sides) -> Iterator[Criterion]:
    language = forms.sides[0].language or "und"
    if next(forms.element.below("LOWEST_PRICE"), None):
        yield Criterion("price", None, None, None, None)
    for item in islice(forms.element.below("CRITERIA_DEFINITION"), MOST):
        name, weight = text_at(item, "CRITERIA"), item.text_at("WEIGHTING")
        yield Criterion(None, {language: name} if name else None, None, weight, None)


def _buyer(forms: Sides) -> Buyer:
    body = _leaf(forms.element, "CA_CE_CONCESSIONAIRE_PROFILE")
    country = _leaf(body, "COUNTRY").attributes.get("VALUE")
    return Buyer(
        name=_texts(forms, "OFFICIALNAME"),
        national_id=_leaf(body, "NATIONALID").text or None,
        country=country,
        nuts=None,
        city=_leaf(body, "TOWN").text or None,
    )


def _value(form: Element) -> Money | None:
    costs = _leaf(form, "COSTS_RANGE_AND_CURRENCY")
    amount = _leaf(costs, "VALUE_COST").attributes.get("FMTVAL")
    if not amount:
        return None
    return Money(values.decimal(amount, "VALUE_COST"), costs.attributes.get("CURRENCY"))


def _procedure(form: Element) -> str | None:
    names = (item.name.partition("_PT_") for item in form.walk())
    return next((f"PT_{rest}" if mark else start for start, mark, rest in names
                 if mark or start.startswith("PT_")), None)  # fmt: skip


def _divided(form: Element) -> bool | None:
    names = {item.name for item in form.walk()}
    if "DIV_INTO_LOT_NO" in names:
        return False
    return True if any(name.endswith("DIV_INTO_LOT_YES") for name in names) else None


def _day(element: Element) -> str | None:
    parts = [element.text_at(name) for name in ("YEAR", "MONTH", "DAY")]
    return "-".join(part.zfill(2) for part in parts if part) or None


def _texts(sides: Sides, name: str) -> Texts | None:
    found = {
        side.language or "und": text
        for side in sides.sides
        if (text := text_at(_leaf(side.element, name)))
    }
    return found or None


def _leaf(element: Element, name: str) -> Element:
    """The first element of that name, however deep."""
    return next(element.below(name), NOTHING)
