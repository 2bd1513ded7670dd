"""The journal of a room, page by page: nothing is lost between two pages."""

import re

from sqlalchemy.orm import Session

from tender.core import clock
from tender.core.transaction import set_context
from tender.history.service import record
from tests.web.conftest import SignIn
from tests.web.rooms import open_room, text


def test_older_entries_follow_without_a_gap_even_at_one_instant(
    session: Session, sign_in: SignIn
) -> None:
    room = open_room(session, sign_in)
    bid, now = room.scene.bid, clock.now()
    set_context(session, room.scene.coordinator)
    for n in range(130):
        record(session, room.scene.coordinator, "bids.moved", now=now, bid_id=bid.id,
               after="review", reason=f"raison n{n:03d}")  # fmt: skip
    session.commit()
    first = text(room.other.get(f"{room.url}/activite"))
    assert "Aujourd’hui" in first
    assert "Sa chaîne d’empreintes est intacte." in first
    older = re.search(r"avant=\d+", first)
    assert older is not None
    second = text(room.other.get(f"{room.url}/activite?{older.group()}"))
    told = [re.findall(r"raison n(\d+)", page) for page in (first, second)]
    assert [len(told[0]), len(told[1])] == [100, 30]
    assert sorted(map(int, told[0] + told[1])) == list(range(130))
    assert "Afficher les jours précédents" not in second


def test_a_page_number_that_is_none_shows_the_latest(session: Session, sign_in: SignIn) -> None:
    room = open_room(session, sign_in)
    for odd in ("hier", "-1", "99999999999999999999"):
        assert (
            room.other.get(f"{room.url}/activite", query_string={"avant": odd}).status_code == 200
        )
    assert room.stranger.get(f"{room.url}/activite").status_code == 404
