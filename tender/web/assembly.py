"""Assembling: control, runs, their results and files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tender.assembly import queries, service
from tender.assembly.manifest import all_approved, changes, same_facts
from tender.assembly.models import AssemblyRun
from tender.assembly.reporting import own_sections
from tender.assembly.rules import OVER, RunKind, choices_of
from tender.bids.findings import Severity
from tender.bids.models import Bid
from tender.bids.queries import NOWHERE, deadline_of, room, rules_of
from tender.bids.rules import WORKING, Stage, Standing, require_inside
from tender.core import clock, setup
from tender.core.errors import Conflict, Invalid, NotFound
from tender.core.transaction import Session, reading, transaction
from tender.history.service import record
from tender.submissions import queries as packages
from tender.submissions import rules as sealing
from tender.submissions import service as submissions
from tender.web import bid_view, forms, proof_view, report_view, run_view
from tender.web.assembly_forms import StartForm
from tender.web.deposits import DepositForm
from tender.web.refusals import refused, say
from tender.web.vault import attachment
from tender.web.visitor import actor

bp = Blueprint("assembly", __name__, url_prefix="/affaires/<ref>")
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "zip": "application/zip",
}


def place_of(session: Session, ref: str) -> tuple[Bid, Standing]:
    """Find the room, for those inside it; NotFound for the others."""
    bid, standing = room(session, actor(), ref)
    require_inside(standing)
    return bid, standing


@bp.get("/assemblage")
def index(ref: str) -> ResponseReturnValue:
    """The control before an assembly, and the runs so far."""
    return _index_page(ref, StartForm(), fill=True)


def _index_page(
    ref: str, form: StartForm, status: int = 200, *, fill: bool = False
) -> ResponseReturnValue:
    now = clock.now()
    with reading(actor()) as session:
        bid, standing = place_of(session, ref)
        shown = bid_view.header(session, actor(), bid, now=now)
        by = {
            severity: [
                bid_view.shown_finding(ref, f) for f in shown.findings if f.severity is severity
            ]
            for severity in Severity
        }
        consultation = rules_of(session, bid.id)
        runs = queries.runs_of(session, bid.id)
        if fill and runs:
            form.fill(choices_of(runs[0].manifest.get("settings")))
        page = render_template(
            "assembly/index.html",
            bid=shown.values,
            blocking=by[Severity.BLOCK],
            warnings=by[Severity.WARN],
            passed=[*by[Severity.INFORM], *by[Severity.OK]],
            checked_at=now,
            may_run=standing.coordinates and bid.stage in WORKING,
            may_final=not by[Severity.BLOCK],
            form=form,
            runs=_runs(session, bid, runs),
            platform=_platform(consultation.platform_url),
            page_limit=consultation.page_limit,
        )
    return page, status


def _runs(session: Session, bid: Bid, runs: Sequence[AssemblyRun]) -> list[dict[str, Any]]:
    present = queries.present(session, bid)
    return [run_view.listed(run, outdated=not same_facts(run.manifest, present)) for run in runs]


def _platform(url: str) -> str:
    """Give an address that is safe to open, or nothing."""
    return url if url.startswith(("https://", "http://")) else ""


@bp.post("/assemblages")
def start(ref: str) -> ResponseReturnValue:
    """Ask for a run; a second click finds the same one."""
    form = StartForm()
    try:
        if not form.validate():
            return _index_page(ref, form, 422)
        with transaction(actor()) as session:
            bid, _ = place_of(session, ref)
            run = service.start(
                session, actor(), bid, RunKind(form.kind.data), choices=form.choices(),
                reason=form.reason.data or "", now=clock.now(),
            )  # fmt: skip
    except (Invalid, Conflict) as refusal:
        return _index_page(ref, form, forms.blame(form, refusal))
    return redirect(url_for(".run", ref=ref, run_id=run.id), 303)


@bp.get("/assemblages/<uuid:run_id>")
def run(ref: str, run_id: UUID) -> ResponseReturnValue:
    """A run: under way, or what came of it."""
    with reading(actor()) as session:
        bid, standing = place_of(session, ref)
        found = queries.run_of(session, bid.id, run_id)
        if found.state in OVER:
            return _result_page(session, bid, standing, found)
        header = bid_view.header(session, actor(), bid, now=clock.now())
        shown = run_view.progress(found, may_cancel=standing.coordinates)
        return render_template("assembly/running.html", bid=header.values, run=shown)


@bp.post("/assemblages/<uuid:run_id>/annuler")
def cancel(ref: str, run_id: UUID) -> ResponseReturnValue:
    """Stop a run."""
    try:
        with transaction(actor()) as session:
            bid, _ = place_of(session, ref)
            service.cancel(session, actor(), bid, run_id, now=clock.now())
    except (Invalid, Conflict) as refusal:
        return refused(refusal, url_for(".run", ref=ref, run_id=run_id))
    flash(gettext("L’assemblage s’arrête."), "success")
    return redirect(url_for(".run", ref=ref, run_id=run_id), 303)


def result_page(ref: str, run_id: UUID, form: DepositForm, status: int) -> ResponseReturnValue:
    """Show a result again, with a deposit that was refused."""
    with reading(actor()) as session:
        bid, standing = place_of(session, ref)
        found = queries.run_of(session, bid.id, run_id)
        if found.state not in OVER:
            raise NotFound(NOWHERE)
        return _result_page(session, bid, standing, found, form), status


def _result_page(
    session: Session, bid: Bid, standing: Standing, found: AssemblyRun,
    form: DepositForm | None = None,
) -> str:  # fmt: skip
    now = clock.now()
    package = packages.package_of(session, found.id)
    deposit = packages.deposit_of(session, package.id) if package else None
    refusal = _seal_refusal(session, bid, standing, found, now) if package is None else ""
    readable = may_read_files(standing, found)
    return render_template(
        "assembly/result.html",
        bid=bid_view.header(session, actor(), bid, now=now).values,
        run=run_view.result(found, changes(found.manifest, queries.present(session, bid))),
        files=run_view.files(found) if readable else [],
        sections=report_view.sections(found.report, bid.ref, {}, shown_sections(standing, found)),
        proof=proof_view.whole(found, shown_sections(standing, found)),
        findings=run_view.findings(found) if readable else [],
        accepted=run_view.accepted(found),
        package=run_view.package(package) if package else None,
        submission=run_view.submission(deposit) if deposit else None,
        may_seal=package is None and standing.coordinates and not refusal,
        seal_refusal=refusal,
        may_deposit=package is not None and deposit is None and standing.coordinates,
        deposit_form=form or DepositForm(formdata=None),
        platform_url=_platform(rules_of(session, bid.id).platform_url),
        target=_target(bid),
        may_record_outcome=standing.coordinates and bid.stage is Stage.SUBMITTED,
        may_retry=standing.coordinates and bid.stage in WORKING,
    )


def _seal_refusal(
    session: Session, bid: Bid, standing: Standing, found: AssemblyRun, now: datetime
) -> str:
    """Say why a run cannot be sealed; nothing when it can, or when it is not for this person."""
    if not standing.coordinates:
        return ""
    try:
        submissions.contents(session, actor(), bid, found.id, now=now)
    except (Invalid, Conflict) as refusal:
        return say(refusal.text)
    return ""


def _target(bid: Bid) -> datetime | None:
    deadline = deadline_of(bid)
    return sealing.advised(deadline, bid.tender.zone) if deadline else None


def may_read_files(standing: Standing, found: AssemblyRun) -> bool:
    """Drafts stay with their company and the reviewers, inside an assembly as well."""
    return standing.coordinates or standing.reviews or all_approved(found.manifest)


def shown_sections(standing: Standing, found: AssemblyRun) -> frozenset[str] | None:
    """Say which sections of a run the person may read about; None is all of them."""
    if may_read_files(standing, found):
        return None
    return own_sections(found.manifest, standing.member_of)


@bp.get("/assemblages/<uuid:run_id>/fichiers/<path:name>")
def file(ref: str, run_id: UUID, name: str) -> ResponseReturnValue:
    """Take a file of a run away, or its sealed package; the audit keeps who did."""
    with transaction(actor()) as session:
        bid, standing = place_of(session, ref)
        found = queries.run_of(session, bid.id, run_id)
        package = packages.package_of(session, found.id)
        if package is not None and name == package.file_name:
            key = package.file_key
            submissions.note_download(session, actor(), bid.id, package, now=clock.now())
        else:
            key = _key_of(found, name, may_read=may_read_files(standing, found))
            record(session, actor(), "assembly.downloaded", now=clock.now(), object_id=found.id,
                   bid_id=bid.id, number=found.number, file=name)  # fmt: skip
    try:
        data = setup.storage().get(key)
    except FileNotFoundError:
        raise NotFound("Ce fichier manque au stockage. Assemblez de nouveau.") from None
    return attachment(data, name, MEDIA.get(name.rpartition(".")[2], "application/octet-stream"))


def _key_of(found: AssemblyRun, name: str, *, may_read: bool) -> str:
    keys = [str(f["key"]) for f in found.files if f["name"] == name]
    if not keys or not may_read:
        raise NotFound("Cette page n’existe pas, ou n’est pas visible pour vous.")
    return keys[0]
