"""The bids of the demonstration, each brought to its stage by the people of the cluster."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from tender.bids import reviewers
from tender.bids import service as bids
from tender.bids.grid import WEIGHTS
from tender.bids.models import Bid
from tender.bids.rules import Stage
from tender.bids.service import RulesEntered
from tender.claims import service as claims
from tender.claims.judging import Wish
from tender.claims.queries import live_claims
from tender.claims.rules import ClaimRole
from tender.companies.directory import companies_named
from tender.contributions.intake import Intake, take_in_file, take_in_text
from tender.contributions.queries import sections_of
from tender.contributions.service import planning, reviewing, writing
from tender.core import setup
from tender.core.transaction import transaction
from tender.demo.cast import acting, actor_named, company_named, representative, writer
from tender.demo.cluster import FIRMS, address_of
from tender.demo.documents import DemoSection, demo_sections
from tender.watches.models import TriageState
from tender.watches.service import triage

L, C, S = ClaimRole.LEAD, ClaimRole.CO_CONTRACTOR, ClaimRole.SUBCONTRACTOR
Split = Sequence[tuple[str, ClaimRole, int]]

READY: Sequence[Split] = (
    (("Orvanne Compétences", L, 45), ("Trois-Passerelles", C, 30), ("Vexel Évaluation", C, 15),
     ("Brindille Insertion", S, 10)),
    (("Lumivert Éditions", L, 70), ("Kaldéra Numérique", C, 30)),
    (("Kaldéra Numérique", L, 60), ("Orvanne Compétences", C, 40)),
)  # fmt: skip
"""Who takes what in the bid that is ready to assemble, lot by lot."""

OTHERS: Sequence[Split] = (
    (("Nette Rive", L, 60), ("Ateliers du Galibot", C, 40)),
    (("Cuisine des Canaux", L, 75), ("La Ruche Événements", C, 25)),
    (("Chiffres et Liens", L, 100),),
    (("Traverse Langues", L, 55), ("Lumivert Éditions", C, 45)),
)


TYPED = """L’acheteur attend un service régulier, suivi et documenté.

- un interlocuteur unique, joignable du lundi au samedi ;
- un point mensuel sur la qualité, avec les écarts et leurs corrections ;
- des équipes locales, en insertion pour un tiers d’entre elles.

Nous reformulons ce besoin en trois engagements mesurables, repris dans la suite du mémoire."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A bid of the demonstration."""

    ref: str
    id: UUID


def open_bid(coordinator: str, tender_id: UUID, *, now: datetime) -> Opened:
    """Keep a call, and take it up."""
    actor = actor_named(coordinator)
    with transaction(actor) as session:
        triage(session, actor, tender_id, TriageState.KEPT, now=now)
        bid = bids.open_bid(session, actor, tender_id, now=now)
        return Opened(bid.ref, bid.id)


def vote(voter: str, ref: str, marks: Sequence[int], *, words: str = "", now: datetime) -> None:
    """Somebody who may marks the grid."""
    actor = actor_named(voter)
    with acting(actor, ref) as (session, bid):
        scores = dict(zip(WEIGHTS, marks, strict=True))
        bids.vote(session, actor, bid, scores, words, now=now)


def appoint(coordinator: str, ref: str, reviewer: str, *, now: datetime) -> None:
    """The coordinator lets somebody in as a reviewer."""
    actor = actor_named(coordinator)
    with acting(actor, ref) as (session, bid):
        reviewers.appoint(session, actor, bid, address_of(reviewer), now=now)


def move(coordinator: str, ref: str, wanted: Stage, reason: str = "", *, now: datetime) -> None:
    """The coordinator moves a bid by hand."""
    actor = actor_named(coordinator)
    with acting(actor, ref) as (session, bid):
        bids.move(session, actor, bid, wanted, reason=reason, now=now)


def decide(coordinator: str, ref: str, *, go: bool, now: datetime) -> None:
    """The coordinator decides, and on a go invites the whole cluster and notes the rules."""
    actor = actor_named(coordinator)
    reason = (
        "Le besoin correspond aux métiers de plusieurs membres et le délai est tenable."
        if go
        else "Le délai est trop court et le titulaire sortant est bien installé."
    )
    with acting(actor, ref) as (session, bid):
        need = "Aucun membre ne couvre seul la formation, l’édition et le numérique." if go else ""
        bids.decide(session, actor, bid, go=go, reason=reason, need=need, now=now)
        if go:
            found = companies_named(session, [f.slug for f in FIRMS])
            bids.invite(session, actor, bid, [c.id for c in found], now=now)
            bids.enter_rules(session, actor, bid, _rules(bid), now=now)


