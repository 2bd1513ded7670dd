"""A text comes in, is kept once, read by whom it concerns, reviewed."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tender.bids.queries import standing_in
from tender.contributions import intake, queries
from tender.contributions.models import RemarkKind, Revision, RevisionKind, Section
from tender.contributions.rules import SectionState
from tender.contributions.service import reviewing, writing
from tender.core import clock
from tender.core.actor import Actor
from tender.core.errors import Conflict, Forbidden, Invalid, NotFound
from tender.core.storage import LocalStorage
from tests.contributions.scene import Scene, docx, make_scene, make_section


@pytest.fixture
def store(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path)


@pytest.fixture
def section(session: Session, scene: Scene) -> Section:
    return make_section(session, scene, scene.lead)


def taken(section: Section, n: int = 1) -> intake.Intake:
    """As if a file had come through the gate."""
    return intake.Intake(
        RevisionKind.DOCX, f"v{n}.docx", f"k/{section.id}/{n}.docx", f"{n:064x}", 10, {}, f"v {n}"
    )


def write(session: Session, scene: Scene, section: Section, n: int, *, seen: int,
          actor: Actor | None = None) -> Revision:  # fmt: skip
    who = actor or scene.lead_actor
    return writing.add_revision(
        session, who, scene.bid, section.id, taken(section, n), seen=seen, now=clock.now()
    )


def test_an_uploaded_file_is_examined_rewritten_and_kept_with_its_original(
    store: LocalStorage, section: Section
) -> None:
    data = docx("Une équipe stable de 46 agents.", "À compléter : [à compléter]")
    found = intake.take_in_file(
        store, section.bid_id, section.id, name="../Méthode.docx", data=data
    )
    assert found.file_name == "Méthode.docx"
    assert store.get(intake.original_key(found.file_key)) == data
    assert store.get(found.file_key) != data
    assert "46 agents" in store.get(intake.preview_key(found.file_key)).decode()
    assert found.text.splitlines()[0] == "## Notre démarche"
    assert found.health["words"] == 13
    assert found.health["placeholders"]
    intake.forget(store, found)
    assert list(store.keys("bids")) == []


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 ...", b"PK\x03\x04 noise", docx("x")[:-200]])
def test_what_is_no_sound_word_file_is_refused_in_words_and_leaves_nothing(
    store: LocalStorage, section: Section, data: bytes
) -> None:
    with pytest.raises(Invalid) as refused:
        intake.take_in_file(store, section.bid_id, section.id, name="a.docx", data=data)
    assert refused.value.field == "file"
    assert str(refused.value).endswith(".")
    assert list(store.keys("bids")) == []


def test_a_text_written_in_the_page_becomes_a_document(
    store: LocalStorage, section: Section
) -> None:
    text = "## Méthode\r\n\r\nTrois phases.\x00\n- une\n- deux"
    found = intake.take_in_text(store, section.bid_id, section.id, text=text)
    assert found.kind is RevisionKind.TEXT
    assert found.text == "## Méthode\n\nTrois phases.\n- une\n- deux"
    with pytest.raises(Invalid):
        intake.take_in_text(store, section.bid_id, section.id, text=" \n\x07 ")


def test_a_version_is_numbered_and_the_same_bytes_make_no_second_one(
    session: Session, scene: Scene, section: Section
) -> None:
    first = write(session, scene, section, 1, seen=0)
    again = write(session, scene, section, 1, seen=0)
    assert (first.number, again.id) == (1, first.id)
    assert section.state is SectionState.DRAFTING
    assert write(session, scene, section, 2, seen=1).number == 2


def test_a_form_made_before_another_version_is_refused(
    session: Session, scene: Scene, section: Section
) -> None:
    write(session, scene, section, 1, seen=0)
    with pytest.raises(Conflict):
        write(session, scene, section, 2, seen=0)


def test_another_company_neither_writes_nor_reads_a_draft(
    as_actor, session: Session, scene: Scene, section: Section
) -> None:
    write(session, scene, section, 1, seen=0)
    as_actor(scene.other_actor)
    standing = standing_in(session, scene.other_actor, scene.bid.id)
    assert queries.revisions_of(session, scene.other_actor, standing, section.id) == []
    with pytest.raises(NotFound):
        queries.revision_numbered(session, scene.other_actor, standing, section.id, 1)
    with pytest.raises(Forbidden):
        write(session, scene, section, 2, seen=1, actor=scene.other_actor)


def test_an_approved_version_is_read_by_the_whole_consortium(
    as_actor, session: Session, scene: Scene, section: Section
) -> None:
    write(session, scene, section, 1, seen=0)
    now, coordinator = clock.now(), scene.coordinator
    reviewing.submit(session, scene.lead_actor, scene.bid, section.id, now=now)
    reviewing.approve(session, coordinator, scene.bid, section.id, seen=1, now=now)
    as_actor(scene.other_actor)
    standing = standing_in(session, scene.other_actor, scene.bid.id)
    assert len(queries.revisions_of(session, scene.other_actor, standing, section.id)) == 1


def test_the_reviewer_approves_what_they_read_and_nothing_newer(
    session: Session, scene: Scene, section: Section
) -> None:
    write(session, scene, section, 1, seen=0)
    reviewing.submit(session, scene.lead_actor, scene.bid, section.id, now=clock.now())
    with pytest.raises(Conflict):
        reviewing.approve(
            session, scene.coordinator, scene.bid, section.id, seen=0, now=clock.now()
        )
    with pytest.raises(Forbidden):
        reviewing.approve(session, scene.lead_actor, scene.bid, section.id, seen=1, now=clock.now())


def test_a_section_is_returned_with_its_reason_and_the_approval_ends(
    session: Session, scene: Scene, section: Section
) -> None:
    revision = write(session, scene, section, 1, seen=0)
    now, coordinator = clock.now(), scene.coordinator
    reviewing.submit(session, scene.lead_actor, scene.bid, section.id, now=now)
    reviewing.approve(session, coordinator, scene.bid, section.id, seen=1, now=now)
    with pytest.raises(Invalid):
        reviewing.ask_changes(session, coordinator, scene.bid, section.id, reason="non", now=now)
    reviewing.ask_changes(
        session, coordinator, scene.bid, section.id, reason="Citer deux sites comparables.", now=now
    )
    session.refresh(revision)
    assert revision.approved_at is None
    assert section.state is SectionState.CHANGES_REQUESTED
    said = queries.remarks_on(session, section.id)
    assert {r.kind for r in said} == {RemarkKind.APPROVAL, RemarkKind.CHANGES_REQUESTED}


def test_an_older_version_comes_back_as_a_new_one(
    session: Session, scene: Scene, section: Section
) -> None:
    write(session, scene, section, 1, seen=0)
    write(session, scene, section, 2, seen=1)
    back = writing.restore(
        session, scene.lead_actor, scene.bid, section.id, 1, seen=2, now=clock.now()
    )
    assert (back.number, back.text) == (3, "v 1")


def test_a_company_that_takes_a_section_over_brings_back_what_was_approved_before(
    session: Session, scene: Scene, section: Section, as_actor
) -> None:
    as_actor(scene.lead_actor)
    made = write(session, scene, section, 1, seen=0)
    as_actor(scene.coordinator)
    reviewing.submit(session, scene.coordinator, scene.bid, section.id, now=clock.now())
    reviewing.approve(
        session, scene.coordinator, scene.bid, section.id, seen=made.number, now=clock.now()
    )
    section.owner_company_id = scene.other.id
    as_actor(scene.other_actor)
    write(session, scene, section, 2, seen=1, actor=scene.other_actor)
    back = writing.restore(
        session, scene.other_actor, scene.bid, section.id, 1, seen=2, now=clock.now()
    )
    session.flush()
    assert (back.number, back.company_id) == (3, scene.other.id)


def test_remarks_stay_between_the_company_and_the_reviewers(
    as_actor, session: Session, scene: Scene, section: Section
) -> None:
    reviewing.comment(
        session, scene.lead_actor, scene.bid, section.id, text="Source ?", now=clock.now()
    )
    with pytest.raises(Forbidden):
        reviewing.comment(
            session, scene.other_actor, scene.bid, section.id, text="Ah", now=clock.now()
        )
    as_actor(scene.other_actor)
    assert queries.remarks_on(session, section.id) == []


def test_nothing_is_written_after_the_deadline(session: Session) -> None:
    late = make_scene(session, closes_in=timedelta(seconds=-1))
    section = make_section(session, late, late.lead)
    with pytest.raises(Invalid):
        write(session, late, section, 1, seen=0)
