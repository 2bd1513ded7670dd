"""The tender as a whole and its lots; both have the same fields."""

from collections.abc import Iterator

from tender.formats import moments, values
from tender.formats.notice import Criterion, Deadline, Duration, Lot, Moment, Money
from tender.formats.ocds.nodes import Node, node, nodes, said, text, texts


def whole(tender: Node, language: str) -> Lot:
    """What the tender says, in the shape of a lot."""
    return _read(tender, nodes(tender, "items"), language, "tender", own_id=False)


def read(tender: Node, language: str) -> Iterator[Lot]:
    """The lots, each with the items that name it."""
    items: dict[str, list[Node]] = {}
    for item in nodes(tender, "items"):
        for lot_id in texts(item, "relatedLot"):
            items.setdefault(lot_id, []).append(item)
    for value in nodes(tender, "lots"):
        lot_id = text(value, "id") or ""
        yield _read(value, items.get(lot_id, []), language, lot_id or "lots", own_id=True)


def _read(value: Node, items: list[Node], language: str, place: str, *, own_id: bool) -> Lot:
    main, more = _cpv(value, items)
    return Lot(
        id=text(value, "id") if own_id else None,
        title=said(value, "title", language),
        description=said(value, "description", language),
        cpv=main,
        additional_cpv=more,
        estimated_value=money(node(value, "value"), f"{place}/value"),
        framework_max=money(
            node(value, "techniques", "frameworkAgreement", "value"), f"{place}/frameworkAgreement"
        ),
        deadline=_deadline(value, place),
        questions_deadline=_moment(value, place, "enquiryPeriod", "endDate"),
        opening=_moment(value, place, "bidOpening", "date"),
        criteria=tuple(_criteria(value, language)),
        duration=_duration(value),
        reserved=next(iter(texts(value, "otherRequirements", "reservedParticipation")), None),
        variants=text(value, "submissionTerms", "variantPolicy"),
        languages=texts(value, "submissionTerms", "languages"),
        documents_urls=_documents(value),
    )


def money(value: Node, place: str) -> Money | None:
    """An amount in plain decimal."""
    amount = text(value, "amount")
    return Money(values.plain(amount, place), text(value, "currency")) if amount else None


def _cpv(value: Node, items: list[Node]) -> tuple[str | None, tuple[str, ...]]:
    """The main code where only one is given, and all others."""
    own = list(_codes([value], "classification"))
    main = own or list(dict.fromkeys(_codes(items, "classification")))
    more = [*_codes([value, *items], "additionalClassifications")]
    if not own and len(main) > 1:
        return None, tuple(dict.fromkeys([*main, *more]))
    first = next(iter(main), None)
    rest = [*_codes(items, "classification"), *more]
    return first, tuple(code for code in dict.fromkeys(rest) if code != first)


def _codes(holders: list[Node], key: str) -> Iterator[str]:
    """The codes of the CPV; other vocabularies are not ours."""
    for holder in holders:
        for item in nodes(holder, key):
            code = text(item, "id")
            if code and (text(item, "scheme") or "").upper() == "CPV":
                yield code


def _deadline(value: Node, place: str) -> Deadline | None:
    end = _moment(value, place, "tenderPeriod", "endDate")
    return Deadline("tenders", end.date, end.time, end.offset, end.utc) if end else None


def _moment(value: Node, place: str, *path: str) -> Moment | None:
    return moments.stamp(text(value, *path), f"{place}/{'/'.join(path)}")


def _criteria(value: Node, language: str) -> Iterator[Criterion]:
    """The standard's one code, or the list that the European extension puts in its place."""
    listed = nodes(value, "awardCriteria", "criteria")
    code = text(value, "awardCriteria")
    if code:
        yield Criterion(code, None, said(value, "awardCriteriaDetails", language), None, None)
    for item in listed:
        number = next((n for n in nodes(item, "numbers") if text(n, "weight")), {})
        yield Criterion(
            text(item, "type"),
            said(item, "name", language),
            said(item, "description", language),
            text(number, "number"),
            text(number, "weight"),
        )


def _duration(value: Node) -> Duration | None:
    days = text(value, "contractPeriod", "durationInDays")
    return values.duration(days, "DAY")


def _documents(value: Node) -> tuple[str, ...]:
    found = (text(item, "url") for item in nodes(value, "documents"))
    return tuple(dict.fromkeys(item for item in found if item))
