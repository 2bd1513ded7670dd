"""DECP: awards only, in two formats, each in JSON and XML."""

import json

import pytest
from jsonschema import Draft202012Validator

from tender.formats.notice import SCHEMA, Money, as_json
from tender.formats.reading import Unreadable, read, read_each, recognise

MARCHE = {
    "id": "2026S01", "acheteur": {"id": "00000000000025"}, "nature": "Marché",
    "objet": "Nettoyage des vitres", "codeCPV": "90911300-9", "procedure": "Procédure adaptée",
    "dureeMois": 24, "montant": 84500.5, "datePublicationDonnees": "2026-06-30",
    "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "00000000000033"}}],
    "marcheInnovant": False,
}  # fmt: skip
CONCESSION = {
    "id": "C1", "autoriteConcedante": {"id": "00000000000041", "nom": "Port de Lanvaux"},
    "nature": "Concession de service", "objet": "Bac", "valeurGlobale": 3e6,
}  # fmt: skip


def as_bytes(value):
    return json.dumps(value, ensure_ascii=False).encode()


def test_an_award_says_who_what_and_how_much():
    data = as_bytes({"marches": {"marche": [MARCHE], "contrat-concession": [CONCESSION]}})
    assert recognise(data) == "decp"
    award, concession = read(data)
    for notice in (award, concession):
        Draft202012Validator(SCHEMA).validate(as_json(notice))
    assert (award.format, award.kind, award.subtype) == ("decp", "result", "marche")
    assert (award.native_id, award.published_on) == ("000000000000252026S01", "2026-06-30")
    assert (award.title, award.cpv) == ({"und": "Nettoyage des vitres"}, "90911300-9")
    assert (award.nature, award.procedure_type) == ("Marché", "Procédure adaptée")
    assert award.estimated_value == Money("84500.5", None)
    assert (award.buyers[0].national_id, award.lots) == ("00000000000025", ())
    assert (concession.subtype, concession.estimated_value) == (
        "contrat-concession",
        Money("3000000.0", None),
    )
    assert concession.buyers[0].name == {"und": "Port de Lanvaux"}


def test_the_format_of_2019_is_one_flat_list():
    old = MARCHE | {"_type": "Marché", "uid": "u-1", "dureeMois": "NC", "montant": "NC"}
    (notice,) = read(as_bytes({"marches": [old]}))
    assert (notice.native_id, notice.subtype, notice.estimated_value) == ("u-1", "Marché", None)


@pytest.mark.parametrize("wrapped", ["<marches>{}</marches>", "{}"])
def test_xml_says_the_same(wrapped):
    contract = (
        "<marche><id>2026S01</id><acheteur><id>00000000000025</id></acheteur>"
        "<nature>Marché</nature><objet>Nettoyage des vitres</objet><codeCPV>90911300-9</codeCPV>"
        "<procedure>Procédure adaptée</procedure><montant>84500.5</montant>"
        "<datePublicationDonnees>2026-06-30</datePublicationDonnees></marche>"
    )
    (json_notice,) = read(as_bytes({"marches": {"marche": MARCHE}}))
    assert read(wrapped.format(contract).encode()) == [json_notice]


def test_a_bad_award_leaves_the_others_alone():
    bad = MARCHE | {"id": None}
    absurd = MARCHE | {"montant": -1}
    found = [item for _, item in read_each(as_bytes({"marches": [MARCHE, bad, absurd, MARCHE]}))]
    assert [isinstance(item, Unreadable) for item in found] == [False, True, True, False]
    assert "pas d’identifiant" in str(found[1])
    assert "montant" in str(found[2])
