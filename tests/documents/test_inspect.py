import io

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt

from tender.documents.inspect import inspect
from tender.documents.preview import preview_html
from tender.documents.text import docx_from_text
from tests.documents import hostile
from tests.documents.made import docx, paragraph, png
from tests.documents.written import simple, texts, values, written


def test_the_health_report_counts_what_the_house_will_change() -> None:
    def fill(document: DocumentObject) -> None:
        document.add_heading("Contexte", 1)
        document.add_paragraph().add_run("gros").font.size = Pt(20)
        document.add_picture(io.BytesIO(png()))
        document.add_table(1, 1).rows[0].cells[0].width = Cm(25)
        section = document.sections[0]
        section.header.paragraphs[0].text = "Notre société"
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(24), Cm(21)

    health = inspect(written(fill))
    assert health.headings == ((1, "Contexte"),)
    assert (health.images, health.tables, health.wide_tables) == (1, 1, 1)
    assert (health.headers_dropped, health.landscape_sections) == (1, 1)
    assert health.direct_formatting == 1


def test_what_an_assembly_will_change_is_told_before_with_its_place() -> None:
    def fill(document: DocumentObject) -> None:
        document.add_heading("Méthode", 1)
        document.add_paragraph().add_run("gros").font.size = Pt(20)
        document.add_table(1, 1)
        document.add_table(1, 1).rows[0].cells[0].width = Cm(25)
        document.sections[0].header.paragraphs[0].text = "Notre société"

    told = [(note["text"], note["place"]) for note in _plain_changes(written(fill))]
    wide = "Plus large que la page, ramené entre les marges."
    header = "En-tête ou pied de page remplacé par celui de la maison : « Notre société »."
    assert (wide, "sous «\u00a0Méthode\u00a0», tableau 2") in told
    assert (header, "") in told
    assert "police" in told[0][0]
    dressed = "Police, taille ou couleur mises à la main : celles de la maison les remplaceront."
    assert (dressed, "sous «\u00a0Méthode\u00a0», paragraphe 2") in told


def test_an_author_s_own_contents_are_told_where_they_stand() -> None:
    told = _plain_changes(docx(paragraph("avant") + hostile.field("TOC \\o")))
    own = [note["place"] for note in told if str(note["text"]).startswith("Sommaire propre à")]
    assert own == ["paragraphe 2"]


def _plain_changes(data: bytes) -> list[dict[str, object]]:
    return [note.as_json() for note in inspect(data).changes]


def test_blanks_that_nobody_filled_in_are_found() -> None:
    health = inspect(simple("Pour [nom de l’acheteur], XXX", "{{ date }} à compléter", "rien ici"))
    assert health.placeholders == ("[nom de l’acheteur]", "XXX", "{{ date }}")


def test_the_styles_that_are_used_are_told_with_a_sample_the_most_used_first() -> None:
    def fill(document: DocumentObject) -> None:
        document.styles.add_style("Encadré maison", WD_STYLE_TYPE.PARAGRAPH)
        document.add_heading("Contexte", 2)
        document.add_paragraph("Deux mots.")
        document.add_paragraph("Trois autres mots.")
        document.add_paragraph("")
        document.add_paragraph("À part " * 40, style="Encadré maison")
        document.add_table(1, 1, style="Table Grid").rows[0].cells[0].text = "Case"

    found = inspect(written(fill)).styles
    assert [(use.name, use.kind, use.paragraphs, use.level) for use in found] == [
        ("Normal", "paragraph", 3, None),
        ("Encadré maison", "paragraph", 1, None),
        ("Table Grid", "table", 1, None),
        ("heading 2", "paragraph", 1, 2),
    ]
    assert (found[0].sample, found[2].sample) == ("Deux mots.", "Case")
    assert (len(found[1].sample), found[1].sample[-1]) == (79, "…")


def test_a_field_s_code_is_no_text() -> None:
    health = inspect(docx(hostile.field("PAGE", "7") + paragraph("deux mots")))
    assert (health.words, health.paragraphs) == (3, 2)


def test_the_report_is_plain_values() -> None:
    plain = inspect(simple("# Titre", "texte")).as_json()
    assert plain["headings"] == [{"level": 1, "text": "Titre"}]
    assert set(plain) >= {"words", "pages", "findings", "placeholders", "bytes"}


def test_pages_are_estimated_within_one_in_five() -> None:
    line = "Une phrase de longueur ordinaire, comme on en écrit dans un mémoire technique. "
    assert 1.6 <= inspect(simple(*[line * 5] * 20)).pages <= 3.2


def test_text_from_the_browser_becomes_styles() -> None:
    text = "Bonjour\nsuite\n\n## Titre\n- un\n- deux\n\n1. a\n{{ 7*7 }}\x00"
    data = docx_from_text(text, "Nom")
    assert texts(data) == ["Nom", "Bonjour suite", "Titre", "un", "deux", "a", "{{ 7*7 }}"]
    styles = values(data, "pStyle")
    assert styles == ["Title", "Heading1", "ListBullet", "ListBullet", "ListNumber"]
    assert data == docx_from_text(
        "Bonjour\nsuite\n\n## Titre\n- un\n- deux\n\n1. a\n{{ 7*7 }}", "Nom"
    )


def test_empty_text_is_a_document_too() -> None:
    assert len(Document(io.BytesIO(docx_from_text(""))).sections) == 1


def test_a_preview_shows_no_heading_above_the_third_level() -> None:
    html = preview_html(simple("# Un", "## Deux", "texte", "- point"))
    assert html.startswith("<h3>Un</h3><h4>Deux</h4><p>texte</p><ul>")


def test_a_preview_holds_no_script_and_no_foreign_address() -> None:
    script = paragraph("&lt;script&gt;alert(1)")
    html = preview_html(docx(script + paragraph('&lt;img src="http://pirate.invalid"&gt;')))
    assert "<script" not in html
    assert "<img" not in html


def test_a_preview_shows_small_pictures() -> None:
    shown = preview_html(written(lambda document: document.add_picture(io.BytesIO(png()))))
    assert 'src="data:image/png;base64,' in shown
