"""From words to the instant that binds: tables, and every minute of the nights of change."""

from datetime import UTC, datetime, timedelta
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
        ("2026-12-14", "12:00:00", "-04:00", "America/Guadeloupe", Instants(utc("2026-12-14T16:00"))),
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


@pytest.mark.parametrize("day", CHANGES)
@pytest.mark.parametrize("offset", [None, "+01:00", "+02:00"])
def test_through_the_nights_of_change_no_reading_is_earlier_than_the_binding_one(
    day: str, offset: str | None
) -> None:
    paris = ZoneInfo(PARIS)
    for minute in range(24 * 60):
        clock = f"{minute // 60:02}:{minute % 60:02}:00"
        found = binding(day, clock, offset, PARIS)
        written = datetime.fromisoformat(f"{day}T{clock}")
        for fold in (0, 1):
            legal = written.replace(tzinfo=paris, fold=fold).astimezone(UTC)
            settled = offset and legal.astimezone(paris).strftime("%z") != offset.replace(":", "")
            assert found.binding <= legal or settled is False or found.other is None
            assert legal - timedelta(hours=1) <= found.binding <= legal + timedelta(hours=1)
        if offset:
            stated = datetime.fromisoformat(f"{day}T{clock}{offset}")
            assert found.binding <= stated
            assert (found.other or found.binding) >= stated
        assert found.other is None or found.other > found.binding


def test_a_later_clock_time_never_binds_earlier_but_across_a_repeated_hour() -> None:
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
