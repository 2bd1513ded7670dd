"""The grid of lots and companies, as plain values for the page."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext

from tender.bids.models import Bid, LotBid
from tender.bids.queries import companies_at_door, deadline_of
from tender.bids.rules import WORKING, LiabilityForm, PassKind, Standing
from tender.claims.law import ENGAGED
from tender.claims.members import binding_members
from tender.claims.models import LotClaim
from tender.claims.queries import live_claims, lot_facts
from tender.claims.rules import LIVE, ClaimRole, ClaimState
from tender.companies.directory import contacts_of
from tender.companies.models import Company
from tender.core.actor import Actor
from tender.core.text import N_
from tender.core.transaction import Session
from tender.web import notice_view
from tender.web.bid_view import coverage
from tender.web.display import share as shown_share

FORM_NAMES = {
    "several-jointly": N_("Groupement conjoint, mandataire solidaire"),
    "several": N_("Groupement conjoint"),
    "joint": N_("Groupement solidaire"),
}


def form_of(bid: Bid) -> str:
    """Name the legal form of a consortium."""
    if bid.liability is LiabilityForm.JOINT:
        return "joint"
    return "several-jointly" if bid.lead_jointly_liable else "several"


def is_open(bid: Bid, now: datetime) -> bool:
    """Tell whether positions may still change: the bid is at work, its deadline ahead (R-07)."""
    due = deadline_of(bid)
    return bid.stage in WORKING and (due is None or now < due)


def of(
    session: Session, actor: Actor, bid: Bid, standing: Standing, *, every: bool, now: datetime
) -> dict[str, Any]:
    """Gather the context of `bids/lots.html` below its header."""
    still_open = is_open(bid, now)
    claims = live_claims(session, bid.id)
    door = companies_at_door(session, bid.id)
    columns = _columns(claims, door, actor, every=every)
    facts = {lot.number: lot for lot in lot_facts(session, bid)}
    lots = [
        lot_values(lb)
        | {
            "coverage": coverage(facts[lb.lot.number]),
            "coverage_note": _confirmed(claims, lb),
            "may_claim": _may_claim(actor, standing) and _offered(lb, still_open),
            "cells": [
                _cell(lb, company, claims, actor, standing, still_open) for company in columns
            ],
            "claims": [
                claim_values(c, actor, standing, still_open)
                for c in claims
                if c.lot_bid_id == lb.id
            ],
        }
        for lb in bid.lot_bids
    ]
    return {
        "companies": [
            {"slug": c.slug, "name": c.trade_name, "status": c.legal_form} for c in columns
        ],
        "lots": lots,
        "positioned": len({c.company_id for c in claims}),
        "member_count": max(len(door), len(columns)),
        "others": max(0, len(door) - len(columns)),
        "all_url": url_for("bids.lots", ref=bid.ref, toutes=1)
        if standing.coordinates and len(door) > len(columns)
        else None,
        "fewer_url": url_for("bids.lots", ref=bid.ref) if every else None,
        "may_coordinate": standing.coordinates,
        "totals": [_total(claims, company) for company in columns],
        "coverage": [lot["coverage"] for lot in lots],
        "total_amount": _sum(lb.lot.estimated_value for lb in bid.lot_bids),
        "liability": gettext(FORM_NAMES[form_of(bid)]),
        "form": form_of(bid),
        "forms": [(code, gettext(name)) for code, name in FORM_NAMES.items()],
        "members": _members(session, bid, claims),
        "candidates": [
            {"slug": c.slug, "name": c.trade_name}
            for c, _ in door
            if c.id in binding_members(claims) and c.id != bid.lead_company_id
        ],
        "invited": [
            {"slug": c.slug, "name": c.trade_name}
            for c, kind in door
            if kind is PassKind.INVITED and actor.represents(c.id)
            and not any(
                claim.company_id == c.id and not claim.awaits_company for claim in claims
            )
        ],
    }  # fmt: skip


def lot_values(lot_bid: LotBid) -> dict[str, Any]:
    """Give a lot as the page shows it."""
    lot = lot_bid.lot
    return {
        "number": lot.number,
        "title": lot.title,
        "amount": lot.estimated_value,
        "reserved": notice_view.reserved(lot.reserved),
        "withdrawn": lot.withdrawn_at is not None,
    }


def claim_values(
    claim: LotClaim, actor: Actor, standing: Standing, still_open: bool
) -> dict[str, Any]:
    """Give a claim as the page shows it, with what this person may do to it."""
    own = actor.represents(claim.company_id)
    may = still_open and claim.state in LIVE and (own or standing.coordinates)
    proposed = claim.state is ClaimState.PROPOSED
    asked = own if claim.awaits_company else standing.coordinates
    return {
        "id": claim.id,
        "company": claim.company.trade_name,
        "role": claim.role.value,
        "share": claim.share or None,
        "state": claim.state.value,
        "conflict": bool(claim.override_reason),
        "override_reason": claim.override_reason,
        "awaits_company": proposed and claim.awaits_company,
        "editable": own or standing.coordinates,
        "may_edit": may,
        "may_release": may,
        "may_confirm": may and asked and proposed,
        "may_decline": may and asked and proposed and (claim.awaits_company or not own),
    }


def _columns(
    claims: Sequence[LotClaim],
    door: Sequence[tuple[Company, PassKind]],
    actor: Actor,
    *,
    every: bool,
) -> list[Company]:
    """The engaged companies, the asker's own, and the others on demand."""
    found = {c.company_id: c.company for c in claims}
    for company, _ in door:
        if every or company.id in actor.companies:
            found.setdefault(company.id, company)
    return list(found.values())


