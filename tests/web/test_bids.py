"""The list and the board: who sees what, which cards move, which moves ask for a reason."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tender.bids.models import Bid
from tender.bids.rules import Stage
from tender.core import clock
from tender.core.actor import ClusterSeat, system
from tender.core.transaction import set_context
from tests.factories import actor_for, make_bid, make_company, make_person, make_tender
from tests.web.conftest import SignIn
from tests.web.rooms import text

SEATS = (ClusterSeat.COORDINATOR,)
WHY = "Le titulaire sortant renonce."


class Desk:
    """A coordinator with one bid, and a member of its consortium."""

    def __init__(self, session: Session, sign_in: SignIn, *, stage: Stage, days: int = 21) -> None:
        self.session = session
        member = make_company(session, "Membre")
        cora = make_person(session, "Cora", seats=SEATS)
        mona = make_person(session, "Mona", company=member)
        tender = make_tender(session, now=clock.now(), closes_in=timedelta(days=days))
        self.bid = make_bid(session, cora, members=(member,), tender=tender, stage=stage)
        self.actor = actor_for(cora, seats=SEATS, coordinates=(self.bid,))
        session.commit()
        self.cora, self.mona = sign_in(cora), sign_in(mona)
        self.url = f"/affaires/{self.bid.ref}/etape"

    def stage(self) -> Stage:
        set_context(self.session, self.actor)
        self.session.expire_all()
        return self.session.get_one(Bid, self.bid.id).stage


@pytest.fixture
def desk(session: Session, sign_in: SignIn) -> Desk:
    return Desk(session, sign_in, stage=Stage.DRAFTING)


def test_the_list_and_the_board_show_ones_own_bids(desk: Desk, sign_in: SignIn) -> None:
    set_context(desk.session, system("operator"))
    rival = make_person(desk.session, "Rosa", seats=SEATS)
    desk.session.commit()
    stranger: FlaskClient = sign_in(rival)
    for page in ("/affaires", "/affaires/tableau"):
        assert desk.bid.tender.title in text(desk.mona.get(page))
        assert desk.bid.ref not in text(stranger.get(page))


def test_only_the_coordinator_is_offered_moves(desk: Desk) -> None:
    assert "Montage, avec une raison" in text(desk.cora.get("/affaires/tableau"))
    assert "Déplacer vers" not in text(desk.mona.get("/affaires/tableau"))
    assert desk.mona.get(desk.url).status_code == 403
    assert desk.mona.post(desk.url, data={"stage": "review"}).status_code == 403
    assert "Changer l’étape" in text(desk.cora.get(f"/affaires/{desk.bid.ref}/lots"))


def test_a_move_onward_needs_one_press(desk: Desk) -> None:
    done = desk.cora.post(desk.url, data={"stage": "review"}, follow_redirects=True)
    assert "Affaire déplacée." in text(done)
    assert desk.stage() is Stage.REVIEW


@pytest.mark.parametrize("wanted", ["forming", "withdrawn", "cancelled_by_buyer"])
def test_a_move_back_or_out_asks_for_its_reason_and_keeps_the_choice(
    wanted: str, desk: Desk
) -> None:
    page = text(desk.cora.get(desk.url, query_string={"vers": wanted}))
    assert re.search(rf'<input[^>]*checked[^>]*value="{wanted}"', page)
    refused = desk.cora.post(desk.url, data={"stage": wanted, "reason": "non"})
    assert refused.status_code == 422
    assert "10 caractères" in text(refused)
    assert desk.stage() is Stage.DRAFTING
    assert desk.cora.post(desk.url, data={"stage": wanted, "reason": WHY}).status_code == 303
    assert desk.stage().value == wanted
    activity = text(desk.cora.get(f"/affaires/{desk.bid.ref}/activite"))
    assert WHY in activity


@pytest.mark.parametrize(
    ("wanted", "status"), [("forming", 422), ("submitted", 409), ("decided", 409), ("lune", 422)]
)
def test_a_card_dropped_in_vain_is_told_why_in_plain_words(
    wanted: str, status: int, desk: Desk
) -> None:
    refused = desk.cora.post(desk.url, data={"stage": wanted}, headers={"HX-Request": "true"})
    assert refused.status_code == status
    assert "<" not in text(refused)
    assert desk.stage() is Stage.DRAFTING


def test_a_bid_whose_deadline_passed_is_given_up_not_moved_on(
    session: Session, sign_in: SignIn
) -> None:
    desk = Desk(session, sign_in, stage=Stage.DRAFTING, days=-1)
    page = text(desk.cora.get(desk.url))
    assert "Abandonnée" in page
    assert "Relecture" not in page
    late = desk.cora.post(desk.url, data={"stage": "review"})
    assert late.status_code == 409
    assert "La date limite est passée" in text(late)


def test_a_deposited_bid_is_not_moved_by_hand_but_out(session: Session, sign_in: SignIn) -> None:
    desk = Desk(session, sign_in, stage=Stage.SUBMITTED)
    assert "Annulée par l’acheteur" in text(desk.cora.get(desk.url))
    desk.cora.post(desk.url, data={"stage": "cancelled_by_buyer", "reason": WHY})
    assert desk.stage() is Stage.CANCELLED_BY_BUYER


def test_words_with_signs_of_patterns_are_searched_as_they_are(desk: Desk) -> None:
    assert desk.bid.ref in text(desk.mona.get("/affaires", query_string={"q": "ombelle"}))
    for words in ("%", "_", "\\", "100%"):
        found = desk.mona.get("/affaires", query_string={"q": words})
        assert "Aucune affaire ne correspond" in text(found)
