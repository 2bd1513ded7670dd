"""A consortium at work: a coordinator, two companies with a writer each, a bid, sections."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

from docx import Document
from sqlalchemy.orm import Session

from tender.bids.models import Bid
from tender.bids.rules import Stage
from tender.claims.rules import ClaimRole
from tender.companies.models import Company, Person
from tender.contributions.models import Section
from tender.core import clock
from tender.core.actor import Actor, ClusterSeat
from tender.core.transaction import set_context
from tests.factories import (
    actor_for,
    make_bid,
    make_claim,
    make_company,
    make_person,
    make_tender,
)


@cache
def docx(*paragraphs: str) -> bytes:
    """A small Word document with a heading and these paragraphs."""
    document = Document()
    document.add_heading("Notre démarche", 1)
    for words in paragraphs:
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@dataclass
class Scene:
    """Everybody and everything, as plain names."""

    bid: Bid
    lead: Company
    other: Company
    coordinator_person: Person
    lead_person: Person
    other_person: Person
    coordinator: Actor
    lead_actor: Actor
    other_actor: Actor
    sections: list[Section] = field(default_factory=list)


def make_scene(
    session: Session, *, lots: int = 1, closes_in: timedelta = timedelta(days=21)
) -> Scene:
    """Two companies share each lot, 60 and 40 %, all confirmed."""
    lead, other = make_company(session, "Nette Rive"), make_company(session, "Lin et Lumière")
    boss = make_person(session, "Salomé Ridel", company=lead, seats=(ClusterSeat.COORDINATOR,))
    writer, second = (
        make_person(session, "Awa Mercier", company=lead),
        make_person(session, "Karim Duval", company=other),
    )
    tender = make_tender(session, lots=lots, closes_in=closes_in, now=clock.now())
    bid = make_bid(
        session, boss, lead=lead, members=(lead, other), tender=tender, stage=Stage.DRAFTING
    )
    for lot_bid in bid.lot_bids:
        make_claim(session, lot_bid, lead, role=ClaimRole.LEAD, share=60)
        make_claim(session, lot_bid, other, share=40)
    return Scene(
        bid, lead, other, boss, writer, second,
        actor_for(boss, lead, seats=(ClusterSeat.COORDINATOR,), coordinates=(bid,)),
        actor_for(writer, lead), actor_for(second, other),
    )  # fmt: skip


def make_section(session: Session, scene: Scene, company: Company, title: str = "") -> Section:
    """A section that a company is to write. Leaves the session to the coordinator."""
    set_context(session, scene.coordinator)
    n = len(scene.sections) + 1
    section = Section(
        bid_id=scene.bid.id, number=str(n), position=n, title=title or f"Chapitre {n}",
        owner_company_id=company.id, page_budget=10,
    )  # fmt: skip
    session.add(section)
    session.flush()
    scene.sections.append(section)
    return section
