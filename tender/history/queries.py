"""Reading the audit; row-level policies show a room's entries to those in it only."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.history.models import AuditChain, AuditEntry
from tender.history.rules import Link, first_break


def entries_of(
    session: Session, bid_id: UUID, *, before: datetime | None = None, limit: int = 100
) -> Sequence[AuditEntry]:
    """Give the latest entries of a bid, newest first."""
    wanted = select(AuditEntry).where(AuditEntry.bid_id == bid_id)
    if before is not None:
        wanted = wanted.where(AuditEntry.at < before)
    return session.scalars(wanted.order_by(AuditEntry.seq.desc()).limit(limit)).all()


def broken_chain(session: Session, chain_id: UUID) -> int | None:
    """Verify one chain: the number of its first bad entry, or None if it holds."""
    head = session.get(AuditChain, chain_id)
    if head is None:
        return None
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.chain_id == chain_id).order_by(AuditEntry.seq)
    ).yield_per(1000)
    links = ((_link(e), e.hash) for e in entries)
    return first_break(links, head_seq=head.seq, head_hash=head.hash)


def broken_chains(session: Session) -> list[tuple[UUID, int]]:
    """Verify every chain; give those that do not hold, with the first bad entry's number."""
    chains = session.scalars(select(AuditChain.id)).all()
    found = ((chain, broken_chain(session, chain)) for chain in chains)
    return [(chain, place) for chain, place in found if place is not None]


def _link(e: AuditEntry) -> Link:
    return Link(
        e.chain_id,
        e.seq,
        e.at,
        e.actor_id,
        e.actor_name,
        e.action,
        e.object_id,
        e.details,
        e.previous,
    )
