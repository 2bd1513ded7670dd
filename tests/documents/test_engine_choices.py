"""The cache, headers that name the section, lists of figures, all or nothing."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject

from tender.documents.compose import Part, compose
from tender.documents.cover import Cover
from tender.documents.engine.cache import FolderCache
from tender.documents.engine.options import Options
from tender.documents.errors import Refused
from tender.documents.house import house_template
from tests.documents.made import docx
from tests.documents.written import simple, texts, written

COVER = Cover("Formation", "Ville de Valmarne")
SEQ = (
    '<w:p><w:r><w:t xml:space="preserve">Figure </w:t></w:r><w:fldSimple w:instr=" SEQ Figure ">'
    "<w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> : {title}</w:t></w:r></w:p>"
)
OWN_LIST = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\h \\c "Figure" '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>vieux</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def parts(*words: str) -> list[Part]:
    return [
        Part(f"{n}.docx", simple(f"# {text}", text, "1. un"), str(n), text, "Orvanne")
        for n, text in enumerate(words, 1)
    ]


def test_a_warm_assembly_gives_the_bytes_of_a_cold_one(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path / "kept", 10_000_000)
    cold = compose(house_template(), parts("Un", "Deux"), cover=COVER)
    compose(house_template(), parts("Un", "Autre"), cover=COVER, cache=cache)
    warm = compose(house_template(), parts("Un", "Deux"), cover=COVER, cache=cache)
    assert warm.data == cold.data
    assert warm.report == cold.report


def test_a_damaged_or_lost_cache_only_costs_time(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, 10_000_000)
    cold = compose(house_template(), parts("Un"), cache=cache).data
    for path in tmp_path.iterdir():
        path.write_bytes(b"\x80\x05broken")
    assert compose(house_template(), parts("Un"), cache=cache).data == cold


def test_a_cache_forgets_what_was_used_longest_ago(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, 250)
    for name in ("a", "b", "c"):
        cache.put(name, name.encode() * 100)
    assert [cache.get(name) is not None for name in ("a", "b", "c")] == [False, True, True]


def template_with_header(text: str) -> bytes:
    document = Document(io.BytesIO(house_template()))
    first, second = document.sections[0].header.paragraphs
    first.text, second.text = text, ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def headers(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(n for n in archive.namelist() if n.startswith("word/header"))
    return ["".join(texts(data, name)) for name in names]


def test_each_section_s_headers_name_it_and_what_is_said_is_never_run() -> None:
    template = template_with_header("{{acheteur}} · {{section}} · {{entreprise}}")
    said = [
        Part("a.docx", simple("x"), variables={"section": "Méthode", "entreprise": "{{acheteur}}"}),
        Part("b.docx", simple("y"), variables={"section": "Équipe", "entreprise": "Lumivert"}),
    ]
    found = headers(compose(template, said, cover=COVER).data)
    assert "Ville de Valmarne · Méthode · {{acheteur}}" in found
    assert "Ville de Valmarne · Équipe · Lumivert" in found
    assert "Ville de Valmarne ·  · " in found


def test_lists_of_figures_are_made_anew_with_numbers_through_the_whole() -> None:
    one = docx(OWN_LIST + SEQ.format(title="Bassin"))
    two = docx(SEQ.format(title="Équipe"))
    composed = compose(
        house_template(), [Part("a", one, "1", "A"), Part("b", two, "2", "B")], cover=COVER
    )
    shown = texts(composed.data)
    assert "vieux" not in shown
    start = shown.index("Liste des figures")
    assert [line.rstrip("…") for line in shown[start + 1 : start + 3]] == [
        "Figure 1 : Bassin",
        "Figure 2 : Équipe",
    ]
    assert shown[-1] == "Figure 2 : Équipe"


def test_all_or_nothing_names_the_part_that_cannot_come() -> None:
    wanted = [Part("a.docx", simple("x"), "1", "Méthode"), Part("b.docx", b"%PDF-1.7", "2", "Prix")]
    with pytest.raises(Refused, match=r"La section « Prix » ne peut pas être insérée : .*PDF"):
        compose(house_template(), wanted, options=Options(all_or_nothing=True))


def test_a_table_of_styles_overrules_the_house_s_guess() -> None:
    def fill(document: DocumentObject) -> None:
        document.styles.add_style("Chapitre maison", 1)
        document.add_paragraph("Contexte", style="Chapitre maison")
        document.add_paragraph("Texte.")

    part = Part("a.docx", written(fill), "1", "A", policy="map",
                styles={"Chapitre maison": "heading 1"})  # fmt: skip
    outline = compose(house_template(), [part]).outline
    assert [(line.number, line.title) for line in outline] == [("1.", "A"), ("1.1", "Contexte")]


def test_a_page_divides_the_lots_where_that_is_asked_for() -> None:
    wanted = [
        Part("a.docx", simple("x"), "1", "Méthode", divider="Lot 1\nEspaces verts"),
        Part("b.docx", simple("y"), "2", "Équipe"),
    ]
    plain = texts(compose(house_template(), wanted).data)
    divided = texts(compose(house_template(), wanted, options=Options(dividers=True)).data)
    assert "Espaces verts" not in plain
    assert [line for line in divided if line] == [
        "Lot 1", "Espaces verts", "Méthode", "x", "Équipe", "y",
    ]  # fmt: skip
