"""The plan: which sections, in what order, by which company, for when."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from tender.bids.models import Bid
from tender.bids.queries import deadline_of, rules_of, standing_in
from tender.bids.rules import (
    MOVES,
    Stage,
    require_coordinates,
    require_inside,
    require_working,
)
from tender.bids.service import lock
from tender.claims.law import MEMBERS
from tender.claims.queries import lot_facts
from tender.claims.rules import ClaimRole
from tender.contributions import outline, queries, rules
from tender.contributions.models import Section
from tender.contributions.rules import Look
from tender.core.actor import Actor
from tender.core.errors import Conflict, Invalid
from tender.core.states import moved
from tender.history.service import record

REVIEW_TIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SectionWish:
    """What the coordinator asks of a section; `lot_bid_id` None is for all lots.

    `look` None leaves the look as it is, which is the house's at first.
    """

    title: str
    company_id: UUID
    lot_bid_id: UUID | None = None
    writer_id: UUID | None = None
    due_at: datetime | None = None
    page_budget: int | None = None
    instructions: str = ""
    look: Look | None = None


def add_section(
    session: Session, actor: Actor, bid: Bid, wish: SectionWish, *, now: datetime
) -> Section:
    """Put a section at the end of the plan."""
    _hold_plan(session, actor, bid)
    _require_fitting(session, bid, wish)
    there = queries.sections_of(session, bid.id)
    depths = [outline.depth_of(s.number) for s in there]
    made = Section(
        bid_id=bid.id, number=outline.renumbered([*depths, 1])[-1], position=len(there) + 1,
        title=rules.fitting_title(wish.title), owner_company_id=wish.company_id,
        lot_bid_id=wish.lot_bid_id, writer_id=wish.writer_id, due_at=wish.due_at,
        page_budget=wish.page_budget, instructions=wish.instructions.strip(),
        look=wish.look or Look.HOUSE,
    )  # fmt: skip
    session.add(made)
    _note(session, actor, "sections.planned", made, now)
    return made


def change_section(
    session: Session, actor: Actor, bid: Bid, number: str, wish: SectionWish, *,
    seen: int, now: datetime,
) -> Section:  # fmt: skip
    """Change what is asked; `seen` is the version that the form was made from."""
    _hold_plan(session, actor, bid)
    section = queries.section_numbered(session, bid.id, number)
    if section.version != seen:
        raise Conflict(
            "Cette section a été modifiée pendant votre saisie. Rechargez la page et comparez.",
            field="title",
        )
    _require_fitting(session, bid, wish)
    section.title, section.instructions = rules.fitting_title(wish.title), wish.instructions.strip()
    section.owner_company_id, section.writer_id = wish.company_id, wish.writer_id
    section.lot_bid_id, section.due_at = wish.lot_bid_id, wish.due_at
    section.page_budget, section.look = wish.page_budget, wish.look or section.look
    _note(session, actor, "sections.changed", section, now)
    return section


def set_looks(
    session: Session, actor: Actor, bid: Bid, looks: Mapping[UUID, Look], *, now: datetime
) -> int:
    """Choose how the looks of sections are treated; tell how many changed."""
    _hold_plan(session, actor, bid)
    changed = [
        section
        for section in queries.sections_of(session, bid.id)
        if looks.get(section.id, section.look) is not section.look
    ]
    for section in changed:
        section.look = looks[section.id]
        _note(session, actor, "sections.restyled", section, now)
    return len(changed)


def remove_section(session: Session, actor: Actor, bid: Bid, number: str, *, now: datetime) -> None:
    """Take a section that nobody has written yet off the plan; the others close up."""
    _hold_plan(session, actor, bid)
    section = queries.section_numbered(session, bid.id, number)
    if section.last_revision or queries.remarks_on(session, section.id):
        raise Invalid("Cette section a déjà un texte ou des commentaires : elle reste au plan.")
    _note(session, actor, "sections.removed", section, now)
    session.delete(section)
    session.flush()
    _renumber(session, queries.sections_of(session, bid.id))


def order_version(sections: Sequence[Section]) -> str:
    """Name the present order of a plan, so that a move made from another one is noticed."""
    return hashlib.sha256("|".join(str(s.id) for s in sections).encode()).hexdigest()[:16]


def reorder(
    session: Session, actor: Actor, bid: Bid, numbers: Sequence[str], *, seen: str, now: datetime
) -> None:
    """Put the sections in another order, named by their present numbers; they get new ones."""
    _hold_plan(session, actor, bid)
    there = queries.sections_of(session, bid.id)
    if seen != order_version(there) or sorted(numbers) != sorted(s.number for s in there):
        raise Conflict("Le plan a été modifié entre-temps. Rechargez la page, puis recommencez.")
    by_number = {s.number: s for s in there}
    _renumber(session, [by_number[n] for n in numbers])
    record(session, actor, "sections.moved", now=now, object_id=bid.id, bid_id=bid.id)


def plan_from_template(session: Session, actor: Actor, bid: Bid, now: datetime) -> list[Section]:
    """Fill an empty plan with the usual chapters, dealt to the companies that hold lots."""
    held = _hold_plan(session, actor, bid)
    if queries.sections_of(session, bid.id):
        raise Conflict("Le plan contient déjà des sections.")
    lots = lots_in_plan(session, bid)
    lead = bid.lead_company_id or (lots[0].companies[0] if lots else None)
    if lead is None:
        raise Invalid("Positionnez d’abord au moins une entreprise sur un lot.")
    planned = outline.starting_outline(lead, lots)
    made = _from_outline(session, bid, planned, now)
    for section in made:
        session.add(section)
        _note(session, actor, "sections.planned", section, now)
    if held.stage is Stage.FORMING:
        held.stage = moved(MOVES, held.stage, Stage.DRAFTING)
    return made


def _from_outline(
    session: Session, bid: Bid, planned: Sequence[outline.Planned], now: datetime
) -> list[Section]:
    limit = rules_of(session, bid.id).page_limit
    budgets = outline.budgets([p.weight for p in planned], limit)
    numbers = outline.renumbered([p.depth for p in planned])
    due = _usual_due(deadline_of(bid), now)
    return [
        Section(
            bid_id=bid.id, number=number, position=i, title=p.title, owner_company_id=p.company_id,
            lot_bid_id=p.lot_id, due_at=due, page_budget=budget, instructions=p.instructions,
        )
        for i, (p, number, budget) in enumerate(zip(planned, numbers, budgets, strict=True), 1)
    ]  # fmt: skip


def _usual_due(deadline: datetime | None, now: datetime) -> datetime | None:
    """A week before the deadline, else half of the time that is left."""
    if deadline is None:
        return None
    return max(deadline - REVIEW_TIME, now + (deadline - now) / 2)


def lots_in_plan(session: Session, bid: Bid) -> list[outline.LotInPlan]:
    """Give the lots that a company holds, each with its companies, the lead first."""
    found = []
    for lot_bid, facts in zip(bid.lot_bids, lot_facts(session, bid), strict=True):
        members = [p for p in facts.positions if p.role in MEMBERS]
        members.sort(key=lambda p: p.role is not ClaimRole.LEAD)
        if members:
            lot = lot_bid.lot
            companies = tuple(p.company_id for p in members)
            found.append(outline.LotInPlan(lot_bid.id, lot.number, lot.title, companies))
    return found


def eligible_companies(session: Session, bid: Bid) -> dict[UUID, str]:
    """Name the companies that may own a section: the lead, and those engaged on a lot."""
    lead = {bid.lead_company.id: bid.lead_company.trade_name} if bid.lead_company else {}
    engaged = [p for lot in lot_facts(session, bid) for p in lot.engaged]
    return lead | {p.company_id: p.company for p in engaged}


def _hold_plan(session: Session, actor: Actor, bid: Bid) -> Bid:
    standing = standing_in(session, actor, bid.id)
    require_inside(standing)
    require_coordinates(standing)
    held = lock(session, bid.id)
    require_working(held.stage)
    return held


def _require_fitting(session: Session, bid: Bid, wish: SectionWish) -> None:
    if wish.company_id not in eligible_companies(session, bid):
        raise Invalid("Choisissez une entreprise du groupement.", field="company")
    if wish.lot_bid_id is not None and wish.lot_bid_id not in {lb.id for lb in bid.lot_bids}:
        raise Invalid("Ce lot n’est pas dans l’affaire.", field="lot")
    if wish.writer_id is not None:
        people = {person.id for person, _ in queries.writers_of(session, [wish.company_id])}
        if wish.writer_id not in people:
            raise Invalid("Choisissez une personne de cette entreprise.", field="writer")
    rules.require_budget(wish.page_budget)
    rules.require_due_in_time(wish.due_at, deadline_of(bid))


def _renumber(session: Session, sections: Sequence[Section]) -> None:
    numbers = outline.renumbered([outline.depth_of(s.number) for s in sections])
    for section in sections:
        section.number = f"~{section.number}"
    session.flush()  # numbers are unique: all must be free before any is given again
    for i, (section, number) in enumerate(zip(sections, numbers, strict=True), 1):
        section.number, section.position = number, i


def _note(session: Session, actor: Actor, action: str, section: Section, now: datetime) -> None:
    record(session, actor, action, now=now, object_id=section.id, bid_id=section.bid_id,
           number=section.number, title=section.title)  # fmt: skip
