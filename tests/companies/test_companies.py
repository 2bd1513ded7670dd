"""SIRET numbers, and what links companies on a day."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tender.companies import queries, rules
from tender.companies.models import CompanyRelationship, RelationshipKind
from tender.core.actor import Actor
from tender.core.errors import Invalid, NotFound
from tests.factories import actor_for, luhn, make_company, make_person

ON = date(2026, 11, 24)


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.from_regex(r"[0-9]{4}", fullmatch=True))
def test_both_keys_of_a_siret_are_checked(body: str, nic: str) -> None:
    siren = body + luhn(body)
    siret = siren + nic + luhn(siren + nic)
    assert rules.is_siret(siret)
    for place in (8, 13):
        wrong = str((int(siret[place]) + 1) % 10)
        assert not rules.is_siret(siret[:place] + wrong + siret[place + 1 :])


@given(st.text(max_size=20))
def test_no_text_breaks_the_check(typed: str) -> None:
    if rules.is_siret(typed):
        assert rules.siret_of(typed) == typed
    else:
        with pytest.raises(Invalid):
            rules.siret_of(typed + "x")


def test_a_siret_may_be_typed_with_spaces_and_la_poste_has_its_own_rule() -> None:
    assert rules.siret_of(" 356 000 000\u00a000048 ") == "35600000000048"
    assert rules.siret_of("35600000009075") == "35600000009075"


def test_a_link_holds_from_its_first_to_its_last_day(session: Session) -> None:
    ours, theirs, third = (make_company(session, name) for name in ("A", "B", "C"))
    first, other = sorted((ours.id, theirs.id))
    link = CompanyRelationship(
        company_id=first, other_id=other, kind=RelationshipKind.SHARED_DIRECTOR,
        since=date(2026, 1, 1), until=ON,
    )  # fmt: skip
    session.add(link)
    assert queries.links_between(session, ours.id, on=ON) == [link]
    assert queries.linked(session, [ours.id, theirs.id, third.id], on=ON) == {
        ours.id: [link], theirs.id: [link],
    }  # fmt: skip
    assert queries.linked(session, [ours.id, third.id], on=ON) == {}
    for day in (date(2025, 12, 31), date(2026, 11, 25)):
        assert not queries.links_between(session, theirs.id, on=day)


def test_another_company_is_as_missing_as_none(
    session: Session, as_actor: Callable[[Actor], Session]
) -> None:
    own, other = make_company(session), make_company(session)
    me = actor_for(make_person(session, company=own), own)
    as_actor(me)
    assert queries.own_company(session, me, own.slug).id == own.id
    for slug in (other.slug, "nulle-part"):
        with pytest.raises(NotFound):
            queries.own_company(session, me, slug)
