"""One-time links: single use, short, for one address."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.accounts import invitations, links, sessions
from tender.accounts.models import Credential
from tender.accounts.queries import actor_of
from tender.accounts.service import add_person
from tender.companies.models import Company, Person
from tender.core.actor import Actor, ClusterSeat, CompanyRole, system
from tender.core.errors import Conflict, Forbidden
from tests.factories import NOW, actor_for, make_company, make_person

AsActor = Callable[[Actor], Session]
CONTRIBUTOR = CompanyRole.CONTRIBUTOR


class Post:
    """Catches the tokens of the links that are written."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def __call__(self, token: str) -> str:
        self.tokens.append(token)
        return f"https://grappe.example/{token}"


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def person(session: Session, as_actor: AsActor) -> Person:
    found = add_person(
        session, email="p@exemple.fr", name="Salomé Ridel", password="rideau mange trois tuiles",
        now=NOW,
    )  # fmt: skip
    as_actor(system("sign_in"))
    return found


def test_a_reset_changes_the_password_once_and_ends_all_sessions(
    session: Session, person: Person, post: Post
) -> None:
    open_one = sessions.open_session(session, person, browser="", second_factor_due=False, now=NOW)
    links.ask_reset(session, "p@exemple.fr", link_to=post, now=NOW)
    links.ask_reset(session, "p@exemple.fr", link_to=post, now=NOW)
    assert links.reset_password(session, post.tokens[1], "new hash", now=NOW)
    credential = session.scalars(select(Credential).filter_by(person_id=person.id)).one()
    assert credential.password_hash == "new hash"
    assert sessions.recognise(session, open_one, now=NOW) is None
    for spent in post.tokens:
        assert not links.reset_password(session, spent, "other hash", now=NOW)


def test_a_reset_link_lapses_in_half_an_hour(session: Session, person: Person, post: Post) -> None:
    links.ask_reset(session, "p@exemple.fr", link_to=post, now=NOW)
    assert links.reset_for(session, post.tokens[0], now=NOW + timedelta(minutes=29)) is person
    assert links.reset_for(session, post.tokens[0], now=NOW + timedelta(minutes=31)) is None


@pytest.mark.parametrize("change", [{"email": "autre@exemple.fr"}, {"disabled_at": NOW}], ids=str)
def test_a_reset_link_dies_with_the_address_or_the_account(
    session: Session, person: Person, post: Post, change: dict[str, object]
) -> None:
    links.ask_reset(session, "p@exemple.fr", link_to=post, now=NOW)
    for name, value in change.items():
        setattr(person, name, value)
    session.flush()
    assert not links.reset_password(session, post.tokens[0], "new hash", now=NOW)


def test_an_unknown_address_gets_no_letter_and_a_known_one_five_a_day(
    session: Session, person: Person, post: Post
) -> None:
    links.ask_reset(session, "inconnu@exemple.fr", link_to=post, now=NOW)
    assert post.tokens == []
    for _ in range(7):
        links.ask_reset(session, "p@exemple.fr", link_to=post, now=NOW)
    assert len(post.tokens) == 5


@pytest.fixture
def house(session: Session) -> tuple[Company, Actor]:
    company = make_company(session)
    return company, actor_for(make_person(session, company=company), company)


def offered(company: Company) -> invitations.Offer:
    return invitations.Offer("Contributeur", company.id, CONTRIBUTOR)


def invited(session: Session, as_actor: AsActor, house: tuple[Company, Actor], post: Post) -> str:
    company, by = house
    as_actor(by)
    invitations.invite(session, by, "neuf@exemple.fr", offered(company), link_to=post, now=NOW)
    as_actor(system("sign_in"))
    return post.tokens[-1]


def test_an_invitation_opens_one_account_with_the_seat_it_names(
    session: Session, as_actor: AsActor, house: tuple[Company, Actor], post: Post
) -> None:
    token = invited(session, as_actor, house, post)
    person = invitations.accept_as_new(
        session, token, name="Neuf", password_hash="hash", locale="fr", now=NOW
    )
    session.flush()
    assert actor_of(session, person).companies == {house[0].id: CONTRIBUTOR}
    with pytest.raises(Conflict):
        invitations.accept_as_new(
            session, token, name="Autre", password_hash="hash", locale="fr", now=NOW
        )


def test_an_invitation_to_an_account_is_for_that_account_only(
    session: Session, as_actor: AsActor, house: tuple[Company, Actor], post: Post
) -> None:
    known, rival = make_person(session, "Connue"), make_person(session, "Rivale")
    known.email = "neuf@exemple.fr"
    token = invited(session, as_actor, house, post)
    with pytest.raises(Forbidden):
        invitations.accept_as(session, token, rival.id, now=NOW)
    with pytest.raises(Conflict):
        invitations.accept_as_new(
            session, token, name="Autre", password_hash="hash", locale="fr", now=NOW
        )
    invitations.accept_as(session, token, known.id, now=NOW)
    session.flush()
    assert actor_of(session, known).works_for(house[0].id)


def test_an_invitation_lapses_after_a_week_or_when_its_inviter_has_left(
    session: Session, as_actor: AsActor, house: tuple[Company, Actor], post: Post
) -> None:
    token = invited(session, as_actor, house, post)
    assert invitations.read(session, token, now=NOW + timedelta(days=8)) is None
    inviter = session.get_one(Person, house[1].person_id)
    inviter.disabled_at = NOW
    session.flush()
    assert invitations.read(session, token, now=NOW) is None


def test_a_contributor_or_another_company_cannot_invite(
    session: Session, house: tuple[Company, Actor], post: Post
) -> None:
    company, _ = house
    other = make_company(session, "Autre")
    for by in (
        actor_for(make_person(session), company, role=CONTRIBUTOR),
        actor_for(make_person(session), other),
    ):
        with pytest.raises(Forbidden):
            invitations.invite(session, by, "x@exemple.fr", offered(company), link_to=post, now=NOW)


def test_only_an_administrator_gives_a_seat_of_the_cluster(
    session: Session, as_actor: AsActor, house: tuple[Company, Actor], post: Post
) -> None:
    offer = invitations.Offer("Coordinateur", seats=frozenset({ClusterSeat.COORDINATOR}))
    with pytest.raises(Forbidden):
        invitations.invite(session, house[1], "x@exemple.fr", offer, link_to=post, now=NOW)
    seats = (ClusterSeat.ADMINISTRATOR,)
    chief = actor_for(make_person(session, seats=seats), seats=seats)
    as_actor(chief)
    invitations.invite(session, chief, "x@exemple.fr", offer, link_to=post, now=NOW)
    as_actor(system("sign_in"))
    person = invitations.accept_as_new(
        session, post.tokens[0], name="Neuf", password_hash="hash", locale="fr", now=NOW
    )
    assert actor_of(session, person).seats == {ClusterSeat.COORDINATOR}
