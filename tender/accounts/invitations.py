"""Invitations: who may send one, what it gives, who may take it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tender.accounts import links
from tender.accounts.models import Credential, LinkPurpose, OneTimeLink
from tender.accounts.queries import actor_of
from tender.companies.models import ClusterSeatHeld, Company, Person, Seat
from tender.core.actor import Actor, ClusterSeat, CompanyRole, system
from tender.core.errors import Conflict, Forbidden, Invalid
from tender.core.transaction import widened
from tender.history import service as history
from tender.messages import service as messages

LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Offer:
    """The seats that an invitation gives; `label` says them in a letter (a French message id)."""

    label: str
    company_id: UUID | None = None
    role: CompanyRole | None = None
    seats: frozenset[ClusterSeat] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a usable invitation says; `person` has the account of its address, if there is one."""

    email: str
    by: str
    company: Company | None
    role: CompanyRole | None
    seats: frozenset[ClusterSeat]
    person: Person | None


def require_may_invite(actor: Actor, offer: Offer) -> None:
    """A representative invites to their own company, an administrator to anything."""
    if actor.has(ClusterSeat.ADMINISTRATOR):
        return
    own = offer.company_id is not None and actor.represents(offer.company_id)
    if offer.seats or not own:
        raise Forbidden("Seuls les représentants de l’entreprise peuvent inviter quelqu’un.")


def invite(
    session: Session, actor: Actor, email: str, offer: Offer, *, link_to: links.LinkTo,
    now: datetime,
) -> None:  # fmt: skip
    """Send an invitation to an address in its kept form (see rules.email_of).

    What happens is the same whether the address has an account or not.
    """
    require_may_invite(actor, offer)
    if (offer.company_id is None) != (offer.role is None) or not (offer.company_id or offer.seats):
        raise Invalid("Choisissez une entreprise et un rôle, ou un rôle dans le cluster.")
    company = session.get(Company, offer.company_id) if offer.company_id else None
    by = session.get_one(Person, actor.person_id)
    token, token_hash = links.new_token()
    session.add(
        OneTimeLink(
            token_hash=token_hash, purpose=LinkPurpose.INVITATION, email=email,
            expires_at=now + LASTS, company_id=offer.company_id, role=offer.role,
            seats=sorted(offer.seats), invited_by=by.id,
        )
    )  # fmt: skip
    history.record(session, actor, "accounts.invited", now=now, object_id=offer.company_id)
    values = {
        "link": link_to(token), "name": "", "by": by.name, "days": LASTS.days,
        "company": company.trade_name if company else "", "role": offer.label,
    }  # fmt: skip
    messages.write(
        session, to=email, template="invitation", locale=by.locale, now=now, values=values
    )


def read(session: Session, token: str, *, now: datetime) -> Invitation | None:
    """Read a usable invitation and hold it; None if used, lapsed, or its inviter has left."""
    link = links.usable(session, token, LinkPurpose.INVITATION, now=now)
    by = session.get(Person, link.invited_by) if link and link.invited_by else None
    if link is None or by is None or by.disabled_at:
        return None
    company = session.get(Company, link.company_id) if link.company_id else None
    if company and company.left_on:
        return None
    seats = frozenset(ClusterSeat(seat) for seat in link.seats)
    try:
        require_may_invite(actor_of(session, by), Offer("", link.company_id, link.role, seats))
    except Forbidden:
        return None
    person = session.scalar(select(Person).where(Person.email == link.email))
    return Invitation(link.email, by.name, company, link.role, seats, person)


def accept_as_new(
    session: Session, token: str, *, name: str, password_hash: str, locale: str, now: datetime
) -> Person:
    """Open an account by an invitation; raise Conflict if it cannot be used so."""
    offered = _held(session, token, now)
    if offered.person is not None:
        raise Conflict("Cette adresse a déjà un compte : connectez-vous pour accepter.")
    person = Person(email=offered.email, name=name, locale=locale)
    session.add(person)
    session.flush()  # what follows refers to the person
    session.add(Credential(person_id=person.id, password_hash=password_hash))
    _take_seats(session, person, offered, now)
    return person


def accept_as(session: Session, token: str, person_id: UUID, *, now: datetime) -> None:
    """Take an invitation with the account of its address; Forbidden for any other account."""
    offered = _held(session, token, now)
    if offered.person is None or offered.person.id != person_id:
        raise Forbidden("Cette invitation s’adresse à une autre personne que vous.")
    _take_seats(session, offered.person, offered, now)


def _held(session: Session, token: str, now: datetime) -> Invitation:
    """Read an invitation under a lock on its address: two must not make two accounts."""
    offered = read(session, token, now=now)
    if offered is None:
        raise Conflict("Cette invitation a déjà servi, ou elle a expiré.")
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(offered.email, 0))))
    return read(session, token, now=now) or offered


def _take_seats(session: Session, person: Person, offered: Invitation, now: datetime) -> None:
    links.use_up(session, offered.email, LinkPurpose.INVITATION, now=now)
    held, company = actor_of(session, person), offered.company
    if company and offered.role and not held.works_for(company.id):
        session.add(Seat(person_id=person.id, company_id=company.id, role=offered.role))
    new = offered.seats - held.seats
    if new:
        with widened(session, system("sign_in"), "operator"):
            session.add_all(ClusterSeatHeld(person_id=person.id, seat=seat) for seat in new)
            session.flush()  # the wall is open for this insert only
    history.record(
        session, actor_of(session, person), "accounts.invitation_accepted", now=now,
        object_id=company.id if company else None,
    )  # fmt: skip
