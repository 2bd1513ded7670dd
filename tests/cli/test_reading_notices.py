import json
import zipfile
from pathlib import Path

import pytest

from embedded.catalogues import compile_all
from tender.cli import words
from tests.cli.conftest import Run

FILES = Path(__file__).parent.parent / "formats" / "files"


def test_each_file_of_an_archive_is_a_line_and_a_bad_one_hides_none(
    tender: Run, tmp_path: Path
) -> None:
    day = tmp_path / "jour.zip"
    with zipfile.ZipFile(day, "w") as made:
        made.write(FILES / "eforms_three_lots.xml", "2026/a.xml")
        made.writestr("2026/lisez-moi.txt", "Bonjour")
        made.write(FILES / "boamp_mapa.json", "2026/b.json")
    done = tender("notices", "read", "--json", day)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 1
    assert [line["file"] for line in lines] == [
        f"{day}/2026/a.xml", f"{day}/2026/lisez-moi.txt", f"{day}/2026/b.json",
    ]  # fmt: skip
    assert list(lines[1]) == ["file", "error"]
    assert "lisez-moi.txt" in done.err


def test_a_package_is_a_line_for_each_of_its_releases(tender: Run, tmp_path: Path) -> None:
    package = json.loads((FILES / "ocds_lots.json").read_text("utf-8"))
    package["releases"].append(package["releases"][0] | {"id": "0007-3"})
    file = tmp_path / "paquet.json"
    file.write_text(json.dumps(package), "utf-8")
    done = tender("notices", "read", "--json", file)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert [(line["format"], line["native_id"]) for line in lines] == [
        ("ocds", "0007-2"), ("ocds", "0007-3"),
    ]  # fmt: skip


def test_a_reason_within_a_reason_is_said_in_the_terminals_language(
    tender: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = json.loads((FILES / "ocds_lots.json").read_text("utf-8"))
    package["releases"].append({"ocid": "ocds-zz1abc-0008"})
    file = tmp_path / "paquet.json"
    file.write_text(json.dumps(package), "utf-8")
    compile_all()
    monkeypatch.setenv("TENDER_LANG", "en")
    words._catalogue.cache_clear()
    assert "Notice 2 of the page: The OCDS release" in tender("notices", "read", file).err
