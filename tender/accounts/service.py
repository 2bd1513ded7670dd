"""Accounts: opened by the operator, kept by their owner, closed by an administrator."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from pyotp import TOTP
from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.accounts import links, passwords, rules, sessions
from tender.accounts.models import Credential
from tender.accounts.queries import credential_for_update
from tender.companies.models import ClusterSeatHeld, Company, Person, Seat
from tender.core.actor import Actor, ClusterSeat, CompanyRole, system
from tender.core.errors import Conflict, Invalid, NotFound
from tender.core.transaction import widened
from tender.history import service as history

LANGUAGES = ("fr", "en")


def add_person(  # noqa: PLR0913 - the fields of one account, by name
    session: Session,
    *,
    email: str,
    name: str,
    password: str,
    seats: Iterable[ClusterSeat] = (),
    company_slug: str | None = None,
    role: CompanyRole | None = None,
    now: datetime,
) -> Person:
    """Open an account, for the operator; raise Invalid or Conflict with what to mend."""
    address, full_name = rules.email_of(email), rules.name_of(name)
    company = _company(session, company_slug, role)
    if session.scalar(select(Person.id).where(Person.email == address)) is not None:
        raise Conflict("Un compte existe déjà pour {email}.", field="email", email=address)
    person = Person(email=address, name=full_name)
    password_hash = passwords.make(password, email=address, name=full_name)
    session.add(person)
    session.flush()  # what follows refers to the person
    session.add(Credential(person_id=person.id, password_hash=password_hash))
    if company is not None and role is not None:
        session.add(Seat(person_id=person.id, company_id=company.id, role=role))
    session.add_all(ClusterSeatHeld(person_id=person.id, seat=seat) for seat in set(seats))
    history.record(session, system("operator"), "accounts.added", now=now, object_id=person.id)
    return person


def _company(session: Session, slug: str | None, role: CompanyRole | None) -> Company | None:
    if (slug is None) != (role is None):
        raise Invalid("Donnez l’entreprise et le rôle ensemble, ou aucun des deux.", field="role")
    if slug is None:
        return None
    company = session.scalar(select(Company).where(Company.slug == slug))
    if company is None or company.left_on is not None:
        raise Invalid("Aucune entreprise ne s’appelle « {slug} ».", field="company", slug=slug)
    return company


def set_preferences(session: Session, actor: Actor, *, language: str, keys: bool) -> None:
    """Keep the language of pages and letters, and whether single letters are shortcuts."""
    if language not in LANGUAGES:
        raise Invalid("Choisissez une langue de la liste.", field="language")
    person = session.get_one(Person, actor.person_id)
    person.locale, person.letter_keys = language, keys


def set_password(
    session: Session, actor: Actor, password_hash: str, *, keep: UUID, now: datetime
) -> None:
    """Change one's own password, once the old one was judged right; all other sessions end."""
    credential = credential_for_update(session, actor.person_id)
    if credential is None:
        raise NotFound("Ce compte n’a pas de mot de passe.")
    credential.password_hash = password_hash
    sessions.end_all(session, credential.person_id, now=now, but=keep)
    history.record(session, actor, "accounts.password_changed", now=now)
    links.tell_of_change(session, session.get_one(Person, credential.person_id), now=now)


def set_disabled(
    session: Session, actor: Actor, person_id: UUID, *, disabled: bool, now: datetime
) -> Person:
    """Close an account, ending its sessions, or open it again; for administrators."""
    require_administers(actor)
    person = _other_person(session, actor, person_id)
    person.disabled_at = now if disabled else None
    with widened(session, actor, "sign_in"):
        sessions.end_all(session, person.id, now=now)
    history.record(
        session, actor, "accounts.disabled" if disabled else "accounts.enabled", now=now,
        object_id=person.id,
    )  # fmt: skip
    return person


def forget_second_factor(
    session: Session, actor: Actor, person_id: UUID, *, now: datetime
) -> Person:
    """Take a lost second factor off an account; its owner signs in again and enrols a new one."""
    require_administers(actor)
    person = _other_person(session, actor, person_id)
    with widened(session, actor, "sign_in"):
        credential = credential_for_update(session, person.id)
        if credential is None or credential.totp_secret is None:
            raise Conflict("La vérification en deux étapes n’est pas active pour ce compte.")
        credential.totp_secret, credential.totp_step = None, 0
        sessions.end_all(session, person.id, now=now)
        session.flush()  # while the wall lets this change pass
    history.record(session, actor, "accounts.second_factor_removed", now=now, object_id=person.id)
    return person


def require_administers(actor: Actor) -> None:
    """Administration does not exist for anybody else."""
    if not actor.has(ClusterSeat.ADMINISTRATOR):
        raise NotFound("Cette page n’existe pas, ou n’est pas visible pour vous.")


def _other_person(session: Session, actor: Actor, person_id: UUID) -> Person:
    """Lock somebody else's account: nobody locks themselves out."""
    if person_id == actor.person_id:
        raise Conflict("Un administrateur ne peut pas le faire pour son propre compte.")
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound("Cette page n’existe pas, ou n’est pas visible pour vous.")
    return person


def present_code(session: Session, email: str, *, now: datetime) -> str:
    """Give the operator the present one-time code of an account; it is noted in the history."""
    secret = session.execute(
        select(Person.id, Credential.totp_secret)
        .join(Credential, Credential.person_id == Person.id)
        .where(Person.email == rules.email_of(email))
    ).one_or_none()
    if secret is None or secret.totp_secret is None:
        raise NotFound("Ce compte n’existe pas ou n’a pas de code à usage unique.")
    history.record(session, system("operator"), "accounts.code_given", now=now, object_id=secret.id)
    return TOTP(secret.totp_secret).at(now)
