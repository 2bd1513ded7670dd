"""eForms (UBL 2.3 with the EU's extensions): every root and subtype, all SDK versions alike.

Nothing is validated against one SDK version: several are in use side by side.
"""

from dataclasses import replace

from tender.formats import moments, values
from tender.formats.eforms import lots as eforms_lots
from tender.formats.eforms.lots import EXTENSION
from tender.formats.notice import Buyer, Change, Notice, Texts
from tender.formats.tree import NOTHING, Element
from tender.formats.unreadable import Unreadable

ROOTS = {
    "ContractNotice",
    "PriorInformationNotice",
    "ContractAwardNotice",
    "BusinessRegistrationInformationNotice",
}
# The registrations of companies (X01, X02) are the Union's own, outside UBL.
NAMESPACES = (
    "urn:oasis:names:specification:ubl:schema:xsd:",
    "http://data.europa.eu/p27/eforms-business-registration-information-notice/",
)
_KIND_OF_FORM = {
    "planning": "planning",
    "consultation": "planning",
    "competition": "competition",
    "change": "change",
    "result": "result",
    "cont-modif": "modification",
}
_KIND_OF_SUBTYPE = (
    ("planning", {*map(str, range(1, 10)), "E1", "E2", "T01"}),
    ("competition", {*map(str, range(10, 25)), "CEI", "E3"}),
    ("result", {*map(str, range(29, 38)), "E4", "T02"}),
    ("modification", {"38", "39", "40", "E6"}),
)


def read(root: Element, *, native_id: str | None = None) -> Notice:
    """The notice of an eForms root element; `native_id` when a bulletin gives it its own."""
    own = values.language(root.text_at("NoticeLanguageCode"))
    project = root.first("ProcurementProject") or NOTHING
    terms = root.first("TenderingTerms/LotDistribution") or NOTHING
    lots = eforms_lots.read(root)
    return replace(
        _head(root, native_id, own),
        title=values.texts(project.every("Name"), own),
        description=values.texts(project.every("Description"), own),
        nature=eforms_lots.nature(project),
        procedure_type=root.text_at("TenderingProcess/ProcedureCode"),
        cpv=project.text_at(eforms_lots.CPV),
        additional_cpv=eforms_lots.additional_cpv(project),
        estimated_value=eforms_lots.estimated_value(project, "ProcurementProject"),
        framework_max=eforms_lots.framework_max(project, "ProcurementProject"),
        max_lots_submit=_limit(terms, "MaximumLotsSubmittedNumeric"),
        max_lots_award=_limit(terms, "MaximumLotsAwardedNumeric"),
        all_lots_required=_all_lots_required(root),
        divided=len(lots) > 1 if lots else None,
        lots=lots,
    )


def _head(root: Element, native_id: str | None, own: str | None) -> Notice:
    """The notice itself: its ids, dates, kind, language and buyers."""
    change = _change(root, own)
    return Notice(
        format="eforms",
        native_id=native_id or _native_id(root),
        version=root.text_at("VersionID"),
        publication_id=root.text_at(f"{EXTENSION}/Publication/NoticePublicationID"),
        procedure_id=root.text_at("ContractFolderID"),
        published_on=_published_on(root),
        dispatched_at=_dispatched_at(root),
        kind=_kind(root, change),
        subtype=_subtype(root),
        change=change,
        previous=_previous(root),
        language=own,
        buyers=_buyers(root, own),
    )


def _native_id(root: Element) -> str:
    ids = root.every("ID")
    named = [item for item in ids if item.attributes.get("schemeName") == "notice-id"]
    found = next((item.text for item in named or ids if item.text), None)
    if found is None:
        raise Unreadable("L’avis eForms n’a pas d’identifiant (BT-701, élément ID).")
    return found


def _published_on(root: Element) -> str | None:
    place = "Publication/PublicationDate"
    return moments.day(root.text_at(f"{EXTENSION}/{place}"), place)


def _dispatched_at(root: Element) -> str | None:
    sent = moments.moment(
        root.text_at("IssueDate"), root.text_at("IssueTime"), "IssueDate, IssueTime"
    )
    if sent is None:
        return None
    if sent.time is None:
        return sent.date
    return f"{sent.date}T{sent.time}{sent.offset or ''}"


def _subtype(root: Element) -> str | None:
    return root.text_at(f"{EXTENSION}/NoticeSubType/SubTypeCode")


def _kind(root: Element, change: Change | None) -> str:
    if change is not None:
        return "cancellation" if change.reason == "cancel" else "change"
    code = root.first("NoticeTypeCode") or NOTHING
    form = code.attributes.get("listName")
    if form:
        return _KIND_OF_FORM.get(form, "other")
    subtype = _subtype(root)
    return next((kind for kind, known in _KIND_OF_SUBTYPE if subtype in known), "other")


def _change(root: Element, own: str | None) -> Change | None:
    changes = root.first(f"{EXTENSION}/Changes")
    if changes is None:
        return None
    reasons = changes.every("ChangeReason/ReasonDescription")
    # The SDK moved the section's element between 1.3 and 1.13: look for it anywhere below.
    sections = [item.text for item in changes.walk() if item.name == "ChangedSectionIdentifier"]
    return Change(
        reason=changes.text_at("ChangeReason/ReasonCode"),
        description=values.texts([*reasons, *changes.every("Change/ChangeDescription")], own),
        sections=tuple(dict.fromkeys(section for section in sections if section)),
    )


def _previous(root: Element) -> tuple[str, ...]:
    return tuple(
        root.texts_at(
            f"{EXTENSION}/Changes/ChangedNoticeIdentifier",
            "TenderingProcess/NoticeDocumentReference/ID",
        )
    )


def _limit(terms: Element, name: str) -> int | None:
    return values.count(terms.text_at(name), f"LotDistribution/{name}")


def _all_lots_required(root: Element) -> bool | None:
    code = root.text_at("TenderingProcess/PartPresentationCode")
    return None if code is None else code == "all"


def _buyers(root: Element, own: str | None) -> tuple[Buyer, ...]:
    """The parties that the notice names as buyers; the first organisation is often another."""
    known = _organisations(root)
    wanted = root.texts_at("ContractingParty/Party/PartyIdentification/ID")
    return tuple(_buyer(*known[reference], own) for reference in wanted if reference in known)


def _organisations(root: Element) -> dict[str, tuple[Element, Element]]:
    """Each party by its reference, with the company that it is or belongs to."""
    found: dict[str, tuple[Element, Element]] = {}
    for organisation in root.every(f"{EXTENSION}/Organizations/Organization"):
        company = organisation.first("Company") or NOTHING
        for party in (company, *organisation.every("TouchPoint")):
            reference = party.text_at("PartyIdentification/ID")
            if reference:
                found.setdefault(reference, (party, company))
    return found


def _buyer(party: Element, company: Element, own: str | None) -> Buyer:
    return Buyer(
        name=_name(party, own) or _name(company, own),
        national_id=company.text_at("PartyLegalEntity/CompanyID"),
        country=_address(party, company, "PostalAddress/Country/IdentificationCode"),
        nuts=_address(party, company, "PostalAddress/CountrySubentityCode"),
        city=_address(party, company, "PostalAddress/CityName"),
    )


def _name(party: Element, own: str | None) -> Texts | None:
    return values.texts(party.every("PartyName/Name"), own)


def _address(party: Element, company: Element, path: str) -> str | None:
    return party.text_at(path) or company.text_at(path)
