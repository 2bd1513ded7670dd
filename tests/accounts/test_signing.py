"""Signing in: counted, alike for unknown addresses, once per code."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tender.accounts import passwords, sessions, signing, throttle
from tender.accounts.models import Attempt, Credential
from tender.accounts.service import add_person
from tender.companies.models import Person
from tender.core.actor import Actor, ClusterSeat, system
from tender.core.errors import Invalid
from tests.factories import NOW

PASSWORD = "rideau mange trois tuiles"
HERE = signing.Browser("Firefox, Linux", "192.0.2.7")
AsActor = Callable[[Actor], Session]


@pytest.fixture
def person(session: Session, as_actor: AsActor) -> Person:
    """Somebody with a password; the session is then that of the sign-in."""
    person = add_person(
        session, email="p@exemple.fr", name="Salomé Ridel", password=PASSWORD,
        seats=[ClusterSeat.COORDINATOR], now=NOW,
    )  # fmt: skip
    as_actor(system("sign_in"))
    return person


def attempt(
    session: Session,
    email: str,
    password: str,
    browser: signing.Browser = HERE,
    now: datetime = NOW,
) -> str | None:
    guess = signing.begin(session, email, browser, now=now)
    verdict = passwords.check(guess.stored, password)
    return signing.finish(session, guess, verdict, browser, now=now)


def test_the_right_password_opens_a_session(session: Session, person: Person) -> None:
    token = attempt(session, " P@Exemple.fr", PASSWORD)
    assert token is not None
    found = sessions.recognise(session, token, now=NOW)
    assert found is not None
    assert (found.person.id, found.second_factor_due, found.must_enrol) == (person.id, False, True)


@pytest.mark.parametrize(
    ("email", "password"), [("p@exemple.fr", "faux"), ("inconnu@exemple.fr", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_are_refused_alike(
    session: Session, person: Person, email: str, password: str
) -> None:
    assert attempt(session, email, password) is None
    assert session.scalar(select(func.count()).select_from(Attempt)) == 2


def test_a_disabled_person_does_not_get_in(session: Session, person: Person) -> None:
    person.disabled_at = NOW
    assert attempt(session, "p@exemple.fr", PASSWORD) is None


@pytest.mark.parametrize("email", ["p@exemple.fr", "inconnu@exemple.fr"])
def test_ten_wrong_guesses_close_an_account_for_five_minutes_from_anywhere(
    session: Session, person: Person, email: str
) -> None:
    for i in range(10):
        attempt(session, email, "faux", signing.Browser("", f"192.0.2.{i}"))
    elsewhere = signing.Browser("", "198.51.100.1")
    with pytest.raises(throttle.TooMany):
        attempt(session, email, PASSWORD, elsewhere)
    attempt(session, email, "faux", elsewhere, now=NOW + timedelta(minutes=6))


def test_ten_wrong_guesses_close_an_address_for_every_account(
    session: Session, person: Person
) -> None:
    for i in range(10):
        attempt(session, f"inconnu{i}@exemple.fr", "faux")
    with pytest.raises(throttle.TooMany):
        attempt(session, "p@exemple.fr", PASSWORD)


def test_fifty_guesses_a_day_are_the_most(session: Session, person: Person) -> None:
    for i in range(50):
        attempt(
            session, "p@exemple.fr", "faux", signing.Browser("", f"192.0.2.{i}"),
            now=NOW + i * timedelta(minutes=10),
        )  # fmt: skip
    with pytest.raises(throttle.TooMany):
        attempt(session, "p@exemple.fr", PASSWORD, now=NOW + timedelta(hours=10))


def test_a_device_known_to_the_person_still_gets_in(session: Session, person: Person) -> None:
    for i in range(10):
        attempt(session, "p@exemple.fr", "faux", signing.Browser("", f"192.0.2.{i}"))
    own = signing.Browser("", "203.0.113.9", signing.Device(person.id, "mark"))
    assert attempt(session, "p@exemple.fr", PASSWORD, own) is not None


def test_right_passwords_use_up_no_limit_and_old_attempts_are_deleted(
    session: Session, person: Person
) -> None:
    for _ in range(12):
        assert attempt(session, "p@exemple.fr", PASSWORD) is not None
    attempt(session, "p@exemple.fr", "faux", now=NOW - timedelta(days=2))
    attempt(session, "p@exemple.fr", PASSWORD)
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_a_hash_with_outdated_parameters_is_renewed(session: Session, person: Person) -> None:
    credential = session.scalars(select(Credential).filter_by(person_id=person.id)).one()
    assert passwords.check(credential.password_hash, PASSWORD).fresh is None
    costly = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    credential.password_hash = costly
    session.flush()
    assert attempt(session, "p@exemple.fr", PASSWORD) is not None
    assert credential.password_hash != costly


@pytest.fixture
def enrolled(session: Session, person: Person) -> tuple[str, str]:
    """A secret on the account, and a half-open session."""
    first, secret = attempt(session, "p@exemple.fr", PASSWORD), signing.new_secret()
    assert first is not None
    code = pyotp.TOTP(secret).at(NOW)
    opened = signing.enrol(session, first, secret, code, HERE, now=NOW)
    assert opened is not None
    assert sessions.recognise(session, first, now=NOW) is None
    later = NOW + timedelta(minutes=2)
    half = attempt(session, "p@exemple.fr", PASSWORD, now=later)
    assert half is not None
    return half, secret


def test_the_second_factor_gives_a_new_token_once(
    session: Session, enrolled: tuple[str, str]
) -> None:
    half, secret = enrolled
    now = NOW + timedelta(minutes=2)
    code = pyotp.TOTP(secret).at(now)
    whole = signing.pass_second_factor(session, half, code, HERE, now=now)
    assert whole is not None
    assert sessions.recognise(session, half, now=now) is None
    again = attempt(session, "p@exemple.fr", PASSWORD, now=now)
    assert again is not None
    assert signing.pass_second_factor(session, again, code, HERE, now=now) is None


def test_five_wrong_codes_close_the_second_step(
    session: Session, enrolled: tuple[str, str]
) -> None:
    half, secret = enrolled
    now = NOW + timedelta(minutes=2)
    wrong = f"{(int(pyotp.TOTP(secret).at(now)) + 500_000) % 1_000_000:06d}"
    for _ in range(5):
        assert signing.pass_second_factor(session, half, wrong, HERE, now=now) is None
    with pytest.raises(throttle.TooMany):
        signing.pass_second_factor(session, half, pyotp.TOTP(secret).at(now), HERE, now=now)


@pytest.mark.parametrize("idle", [timedelta(minutes=61), timedelta(hours=13)])
def test_an_idle_session_ends_by_itself(
    session: Session, enrolled: tuple[str, str], idle: timedelta
) -> None:
    now = NOW + timedelta(minutes=2) + idle
    assert sessions.recognise(session, enrolled[0], now=now) is None
    with pytest.raises(Invalid):
        signing.pass_second_factor(session, enrolled[0], "123456", HERE, now=now)
