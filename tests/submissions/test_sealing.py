"""Sealed once, before the deadline, while the facts hold; then deposited."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tender.assembly import service as assembly
from tender.assembly.models import AssemblyRun
from tender.assembly.rules import RunKind, RunState
from tender.bids.models import BidPass
from tender.bids.queries import companies_at_door
from tender.bids.rules import LotBidState, PassKind, Stage
from tender.claims.models import LotClaim
from tender.contributions.rules import SectionState
from tender.contributions.service import reviewing
from tender.core import clock, setup
from tender.core.actor import system
from tender.core.errors import Forbidden, Invalid
from tender.core.transaction import set_context
from tender.notices.models import Lot, Tender
from tender.submissions import archive, queries, service
from tender.submissions.models import SubmissionPackage
from tender.submissions.service import Deposit
from tests.contributions.scene import Scene
from tests.factories import make_company
from tests.faults.ready import make_ready


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_ready(session)


@pytest.fixture
def run(session: Session, scene: Scene) -> AssemblyRun:
    """A final run, as a worker would have left it."""
    made = assembly.start(session, scene.coordinator, scene.bid, RunKind.FINAL, now=clock.now())
    made.state, made.pages = RunState.SUCCEEDED, 6
    for ending in ("docx", "pdf"):
        key = f"bids/{scene.bid.id}/m.{ending}"
        digest = setup.storage().put(key, ending.encode())
        file = {"name": f"Memoire.{ending}", "key": key, "sha256": digest, "size": 4}
        made.files = [*made.files, file]
    session.flush()
    return made


def packed(session: Session, scene: Scene, run_id: UUID) -> service.Packed:
    wanted = service.contents(session, scene.coordinator, scene.bid, run_id, now=clock.now())
    return service.packed(setup.storage(), scene.bid.id, run_id, wanted)


def seal(session: Session, scene: Scene, run_id: UUID) -> SubmissionPackage:
    made = packed(session, scene, run_id)
    return service.seal(session, scene.coordinator, scene.bid, run_id, made, now=clock.now())


def pass_deadline(session: Session, scene: Scene) -> None:
    late = clock.now() - timedelta(milliseconds=1)
    lots = [lot_bid.lot_id for lot_bid in scene.bid.lot_bids]
    session.execute(update(Lot).where(Lot.id.in_(lots)).values(deadline_at=late))
    session.expire_all()


def test_a_sealed_package_holds_the_papers_and_the_document_and_proves_itself(
    session: Session, scene: Scene, run: AssemblyRun
) -> None:
    package = seal(session, scene, run.id)
    data = setup.storage().get(package.file_key)
    assert archive.verify(data) == []
    assert (package.sha256, scene.bid.stage) == (archive.sha256(data), Stage.ASSEMBLED)
    for path in (b"1-candidature/Nette-Rive/Extrait-Kbis.pdf", b"2-offre/lot-1/Memoire.pdf"):
        assert path in data


def test_a_double_click_seals_once(session: Session, scene: Scene, run: AssemblyRun) -> None:
    first = seal(session, scene, run.id)
    assert seal(session, scene, run.id).id == first.id


def test_nothing_is_sealed_from_the_deadline_on(
    session: Session, scene: Scene, run: AssemblyRun
) -> None:
    made = packed(session, scene, run.id)
    pass_deadline(session, scene)
    with pytest.raises(Invalid) as refused:
        service.seal(session, scene.coordinator, scene.bid, run.id, made, now=clock.now())
    assert refused.value.article == "R. 2151-5"
    assert queries.package_of(session, run.id) is None


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        (Lot, {"deadline_at": clock.now() - timedelta(seconds=1)}, "date limite"),
        (Tender, {"cancelled_at": clock.now()}, "annulé"),
    ],
)
def test_what_an_import_changes_meanwhile_stops_the_seal(
    session: Session, scene: Scene, run: AssemblyRun,
    table: type[Lot | Tender], change: dict[str, object], words: str,
) -> None:  # fmt: skip
    """The rows that this transaction has read already are read again, and then held."""
    made = packed(session, scene, run.id)
    assert scene.bid.tender.cancelled_at is None
    session.execute(
        update(table).values(change).execution_options(synchronize_session=False)
    )  # as another session's commit would
    with pytest.raises(Invalid, match=words):
        service.seal(session, scene.coordinator, scene.bid, run.id, made, now=clock.now())
    assert queries.package_of(session, run.id) is None


def test_a_section_that_changed_since_the_run_stops_the_seal(
    session: Session, scene: Scene, run: AssemblyRun
) -> None:
    made = packed(session, scene, run.id)
    reviewing.ask_changes(
        session, scene.coordinator, scene.bid, scene.sections[0].id,
        reason="Un chiffre est faux.", now=clock.now(),
    )  # fmt: skip
    with pytest.raises(Invalid, match="ont changé"):
        service.seal(session, scene.coordinator, scene.bid, run.id, made, now=clock.now())


def test_a_member_that_left_since_the_run_stops_the_seal(
    session: Session, scene: Scene, run: AssemblyRun
) -> None:
    made = packed(session, scene, run.id)
    session.execute(
        update(LotClaim).where(LotClaim.company_id == scene.other.id).values(state="released")
    )
    session.expire_all()
    with pytest.raises(Invalid, match="ont changé"):
        service.seal(session, scene.coordinator, scene.bid, run.id, made, now=clock.now())


def test_a_paper_replaced_while_packing_stops_the_seal(
    session: Session, scene: Scene, run: AssemblyRun
) -> None:
    made = packed(session, scene, run.id)
    other = replace(made, contents=replace(made.contents, keys={}))
    with pytest.raises(Invalid, match="a changé"):
        service.seal(session, scene.coordinator, scene.bid, run.id, other, now=clock.now())


def test_a_trial_or_a_member_seals_nothing(
    as_actor, session: Session, scene: Scene, run: AssemblyRun
) -> None:
    made = packed(session, scene, run.id)
    run.kind = RunKind.TRIAL
    with pytest.raises(Invalid):
        service.seal(session, scene.coordinator, scene.bid, run.id, made, now=clock.now())
    as_actor(scene.lead_actor)
    with pytest.raises(Forbidden):
        service.seal(session, scene.lead_actor, scene.bid, run.id, made, now=clock.now())


def deposit(**changed: object) -> Deposit:
    values = {"deposited_at": clock.now(), "platform": "PLACE", "receipt_number": "AR-42"}
    return Deposit(**(values | changed))  # type: ignore[arg-type]


def test_a_deposit_freezes_the_bid_its_lots_and_its_sections(
    session: Session, scene: Scene, run: AssemblyRun
) -> None:
    seal(session, scene, run.id)
    made = service.record_deposit(
        session, scene.coordinator, scene.bid, run.id, deposit(), now=clock.now()
    )
    again = service.record_deposit(
        session, scene.coordinator, scene.bid, run.id, deposit(), now=clock.now()
    )
    session.expire_all()
    set_context(session, scene.coordinator)
    assert made.id == again.id
    assert scene.bid.stage is Stage.SUBMITTED
    assert [lb.state for lb in scene.bid.lot_bids] == [LotBidState.SUBMITTED]
    assert {s.state for s in scene.sections} == {SectionState.LOCKED}


def test_the_deposit_closes_the_door_to_who_was_only_invited(
    session: Session, scene: Scene, run: AssemblyRun
) -> None:
    set_context(session, system("operator"))
    guest = make_company(session, "Conviée")
    set_context(session, scene.coordinator)
    session.add(
        BidPass(bid_id=scene.bid.id, company_id=guest.id, kind=PassKind.INVITED,
                given_at=clock.now())
    )  # fmt: skip
    seal(session, scene, run.id)
    service.record_deposit(
        session, scene.coordinator, scene.bid, run.id, deposit(), now=clock.now()
    )
    left = {company.id for company, _ in companies_at_door(session, scene.bid.id)}
    assert left == {scene.lead.id, scene.other.id}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"deposited_at": clock.now() + timedelta(days=400)}, "deposited_at"),
        ({"deposited_at": clock.now() - timedelta(days=2)}, "deposited_at"),
        ({"platform": "  "}, "platform"),
        ({"receipt_number": ""}, "receipt_number"),
        ({"receipt_number": "x" * 201}, "receipt_number"),
    ],
)
def test_a_deposit_that_cannot_be_is_refused_at_its_field(
    session: Session, scene: Scene, run: AssemblyRun, changed: dict[str, object], field: str
) -> None:
    seal(session, scene, run.id)
    with pytest.raises(Invalid) as refused:
        service.record_deposit(
            session, scene.coordinator, scene.bid, run.id, deposit(**changed), now=clock.now()
        )
    assert refused.value.field == field
