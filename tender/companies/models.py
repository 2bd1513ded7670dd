"""Companies, people and their seats, relationships between companies."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Numeric, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tender.core.actor import ClusterSeat, CompanyRole
from tender.core.orm import Model


class IntegrationTier(StrEnum):
    """How far a member is integrated in the cluster."""

    NETWORK = "network"
    POOLED = "pooled"
    GROUP = "group"


class RelationshipKind(StrEnum):
    """What links two companies (domain.md section 2.1)."""

    SHAREHOLDING = "shareholding"
    SHARED_DIRECTOR = "shared_director"
    SHARED_STAFF = "shared_staff"
    SHARED_PREMISES = "shared_premises"


class Company(Model):
    """A member of the cluster; what is here may be known to every member."""

    __tablename__ = "company"
    slug: Mapped[str] = mapped_column(unique=True)
    trade_name: Mapped[str]
    legal_name: Mapped[str]
    legal_form: Mapped[str]
    siret: Mapped[str] = mapped_column(unique=True)
    tier: Mapped[IntegrationTier]
    city: Mapped[str]
    nuts: Mapped[str]
    headcount: Mapped[int]
    cpv_prefixes: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    statuses: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    left_on: Mapped[date | None] = mapped_column(default=None)


class CompanyRelationship(Model):
    """A link between two companies, with its dates; the smaller id stands first."""

    __tablename__ = "company_relationship"
    __table_args__ = (UniqueConstraint("company_id", "other_id", "kind", "since"),)
    company_id: Mapped[UUID] = mapped_column(ForeignKey(Company.id))
    other_id: Mapped[UUID] = mapped_column(ForeignKey(Company.id))
    kind: Mapped[RelationshipKind]
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2), default=None)


class Person(Model):
    """Somebody with an account."""

    __tablename__ = "person"
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    locale: Mapped[str] = mapped_column(default="fr")
    letter_keys: Mapped[bool] = mapped_column(default=True)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)


class Seat(Model):
    """A person's seat in a company."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("person_id", "company_id"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    company_id: Mapped[UUID] = mapped_column(ForeignKey(Company.id), index=True)
    role: Mapped[CompanyRole]
    person: Mapped[Person] = relationship(init=False)
    company: Mapped[Company] = relationship(init=False)


class ClusterSeatHeld(Model):
    """A person's seat in the cluster."""

    __tablename__ = "cluster_seat"
    __table_args__ = (UniqueConstraint("person_id", "seat"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    seat: Mapped[ClusterSeat]
