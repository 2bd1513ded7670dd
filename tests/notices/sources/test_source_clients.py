"""The clients of the sources, against a portal that answers as the documented ones do."""

import json
from datetime import date
from email.message import Message

import pytest

from tender.notices.sources import verbatim, walk
from tender.notices.sources.boamp import Boamp, stretch
from tender.notices.sources.ted import Ted
from tender.notices.sources.trouble import Patience, Trouble
from tender.notices.sources.walk import Client, Place, Seen
from tender.notices.sources.wire import Wire, leave
from tests.notices.sources.portal import (
    Portal,
    drips,
    half,
    hangs,
    refuses,
    says,
    sends,
)

TODAY = date(2026, 11, 24)
WIRE = {"pace": 0.0}


def boamp(portal: Portal, **wire: float) -> Boamp:
    return Boamp(portal.address, Wire(**WIRE | wire))


def ted(portal: Portal) -> Ted:
    return Ted(portal.address, portal.address, "buyer-country IN (FRA)", Wire(**WIRE))


def walked(client: Client, at: Place) -> tuple[list[str], dict[str, Seen]]:
    """Read on until all is read; give the names in their order."""
    names: list[str] = []
    seen: dict[str, Seen] = {}
    over = False
    while not over:
        page = client.page(at, today=TODAY, seen=seen)
        names += [entry.name for entry in page.entries]
        at, over, seen = page.then, page.over, dict(page.seen)
    return names, seen


def test_the_bulletin_is_read_day_by_day_and_page_by_page(portal: Portal) -> None:
    portal.publish("2026-11-22", 3)
    portal.publish("2026-11-24", 205, first=100)
    names, _ = walked(boamp(portal), Place(date(2026, 11, 22)))
    assert len(names) == len(set(names)) == 208
    assert len(portal.asked) == 5  # a page for each of the first two days, three for today


def test_a_day_longer_than_the_limit_of_paging_is_read_from_its_end(portal: Portal) -> None:
    portal.publish("2026-11-24", 10_150)
    names, _ = walked(boamp(portal), Place(TODAY, seen=9_900, total=10_150))
    assert sorted(names) == [f"26-{n:05d}" for n in range(9_901, 10_151)]
    assert set(portal.statuses) == {200}


@pytest.mark.parametrize(
    ("seen", "total", "asked"),
    [
        (0, 0, ("idweb", 0, 100)),
        (9_900, 10_150, ("idweb", 9_900, 100)),
        (10_000, 10_150, ("idweb desc", 50, 100)),
        (10_100, 10_150, ("idweb desc", 0, 50)),
    ],
)
def test_what_is_asked_for_never_passes_the_limit(
    seen: int, total: int, asked: tuple[str, int, int]
) -> None:
    assert stretch(Place(TODAY, seen=seen, total=total)) == asked


def test_a_day_twice_as_long_as_the_limit_is_a_trouble_and_not_a_loss() -> None:
    with pytest.raises(Trouble, match="20000"):
        stretch(Place(TODAY, seen=10_000, total=20_101))


def test_a_page_that_has_not_changed_is_not_sent_again(portal: Portal) -> None:
    portal.publish("2026-11-24", 120)
    client = boamp(portal)
    _, seen = walked(client, Place(TODAY))
    page = client.page(Place(TODAY), today=TODAY, seen=seen)
    assert portal.statuses == [200, 200, 304]
    assert (page.entries, page.then.seen) == ([], 100)
    portal.publish("2026-11-24", 1, first=500)
    page = client.page(page.then, today=TODAY, seen=seen)
    assert (len(page.entries), page.over) == (21, True)


def test_a_short_page_is_gone_on_from_where_it_ended(portal: Portal) -> None:
    portal.publish("2026-11-24", 4)
    cut = portal.page({"where": "dateparution=date'2026-11-24'", "order_by": "idweb",
                       "limit": "3", "offset": "0"})[1]  # fmt: skip
    portal.faults.append(says(cut))
    names, _ = walked(boamp(portal), Place(TODAY))
    assert names == ["26-00001", "26-00002", "26-00003", "26-00004"]


