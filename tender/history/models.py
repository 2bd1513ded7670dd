"""The entries of the audit and the heads of their chains."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tender.core.orm import Json, Model

CLUSTER_CHAIN = UUID(int=0)


class AuditChain(Model):
    """The head of one chain: a bid room has its own, the cluster one for all else.

    Its id is the bid's, so that two rooms never wait for each other.
    """

    __tablename__ = "audit_chain"
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[str] = mapped_column(default="")


class AuditEntry(Model):
    """One thing that was done. The database refuses to change or delete it."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("chain_id", "seq"),)
    chain_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    object_id: Mapped[UUID | None]
    bid_id: Mapped[UUID | None] = mapped_column(index=True)
    details: Mapped[Json]
    previous: Mapped[str]
    hash: Mapped[str]
