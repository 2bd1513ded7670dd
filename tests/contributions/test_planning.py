"""The plan: started from a template, changed, reordered, by its coordinator only."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from tender.contributions.queries import sections_of
from tender.contributions.service import planning
from tender.contributions.service.planning import SectionWish
from tender.core import clock
from tender.core.errors import Conflict, Forbidden, Invalid
from tests.contributions.scene import Scene, make_scene, make_section


def test_an_empty_plan_is_filled_and_dealt_to_the_companies(session: Session) -> None:
    scene = make_scene(session, lots=2)
    now = clock.now()
    made = planning.plan_from_template(session, scene.coordinator, scene.bid, now)
    session.flush()
    assert [s.number for s in made][:6] == ["1", "2", "3", "4", "4.1", "4.2"]
    assert {s.owner_company_id for s in made} == {scene.lead.id, scene.other.id}
    assert all(now < s.due_at < scene.bid.tender.deadline_at for s in made)
    with pytest.raises(Conflict):
        planning.plan_from_template(session, scene.coordinator, scene.bid, now)


def test_only_the_coordinator_plans(as_actor, scene: Scene) -> None:
    session = as_actor(scene.lead_actor)
    wish = SectionWish("Méthode", scene.lead.id)
    with pytest.raises(Forbidden):
        planning.add_section(session, scene.lead_actor, scene.bid, wish, now=clock.now())


def test_a_section_goes_to_a_company_of_the_consortium(session: Session, scene: Scene) -> None:
    stranger = uuid4()
    for wish in (
        SectionWish("Méthode", stranger),
        SectionWish("Méthode", scene.lead.id, writer_id=scene.other_person.id),
        SectionWish("Méthode", scene.lead.id, lot_bid_id=stranger),
        SectionWish("Méthode", scene.lead.id, due_at=clock.now() + timedelta(days=400)),
    ):
        with pytest.raises(Invalid):
            planning.add_section(session, scene.coordinator, scene.bid, wish, now=clock.now())


def test_a_form_made_from_an_older_section_is_refused(session: Session, scene: Scene) -> None:
    section = make_section(session, scene, scene.lead)
    wish = SectionWish("Moyens", scene.other.id, page_budget=4)
    seen, now = section.version, clock.now()
    planning.change_section(session, scene.coordinator, scene.bid, "1", wish, seen=seen, now=now)
    session.flush()
    assert (section.title, section.owner_company_id) == ("Moyens", scene.other.id)
    with pytest.raises(Conflict):
        planning.change_section(
            session, scene.coordinator, scene.bid, "1", wish, seen=seen, now=now
        )


def test_sections_change_places_and_numbers_follow(session: Session, scene: Scene) -> None:
    for title in ("Un", "Deux", "Trois"):
        make_section(session, scene, scene.lead, title)
    seen = planning.order_version(sections_of(session, scene.bid.id))
    planning.reorder(
        session, scene.coordinator, scene.bid, ["3", "1", "2"], seen=seen, now=clock.now()
    )
    session.flush()
    after = sections_of(session, scene.bid.id)
    assert [(s.number, s.title) for s in after] == [("1", "Trois"), ("2", "Un"), ("3", "Deux")]
    with pytest.raises(Conflict):
        planning.reorder(
            session, scene.coordinator, scene.bid, ["3", "1", "2"], seen=seen, now=clock.now()
        )


def test_an_unwritten_section_leaves_the_plan_and_the_others_close_up(
    session: Session, scene: Scene
) -> None:
    for title in ("Un", "Deux"):
        make_section(session, scene, scene.lead, title)
    planning.remove_section(session, scene.coordinator, scene.bid, "1", now=clock.now())
    session.flush()
    assert [(s.number, s.title) for s in sections_of(session, scene.bid.id)] == [("1", "Deux")]
