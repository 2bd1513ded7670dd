"""The second wall, row by row: what each kind of person sees and changes in SQL, without queries.

Nothing of the first wall is in play: plain statements of the application's role, as `who`.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import ColumnElement, Delete, Update, delete, func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from tender.assembly.models import AssemblyRun, StyleMap
from tender.bids.models import Bid, BidPass, ConsultationRules, LotBid, Vote
from tender.claims.models import LotClaim
from tender.contributions.models import Remark, Revision, Section
from tender.core.actor import Actor, system
from tender.core.orm import Model
from tender.history.models import AuditChain, AuditEntry
from tender.messages.models import Letter
from tender.notices.models import Lot, Tender
from tender.outcomes.models import Outcome
from tender.schema import metadata
from tender.submissions.models import Submission, SubmissionPackage
from tender.vault.models import ComplianceDocument
from tests.factories import NOW
from tests.house.room import PEOPLE, Filled

AsActor = Callable[[Actor], Session]

# how many rows of the room each kind of person sees; who is not named sees none
LOTS = {"coordinator": 1, "lead": 1, "other": 1, "reviewer": 1, "invited": 1, "manager": 1}
ROOM = {"coordinator": 1, "lead": 1, "other": 1, "reviewer": 1}
SEES: dict[type[Model], dict[str, int]] = {
    Bid: LOTS,
    LotBid: LOTS,
    ConsultationRules: {name: 1 for name in LOTS if name != "manager"},
    LotClaim: dict.fromkeys(LOTS, 2),
    BidPass: ROOM | {"coordinator": 5, "invited": 1, "ex_coordinator": 1},
    Vote: ROOM,
    Section: dict.fromkeys(ROOM, 2),
    # each company wrote two versions, of which the first is approved
    Revision: {"coordinator": 4, "reviewer": 4, "lead": 3, "other": 3},
    Remark: {"coordinator": 2, "reviewer": 2, "lead": 1, "other": 1},
    AssemblyRun: ROOM,
    StyleMap: {"coordinator": 2, "reviewer": 2, "lead": 1, "other": 1},
    SubmissionPackage: ROOM,
    Submission: ROOM,
    Outcome: ROOM | {"manager": 1},
    AuditEntry: ROOM,
}  # fmt: skip
# who may change a row of the room that is not their own company's
CHANGES: dict[type[Model], set[str]] = {
    Bid: {"coordinator"},
    LotBid: {"coordinator"},
    ConsultationRules: {"coordinator"},
    LotClaim: {"coordinator"},
    BidPass: {"coordinator"},
    Vote: {"coordinator"},  # it is the coordinator's own
    Section: {"coordinator", "reviewer"},
    Revision: {"coordinator", "reviewer"},
    Remark: set(),
    AssemblyRun: {"coordinator"},
    StyleMap: {"coordinator"},
    SubmissionPackage: {"coordinator"},
    Submission: {"coordinator"},
    Outcome: {"coordinator"},
    AuditEntry: set(),
}
DELETES: dict[type[Model], set[str]] = {
    table: {"coordinator"} for table in (ConsultationRules, BidPass, Section, Vote)
}
ADDS: dict[str, set[type[Model]]] = {"reviewer": {Remark}, "other": {Revision, Remark}}
COLUMN = {BidPass: {"kind": "member"}, LotBid: {"state": "awarded"}}
OWNER = {Section: "owner_company_id", LotClaim: "company_id", Revision: "company_id",
         Remark: "company_id", StyleMap: "company_id", BidPass: "company_id"}  # fmt: skip


@pytest.fixture
def filled(session: Session) -> Filled:
    return Filled(session)


def _of_room(table: type[Model], bid_id: UUID) -> ColumnElement[bool]:
    column = Bid.id if table is Bid else table.bid_id  # type: ignore[attr-defined]
    return column == bid_id


def _foreign(filled: Filled, table: type[Model], who: str) -> ColumnElement[bool]:
    """The rows of another company than the asker's, or the room's only one."""
    where = _of_room(table, filled.bid.id)
    if table not in OWNER:
        return where
    anothers = filled.lead if who == "other" else filled.other
    return where & (getattr(table, OWNER[table]) == anothers.id)


def test_every_table_of_a_room_is_judged_here() -> None:
    rooms = {name for name, table in metadata.tables.items() if "bid_id" in table.columns}
    assert rooms | {"bid"} == {table.__tablename__ for table in SEES} | {"work_item"}
    assert set(SEES) == set(CHANGES)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_sees_the_rows_of_the_room_that_are_theirs_to_see(
    who: str, filled: Filled, as_actor: AsActor
) -> None:
    session = as_actor(filled.people[who])
    seen = {
        table: session.scalar(
            select(func.count()).select_from(table).where(_of_room(table, filled.bid.id))
        )
        for table in SEES
    }
    assert seen == {table: counts.get(who, 0) for table, counts in SEES.items()}


@pytest.mark.parametrize("table", CHANGES, ids=lambda table: table.__tablename__)
def test_only_these_change_or_delete_what_is_not_their_own_companys(
    table: type[Model], filled: Filled, as_actor: AsActor
) -> None:
    changed, deleted = set(), set()
    for who in PEOPLE:
        session, where = as_actor(filled.people[who]), _foreign(filled, table, who)
        same: dict[str, Any] = COLUMN.get(table) or {"id": table.id}
        if _count(session, update(table).where(where).values(same)):
            changed.add(who)
        if _count(session, delete(table).where(where)):
            deleted.add(who)
    assert (changed, deleted) == (CHANGES[table], DELETES.get(table, set()))


def _count(session: Session, statement: Update | Delete) -> int:
    """Run a statement, leave no trace of it; a refusal counts as nothing done."""
    trial = session.begin_nested()
    try:
        done = session.execute(statement.execution_options(synchronize_session=False))
        return int(done.rowcount)  # type: ignore[attr-defined]  # a CursorResult, as for any UPDATE
    except DBAPIError as refused:
        return _refused(refused)
    finally:
        trial.rollback()


def _refused(error: DBAPIError) -> int:
    """Take the wall's refusal for nothing; a row that others still point to was let go."""
    if isinstance(error, IntegrityError):
        return 1
    if "row-level security" in str(error) or "permission denied" in str(error):
        return 0
    raise error


