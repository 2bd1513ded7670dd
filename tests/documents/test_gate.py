from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender.documents.errors import Refused, Severity
from tender.documents.gate import admit
from tender.documents.house import house_template
from tender.documents.sandboxed import MIB, admit_in_child, examine_in_child, in_child
from tests.documents import hostile
from tests.documents.made import (
    W,
    content,
    docx,
    linked,
    names,
    paragraph,
    parts,
    png,
    rels,
    zipped,
)

PUBLISHED = Path("../shared/data/forms")
REFUSED = [case for family in hostile.REFUSED for case in family()]
CLEANED = [*hostile.cleaned(), *hostile.taken_out()]


@pytest.mark.parametrize(("data", "code"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_a_hostile_file_is_refused_in_words_of_its_own(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        admit(data)
    assert code in ("*", refused.value.code)
    assert str(refused.value).endswith(".")
    assert "{" not in str(refused.value)


@pytest.mark.parametrize(("data", "code"), [c[1:] for c in CLEANED], ids=[c[0] for c in CLEANED])
def test_what_reaches_out_is_taken_out_and_told(data: bytes, code: str) -> None:
    admitted = admit(data)
    assert code in {finding.code for finding in admitted.findings}
    left = content(admitted.data)
    for trace in ("pirate", "passwd", "javascript", "DDE", "vba", "OLEObject", "script"):
        assert trace not in left
    assert not [name for name in names(admitted.data) if name.endswith((".bin", ".svg"))]
    assert "résultat" in left or "après l’image" in left


@pytest.mark.parametrize("family", hostile.REFUSED[:2])
def test_bombs_stay_small_in_a_child_of_six_hundred_megabytes(family: type) -> None:
    for name, data, code in family():
        with pytest.raises(Refused) as refused:
            in_child("admit", data, timeout=10, memory=600 * MIB)
        assert refused.value.code == code, name


def test_what_is_admitted_is_admitted_again_unchanged() -> None:
    link = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>site</w:t></w:r></w:hyperlink></w:p>'
    first = admit(linked(link, ("r1", "hyperlink", "https://exemple.invalid/a", "External")))
    assert first.findings == ()
    assert "https://exemple.invalid/a" in content(first.data)
    assert admit(first.data).data == first.data
    assert admit(house_template()).data == house_template()


def test_the_order_of_parts_does_not_change_the_result() -> None:
    turned = dict(reversed(parts().items()))
    assert admit(zipped(turned)).data == admit(docx()).data


def test_a_real_picture_stays_under_a_name_of_ours() -> None:
    admitted = admit(hostile.pictured(png()))
    assert "word/media/image1.png" in names(admitted.data)
    assert admitted.findings == ()


def test_a_picture_with_the_wrong_extension_gets_the_right_one() -> None:
    assert "word/media/image1.png" in names(admit(hostile.pictured(png(), "jpeg")).data)


def test_the_strict_dialect_is_translated() -> None:
    strict = {
        name: str(blob)
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/",
            "http://purl.oclc.org/ooxml/officeDocument/",
        )
        .replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/",
            "http://purl.oclc.org/ooxml/wordprocessingml/",
        )
        for name, blob in parts(paragraph("strict")).items()
    }
    admitted = admit(zipped(strict))
    assert "strict" in {finding.code for finding in admitted.findings}
    assert "purl.oclc.org" not in content(admitted.data)


def test_a_style_cycle_is_cut() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("A", "B"), ("B", "C"), ("C", "A"))
    )
    more = {
        "word___rels__document.xml.rels": rels(("r1", "styles", "styles.xml")),
        "word__styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
    }
    admitted = admit(docx(paragraph("x", '<w:pStyle w:val="A"/>'), **more))
    assert "cycle" in {finding.code for finding in admitted.findings}
    assert content(admitted.data).count("w:basedOn") == 2


def test_what_a_reader_does_not_see_is_warned_of() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché 12 000 €</w:t></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>ancien prix</w:delText></w:r></w:del></w:p>'
    )
    core = (
        '<c:coreProperties xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:description>prix rival</dc:description></c:coreProperties>"
    )
    admitted = admit(docx(body, **{"docProps__core.xml": core}))
    warned = {f.code for f in admitted.findings if f.severity is Severity.WARN}
    assert warned == {"hidden", "revisions", "properties"}
    assert "prix rival" not in content(admitted.data)


def test_a_child_answers_like_the_gate_itself() -> None:
    data = docx(paragraph("Bonjour"))
    taken, here = admit_in_child(data), admit(data)
    assert (taken.data, taken.findings) == (here.data, here.findings)
    admitted, health = examine_in_child(data)
    assert (admitted.data, health.words) == (admit(data).data, 1)


def test_a_child_that_dies_or_lingers_is_a_refusal_in_words() -> None:
    with pytest.raises(Refused) as died:
        in_child("admit", docx(), timeout=10, memory=20 * MIB)
    with pytest.raises(Refused) as late:
        in_child("admit", docx(), timeout=0.001, memory=600 * MIB)
    assert (died.value.code, late.value.code) == ("died", "timeout")


SIGNS = ("<", ">", "/", '"', "w:", "&", "x", "<w:p>", "\0", "é", 'r:id="z" ')
TABLE = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
GOOD = docx(hostile.field("PAGE") + paragraph("Texte") + TABLE)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_mutated_file_is_admitted_or_refused_never_an_error(data: st.DataObject) -> None:
    mutant = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(mutant) - 1))
        mutant[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    _admitted_or_refused(bytes(mutant))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(parts())), st.data())
def test_a_mutated_part_is_admitted_or_refused_never_an_error(
    name: str, data: st.DataObject
) -> None:
    blobs = parts(hostile.field("REF a") + paragraph("Texte"))
    text = str(blobs[name])
    place = data.draw(st.integers(0, len(text) - 1))
    blobs[name] = (
        text[:place]
        + data.draw(st.sampled_from(SIGNS))
        + text[place + data.draw(st.integers(0, 9)) :]
    )
    _admitted_or_refused(zipped(blobs))


def _admitted_or_refused(data: bytes) -> None:
    try:
        admitted = admit(data)
    except Refused:
        return
    assert admit(admitted.data).data == admitted.data


@pytest.mark.published
@pytest.mark.parametrize("path", sorted(PUBLISHED.glob("*.docx")), ids=lambda path: path.stem)
def test_official_forms_pass_the_gate(path: Path) -> None:
    admitted = admit(path.read_bytes())
    assert len(admitted.data) > 10_000
