"""Companies: known to all, their people to their own only."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tender.companies.models import CompanyRelationship, Person, RelationshipKind
from tender.core.actor import ClusterSeat, CompanyRole
from tests.factories import make_company, make_person

SignIn = Callable[[Person], FlaskClient]
XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_the_list_names_every_company_and_ones_own(session: Session, sign_in: SignIn) -> None:
    own, other = make_company(session, "Nette Rive"), make_company(session, "Belle Ourse")
    client = sign_in(make_person(session, company=own))
    page = client.get("/entreprises/").text
    assert own.trade_name in page
    assert other.trade_name in page
    assert page.count("la vôtre") == 1
    assert "Formation" in page


def test_people_and_links_are_shown_to_their_own_company_only(
    session: Session, sign_in: SignIn
) -> None:
    own, other = make_company(session, "Nette Rive"), make_company(session, "Belle Ourse")
    first, second = sorted((own.id, other.id))
    session.add(
        CompanyRelationship(
            company_id=first, other_id=second, kind=RelationshipKind.SHAREHOLDING,
            since=date(2025, 1, 1), percent=Decimal(30),
        )
    )  # fmt: skip
    me, rival = make_person(session, company=own), make_person(session, "Rui Dax", company=other)
    client = sign_in(me)
    mine = client.get(f"/entreprises/{own.slug}").text
    assert me.email in mine
    assert "30" in mine
    assert "participation au capital" in mine
    theirs = client.get(f"/entreprises/{other.slug}").text
    assert rival.name not in theirs
    assert rival.email not in theirs
    assert "participation au capital" not in theirs
    assert "Inviter une personne" not in theirs


def test_a_missing_company_and_an_invitation_to_another_are_not_found_alike(
    session: Session, sign_in: SignIn
) -> None:
    other = make_company(session)
    client = sign_in(make_person(session, company=make_company(session)))
    form = {"email": "x@exemple.fr", "role": "contributor"}
    for slug in ("nulle-part", other.slug):
        assert client.post(f"/entreprises/{slug}/inviter", data=form).status_code == 404
    assert client.get("/entreprises/nulle-part").status_code == 404


def test_a_contributor_may_not_invite_and_a_bad_address_is_named(
    session: Session, sign_in: SignIn
) -> None:
    company = make_company(session)
    address = f"/entreprises/{company.slug}/inviter"
    contributor = make_person(session, company=company, role=CompanyRole.CONTRIBUTOR)
    client = sign_in(make_person(session, company=company))
    form = {"email": "x@exemple.fr", "role": "contributor"}
    assert sign_in(contributor).post(address, data=form).status_code == 403
    answer = client.post(address, data={**form, "email": "nulle part"})
    assert answer.status_code == 422
    assert "nom@domaine.fr" in answer.text
    assert client.post(address, data={**form, "role": "administrator"}).status_code == 422


def test_an_invitation_waits_in_the_list_of_the_company(session: Session, sign_in: SignIn) -> None:
    company = make_company(session)
    client = sign_in(make_person(session, company=company))
    form = {"email": "x@exemple.fr", "role": "representative"}
    client.post(f"/entreprises/{company.slug}/inviter", data=form)
    assert "x@exemple.fr" in client.get(f"/entreprises/{company.slug}").text


def test_an_administrator_invites_to_any_company(session: Session, sign_in: SignIn) -> None:
    company = make_company(session)
    client = sign_in(make_person(session, seats=(ClusterSeat.ADMINISTRATOR,)))
    form = {"email": "x@exemple.fr", "role": "representative"}
    assert client.post(f"/entreprises/{company.slug}/inviter", data=form).status_code == 303


def test_names_are_shown_as_text_whatever_is_in_them(session: Session, sign_in: SignIn) -> None:
    company = make_company(session)
    company.trade_name = company.legal_name = company.city = XSS
    client = sign_in(make_person(session, XSS, company=company))
    for path in ("/entreprises/", f"/entreprises/{company.slug}", "/compte"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
