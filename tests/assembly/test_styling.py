"""The coordinator's table of styles for each company, and the look of each section."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tender.assembly import manifest, queries, service, styling
from tender.assembly.rules import RunKind
from tender.bids.queries import standing_in
from tender.companies.models import Company
from tender.contributions.rules import Look
from tender.contributions.service import planning
from tender.core import clock
from tender.core.actor import Actor
from tender.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.contributions.scene import Scene
from tests.faults.ready import make_ready

AsActor = Callable[[Actor], Session]


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_ready(session)


def rows(session: Session, scene: Scene, company: Company, who: Actor) -> list[styling.StyleRow]:
    standing = standing_in(session, who, scene.bid.id)
    return styling.rows_of(session, who, standing, scene.bid.id, company)


def save(session: Session, scene: Scene, chosen: dict[str, str], *, seen: int = 0) -> None:
    styling.save(
        session, scene.coordinator, scene.bid, scene.other, chosen, seen=seen, now=clock.now()
    )
    session.flush()


def look(session: Session, scene: Scene, wanted: Look) -> int:
    return planning.set_looks(
        session, scene.coordinator, scene.bid, {scene.sections[1].id: wanted}, now=clock.now()
    )


def test_the_styles_of_a_company_s_texts_come_with_a_guess(session: Session, scene: Scene) -> None:
    found = rows(session, scene, scene.lead, scene.coordinator)
    assert [(r.name, r.uses, r.target, r.guessed) for r in found] == [
        ("Normal", 3, "Normal", True),
        ("heading 1", 2, "heading 1", True),
    ]
    assert found[0].sample == "Le besoin tient en trois points."


def test_what_was_chosen_takes_the_place_of_the_guess(session: Session, scene: Scene) -> None:
    save(session, scene, {"Normal": "Chapeau", "heading 1": "", "Pas un style": "Normal"})
    found = {r.name: (r.target, r.guessed) for r in rows(session, scene, scene.other,
                                                         scene.coordinator)}  # fmt: skip
    assert found == {"Normal": ("Chapeau", False), "heading 1": ("", False)}
    kept = styling.table_of(session, scene.bid.id, scene.other.id)
    assert kept is not None
    assert set(kept.styles) == {"Normal", "heading 1"}


def test_a_style_that_the_house_does_not_have_is_refused(session: Session, scene: Scene) -> None:
    with pytest.raises(Invalid):
        save(session, scene, {"Normal": "Table Grid"})


def test_a_table_changed_meanwhile_is_not_overwritten(session: Session, scene: Scene) -> None:
    save(session, scene, {"Normal": "Chapeau"})
    with pytest.raises(Conflict):
        save(session, scene, {"Normal": "Quote"})
    save(session, scene, {"Normal": "Quote"}, seen=1)


def test_a_company_sees_its_own_table_and_no_rival_s(
    session: Session, scene: Scene, as_actor: AsActor
) -> None:
    save(session, scene, {"Normal": "Chapeau"})
    session = as_actor(scene.other_actor)
    assert rows(session, scene, scene.other, scene.other_actor)[0].target == "Chapeau"
    with pytest.raises(Forbidden):
        styling.save(session, scene.other_actor, scene.bid, scene.other, {}, seen=1,
                     now=clock.now())  # fmt: skip
    session = as_actor(scene.lead_actor)
    with pytest.raises(NotFound):
        rows(session, scene, scene.other, scene.lead_actor)
    assert queries.style_maps(session, scene.bid.id) == {}


def test_another_look_or_table_outdates_a_run_in_words(
    session: Session, scene: Scene, as_actor: AsActor
) -> None:
    save(session, scene, {"Normal": "Chapeau"})
    assert look(session, scene, Look.MAP) == 1
    assert look(session, scene, Look.MAP) == 0
    run = service.start(session, scene.coordinator, scene.bid, RunKind.TRIAL, now=clock.now())
    frozen = run.manifest["sections"][1]  # type: ignore[index]
    assert (frozen["policy"], frozen["styles"]) == ("map", {"Normal": "Chapeau"})
    assert said(session, scene, run.manifest) == []
    assert said(as_actor(scene.lead_actor), scene, run.manifest) == []  # sees no table, no change
    session = as_actor(scene.coordinator)
    save(session, scene, {"Normal": "Quote"}, seen=1)
    assert said(session, scene, run.manifest) == [
        "La correspondance des styles de la section 2 Méthode a changé."
    ]
    look(session, scene, Look.SOURCE)
    assert said(session, scene, run.manifest) == [
        "La mise en forme de la section 2 Méthode a changé."
    ]


def said(session: Session, scene: Scene, then: dict[str, object]) -> list[str]:
    now = queries.present(session, scene.bid)
    found = [str(text) for text in manifest.changes(then, now)]
    assert bool(found) != manifest.same_facts(then, now)
    return found


def test_only_the_coordinator_chooses_a_look(
    session: Session, scene: Scene, as_actor: AsActor
) -> None:
    session = as_actor(scene.other_actor)
    with pytest.raises(Forbidden):
        planning.set_looks(session, scene.other_actor, scene.bid, {}, now=clock.now())
