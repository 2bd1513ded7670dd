"""Lists of codes in the forms they are published in; each small, and made here."""

import io
import zipfile
from pathlib import Path

import pytest

from tender.formats.codelists.reader import CodeList, Entry, Unreadable, read

REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "notices" / "reference"
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows, *, shared=()):
    """The least that a workbook can be; texts of `shared` go by their number."""

    def cell(at, row, value):
        name = f"{chr(65 + at)}{row}"
        if value in shared:
            return f'<c r="{name}" t="s"><v>{shared.index(value)}</v></c>'
        return f'<c r="{name}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""

    lines = "".join(
        f'<row r="{at}">' + "".join(cell(c, at, v) for c, v in enumerate(row)) + "</row>"
        for at, row in enumerate(rows, 1)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{NS}"/>')
        book.writestr(
            "xl/worksheets/sheet2.xml",
            f'<worksheet xmlns="{NS}"><sheetData>{lines}</sheetData></worksheet>',
        )
        texts = "".join(f"<si><t>{text}</t></si>" for text in shared)
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{NS}">{texts}</sst>')
    return out.getvalue()


GENERICODE = """<?xml version="1.0"?>
<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">
<Identification><ShortName>NutsLvl3</ShortName><LongName>nuts-lvl3</LongName>
<LongName Identifier="listId">https://lists.example/nuts-lvl3</LongName><Version>20240601</Version></Identification>
<ColumnSet><Column Id="id"/><Key Id="k"><ColumnRef Ref="id"/></Key></ColumnSet>
<SimpleCodeList><Row>
<Value ColumnRef="id"><SimpleValue>FRH04</SimpleValue></Value>
<Value ColumnRef="Name"><SimpleValue>Morbihan</SimpleValue></Value>
<Value ColumnRef="eng_label"><SimpleValue>Morbihan (en)</SimpleValue></Value></Row>
<Row><Value ColumnRef="id"><SimpleValue>FRH</SimpleValue></Value></Row>
</SimpleCodeList></gc:CodeList>"""


def test_our_own_form_is_code_en_fr():
    data = "code,en,fr\n03000000,Farming,Agriculture\n09000000,,Énergie\n".encode()
    assert read(data) == [
        CodeList("cpv", None, (
            Entry("03000000", "Agriculture", "Farming"), Entry("09000000", "Énergie", None),
        ))
    ]  # fmt: skip


def test_one_file_may_hold_several_lists_by_name():
    data = b"list,code,en,fr\nform-type,planning,Planning,Planification\nuse,a,A,A\n"
    assert [(item.name, len(item.entries)) for item in read(data)] == [("form-type", 1), ("use", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_official_csv_has_many_languages_check_digits_and_any_separator(encoding):
    text = "CODE;DE;EN;FR\n3000000-1;Land;Farming;Élevage\n45000000-7;Bau;Works;Travaux\n"
    (found,) = read(text.encode(encoding))
    assert found.entries == (
        Entry("03000000", "Élevage", "Farming"), Entry("45000000", "Travaux", "Works"),
    )  # fmt: skip


def test_the_official_nuts_may_name_places_by_level():
    text = (
        "Nomenclature\n\nCode 2021,Country,NUTS level 1,NUTS level 2\nFR,France,,\nFRH,,Bretagne,\n"
    )
    (found,) = read(text.encode())
    assert found.name == "nuts"
    assert found.entries == (Entry("FR", "France", "France"), Entry("FRH", "Bretagne", "Bretagne"))
    (named,) = read(b"CNTR_CODE,NUTS_ID,NUTS_NAME\nFR,FRH04,Morbihan\n")
    assert named.entries == (Entry("FRH04", "Morbihan", "Morbihan"),)


def test_a_workbook_is_read_from_the_sheet_that_has_codes():
    rows = [["CPV 2008"], [], ["CODE", "BG", "EN", "FR"], ["03000000-1", "", "Farming", "Culture"]]
    (found,) = read(workbook(rows, shared=["CODE", "FR", "Culture"]))
    assert found == CodeList("cpv", None, (Entry("03000000", "Culture", "Farming"),))


def test_genericode_says_its_name_its_version_and_its_key():
    assert read(GENERICODE.encode()) == [
        CodeList("nuts-lvl3", "20240601", (Entry("FRH04", "Morbihan", "Morbihan (en)"),))
    ]


def test_a_part_of_the_cpv_does_not_pass_for_the_whole():
    part = GENERICODE.replace("nuts-lvl3</LongName>", "social-service-cpv</LongName>", 1)
    (found,) = read(part.replace("FRH04", "85000000").encode())
    assert found.name == "social-service-cpv"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b"Bonjour", "Aucune colonne de codes"),
        (b"code,en\n,\n", "aucun code"),
        (b"<a/>", "genericode"),
        (GENERICODE.replace("?>", "?><!DOCTYPE a>", 1).encode(), "DOCTYPE"),
        (b"PK\x03\x04", "abîmé"),
        (workbook([["rien"]]), "Aucune colonne"),
        (workbook([["CODE", "FR"], ["A1", "b"]])[:-40], "abîmé"),
        (workbook([["CODE", "FR"]]).replace(b"sheetData", b"sheetDat\0"), "abîmé"),
        (b"code,en\n" + b"a,b\n" * 200_002, "plus de 200000 codes"),
    ],
)
def test_what_is_no_list_is_refused_in_words(data, words):
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert words in str(refusal.value)


@pytest.mark.published
@pytest.mark.parametrize(
    ("name", "lists", "codes"),
    [("cpv_2008.csv", 1, 9_454), ("nuts_fr.csv", 1, 146), ("eforms_codes.csv", 143, 1_807)],
)
def test_the_reference_files_are_read_whole(name, lists, codes):
    found = read((REFERENCE / name).read_bytes())
    assert (len(found), sum(len(item.entries) for item in found)) == (lists, codes)
