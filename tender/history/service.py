"""Writing an entry, always in the transaction of what it tells."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tender.core.actor import Actor
from tender.history.models import CLUSTER_CHAIN, AuditChain, AuditEntry
from tender.history.rules import Link, chained


def record(
    session: Session,
    actor: Actor,
    action: str,
    *,
    now: datetime,
    object_id: UUID | None = None,
    bid_id: UUID | None = None,
    **details: str | int | None,
) -> AuditEntry:
    """Add one entry to the chain of the bid, or of the cluster. No prices, no contents in it."""
    head = _head(session, bid_id or CLUSTER_CHAIN)
    link = Link(
        head.id,
        head.seq + 1,
        now,
        actor.person_id,
        actor.name,
        action,
        object_id,
        dict(details),
        head.hash,
    )
    head.seq, head.hash = link.seq, chained(link)
    entry = AuditEntry(
        chain_id=head.id, seq=head.seq, at=now, actor_id=actor.person_id, actor_name=actor.name,
        action=action, object_id=object_id, bid_id=bid_id, details=link.details,
        previous=link.previous, hash=head.hash,
    )  # fmt: skip
    session.add(entry)
    session.flush()  # a second entry of the same transaction must follow this one
    return entry


def _head(session: Session, chain_id: UUID) -> AuditChain:
    """Lock the end of a chain until the commit, so that its entries stand in commit order."""
    wanted = select(AuditChain).where(AuditChain.id == chain_id).with_for_update()
    head = session.scalar(wanted.execution_options(populate_existing=True))
    if head is None:
        session.execute(
            insert(AuditChain).values(id=chain_id, seq=0, hash="").on_conflict_do_nothing()
        )
        head = session.scalars(wanted).one()
    return head
