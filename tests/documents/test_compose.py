import hashlib
import io
import zipfile

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.shared import Cm

from tender.demo.documents import DemoSection, demo_sections
from tender.documents.compose import Composed, Part, compose
from tender.documents.cover import Cover
from tender.documents.engine.options import Options
from tender.documents.errors import Cancelled, Refused
from tender.documents.house import house_template
from tender.documents.integrity import check
from tests.documents import hostile
from tests.documents.made import content, docx, names, paragraph, png
from tests.documents.written import fold, root, simple, texts, values, written

COVER = Cover(
    "Formation des agents", "Ville de Valmarne", ["Lot 1"], "Orvanne", ["Lumivert"], "2 mai"
)
KEEP = Options()
FINAL = Options(comments="drop", revisions="accept", hidden="drop")


def part(data: bytes, number: str | None = "1", title: str = "Méthode", level: int = 1) -> Part:
    return Part(f"{title}.docx", data, number, title, "Orvanne", level)


def put_together(*parts: Part, options: Options = KEEP) -> Composed:
    return compose(house_template(), parts, cover=COVER, options=options)


@pytest.fixture(scope="module")
def sections() -> list[DemoSection]:
    return demo_sections()


@pytest.fixture(scope="module")
def demo(sections: list[DemoSection]) -> Composed:
    return put_together(*(Part(s.filename, s.data, s.number, s.title, s.company) for s in sections))


def test_the_result_opens_and_has_no_defect(demo: Composed) -> None:
    assert check(demo.data) == []
    assert demo.report.refused == ()
    assert len(Document(io.BytesIO(demo.data)).paragraphs) > 300


def test_every_text_of_every_section_is_kept(demo: Composed, sections: list[DemoSection]) -> None:
    whole = fold(" ".join(texts(demo.data)))
    for section in sections:
        for text in texts(section.data):
            bare = fold(text.lstrip("0123456789IVX. "))
            assert bare in whole, (section.filename, text)


def test_every_footnote_table_and_picture_is_kept(
    demo: Composed, sections: list[DemoSection]
) -> None:
    notes = fold(" ".join(texts(demo.data, "word/footnotes.xml")))
    pictures = _pictures(demo.data)
    for section in sections:
        for text in texts(section.data, "word/footnotes.xml"):
            assert fold(text) in notes
        assert _pictures(section.data) <= pictures
    tables = sum(len(values(section.data, "tbl")) for section in sections)
    assert len(values(demo.data, "tbl")) == tables
    assert sum(report.kept["footnotes"] for report in demo.report.parts) == len(sections)
    assert set(values(demo.data, "pStyle", part="word/footnotes.xml")) == {"footnotetext"}


def _pictures(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        media = [name for name in archive.namelist() if "/media/" in name]
        return {hashlib.sha256(archive.read(name)).hexdigest() for name in media}


def test_equal_inputs_give_equal_bytes(demo: Composed, sections: list[DemoSection]) -> None:
    again = put_together(
        *(Part(s.filename, s.data, s.number, s.title, s.company) for s in sections)
    )
    assert again.data == demo.data


def test_ids_are_unlike_in_the_whole_document(demo: Composed) -> None:
    marks = values(demo.data, "bookmarkStart", "name")
    assert len(marks) == len(set(marks))
    assert sorted(values(demo.data, "bookmarkStart", "id")) == sorted(
        values(demo.data, "bookmarkEnd", "id")
    )
    notes = values(demo.data, "footnote", "id", "word/footnotes.xml")
    assert len(notes) == len(set(notes))
    signatures = values(demo.data, "nsid", part="word/numbering.xml")
    assert len(signatures) == len(set(signatures))


def test_sections_and_their_headings_are_numbered_in_one_outline() -> None:
    one = simple("# Méthode", "## Écouter", "texte", "## Former")
    two = simple("# Premier", "texte", "### Très profond")
    composed = put_together(part(one), part(two, "2", "Équipe"))
    shown = [(h.level, h.number, h.title) for h in composed.outline]
    assert shown == [
        (1, "1.", "Méthode"),
        (2, "1.1", "Écouter"),
        (2, "1.2", "Former"),
        (1, "2.", "Équipe"),
        (2, "2.1", "Premier"),
        (3, "2.1.1", "Très profond"),
    ]


def test_a_number_out_of_turn_is_written_out() -> None:
    composed = put_together(
        part(simple("# Détail"), "4", "Planning"), part(simple("x"), "A", "Annexe"),
        part(simple("# Sans"), None, "Avant-propos"), part(simple("x"), "1", "Suite"),
    )  # fmt: skip
    shown = [(h.number, h.title) for h in composed.outline]
    assert shown == [("4", "Planning"), ("4.1", "Détail"), ("A", "Annexe"), ("", "Avant-propos"),
                     ("", "Sans"), ("1.", "Suite")]  # fmt: skip
    assert "4Planning" in texts(composed.data)


def test_a_subsection_goes_under_its_section() -> None:
    composed = put_together(part(simple("x"), "1"), part(simple("# A"), "1.1", "Équipe", 2))
    assert [h.number for h in composed.outline] == ["1.", "1.1", "1.1.1"]


def test_numbers_typed_by_hand_give_way_to_those_of_the_house() -> None:
    composed = put_together(part(simple("# 1. Contexte", "## 1.1 Les enjeux", "# 3 engagements")))
    assert [h.title for h in composed.outline] == [
        "Méthode",
        "Contexte",
        "Les enjeux",
        "3 engagements",
    ]


def test_lists_start_anew_in_each_section() -> None:
    data = simple("1. un", "1. deux")
    composed = put_together(part(data), part(data, "2", "Équipe"))
    used = [number for number in values(composed.data, "numId") if number != "0"]
    assert used[0] == used[1] != used[2] == used[3]


def test_landscape_lasts_as_long_as_the_author_meant() -> None:
    def fill(document: DocumentObject) -> None:
        document.add_paragraph("large")
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)

    composed = put_together(
        part(simple("a")), part(written(fill), "2", "Planning"), part(simple("b"), "3", "Équipe")
    )
    widths = values(composed.data, "pgSz", "w")
    assert widths == ["11906", "11906", "11906", "16838", "11906"]
    assert len([name for name in names(composed.data) if "header" in name]) == 2


