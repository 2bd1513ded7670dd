"""The grid and one position on it: advice before saving, both sides, the deadline."""

import html
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tender.bids.models import Bid
from tender.bids.queries import rules_of
from tender.claims.models import LotClaim
from tender.claims.rules import ClaimRole, ClaimState
from tender.companies.models import Company, CompanyRelationship, RelationshipKind
from tender.core import clock
from tender.core.actor import ClusterSeat, system
from tender.core.transaction import set_context
from tests.factories import (
    actor_for,
    make_bid,
    make_claim,
    make_company,
    make_person,
    make_tender,
)
from tests.web.conftest import SignIn
from tests.web.rooms import text

SEATS = (ClusterSeat.COORDINATOR,)
WHY = "Nous n’avons plus l’équipe."


@dataclass
class Consortium:
    """A bid with two invited companies that share staff; Bravo answers it elsewhere too."""

    session: Session
    bid: Bid
    alpha: Company
    bravo: Company
    coordinator: FlaskClient
    ana: FlaskClient
    bob: FlaskClient

    @property
    def url(self) -> str:
        return f"/affaires/{self.bid.ref}/lots"

    def fields(self, company: Company, role: str = "co_contractor", share: str = "40") -> dict:
        return {"company": str(company.id), "role": role, "share": share, "tasks": "équipe"}

    def only_claim(self) -> LotClaim:
        set_context(self.session, actor_for(self.bid.coordinator, coordinates=(self.bid,)))
        self.session.expire_all()
        return self.session.query(LotClaim).filter_by(bid_id=self.bid.id).one()


@pytest.fixture
def consortium(session: Session, sign_in: SignIn) -> Consortium:
    return build(session, sign_in)


def build(
    session: Session, sign_in: SignIn, closes_in: timedelta = timedelta(days=21)
) -> Consortium:
    alpha, bravo = make_company(session, "Alpha"), make_company(session, "Bravo")
    first, second = sorted((alpha.id, bravo.id))
    session.add(
        CompanyRelationship(
            company_id=first, other_id=second, kind=RelationshipKind.SHARED_STAFF,
            since=clock.now().date(),
        )
    )  # fmt: skip
    people = [
        make_person(session, "Cora", seats=SEATS),
        make_person(session, "Ana", company=alpha),
        make_person(session, "Bob", company=bravo),
    ]
    rosa = make_person(session, "Rosa", seats=SEATS)
    tender = make_tender(session, now=clock.now(), closes_in=closes_in)
    rival = make_bid(session, rosa, invited=(bravo,), tender=tender)
    make_claim(session, rival.lot_bids[0], bravo, role=ClaimRole.LEAD)
    set_context(session, system("operator"))
    bid = make_bid(session, people[0], invited=(alpha, bravo), tender=tender)
    rules_of(session, bid.id).max_lots_bid = 2
    session.commit()
    return Consortium(session, bid, alpha, bravo, *(sign_in(p) for p in people))


def test_what_the_rules_say_is_on_the_form_before_anything_is_saved(
    consortium: Consortium,
) -> None:
    page = text(consortium.ana.get(f"{consortium.url}/1/positions/nouvelle"))
    assert "Une entreprise qui partage des moyens avec Alpha répond séparément à ce lot" in page
    assert "CE, 8 décembre 2020" in page
    assert "il reste 100 %" in page
    assert consortium.bravo.trade_name not in page


def test_the_advice_follows_what_is_chosen(consortium: Consortium) -> None:
    verify = f"{consortium.url}/1/positions/verifier"
    watching = consortium.ana.post(
        verify, data=consortium.fields(consortium.alpha, "watch", ""), headers={"HX-Request": "1"}
    )
    assert "Aucune règle ne s’oppose" in text(watching)
    assert "<html" not in text(watching)
    leading = consortium.bob.post(
        verify, data=consortium.fields(consortium.bravo, "lead"), headers={"HX-Request": "1"}
    )
    assert "Bravo est déjà mandataire d’un autre groupement pour ce lot." in text(leading)
    assert "R. 2142-23" in text(leading)
    whole = consortium.ana.post(verify, data=consortium.fields(consortium.alpha))
    assert whole.status_code == 200
    assert "<html" in text(whole)
    assert "équipe" in text(whole)


def test_nobody_learns_where_another_company_stands(consortium: Consortium) -> None:
    asked = consortium.fields(consortium.bravo, "lead")
    told = consortium.ana.post(
        f"{consortium.url}/1/positions/verifier", data=asked, headers={"HX-Request": "1"}
    )
    refused = consortium.ana.post(f"{consortium.url}/1/positions/nouvelle", data=asked)
    assert "mandataire d’un autre" not in text(told) + text(refused)
    assert refused.status_code == 422


