from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender.formats import moments
from tender.formats.notice import Moment
from tender.formats.unreadable import Unreadable

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timedelta(minutes=minutes))


def spelled(offset: timedelta) -> str:
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{'-' if offset < timedelta(0) else '+'}{hours:02}:{minutes:02}"


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.times().map(lambda t: t.replace(fold=0)),
    OFFSETS,
)
def test_the_instant_is_the_clock_time_less_its_offset(day, clock, offset):
    found = moments.moment(day.isoformat(), clock.isoformat() + spelled(offset), "x")
    assert found is not None
    wanted = datetime.combine(day, clock, timezone(offset)).astimezone(UTC)
    assert datetime.fromisoformat(found.utc or "") == wanted
    assert time.fromisoformat(found.time or "") == clock
    assert (found.date, found.offset) == (day.isoformat(), spelled(offset))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-10-12T17:00:00.000", Moment("2026-10-12", "17:00:00", None, None)),
        (
            "2026-10-12T15:30+01:00",
            Moment("2026-10-12", "15:30:00", "+01:00", "2026-10-12T14:30:00Z"),
        ),
        ("2026-10-12T9:00Z", Moment("2026-10-12", "09:00:00", "+00:00", "2026-10-12T09:00:00Z")),
        ("2026-10-12T23:59:59.50", Moment("2026-10-12", "23:59:59.5", None, None)),
        ("2026-03-29T02:30:00", Moment("2026-03-29", "02:30:00", None, None)),
        ("2026-10-12", Moment("2026-10-12", None, None, None)),
        ("2026-10-12+02:00", Moment("2026-10-12", None, "+02:00", None)),
        (
            "2026-10-12 15:30:00+0200",
            Moment("2026-10-12", "15:30:00", "+02:00", "2026-10-12T13:30:00Z"),
        ),
        ("le 12 octobre 2026 à midi", None),
        ("12/10/2026 à 17:30", None),
        ("", None),
    ],
)
def test_what_is_written_is_kept_and_prose_is_no_moment(text, wanted):
    assert moments.stamp(text, "x") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2025-02-29T12:00",
        "2026-10-12T24:00",
        "2026-10-12T12:60",
        "2026-1-2",
        "0000-01-01",
    ],
)
def test_no_real_day_or_minute_is_refused(text):
    with pytest.raises(Unreadable, match=r"^delai : « .* » n’est pas une (date|heure)"):
        moments.stamp(text, "delai")
