"""Real notices, as published: each is read, or refused for a reason listed here."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tender.formats.notice import SCHEMA, Deadline, Duration, Moment, Money, as_json
from tender.formats.reading import Unreadable, read

pytestmark = pytest.mark.published

DATA = Path(__file__).parents[3] / "shared" / "data" / "notices"
FILES = [
    path
    for folder in ("eforms", "boamp", "ted_xml", "ocds", "decp")
    for path in sorted((DATA / folder).glob("*"))
]
VALID = Draft202012Validator(SCHEMA)
REFUSED = {
    "INVALID_cn_24_stage-2.xml": "Un lot de l’avis n’a pas d’identifiant",
    "INVALID_pin-only_24_empty.xml": "n’a pas d’identifiant (BT-701",
}


def notice_of(name):
    (notice,) = read((DATA / name).read_bytes())
    return notice


def tenders(day, clock, offset, utc):
    return Deadline("tenders", day, clock, offset, utc)


def test_the_real_notices_are_there():
    assert len(FILES) == 71


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_is_read_or_refused_for_a_known_reason(path):
    if path.name in REFUSED:
        with pytest.raises(Unreadable) as refusal:
            read(path.read_bytes())
        assert REFUSED[path.name] in str(refusal.value)
        return
    for notice in read(path.read_bytes()):
        VALID.validate(as_json(notice))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "eforms/2024-OJS017-00047522.xml",
            tenders("2024-02-28", "12:00:00", "+02:00", "2024-02-28T10:00:00Z"),
        ),
        (
            "eforms/246534-2023.xml",
            tenders("2023-05-30", "12:00:00", "+00:00", "2023-05-30T12:00:00Z"),
        ),
        (
            "eforms/701354-2023.xml",
            tenders("2024-01-16", "00:00:00", "+01:00", "2024-01-15T23:00:00Z"),
        ),
        (
            "eforms/757543-2023.xml",
            Deadline("requests", "2024-01-03", "00:00:00", "+02:00", "2024-01-02T22:00:00Z"),
        ),
        ("eforms/741214-2023.xml", None),
        (
            "boamp/api_24-127.json",
            tenders("2024-02-02", "18:00:00", "+01:00", "2024-02-02T17:00:00Z"),
        ),
        ("boamp/derived_api_26-88092.json", tenders("2026-10-12", "17:00:00", None, None)),
        ("boamp/dila_26-88333.xml", tenders("2026-10-09", "12:00:00", None, None)),
        (
            "boamp/dila_26-88471.xml",
            Deadline("interest", "2026-10-16", "18:00:00", None, None),
        ),
        (
            "boamp/test-pub-7.xml",
            tenders("2017-03-15", "16:00:00", "+01:00", "2017-03-15T15:00:00Z"),
        ),
    ],
)
def test_deadlines_are_kept_as_written(name, wanted):
    assert notice_of(name).lots[0].deadline == wanted


def test_lots_of_one_call_may_be_due_a_minute_apart():
    clocks = [
        lot.deadline and lot.deadline.time for lot in notice_of("eforms/762961-2023.xml").lots
    ]
    assert clocks == ["23:59:59", "23:59:00", "23:59:00", "23:59:00"]


def test_a_call_of_22_lots_gives_points_for_all_but_three():
    notice = notice_of("eforms/00175200_2025.xml")
    assert (len(notice.lots), notice.max_lots_submit, notice.max_lots_award) == (22, 22, 22)
    assert (notice.lots[0].number, notice.lots[21].id) == ("Lot 1", "LOT-0022")
    assert notice.lots[0].title == {"fra": "Désamiantage - Déplombage"}
    assert [lot.variants for lot in notice.lots[:3]] == ["not-allowed", "not-allowed", "required"]
    assert notice.lots[0].duration == Duration(141, "WEEK")
    weights = [[(item.weight, item.weight_kind) for item in lot.criteria] for lot in notice.lots]
    assert weights[:3] == [[(None, None), (None, None)]] * 3
    assert weights[3:] == [[("55", "poi-exa"), ("45", "poi-exa")]] * 19


def test_buyers_go_by_reference_and_may_be_several():
    (hospital,) = notice_of("eforms/739962-2023.xml").buyers
    assert (hospital.city, hospital.nuts) == ("Konin", "PL414")
    joint = notice_of("eforms/643121-2023.xml").buyers
    assert [buyer.national_id for buyer in joint] == ["LU15545561", "LU15446550", "LU31370064"]


def test_groups_of_lots_and_parts_are_no_lots():
    notice = notice_of("eforms/665175-2023.xml")
    assert [lot.id for lot in notice.lots] == ["LOT-0001", "LOT-0002", "LOT-0003", "LOT-0004"]
    weights = [item.weight for item in notice.lots[0].criteria]
    assert weights == ["40", "10", "35", "5", "10"]
    prior = notice_of("eforms/pin-only_24_lots.xml")
    assert (prior.kind, prior.lots) == ("planning", ())


def test_two_languages_stand_side_by_side():
    notice = notice_of("eforms/565058-2023.xml")
    assert list(notice.title or {}) == ["nld", "fra"]
    assert notice.buyers[0].name == {
        "nld": "Ministerie van Defensie",
        "fra": "Ministère de la Défense",
    }


def test_change_notices_name_the_earlier_one_in_their_own_way():
    change = notice_of("eforms/740039-2023.xml")
    assert (change.kind, change.change and change.change.reason) == ("change", "cor-buy")
    assert change.previous == ("711911-2023", "641995-2023", "693956-2023")
    other = notice_of("eforms/00155175_2025.xml")
    assert other.previous == ("860c0486-cc1e-4c38-9bb9-5ae721443188-01",)
    assert other.framework_max == Money("775000.00", "EUR")


def test_a_cancellation_carries_a_deadline_but_is_no_call():
    call, end = notice_of("boamp/25-123573.json"), notice_of("boamp/25-127510.json")
    assert (call.kind, end.kind) == ("competition", "cancellation")
    assert call.procedure_id == end.procedure_id
    assert end.lots[0].deadline == call.lots[0].deadline
    assert end.previous == ("c1051b02-779e-49ad-82e9-e7ddc91ebd00-01", "25-123573")


def test_a_national_change_has_its_new_date_in_a_sentence_only():
    notice = notice_of("boamp/dila_26-88384.xml")
    assert (notice.kind, notice.previous, notice.lots) == ("change", ("26-88340",), ())
    assert "lundi 05 octobre 2026" in ((notice.change and notice.change.description) or {})["und"]
    assert notice.buyers[0].name == {"und": "COMMUNE D'ESCAUTPONT"}


def test_lots_of_an_upper_case_body_keep_their_values():
    notice = notice_of("boamp/api_24-127.json")
    assert [lot.estimated_value for lot in notice.lots] == [
        Money("120000", "EUR"),
        Money("50000", "EUR"),
        Money("40000", "EUR"),
    ]
    assert (notice.divided, notice.estimated_value, notice.cpv) == (True, None, "60100000")
    assert {lot.variants for lot in notice.lots} == {"oui"}


def test_the_record_and_the_bulletins_file_of_one_notice_say_the_same():
    record, file = (
        notice_of("boamp/derived_api_26-88092.json"),
        notice_of("boamp/dila_26-88092.xml"),
    )
    assert len(record.lots) == 5
    assert record == file


def test_an_older_file_tells_opening_and_numbers():
    notice = notice_of("boamp/test-pub.xml")
    assert [lot.number for lot in notice.lots] == ["1", "2"]
    assert notice.lots[0].opening == Moment("2017-02-09", None, None, None)
    assert notice.lots[0].nuts == ("FR10",)
    assert notice_of("boamp/test-attribution-10.xml").previous == ("15-14160",)


def test_values_stand_where_the_notice_gives_them():
    award = notice_of("eforms/104729-2025.xml")
    assert (award.kind, award.previous) == ("result", ("616977-2024",))
    assert [lot.estimated_value for lot in award.lots] == [
        Money("200000", "EUR"),
        Money("450000", "EUR"),
    ]
    full = notice_of("eforms/cn_24_maximal.xml")
    assert (full.version, full.all_lots_required) == ("03", True)
    assert [lot.reserved for lot in full.lots] == ["res-pub-ser", "none"]
