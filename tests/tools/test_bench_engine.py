import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tender.documents.gate import admit
from tender.documents.house import house_template
from tools.bench.contestants import CONTESTANTS
from tools.bench.engine import exponent
from tools.bench.habits import COMPANIES
from tools.bench.tender import load, part, save, section


def test_sections_are_the_same_bytes_at_each_call_and_another_edition_is_not() -> None:
    assert section(3) == section(3)
    assert section(3) != section(3, edition=2)


@pytest.mark.parametrize("number", range(len(COMPANIES)))
def test_the_gate_lets_each_company_in_without_a_word(number: int) -> None:
    assert admit(section(number)).findings == ()


def test_children_read_what_was_saved(tmp_path: Path) -> None:
    save(tmp_path, 2)
    assert load(tmp_path, 2) == [part(number, section(number)) for number in (0, 1)]


@pytest.mark.parametrize("name", ["floor", "house", "source", "naive", "docxcompose", "warm"])
def test_every_contestant_moves_the_text_of_all(name: str, tmp_path: Path) -> None:
    save(tmp_path, 2)
    written = CONTESTANTS[name](house_template(), load(tmp_path, 2), tmp_path)()
    text = zipfile.ZipFile(BytesIO(written)).read("word/document.xml")
    assert text.count(b"<w:tbl>") == 4
    assert b"Arbeitsgemeinschaft" in text


def test_growth_is_the_slope_of_logarithms() -> None:
    assert exponent([10, 100, 1000], [3, 300, 30_000]) == pytest.approx(2)


@pytest.mark.parametrize("name", ["proof", "proof, known"])
def test_the_proof_of_what_is_measured_holds(name: str, tmp_path: Path) -> None:
    save(tmp_path, 6)
    proven, _ = json.loads(CONTESTANTS[name](house_template(), load(tmp_path, 6), tmp_path)())
    assert proven["holds"]
    assert proven["defects"] == []
