"""New versions of a section: uploaded, written in the page, restored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.bids.models import Bid
from tender.bids.queries import deadline_of, standing_in
from tender.bids.rules import require_inside, require_working
from tender.contributions import queries, rules
from tender.contributions.intake import Intake
from tender.contributions.models import Revision, Section
from tender.contributions.rules import SectionState
from tender.core import clock
from tender.core.actor import Actor
from tender.history.service import record


def require_may_write(session: Session, actor: Actor, bid: Bid, section: Section) -> None:
    """Refuse before any file is read: the room, the section, the stage, the deadline."""
    standing = standing_in(session, actor, bid.id)
    require_inside(standing)
    rules.require_may_write(actor, standing, section.owner_company_id)
    require_working(bid.stage)
    rules.require_before_deadline(deadline_of(bid), clock.database_now(session))
    rules.require_room(section.last_revision)


def add_revision(
    session: Session, actor: Actor, bid: Bid, section_id: UUID, intake: Intake, *,
    seen: int, now: datetime,
) -> Revision:  # fmt: skip
    """Store a new version on top of the one that the form was made from.

    The same bytes again are the version that there is. Raises Conflict on a newer one.
    """
    section = queries.section_for_update(session, bid.id, section_id)
    require_may_write(session, actor, bid, section)
    last = _last(session, section)
    if last is not None and last.sha256 == intake.sha256:
        return last
    rules.require_seen(section.last_revision, seen)
    made = Revision(
        bid_id=bid.id, section_id=section.id, number=section.last_revision + 1, kind=intake.kind,
        company_id=section.owner_company_id, author_name=actor.name, file_name=intake.file_name,
        file_key=intake.file_key, sha256=intake.sha256, size=intake.size, health=intake.health,
        created_at=now, text=intake.text,
    )  # fmt: skip
    _put_on_top(session, actor, section, made, now)
    return made


def restore(
    session: Session, actor: Actor, bid: Bid, section_id: UUID, number: int, *,
    seen: int, now: datetime,
) -> Revision:  # fmt: skip
    """Make an older version the newest; what stood between stays in the list."""
    section = queries.section_for_update(session, bid.id, section_id)
    require_may_write(session, actor, bid, section)
    standing = standing_in(session, actor, bid.id)
    old = queries.revision_numbered(session, actor, standing, section.id, number)
    rules.require_seen(section.last_revision, seen)
    if old.number == section.last_revision:
        return old
    # a draft stays its company's; what was approved is everybody's to build on
    company_id = old.company_id if old.approved_at is None else section.owner_company_id
    made = Revision(
        bid_id=bid.id, section_id=section.id, number=section.last_revision + 1, kind=old.kind,
        company_id=company_id, author_name=actor.name, file_name=old.file_name,
        file_key=old.file_key, sha256=old.sha256, size=old.size, health=old.health,
        created_at=now, text=old.text,
    )  # fmt: skip
    _put_on_top(session, actor, section, made, now)
    return made


def _last(session: Session, section: Section) -> Revision | None:
    return session.scalar(
        select(Revision).where(
            Revision.section_id == section.id, Revision.number == section.last_revision
        )
    )


def _put_on_top(
    session: Session, actor: Actor, section: Section, made: Revision, now: datetime
) -> None:
    session.add(made)
    section.last_revision = made.number
    section.state = rules.moved_to(section.state, SectionState.DRAFTING)
    record(session, actor, "sections.written", now=now, object_id=section.id,
           bid_id=section.bid_id, number=section.number, title=section.title,
           version=made.number)  # fmt: skip
