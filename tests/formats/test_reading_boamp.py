import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tender.formats.notice import SCHEMA, Deadline, Duration, Money, as_json
from tender.formats.reading import Unreadable, read, recognise

FILES = Path(__file__).parent / "files"


def record(name):
    return json.loads((FILES / f"boamp_{name}.json").read_text(encoding="utf-8"))


def as_bytes(value):
    return json.dumps(value, ensure_ascii=False).encode()


def notice_of(value):
    (notice,) = read(as_bytes(value))
    Draft202012Validator(SCHEMA).validate(as_json(notice))
    return notice


def changed(name, **inner):
    """A fixture with other management data or another body."""
    found = record(name)
    return found | {key: json.dumps(value, ensure_ascii=False) for key, value in inner.items()}


def test_an_fnsimple_call_is_read():
    notice = notice_of(record("fnsimple"))
    assert (notice.format, notice.native_id, notice.kind) == ("boamp", "26-90101", "competition")
    assert (notice.subtype, notice.published_on) == ("FNSimple", "2026-10-05")
    assert notice.title == {"und": "Animation de tiers-lieux & ateliers d'insertion"}
    assert (notice.cpv, notice.additional_cpv) == ("85312000", ("80500000", "79952000"))
    assert (notice.divided, notice.nature, notice.procedure_type) == (True, "services", "OUVERT")
    assert notice.estimated_value == Money("90000.00", "EUR")
    assert (notice.version, notice.language, notice.framework_max) == (None, None, None)


def test_the_clock_time_of_the_body_counts_not_the_apis_moved_to_utc():
    deadline = notice_of(record("fnsimple")).lots[0].deadline
    assert deadline == Deadline("tenders", "2026-11-20", "11:00:00", None, None)


def test_lots_without_a_number_of_their_own_have_none():
    first, second = notice_of(record("fnsimple")).lots
    assert (first.id, first.number, first.title) == (None, None, {"und": "1 : Animation"})
    assert (first.cpv, second.cpv) == ("85312000", None)
    assert first.estimated_value is None
    assert (first.reserved, first.variants, first.duration) == ("oui", "oui", Duration(18, "MONTH"))
    assert first.criteria[0].description == {"und": "Valeur technique 60 %, prix 40 %."}


def test_a_call_without_lots_is_one_lot_that_holds_its_deadline():
    notice = notice_of(record("mapa"))
    (lot,) = notice.lots
    assert lot.deadline == Deadline(
        "tenders", "2026-11-18", "12:00:00", "-04:00", "2026-11-18T16:00:00Z"
    )
    assert [(item.name, item.weight) for item in lot.criteria] == [
        ({"und": "Prix"}, "70"),
        ({"und": "Insertion"}, "30"),
    ]
    assert (lot.variants, notice.divided, notice.description) == (
        "non",
        None,
        {"und": "Deux passages par semaine"},
    )


def test_a_deadline_moved_in_a_sentence_is_left_to_people():
    notice = notice_of(record("change"))
    assert (notice.kind, notice.previous, notice.lots) == ("change", ("26-90102",), ())
    assert notice.change is not None
    assert notice.change.description == {
        "und": "La date limite est fixée au lundi 23 novembre 2026 à 12 h 00."
    }


def test_prose_where_a_date_belongs_is_no_deadline():
    body = json.loads(record("mapa")["donnees"])
    body["MAPA"]["initial"]["delais"]["receptionOffres"] = "voir le règlement"
    assert notice_of(changed("mapa", donnees=body)).lots[0].deadline is None


def test_a_cancelled_call_never_looks_open_although_its_deadline_is_to_come():
    notice = notice_of(record("cancelled"))
    assert notice.kind == "cancellation"
    assert notice.native_id == "26-90160"
    assert notice.previous == ("7a1d3a55-0b3f-4e0f-9a35-2f0f6a3b1c01-01", "26-90099")
    assert notice.change is not None
    assert (notice.change.reason, notice.change.sections) == ("cancel", ("PROCEDURE", "LOT-0001"))
    assert notice.lots[0].deadline is not None


@pytest.mark.parametrize("field", ["etat", "nature"])
def test_a_call_that_the_bulletin_withdrew_is_a_cancellation(field):
    assert notice_of(record("mapa") | {field: "AVIS_ANNULE"}).kind == "cancellation"


