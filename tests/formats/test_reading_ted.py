"""TED XML R2.0.9: one notice in two languages, and small forms for what others do otherwise."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tender.formats.notice import SCHEMA, Criterion, Deadline, Duration, Moment, Money, as_json
from tender.formats.reading import Unreadable, read, recognise

CALL = (Path(__file__).parent / "files" / "ted_two_languages.xml").read_text(encoding="utf-8")
HEADER = "<DT_DATE_FOR_SUBMISSION>20220325 11:00</DT_DATE_FOR_SUBMISSION>"
NAMESPACES = (
    "http://formex.publications.europa.eu/ted/schema/export/R2.0.9.S01.E01",
    "ted/R2.0.9.S02/publication",
    "http://publications.europa.eu/resource/schema/ted/R2.0.9/publication",
    "http://publications.europa.eu/TED_schema/Export",
)


def notice_of(text):
    (notice,) = read(text.encode())
    Draft202012Validator(SCHEMA).validate(as_json(notice))
    return notice


def form(name, body, *, kind=""):
    """An export with one form, in French."""
    number = name.partition("_")[0]
    return notice_of(
        f'<TED_EXPORT xmlns="{NAMESPACES[1]}" DOC_ID="090102-2022"><CODED_DATA_SECTION>'
        f"<CODIF_DATA>{kind}</CODIF_DATA></CODED_DATA_SECTION><FORM_SECTION>"
        "<NOTICE_UUID>0a1b2c3d-0000-4000-8000-000000000001</NOTICE_UUID>"
        f'<{name} CATEGORY="ORIGINAL" FORM="{number}" LG="FR">{body}</{name}>'
        "</FORM_SECTION></TED_EXPORT>"
    )


def test_the_notice_says_who_when_and_what():
    notice = notice_of(CALL)
    assert (notice.format, notice.native_id, notice.publication_id) == (
        "ted_xml", "090101-2022", "090101-2022",
    )  # fmt: skip
    assert (notice.version, notice.procedure_id) == (None, None)
    assert (notice.published_on, notice.dispatched_at) == ("2022-02-18", "2022-02-13")
    assert (notice.kind, notice.subtype, notice.language) == ("competition", "F02", "fra")
    assert (notice.nature, notice.procedure_type, notice.cpv) == ("SERVICES", "PT_OPEN", "77310000")
    assert notice.estimated_value == Money("310000.50", "EUR")
    assert (notice.max_lots_submit, notice.max_lots_award, notice.divided) == (2, 1, True)
    assert (notice.all_lots_required, notice.framework_max) == (None, None)
    assert notice.previous == ("2021/S 240-080808",)


def test_two_original_forms_are_one_notice_in_two_languages():
    notice = notice_of(CALL)
    assert notice.title == {
        "fra": "Entretien des parcs, lot no 1 à 2",
        "nld": "Onderhoud van parken",
    }
    assert notice.description == {"fra": "Deux secteurs.\nUn an.", "nld": "Twee sectoren."}
    assert [buyer.name for buyer in notice.buyers] == [
        {"fra": "Commune de Vauxelles", "nld": "Gemeente Vauxelles"},
        {"fra": "Régie de Vauxelles"},
    ]
    assert (notice.buyers[0].national_id, notice.buyers[0].nuts) == ("0000.000.001", "BE100")
    assert [lot.title for lot in notice.lots] == [
        {"fra": "Secteur nord", "nld": "Noord"},
        {"fra": "Secteur sud", "nld": "Zuid"},
    ]


def test_numbers_and_weights_stay_as_they_are_written():
    first, second = notice_of(CALL).lots
    assert (first.id, first.number, second.number) == (None, "A", "B: plantations")
    assert first.criteria == (
        Criterion("quality", {"fra": "Méthode", "nld": "Werkwijze"}, None, "25/100", None),
        Criterion("price", None, None, "75 %", None),
    )
    assert (second.criteria, second.duration, second.estimated_value) == ((), None, None)
    assert (first.cpv, first.additional_cpv, first.nuts) == (None, ("77311000",), ("BE100",))
    assert (first.estimated_value, first.duration) == (
        Money("210000", "EUR"),
        Duration(12, "MONTH"),
    )
    assert (first.reserved, first.variants) == ("RESTRICTED_SHELTERED_PROGRAM", "ACCEPTED_VARIANTS")
    assert (first.languages, first.submission_url) == (("FR", "NL"), "https://achats.example/depot")
    assert first.opening == Moment("2022-03-18", "14:00:00", None, None)


def test_the_term_that_a_correction_moved_in_the_header_is_the_one_in_force():
    assert notice_of(CALL).lots[1].deadline == Deadline(
        "tenders", "2022-03-25", "11:00:00", None, None
    )


@pytest.mark.parametrize(
    ("header", "clock"),
    [
        ("", "09:00:00"),
        (HEADER.replace("20220325 11:00", "20220318"), "09:00:00"),
        (HEADER.replace("20220325 11:00", "20220318 9:00"), "09:00:00"),
        (HEADER.replace("20220325 11:00", "bientôt"), "09:00:00"),
        (HEADER.replace("20220325 11:00", "20220318 24:00"), "09:00:00"),
    ],
)
def test_else_the_form_tells_the_term(header, clock):
    deadline = notice_of(CALL.replace(HEADER, header)).lots[0].deadline
    assert deadline == Deadline("tenders", "2022-03-18", clock, None, None)


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_its_namespaces_all_read_the_same(namespace):
    other = CALL.replace(NAMESPACES[2], namespace)
    assert recognise(other.encode()) == "ted_xml"
    assert notice_of(other) == notice_of(CALL)


@pytest.mark.parametrize(
    ("name", "use", "kind"),
    [
        ("F01_2014", '<NOTICE TYPE="PRI_ONLY"/>', "planning"),
        ("F01_2014", '<NOTICE TYPE="PRI_CALL_COMPETITION"/>', "competition"),
        ("F04_2014", '<NOTICE TYPE="PER_REDUCING_TIME_LIMITS"/>', "planning"),
        ("F03_2014", "", "result"),
        ("F07_2014", '<NOTICE TYPE="QSU_ONLY"/>', "competition"),
        ("F08_2014", "", "other"),
        ("F15_2014", "", "other"),
        ("F20_2014", "", "modification"),
        ("F21_2014", '<NOTICE TYPE="AWARD_CONTRACT"/>', "result"),
        ("F23_2014", '<NOTICE TYPE="CONCESSION_AWARD_CONTRACT"/>', "result"),
        ("F25_2014", "", "result"),
        ("T02_MOVE", "", "result"),
    ],
)
def test_a_form_with_several_uses_says_its_own(name, use, kind):
    assert form(name, use).kind == kind


def test_social_services_without_a_type_go_by_the_header():
    told = form("F22_2014", "", kind='<TD_DOCUMENT_TYPE CODE="7">Award</TD_DOCUMENT_TYPE>')
    assert told.kind == "result"


@pytest.mark.parametrize(
    ("name", "head", "procedure", "awaited"),
    [
        ("F02_2014", "", "PT_OPEN", "tenders"),
        ("F02_2014", "", "PT_RESTRICTED", "requests"),
        ("F05_2014", "", "PT_NEGOTIATED_WITH_PRIOR_CALL", "requests"),
        ("F01_2014", '<NOTICE TYPE="PRI_CALL_COMPETITION"/>', "PT_RESTRICTED", "interest"),
    ],
)
def test_the_one_term_of_a_form_is_for_what_its_procedure_asks_first(
    name, head, procedure, awaited
):
    day = "<DATE_RECEIPT_TENDERS>2022-03-18</DATE_RECEIPT_TENDERS>"
    (lot,) = form(name, f"{head}<PROCEDURE><{procedure}/>{day}</PROCEDURE>").lots
    assert lot.deadline == Deadline(awaited, "2022-03-18", None, None, None)


def test_a_corrigendum_lists_its_changes_and_has_no_lots():
    notice = form(
        "F14_2014",
        """<COMPLEMENTARY_INFO><NOTICE_NUMBER_OJ>2022/S 035-090101</NOTICE_NUMBER_OJ>
        </COMPLEMENTARY_INFO><CHANGES><CHANGE PUBLICATION="NO">
        <WHERE><SECTION>IV.2.2)</SECTION><LABEL>Date limite</LABEL></WHERE>
        <OLD_VALUE><DATE>2022-03-18</DATE><TIME>09:00</TIME></OLD_VALUE>
        <NEW_VALUE><DATE>2022-03-25</DATE><TIME>11:00</TIME></NEW_VALUE></CHANGE>
        <CHANGE><WHERE><SECTION>II.1.2</SECTION><LOT_NO>2</LOT_NO></WHERE>
        <OLD_VALUE><CPV_MAIN><CPV_CODE CODE="77310000"/></CPV_MAIN></OLD_VALUE>
        <NEW_VALUE><TEXT><P>Voir le règlement</P></TEXT></NEW_VALUE></CHANGE>
        <INFO_ADD><P>Le reste est inchangé.</P></INFO_ADD></CHANGES>""",
    )
    assert (notice.kind, notice.lots, notice.previous) == ("change", (), ("2022/S 035-090101",))
    assert notice.change is not None
    assert notice.change.sections == ("IV.2.2)", "II.1.2")
    assert notice.change.description == {
        "fra": "IV.2.2) Date limite : 2022-03-18 09:00 → 2022-03-25 11:00\n"
        "II.1.2 2 : 77310000 → Voir le règlement\nLe reste est inchangé."
    }


def test_a_concession_and_a_contest_tell_criteria_without_weights():
    concession = form(
        "F24_2014",
        "<OBJECT_CONTRACT><OBJECT_DESCR><AC_CRITERION>Qualité</AC_CRITERION></OBJECT_DESCR>"
        "</OBJECT_CONTRACT>",
    )
    assert concession.lots[0].criteria == (Criterion(None, {"fra": "Qualité"}, None, None, None),)
    contest = form(
        "F12_2014",
        "<PROCEDURE><CRITERIA_EVALUATION><P>Insertion</P></CRITERIA_EVALUATION></PROCEDURE>",
    )
    assert contest.lots[0].criteria == (Criterion(None, None, {"fra": "Insertion"}, None, None),)


def test_an_award_lists_lots_and_no_deadline():
    notice = form(
        "F03_2014",
        """<OBJECT_CONTRACT><VAL_TOTAL CURRENCY="EUR">99</VAL_TOTAL><LOT_DIVISION/>
        <OBJECT_DESCR ITEM="1"><LOT_NO>1</LOT_NO><DIRECTIVE_2014_24_EU><AC_COST>
        <AC_CRITERION>Coût</AC_CRITERION><AC_WEIGHTING>0,05</AC_WEIGHTING></AC_COST>
        </DIRECTIVE_2014_24_EU></OBJECT_DESCR></OBJECT_CONTRACT>
        <PROCEDURE><DIRECTIVE_2014_24_EU><PT_AWARD_CONTRACT_WITHOUT_CALL/></DIRECTIVE_2014_24_EU>
        <NOTICE_NUMBER_OJ>2022/S 035-090101</NOTICE_NUMBER_OJ></PROCEDURE>""",
    )
    (lot,) = notice.lots
    assert (lot.deadline, notice.estimated_value) == (None, None)
    assert lot.criteria == (Criterion("cost", {"fra": "Coût"}, None, "0,05", None),)
    assert notice.procedure_type == "PT_AWARD_CONTRACT_WITHOUT_CALL"


def test_a_tender_for_one_lot_only_is_a_limit_of_one():
    notice = form(
        "F02_2014",
        "<OBJECT_CONTRACT><LOT_DIVISION><LOT_ONE_ONLY/></LOT_DIVISION></OBJECT_CONTRACT>",
    )
    assert (notice.max_lots_submit, notice.max_lots_award) == (1, None)


def test_a_defence_call_is_read_in_its_older_layout():
    notice = form(
        "CONTRACT_DEFENCE",
        """<FD_CONTRACT_DEFENCE CTYPE="SUPPLIES"><CONTRACTING_AUTHORITY_INFORMATION_DEFENCE>
        <CA_CE_CONCESSIONAIRE_PROFILE><ORGANISATION><OFFICIALNAME>Base de Vauxelles</OFFICIALNAME>
        <NATIONALID>1</NATIONALID></ORGANISATION><TOWN>Vauxelles</TOWN><COUNTRY VALUE="FR"/>
        </CA_CE_CONCESSIONAIRE_PROFILE></CONTRACTING_AUTHORITY_INFORMATION_DEFENCE>
        <OBJECT_CONTRACT_INFORMATION_DEFENCE><TITLE_CONTRACT><P>Bottes</P></TITLE_CONTRACT>
        <LOCATION_NUTS><NUTS CODE="FRI1"/></LOCATION_NUTS>
        <CPV><CPV_MAIN><CPV_CODE CODE="18832000"/></CPV_MAIN></CPV>
        <F17_DIVISION_INTO_LOTS><F17_DIV_INTO_LOT_YES><F17_ANNEX_B><LOT_NUMBER>1</LOT_NUMBER>
        <LOT_TITLE>Bottes d’été</LOT_TITLE></F17_ANNEX_B></F17_DIV_INTO_LOT_YES>
        </F17_DIVISION_INTO_LOTS></OBJECT_CONTRACT_INFORMATION_DEFENCE>
        <PROCEDURE><PT_RESTRICTED/><CRITERIA_DEFINITION><CRITERIA>Tenue</CRITERIA>
        <WEIGHTING>40</WEIGHTING></CRITERIA_DEFINITION><RECEIPT_LIMIT_DATE><DAY>8</DAY>
        <MONTH>04</MONTH><YEAR>2022</YEAR><TIME>12:00</TIME></RECEIPT_LIMIT_DATE></PROCEDURE>
        </FD_CONTRACT_DEFENCE>""",
    )
    (lot,) = notice.lots
    assert (notice.kind, notice.subtype, notice.cpv) == ("competition", "F17", "18832000")
    assert (notice.title, notice.nature, notice.divided) == ({"fra": "Bottes"}, "SUPPLIES", True)
    assert (notice.buyers[0].name, notice.buyers[0].city) == (
        {"fra": "Base de Vauxelles"},
        "Vauxelles",
    )
    assert (lot.number, lot.title) == ("1", {"fra": "Bottes d’été"})
    assert lot.deadline == Deadline("requests", "2022-04-08", "12:00:00", None, None)
    assert lot.criteria == (Criterion(None, {"fra": "Tenue"}, None, "40", None),)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('DOC_ID="090101-2022"', "", "numéro (attribut DOC_ID)"),
        (CALL[CALL.index("<FORM_SECTION>") : CALL.index("</TED_EXPORT>")], "", "aucun formulaire"),
        (
            "2022-03-18</DATE_RECEIPT",
            "2022-02-30</DATE_RECEIPT",
            "« 2022-02-30 » n’est pas une date",
        ),
        ("9:00</TIME", "24:00</TIME", "« 24:00 » n’est pas une heure"),
        (">310000.50<", ">1e400<", "« 1e400 » n’est pas un nombre"),
        ("<LOT_MAX_NUMBER>2<", "<LOT_MAX_NUMBER>deux<", "« deux » n’est pas un nombre entier"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(old, new, words):
    assert old in CALL
    with pytest.raises(Unreadable) as refusal:
        read(CALL.replace(old, new).encode())
    assert words in str(refusal.value)


def test_forms_of_earlier_schemas_are_refused_by_name():
    with pytest.raises(Unreadable, match="Le formulaire CONTRACT 2 du TED n’est pas lu"):
        read(CALL.replace("F02_2014", "CONTRACT").replace('"F02"', '"2"').encode())
