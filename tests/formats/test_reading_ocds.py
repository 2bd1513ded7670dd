"""OCDS: packages, records and bare releases, told apart by what they hold."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tender.formats.notice import SCHEMA, Criterion, Deadline, Duration, Moment, Money, as_json
from tender.formats.reading import Unreadable, read, read_each, recognise

PACKAGE = json.loads(
    (Path(__file__).parent / "files" / "ocds_lots.json").read_text(encoding="utf-8")
)
RELEASE = PACKAGE["releases"][0]


def as_bytes(value):
    return json.dumps(value, ensure_ascii=False).encode()


def notice_of(value):
    (notice,) = read(as_bytes(value))
    Draft202012Validator(SCHEMA).validate(as_json(notice))
    return notice


def release(**changed):
    """The release with another tag, or another tender."""
    tender = RELEASE["tender"] | changed.pop("tender", {})
    return RELEASE | changed | {"tender": tender}


def test_the_release_says_who_when_and_what():
    notice = notice_of(PACKAGE)
    assert (notice.format, notice.native_id, notice.procedure_id) == (
        "ocds", "0007-2", "ocds-zz1abc-0007",
    )  # fmt: skip
    assert (notice.published_on, notice.dispatched_at) == (
        "2026-10-02", "2026-10-02T10:15:00+02:00",
    )  # fmt: skip
    assert (notice.kind, notice.subtype, notice.language) == ("competition", "tender", "fra")
    assert (notice.nature, notice.procedure_type) == ("services", "open")
    assert (notice.estimated_value, notice.framework_max) == (
        Money("150000.0", "EUR"), Money("300000", "EUR"),
    )  # fmt: skip
    assert (notice.max_lots_submit, notice.max_lots_award, notice.divided) == (2, 1, True)
    assert (notice.version, notice.publication_id, notice.change) == (None, None, None)


def test_translations_stand_beside_in_their_language():
    assert notice_of(PACKAGE).title == {"fra": "Entretien de haies", "eng": "Upkeep of hedges"}


def test_the_buyer_and_who_buys_for_it_are_both_told():
    city, group = notice_of(PACKAGE).buyers
    assert (city.name, city.national_id) == ({"fra": "Ville de Lanvaux"}, "00000000000017")
    assert (city.country, city.city, city.nuts) == ("France", "Lanvaux", None)
    assert group.name == {"fra": "Groupement d’achat du Blavet"}


def test_a_lot_has_its_own_terms_else_those_of_the_tender():
    first, second = notice_of(PACKAGE).lots
    assert (first.id, first.number, first.title) == ("LOT-0001", None, {"fra": "Nord"})
    assert first.deadline == Deadline(
        "tenders", "2026-11-18", "12:00:00", "+01:00", "2026-11-18T11:00:00Z"
    )
    assert second.deadline == Deadline(
        "tenders", "2026-11-20", "12:00:00", "+01:00", "2026-11-20T11:00:00Z"
    )
    assert second.questions_deadline == Moment("2026-11-10", None, None, None)
    assert first.estimated_value == Money("90000.5", "EUR")
    assert (first.duration, first.reserved) == (Duration(365, "DAY"), "shelteredWorkshop")
    assert (second.reserved, second.variants, second.languages) == (None, "allowed", ("fr",))
    assert second.documents_urls == ("https://achats.example/dce/7",)
    assert first.criteria == (
        Criterion("quality", {"fra": "Méthode"}, {"fra": "Mémoire"}, "60", "percentageExact"),
        Criterion("price", None, None, "40", "percentageExact"),
    )


def test_a_main_cpv_is_told_only_where_it_is_the_only_one():
    notice = notice_of(PACKAGE)
    first, second = notice.lots
    assert (first.cpv, first.additional_cpv) == ("77340000", ("77341000",))
    assert (second.cpv, second.additional_cpv) == (None, ("77300000", "77310000"))
    assert (notice.cpv, notice.additional_cpv) == (
        None, ("77340000", "77300000", "77310000", "77341000"),
    )  # fmt: skip


def test_a_call_without_lots_is_one_lot_that_holds_its_deadline():
    tender = {"lots": [], "awardCriteria": "priceOnly", "awardCriteriaDetails": "Au moins cher"}
    notice = notice_of(release(tender=tender))
    (lot,) = notice.lots
    assert (lot.id, notice.divided) == (None, None)
    assert lot.deadline is not None
    assert lot.criteria == (Criterion("priceOnly", None, {"fra": "Au moins cher"}, None, None),)


@pytest.mark.parametrize(
    ("tags", "status", "kind"),
    [
        (["planning"], "planned", "planning"),
        (["planning", "tender"], "active", "competition"),
        (["tender"], "planned", "competition"),
        (["tenderAmendment"], "active", "change"),
        (["tenderUpdate"], "active", "change"),
        (["tenderCancellation"], "cancelled", "cancellation"),
        (["tender"], "cancelled", "cancellation"),
        (["tenderUpdate"], "withdrawn", "cancellation"),
        (["tender"], "unsuccessful", "result"),
        (["tender", "award"], "complete", "result"),
        (["contract"], "complete", "result"),
        (["contractAmendment"], "complete", "modification"),
        (["implementation"], "complete", "other"),
        (["compiled"], "active", "competition"),
        (["compiled"], "planned", "planning"),
        ([], None, "other"),
    ],
)
def test_the_kind_goes_by_the_tag_and_what_has_become_of_the_tender(tags, status, kind):
    assert notice_of(release(tag=tags, tender={"status": status})).kind == kind


def test_an_amendment_says_why_and_of_which_release():
    old = {"date": "2026-10-01", "rationale": "Erreur"}
    new = {"date": "2026-10-05", "description": "Délai prolongé", "amendsReleaseID": "0007-1"}
    tender = {"amendments": [new, old]}
    notice = notice_of(release(tag=["tenderAmendment"], tender=tender))
    assert notice.previous == ("0007-1",)
    assert notice.change is not None
    assert notice.change.description == {"fra": "Délai prolongé"}


@pytest.mark.parametrize(
    "shape",
    [
        RELEASE,
        [RELEASE],
        {"records": [{"ocid": "x", "compiledRelease": RELEASE, "releases": [{"url": "u"}]}]},
        {"records": [{"ocid": "x", "releases": [RELEASE]}]},
        {"ocid": "x", "compiledRelease": RELEASE},
    ],
)
def test_whatever_is_around_it_a_release_reads_the_same(shape):
    assert recognise(as_bytes(shape)) == "ocds"
    assert notice_of(shape) == notice_of(PACKAGE)


def test_a_versioned_release_is_read_as_it_stands_now():
    def versions(*values):
        return [
            {"releaseID": f"r{at}", "releaseDate": f"2026-10-0{at}T00:00:00Z",
             "releaseTag": ["tender" if at == 1 else "tenderUpdate"], "value": value}
            for at, value in enumerate(values, 1)
        ]  # fmt: skip

    tender = {
        "id": "T7",
        "title": versions("Haies", "Haies et talus"),
        "tenderPeriod": {"endDate": versions("2026-11-20T12:00:00+01:00")},
        "lots": [{"id": "L1", "title": versions("Nord")}],
    }
    versioned = {"ocid": "ocds-zz1abc-0007", "tender": tender}
    notice = notice_of({"records": [{"ocid": "x", "versionedRelease": versioned}]})
    assert (notice.native_id, notice.kind) == ("r2", "change")
    assert notice.title == {"und": "Haies et talus"}
    assert [(lot.id, lot.title) for lot in notice.lots] == [("L1", {"und": "Nord"})]


def test_several_documents_in_one_file_and_several_releases_in_one_package():
    lines = as_bytes(release(id="a")) + b"\n" + as_bytes(release(id="b"))
    assert [notice.native_id for notice in read(lines)] == ["a", "b"]
    package = {"releases": [release(id="a"), release(id="b")]}
    assert [notice.native_id for notice in read(as_bytes(package))] == ["a", "b"]


def test_latin_letters_of_old_publishers_are_read():
    data = json.dumps(PACKAGE, ensure_ascii=False).replace("’", "'").encode("iso-8859-1")
    assert read(data)[0].lots[0].criteria[0].name == {"fra": "Méthode"}


def test_a_bad_release_leaves_the_others_alone():
    wrong = release(id="b", tender={"tenderPeriod": {"endDate": "2026-02-30T12:00:00Z"}})
    data = as_bytes({"releases": [release(id="a"), wrong, release(id="c")]})
    first, refusal, last = (found for _, found in read_each(data))
    assert [first.native_id, last.native_id] == ["a", "c"]
    assert "Avis 2 de la page : tender/tenderPeriod/endDate" in str(refusal)
    with pytest.raises(Unreadable, match="Avis 2"):
        read(data)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"records": [{"ocid": "x", "releases": [{"url": "u", "tag": ["tender"]}]}]}, "liens"),
        (release(id=None), "pas d’identifiant"),
        (release(tender={"value": {"amount": -5}}), "tender/value : « -5 »"),
        (release(tender={"value": {"amount": 1e300}}), "tender/value : « 1e+300 »"),
        (release(tender={"lotDetails": {"maximumLotsBidPerSupplier": "deux"}}), "« deux »"),
        (release(tender={"lots": [{"id": str(n)} for n in range(2_001)]}), "plus de 2000 lots"),
        ({"releases": []}, "format connu"),
        ({"releases": [3]}, "format connu"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(value, words):
    with pytest.raises(Unreadable) as refusal:
        read(as_bytes(value))
    assert words in str(refusal.value)


def test_wrong_types_are_as_good_as_nothing():
    strange = {
        "ocid": "x", "id": "1", "tag": "tender", "date": ["2026"], "parties": [3, {"id": {}}],
        "buyer": "Ville", "language": 3, "tender": {"title": ["a"], "lots": ["a", {"id": "1"}],
        "items": {"classification": "77"}, "value": [], "documents": [{"url": 5}]},
    }  # fmt: skip
    notice = notice_of(strange)
    assert (notice.title, notice.buyers, notice.published_on) == (None, (), None)
    assert [lot.id for lot in notice.lots] == ["1"]
