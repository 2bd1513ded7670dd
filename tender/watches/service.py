"""Sorting calls, each person for themselves. Nobody else learns of it, so no history tells it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tender.core.actor import Actor
from tender.core.errors import Invalid
from tender.core.orm import uuid7
from tender.notices.queries import tender_by_id
from tender.watches import queries, rules
from tender.watches.models import Triage, TriageState


def triage(
    session: Session,
    actor: Actor,
    tender_id: UUID,
    state: TriageState,
    *,
    now: datetime,
    reason: str = "",
) -> TriageState | None:
    """Keep, discard or postpone a call; give what it was before (None: not sorted yet)."""
    person_id = rules.require_person(actor)
    tender = tender_by_id(session, tender_id)
    if state is TriageState.KEPT and tender.cancelled_at is not None:
        raise Invalid("L’acheteur a annulé cette consultation : il n’y a plus rien à remettre.")
    before = queries.triage_of(session, actor, tender_id)
    told = {"state": state, "at": now, "reason": rules.fitting_reason(reason)}
    row = insert(Triage).values(id=uuid7(), person_id=person_id, tender_id=tender_id, **told)
    session.execute(row.on_conflict_do_update(index_elements=["person_id", "tender_id"], set_=told))
    return before.state if before else None


def undo(
    session: Session, actor: Actor, tender_id: UUID, *, now: datetime, back: TriageState | None
) -> None:
    """Take the last mark back: to what it was before, or to the calls to sort."""
    person_id = rules.require_person(actor)
    tender_by_id(session, tender_id)
    if back is not None:
        triage(session, actor, tender_id, back, now=now)
        return
    mine = (Triage.person_id == person_id) & (Triage.tender_id == tender_id)
    session.execute(delete(Triage).where(mine))
