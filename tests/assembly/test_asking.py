"""Asking for a run: inputs frozen once, refused while something blocks, one at a time."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tender.assembly import manifest, queries, service
from tender.assembly.rules import RunKind, RunState, fingerprint
from tender.bids.findings import Severity
from tender.bids.models import BidPass
from tender.bids.rules import PassKind
from tender.contributions.service import reviewing
from tender.core import clock
from tender.core.errors import Conflict, Forbidden, Invalid
from tests.contributions.scene import Scene, docx, make_section
from tests.faults.ready import make_ready, write_section


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_ready(session)


def start(session: Session, scene: Scene, kind: RunKind = RunKind.TRIAL, reason: str = ""):
    return service.start(
        session, scene.coordinator, scene.bid, kind, reason=reason, now=clock.now()
    )


def test_a_bid_that_is_ready_has_no_block_and_no_warning(session: Session, scene: Scene) -> None:
    found = service.preflight(session, scene.coordinator, scene.bid, now=clock.now())
    assert {f.severity for f in found} == {Severity.OK}


def test_asked_twice_the_run_is_the_same(session: Session, scene: Scene) -> None:
    first = start(session, scene)
    assert start(session, scene).id == first.id
    assert first.manifest_hash == fingerprint(first.manifest)
    with pytest.raises(Conflict):
        start(session, scene, RunKind.FINAL)


def test_a_final_run_is_refused_with_the_count_while_something_blocks(
    session: Session, scene: Scene
) -> None:
    make_section(session, scene, scene.other, "Moyens")
    with pytest.raises(Invalid, match=r"\(1\)"):
        start(session, scene, RunKind.FINAL)
    assert start(session, scene, RunKind.TRIAL).state is RunState.QUEUED


def test_warnings_are_accepted_with_a_reason_that_is_kept(session: Session, scene: Scene) -> None:
    section = make_section(session, scene, scene.other, "Moyens")
    write_section(session, scene, section, docx("Le client [à compléter] appréciera."))
    for reason in ("", "d’accord"):
        with pytest.raises(Invalid):
            start(session, scene, RunKind.FINAL, reason)
    run = start(session, scene, RunKind.FINAL, "Le nom est volontairement laissé.")
    (accepted,) = run.accepted
    assert accepted["by"] == scene.coordinator.name


def test_only_the_coordinator_asks_and_cancels(as_actor, session: Session, scene: Scene) -> None:
    run = start(session, scene)
    as_actor(scene.lead_actor)
    with pytest.raises(Forbidden):
        service.start(session, scene.lead_actor, scene.bid, RunKind.TRIAL, now=clock.now())
    with pytest.raises(Forbidden):
        service.cancel(session, scene.lead_actor, scene.bid, run.id, now=clock.now())


def test_a_waiting_run_is_cancelled_at_once_and_a_running_one_is_asked_to_stop(
    session: Session, scene: Scene
) -> None:
    waiting = start(session, scene)
    service.cancel(session, scene.coordinator, scene.bid, waiting.id, now=clock.now())
    assert waiting.state is RunState.CANCELLED
    running = start(session, scene)
    running.state = RunState.RUNNING
    session.flush()
    service.cancel(session, scene.coordinator, scene.bid, running.id, now=clock.now())
    assert running.state is RunState.RUNNING
    assert running.cancel_asked_at is not None


def test_a_run_says_what_changed_since(session: Session, scene: Scene) -> None:
    run = start(session, scene)
    assert manifest.same_facts(run.manifest, queries.present(session, scene.bid))
    reviewing.ask_changes(
        session, scene.coordinator, scene.bid, scene.sections[1].id,
        reason="Un chiffre est faux.", now=clock.now(),
    )  # fmt: skip
    make_section(session, scene, scene.lead, "Annexe")
    said = [str(t) for t in manifest.changes(run.manifest, queries.present(session, scene.bid))]
    assert said == [
        "La validation de la section 2 Méthode a changé.",
        "La section 4 Annexe a été ajoutée au plan.",
    ]


def test_an_invited_company_is_told_nothing_of_the_sections(
    as_actor, session: Session, scene: Scene
) -> None:
    session.execute(
        update(BidPass).where(BidPass.company_id == scene.other.id).values(kind=PassKind.INVITED)
    )
    session = as_actor(scene.other_actor)
    found = service.preflight(session, scene.other_actor, scene.bid, now=clock.now())
    assert {f.rule for f in found} <= {"R-03", "R-10", "R-12", "R-21", "R-22"}
