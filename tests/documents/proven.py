"""A document that holds one of each kind of fact, and ways to break them one at a time."""

import io
import zipfile
from collections.abc import Mapping

from tender.documents.proof.facts import facts_of
from tender.documents.proof.places import Source
from tender.documents.proof.proving import Proof, prove
from tender.documents.proof.settling import KEEP, Choices
from tests.documents.made import W, docx, paragraph, png, rels, types, zipped

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WHOLE: dict[str, str] = {
    f"word__{name}.xml": f"{_WML}{name}+xml"
    for name in ("styles", "numbering", "footnotes", "endnotes", "comments")
}
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, shown: str) -> str:
    """A field in five runs."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    told = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return sign.format("begin") + told + sign.format("separate") + run(shown) + sign.format("end")


def refer(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def note(kind: str, number: int, text: str) -> str:
    return f'<w:{kind} w:id="{number}"><w:p>{run(text)}</w:p></w:{kind}>'


def notes(kind: str, *texts: str) -> str:
    inside = "".join(note(kind, n, text) for n, text in enumerate(texts, start=1))
    return f'<w:{kind}s xmlns:w="{W}">{inside}</w:{kind}s>'


def picture(rid: str, number: int) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="{number}" name="Image"/><a:graphic>'
        f'<a:blip r:embed="{rid}"/></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


BODY = (
    '<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:bookmarkStart w:id="1" w:name="_Ref1"/>'
    + run("Contexte") + '<w:bookmarkEnd w:id="1"/></w:p>'
    '<w:p><w:bookmarkStart w:id="2" w:name="_Ref2"/>' + run("Le besoin est clair.")
    + refer("footnote", 1) + run(" Il est daté.") + refer("footnote", 2)
    + refer("endnote", 1) + refer("comment", 1) + '<w:bookmarkEnd w:id="2"/></w:p>'
    + "<w:p>" + run("Voir ") + '<w:hyperlink r:id="rId7">' + run("le site") + "</w:hyperlink></w:p>"
    + paragraph("Écouter", ITEM) + paragraph("Former", ITEM) + paragraph("Évaluer", ITEM)
    + table(("Tâche", "Durée"), ("Cadrage", "deux jours"), ("Bilan", "un jour"))
    + picture("rId8", 1) + picture("rId9", 2)
    + "<w:p>" + run("Comme dit au ") + field(r"REF _Ref1 \h", "Contexte") + run(".") + "</w:p>"
    '<w:p><w:ins w:id="8" w:author="A">' + run("ajout") + "</w:ins>" + run(" et ")
    + '<w:del w:id="9" w:author="A"><w:r><w:delText>retrait</w:delText></w:r></w:del></w:p>'
    + '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="3" name="G"/><a:graphic>'
    f'<c:chart xmlns:c="{_C}" r:id="rId10"/></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    + paragraph("La fin du texte.")
)  # fmt: skip

PARTS: dict[str, str | bytes] = {
    "word__styles.xml": (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Titre1">'
        '<w:name w:val="heading 1"/></w:style></w:styles>'
    ),
    "word__numbering.xml": (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="3"><w:nsid w:val="0A"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        '</w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
        '<w:num w:numId="8"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
    ),
    "word__footnotes.xml": notes("footnote", "Voir le plan.", "Daté de mai."),
    "word__endnotes.xml": notes("endnote", "Une source."),
    "word__comments.xml": notes("comment", "À relire."),
    "word__media__image1.png": png(40, 20, "navy"),
    "word__media__image2.png": png(40, 20, "red"),
    "word__charts__chart1.xml": (
        f'<c:chartSpace xmlns:c="{_C}"><c:v>12</c:v><c:v>15</c:v></c:chartSpace>'
    ),
    "word___rels__document.xml.rels": rels(
        ("rId1", "styles", "styles.xml"), ("rId2", "numbering", "numbering.xml"),
        ("rId3", "footnotes", "footnotes.xml"), ("rId4", "endnotes", "endnotes.xml"),
        ("rId5", "comments", "comments.xml"),
        ("rId7", "hyperlink", "https://exemple.fr/plan", "External"),
        ("rId8", "image", "media/image1.png"), ("rId9", "image", "media/image2.png"),
        ("rId10", "chart", "charts/chart1.xml"),
    ),
    "[Content_Types].xml": types(
        **WHOLE, **{"word__charts__chart1.xml": "application/vnd.openxmlformats-officedocument"
                    ".drawingml.chart+xml"}
    ),
}  # fmt: skip
GOOD = docx(BODY, **PARTS)


def blobs(data: bytes) -> dict[str, bytes]:
    """The parts of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def broken(changes: Mapping[str, tuple[str, str]], data: bytes = GOOD) -> bytes:
    """The same file with one string replaced in each of these parts, by their short names."""
    found = blobs(data)
    for short, (old, new) in changes.items():
        name = next(n for n in (short, f"word/{short}", f"word/{short}.xml") if n in found)
        assert old.encode() in found[name], (name, old)
        found[name] = found[name].replace(old.encode(), new.encode(), 1)
    return zipped(found)


def proof_of(data: bytes, result: bytes, choices: Choices = KEEP, title: str = "") -> Proof:
    """One input against a result."""
    return prove([Source("a.docx", facts_of(data), "4", title)], result, choices)


def lines(proof: Proof) -> list[str]:
    """What a proof has to say."""
    return [str(failure) for failure in proof.failures]
