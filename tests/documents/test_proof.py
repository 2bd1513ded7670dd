import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tender.documents.proof.facts import facts_of
from tender.documents.proof.places import Source
from tender.documents.proof.proving import prove
from tender.documents.proof.settling import KEEP, Choices
from tests.documents.made import docx, paragraph, png, zipped
from tests.documents.proven import BODY, GOOD, PARTS, blobs, broken, lines, proof_of, table


def test_a_file_proves_itself() -> None:
    proof = proof_of(GOOD, GOOD)
    assert lines(proof) == []
    assert proof.holds
    assert proof.counts()[0] == proof.counts()[1]
    assert proof.counts()[0] == {
        "paragraphs": 18, "images": 2, "charts": 1, "footnotes": 2, "endnotes": 1, "comments": 1,
        "links": 1, "references": 1, "numbers": 3,
    }  # fmt: skip


BREAKS = {
    "a paragraph dropped": (
        "document", paragraph("La fin du texte."), "",
        ["Section 4, paragraphe 12 : le texte « La fin du texte. » manque."],
    ),
    "a word changed": (
        "document", "La fin", "La faim",
        [("Section 4, paragraphe 12 : le texte « La fin du texte. » est devenu"
          " « La faim du texte. ».")],
    ),
    "a cell emptied": (
        "document", "deux jours", "",
        ["Section 4, tableau 1, ligne 2 : le texte « deux jours » manque."],
    ),
    "two paragraphs joined": (
        "document", "Tâche</w:t></w:r></w:p></w:tc><w:tc><w:p><w:pPr></w:pPr><w:r><w:t>", "Tâche ",
        ["Section 4, tableau 1, ligne 1 : le texte « Tâche » est devenu « Tâche Durée ».",
         "Section 4, tableau 1, ligne 1 : le texte « Durée » manque."],
    ),
    "an image changed for the other": (
        "document", 'r:embed="rId9"', 'r:embed="rId8"',
        ["Section 4, paragraphe 8 : l’image n° 2 n’est plus la même."],
    ),
    "an image lost": (
        "document", '<a:blip r:embed="rId8"/>', "",
        ["Section 4, paragraphe 7 : l’image n° 1 manque."],
    ),
    "a link elsewhere": (
        "_rels/document.xml.rels", "https://exemple.fr/plan", "https://autre.fr/",
        ["Section 4, paragraphe 3 : le lien vers https://exemple.fr/plan mène à https://autre.fr/."],
    ),
    "a link lost": (
        "document", '<w:hyperlink r:id="rId7">', "<w:hyperlink>",
        ["Section 4, paragraphe 3 : le lien vers https://exemple.fr/plan manque."],
    ),
    "a footnote lost": (
        "document", '<w:r><w:footnoteReference w:id="2"/></w:r>', "",
        ["Section 4, paragraphe 2 : la note de bas de page « Daté de mai. » manque."],
    ),
    "a footnote for another": (
        "document", '<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="1"/>',
        [("Section 4, paragraphe 2 : la note de bas de page « Daté de mai. » est devenue"
         " « Voir le plan. ».")],
    ),
    "a footnote's words": (
        "footnotes", "Daté de mai.", "Daté de juin.",
        [("Section 4, paragraphe 2 : la note de bas de page « Daté de mai. » est devenue"
         " « Daté de juin. ».")],
    ),
    "a footnote elsewhere in its paragraph": (
        "document", ('<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t xml:space="preserve">'
        " Il est daté.</w:t></w:r>"), ('<w:r><w:t xml:space="preserve"> Il est daté.</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        [("Section 4, paragraphe 2 : dans « Le besoin est clair. Il est daté. », un élément n’est"
         " plus à sa place.")],
    ),
    "an endnote": (
        "endnotes", "Une source.", "Autre chose.",
        ["Section 4, paragraphe 2 : la note de fin « Une source. » est devenue « Autre chose. »."],
    ),
    "a comment": (
        "comments", "À relire.", "Relu.",
        ["Section 4, paragraphe 2 : le commentaire « À relire. » est devenu « Relu. »."],
    ),
    "a list that starts elsewhere": (
        "numbering", '<w:start w:val="1"/>', '<w:start w:val="4"/>',
        ["Section 4, paragraphe 4 : le numéro de liste « 1. » est devenu « 4. ».",
         "Section 4, paragraphe 5 : le numéro de liste « 2. » est devenu « 5. ».",
         "Section 4, paragraphe 6 : le numéro de liste « 3. » est devenu « 6. »."],
    ),
    "an item out of the list": (
        "document", '<w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>Évaluer',
        '<w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>Évaluer',
        ["Section 4, paragraphe 6 : le numéro de liste « 3. » manque."],
    ),
    "a list that starts anew": (
        "document", '<w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>Évaluer',
        '<w:numId w:val="8"/></w:numPr></w:pPr><w:r><w:t>Évaluer',
        ["Section 4, paragraphe 6 : le numéro de liste « 3. » est devenu « 5. »."],
    ),
    "a reference elsewhere": (
        "document", "REF _Ref1", "REF _Ref2",
        [("Section 4, paragraphe 9 : le renvoi à « Contexte » mène à « Le besoin est clair. Il est"
         " daté. ».")],
    ),
    "a reference to nothing": (
        "document", "REF _Ref1", "REF _Ref9",
        ["Section 4, paragraphe 9 : le renvoi à « Contexte » mène à « ? »."],
    ),
    "a tracked insertion accepted": (
        "document", '<w:ins w:id="8" w:author="A">', '<w:smartTag>',
        [("Section 4, paragraphe 10 : dans « ajout et retrait », les modifications suivies ne sont"
         " plus les mêmes.")],
    ),
    "a chart's values": (
        "word/charts/chart1.xml", "<c:v>15</c:v>", "<c:v>51</c:v>",
        ["Section 4, paragraphe 11 : le graphique n° 1 n’est plus le même."],
    ),
    "text in excess": (
        "document", paragraph("La fin du texte."), paragraph("La fin du texte.") + paragraph("Hop"),
        ["Section 4 : le texte « Hop » n’est pas dans le fichier déposé."],
    ),
    "a table's shape": (
        "document", "</w:tr><w:tr><w:tc><w:p><w:pPr></w:pPr><w:r><w:t>Bilan",
        "<w:tc><w:p><w:pPr></w:pPr><w:r><w:t>Bilan",
        [("Section 4, tableau 1, ligne 3 : les lignes ou les cellules d’un tableau ne sont plus les"
         " mêmes.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_each_fact_that_is_broken_is_named_with_its_place(name: str) -> None:
    part, old, new, expected = BREAKS[name]
    told = lines(proof_of(GOOD, broken({part: (old, new)})))
    told = [line for line in told if "Le fichier assemblé" not in line]
    assert told == expected


def test_two_paragraphs_that_change_places_are_told_once() -> None:
    one, other = paragraph("Premier texte du document."), paragraph("Et puis un second.")
    told = lines(proof_of(docx(one + other + paragraph("z")), docx(other + one + paragraph("z"))))
    assert told == [
        "Section 4, paragraphe 2 : le texte « Et puis un second. » n’est plus à sa place."
    ]


def test_an_image_replaced_by_other_bytes_is_seen() -> None:
    found = blobs(GOOD)
    found["word/media/image1.png"] = png(40, 20, "black")
    assert lines(proof_of(GOOD, zipped(found))) == [
        "Section 4, paragraphe 7 : l’image n° 1 n’est plus la même."
    ]


def test_a_smaller_image_is_taken_only_when_the_assembly_makes_them_smaller() -> None:
    found = blobs(GOOD)
    found["word/media/image1.png"] = png(20, 10, "navy")
    shrunk = Choices(images="shrink")
    assert lines(proof_of(GOOD, zipped(found), shrunk)) == []
    assert len(lines(proof_of(GOOD, zipped(found)))) == 1
    found["word/media/image1.png"] = png(20, 20, "navy")
    assert len(lines(proof_of(GOOD, zipped(found), shrunk))) == 1


@given(some.sets(some.integers(0, 39), max_size=12), some.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_exactly_the_paragraphs_that_were_removed_are_named(
    gone: set[int], chance: random.Random
) -> None:
    texts = [f"Paragraphe {n} : {' '.join(chance.choices(WORDS, k=6))}." for n in range(40)]
    whole = [paragraph(text) for text in texts]
    left = [part for n, part in enumerate(whole) if n not in gone]
    told = lines(proof_of(docx("".join(whole)), docx("".join([*left, paragraph("fin")]))))
    added = ["Section 4 : le texte « fin » n’est pas dans le fichier déposé."]
    expected = [n for n in range(40) if n in gone]
    assert [line.split("« ", 1)[1].split(" :")[0] for line in told[: len(expected)]] == [
        f"Paragraphe {n}" for n in expected
    ]
    assert told[len(expected) :] == added


WORDS = ["groupement", "forme", "agents", "mesure", "progrès", "année", "poste", "équipe"]


def test_many_failures_are_counted_in_the_end() -> None:
    whole = "".join(paragraph(f"Texte numéro {n}") for n in range(400))
    proof = proof_of(docx(whole), docx(paragraph("rien")))
    assert lines(proof)[-1] == "Section 4 : autres écarts, non détaillés : 201."
    assert proof.counts() == ({"paragraphs": 400}, {"paragraphs": 0})


def test_sections_are_found_by_their_headings_in_order() -> None:
    def titled(text: str) -> str:
        return paragraph(text, '<w:pStyle w:val="Titre1"/>')

    one, two = docx(paragraph("un"), **PARTS), docx(paragraph("deux"), **PARTS)
    sources = [Source("a", facts_of(one), "1", "Méthode"), Source("b", facts_of(two), "2", "Prix")]
    good = titled("Sommaire") + titled("Méthode") + paragraph("un") + titled("2\tPrix")
    result = docx(good + paragraph("deux"), **PARTS)
    assert lines(prove(sources, result, KEEP)) == []
    result = docx(titled("Méthode") + paragraph("un") + paragraph("deux"), **PARTS)
    assert lines(prove(sources, result, KEEP)) == [
        "Section 1 : le texte « deux » n’est pas dans le fichier déposé.",
        "Section 2 : le titre de la section manque.",
        "Section 2, paragraphe 1 : le texte « deux » manque.",
    ]


def test_a_refused_part_must_leave_its_page() -> None:
    def titled(text: str) -> str:
        return paragraph(text, '<w:pStyle w:val="Titre1"/>')

    source = Source("Prix.docx", None, "1", "Prix", refused=True)
    told = docx(titled("Prix") + paragraph("Fichier : Prix.docx"), **PARTS)
    assert lines(prove([source], told, KEEP)) == []
    silent = docx(titled("Prix"), **PARTS)
    assert len(lines(prove([source], silent, KEEP))) == 1


def test_what_the_assembly_said_it_took_out_is_not_missed() -> None:
    unsafe = broken({"_rels/document.xml.rels": ("https://exemple.fr/plan", "file:///c:/plan")})
    without = broken({"document": ('<w:hyperlink r:id="rId7">', "<w:hyperlink>")})
    told = Source("a", facts_of(unsafe), "4", said=frozenset({"link"}))
    assert lines(prove([told], without, KEEP)) == []
    untold = Source("a", facts_of(unsafe), "4")
    assert len(lines(prove([untold], without, KEEP))) == 1


def test_a_document_embedded_in_a_section_may_be_written_out() -> None:
    both = docx(paragraph("un") + paragraph("dedans") + paragraph("deux"))
    parts = facts_of(docx(paragraph("un") + paragraph("deux")))
    assert lines(prove([Source("a", parts, "4", said=frozenset({"aFChunk"}))], both, KEEP)) == []
    assert len(lines(prove([Source("a", parts, "4")], both, KEEP))) == 1


def test_a_file_the_proof_cannot_read_proves_nothing_and_says_so() -> None:
    (told,) = prove([Source("a", None, "4")], GOOD, KEEP).failures
    assert told.severity == "warn"
    (told,) = prove([Source("a", facts_of(GOOD), "4")], b"PK", KEEP).failures
    assert told.severity == "block"


def test_choices_say_what_the_result_must_show() -> None:
    accepted = broken({"document": (_cut_out(BODY, "<w:ins ", "</w:del>"), run_of("ajout et "))})
    accept = Choices(revisions="accept")
    assert lines(proof_of(GOOD, accepted, accept)) == []
    assert len(lines(proof_of(GOOD, GOOD, accept))) == 1
    rejected = broken({"document": (_cut_out(BODY, "<w:ins ", "</w:del>"), run_of(" et retrait"))})
    assert lines(proof_of(GOOD, rejected, Choices(revisions="reject"))) == []
    dropped = broken({"document": ('<w:r><w:commentReference w:id="1"/></w:r>', "")})
    assert lines(proof_of(GOOD, dropped, Choices(comments="drop"))) == []
    assert len(lines(proof_of(GOOD, dropped))) == 1


def _cut_out(text: str, start: str, end: str) -> str:
    at = text.index(start)
    return text[at : text.index(end, at) + len(end)]


def run_of(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_a_removed_row_is_lost_text_of_its_table() -> None:
    rows = [("Tâche", "Durée"), ("Cadrage", "deux jours"), ("Bilan", "un jour")]
    told = lines(proof_of(docx(table(*rows)), docx(table(rows[0], rows[2]))))
    assert told == [
        "Section 4, tableau 1, ligne 2 : le texte « Cadrage » manque.",
        "Section 4, tableau 1, ligne 2 : le texte « deux jours » manque.",
    ]
