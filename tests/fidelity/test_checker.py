"""The checker itself: it finds nothing in what is unchanged, and names what was changed."""

import pytest

from tests.fidelity.archive import Archive
from tests.fidelity.checking import Terms, differences
from tests.fidelity.producers.catalogue import HERE, made
from tests.fidelity.producers.word import zipped
from tests.fidelity.soundness import faults
from tests.fidelity.views import View

BODY = "word/document.xml"
THREADS = "word/commentsExtended.xml"


def changed(name: str, part: str, old: str, new: str) -> bytes:
    parts = dict(Archive(made(name)).parts)
    assert old.encode() in parts[part], "nothing to change"
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    return zipped(parts)


@pytest.mark.parametrize("name", HERE)
def test_a_document_is_like_itself_and_sound(name: str) -> None:
    assert differences([made(name)], made(name), Terms("source")) == []
    dangling = "script comments"  # python-docx names styles there that its template lacks
    assert name == dangling or faults(made(name)) == []


CHANGES = [
    ("word words fr", BODY, "Fin du texte", "Fin", "paragraph"),
    ("word words fr", BODY, "<w:b/>", "<w:i/>", "meaning"),
    ("word words fr", BODY, 'w:val="C00000"', 'w:val="00C000"', "format"),
    ("word words fr", BODY, 'w:jc w:val="center"', 'w:jc w:val="right"', "layout"),
    ("word languages", BODY, "fr-CH", "fr-FR", "language"),
    ("word tables", BODY, 'w:gridSpan w:val="2"', 'w:gridSpan w:val="1"', "tables"),
    ("word tables", BODY, 'w:fill="DEEAF6"', 'w:fill="DEEA00"', "tables"),
    ("word tables", "word/styles.xml", 'w:sz="4"', 'w:sz="8"', "table look"),
    ("word boxes", BODY, "Dans la boîte", "Hors la boîte", "paragraph"),
    ("word boxes", BODY, 'prst="rect"', 'prst="oval"', "shapes"),
    ("word controls", BODY, 'w:tag w:val="soc"', 'w:tag w:val="x"', "controls"),
    ("word controls", BODY, 'w14:checked w14:val="1"', 'w14:checked w14:val="0"', "controls"),
    ("word pictures", BODY, 'r:embed="rId5"', 'r:embed="rId4"', "images"),
    ("word charts", "word/charts/chart1.xml", "<c:v>3</c:v>", "<c:v>4</c:v>", "charts"),
    ("word charts", "word/charts/chart1.xml", 'r:id="rId3"', 'r:id="rId1"', "charts"),
    ("word diagrams", "word/diagrams/data1.xml", 'relId="rId', 'relId="x', "diagrams"),
    ("word equations", BODY, "a+b", "a-b", "equations"),
    ("word objects", BODY, 'ProgID="Excel.Sheet.12"', 'ProgID="Word.1"', "objects"),
    ("word links", "word/_rels/document.xml.rels", "mailto:contact", "mailto:autre", "links"),
    ("word links", BODY, 'w:anchor="cible"', 'w:anchor="rien"', "references"),
    ("word notes", "word/_rels/footnotes.xml.rels", "footnotes.invalid", "x.invalid", "links"),
    ("word notes", "word/endnotes.xml", "Deuxième alinéa", "Autre", "endnotes"),
    ("word references", BODY, " REF _Re", " REF _Xe", "references"),
    ("word references", BODY, "NUMPAGES", "SECTION", "paragraph"),
    ("word references", BODY, ">Figure 2<", ">Figure 1<", "what references say"),
    ("word references", BODY, '<w:bookmarkEnd w:id="4"/>', "", "bookmarks"),
    ("word captions", BODY, ">ix<", ">x<", "captions"),
    ("word comments", "word/comments.xml", "À revoir", "Vu", "comments"),
    ("word comments", THREADS, 'w15:paraIdParent="2C000001" ', "", "notes"),
    ("word comments", BODY, '<w:commentRangeStart w:id="0"/>', "", "notes"),
    ("word changes", BODY, "<w:delText>ancien", "<w:delText>neuf", "changes"),
    ("word pages", BODY, 'w:w="16838" w:h="11906"', 'w:w="11906" w:h="16838"', "page"),
    ("word pages", BODY, 'w:cols w:num="2"', 'w:cols w:num="3"', "page"),
    ("word lists", BODY, '<w:numId w:val="3"/>', '<w:numId w:val="1"/>', "number"),
    ("word lists", "word/numbering.xml", "<w:startOverride", "<w:start", "number"),
    ("word fonts", "word/fontTable.xml", "1B2C3D4E", "1B2C3D4F", "fonts"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "part", "old", "new", "feature"), CHANGES)
def test_a_change_is_found_and_named(
    name: str, part: str, old: str, new: str, feature: str
) -> None:
    found = differences([made(name)], changed(name, part, old, new), Terms("source"))
    assert feature in {difference.feature for difference in found}


def test_changes_and_comments_must_be_gone_where_the_view_says_so() -> None:
    for name, view in (
        ("word changes", View(revisions="accept")),
        ("word changes", View(revisions="reject")),
        ("word comments", View(comments="drop")),
        ("word hidden", View(hidden="drop")),
    ):
        assert differences([made(name)], made(name), Terms("source", view))


FAULTS = [
    ("word words fr", BODY, "<w:b/>", "<w:sz w:val='20'/><w:b/>", "b too late in rPr"),
    ("word words fr", BODY, 'w:val="Titre1"', 'w:val="Titre9"', "no paragraph style"),
    ("word pictures", BODY, 'docPr id="2"', 'docPr id="1"', "drawing id"),
    ("word pictures", BODY, 'r:embed="rId5"', 'r:embed="rId99"', "absent relationship"),
    ("word references", BODY, 'w:id="6" w:name="_Ref101"', 'w:id="6" w:name="_ref100"', "name"),
    ("word references", BODY, '<w:bookmarkEnd w:id="4"/>', "", "start or end"),
    ("word notes", BODY, 'footnoteReference w:id="2"', 'footnoteReference w:id="9"', "absent 9"),
    ("word notes", "word/settings.xml", '<w:footnote w:id="-1"/><w:footnote w:id="0"/>', "", "sep"),
    ("word lists", "word/numbering.xml", 'nsid w:val="5A000001"', 'nsid w:val="5A000000"', "sign"),
    ("word objects", BODY, 'ShapeID="_x0000_i1025"', 'ShapeID="x"', "without its shape"),
    ("word fonts", "[Content_Types].xml", "/word/fonts/", "/word/font/", "type"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "part", "old", "new", "words"), FAULTS)
def test_a_fault_of_the_package_is_found(
    name: str, part: str, old: str, new: str, words: str
) -> None:
    assert any(words in fault for fault in faults(changed(name, part, old, new)))
