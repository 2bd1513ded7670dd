"""Reading the audit; row-level policies show a room's entries to those in it only."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from tender.history.models import AuditChain, AuditEntry
from tender.history.rules import Link, first_break


def entries_of(
    session: Session, bid_id: UUID, *, before: int | None = None, limit: int = 100
) -> Sequence[AuditEntry]:
    """Give the latest entries of a bid, newest first; `before` is the number to go on from."""
    wanted = select(AuditEntry).where(AuditEntry.bid_id == bid_id)
    if before is not None:
        wanted = wanted.where(AuditEntry.seq < before)
    return session.scalars(wanted.order_by(AuditEntry.seq.desc()).limit(limit)).all()


def broken_chain(session: Session, chain_id: UUID) -> int | None:
    """Verify one chain: the number of its first bad entry, or None if it holds.

    A chain whose head is gone holds only if it has no entries either.
    """
    head = session.get(AuditChain, chain_id)
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.chain_id == chain_id).order_by(AuditEntry.seq)
    ).yield_per(1000)
    links = ((_link(e), e.hash) for e in entries)
    seq, digest = (head.seq, head.hash) if head else (0, "")
    return first_break(links, head_seq=seq, head_hash=digest)


def broken_chains(session: Session) -> list[tuple[UUID, int]]:
    """Verify every chain; give those that do not hold, with the first bad entry's number."""
    chains = session.scalars(union(select(AuditChain.id), select(AuditEntry.chain_id))).all()
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
