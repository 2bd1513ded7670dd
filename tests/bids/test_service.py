"""Taking up a call, voting, deciding, inviting, moving: who may, when, what stays written."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.bids import grid, service
from tender.bids.models import Bid, BidPass, Vote
from tender.bids.queries import bid_by_ref, standing_in, votes_on
from tender.bids.rules import PassKind, Stage
from tender.bids.service import RulesEntered
from tender.core.actor import Actor, ClusterSeat, CompanyRole, system
from tender.core.errors import Conflict, Forbidden, Invalid, NotFound
from tender.core.transaction import set_context
from tender.history.queries import entries_of
from tests.factories import NOW, actor_for, make_bid, make_company, make_person, make_tender

AsActor = Callable[[Actor], Session]
SEATS = (ClusterSeat.COORDINATOR,)
LATE = NOW + timedelta(days=21)
WHY = "Le titulaire sortant renonce."


class Team:
    """A bid to decide on, its coordinator, a member and a guest."""

    def __init__(self, session: Session, stage: Stage = Stage.QUALIFYING) -> None:
        self.member, self.guest = make_company(session, "Membre"), make_company(session, "Conviée")
        person = make_person(session, "Cora", seats=SEATS)
        mona, ivan = (
            make_person(session, "Mona", company=self.member),
            make_person(session, "Ivan", company=self.guest),
        )
        self.mona, self.ivan = actor_for(mona, self.member), actor_for(ivan, self.guest)
        self.carl = actor_for(mona, self.member, role=CompanyRole.CONTRIBUTOR)
        self.bid = make_bid(
            session, person, members=(self.member,), invited=(self.guest,), stage=stage
        )
        self.cora = actor_for(person, seats=SEATS, coordinates=(self.bid,))


@pytest.fixture
def team(session: Session) -> Team:
    return Team(session)


def marks(value: int) -> dict[str, int]:
    return dict.fromkeys(grid.WEIGHTS, value)


def test_a_call_is_taken_up_once_and_is_first_only_spotted(
    session: Session, as_actor: AsActor
) -> None:
    tender = make_tender(session)
    cora = actor_for(make_person(session, "Cora", seats=SEATS), seats=SEATS)
    as_actor(cora)
    bid = service.open_bid(session, cora, tender.id, now=NOW)
    assert (bid.stage, len(bid.lot_bids)) == (Stage.DETECTED, 2)
    assert service.open_bid(session, cora, tender.id, now=NOW).id == bid.id


def test_only_a_coordinator_takes_up_a_call_that_stands(
    session: Session, as_actor: AsActor
) -> None:
    gone = make_tender(session)
    gone.cancelled_at = NOW
    person = make_person(session, "Cora", seats=SEATS)
    cora = actor_for(person, seats=SEATS)
    as_actor(cora)
    with pytest.raises(Forbidden):
        service.open_bid(session, actor_for(person), gone.id, now=NOW)
    with pytest.raises(Conflict, match="annulé"):
        service.open_bid(session, cora, gone.id, now=NOW)


def test_a_bid_of_anothers_is_as_missing_as_none(team: Team, as_actor: AsActor) -> None:
    rival = Actor(name="Rosa", person_id=team.mona.person_id, seats=frozenset(SEATS))
    refs = (team.bid.ref, "XXX-2026-001")
    session = as_actor(rival)
    told = []
    for ref in refs:
        with pytest.raises(NotFound) as refused:
            bid_by_ref(session, rival, ref)
        told.append(str(refused.value))
    assert told[0] == told[1]


def test_several_people_vote_and_a_second_vote_replaces_the_first(
    team: Team, as_actor: AsActor
) -> None:
    session = as_actor(team.mona)
    service.vote(session, team.mona, team.bid, marks(40), " bof ", now=NOW)
    session = as_actor(team.cora)
    for value in (10, 80):
        service.vote(session, team.cora, team.bid, marks(value), "", now=NOW)
    votes = votes_on(session, team.bid.id)
    found = grid.tally([v.scores for v in votes])
    assert found == grid.Tally(score=60, lowest=40, highest=80, voters=2)


def test_the_first_vote_brings_a_spotted_call_under_consideration(
    session: Session, as_actor: AsActor
) -> None:
    team = Team(session, Stage.DETECTED)
    session = as_actor(team.mona)
    service.vote(session, team.mona, team.bid, marks(40), "", now=NOW)
    assert as_actor(team.cora).get_one(Bid, team.bid.id).stage is Stage.QUALIFYING


@pytest.mark.parametrize("who", ["ivan", "carl"])
def test_guests_and_contributors_do_not_vote(who: str, team: Team, as_actor: AsActor) -> None:
    session = as_actor(getattr(team, who))
    with pytest.raises(Forbidden, match="votent"):
        service.vote(session, getattr(team, who), team.bid, marks(50), "", now=NOW)


def test_nobody_votes_after_the_decision_or_the_deadline(team: Team, as_actor: AsActor) -> None:
    session = as_actor(team.cora)
    with pytest.raises(Conflict, match="date limite"):
        service.vote(session, team.cora, team.bid, marks(50), "", now=LATE)
    service.decide(session, team.cora, team.bid, go=False, reason=WHY, need="", now=NOW)
    with pytest.raises(Invalid, match="décision est prise"):
        service.vote(session, team.cora, team.bid, marks(50), "", now=NOW)
    assert session.scalars(select(Vote)).all() == []


def test_a_go_opens_the_building_and_keeps_its_reason(team: Team, as_actor: AsActor) -> None:
    session = as_actor(team.cora)
    service.decide(
        session, team.cora, team.bid, go=True, reason=WHY, need=" trois  métiers ", now=NOW
    )
    assert team.bid.stage is Stage.FORMING
    assert (team.bid.decision_reason, team.bid.grouping_need) == (WHY, "trois métiers")
    (entry,) = entries_of(session, team.bid.id, limit=1)
    assert entry.details == {"decision": "go", "reason": WHY}


def test_a_go_needs_its_coordinator_a_reason_and_time(team: Team, as_actor: AsActor) -> None:
    session = as_actor(team.mona)
    with pytest.raises(Forbidden):
        service.decide(session, team.mona, team.bid, go=True, reason=WHY, need="", now=NOW)
    session = as_actor(team.cora)
    with pytest.raises(Invalid, match="raison"):
        service.decide(session, team.cora, team.bid, go=True, reason="oui", need="", now=NOW)
    with pytest.raises(Conflict, match="date limite"):
        service.decide(session, team.cora, team.bid, go=True, reason=WHY, need="", now=LATE)
    service.decide(session, team.cora, team.bid, go=False, reason=WHY, need="", now=LATE)
    assert team.bid.stage is Stage.NO_GO


def test_companies_are_invited_once_and_only_members_of_the_cluster(
    session: Session, as_actor: AsActor
) -> None:
    team = Team(session, Stage.FORMING)
    set_context(session, system("operator"))
    new, left = make_company(session, "Neuve"), make_company(session, "Partie")
    left.left_on = NOW.date()
    session = as_actor(team.cora)
    asked = [new.id, new.id, left.id, team.guest.id, team.mona.person_id]
    assert service.invite(session, team.cora, team.bid, asked, now=NOW) == 1
    with pytest.raises(Conflict, match="date limite"):
        service.invite(session, team.cora, team.bid, [left.id], now=LATE)
    kinds = session.scalars(select(BidPass.kind).where(BidPass.company_id == new.id)).all()
    assert kinds == [PassKind.INVITED]


def test_who_declines_no_longer_finds_the_bid(session: Session, as_actor: AsActor) -> None:
    team = Team(session, Stage.FORMING)
    session = as_actor(team.ivan)
    service.decline(session, team.ivan, team.bid, team.guest.id, now=NOW)
    assert not standing_in(session, team.ivan, team.bid.id).invited_as
    with pytest.raises(NotFound):
        bid_by_ref(session, team.ivan, team.bid.ref)


def test_a_bid_moves_on_freely_and_back_with_a_reason_that_stays(
    session: Session, as_actor: AsActor
) -> None:
    team = Team(session, Stage.FORMING)
    session = as_actor(team.cora)
    for stage in (Stage.DRAFTING, Stage.REVIEW):
        service.move(session, team.cora, team.bid, stage, now=NOW)
    with pytest.raises(Invalid, match="raison"):
        service.move(session, team.cora, team.bid, Stage.DRAFTING, now=NOW)
    service.move(session, team.cora, team.bid, Stage.DRAFTING, reason=WHY, now=NOW)
    (entry,) = entries_of(session, team.bid.id, limit=1)
    assert entry.details == {"before": "review", "after": "drafting", "reason": WHY}


@pytest.mark.parametrize("out", [Stage.WITHDRAWN, Stage.CANCELLED_BY_BUYER])
def test_a_bid_is_given_up_with_a_reason_even_after_the_deadline(
    out: Stage, session: Session, as_actor: AsActor
) -> None:
    team = Team(session, Stage.DRAFTING)
    session = as_actor(team.cora)
    with pytest.raises(Invalid):
        service.move(session, team.cora, team.bid, out, now=LATE)
    service.move(session, team.cora, team.bid, out, reason=WHY, now=LATE)
    with pytest.raises(Conflict, match="date limite"):
        service.move(session, team.cora, team.bid, Stage.QUALIFYING, reason=WHY, now=LATE)
    service.move(session, team.cora, team.bid, Stage.QUALIFYING, reason=WHY, now=NOW)
    assert team.bid.stage is Stage.QUALIFYING


@pytest.mark.parametrize("wanted", [Stage.SUBMITTED, Stage.ASSEMBLED, Stage.DECIDED, Stage.CLOSED])
def test_no_card_is_dropped_where_an_act_or_no_way_leads(
    wanted: Stage, session: Session, as_actor: AsActor
) -> None:
    team = Team(session, Stage.REVIEW)
    session = as_actor(team.cora)
    with pytest.raises(Conflict):
        service.move(session, team.cora, team.bid, wanted, reason=WHY, now=NOW)
    assert team.bid.stage is Stage.REVIEW


def test_a_limit_of_the_consultation_is_at_least_one(team: Team, as_actor: AsActor) -> None:
    session = as_actor(team.cora)
    entered = RulesEntered(
        max_lots_bid=0, max_lots_awarded=None, several_candidatures_forbidden=None,
        page_limit=None, platform_url="", source="",
    )  # fmt: skip
    with pytest.raises(Invalid):
        service.enter_rules(session, team.cora, team.bid, entered, now=NOW)