def test_a_company_takes_a_lot_and_the_coordinator_confirms(consortium: Consortium) -> None:
    done = consortium.ana.post(
        f"{consortium.url}/1/positions/nouvelle", data=consortium.fields(consortium.alpha, "lead"),
        follow_redirects=True,
    )  # fmt: skip
    assert "Alpha est positionnée sur le lot 1" in text(done)
    claim = consortium.only_claim()
    shown = consortium.coordinator.post(
        f"{consortium.url}/positions/{claim.id}/confirmer", follow_redirects=True
    )
    assert "La position de Alpha est confirmée." in text(shown)
    assert consortium.only_claim().state is ClaimState.CONFIRMED


def test_the_coordinator_proposes_and_the_company_accepts_or_declines(
    consortium: Consortium,
) -> None:
    new = f"{consortium.url}/1/positions/nouvelle"
    consortium.coordinator.post(new, data=consortium.fields(consortium.alpha))
    claim = consortium.only_claim()
    work = text(consortium.ana.get("/moi"))
    assert "Répondre : Alpha est proposée sur le lot 1" in work
    page = text(consortium.ana.get(f"{consortium.url}/positions/{claim.id}"))
    assert "Accepter la position" in page
    assert "Décliner la position" in page
    assert "Accepter la position" not in text(
        consortium.coordinator.get(f"{consortium.url}/positions/{claim.id}")
    )
    consortium.ana.post(f"{consortium.url}/positions/{claim.id}/retirer", data={"reason": WHY})
    assert consortium.only_claim().state is ClaimState.DECLINED


def test_a_block_is_told_at_its_field_with_its_article_and_the_way_on(
    consortium: Consortium,
) -> None:
    new = f"{consortium.url}/1/positions/nouvelle"
    refused = consortium.coordinator.post(new, data=consortium.fields(consortium.bravo, "lead"))
    assert refused.status_code == 422
    page = text(refused)
    assert "déjà mandataire d’un autre groupement" in page
    assert "Pour passer outre, donnez une raison écrite. (art. R. 2142-23)" in page
    override = {"override_reason": "Le conseil a validé par écrit."}
    consortium.coordinator.post(new, data=consortium.fields(consortium.bravo, "lead") | override)
    claim = consortium.only_claim()
    shown = text(consortium.coordinator.get(f"{consortium.url}/positions/{claim.id}"))
    assert "« Le conseil a validé par écrit. »" in shown


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"share": "douze"}, "Écrivez la part en chiffres"),
        ({"share": "0"}, "entre 0,01 et 100"),
        ({"share": "NaN"}, "Écrivez la part en chiffres"),
        ({"share": "33,333"}, "deux décimales"),
        ({"role": ""}, "Choisissez un rôle"),
        ({"role": "chef"}, ""),
        ({"company": "0"}, ""),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_what_was_typed_stays(
    change: dict[str, str], words: str, consortium: Consortium
) -> None:
    fields = consortium.fields(consortium.alpha) | change
    refused = consortium.ana.post(f"{consortium.url}/1/positions/nouvelle", data=fields)
    assert refused.status_code == 422
    assert words in text(refused)
    assert "équipe" in text(refused)


def test_a_stale_form_is_a_conflict(consortium: Consortium) -> None:
    consortium.ana.post(
        f"{consortium.url}/1/positions/nouvelle", data=consortium.fields(consortium.alpha)
    )
    url = f"{consortium.url}/positions/{consortium.only_claim().id}"
    found = re.search(r'name="version"[^>]*value="(\d+)"', text(consortium.ana.get(url)))
    assert found is not None
    fields = consortium.fields(consortium.alpha, share="50") | {"version": found[1]}
    assert consortium.ana.post(url, data=fields).status_code == 303
    assert consortium.ana.post(url, data=fields).status_code == 409


def test_after_the_deadline_the_grid_only_shows(session: Session, sign_in: SignIn) -> None:
    consortium = build(session, sign_in, closes_in=timedelta(days=-1))
    page = text(consortium.ana.get(consortium.url))
    assert "positions/nouvelle" not in page
    form = text(consortium.ana.get(f"{consortium.url}/1/positions/nouvelle"))
    assert "La date limite est passée" in form
    assert "R. 2142-26" in form


def test_a_company_declines_and_the_bid_is_closed_to_it(consortium: Consortium) -> None:
    shown = consortium.ana.post(
        f"{consortium.url}/decliner", data={"company": consortium.alpha.slug}, follow_redirects=True
    )
    assert "ne participe pas" in text(shown)
    assert consortium.ana.get(consortium.url).status_code == 404


def test_the_lead_is_offered_among_those_who_bind_themselves(consortium: Consortium) -> None:
    for company, role in ((consortium.alpha, "subcontractor"), (consortium.bravo, "lead")):
        page = text(consortium.coordinator.get(consortium.url))
        assert "Mandataire du groupement" not in page
        override = {"override_reason": "Le conseil a validé par écrit."}
        consortium.coordinator.post(
            f"{consortium.url}/2/positions/nouvelle",
            data=consortium.fields(company, role) | override,
        )
    refused = consortium.coordinator.post(
        f"{consortium.url}/mandataire", data={"company": consortium.alpha.slug},
        follow_redirects=True,
    )  # fmt: skip
    assert "sous-traitant n’est pas membre" in html.unescape(text(refused))