def test_a_page_that_comes_twice_is_no_progress(portal: Portal) -> None:
    portal.publish("2026-11-24", 250)
    client = boamp(portal)
    first = client.page(Place(TODAY), today=TODAY, seen={})
    again = portal.page({"where": "dateparution=date'2026-11-24'", "order_by": "idweb",
                         "limit": "100", "offset": "0"})[1]  # fmt: skip
    portal.faults.append(says(again))
    with pytest.raises(Trouble, match="deux fois") as trouble:
        client.page(first.then, today=TODAY, seen=first.seen)
    assert trouble.value.restart == Place(TODAY).stored()


@pytest.mark.parametrize(
    "answer",
    [
        {"nhits": 3, "records": []}, {"total_count": "3", "results": []}, [], "x",
        {"total_count": 1, "results": [{"fields": {"idweb": "26-1"}}]},
        {"total_count": 9, "results": []},
    ],
)  # fmt: skip
def test_an_answer_of_another_form_is_a_trouble(portal: Portal, answer: object) -> None:
    portal.faults.append(says(answer))
    with pytest.raises(Trouble):
        boamp(portal).page(Place(TODAY), today=TODAY, seen={})


@pytest.mark.parametrize(
    ("fault", "status", "again"),
    [
        (refuses(500), 500, True), (refuses(503, Retry_After="120"), 503, True),
        (refuses(429, Retry_After="30"), 429, True), (refuses(400), 400, False),
        (refuses(302, Location="http://ailleurs.exemple/"), 302, False),
        (half, 0, True), (sends(b'{"total_count": 2, "resu'), 0, True), (sends(b"<html>"), 0, True),
        (sends(b"[" * 200_000), 0, True), (hangs, 0, True), (drips, 0, True),
    ],
)  # fmt: skip
def test_every_fault_of_the_line_is_a_trouble(
    portal: Portal, fault, status: int, again: bool
) -> None:
    portal.faults.append(fault)
    with pytest.raises(Trouble) as trouble:
        boamp(portal, silence=0.3, longest=0.3).page(Place(TODAY), today=TODAY, seen={})
    assert (trouble.value.status, trouble.value.again) == (status, again)


def test_a_portal_that_is_not_there_is_a_trouble() -> None:
    with pytest.raises(Trouble, match=r"127\.0\.0\.1 ne répond pas"):
        Boamp("http://127.0.0.1:9", Wire(pace=0)).page(Place(TODAY), today=TODAY, seen={})


def test_patience_asks_again_after_longer_and_longer_pauses(portal: Portal) -> None:
    portal.publish("2026-11-24", 2)
    portal.faults.extend([refuses(500), half])
    pauses: list[float] = []
    patience = Patience(wait=pauses.append, chance=lambda: 0.5)
    page = patience(lambda: boamp(portal).page(Place(TODAY), today=TODAY, seen={}))
    assert (len(page.entries), pauses) == (2, [1.0, 2.0])


def test_patience_waits_as_long_as_it_is_told_but_never_minutes(portal: Portal) -> None:
    pauses: list[float] = []
    patience = Patience(wait=pauses.append)
    portal.faults.append(refuses(429, Retry_After="2"))
    patience(lambda: boamp(portal).page(Place(TODAY), today=TODAY, seen={}))
    portal.faults.append(refuses(429, Retry_After="600"))
    with pytest.raises(Trouble) as trouble:
        patience(lambda: boamp(portal).page(Place(TODAY), today=TODAY, seen={}))
    assert (pauses, trouble.value.after) == ([2.0], 600)


@pytest.mark.parametrize(
    ("name", "value", "seconds"),
    [
        ("Retry-After", "120", 120), ("Retry-After", "Tue, 24 Nov 2026 12:01:00 GMT", 60),
        ("Retry-After", "0", 1), ("Retry-After", "bientôt", None), ("Retry-After", "9" * 9, 86_400),
        ("X-RateLimit-Reset", "1795521630", 30), ("X-RateLimit-Reset", "5", None),
    ],
)  # fmt: skip
def test_what_a_source_asks_for_is_understood(name: str, value: str, seconds: float | None) -> None:
    headers = Message()
    headers[name] = value
    assert leave(headers, 1795521600) == seconds


