"""What a run keeps of its proof: counts, and findings that quote nobody."""

from tender.assembly.proven import proof_findings, proof_told
from tender.core.text import from_stored
from tender.documents.proof.proving import PartProof, Proof
from tender.documents.proof.words import Failure, Sentence

LOST = Failure("paragraphs", "block", Sentence("Ici"), Sentence("« {t} » manque.", {"t": "secret"}))
BROKEN = Failure("package", "warn", Sentence("Le fichier"), Sentence("n° {n}", {"n": 3}))
PARTS = (
    PartProof("1", "a", {"paragraphs": 4}, {"paragraphs": 4}),
    PartProof("2", "b", {"paragraphs": 5, "images": 1}, {"paragraphs": 4, "images": 1}, (LOST,)),
)


def test_a_section_that_is_not_whole_stops_the_sealing_without_a_quote() -> None:
    found = proof_findings(Proof(PARTS, (BROKEN,)), ["1 Un", "2 Deux"])
    assert [f["severity"] for f in found] == ["block", "warn"]
    said = [str(from_stored(f["text"])) for f in found]  # type: ignore[arg-type]
    assert said == [
        (
            "Section 2 Deux : la preuve relève des écarts avec le fichier déposé (1). "
            "Le rapport d’assemblage dit lesquels."
        ),
        "Le fichier : n° 3",
    ]


def test_the_run_keeps_counts_of_the_whole() -> None:
    told = proof_told(Proof(PARTS))
    assert told["holds"] is False
    assert told["wanted"] == {"paragraphs": 9, "images": 1}
    assert told["found"] == {"paragraphs": 8, "images": 1}
    assert "secret" not in str(told)
    assert proof_findings(Proof(PARTS[:1]), ["1 Un"]) == []
