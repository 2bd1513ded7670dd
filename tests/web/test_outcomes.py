"""The results page, its table to take away, and the form that records a result."""

import csv
import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tender.bids.rules import LotBidState, Stage
from tender.claims.rules import ClaimRole
from tender.core import clock
from tender.core.actor import ClusterSeat
from tender.core.transaction import set_context
from tender.outcomes.models import Outcome
from tests.factories import actor_for, make_bid, make_claim, make_company, make_person, make_tender
from tests.web.conftest import SignIn
from tests.web.rooms import text

SEATS = (ClusterSeat.COORDINATOR,)


class Results:
    """A deposited bid on `lots` lots, its coordinator, a member and the manager."""

    def __init__(self, session: Session, sign_in: SignIn, *, lots: int = 12) -> None:
        lead = make_company(session, "Menante")
        cora = make_person(session, "Cora", seats=SEATS)
        mona = make_person(session, "Mona", company=lead)
        odile = make_person(session, "Odile", seats=(ClusterSeat.MANAGER,))
        tender = make_tender(session, lots=lots, now=clock.now() - timedelta(days=60))
        tender.buyer = "=HYPERLINK(1)"
        self.bid = make_bid(
            session, cora, lead=lead, members=(lead,), tender=tender, stage=Stage.SUBMITTED
        )
        for lot_bid in self.bid.lot_bids:
            lot_bid.state = LotBidState.SUBMITTED
            make_claim(session, lot_bid, lead, role=ClaimRole.LEAD, share=100)
        self.actor = actor_for(cora, seats=SEATS, coordinates=(self.bid,))
        self.url = f"/affaires/{self.bid.ref}/resultat"
        session.commit()
        self.cora, self.mona, self.odile = sign_in(cora), sign_in(mona), sign_in(odile)


def fields(lot: int = 1, **change: str) -> dict[str, str]:
    told = {"result": "awarded", "decided_on": clock.now().date().isoformat(),
            "our_amount": "12 500,50", "our_rank": "1", "winner": "Menante"}  # fmt: skip
    typed = {f"l{lot}-{name}": value for name, value in (told | change).items()}
    return typed | {"lot_number": str(lot)}


def decide(session: Session, results: Results, told: list[LotBidState], days_ago: int = 10) -> None:
    set_context(session, results.actor)
    bid = results.bid
    when = clock.now() - timedelta(days=days_ago)
    for lot_bid, result in zip(bid.lot_bids, told, strict=False):
        lot_bid.state = result
        session.add(
            Outcome(
                bid_id=bid.id, lot_bid_id=lot_bid.id, result=result, decided_on=when.date(),
                our_amount=None, recorded_at=when, recorded_by="Cora",
            )
        )  # fmt: skip
    session.commit()


def test_a_result_is_recorded_lot_by_lot_and_can_be_corrected(
    session: Session, sign_in: SignIn
) -> None:
    results = Results(session, sign_in, lots=2)
    shown = results.cora.post(results.url, data=fields(), follow_redirects=True)
    assert "Le résultat du lot 1 est enregistré." in text(shown)
    assert "12 500,50 €" in text(shown)
    again = results.cora.post(results.url, data=fields(result="rejected"), follow_redirects=True)
    assert "Perdu" in text(again)
    assert results.mona.get(results.url).status_code == 403


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"our_amount": "douze"}, "Écrivez un montant en chiffres"),
        ({"our_amount": "NaN"}, "Écrivez un montant en chiffres"),
        ({"our_amount": "-1"}, "négatif"),
        ({"winner_amount": "99999999999999999"}, "trop grand"),
        ({"decided_on": "2999-01-01"}, "futur"),
        ({"decided_on": "hier"}, ""),
        ({"result": ""}, "Choisissez"),
        ({"result": "signed"}, ""),
        ({"our_rank": "0"}, ""),
    ],
)
def test_a_result_that_cannot_be_is_refused_and_what_was_typed_stays(
    change: dict[str, str], words: str, session: Session, sign_in: SignIn
) -> None:
    results = Results(session, sign_in, lots=1)
    refused = results.cora.post(results.url, data=fields(**change))
    assert refused.status_code == 422
    assert words in text(refused)
    assert 'value="Menante"' in text(refused)


def test_a_lot_that_does_not_exist_or_was_not_deposited_has_no_form(
    session: Session, sign_in: SignIn
) -> None:
    results = Results(session, sign_in, lots=2)
    set_context(session, results.actor)
    results.bid.lot_bids[1].state = LotBidState.CONSIDERED
    session.commit()
    assert "du lot 2" not in text(results.cora.get(results.url))
    assert results.cora.post(results.url, data=fields(9)).status_code == 404
    assert results.cora.post(results.url, data=fields(2)).status_code == 422


def test_the_rates_stand_with_their_numbers_interval_and_exclusions(
    session: Session, sign_in: SignIn
) -> None:
    results = Results(session, sign_in)
    won, lost = [LotBidState.AWARDED] * 4, [LotBidState.REJECTED] * 6
    decide(session, results, [*won, *lost, LotBidState.NO_AWARD])
    for reader in (results.cora, results.odile):
        page = text(reader.get("/resultats"))
        assert "10 lots jugés" in page
        assert "40,0 %" in page
        assert "4 sur 10" in page
        assert "Sans suite" in page
        assert "En attente de résultat" in page
        assert "Menante" in page
    assert results.mona.get("/resultats").status_code == 404


def test_under_ten_results_no_rate_is_shown(session: Session, sign_in: SignIn) -> None:
    results = Results(session, sign_in)
    decide(session, results, [LotBidState.AWARDED] * 9)
    page = text(results.odile.get("/resultats"))
    assert "trop peu pour un taux" in page
    assert "Taux en valeur" not in page


def test_a_period_leaves_out_what_was_decided_before(session: Session, sign_in: SignIn) -> None:
    results = Results(session, sign_in)
    decide(session, results, [LotBidState.AWARDED] * 12, days_ago=500)
    found = {
        period: "12 lots jugés" in text(results.odile.get(f"/resultats?periode={period}"))
        for period in ("12", "24", "tout", "x")
    }
    assert found == {"12": False, "24": True, "tout": True, "x": True}
    assert 'aria-current="true">24 mois' in text(results.odile.get("/resultats?periode=x"))


def test_the_table_to_take_away_is_inert_and_follows_the_period(
    session: Session, sign_in: SignIn
) -> None:
    results = Results(session, sign_in)
    decide(session, results, [LotBidState.AWARDED, LotBidState.REJECTED])
    answer = results.odile.get("/resultats/export.csv?periode=12")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    decided = [row for row in rows[1:] if row[0]]
    assert [row[1] for row in decided] == ["awarded", "rejected"]
    assert {row[3] for row in rows[1:]} == {"'=HYPERLINK(1)"}
    assert decided[0][2] == "100000,00"
    assert _status(results.mona) == 404


def _status(reader: FlaskClient) -> int:
    return reader.get("/resultats/export.csv").status_code
