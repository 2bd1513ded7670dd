from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tender.formats.notice import SCHEMA, Criterion, Deadline, Duration, Moment, Money, as_json
from tender.formats.reading import Unreadable, read, recognise

FILES = Path(__file__).parent / "files"
CALL = (FILES / "eforms_three_lots.xml").read_text(encoding="utf-8")


def test_the_notice_says_who_when_and_what():
    (notice,) = read(CALL.encode())
    assert (notice.format, notice.kind, notice.subtype, notice.language) == (
        "eforms",
        "competition",
        "16",
        "fra",
    )
    assert notice.native_id == "7a1d3a55-0b3f-4e0f-9a35-2f0f6a3b1c01"
    assert notice.publication_id == "00000123-2026"
    assert (notice.published_on, notice.dispatched_at) == (
        "2026-10-02",
        "2026-10-01T09:05:00+02:00",
    )
    assert notice.estimated_value == Money("240000.50", "EUR")
    assert notice.framework_max == Money("480000", "EUR")
    assert (notice.max_lots_submit, notice.max_lots_award, notice.all_lots_required) == (3, 2, True)
    assert (notice.nature, notice.procedure_type, notice.divided) == ("services", "open", True)
    assert (notice.cpv, notice.additional_cpv) == ("90500000", ("80500000",))


def test_texts_put_the_notices_own_language_first():
    (notice,) = read(CALL.encode())
    assert list(notice.title or {}) == ["fra", "eng"]
    assert notice.description == {"fra": "Trois lots & une tranche <ferme>."}
    assert notice.lots[2].title == {"und": "Sans langue"}


def test_buyers_are_those_referred_to_not_the_first_organisation():
    (notice,) = read(CALL.encode())
    desk, union = notice.buyers
    assert desk.name == {"fra": "Trois Rus, service de la commande publique"}
    assert (desk.national_id, desk.city, desk.nuts) == ("000 000 000 00025", "Ferrolles", "FRI34")
    assert union.name == {"fra": "Syndicat mixte de la Plaine Haute"}


def test_a_group_of_lots_is_no_lot():
    (notice,) = read(CALL.encode())
    assert [lot.id for lot in notice.lots] == ["LOT-0001", "LOT-0002", "LOT-0003"]


def test_each_lot_has_its_own_terms():
    first, second, third = read(CALL.encode())[0].lots
    assert (first.number, first.reserved, first.variants) == ("Lot A", "res-ws", "not-allowed")
    assert first.criteria[0] == Criterion(
        "quality",
        {"fra": "Valeur technique"},
        {"fra": "Jugée sur le mémoire"},
        "60.0",
        "per-exa",
    )
    assert first.criteria[1].weight is None
    assert first.opening == Moment("2026-11-16", "14:30:00", "+00:00", "2026-11-16T14:30:00Z")
    assert first.questions_deadline == Moment("2026-11-06", None, "+01:00", None)
    assert first.submission_url == "https://marches.example/depot/7"
    assert second.deadline == Deadline(
        "requests", "2026-11-10", "17:00:00", "+02:00", "2026-11-10T15:00:00Z"
    )
    assert third.deadline == Deadline("interest", "2026-12-01", None, None, None)
    assert (first.duration, second.duration) == (Duration(24, "MONTH"), Duration(None, "UNLIMITED"))


def test_of_two_offsets_the_earlier_instant_binds():
    clash = CALL.replace("2026-11-10+02:00", "2026-11-10+01:00")
    assert read(clash.encode())[0].lots[1].deadline == Deadline(
        "requests", "2026-11-10", "17:00:00", "+02:00", "2026-11-10T15:00:00Z"
    )


def test_of_two_steps_the_first_one_due_is_the_deadline():
    later = (
        "<a:TenderSubmissionDeadlinePeriod><b:EndDate>2026-12-24Z</b:EndDate>"
        "</a:TenderSubmissionDeadlinePeriod><a:ParticipationRequestReceptionPeriod>"
    )
    both = CALL.replace("<a:ParticipationRequestReceptionPeriod>", later)
    deadline = read(both.encode())[0].lots[1].deadline
    assert deadline is not None
    assert deadline.kind == "requests"


@pytest.mark.parametrize(
    ("reason", "kind"), [("cancel", "cancellation"), ("cancel-intent", "change")]
)
def test_a_change_notice_is_told_from_a_cancelled_one(reason, kind):
    changes = (
        "<efac:Changes><efbc:ChangedNoticeIdentifier>711911-2023</efbc:ChangedNoticeIdentifier>"
        f"<efac:ChangeReason><b:ReasonCode>{reason}</b:ReasonCode></efac:ChangeReason>"
        "</efac:Changes><efac:NoticeSubType>"
    )
    (notice,) = read(CALL.replace("<efac:NoticeSubType>", changes).encode())
    assert (notice.kind, notice.previous) == (kind, ("711911-2023",))


