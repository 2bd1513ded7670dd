"""Odd but honest files, and files made to trip the engine: one bad part never ends an assembly."""

import re
from pathlib import Path

import pytest

from tender.documents.compose import Composed, Part, compose
from tender.documents.engine.cache import FolderCache
from tender.documents.engine.options import Options
from tender.documents.house import house_template
from tender.documents.inspect import inspect
from tests.documents.made import W, content, docx, linked, paragraph, rels, types
from tests.documents.written import texts

HEADING = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)
BY_NUMBER = r"REF _Ref1 \r \h"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def beside(body: str, kind: str, inside: str) -> bytes:
    """A Word file with one more part of a kind: `styles`, `footnotes`, `numbering`."""
    name = f"word__{kind}.xml"
    return docx(
        body,
        **{
            name: f'<w:{kind} xmlns:w="{W}">{inside}</w:{kind}>',
            "word___rels__document.xml.rels": rels(("rId1", kind, f"{kind}.xml")),
            "[Content_Types].xml": types(**{name: f"{_OFFICE}{kind}+xml"}),
        },
    )


def styled(body: str, styles: str) -> bytes:
    """A Word file with these styles."""
    return beside(body, "styles", styles)


def field(code: str, shown: str) -> str:
    """A complex field as Word writes it."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end")]
    code = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{marks[0]}{code}{marks[1]}<w:r><w:t>{shown}</w:t></w:r>{marks[2]}"


def joined(*files: bytes, title: str = "", options: Options | None = None) -> Composed:
    """These files in the house's template, each of them taken."""
    parts = [
        Part(f"{place}.docx", data, number=str(place) if title else None, title=title)
        for place, data in enumerate(files, start=1)
    ]
    composed = compose(house_template(), parts, options=options or Options())
    assert not composed.report.refused
    return composed


