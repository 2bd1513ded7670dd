"""Deciding to answer: votes apart, their spread, the reason, the invitations, the RC."""

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tender.bids.grid import WEIGHTS
from tender.bids.models import Bid, BidPass
from tender.bids.queries import rules_of
from tender.bids.rules import PassKind, Stage
from tender.core import clock
from tender.core.actor import Actor, ClusterSeat, system
from tender.core.transaction import set_context
from tests.factories import NOW, actor_for, make_bid, make_company, make_person, make_tender
from tests.web.conftest import SignIn
from tests.web.rooms import text

SEATS = (ClusterSeat.COORDINATOR,)
WHY = "Dans le métier de trois membres, délai tenable."


@dataclass
class Table:
    """Those who sit at the decision: a coordinator, a reviewer, a guest."""

    session: Session
    bid: Bid
    actor: Actor
    cora: FlaskClient
    rose: FlaskClient
    ivan: FlaskClient

    @property
    def url(self) -> str:
        return f"/affaires/{self.bid.ref}/decision"

    def fresh(self) -> Bid:
        set_context(self.session, self.actor)
        self.session.expire_all()
        return self.session.get_one(Bid, self.bid.id)


@pytest.fixture
def table(session: Session, sign_in: SignIn) -> Table:
    guest = make_company(session, "Conviée")
    cora, rose, ivan = (
        make_person(session, "Cora", seats=SEATS),
        make_person(session, "Rose", company=make_company(session, "Ailleurs")),
        make_person(session, "Ivan", company=guest),
    )
    tender = make_tender(session, now=clock.now())
    bid = make_bid(session, cora, invited=(guest,), tender=tender, stage=Stage.QUALIFYING)
    session.add(BidPass(bid_id=bid.id, person_id=rose.id, kind=PassKind.REVIEWER, given_at=NOW))
    session.commit()
    actor = actor_for(cora, seats=SEATS, coordinates=(bid,))
    return Table(session, bid, actor, sign_in(cora), sign_in(rose), sign_in(ivan))


def marks(value: object) -> dict[str, str]:
    return {code: str(value) for code in WEIGHTS} | {"action": "vote", "comment": "avis motivé"}


def test_a_voter_sees_the_others_after_their_own_mark(table: Table) -> None:
    table.cora.post(table.url, data=marks(80))
    before = text(table.rose.get(table.url))
    assert "1 voix" in before
    assert "Les notes des autres s’affichent après la vôtre." in before
    assert "avis motivé" not in before
    table.rose.post(table.url, data=marks(41))
    after = text(table.rose.get(table.url))
    assert "2 voix" in after
    assert "avis motivé" in after
    assert "de 41 à 80" in after


def test_a_refused_decision_leaves_the_marks_in_their_fields(table: Table) -> None:
    table.cora.post(table.url, data=marks(73))
    refused = table.cora.post(table.url, data={"action": "decide", "reason": ""})
    assert refused.status_code == 422
    assert text(refused).count('value="73"') == len(WEIGHTS)


def test_a_guest_reads_the_grid_and_has_no_vote(table: Table) -> None:
    table.cora.post(table.url, data=marks(80))
    page = text(table.ivan.get(table.url))
    assert "Enregistrer ma note" not in page
    assert "avis motivé" not in page
    assert table.ivan.post(table.url, data=marks(1)).status_code == 403


@pytest.mark.parametrize("mark", ["", "101", "-1", "beaucoup"])
def test_a_mark_that_is_none_is_refused(mark: str, table: Table) -> None:
    refused = table.cora.post(table.url, data=marks(50) | {"fit": mark})
    assert refused.status_code == 422
    assert "de 0 à 100" in text(refused) or "entier" in text(refused)


def test_a_go_invites_the_cluster_and_keeps_who_and_why(table: Table) -> None:
    chosen = {"decision": "go", "reason": WHY, "need": "Trois métiers.", "invite_all": "y"}
    table.cora.post(table.url, data=chosen | {"action": "decide"})
    assert table.fresh().stage is Stage.FORMING
    page = text(table.cora.get(table.url))
    assert f"« {WHY} »" in page
    assert "Enregistrer la décision" not in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": ""}, "Donnez la raison."),
        ({"reason": "oui"}, "10 caractères"),
        ({"decision": ""}, "Choisissez une décision."),
    ],
)
def test_a_decision_without_reason_or_choice_is_refused(
    change: dict[str, str], words: str, table: Table
) -> None:
    fields = {"action": "decide", "decision": "go", "reason": WHY} | change
    refused = table.cora.post(table.url, data=fields)
    assert refused.status_code == 422
    assert words in text(refused)
    assert table.fresh().stage is Stage.QUALIFYING


def test_only_the_coordinator_decides(table: Table) -> None:
    fields = {"action": "decide", "decision": "go", "reason": WHY}
    assert table.rose.post(table.url, data=fields).status_code == 403


def test_companies_are_invited_by_name(table: Table) -> None:
    fields = {"action": "decide", "decision": "go", "reason": WHY}
    table.cora.post(table.url, data=fields)
    set_context(table.session, system("operator"))
    new = make_company(table.session, "Neuve")
    table.session.commit()
    url = f"/affaires/{table.bid.ref}/invitations"
    assert "Conviée" not in text(table.cora.get(url)).split("<main")[1]
    done = table.cora.post(url, data={"companies": [new.slug]}, follow_redirects=True)
    assert "1 entreprise est invitée." in text(done)
    assert table.cora.post(url, data={}).status_code == 422
    assert table.ivan.get(url).status_code == 403


def test_what_the_rc_says_is_noted_and_an_open_question_stays_open(table: Table) -> None:
    url = f"/affaires/{table.bid.ref}/reglement"
    noted = {"max_lots_bid": "2", "several": "", "page_limit": "", "platform_url": "", "source": ""}
    assert table.cora.post(url, data=noted).status_code == 303
    set_context(table.session, table.actor)
    table.session.expire_all()
    held = rules_of(table.session, table.bid.id)
    assert (held.max_lots_bid, held.several_candidatures_forbidden) == (2, None)
    assert table.cora.post(url, data=noted | {"max_lots_bid": "0"}).status_code == 422