def test_a_company_changes_its_own_section_and_claim(filled: Filled, as_actor: AsActor) -> None:
    session = as_actor(filled.people["lead"])
    mine = Section.owner_company_id == filled.lead.id
    assert _count(session, update(Section).where(mine).values(state="drafting")) == 1
    own = LotClaim.company_id == filled.lead.id
    assert _count(session, update(LotClaim).where(own).values(state="released")) == 1


def test_a_company_cannot_take_what_is_anothers(filled: Filled, as_actor: AsActor) -> None:
    session, lead, other = as_actor(filled.people["lead"]), filled.lead.id, filled.other.id
    stolen = (
        update(Section).where(Section.owner_company_id == other).values(owner_company_id=lead),
        update(Section).where(Section.owner_company_id == lead).values(owner_company_id=other),
        update(LotClaim).where(LotClaim.company_id == other).values(company_id=lead),
        update(BidPass).where(BidPass.company_id == lead).values(bid_id=filled.rival.id),
        update(Revision).where(Revision.company_id == lead).values(approved_at=NOW),
        update(LotClaim).where(LotClaim.company_id == lead).values(state="confirmed"),
    )
    assert [_count(session, statement) for statement in stolen] == [0] * len(stolen)


def test_an_invited_company_cannot_better_its_pass(filled: Filled, as_actor: AsActor) -> None:
    session, own = as_actor(filled.people["invited"]), BidPass.company_id == filled.invited.id
    assert _count(session, update(BidPass).where(own).values(kind="member")) == 0
    assert _count(session, delete(BidPass).where(own)) == 1
    assert not _added(session, filled.new_rows()[0])


@pytest.mark.parametrize("who", sorted(set(PEOPLE) - {"coordinator"}))
def test_nobody_else_adds_to_the_room_but_their_own_part(
    who: str, filled: Filled, as_actor: AsActor
) -> None:
    session = as_actor(filled.people[who])
    taken = {type(row) for row in filled.new_rows() if _added(session, row)}
    assert taken == ADDS.get(who, set())


def _added(session: Session, row: Model) -> bool:
    trial = session.begin_nested()
    try:
        session.add(row)
        session.flush()
    except DBAPIError as refused:
        return bool(_refused(refused))
    else:
        return True
    finally:
        trial.rollback()


@pytest.mark.parametrize("who", ["invited", "lead", "stranger", "rival", "manager"])
def test_history_is_written_in_ones_own_rooms_only(
    who: str, filled: Filled, as_actor: AsActor
) -> None:
    session, bid_id = as_actor(filled.people[who]), filled.bid.id
    assert _added(session, _entry(bid_id, bid_id)) == (who in {"invited", "lead"})
    assert not _added(session, _entry(filled.rival.id, bid_id))
    assert _count(session, delete(AuditChain)) == 0


def _entry(chain_id: UUID, bid_id: UUID) -> AuditEntry:
    return AuditEntry(
        chain_id=chain_id, bid_id=bid_id, seq=99, at=NOW, actor_id=None, actor_name="x",
        action="a", object_id=None, details={}, previous="", hash="",
    )  # fmt: skip


def test_the_scope_that_compares_consortia_opens_their_lots_and_nothing_else(
    filled: Filled, as_actor: AsActor
) -> None:
    stranger = filled.people["stranger"]
    for scope, opened in (("separation", {Bid, LotBid, LotClaim}), ("alarm", {Bid, BidPass})):
        session = as_actor(filled.in_scope(stranger, scope))
        seen = {table for table in SEES if session.scalar(select(func.count()).select_from(table))}
        assert seen == opened, scope


@pytest.mark.parametrize("scope", ["sign_in", "mail", "import", "health", "audit"])
def test_no_part_of_the_system_sees_a_text_it_has_no_work_with(
    scope: str, filled: Filled, as_actor: AsActor
) -> None:
    session = as_actor(system(scope))
    secret = (Section, Revision, Remark, AssemblyRun, SubmissionPackage, Outcome, Vote,
              ComplianceDocument)  # fmt: skip
    assert [session.scalar(select(func.count()).select_from(table)) for table in secret] == [0] * 8


def test_the_worker_of_one_bid_sees_no_other(filled: Filled, as_actor: AsActor) -> None:
    session = as_actor(system("work", bid_id=filled.rival.id))
    assert session.scalar(select(func.count()).select_from(Section)) == 0


def test_bank_details_are_their_owners(filled: Filled, as_actor: AsActor) -> None:
    kinds = {
        who: sorted(as_actor(filled.people[who]).scalars(select(ComplianceDocument.kind)))
        for who in ("lead", "coordinator", "other", "reviewer", "administrator", "manager")
    }
    assert kinds.pop("lead") == ["bank_details", "urssaf"]
    assert kinds.pop("coordinator") == ["urssaf"]
    assert set(map(tuple, kinds.values())) == {()}


def test_letters_and_calls_are_not_everybodys_to_change(filled: Filled, as_actor: AsActor) -> None:
    session = as_actor(filled.people["lead"])
    assert _count(session, delete(Letter)) == 0
    assert _count(session, update(Tender).values(deadline_at=None)) == 0
    assert _count(session, update(Lot).values(deadline_at=None)) == 0
