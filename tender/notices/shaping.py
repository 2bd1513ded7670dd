"""What a notice's neutral value says of its tender and its lots, as values for our columns."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from tender.core.orm import Json
from tender.formats.notice import Buyer, Deadline, Lot, Money, Notice, Texts
from tender.notices import rules
from tender.notices.deadlines import binding
from tender.notices.zones import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LotFacts:
    """The columns of a lot, as a notice gives them; `written_number` is the buyer's own."""

    native_id: str
    written_number: str | None
    title: str
    description: str
    cpv: str | None
    nuts: list[str]
    estimated_value: Decimal | None
    reserved: str | None
    criteria: list[Json]
    duration: str | None
    deadline_kind: str | None = None
    deadline_date: str | None = None
    deadline_time: str | None = None
    deadline_offset: str | None = None
    deadline_at: datetime | None = None
    deadline_other_at: datetime | None = None

    def columns(self) -> dict[str, object]:
        """Give the values by column."""
        names = (item.name for item in fields(self) if item.name != "written_number")
        return {name: getattr(self, name) for name in names}


def said(texts: Texts | None) -> str:
    """Give a text in the notice's own language, which stands first."""
    return next(iter(texts.values()), "") if texts else ""


def zone(value: Notice) -> str:
    """Name the zone of the first buyer; a lot's place speaks for a buyer that gives none."""
    buyer = value.buyers[0] if value.buyers else Buyer(None, None, None, None, None)
    places = [place for lot in value.lots for place in lot.nuts]
    return zone_of(buyer.country, buyer.nuts or next(iter(places), None), value.departments)


def issued_at(value: Notice) -> datetime | None:
    """Tell when a notice was sent, else published; without an offset, by the buyer's clock."""
    written = value.dispatched_at or value.published_on
    if written is None:
        return None
    try:
        instant = datetime.fromisoformat(written)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=ZoneInfo(zone(value)))
        return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def title_of(value: Notice) -> str:
    """Give the title, else the first lot's, else the notice's number."""
    first = value.lots[0].title if value.lots else None
    return rules.line(said(value.title)) or rules.line(said(first)) or value.native_id


def tender_columns(value: Notice) -> dict[str, object]:
    """Give the columns of a tender that this notice says something of."""
    currency = _currency(value)
    told: dict[str, object] = {
        "title": title_of(value),
        "buyer": _buyers(value),
        "procedure_id": value.procedure_id,
        "procedure_type": value.procedure_type,
        "nature": value.nature,
        "description": rules.prose(said(value.description)) or None,
        "cpv": value.cpv or next((lot.cpv for lot in value.lots if lot.cpv), None),
        "nuts": _place(value),
        "estimated_value": _amount(value.estimated_value, currency, "Montant estimé"),
        "currency": currency,
        "language": value.language,
        "zone": zone(value),
        "max_lots_submit": value.max_lots_submit,
        "max_lots_award": value.max_lots_award,
    }
    return {name: what for name, what in told.items() if what is not None}


def published_on(value: Notice) -> date | None:
    """Give the day of publication."""
    return date.fromisoformat(value.published_on) if value.published_on else None


def lots_of(value: Notice) -> list[LotFacts]:
    """Give the lots; a call that lists none is one lot of its own."""
    lots = value.lots
    if not lots and value.kind == "competition":
        lots = (Lot(id="unique", title=value.title, cpv=value.cpv),)
    return [_lot(value, lot, place) for place, lot in enumerate(lots, 1)]


def _lot(value: Notice, lot: Lot, place: int) -> LotFacts:
    native_id = lot.id or f"position-{place}"
    description = rules.prose(said(lot.description))
    title = rules.line(said(lot.title)) or rules.line(description, 120) or title_of(value)
    facts = LotFacts(
        native_id=native_id,
        written_number=lot.number,
        title=rules.bare_title(title, lot.number or str(place)),
        description=description,
        cpv=lot.cpv,
        nuts=list(lot.nuts),
        estimated_value=_amount(lot.estimated_value, _currency(value), f"Lot {native_id}"),
        reserved=rules.reserved(lot.reserved),
        criteria=_criteria(lot),
        duration=_duration(lot),
    )
    return facts if lot.deadline is None else _dated(facts, lot.deadline, zone(value))


def _dated(facts: LotFacts, written: Deadline, where: str) -> LotFacts:
    found = binding(written.date, written.time, written.offset, where)
    return replace(
        facts,
        deadline_kind=written.kind,
        deadline_date=written.date,
        deadline_time=written.time,
        deadline_offset=written.offset,
        deadline_at=found.binding,
        deadline_other_at=found.other,
    )


def _buyers(value: Notice) -> str | None:
    names = dict.fromkeys(rules.line(said(buyer.name)) for buyer in value.buyers)
    return rules.line(" ; ".join(name for name in names if name)) or None


def _place(value: Notice) -> str | None:
    """Give the place of the work, else the buyer's."""
    bought = [buyer.nuts for buyer in value.buyers if buyer.nuts]
    return next(iter([*(place for lot in value.lots for place in lot.nuts), *bought]), None)


def _currency(value: Notice) -> str:
    stated = [value.estimated_value, *(lot.estimated_value for lot in value.lots)]
    return next((money.currency for money in stated if money and money.currency), "EUR")


def _amount(money: Money | None, currency: str, place: str) -> Decimal | None:
    """Give an amount in the tender's currency; one in another cannot stand in the same column."""
    if money is None or (money.currency or currency) != currency:
        return None
    return rules.amount(money.amount, place)


def _criteria(lot: Lot) -> list[Json]:
    return [
        {
            "type": item.type,
            "name": rules.line(said(item.name)),
            "description": rules.prose(said(item.description)),
            "weight": item.weight,
            "weight_kind": item.weight_kind,
        }
        for item in lot.criteria
    ]


def _duration(lot: Lot) -> str | None:
    if lot.duration is None:
        return None
    number = "" if lot.duration.number is None else f"{lot.duration.number:g}"
    return " ".join(filter(None, (number, lot.duration.unit))) or None
