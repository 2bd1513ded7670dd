"""The lots of an eForms notice: never its groups of lots, never its parts."""

from collections.abc import Iterable, Iterator

from tender.formats import moments, values
from tender.formats.notice import Criterion, Deadline, Duration, Lot, Moment, Money
from tender.formats.spreading import counted, require_few
from tender.formats.tree import NOTHING, Element
from tender.formats.unreadable import Unreadable

EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"
CPV = "MainCommodityClassification/ItemClassificationCode"
_PERIODS = (
    ("tenders", "TenderSubmissionDeadlinePeriod"),
    ("requests", "ParticipationRequestReceptionPeriod"),
    ("interest", f"{EXTENSION}/InterestExpressionReceptionPeriod"),
)


def read(root: Element) -> tuple[Lot, ...]:
    """All lots in document order, each with an id of its own."""
    found = [lot for lot in root.every("ProcurementProjectLot") if _is_lot(lot)]
    require_few(len(found))
    own = values.language(root.text_at("NoticeLanguageCode"))
    return tuple(counted(_once(_lot(element, own) for element in found)))


def _once(lots: Iterable[Lot]) -> Iterator[Lot]:
    seen: set[str | None] = set()
    for lot in lots:
        if lot.id in seen:
            raise Unreadable("Le lot {lot} figure deux fois dans l’avis.", lot=lot.id or "")
        seen.add(lot.id)
        yield lot


def nature(project: Element) -> str | None:
    """The main nature of the contract; other lists of codes share the element."""
    for code in project.every("ProcurementTypeCode"):
        if code.text and is_of(code, "contract-nature"):
            return code.text
    return None


def is_of(code: Element, name: str) -> bool:
    """True for a code of that list, or of a country's own edition ("eforms-contract-nature")."""
    return code.attributes.get("listName", name).endswith(name)


def additional_cpv(project: Element) -> tuple[str, ...]:
    """The further CPV codes, each once."""
    path = "AdditionalCommodityClassification/ItemClassificationCode"
    return tuple(project.texts_at(path))


def estimated_value(project: Element, place: str) -> Money | None:
    """The estimated value of a project."""
    path = "RequestedTenderTotal/EstimatedOverallContractAmount"
    return values.money(project.first(path), f"{place}/{path}")


def framework_max(project: Element, place: str) -> Money | None:
    """The ceiling of a framework agreement."""
    path = f"RequestedTenderTotal/{EXTENSION}/FrameworkMaximumAmount"
    return values.money(project.first(path), f"{place}/FrameworkMaximumAmount")


def _is_lot(element: Element) -> bool:
    return any(item.attributes.get("schemeName") == "Lot" for item in element.every("ID"))


def _lot(element: Element, own: str | None) -> Lot:
    place = element.text_at("ID")
    if place is None:
        raise Unreadable("Un lot de l’avis n’a pas d’identifiant (BT-137, élément ID).")
    project = element.first("ProcurementProject") or NOTHING
    terms = element.first("TenderingTerms") or NOTHING
    process = element.first("TenderingProcess") or NOTHING
    return Lot(
        id=place,
        number=project.text_at("ID"),
        title=values.texts(project.every("Name"), own),
        description=values.texts(project.every("Description"), own),
        cpv=project.text_at(CPV),
        additional_cpv=additional_cpv(project),
        nuts=tuple(project.texts_at("RealizedLocation/Address/CountrySubentityCode")),
        estimated_value=estimated_value(project, place),
        framework_max=framework_max(project, place),
        deadline=_deadline(process, place),
        questions_deadline=_end(process, "AdditionalInformationRequestPeriod", place),
        opening=_opening(process, place),
        criteria=tuple(_criteria(terms, own)),
        duration=_duration(project),
        reserved=_reserved(terms),
        variants=terms.text_at("VariantConstraintCode"),
        languages=tuple(terms.texts_at("Language/ID")),
        documents_urls=tuple(
            terms.texts_at("CallForTendersDocumentReference/Attachment/ExternalReference/URI")
        ),
        submission_url=terms.text_at("TenderRecipientParty/EndpointID"),
    )


def _deadline(process: Element, lot: str) -> Deadline | None:
    """Of the steps that a lot gives a term for, the first one due: missing it ends the bid."""
    due = []
    for kind, path in _PERIODS:
        end = _end(process, path, lot)
        if end is not None:
            due.append(Deadline(kind, end.date, end.time, end.offset, end.utc))
    return min(due, key=lambda item: (item.date, item.time or "23:59:59"), default=None)


def _end(process: Element, path: str, lot: str) -> Moment | None:
    if process.first(path) is None:
        return None
    place = f"{lot}/{path.rpartition('/')[2]}"
    days, clocks = process.every(f"{path}/EndDate"), process.every(f"{path}/EndTime")
    if len(days) > 1 or len(clocks) > 1:
        raise Unreadable("{place} : deux dates limites pour un même lot.", place=place)
    return moments.moment(_text(days), _text(clocks), f"{place}/EndDate, EndTime")


def _opening(process: Element, lot: str) -> Moment | None:
    event = process.first("OpenTenderEvent") or NOTHING
    place = f"{lot}/OpenTenderEvent/OccurrenceDate, OccurrenceTime"
    return moments.moment(event.text_at("OccurrenceDate"), event.text_at("OccurrenceTime"), place)


def _criteria(terms: Element, own: str | None) -> Iterator[Criterion]:
    path = "AwardingTerms/AwardingCriterion/SubordinateAwardingCriterion"
    for element in terms.every(path):
        weight, kind = _weight(element)
        yield Criterion(
            type=element.text_at("AwardingCriterionTypeCode"),
            name=values.texts(element.every("Name"), own),
            description=values.texts(element.every("Description"), own),
            weight=weight,
            weight_kind=kind,
        )


def _weight(criterion: Element) -> tuple[str | None, str | None]:
    """The weight among a criterion's numbers, which may also be thresholds or fixed values."""
    for parameter in criterion.every(f"{EXTENSION}/AwardCriterionParameter"):
        code = parameter.first("ParameterCode") or NOTHING
        number = parameter.text_at("ParameterNumeric")
        if number and is_of(code, "number-weight"):
            return number, code.text or None
    return None, None


def _duration(project: Element) -> Duration | None:
    period = project.first("PlannedPeriod") or NOTHING
    measure = period.first("DurationMeasure") or NOTHING
    if measure.text:
        unit = measure.attributes.get("unitCode") or None
        return values.duration(measure.text, unit)
    code = period.text_at("DescriptionCode")
    return Duration(None, code) if code else None


def _reserved(terms: Element) -> str | None:
    path = "TendererQualificationRequest/SpecificTendererRequirement/TendererRequirementTypeCode"
    for code in terms.every(path):
        if code.text and code.attributes.get("listName", "").endswith("reserved-procurement"):
            return code.text
    return None


def _text(elements: list[Element]) -> str | None:
    return elements[0].text or None if elements else None