def _may_claim(actor: Actor, standing: Standing) -> bool:
    mine = standing.member_of | standing.invited_as
    return standing.coordinates or any(actor.represents(c) for c in mine)


def _offered(lot_bid: LotBid, still_open: bool) -> bool:
    return still_open and lot_bid.lot.withdrawn_at is None


def _cell(
    lot_bid: LotBid, company: Company, claims: Sequence[LotClaim], actor: Actor,
    standing: Standing, still_open: bool,
) -> dict[str, Any]:  # fmt: skip
    held = next(
        (c for c in claims if c.lot_bid_id == lot_bid.id and c.company_id == company.id), None
    )
    acts = standing.coordinates or actor.represents(company.id)
    return {
        "claim": claim_values(held, actor, standing, still_open) if held else None,
        "slug": company.slug,
        "company": company.trade_name,
        "editable": acts and (held is not None or _offered(lot_bid, still_open)),
    }


def _confirmed(claims: Sequence[LotClaim], lot_bid: LotBid) -> str:
    total = sum(
        (c.share for c in claims
         if c.lot_bid_id == lot_bid.id and c.role in ENGAGED and c.state is ClaimState.CONFIRMED),
        Decimal(0),
    )  # fmt: skip
    return shown_share(total) if total else ""


def _total(claims: Sequence[LotClaim], company: Company) -> dict[str, Any]:
    mine = [c for c in claims if c.company_id == company.id and c.role in ENGAGED]
    amounts = [c.share * (c.lot_bid.lot.estimated_value or Decimal(0)) / 100 for c in mine]
    return {"amount": _sum(amounts), "lots": len(mine)}


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Add up what is known; None when nothing is."""
    return sum((a for a in amounts if a), Decimal(0)) or None


def _members(session: Session, bid: Bid, claims: Sequence[LotClaim]) -> list[dict[str, Any]]:
    engaged: dict[Any, list[LotClaim]] = {}
    for claim in claims:
        if claim.role in ENGAGED:
            engaged.setdefault(claim.company_id, []).append(claim)
    contacts = contacts_of(session, list(engaged))
    return [
        {
            "slug": held[0].company.slug,
            "name": held[0].company.trade_name,
            "status": held[0].company.legal_form,
            "role": _role(bid, held),
            "lots": ", ".join(c.lot_bid.lot.number for c in held),
            "contact": contacts.get(company_id, ""),
        }
        for company_id, held in engaged.items()
    ]


def _role(bid: Bid, held: Sequence[LotClaim]) -> str:
    if held[0].company_id == bid.lead_company_id:
        return ClaimRole.LEAD.value
    only_subcontracts = all(c.role is ClaimRole.SUBCONTRACTOR for c in held)
    return (ClaimRole.SUBCONTRACTOR if only_subcontracts else ClaimRole.CO_CONTRACTOR).value
