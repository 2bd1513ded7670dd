"""Notices as values and as files, invented in the likeness of published ones."""

from dataclasses import replace

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


def change(n: int = 2, **changed) -> Notice:
    """The n-th notice of the same procedure, sent n days after the first."""
    return call(
        native_id=f"0a1b2c3d-0000-4000-8000-{n:012d}", kind="change",
        dispatched_at=f"2026-11-{10 + n}T09:00:00+01:00", **changed,
    )  # fmt: skip