def _rules(bid: Bid) -> RulesEntered:
    return RulesEntered(
        max_lots_bid=len(bid.lot_bids), max_lots_awarded=None, page_limit=60,
        several_candidatures_forbidden=True, platform_url="https://plateforme.exemple",
        source="RC, articles 4 et 5, pages 6 à 8",
    )  # fmt: skip


def share_out(coordinator: str, ref: str, splits: Sequence[Split], *, now: datetime) -> None:
    """Companies position themselves lot by lot, and the coordinator confirms them."""
    for place, split in enumerate(splits):
        for company, role, share in split:
            claim(ref, place, company, role, share, now=now)
    actor = actor_named(coordinator)
    with acting(actor, ref) as (session, bid):
        for held in live_claims(session, bid.id):
            claims.confirm_claim(session, actor, bid, held.id, now=now)


def claim(
    ref: str, place: int, company: str, role: ClaimRole, share: int, *, now: datetime
) -> None:
    """A company's representative positions it on a lot, if the bid has that many."""
    actor = representative(company)
    with acting(actor, ref) as (session, bid):
        if place < len(bid.lot_bids):
            wish = Wish(company_named(session, company).id, role, Decimal(share),
                               "Équipe locale, disponible dès la notification.")  # fmt: skip
            claims.claim_lot(session, actor, bid, bid.lot_bids[place], wish, now=now)


def plan(coordinator: str, ref: str, sections: Sequence[DemoSection], *, now: datetime) -> None:
    """The coordinator deals the sections out."""
    actor = actor_named(coordinator)
    with acting(actor, ref) as (session, bid):
        for place, section in enumerate(sections):
            wish = planning.SectionWish(
                title=section.title, company_id=company_named(session, section.company).id,
                due_at=now + timedelta(days=3 + place % 5), page_budget=6,
                instructions="Répondre au critère technique ; six pages au plus.",
            )  # fmt: skip
            planning.add_section(session, actor, bid, wish, now=now)
        bids.move(session, actor, bid, Stage.DRAFTING, now=now)


def upload_all(opened: Opened, sections: Sequence[DemoSection], *, now: datetime) -> Sequence[UUID]:
    """Writers upload their files, each through the gate, and send them for review."""
    ids = [_section_id(opened, section) for section in sections]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the gate is a process of its own
        taken = pool.map(partial(_through_the_gate, opened), ids, sections)
        for section_id, section, intake in zip(ids, sections, taken, strict=True):
            _hand_in(opened, section, section_id, intake, now=now)
    return ids


def _through_the_gate(opened: Opened, section_id: UUID, section: DemoSection) -> Intake:
    return take_in_file(
        setup.storage(), opened.id, section_id, name=section.filename, data=section.data
    )


def type_in(opened: Opened, section: DemoSection, *, now: datetime) -> UUID:
    """A writer types a section in the page and sends it for review."""
    section_id = _section_id(opened, section)
    intake = take_in_text(setup.storage(), opened.id, section_id, text=TYPED)
    _hand_in(opened, section, section_id, intake, now=now)
    return section_id


def _section_id(opened: Opened, section: DemoSection) -> UUID:
    with acting(writer(section.company), opened.ref) as (session, bid):
        return next(s.id for s in sections_of(session, bid.id) if s.number == section.number)


def _hand_in(
    opened: Opened, section: DemoSection, section_id: UUID, intake: Intake, *, now: datetime
) -> None:
    actor = writer(section.company)
    with acting(actor, opened.ref) as (session, bid):
        writing.add_revision(session, actor, bid, section_id, intake, seen=0, now=now)
        reviewing.submit(session, actor, bid, section_id, now=now)


def approve(coordinator: str, ref: str, section_ids: Sequence[UUID], *, now: datetime) -> None:
    """The coordinator approves sections."""
    actor = actor_named(coordinator)
    for section_id in section_ids:
        with acting(actor, ref) as (session, bid):
            reviewing.approve(session, actor, bid, section_id, seen=1, now=now)


def ready_bid(coordinator: str, tender_id: UUID, *, now: datetime) -> Opened:
    """Bring one bid to where nothing but the assembly is left: 12 sections by 6 companies."""
    opened = open_bid(coordinator, tender_id, now=now - timedelta(days=9))
    vote(coordinator, opened.ref, (90, 80, 60, 70, 75, 65), now=now - timedelta(days=9))
    decide(coordinator, opened.ref, go=True, now=now - timedelta(days=8))
    share_out(coordinator, opened.ref, READY, now=now - timedelta(days=7))
    sections = demo_sections()
    plan(coordinator, opened.ref, sections, now=now - timedelta(days=6))
    written = upload_all(opened, sections, now=now - timedelta(days=2))
    approve(coordinator, opened.ref, written, now=now - timedelta(days=1))
    return opened
