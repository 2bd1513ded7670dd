"""Rows N1, N3, N6, N7 and U5, U6 of the attack list, as far as they reach a notice."""

import json
import socket
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tender.formats.notice import SCHEMA, as_json
from tender.formats.reading import Unreadable, read, recognise
from tests.formats.mutations import damaged_json, damaged_xml

FILES = Path(__file__).parent / "files"
SEEDS = [path.read_bytes() for path in sorted(FILES.iterdir())]
XML = [seed for seed in SEEDS if seed.startswith(b"<")]
JSON = [seed for seed in SEEDS if not seed.startswith(b"<")]
VALID = Draft202012Validator(SCHEMA)
CHOICES = st.lists(
    st.tuples(
        st.floats(0, 0.999),
        st.sampled_from(["text", "attribute", "drop", "double", "move"]),
        st.integers(0, 10_000),
    ),
    min_size=1,
    max_size=5,
)
CALL = (FILES / "eforms_three_lots.xml").read_text(encoding="utf-8")
BODY = CALL.partition("?>")[2]
ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "{}">]>'
DOCTYPE = "DOCTYPE"
MANY = " ".join(f'a{at}=""' for at in range(50_000))


def refused(data):
    started = time.perf_counter()
    with pytest.raises(Unreadable, match=r".") as refusal:
        read(data)
    assert time.perf_counter() - started < 2
    assert recognise(data) in {None, "eforms", "boamp", "ted_xml"}
    return str(refusal.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ((ENTITIES + BODY).encode(), DOCTYPE),
        ((OUTSIDE.format("file:///etc/hostname") + BODY).encode(), DOCTYPE),
        ((OUTSIDE.format("http://127.0.0.1:9/x") + BODY).encode(), DOCTYPE),
        (("<?a?><!-- b -->\n" + ENTITIES + BODY).encode(), DOCTYPE),
        (('<!doctype x SYSTEM "http://127.0.0.1:9/x.dtd">' + BODY).encode(), DOCTYPE),
        (('<?xml version="1.0" encoding="UTF-16"?>' + ENTITIES + BODY).encode("utf-16"), DOCTYPE),
        (('<?xml version="1.0"?>' + ENTITIES + BODY).encode("utf-16-le"), DOCTYPE),
        (BODY.replace("Ferrolles", "&a;").encode(), "bien formé"),
        (CALL.replace("UTF-8", "UTF-7").encode(), "encodage utf-7"),
        (CALL.encode("iso-8859-1"), "encodage annoncé"),
        (b"<a>" * 60_000 + b"</a>" * 60_000, "bien formé"),
        (b"<a>" * 250 + b"</a>" * 250, "format connu"),
        (b'<a b="' + b"x" * 12 * 2**20 + b'"/>', "dépasse 10 Mo"),
        (CALL.replace("NoticeTypeCode ", f"NoticeTypeCode {MANY} ").encode(), "attributs"),
        (b"<a>" + b"<b/>" * 400_000 + b"</a>", "trop d’éléments"),
        (CALL.replace("Ferrolles", "Fer\x01rolles").encode(), "bien formé"),
        (CALL.replace("</ContractNotice>", "").encode(), "bien formé"),
        (b"", "vide"),
        (b" \n ", "vide"),
        (b"PK\x03\x04", "archive est abîmée"),
        (b"<html/>", "format connu"),
    ],
)
def test_hostile_xml_is_refused_in_words(data, words):
    assert words in refused(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[" * 100_000 + b"]" * 100_000, "niveaux"),
        (b'{"idweb": "1", "donnees": "", "a": NaN}', "NaN"),
        (b'{"idweb": "1", "donnees": "", "a": -Infinity}', "-Infinity"),
        (b'{"idweb": "1", "idweb": "2", "donnees": ""}', "« idweb » figure deux fois"),
        (b'{"idweb": "1", "donnees": "", "a": ' + b"9" * 100_000 + b"}", "démesuré"),
        (b'{"idweb": "1", "donnees": "", "a": 1e999}', "démesuré"),
        (b'{"idweb": "1", "donnees": "", "objet": "a\\u0000b"}', "« objet » contient un caractère"),
        (b'{"idweb": "1", "donnees": "", "objet": "\\ud800"}', "demi-caractère"),
        (b'{"idweb": "1", "donnees": "", "a\\u0000": "b"}', "caractère nul"),
        (b'{"idweb": "1", "donnees": "", "a": [' + b"1," * 300_000 + b"1]}", "trop de valeurs"),
        (b'{"idweb": "1", "donnees": "{"}', "donnees : JSON mal formé"),
        (b'{"idweb": "1", "donnees": "{\\"a\\": NaN}"}', "NaN"),
        (b'{"idweb": "", "donnees": "{}"}', "idweb"),
        (b'{"idweb": {"a": []}, "donnees": "{}"}', "idweb"),
        ('{"idweb": "1", "donnees": "", "a": "é"}'.encode("iso-8859-1"), "UTF-8"),
        (b'{"results": []}', "format connu"),
        (b'{"results": [{"idweb": "1", "donnees": ""}, 3]}', "format connu"),
        (b"[1, 2", "mal formé"),
        (json.dumps({"idweb": "1", "donnees": {"a": [[["b"]]]}}).encode(), "texte est attendu"),
    ],
)
def test_hostile_json_is_refused_in_words(data, words):
    assert words in refused(data)


