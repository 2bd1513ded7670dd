"""Notices as values and as files, invented in the likeness of published ones."""

from dataclasses import replace
from xml.sax.saxutils import escape

from tender.formats.notice import Buyer, Deadline, Lot, Money, Notice

PROCEDURE = "5e4b1c2a-7d3f-4c1e-9a55-0b1f2d3c4e5f"


def due(date: str = "2026-12-14", time: str | None = "12:00:00", offset: str | None = "+01:00"):
    return Deadline("tenders", date, time, offset, None)


def lot(n: int, **changed) -> Lot:
    made = Lot(
        id=f"LOT-{n:04d}", number=str(n), title={"fra": f"Secteur {n}"}, cpv="90911200",
        nuts=("FRE11",), estimated_value=Money("100000", "EUR"), deadline=due(),
    )  # fmt: skip
    return replace(made, **changed)


def call(**changed) -> Notice:
    made = Notice(
        format="eforms", native_id="0a1b2c3d-0000-4000-8000-000000000001", version="01",
        procedure_id=PROCEDURE, dispatched_at="2026-11-10T09:00:00+01:00",
        published_on="2026-11-12", kind="competition", language="fra",
        buyers=(Buyer({"fra": "Ville de Brévelles"}, None, "FRA", "FRE11", "Brévelles"),),
        title={"fra": "Nettoyage des écoles"}, lots=(lot(1), lot(2)),
    )  # fmt: skip
    return replace(made, **changed)


def change(n: int = 2, *, kind: str = "change", **changed) -> Notice:
    """The n-th notice of the same procedure, sent n days after the first."""
    return call(
        native_id=f"0a1b2c3d-0000-4000-8000-{n:012d}", kind=kind,
        dispatched_at=f"2026-11-{10 + n}T09:00:00+01:00", **changed,
    )  # fmt: skip


def eforms(title: str = "Nettoyage des écoles") -> bytes:
    """The least that an eForms notice can be."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:ID schemeName="notice-id">0a1b2c3d-0000-4000-8000-000000000001</cbc:ID>
 <cbc:ContractFolderID>5e4b1c2a-7d3f-4c1e-9a55-0b1f2d3c4e5f</cbc:ContractFolderID>
 <cbc:IssueDate>2026-11-10+01:00</cbc:IssueDate><cbc:IssueTime>09:00:00+01:00</cbc:IssueTime>
 <cbc:VersionID>01</cbc:VersionID>
 <cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
 <cbc:NoticeLanguageCode>FRA</cbc:NoticeLanguageCode>
 <cac:ProcurementProject>
  <cbc:Name languageID="FRA">{escape(title)}</cbc:Name>
 </cac:ProcurementProject>
 <cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID></cac:ProcurementProjectLot>
</ContractNotice>""".encode()