def test_a_caption_may_show_the_number_of_a_heading() -> None:
    heading = (
        '<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:bookmarkStart w:id="1" w:name="_Ref1"/>'
        '<w:r><w:t>Moyens</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    )
    caption = f"<w:p>{field('SEQ Figure', '7')}{field(BY_NUMBER, '9')}</w:p>"
    made = joined(styled(paragraph("Avant.") + caption + heading, HEADING), title="Mémoire")
    shown = re.findall(r"separate\"/></w:r><w:r><w:t[^>]*>([^<]*)<", content(made.data))
    assert shown[:2] == ["1", "1.1"]


@pytest.mark.parametrize("number", ["99999999999999", "²", "9" * 5000])
def test_a_counter_that_starts_nowhere_keeps_its_author_s_number(number: str) -> None:
    code = rf"SEQ Fig \r {number} \* ALPHABETIC"
    assert "<w:t>C</w:t>" in content(joined(docx(f"<w:p>{field(code, 'C')}</w:p>")).data)


def test_bookmarks_are_found_whatever_their_capitals() -> None:
    body = '<w:p><w:bookmarkStart w:id="1" w:name="Cible"/><w:bookmarkEnd w:id="1"/></w:p>'
    body += f"<w:p>{field('REF cible', 'x')}</w:p>"
    text = content(joined(docx(body), docx(body)).data)
    assert re.findall(r" REF (\w+) ", text) == re.findall(r'w:name="(Cible\w*)"', text)


def test_a_bookmark_named_like_a_switch_or_a_field_changes_neither() -> None:
    named = [
        f'<w:bookmarkStart w:id="{n}" w:name="{name}"/><w:bookmarkEnd w:id="{n}"/>'
        for n, name in enumerate(("h", "ref", "page", "Upper"))
    ]
    shown = field(r"REF h \h \* Upper", "x") + field("PAGE", "1")
    body = docx(f"<w:p>{''.join(named)}{shown}</w:p>")
    text = content(joined(body, body).data)
    assert r" REF h \h \* Upper " in text
    assert r" REF h_2 \h \* Upper " in text
    assert "> PAGE <" in text


def test_a_place_in_another_document_keeps_its_name() -> None:
    link = '<w:hyperlink r:id="rId9" w:anchor="tarifs"><w:r><w:t>ici</w:t></w:r></w:hyperlink>'
    link += '<w:bookmarkStart w:id="1" w:name="tarifs"/><w:bookmarkEnd w:id="1"/>'
    link += field(r'HYPERLINK  \l "tarifs"', "ici") + field(
        r'HYPERLINK "https://client.example/" \l "tarifs"', "là"
    )
    target = ("rId9", "hyperlink", "https://client.example/", "External")
    text = content(joined(*[linked(f"<w:p>{link}</w:p>", target)] * 2).data)
    assert text.count('w:anchor="tarifs"') == 2
    assert text.count(r'example/" \l "tarifs"') == 2
    assert text.count(r'HYPERLINK  \l "tarifs_2"') == 1


def _style(name: str, base: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="Le {name}"/>'
        f'<w:basedOn w:val="{base}"/></w:style>'
    )


def test_a_chain_of_styles_without_end_is_cut_and_told() -> None:
    chain = "".join(_style(f"S{n}", f"S{n + 1}") for n in range(1_500))
    made = joined(styled(paragraph("a", '<w:pStyle w:val="S0"/>'), chain))
    assert 'w:val="Le S0"' in content(made.data)
    assert {finding.code for finding in made.report.parts[0].findings} == {"cycle"}


def test_styles_may_name_their_successors_without_end() -> None:
    chain = "".join(_style(f"S{n}", f"S{n + 1}") for n in range(1_500))
    chain = chain.replace("basedOn", "next")
    text = content(joined(styled(paragraph("a", '<w:pStyle w:val="S0"/>'), chain)).data)
    assert 'w:val="Le S1499"' in text


def test_styles_whose_ids_differ_by_an_accent_stay_two() -> None:
    body = paragraph("a", '<w:pStyle w:val="Encadré"/>') + paragraph(
        "b", '<w:pStyle w:val="Encadr"/>'
    )
    made = joined(styled(body, _style("Encadré", "Rien") + _style("Encadr", "Rien")))
    assert len(set(re.findall(r'pStyle w:val="(Encadr\w+)"', content(made.data)))) == 2


def test_a_damaged_fragment_in_the_cache_is_made_anew(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, 1_000_000)
    parts = [Part("a.docx", docx(paragraph("Bonjour")))]
    whole = compose(house_template(), parts, cache=cache).data
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"Bonjour", b"Bonsoir"))
    assert compose(house_template(), parts, cache=cache).data == whole


def test_paragraphs_whose_ends_are_deleted_flow_into_the_next_in_their_order() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    body = "".join(paragraph(word, gone) for word in ("Un ", "deux ", "trois ")) + "<w:p/>"
    made = joined(docx(body + paragraph("Fin")), options=Options(revisions="accept"))
    (flowed,) = re.findall(r"<w:p>(?:(?!</w:p>).)*Un (?:(?!</w:p>).)*</w:p>", content(made.data))
    assert re.findall(r"<w:t[^>]*>([^<]*)", flowed) == ["Un ", "deux ", "trois "]


def test_the_pages_of_an_author_s_contents_keep_their_paper() -> None:
    wide = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    kind = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    contents = paragraph("Ligne 1", wide)
    body = f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{contents}</w:sdtContent></w:sdt>"
    text = content(joined(docx(body + paragraph("Suite.")), title="Mémoire").data)
    assert 'w:orient="landscape"' in text
    assert "Ligne 1" not in text


def test_linked_text_boxes_are_linked_within_their_part() -> None:
    space = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    boxes = '<s:txbx id="1"><w:txbxContent><w:p/></w:txbxContent></s:txbx><s:linkedTxbx id="1"/>'
    shape = f'<s:wsp xmlns:s="{space}">{boxes}</s:wsp>'
    data = docx(
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/><a:graphic>'
        f'<a:graphicData uri="{space}">{shape}</a:graphicData></a:graphic></wp:inline>'
        f"</w:drawing></w:r></w:p>"
    )
    found = re.findall(r'xbx id="(\d+)"', content(joined(data, data).data))
    assert found == ["1", "1", "2", "2"]