def test_addresses_in_a_notice_are_never_called():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        there = f"http://127.0.0.1:{listener.getsockname()[1]}"
        hints = (
            f'<?xml-stylesheet href="{there}/a.xsl"?><ContractNotice '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="urn:x {there}/a.xsd" '
        )
        include = f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{there}/b"/>'
        data = BODY.replace("<ContractNotice ", hints)
        data = data.replace("</ContractNotice>", include + "</ContractNotice>")
        assert read(data.encode()) == read(CALL.encode())
        refused((OUTSIDE.format(there) + BODY).encode())
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_an_error_shows_a_printable_start_of_a_hostile_value():
    data = CALL.replace("2026-11-16+01:00", "2026-11-16\n{0}\u202e" + "x" * 9_000)
    words = refused(data.encode())
    assert len(words) < 400
    assert "\n" not in words
    assert "\u202e" not in words


def outcome(data):
    """The refusal in words, or the notices; any other error fails the test."""
    try:
        found = read(data)
    except Unreadable as refusal:
        return str(refusal)
    for notice in found:
        VALID.validate(as_json(notice))
    return found


TED = (FILES / "ted_two_languages.xml").read_text(encoding="utf-8")
FLOODS = [
    (CALL, "<efac:Organization>", "<efac:Organization/>"),
    (CALL, "<a:SubordinateAwardingCriterion>", "<a:SubordinateAwardingCriterion/>"),
    (TED, '<OBJECT_DESCR ITEM="1">', "<OBJECT_DESCR/>"),
    (TED, "<OBJECT_CONTRACT>", "<OBJECT_CONTRACT/>"),
    (TED, "<AC_QUALITY>", "<AC_PRICE/>"),
    (TED, '<F02_2014 CATEGORY="ORIGINAL" FORM="F02" LG="FR">', "<F02_2014/>"),
    (TED.replace("F02", "F14"), "<CONTRACTING_BODY>", "<CHANGES><CHANGE/></CHANGES>"),
    (
        TED.replace("F02_2014", "CONTRACT_DEFENCE").replace("F02", "F17"),
        "<CONTRACTING_BODY>",
        "<A/>",
    ),
]


@pytest.mark.parametrize(("text", "before", "piece"), FLOODS)
def test_what_repeats_without_end_is_refused_at_once(text, before, piece):
    assert before in text
    flood = piece * (280_000 // piece.count("<"))
    assert "plus de 10000" in refused(text.replace(before, flood + before, 1).encode())


def test_criteria_are_counted_over_all_lots():
    lots = "".join(
        f"<OBJECT_DESCR><LOT_NO>{at}</LOT_NO><AC>{'<AC_PRICE/>' * 200}</AC></OBJECT_DESCR>"
        for at in range(120)
    )
    flooded = TED.replace('<OBJECT_DESCR ITEM="1">', lots + '<OBJECT_DESCR ITEM="1">', 1)
    assert "plus de 20000 critères" in refused(flooded.encode())


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_noise_is_refused_and_nothing_worse(noise):
    for data in (noise, b"<" + noise, b'{"idweb":"1","donnees":"' + noise + b'"}'):
        assert outcome(data)


@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.floats(0, 0.999), st.integers(0, 30), st.binary(max_size=6)),
        min_size=1,
        max_size=4,
    ),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_notice_is_read_or_refused_and_nothing_worse(seed, cuts):
    for where, length, bytes_put in cuts:
        at = int(where * len(seed))
        seed = seed[:at] + bytes_put + seed[at + length :]
    assert outcome(seed)


@given(st.sampled_from(XML), CHOICES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_xml_damaged_where_it_hurts_is_read_by_the_schema_or_refused(seed, choices):
    assert outcome(damaged_xml(seed, choices))


@given(st.sampled_from(JSON), CHOICES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_json_damaged_where_it_hurts_is_read_by_the_schema_or_refused(seed, choices):
    assert outcome(damaged_json(seed, choices))