def test_when_the_quota_is_used_up_nothing_more_is_asked(portal: Portal) -> None:
    client = boamp(portal)
    portal.faults.append(
        sends(b'{"total_count": 0, "results": []}', X_RateLimit_Remaining="0",
              X_RateLimit_Reset="99999999999")
    )  # fmt: skip
    client.page(Place(TODAY), today=TODAY, seen={})
    with pytest.raises(Trouble, match="attendre") as trouble:
        client.page(Place(TODAY), today=TODAY, seen={})
    assert (trouble.value.after, len(portal.asked)) == (86_400, 1)


def test_requests_keep_their_distance(portal: Portal) -> None:
    pauses: list[float] = []
    client = Boamp(portal.address, Wire(pace=50, wait=pauses.append))
    for _ in range(2):
        client.page(Place(TODAY), today=TODAY, seen={})
    assert len(pauses) == 1
    assert 0 < pauses[0] <= 50


def test_the_ted_is_read_to_its_announced_end_though_its_token_never_ends(portal: Portal) -> None:
    portal.numbers["20261124"] = [f"{n}-2026" for n in range(700_000, 700_120)]
    names, _ = walked(ted(portal), Place(TODAY))
    assert names == portal.numbers["20261124"]
    assert [body.get("iterationNextToken") for body in portal.bodies] == [
        None, "20261124:50", "20261124:100",
    ]  # fmt: skip
    assert portal.bodies[0]["query"] == (
        "(buyer-country IN (FRA)) AND publication-date = 20261124 SORT BY publication-number ASC"
    )


def test_a_stale_token_begins_the_day_anew(portal: Portal) -> None:
    portal.numbers["20261124"] = [f"{n}-2026" for n in range(60)]
    client = ted(portal)
    first = client.page(Place(TODAY), today=TODAY, seen={})
    portal.stale = True
    with pytest.raises(Trouble) as trouble:
        client.page(first.then, today=TODAY, seen={})
    assert trouble.value.restart == Place(TODAY).stored()


@pytest.mark.parametrize(
    "answer",
    [
        {"notices": [], "totalNoticeCount": 0, "timedOut": True},
        {"notices": [{"publication-number": "1-2026"}], "totalNoticeCount": 4},
        {"notices": [{"ND": "1-2026"}], "totalNoticeCount": 1},
        {"notices": [{"publication-number": "../../x"}], "totalNoticeCount": 1},
        {"results": []}, None,
    ],
)  # fmt: skip
def test_a_search_that_is_cut_short_or_of_another_form_is_a_trouble(
    portal: Portal, answer: object
) -> None:
    portal.faults.append(says(answer))
    with pytest.raises(Trouble):
        ted(portal).page(Place(TODAY), today=TODAY, seen={})


def test_a_place_is_kept_and_read_back() -> None:
    at = Place(TODAY, seen=3, total=9, token="t", last="d")
    assert walk.place(json.loads(json.dumps(at.stored()))) == at


@pytest.mark.parametrize("blanks", ["", " ", "\r\n\t"])
def test_each_item_of_a_page_keeps_its_own_bytes(blanks: str) -> None:
    items = ['{"a" :1.50}', '{"b":"\\u00e9 é"}', "[1, {}]", "null"]
    text = blanks + '{"x":[[1]],"results":[' + f"{blanks},".join(items) + f"{blanks}]}}"
    assert [piece.data.decode() for piece in verbatim.pieces(text.encode(), "results")] == items


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"results":[1,', b'{"results":[1 2]}', b"\xff"]
)
def test_a_page_that_cannot_be_taken_apart_is_a_trouble(data: bytes) -> None:
    with pytest.raises(Trouble):
        verbatim.pieces(data, "results")
