"""The real notices beside the project: all that are read come in, twice the same, in any order."""

import json
import random
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tender.core.actor import system
from tender.formats.notice import as_json
from tender.formats.reading import Unreadable, read
from tender.notices.models import Notice, Tender
from tender.notices.service import Outcome, import_notice
from tests.factories import NOW

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "notices"
IMPORT = system("import")

pytestmark = pytest.mark.published


def _values() -> list:
    found = []
    for path in sorted(FOLDER.glob("*/*")):
        try:
            found += [(value, path.name) for value in read(path.read_bytes())]
        except Unreadable:
            continue
    return found


def bring(session: Session, values: list) -> list[Outcome]:
    return [
        import_notice(session, IMPORT, value, raw_key=name, sha256=name, now=NOW).outcome
        for value, name in values
    ]


def state(session: Session) -> dict:
    session.flush()
    tenders = session.scalars(select(Tender)).all()
    return {
        frozenset(n.native_id for n in t.notices): (t.title, t.deadline_at, len(t.lots))
        for t in tenders
    }


def test_real_notices_come_in_once_whatever_their_order(session: Session) -> None:
    values = _values()
    assert len(values) > 30
    first = bring(session, values)
    assert Outcome.CREATED in first
    assert set(bring(session, values)) == {Outcome.UNCHANGED}
    assert session.scalar(select(func.count()).select_from(Notice)) == len(
        {json.dumps(as_json(v)) for v, _ in values}
    )
    in_order = state(session)
    with session.begin_nested() as undone:
        for kind in ("notice", "lot", "tender"):
            session.execute(Notice.metadata.tables[kind].delete())
        session.expire_all()
        shuffled = random.Random(7).sample(values, len(values))  # noqa: S311 - an order, no secret
        bring(session, shuffled)
        assert state(session) == in_order
        undone.rollback()
