"""From words to the instant that binds: tables, and every minute of the nights of change."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from tender.core.errors import Invalid
from tender.notices.deadlines import Doubt, Instants, binding
from tender.notices.zones import zone_of

PARIS = "Europe/Paris"
CHANGES = ("2026-03-29", "2026-10-25")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "offset", "zone", "expected"),
    [
        ("2026-12-14", "12:00:00", None, PARIS, Instants(utc("2026-12-14T11:00"))),
        ("2026-12-14", "12:00:00", "+01:00", PARIS, Instants(utc("2026-12-14T11:00"))),
        ("2026-07-14", "12:00:00", "+02:00", PARIS, Instants(utc("2026-07-14T10:00"))),
        # an offset of the wrong season, both ways: the earlier instant binds
        (
            "2024-02-28", "12:00:00", "+02:00", PARIS,
            Instants(utc("2024-02-28T10:00"), utc("2024-02-28T11:00"), Doubt.OFFSET),
        ),
        (
            "2026-10-12", "15:30:00", "+01:00", PARIS,
            Instants(utc("2026-10-12T13:30"), utc("2026-10-12T14:30"), Doubt.OFFSET),
        ),
        # the software of a buyer on the island of La Réunion wrote the time of Paris
        (
            "2026-12-14", "12:00:00", "+01:00", "Indian/Reunion",
            Instants(utc("2026-12-14T08:00"), utc("2026-12-14T11:00"), Doubt.OFFSET),
        ),
        (
            "2026-12-14", "12:00:00", "-04:00", "America/Guadeloupe",
            Instants(utc("2026-12-14T16:00")),
        ),
        # the hour that does not exist, and the one that comes twice
        (
            "2026-03-29", "02:30:00", None, PARIS,
            Instants(utc("2026-03-29T00:30"), utc("2026-03-29T01:30"), Doubt.CLOCK_CHANGE),
        ),
        (
            "2026-10-25", "02:30:00", None, PARIS,
            Instants(utc("2026-10-25T00:30"), utc("2026-10-25T01:30"), Doubt.CLOCK_CHANGE),
        ),
        ("2026-10-25", "02:30:00", "+01:00", PARIS, Instants(utc("2026-10-25T01:30"))),
        # a day alone: any moment of it may be meant
        (
            "2026-12-14", None, None, PARIS,
            Instants(utc("2026-12-13T23:00"), utc("2026-12-14T22:59:59"), Doubt.NO_TIME),
        ),
        (
            "2026-12-14", "00:00:00", None, PARIS,
            Instants(utc("2026-12-13T23:00"), None, Doubt.MIDNIGHT),
        ),
        ("2026-12-14", "23:59:59", "+01:00", PARIS, Instants(utc("2026-12-14T22:59:59"))),
        ("9999-12-31", "12:00:00", None, PARIS, Instants(utc("9999-12-31T11:00"))),
    ],
)  # fmt: skip
def test_a_deadline_as_written_binds_at_the_earlier_instant(
    day: str, clock: str | None, offset: str | None, zone: str, expected: Instants
) -> None:
    assert binding(day, clock, offset, zone) == expected


@pytest.mark.parametrize(
    ("day", "clock", "offset"),
    [
        ("0001-01-01", "00:00:00", None),
        ("9999-12-31", "23:00:00", "-14:00"),
        ("2026-02-30", None, None),
        ("2026-12-14", "24:00", None),
        ("bientôt", None, None),
    ],
)
def test_what_is_no_moment_is_refused_in_words(day: str, clock: str | None, offset: str) -> None:
    with pytest.raises(Invalid, match="n’est pas une date de notre calendrier"):
        binding(day, clock, offset, PARIS)


def meant(day: str) -> dict[str, list[datetime]]:
    """By brute force: the minutes at which Paris shows each clock time of a day."""
    found: dict[str, list[datetime]] = {}
    minute = utc(f"{day}T00:00") - timedelta(hours=3)
    for _ in range(30 * 60):
        shown = minute.astimezone(ZoneInfo(PARIS))
        if shown.date().isoformat() == day:
            found.setdefault(f"{shown:%H:%M}", []).append(minute)
        minute += timedelta(minutes=1)
    return found


@pytest.mark.parametrize("day", CHANGES)
def test_through_a_night_of_change_the_first_minute_that_shows_the_time_binds(day: str) -> None:
    shown = meant(day)
    for hour, minute in product(range(24), range(60)):
        clock = f"{hour:02}:{minute:02}"
        found = binding(day, clock, None, PARIS)
        if clock in shown:
            assert found.binding == shown[clock][0]
            assert found.other == (shown[clock][1] if len(shown[clock]) == 2 else None)
        else:
            assert found.other == found.binding + timedelta(hours=1)


@pytest.mark.parametrize("day", CHANGES)
@pytest.mark.parametrize("offset", ["+01:00", "+02:00"])
def test_through_a_night_of_change_no_reading_is_earlier_than_the_one_that_binds(
    day: str, offset: str
) -> None:
    shown = meant(day)
    for hour, minute in product(range(24), range(60)):
        clock = f"{hour:02}:{minute:02}"
        found = binding(day, clock, offset, PARIS)
        stated = datetime.fromisoformat(f"{day}T{clock}{offset}")
        if stated in shown.get(clock, []):
            assert (found.binding, found.other) == (stated, None) or found.doubt is Doubt.MIDNIGHT
        else:
            readings = [stated, *shown.get(clock, [stated])]
            assert found.binding <= min(readings)
            assert (found.other or found.binding) >= max(readings)


def test_a_later_clock_time_never_binds_earlier() -> None:
    clocks = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
    for day in ("2026-06-15", "2026-12-15", "2028-02-29"):
        found = [binding(day, clock, None, PARIS).binding for clock in clocks]
        assert found == sorted(found)


@pytest.mark.parametrize(
    ("country", "nuts", "zone"),
    [
        ("FRA", "FRE11", PARIS),
        ("FRA", "FRY40", "Indian/Reunion"),
        ("FRA", "FRY1", "America/Guadeloupe"),
        ("FR", "FRA40", "Indian/Reunion"),
        ("FR", "FR930", "America/Cayenne"),
        ("FR", None, PARIS),
        ("PRT", "PT200", "Atlantic/Azores"),
        (None, "EL30", "Europe/Athens"),
        ("NCL", None, "Pacific/Noumea"),
        ("FIN", None, "Europe/Helsinki"),
        (None, None, PARIS),
        ("XXX", "ZZ", PARIS),
    ],
)
def test_the_clock_is_the_buyers(country: str | None, nuts: str | None, zone: str) -> None:
    assert zone_of(country, nuts) == zone
    assert ZoneInfo(zone_of(country, nuts))


@pytest.mark.parametrize(
    ("nuts", "departments", "zone"),
    [
        (None, ["974"], "Indian/Reunion"),
        (None, ["988"], "Pacific/Noumea"),
        (None, ["975"], "America/Miquelon"),
        (None, ["84", "13"], PARIS),
        (None, ["974", "75"], PARIS),
        ("FRY10", ["75"], "America/Guadeloupe"),
    ],
)
def test_where_no_code_is_written_the_departement_tells_the_clock(
    nuts: str | None, departments: list[str], zone: str
) -> None:
    assert zone_of(None, nuts, departments) == zone
