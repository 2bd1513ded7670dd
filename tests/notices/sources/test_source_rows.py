"""Where sources stand is for who answers for them, and only the import writes it."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from tender.core.actor import Actor, ClusterSeat, system
from tender.notices.sources import polling, walk
from tests.factories import NOW, actor_for, make_company, make_person

AsActor = Callable[[Actor], Session]
C = ClusterSeat


@pytest.fixture
def people(session: Session) -> dict[str, Actor]:
    member = make_company(session)
    made = {
        "member": actor_for(make_person(session, company=member), member),
        "manager": actor_for(make_person(session), seats=(C.MANAGER,)),
        "coordinator": actor_for(make_person(session), seats=(C.COORDINATOR,)),
        "administrator": actor_for(make_person(session), seats=(C.ADMINISTRATOR,)),
    }
    start = walk.begin(NOW.date(), 7)
    assert polling.take(session, system("operator"), "boamp", now=NOW, start=start) is not None
    return made


@pytest.mark.parametrize(
    ("who", "seen"), [("member", 0), ("manager", 0), ("coordinator", 1), ("administrator", 1)]
)
def test_the_database_itself_shows_them_to_no_one_else(
    people: dict[str, Actor], as_actor: AsActor, who: str, seen: int
) -> None:
    session = as_actor(people[who])
    assert len(polling.sources(session)) == seen
    changed = session.execute(text("update notice_source set fence = 9 returning fence")).all()
    assert changed == []
    with pytest.raises(ProgrammingError, match="row-level security"):
        session.execute(
            text(
                "insert into notice_source (id, name, due_at, cursor, pages, fence, failures,"
                " taken_in, refused, refusals) values (gen_random_uuid(), 'x', now(), '{}', '{}',"
                " 0, 0, 0, 0, '[]')"
            )
        )
