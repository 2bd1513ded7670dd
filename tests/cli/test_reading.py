import json
import zipfile
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest

from embedded.catalogues import compile_all
from tender.cli import words
from tender.demo.documents import demo_sections
from tender.documents.house import house_template
from tests.cli.conftest import Run

NOTICE = Path(__file__).parent.parent / "formats" / "files" / "eforms_three_lots.xml"


@pytest.fixture
def sections(tmp_path: Path) -> list[Path]:
    paths = []
    for section in demo_sections()[:2]:
        paths.append(tmp_path / section.filename)
        paths[-1].write_bytes(section.data)
    (tmp_path / "house.docx").write_bytes(house_template())
    return paths


def test_a_notice_is_one_line_of_json_that_fits_the_schema(tender: Run) -> None:
    schema = json.loads(tender("notices", "schema").out)
    done = tender("notices", "read", "--json", NOTICE)
    (line,) = done.out.splitlines()
    notice = json.loads(line)
    assert done.code == 0
    assert notice.pop("file") == str(NOTICE)
    jsonschema.validate(notice, schema)
    assert len(notice["lots"]) == 3


def test_without_json_a_notice_is_one_line_for_people(tender: Run) -> None:
    done = tender("notices", "read", NOTICE)
    assert done.code == 0
    assert "3 lots" in done.out


def test_compose_writes_document_pdf_and_report(
    tender: Run, sections: list[Path], tmp_path: Path
) -> None:
    out, pdf, report = tmp_path / "o.docx", tmp_path / "o.pdf", tmp_path / "r.json"
    done = tender(
        "documents", "compose", "--template", tmp_path / "house.docx", "--out", out,
        "--comments", "drop", "--revisions", "accept", "--pdf", pdf, "--report", report, *sections,
    )  # fmt: skip
    assert done.code == 0, done.err
    assert "word/document.xml" in zipfile.ZipFile(BytesIO(out.read_bytes())).namelist()
    assert pdf.read_bytes().startswith(b"%PDF")
    told = json.loads(report.read_text("utf-8"))["parts"]
    assert [part["name"] for part in told] == [path.name for path in sections]


def test_compose_gives_the_same_bytes_for_the_same_files(
    tender: Run, sections: list[Path], tmp_path: Path
) -> None:
    outs = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for out in outs:
        tender(
            "documents", "compose", "--template", tmp_path / "house.docx", "--out", out, *sections
        )
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_inspect_speaks_to_people_and_to_programs(tender: Run, sections: list[Path]) -> None:
    assert "mots" in tender("documents", "inspect", sections[0]).out
    assert json.loads(tender("documents", "inspect", sections[0], "--json").out)["words"] > 100


def test_the_terminals_language_is_heard(
    tender: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    compile_all()
    monkeypatch.setenv("TENDER_LANG", "en")
    words._catalogue.cache_clear()
    assert "This file does not exist." in tender("documents", "inspect", tmp_path / "x.docx").err
