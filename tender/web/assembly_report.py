"""The report of a run: what became of each section; all of it, or one's own."""

import json
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tender.assembly import queries
from tender.assembly.ascii_names import document_name
from tender.assembly.models import AssemblyRun
from tender.assembly.rules import RunKind, RunState
from tender.bids.models import Bid
from tender.bids.queries import NOWHERE
from tender.bids.rules import Standing
from tender.contributions.queries import sections_of
from tender.core import clock, setup
from tender.core.errors import NotFound
from tender.core.orm import Json
from tender.core.transaction import Session, reading, transaction
from tender.history.service import record
from tender.web import bid_view, report_view, run_view
from tender.web.assembly import bp, place_of, shown_sections
from tender.web.vault import attachment
from tender.web.visitor import actor

FILE = "-rapport.json"


@bp.get("/assemblages/<uuid:run_id>/rapport")
def report(ref: str, run_id: UUID) -> ResponseReturnValue:
    """What was kept, changed, dropped or refused, section by section."""
    with reading(actor()) as session:
        bid, standing = place_of(session, ref)
        found = _finished(session, bid, run_id)
        everything = shown_sections(standing, found) is None
        sections = told(session, bid, standing, found)
        only = request.args.get("voir") == "remarques"
        return render_template(
            "assembly/report.html",
            bid=bid_view.header(session, actor(), bid, now=clock.now()).values,
            run=run_view.result(found, []),
            sections=[s for s in sections if s["remarks"] or not only],
            missing=[s for s in sections if s["missing"]],
            counts={"all": len(sections), "remarks": sum(1 for s in sections if s["remarks"])},
            only_remarks=only,
            everything=everything,
            findings=run_view.findings(found) if everything else [],
        )


def _finished(session: Session, bid: Bid, run_id: UUID) -> AssemblyRun:
    found = queries.run_of(session, bid.id, run_id)
    if found.state is not RunState.SUCCEEDED:
        raise NotFound(NOWHERE)
    return found


def told(
    session: Session, bid: Bid, standing: Standing, found: AssemblyRun
) -> list[dict[str, Any]]:
    """Give the report of the sections that the person may read about."""
    numbers = {str(s.id): s.number for s in sections_of(session, bid.id)}
    return report_view.sections(_whole(found), bid.ref, numbers, shown_sections(standing, found))


def _whole(found: AssemblyRun) -> Json:
    """Give the report as its file has it, with details that the row leaves out."""
    key = next((str(f["key"]) for f in found.files if str(f["name"]).endswith(FILE)), None)
    try:
        whole: Json = json.loads(setup.storage().get(key)) if key else found.report
    except (FileNotFoundError, ValueError):
        return found.report
    return whole


@bp.get("/assemblages/<uuid:run_id>/rapport.json")
def report_file(ref: str, run_id: UUID) -> ResponseReturnValue:
    """Take the same report away as plain values; the audit keeps who did."""
    with transaction(actor()) as session:
        bid, standing = place_of(session, ref)
        found = _finished(session, bid, run_id)
        name = f"{document_name(bid.ref, trial=found.kind is RunKind.TRIAL)}{FILE}"
        plain = _plain(found, shown_sections(standing, found))
        record(session, actor(), "assembly.downloaded", now=clock.now(), object_id=found.id,
               bid_id=bid.id, number=found.number, file=name)  # fmt: skip
    data = json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return attachment(data, name, "application/json")


def _plain(found: AssemblyRun, shown: frozenset[str] | None) -> Json:
    whole = _whole(found)
    listed: Any = whole.get("sections") or []
    if shown is None:
        return whole
    return {"sections": [s for s in listed if s.get("id") in shown]}
