"""A demonstration call as an eForms notice."""

from datetime import date, datetime

from lxml import etree

from tender.demo.calls.spec import Buyer, Call, Lot

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_EU = "http://data.europa.eu/p27/eforms-"
NAMESPACES = {
    "cac": f"{_UBL}CommonAggregateComponents-2",
    "cbc": f"{_UBL}CommonBasicComponents-2",
    "ext": f"{_UBL}CommonExtensionComponents-2",
    "efext": f"{_EU}ubl-extensions/1",
    "efac": f"{_EU}ubl-extension-aggregate-components/1",
    "efbc": f"{_EU}ubl-extension-basic-components/1",
}
_EXTENSION = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
_PROFILE = "https://marches.demo.example"


def notice(call: Call, today: date) -> bytes:
    """The notice, as the publisher would send it out."""
    root = tree(call, today)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def tree(call: Call, today: date) -> etree._Element:
    """The notice's root element."""
    known = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    root = etree.fromstring(f'<ContractNotice xmlns="{_UBL}ContractNotice-2" {known}/>')
    _extension(root, call, today)
    _head(root, call, today)
    _rules(root, call)
    _project(root, call.title, call.description, call.table[0].cpv, call)
    for at, lot in enumerate(call.table, start=1):
        _lot(root, call, lot, at, call.deadline(today))
    return root


def _put(parent: etree._Element, path: str, text: str = "", **attributes: str) -> etree._Element:
    """A new last element at a path, in elements of its own; the deepest is given back."""
    for name in path.split("/"):
        prefix, _, local = name.partition(":")
        parent = etree.SubElement(parent, f"{{{NAMESPACES[prefix]}}}{local}")
    parent.text = text or None
    for key, value in attributes.items():
        parent.set(key, value)
    return parent


def _words(parent: etree._Element, path: str, text: str) -> None:
    _put(parent, path, " ".join(text.split()), languageID="FRA")


def _code(parent: etree._Element, path: str, text: str, listed: str) -> None:
    _put(parent, path, text, listName=listed)


def _extension(root: etree._Element, call: Call, today: date) -> None:
    extension = _put(root, _EXTENSION)
    if call.of:
        _changes(extension, call, today)
    _code(extension, "efac:NoticeSubType/cbc:SubTypeCode", call.subtype, "notice-subtype")
    organisations = _put(extension, "efac:Organizations")
    _company(organisations, "ORG-0001", call.who)
    publication = _put(extension, "efac:Publication")
    number = f"{int(call.id('number', today)[:5], 16):08}-{call.published(today).year}"
    _put(publication, "efbc:NoticePublicationID", number, schemeName="ojs-notice-id")
    _put(publication, "efbc:PublicationDate", f"{call.published(today).isoformat()}Z")


def _changes(extension: etree._Element, call: Call, today: date) -> None:
    changes = _put(extension, "efac:Changes")
    earlier = f"{call.earlier().id('notice', today)}-01"
    _put(changes, "efbc:ChangedNoticeIdentifier", earlier)
    reason = _put(changes, "efac:ChangeReason")
    _code(reason, "cbc:ReasonCode", call.reason or "", "change-corrig-justification")
    _words(reason, "efbc:ReasonDescription", call.told or "")
    _put(changes, "efac:Change/efac:ChangedSection/efbc:ChangedSectionIdentifier", "PROCEDURE")


def _company(organisations: etree._Element, reference: str, buyer: Buyer) -> None:
    company = _put(organisations, "efac:Organization/efac:Company")
    _put(company, "cac:PartyIdentification/cbc:ID", reference, schemeName="organization")
    _words(company, "cac:PartyName/cbc:Name", buyer.name)
    address = _put(company, "cac:PostalAddress")
    _put(address, "cbc:CityName", buyer.city)
    _put(address, "cbc:PostalZone", buyer.postcode)
    _code(address, "cbc:CountrySubentityCode", buyer.nuts, "nuts-lvl3")
    _code(address, "cac:Country/cbc:IdentificationCode", "FRA", "country")
    _put(company, "cac:PartyLegalEntity/cbc:CompanyID", buyer.siret)