@pytest.mark.parametrize(
    ("form", "subtype", "kind"),
    [
        ("planning", "4", "planning"),
        ("result", "29", "result"),
        ("cont-modif", "38", "modification"),
        ("dir-awa-pre", "25", "other"),
        ("", "CEI", "competition"),
        ("consultation", "E1", "planning"),
        ("", "E1", "planning"),
        ("completion", "E5", "other"),
        ("", "E6", "modification"),
        ("bri", "X02", "other"),
        ("", "X01", "other"),
    ],
)
def test_the_kind_goes_by_the_form_else_by_the_subtype(form, subtype, kind):
    text = CALL.replace('listName="competition"', f'listName="{form}"')
    text = text.replace('"notice-subtype">16', f'"notice-subtype">{subtype}')
    assert read(text.encode())[0].kind == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_any_announced_encoding_reads_the_same(encoding):
    text = CALL.replace('"UTF-8"', f'"{encoding.removesuffix("-sig")}"')
    data = text.encode(encoding)
    assert recognise(data) == "eforms"
    assert read(data) == read(CALL.encode())


def test_the_neutral_value_has_the_agreed_keys_in_order():
    value = as_json(read(CALL.encode())[0])
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(value)
    assert list(value)[:6] == [
        "format",
        "native_id",
        "version",
        "publication_id",
        "procedure_id",
        "published_on",
    ]
    assert list(value)[-3:] == ["all_lots_required", "divided", "lots"]
    lots = value["lots"]
    assert isinstance(lots, list)
    assert list(lots[0])[:6] == ["id", "number", "title", "description", "cpv", "additional_cpv"]
    assert list(lots[0])[-3:] == ["languages", "documents_urls", "submission_url"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2026-11-16+01:00", "2026-02-30+01:00", "« 2026-02-30+01:00 » n’est pas une date"),
        ("12:00:00+01:00", "24:00:00+01:00", "« 24:00:00+01:00 » n’est pas une heure"),
        ("12:00:00+01:00", "12:60:00+01:00", "« 12:60:00+01:00 » n’est pas une heure"),
        ("12:00:00+01:00", "12:00:60+01:00", "« 12:00:60+01:00 » n’est pas une heure"),
        ("12:00:00+01:00", "12:00:00+15:00", "« +15:00 » n’est pas un décalage"),
        ("2026-11-16+01:00", "", "une heure sans date"),
        ("2026-11-16+01:00", "0001-01-01+13:00", "hors du calendrier"),
        (">120000<", ">1e400<", "« 1e400 » n’est pas un nombre"),
        (">120000<", ">-120000<", "« -120000 » n’est pas un nombre"),
        (">120000<", ">NaN<", "« NaN » n’est pas un nombre"),
        (">2</b:Maximum", ">deux</b:Maximum", "« deux » n’est pas un nombre entier"),
        ('"Lot">LOT-0002', '"Lot">LOT-0001', "Le lot LOT-0001 figure deux fois"),
        ('"Lot">LOT-0002', '"Lot">', "pas d’identifiant"),
        (
            "<b:EndDate>2026-11-16",
            "<b:EndDate>2026-11-15Z</b:EndDate><b:EndDate>2026-11-16",
            "LOT-0001/TenderSubmissionDeadlinePeriod : deux dates limites",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(old, new, words):
    assert old in CALL
    with pytest.raises(Unreadable, match=r".") as refusal:
        read(CALL.replace(old, new, 1).encode())
    assert words in str(refusal.value)


def test_the_year_9999_is_a_year():
    text = CALL.replace("2026-11-16+01:00", "9999-12-31+01:00")
    deadline = read(text.encode())[0].lots[0].deadline
    assert deadline is not None
    assert deadline.utc == "9999-12-31T11:00:00Z"


def test_thousands_of_lots_are_refused():
    lot = CALL[CALL.index("<a:ProcurementProjectLot>") : CALL.rindex("</ContractNotice>")]
    small = '<a:ProcurementProjectLot><b:ID schemeName="Lot">L{}</b:ID></a:ProcurementProjectLot>'
    for count, words in ((2_001, "plus de 2000 lots"), (20_000, "plus de 10000 éléments")):
        many = CALL.replace(lot, "".join(small.format(number) for number in range(count)))
        with pytest.raises(Unreadable, match=words):
            read(many.encode())


def test_the_registration_of_a_company_is_a_notice_outside_ubl():
    text = """<BusinessRegistrationInformationNotice
    xmlns="http://data.europa.eu/p27/eforms-business-registration-information-notice/1"
    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
    <cbc:ID schemeName="notice-id">3b3b619b-0000-4000-8000-803a5ac6d519</cbc:ID>
    <cbc:IssueDate>2026-11-01Z</cbc:IssueDate><cbc:VersionID>01</cbc:VersionID>
    <cbc:NoticeTypeCode listName="bri">brin-eeig</cbc:NoticeTypeCode>
    </BusinessRegistrationInformationNotice>"""
    (notice,) = read(text.encode())
    assert (notice.format, notice.kind, notice.lots) == ("eforms", "other", ())


@pytest.mark.parametrize("name", ["contract-nature", "eforms-contract-nature"])
def test_a_countrys_own_edition_of_a_code_list_counts(name):
    text = CALL.replace('"contract-nature"', f'"{name}"')
    assert read(text.encode())[0].nature == "services"


def test_a_weight_that_is_no_number_stays_readable():
    text = CALL.replace(">60.0<", ">soixante<")
    assert read(text.encode())[0].lots[0].criteria[0].weight == "soixante"
