"""Taking a company into the cluster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tender.companies import rules
from tender.companies.models import Company, IntegrationTier
from tender.core.actor import Actor
from tender.core.errors import Conflict
from tender.history.service import record


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a new member, as it was typed."""

    slug: str
    name: str
    siret: str
    form: str
    tier: IntegrationTier
    city: str
    nuts: str
    headcount: str
    legal_name: str = ""
    trades: Sequence[str] = ()
    statuses: Sequence[str] = ()


def add_company(session: Session, actor: Actor, said: Entry, *, now: datetime) -> Company:
    """Make a company a member; raise Invalid or Conflict with what to mend."""
    rules.require_may_add(actor)
    company = Company(
        slug=rules.slug_of(said.slug),
        trade_name=rules.line_of(said.name, field="name"),
        legal_name=rules.line_of(said.legal_name or said.name, field="legal_name"),
        legal_form=rules.line_of(said.form, field="form"),
        siret=rules.siret_of(said.siret), tier=said.tier,
        city=rules.line_of(said.city, field="city"), nuts=rules.nuts_of(said.nuts),
        headcount=rules.headcount_of(said.headcount), cpv_prefixes=rules.trades_of(said.trades),
        statuses=rules.statuses_of(said.statuses),
    )  # fmt: skip
    _require_new(session, company)
    session.add(company)
    record(session, actor, "companies.added", now=now, object_id=company.id, slug=company.slug)
    return company


def _require_new(session: Session, company: Company) -> None:
    same = or_(Company.slug == company.slug, Company.siret == company.siret)
    there = session.scalar(select(Company).where(same).limit(1))
    if there is None:
        return
    if there.slug == company.slug:
        raise Conflict("L’identifiant « {slug} » est déjà pris.", field="slug", slug=company.slug)
    raise Conflict(
        "{name} est déjà dans le cluster avec ce SIRET.", field="siret", name=there.trade_name
    )
