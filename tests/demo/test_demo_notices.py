from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tender.demo.notices import demo_notices
from tender.formats.reading import read

TODAY = date(2026, 11, 24)


def notices(today=TODAY):
    return {name: read(data)[0] for name, data in demo_notices(today)}


def due(notice):
    return date.fromisoformat(notice.lots[0].deadline.date)


@pytest.mark.parametrize("today", [TODAY, date(2027, 3, 20), date(2028, 2, 29)])
def test_thirty_notices_are_read_on_any_day(today):
    found = list(notices(today).values())
    assert len(found) == 30
    assert [notice.format for notice in found].count("boamp") == 12
    assert len({notice.native_id for notice in found}) == 30


def test_the_same_day_gives_the_same_bytes():
    assert demo_notices(TODAY) == demo_notices(TODAY)
    assert demo_notices(TODAY) != demo_notices(TODAY + timedelta(days=1))


def test_the_first_is_the_call_to_answer():
    notice = next(iter(notices().values()))
    assert [lot.id for lot in notice.lots] == ["LOT-0001", "LOT-0002", "LOT-0003"]
    deadline = notice.lots[0].deadline
    assert deadline is not None
    noon = datetime(2026, 12, 15, 12, tzinfo=ZoneInfo("Europe/Paris")).astimezone(UTC)
    assert (deadline.time, datetime.fromisoformat(deadline.utc or "")) == ("12:00:00", noon)
    assert sum(int(item.weight or 0) for item in notice.lots[0].criteria) == 100


def test_the_deadlines_lie_two_months_around_the_day():
    days = [(due(notice) - TODAY).days for notice in notices().values() if notice.lots]
    assert (min(days), max(days)) == (-58, 60)
    assert all(notice.published_on < TODAY.isoformat() for notice in notices().values())


def test_the_odd_cases_are_among_them():
    found = notices()
    change, end = found["traduction-report.xml"], found["conciergerie-annulee.xml"]
    assert (change.kind, end.kind) == ("change", "cancellation")
    assert change.procedure_id == found["traduction.xml"].procedure_id
    assert change.previous == (f"{found['traduction.xml'].native_id}-01",)
    assert due(change) - due(found["traduction.xml"]) == timedelta(days=7)
    assert found["menage-yvrel-report.json"].previous == (found["menage-yvrel.json"].native_id,)
    assert found["numerique-ravine.xml"].lots[0].deadline.offset == "+04:00"
    assert found["comptes.xml"].lots[0].deadline.offset == "+02:00"
    assert [lot.reserved for lot in found["proprete.xml"].lots] == ["none", "res-ws"]
    assert found["forum-emploi.xml"].divided is False
    assert max(len(notice.lots) for notice in found.values()) == 8
