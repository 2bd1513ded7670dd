"""Asking for a run: inputs frozen once, refused while something blocks, one at a time."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tender.assembly import manifest, queries, service
from tender.assembly.models import AssemblyRun
from tender.assembly.rules import Choices, RunKind, RunState, fingerprint
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


def start(
    session: Session, scene: Scene, kind: RunKind = RunKind.TRIAL, reason: str = "", **asked: Any
) -> AssemblyRun:
    return service.start(
        session, scene.coordinator, scene.bid, kind, reason=reason, now=clock.now(), **asked
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


def test_a_final_run_keeps_no_trace_of_work_whatever_was_chosen(
    session: Session, scene: Scene
) -> None:
    wanted = Choices(comments="keep", revisions="keep", hidden="keep", image_dpi=150)
    final = start(session, scene, RunKind.FINAL, choices=wanted)
    assert final.manifest["settings"] == Choices(image_dpi=150).as_settings()
    service.cancel(session, scene.coordinator, scene.bid, final.id, now=clock.now())
    trial = start(session, scene, choices=wanted)
    assert trial.manifest["settings"] == wanted.as_settings()
    assert manifest.same_facts(trial.manifest, queries.present(session, scene.bid))


@pytest.mark.parametrize("wrong", [{"comments": "?"}, {"revisions": ""}, {"image_dpi": 72}])
def test_a_choice_that_the_engine_does_not_have_is_refused(
    wrong: dict[str, Any], session: Session, scene: Scene
) -> None:
    with pytest.raises(Invalid):
        start(session, scene, choices=Choices(**wrong))


def test_a_run_with_hidden_text_kept_measures_no_pages_of_the_final_one(
    session: Session, scene: Scene
) -> None:
    run = start(session, scene, choices=Choices(hidden="keep"))
    run.state, run.pages, run.pages_binding = RunState.SUCCEEDED, 99, True
    session.flush()
    found = queries.page_facts(session, scene.bid, [])
    assert (found.pages, found.limit) == (None, 40)