def test_tables_and_pictures_are_brought_between_the_margins() -> None:
    def fill(document: DocumentObject) -> None:
        document.add_picture(io.BytesIO(png(400, 100)), width=Cm(25))
        table = document.add_table(1, 2)
        for cell in table.rows[0].cells:
            cell.width = Cm(14)

    composed = put_together(part(written(fill)))
    widths = [int(width) for width in values(composed.data, "tcW", "w")]
    assert sum(widths) <= 9_360
    inline = next(root(composed.data).iter("{*}extent"))
    assert int(inline.get("cx", "0")) <= Cm(16.6)
    assert any("largeur" in str(note) for note in composed.report.parts[0].changes)


def test_a_bad_part_leaves_a_page_that_says_why() -> None:
    composed = put_together(
        part(simple("avant")), part(b"%PDF-1.4", "2", "Prix"), part(simple("après"), "3", "Fin")
    )
    whole = " ".join(texts(composed.data))
    assert "avant" in whole
    assert "après" in whole
    assert "Fichier : Prix.docx" in whole
    assert "Motif : C’est un PDF." in whole
    assert [report.name for report in composed.report.refused] == ["Prix.docx"]
    assert check(composed.data) == []


def test_hostile_names_stay_words() -> None:
    bad = Part('<w:p>&\x00\r\n"={{7*7}}', b"", "1", "Titre \x07 <b>", "C\u202eorp")
    assert check(put_together(bad).data) == []


def test_text_that_looks_like_a_template_is_never_run() -> None:
    lines = ("{{ 7 * 7 }}", "{% for x in y %}", "{{ config.__class__ }}", "${jndi:ldap://x}")
    composed = put_together(part(simple(*lines)))
    assert set(lines) <= set(texts(composed.data))


def test_an_equal_picture_is_stored_once() -> None:
    data = hostile.pictured(png())
    composed = put_together(part(data), part(data, "2", "Équipe"))
    assert len([name for name in names(composed.data) if "/media/" in name]) == 1


def test_an_author_s_own_contents_give_way_to_ours() -> None:
    toc = hostile.field('TOC \\o "1-3"', "vieux sommaire")
    composed = put_together(part(docx(toc + paragraph("texte"))))
    assert "vieux sommaire" not in texts(composed.data)
    assert any("Sommaires" in str(note) for note in composed.report.parts[0].changes)


def test_parts_without_a_title_come_as_they_are_after_the_template() -> None:
    plain = [Part("a.docx", simple("# 1. Titre", "texte")), Part("b.docx", simple("fin"))]
    composed = compose(simple("page de garde"), plain)
    assert [text for text in texts(composed.data) if text] == [
        "page de garde",
        "1. Titre",
        "texte",
        "fin",
    ]
    assert values(composed.data, "type")[-2:] == ["nextPage", "nextPage"]


def test_progress_is_told_and_a_wish_to_stop_is_heard() -> None:
    steps: list[tuple[int, int]] = []
    parts = [part(simple("a")), part(simple("b"), "2", "Équipe")]
    compose(house_template(), parts, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 2), (2, 2)]
    with pytest.raises(Cancelled):
        compose(house_template(), parts, cancelled=lambda: len(steps) > 1)


def test_a_bad_template_is_refused() -> None:
    with pytest.raises(Refused):
        compose(b"", [part(simple("a"))])


def test_a_draft_says_so_on_every_page() -> None:
    assert "PROJET" in content(put_together(part(simple("a")), options=Options(draft=True)).data)
    assert "PROJET" not in content(put_together(part(simple("a"))).data)


def test_the_result_carries_no_trace_of_its_authors(demo: Composed) -> None:
    final = content(put_together(part(simple("a")), options=FINAL).data)
    for trace in ("python-docx", "rsid", "customXml", "w:author"):
        assert trace not in final
    assert "Réponse" not in texts(demo.data)
