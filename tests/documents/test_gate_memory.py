from tender.documents.admission.remembered import Memory
from tender.documents.gate import admit
from tender.documents.packing import Packed, packed
from tests.documents.made import R, W, content, docx, paragraph, rels

V = "urn:schemas-microsoft-com:vml"
STYLE = '<w:style w:type="paragraph" w:styleId="{0}"><w:basedOn w:val="{1}"/></w:style>'


def _styled(text: str) -> bytes:
    """A document whose styles turn in a circle, large enough to be remembered."""
    styles = STYLE.format("A", "B") + STYLE.format("B", "A")
    styles += "".join(STYLE.format(f"S{n}", "A") for n in range(60))
    more = {
        "word___rels__document.xml.rels": rels(("r1", "styles", "styles.xml")),
        "word__styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
    }
    return docx(paragraph(text), **more)


def _part(letter: str) -> Packed:
    return packed(".xml", letter.encode() * 3_000)


def test_a_part_that_comes_again_gives_the_same_document_and_the_same_words() -> None:
    first, again, other = admit(_styled("un")), admit(_styled("un")), admit(_styled("deux"))
    assert again.data == first.data
    assert again.findings == first.findings == other.findings
    assert [finding.code for finding in first.findings] == ["cycle"]


def test_a_remembered_part_is_not_shared_with_the_engine_as_a_tree() -> None:
    admit(_styled("un"))
    one, two = admit(_styled("un")).package, admit(_styled("un")).package
    assert one.pieces["word/styles.xml"].tree("s") is not two.pieces["word/styles.xml"].tree("s")


def test_a_side_part_that_points_to_nothing_is_mended_and_told_each_time() -> None:
    bullet = (
        f'<w:numPicBullet><v:imagedata xmlns:v="{V}" xmlns:r="{R}" r:id="r9"/></w:numPicBullet>'
    )
    more = {
        "word___rels__document.xml.rels": rels(("r1", "numbering", "numbering.xml")),
        "word__numbering.xml": f'<w:numbering xmlns:w="{W}">{bullet}</w:numbering>{" " * 300}',
    }
    for _ in range(2):
        admitted = admit(docx(paragraph("texte"), **more))
        assert [finding.code for finding in admitted.findings] == ["broken"]
        assert "r9" not in content(admitted.data)


def test_what_was_longest_unused_is_forgotten_first() -> None:
    memory = Memory(parts=2)
    for letter in "ab":
        memory.keep("styles", _part(letter), letter.encode() * 3_000, ())
    assert memory.find("styles", _part("a"))
    memory.keep("styles", _part("c"), b"c" * 3_000, ())
    assert memory.find("styles", _part("b")) is None
    assert memory.find("styles", _part("a"))
    assert memory.find("numbering", _part("a")) is None


def test_memory_never_grows_beyond_its_bytes() -> None:
    memory = Memory(size=10)
    memory.keep("styles", _part("a"), b"a" * 3_000, ())
    assert memory.find("styles", _part("a")) is None