def test_headings_in_tables_and_lists_without_definition_are_told() -> None:
    cell = paragraph("Tête", '<w:pStyle w:val="H1"/>')
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>'
    table = f"<w:tbl>{grid}<w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    item = paragraph("a", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr>')
    made = joined(styled(table + item, HEADING), title="Mémoire")
    assert [str(change) for change in made.report.parts[0].changes] == [
        "Titres dans un tableau, un cadre ou une note, mis en texte courant : 1.",
        "Paragraphes d’une liste qui n’est définie nulle part, sans numéro : 1.",
    ]


NOTE = '<w:footnote w:id="2"><w:p><w:r><w:t>Précision.</w:t></w:r></w:p></w:footnote>'
CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def test_a_first_line_that_repeats_the_title_goes_and_is_told() -> None:
    line = '<w:p><w:bookmarkStart w:id="1" w:name="Ici"/><w:r><w:t>Nos moyens</w:t></w:r></w:p>'
    after = '<w:p><w:r><w:t>Suite.</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    made = joined(docx(line + after), title="Nos moyens")
    assert content(made.data).count("Nos moyens") == 1
    assert 'w:name="Ici"' in content(made.data)
    assert [str(change) for change in made.report.parts[0].changes] == [
        "Premières lignes retirées, car elles répétaient le titre : 1."
    ]


def test_a_first_line_with_a_note_stays() -> None:
    line = f"<w:p><w:r><w:t>Nos moyens</w:t></w:r>{CALL}</w:p>"
    made = joined(beside(line, "footnotes", NOTE), title="Nos moyens")
    assert "Précision." in content(made.data)


def test_titles_in_other_letters_than_ours_are_not_all_alike() -> None:
    assert "完全不同" in content(joined(docx(paragraph("完全不同")), title="概要").data)


def test_text_beside_an_author_s_contents_stays() -> None:
    start, rest = field("TOC", "Ligne 1").split("Ligne 1")
    contents = f"{start}Ligne 1</w:t></w:r></w:p><w:p><w:r><w:t>Ligne 2{rest}"
    before, after = (f"<w:r><w:t>{words}</w:t></w:r>" for words in ("Avant.", "Après."))
    body = f"<w:p>{before}{contents}{after}</w:p>"
    text = content(joined(docx(body), title="Mémoire").data)
    assert "Avant." in text
    assert "Après." in text
    assert "Ligne" not in text


def test_letters_end_where_word_ends_them() -> None:
    code = r"SEQ Fig \r 900000000 \* ALPHABETIC"
    assert "<w:t>900000000</w:t>" in content(joined(docx(f"<w:p>{field(code, 'C')}</w:p>")).data)


def test_a_sign_that_only_looks_like_a_number_is_none() -> None:
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="²" cy="²"/></wp:inline></w:drawing></w:r>'
        '</w:p><w:tbl><w:tblPr><w:tblW w:w="²" w:type="dxa"/></w:tblPr><w:tblGrid>'
        '<w:gridCol w:w="²"/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    )
    data = docx(paragraph("Bonjour.") + drawing)
    assert inspect(data).paragraphs == 1
    assert compose(house_template(), [Part("a.docx", data)]).report.refused == ()


def test_a_simple_reference_shows_its_caption_s_new_number() -> None:
    caption = (
        '<w:p><w:bookmarkStart w:id="1" w:name="_Ref1"/><w:r><w:t>Figure </w:t></w:r>'
        '<w:fldSimple w:instr=" SEQ Figure "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:bookmarkEnd w:id="1"/></w:p><w:p><w:fldSimple w:instr=" REF _Ref1 "><w:r>'
        "<w:t>Figure 1</w:t></w:r></w:fldSimple></w:p>"
    )
    made = joined(docx(caption), docx(caption))
    assert [line for line in texts(made.data) if line] == [
        "Figure 1", "Figure 1", "Figure 2", "Figure 2",
    ]  # fmt: skip


def test_a_style_that_is_defined_nowhere_is_told() -> None:
    made = joined(docx(paragraph("Bonjour.", '<w:pStyle w:val="Fantome"/>')))
    told = [str(note) for note in made.report.parts[0].changes]
    assert told == ["Styles employés et définis nulle part, sans effet : 1."]