def test_the_body_decides_not_the_record():
    legacy = {
        "IDENTITE": {"DENOMINATION": "CCAS de Brume", "CODE_IDENT_NATIONAL": "00000000000041"},
        "OBJET": {
            "TITRE_MARCHE": "Aide aux devoirs",
            "OBJET_COMPLET": "Aide aux devoirs, deux quartiers",
            "TYPE_MARCHE": {"SERVICE": ""},
            "DIV_EN_LOTS": {"OUI": ""},
            "CARACTERISTIQUES": {"VALEUR_TOTALE": {"@DEVISE": "EUR", "#text": "80 000,5"}},
            "LOTS": {
                "LOT": {"NUM": "1", "INTITULE": "Nord", "DESCRIPTION": "Nord", "VARIANTES_OUI": ""}
            },
        },
        "PROCEDURE": {
            "CRITERES_ATTRIBUTION": {
                "CRITERES_PONDERES": {"CRITERE": [{"@POIDS": "60", "#text": "Projet"}, "Prix"]}
            }
        },
        "CONDITION_DELAI": {"RECEPT_CANDIDAT": "2026-11-30T16:00:00+01:00"},
    }
    notice = notice_of(changed("fnsimple", donnees=legacy))
    (lot,) = notice.lots
    assert (notice.title, notice.divided) == ({"und": "Aide aux devoirs"}, True)
    assert notice.estimated_value == Money("80000.5", "EUR")
    assert (lot.number, lot.title, lot.variants) == ("1", {"und": "Nord"}, "oui")
    assert lot.deadline is not None
    assert (lot.deadline.kind, lot.deadline.utc) == ("requests", "2026-11-30T15:00:00Z")
    assert [item.weight for item in lot.criteria] == ["60", None]


@pytest.mark.parametrize("body", [None, "", "[]", '{"INCONNU": {"a": "b"}}'])
def test_a_record_without_a_readable_body_still_says_what_it_says(body):
    notice = notice_of(record("fnsimple") | {"donnees": body})
    assert notice.title == {"und": "Animation de tiers-lieux"}
    assert notice.buyers[0].name == {"und": "VILLE DE MONTFERRET"}
    assert (notice.kind, notice.lots) == ("competition", ())


def test_a_page_and_a_list_give_several_notices():
    found = [record("fnsimple"), record("mapa"), record("cancelled")]
    page = as_bytes({"total_count": 3, "results": found})
    assert recognise(page) == "boamp"
    assert [notice.native_id for notice in read(page)] == ["26-90101", "26-90102", "26-90160"]
    assert read(as_bytes(found)) == read(page)


def test_an_error_on_a_page_names_the_notice():
    body = json.loads(record("mapa")["donnees"])
    body["MAPA"]["initial"]["delais"]["receptionOffres"] = "2026-02-30T12:00"
    page = [record("fnsimple"), changed("mapa", donnees=body)]
    with pytest.raises(Unreadable, match="Avis 2 de la page : delais/receptionOffres"):
        read(as_bytes(page))


def test_the_dila_file_reads_like_the_record():
    xml = """<jo:ann xmlns:jo="http://boamp.journal-officiel.gouv.fr/XML/3.2.5"><DONNEES><MAPA>
    <organisme><acheteurPublic>Mairie d&amp;#039;Aubrac</acheteurPublic></organisme>
    <initial><description><objet>Fauchage</objet></description>
    <delais><receptionOffres>2026-11-18T12:00:00</receptionOffres></delais></initial></MAPA>
    </DONNEES><GESTION><REFERENCE><IDWEB>26-90103</IDWEB><TYPE_AVIS><NATURE><APPEL_OFFRE/></NATURE>
    </TYPE_AVIS></REFERENCE></GESTION></jo:ann>"""
    (notice,) = read(xml.encode())
    assert (notice.native_id, notice.kind) == ("26-90103", "competition")
    assert notice.buyers[0].name == {"und": "Mairie d'Aubrac"}
    assert notice.lots[0].deadline == Deadline("tenders", "2026-11-18", "12:00:00", None, None)


@pytest.mark.parametrize(
    ("postal_code", "filed", "found"),
    [
        ("97400", ["75"], ("974",)),
        ("98800", [], ("988",)),
        ("20090", [], ("20",)),
        ("cedex", ["976"], ("976",)),
        (None, "28,75", ("28", "75")),
        (None, None, ()),
    ],
)
def test_the_buyers_departement_is_kept_aside_for_its_clock(postal_code, filed, found):
    body = json.loads(record("mapa")["donnees"])
    body["MAPA"]["organisme"] = {"acheteurPublic": "Mairie", "adr": {"cp": postal_code}}
    management = json.loads(record("mapa")["gestion"])
    management["INDEXATION"].pop("DEP_PUBLICATION", None)
    value = changed("mapa", donnees=body, gestion=management) | {"code_departement": filed}
    notice = notice_of(value)
    assert notice.departments == found
    assert "departments" not in as_json(notice)
