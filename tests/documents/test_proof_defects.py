import io
import zipfile

import pytest

from tender.documents.proof.archive import Archive
from tender.documents.proof.defects import defects_of
from tests.documents.made import paragraph, zipped
from tests.documents.proven import GOOD, blobs, broken


def told(data: bytes) -> list[str]:
    return [str(failure.fact) for failure in defects_of(Archive(data))]


def test_a_good_package_has_no_defect() -> None:
    assert told(GOOD) == []


BREAKS = {
    "a bookmark's id twice": (
        "document", 'w:id="2" w:name="_Ref2"', 'w:id="1" w:name="_Ref2"',
        ["un signet n’a pas à la fois un début et une fin (1).",
         "un signet n’a pas à la fois un début et une fin (2).",
         "Signets : l’identifiant 1 sert deux fois."],
    ),
    "a bookmark's name twice": (
        "document", 'w:name="_Ref2"', 'w:name="_ref1"',
        ["deux signets portent le même nom (_ref1)."],
    ),
    "a bookmark without an end": (
        "document", '<w:bookmarkEnd w:id="2"/>', "",
        ["un signet n’a pas à la fois un début et une fin (2)."],
    ),
    "a drawing's id twice": (
        "document", '<wp:docPr id="2"', '<wp:docPr id="1"',
        ["Dessins : l’identifiant 1 sert deux fois."],
    ),
    "a relationship that is not there": (
        "document", 'r:embed="rId8"', 'r:embed="rId77"',
        ["word/document.xml emploie une relation qui n’existe pas (rId77)."],
    ),
    "a relationship to nothing": (
        "_rels/document.xml.rels", "media/image1.png", "media/image7.png",
        ["word/document.xml renvoie à une pièce qui manque (word/media/image7.png)."],
    ),
    "a relationship's id twice": (
        "_rels/document.xml.rels", 'Id="rId9"', 'Id="rId8"',
        ["word/document.xml emploie une relation qui n’existe pas (rId9).",
         "word/document.xml a deux relations du même identifiant (rId8)."],
    ),
    "a note that is not there": (
        "document", '<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="5"/>',
        ["Notes de bas de page : le texte renvoie à 5, qui n’existe pas."],
    ),
    "a note's id twice": (
        "footnotes", '<w:footnote w:id="2">', '<w:footnote w:id="1">',
        ["Notes de bas de page : le texte renvoie à 2, qui n’existe pas.",
         "Notes de bas de page : l’identifiant 1 sert deux fois."],
    ),
    "a comment that is not there": (
        "document", '<w:commentReference w:id="1"/>', '<w:commentReference w:id="3"/>',
        ["Commentaires : le texte renvoie à 3, qui n’existe pas."],
    ),
    "a list that is not there": (
        "document", '<w:numId w:val="7"/>', '<w:numId w:val="70"/>',
        ["Listes : le texte renvoie à 70, qui n’existe pas."],
    ),
    "a list's id twice": (
        "numbering", '<w:num w:numId="8">', '<w:num w:numId="7">',
        ["Listes : l’identifiant 7 sert deux fois."],
    ),
    "a list without its definition": (
        "numbering", '<w:abstractNumId w:val="3"/></w:num>', '<w:abstractNumId w:val="4"/></w:num>',
        ["Modèles de listes : le texte renvoie à 4, qui n’existe pas."],
    ),
    "a definition after the lists": (
        "numbering", "</w:numbering>", '<w:abstractNum w:abstractNumId="5"/></w:numbering>',
        ["des éléments de numbering ne sont pas dans l’ordre que veut le format (w:abstractNum)."],
    ),
    "a style that is not there": (
        "document", 'w:val="Titre1"', 'w:val="Titre9"',
        ["le texte emploie un style qui n’existe pas (Titre9)."],
    ),
    "a style's id twice": (
        "styles", 'w:styleId="Titre1"', 'w:styleId="Normal"',
        ["le texte emploie un style qui n’existe pas (Titre1).",
         "Styles : l’identifiant Normal sert deux fois."],
    ),
    "properties out of order": (
        "document", '<w:pPr><w:pStyle w:val="Titre1"/>',
        '<w:pPr><w:jc w:val="left"/><w:pStyle w:val="Titre1"/>',
        ["des propriétés pPr ne sont pas dans l’ordre que veut le format (w:pStyle)."],
    ),
    "a run's properties out of order": (
        "document", "<w:r><w:t>Écouter", "<w:r><w:rPr><w:sz/><w:b/></w:rPr><w:t>Écouter",
        ["des propriétés rPr ne sont pas dans l’ordre que veut le format (w:b)."],
    ),
    "a section's properties out of order": (
        "document", '<w:pgSz w:w="11906"', '<w:cols/><w:pgSz w:w="11906"',
        ["des propriétés sectPr ne sont pas dans l’ordre que veut le format (w:pgSz)."],
    ),
    "a cell without a paragraph": (
        "document", paragraph("deux jours"), "",
        ["une cellule de tableau ne finit pas par un paragraphe."],
    ),
    "a field without an end": (
        "document", '<w:fldChar w:fldCharType="end"/>', "",
        ["des champs n’ont pas à la fois un début et une fin."],
    ),
    "broken XML": (
        "comments", "</w:comments>", "</w:comment>",
        ["la pièce word/comments.xml n’est pas du XML bien formé."],
    ),
    "a part without a type": (
        "[Content_Types].xml", '<Default Extension="png" ContentType="image/png"/>', "",
        ["la pièce word/media/image1.png n’a pas de type déclaré.",
         "la pièce word/media/image2.png n’a pas de type déclaré."],
    ),
    "two main parts": (
        "[Content_Types].xml", "wordprocessingml.styles+xml",
        "wordprocessingml.document.main+xml",
        ["il y a 2 pièces principales au lieu d’une."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_each_defect_is_told_in_words(name: str) -> None:
    part, old, new, expected = BREAKS[name]
    assert told(broken({part: (old, new)})) == expected


def test_a_part_that_is_declared_and_missing_is_told() -> None:
    found = blobs(GOOD)
    del found["word/comments.xml"]
    assert "la pièce word/comments.xml est déclarée et manque." in told(zipped(found))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_told() -> None:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/comments.xml", blobs(GOOD)["word/comments.xml"])
    assert told(out.getvalue()) == ["deux pièces portent le même nom (word/comments.xml)."]


def test_bytes_that_do_not_match_their_checksum_are_told() -> None:
    at = GOOD.index(b"word/comments.xml") + len("word/comments.xml")
    data = GOOD[: at + 12] + bytes([GOOD[at + 12] ^ 0xFF]) + GOOD[at + 13 :]
    assert "la pièce word/comments.xml est illisible." in told(data)