def _head(root: etree._Element, call: Call, today: date) -> None:
    sent = call.published(today).isoformat()
    _put(root, "cbc:UBLVersionID", "2.3")
    _put(root, "cbc:CustomizationID", "eforms-sdk-1.13")
    _put(root, "cbc:ID", call.id("notice", today), schemeName="notice-id")
    _put(root, "cbc:ContractFolderID", call.earlier().id("procedure", today))
    _put(root, "cbc:IssueDate", f"{sent}Z")
    _put(root, "cbc:IssueTime", "08:30:00Z")
    _put(root, "cbc:VersionID", "01")
    _put(root, "cbc:RegulatoryDomain", "32014L0024")
    kind = "cn-social" if call.subtype == "20" else "cn-standard"
    _code(root, "cbc:NoticeTypeCode", kind, "competition")
    _code(root, "cbc:NoticeLanguageCode", "FRA", "language")
    party = _put(root, "cac:ContractingParty")
    _put(party, "cbc:BuyerProfileURI", _PROFILE)
    _put(party, "cac:Party/cac:PartyIdentification/cbc:ID", "ORG-0001", schemeName="organization")


def _rules(root: etree._Element, call: Call) -> None:
    terms = _put(root, "cac:TenderingTerms")
    if call.most:
        limits = _put(terms, "cac:LotDistribution")
        _put(limits, "cbc:MaximumLotsAwardedNumeric", str(call.most))
        _put(limits, "cbc:MaximumLotsSubmittedNumeric", str(call.most))
    process = _put(root, "cac:TenderingProcess")
    _code(process, "cbc:ProcedureCode", call.procedure, "procurement-procedure-type")


def _project(
    parent: etree._Element, title: str, description: str, cpv: str, call: Call
) -> etree._Element:
    project = _put(parent, "cac:ProcurementProject")
    _put(project, "cbc:ID", call.slug.upper())
    _words(project, "cbc:Name", title)
    _words(project, "cbc:Description", description)
    _code(project, "cbc:ProcurementTypeCode", "services", "contract-nature")
    _code(project, "cac:MainCommodityClassification/cbc:ItemClassificationCode", cpv, "cpv")
    place = _put(project, "cac:RealizedLocation/cac:Address")
    _code(place, "cbc:CountrySubentityCode", call.who.nuts, "nuts-lvl3")
    return project


def _lot(root: etree._Element, call: Call, lot: Lot, at: int, due: datetime) -> None:
    element = _put(root, "cac:ProcurementProjectLot")
    _put(element, "cbc:ID", f"LOT-{at:04}", schemeName="Lot")
    _terms(element, call, lot)
    _deadlines(element, due)
    project = _project(element, lot.title, lot.description, lot.cpv, call)
    project[0].text = str(at)
    amount = _put(project, "cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount")
    amount.text = str(lot.value)
    amount.set("currencyID", "EUR")
    _put(project, "cac:PlannedPeriod/cbc:DurationMeasure", str(call.months), unitCode="MONTH")


def _terms(element: etree._Element, call: Call, lot: Lot) -> None:
    terms = _put(element, "cac:TenderingTerms")
    _code(terms, "cbc:VariantConstraintCode", "not-allowed", "permission")
    documents = _put(terms, "cac:CallForTendersDocumentReference")
    _put(documents, "cac:Attachment/cac:ExternalReference/cbc:URI", f"{_PROFILE}/dce/{call.slug}")
    _code(
        terms,
        "cac:TendererQualificationRequest/cac:SpecificTendererRequirement/"
        "cbc:TendererRequirementTypeCode",
        "res-ws" if lot.reserved else "none",
        "reserved-procurement",
    )
    criteria = _put(terms, "cac:AwardingTerms/cac:AwardingCriterion")
    for kind, name, weight in call.weights:
        criterion = _put(criteria, "cac:SubordinateAwardingCriterion")
        parameter = _put(criterion, f"{_EXTENSION}/efac:AwardCriterionParameter")
        _code(parameter, "efbc:ParameterCode", "per-exa", "number-weight")
        _put(parameter, "efbc:ParameterNumeric", str(weight))
        _code(criterion, "cbc:AwardingCriterionTypeCode", kind, "award-criterion-type")
        _words(criterion, "cbc:Name", name)
    _put(terms, "cac:TenderRecipientParty/cbc:EndpointID", f"{_PROFILE}/depot/{call.slug}")
    _code(terms, "cac:Language/cbc:ID", "FRA", "language")


def _deadlines(element: etree._Element, due: datetime) -> None:
    process = _put(element, "cac:TenderingProcess")
    offset = due.isoformat()[-6:]
    period = _put(process, "cac:TenderSubmissionDeadlinePeriod")
    _put(period, "cbc:EndDate", f"{due.date().isoformat()}{offset}")
    _put(period, "cbc:EndTime", f"{due:%H:%M:%S}{offset}")
