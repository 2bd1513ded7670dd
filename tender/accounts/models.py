"""Secrets and sessions: rows that only their owner and the sign-in itself may see."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from tender.companies.models import Company, Person
from tender.core.actor import CompanyRole
from tender.core.orm import Model


class Credential(Model):
    """How a person signs in. `totp_step` is the last time step used: a code serves once."""

    __tablename__ = "credential"
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), unique=True)
    password_hash: Mapped[str]
    totp_secret: Mapped[str | None] = mapped_column(default=None)
    totp_step: Mapped[int] = mapped_column(default=0)


class WebSession(Model):
    """A signed-in browser; the cookie holds a random token, the row its SHA-256."""

    __tablename__ = "web_session"
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    browser: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    second_factor_due: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class LinkPurpose(StrEnum):
    """What a one-time link opens."""

    INVITATION = "invitation"
    RESET = "reset"


class OneTimeLink(Model):
    """A link sent by mail: used once, within minutes or days, hashed at rest.

    An invitation names who invites, and the seats that it gives.
    """

    __tablename__ = "one_time_link"
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[LinkPurpose]
    email: Mapped[str]
    expires_at: Mapped[datetime]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), default=None)
    company_id: Mapped[UUID | None] = mapped_column(ForeignKey(Company.id), default=None)
    role: Mapped[CompanyRole | None] = mapped_column(default=None)
    seats: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class Attempt(Model):
    """One guess at a password, code or address; counting them is the throttle."""

    __tablename__ = "attempt"
    key: Mapped[str]
    at: Mapped[datetime]


Index("ix_attempt_key_at", Attempt.key, Attempt.at)
Index("ix_attempt_at", Attempt.at)
