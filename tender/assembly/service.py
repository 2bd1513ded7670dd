"""Checking a bid, asking for its assembly, cancelling it."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tender.assembly import checks, queries
from tender.assembly.manifest import Asked, french_date
from tender.assembly.models import AssemblyRun
from tender.assembly.rules import (
    MOVES,
    Choices,
    RunKind,
    RunState,
    fingerprint,
    require_known,
)
from tender.bids.findings import Finding, Severity, blocking
from tender.bids.models import Bid
from tender.bids.queries import deadline_of, standing_in
from tender.bids.rules import (
    Standing,
    require_coordinates,
    require_inside,
    require_reason,
    require_working,
)
from tender.bids.service import lock
from tender.claims.judging import conflicts
from tender.claims.law import on_consortium
from tender.claims.queries import consultation, lot_facts
from tender.core.actor import Actor
from tender.core.errors import Conflict, Invalid
from tender.core.orm import Json
from tender.core.queue import Work, ask_for
from tender.core.states import moved
from tender.core.text import as_stored
from tender.history.service import record


def preflight(session: Session, actor: Actor, bid: Bid, *, now: datetime) -> list[Finding]:
    """Judge a bid before its assembly, as far as the asker may see it."""
    lead = bid.lead_company.trade_name if bid.lead_company else None
    lots = lot_facts(session, bid)
    engaged = {p.company_id: p.company for lot in lots for p in lot.engaged}
    found = on_consortium(lots, lead, consultation(session, bid))
    found += conflicts(session, actor, bid, now=now)
    found += checks.deadline(deadline_of(bid), now)
    found += checks.need_for_grouping(len(engaged), bid.grouping_need)
    standing = standing_in(session, actor, bid.id)
    if standing.inside:
        found += _inside(session, actor, standing, bid)
        seen = {c: n for c, n in engaged.items() if standing.coordinates or actor.works_for(c)}
        day = (deadline_of(bid) or now).astimezone(ZoneInfo(bid.tender.zone)).date()
        found += checks.papers(queries.paper_facts(session, seen, day))
    return found


def _inside(session: Session, actor: Actor, standing: Standing, bid: Bid) -> list[Finding]:
    sections = queries.section_facts(session, actor, standing, bid.id)
    return [
        *checks.sections(sections),
        *checks.traces(sections),
        *checks.placeholders(sections),
        *checks.page_limit(queries.page_facts(session, bid, sections)),
        *checks.budgets(sections),
    ]


def start(
    session: Session, actor: Actor, bid: Bid, kind: RunKind, *,
    choices: Choices = Choices(),  # noqa: B008 - frozen
    reason: str = "", now: datetime,
) -> AssemblyRun:  # fmt: skip
    """Freeze the inputs and ask for their assembly; asked twice, the run is the same.

    A final run is refused while something blocks; its warnings are accepted with a reason.
    """
    require_coordinates(standing_in(session, actor, bid.id))
    held = lock(session, bid.id)
    require_working(held.stage)
    require_known(choices)
    dated = french_date(now, bid.tender.zone)
    manifest = queries.present(session, bid, Asked(kind.value, dated, choices.of_kind(kind)))
    live = queries.live_run(session, bid.id)
    if live is not None:
        return _same(live, manifest)
    _require_sections(manifest)
    accepted = _accepted(session, actor, bid, reason, now) if kind is RunKind.FINAL else []
    run = AssemblyRun(
        bid_id=bid.id, number=queries.next_number(session, bid.id), kind=kind, manifest=manifest,
        manifest_hash=fingerprint(manifest), asked_by=actor.name, asked_at=now, accepted=accepted,
    )  # fmt: skip
    session.add(run)
    ask_for(session, Work.ASSEMBLE, run.id, now=now, bid_id=bid.id)
    record(session, actor, "assembly.asked", now=now, object_id=run.id, bid_id=bid.id,
           number=run.number, kind=kind.value, manifest=run.manifest_hash)  # fmt: skip
    return run


def _same(live: AssemblyRun, manifest: Json) -> AssemblyRun:
    if live.manifest_hash == fingerprint(manifest):
        return live
    raise Conflict(
        "Un assemblage est déjà en cours (n° {number}). Attendez sa fin, ou annulez-le.",
        number=live.number,
    )


def _require_sections(manifest: Json) -> None:
    if not manifest["sections"]:
        raise Invalid("Le plan ne contient aucune section : il n’y a rien à assembler.")


def _accepted(session: Session, actor: Actor, bid: Bid, reason: str, now: datetime) -> list[Json]:
    """Refuse what blocks, and note why each warning is accepted."""
    findings = preflight(session, actor, bid, now=now)
    stops = blocking(findings)
    if stops:
        raise Invalid(
            "Le dossier final ne peut pas être assemblé : points bloquants à traiter ({count}).",
            field="kind",
            count=len(stops),
        )
    warnings = [f for f in findings if f.severity is Severity.WARN]
    if not warnings:
        return []
    why = require_reason(reason)
    return [{"text": as_stored(f.text), "reason": why, "by": actor.name} for f in warnings]


def cancel(session: Session, actor: Actor, bid: Bid, run_id: UUID, *, now: datetime) -> AssemblyRun:
    """Stop a run: at once if it waits, at the next section if a worker has it in hand."""
    standing = standing_in(session, actor, bid.id)
    require_inside(standing)
    require_coordinates(standing)
    run = queries.run_of(session, bid.id, run_id, lock=True)
    if run.state is RunState.RUNNING:
        run.cancel_asked_at = run.cancel_asked_at or now
        return run
    if run.state is not RunState.CANCELLED:
        run.state, run.finished_at = moved(MOVES, run.state, RunState.CANCELLED), now
        record(session, actor, "assembly.cancelled", now=now, object_id=run.id, bid_id=bid.id,
               number=run.number)  # fmt: skip
    return run
