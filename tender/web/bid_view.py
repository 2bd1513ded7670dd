"""What every page of a bid shows above its tabs, and how a bid looks in a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import ngettext

from tender.assembly import service as assembly
from tender.bids import grid
from tender.bids.findings import Finding, Severity
from tender.bids.models import Bid
from tender.bids.queries import deadline_of, estimate_of, standing_in, votes_on
from tender.bids.rules import Stage
from tender.claims.law import WHOLE, LotFacts
from tender.claims.queries import lot_facts
from tender.claims.rules import ClaimRole, ClaimState
from tender.contributions.queries import progress_of
from tender.core.actor import Actor
from tender.core.text import Text
from tender.core.transaction import Session
from tender.web.procedures import procedure_name
from tender.web.refusals import say

DEPOSITED = frozenset({Stage.SUBMITTED, Stage.DECIDED, Stage.CLOSED})
DECISIONS = {Stage.NO_GO: "no_go", Stage.DETECTED: "pending", Stage.QUALIFYING: "pending"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A bid's plain facts for its header and its list row."""

    values: dict[str, Any]
    findings: Sequence[Finding]
    facts: tuple[LotFacts, ...]


def header(session: Session, actor: Actor, bid: Bid, *, now: datetime) -> Shown:
    """Gather what `bids/_header.html` shows."""
    facts = lot_facts(session, bid)
    findings = assembly.preflight(session, actor, bid, now=now)
    blocks = sum(1 for f in findings if f.severity is Severity.BLOCK)
    warns = sum(1 for f in findings if f.severity is Severity.WARN)
    votes = [v.scores for v in votes_on(session, bid.id)]
    tally = grid.tally(votes)
    approved, total = progress_of(session, bid.id)
    covered = sum(1 for lot in facts if coverage(lot) == "covered")
    values = summary(bid) | {
        "fit": tally.score if tally else None,
        "decided_on": bid.decided_at,
        "coordinator": bid.coordinator.name,
        "blocking": blocks,
        "warnings": warns,
        "documents_url": _documents(bid),
        "inside": standing_in(session, actor, bid.id).inside,
        "may_move": bid.id in actor.coordinates,
        "criteria": None,
        "counts": {
            "lots": (f"{covered}/{len(facts)}", "ok" if covered == len(facts) else "warn"),
            "plan": (f"{approved}/{total}" if total else "", "ok" if approved == total else ""),
            "assembly": (
                ngettext("%(num)s bloquant", "%(num)s bloquants", blocks) if blocks else "",
                "bad",
            ),
            "activity": None,
        },
    }
    return Shown(values, findings, facts)


def summary(bid: Bid) -> dict[str, Any]:
    """Give the facts that a list and a header share."""
    tender = bid.tender
    return {
        "ref": bid.ref,
        "title": tender.title,
        "buyer": tender.buyer,
        "stage": bid.stage.value,
        "procedure": procedure_name(tender.procedure_type),
        "lot_count": len(bid.lot_bids),
        "amount": estimate_of(bid),
        "deadline": deadline_of(bid),
        "deposited": bid.stage in DEPOSITED,
        "decision": DECISIONS.get(bid.stage, "go"),
        "lead": bid.lead_company.trade_name if bid.lead_company else "",
    }


def _documents(bid: Bid) -> str | None:
    """Give the address of the consultation's files, if the notice says one that is safe to open."""
    for notice in reversed(bid.tender.notices):
        for lot in _listed(notice.value.get("lots")):
            for url in _listed(lot.get("documents_urls") if isinstance(lot, dict) else None):
                if str(url).startswith(("https://", "http://")):
                    return str(url)
    return None


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def coverage(lot: LotFacts) -> str:
    """Tell how far a lot is covered: open, to_confirm, conflict or covered."""
    engaged = lot.engaged
    total = sum((p.share for p in engaged), start=WHOLE - WHOLE)
    if not engaged:
        return "open"
    if total > WHOLE:
        return "conflict"
    led = any(p.role is ClaimRole.LEAD for p in engaged)
    sure = all(p.state is ClaimState.CONFIRMED for p in engaged)
    return "covered" if led and sure and total == WHOLE else "to_confirm"


def shown_finding(bid_ref: str, finding: Finding) -> dict[str, Any]:
    """Give a finding as the macros show it."""
    pages = {
        "lots": "bids.lots",
        "rules": "bids.rules",
        "plan": "bids.plan",
        "assembly": "assembly.index",
    }
    endpoint = pages.get(finding.repair)
    source = Text("Art. {article}", article=finding.article) if finding.article else None
    return {
        "severity": finding.severity.value,
        "title": say(finding.text),
        "explanation": say(finding.remedy) if finding.remedy else "",
        "source": _source(finding.article, source),
        "who": "",
        "url": url_for(endpoint, ref=bid_ref) if endpoint else None,
        "action": None,
    }


def _source(article: str, text: Text | None) -> str:
    if text is None:
        return ""
    return say(text) if article[:2] in ("R.", "L.") else article
