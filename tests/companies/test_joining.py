"""A company joins the cluster once, with facts that can be true."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.companies.models import Company, IntegrationTier
from tender.companies.service import Entry, add_company
from tender.core.actor import Actor, ClusterSeat, system
from tender.core.errors import Conflict, Invalid, NotFound
from tender.history.models import AuditEntry
from tests.factories import NOW, actor_for, make_company, make_person, make_siret

OPERATOR = system("operator")
ENTRY = Entry(
    slug="nette-rive", name="Nette  Rive", siret=make_siret(77_777), form="SCOP SA",
    tier=IntegrationTier.POOLED, city="Dunkerque", nuts="fre11", headcount="1 200",
    trades=("909", "909", " 80 "), statuses=("ess", "siae"),
)  # fmt: skip


def test_a_company_joins_and_the_history_says_so(session: Session, as_actor) -> None:
    made = add_company(session, OPERATOR, ENTRY, now=NOW)
    found = session.scalars(select(Company).where(Company.slug == "nette-rive")).one()
    assert (found.trade_name, found.legal_name, found.nuts) == ("Nette Rive", "Nette Rive", "FRE11")
    assert (found.headcount, found.cpv_prefixes) == (1200, ["909", "80"])
    entry = as_actor(system("audit")).scalars(select(AuditEntry)).all()[-1]
    assert (entry.action, entry.object_id) == ("companies.added", made.id)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "Nette Rive"), ("slug", "nette/rive"), ("slug", ""), ("slug", "a" * 61),
        ("name", " "), ("name", "a" * 121), ("name", "Nette\u202eRive"), ("siret", "123"),
        ("form", ""), ("city", "\0"), ("nuts", "Nord, 59"), ("nuts", "F"), ("headcount", "-1"),
        ("headcount", "beaucoup"), ("headcount", "9" * 5000), ("headcount", "٤٢"),
        ("trades", ("8",)), ("trades", ("80; drop",)), ("statuses", ("gentil",)),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_refused_at_its_field(
    session: Session, field: str, value: object
) -> None:
    with pytest.raises(Invalid) as refused:
        add_company(session, OPERATOR, replace(ENTRY, **{field: value}), now=NOW)
    assert refused.value.field == field


def test_the_same_company_does_not_join_twice(session: Session) -> None:
    add_company(session, OPERATOR, ENTRY, now=NOW)
    for again, field in ((ENTRY, "slug"), (replace(ENTRY, slug="autre"), "siret")):
        with pytest.raises(Conflict) as refused:
            add_company(session, OPERATOR, again, now=NOW)
        assert refused.value.field == field


def test_only_the_administration_takes_companies_in(session: Session, as_actor) -> None:
    company = make_company(session)
    member = actor_for(make_person(session, company=company), company)
    seats = (ClusterSeat.ADMINISTRATOR,)
    administrator = actor_for(make_person(session, seats=seats), seats=seats)
    for who in (member, Actor(name="personne")):
        with pytest.raises(NotFound):
            add_company(as_actor(who), who, ENTRY, now=NOW)
    assert add_company(as_actor(administrator), administrator, ENTRY, now=NOW).slug == "nette-rive"
