"""The proof of an assembly as a run keeps it: counts, and what stops it from being sealed."""

from collections.abc import Sequence

from tender.core.orm import Json
from tender.core.text import N_, Text, as_stored, from_stored
from tender.documents.proof.proving import PartProof, Proof

MOST_DEFECTS = 10
UNPROVEN = N_("Section {name} : la preuve relève des écarts avec le fichier déposé ({n}). "
              "Le rapport d’assemblage dit lesquels.")  # fmt: skip


def proof_told(proof: Proof) -> Json:
    """Give what the proof counted in the whole document; nothing of it quotes a section."""
    wanted, found = proof.counts()
    return {
        "holds": proof.holds,
        "wanted": wanted,
        "found": found,
        "defects": [defect.as_json() for defect in proof.defects[:MOST_DEFECTS]],
    }


def proof_findings(proof: Proof, names: Sequence[str]) -> list[Json]:
    """Say which sections are not whole, and what is wrong with the package, without a quote."""
    found = [
        _finding(part, Text(UNPROVEN, name=name, n=len(part.failures)))
        for part, name in zip(proof.parts, names, strict=True)
        if part.failures
    ]
    for defect in proof.defects[:MOST_DEFECTS]:
        place, fact = from_stored(defect.place.as_json()), from_stored(defect.fact.as_json())
        text = Text("{place} : {fact}", place=place, fact=fact)
        found.append({"severity": defect.severity, "text": as_stored(text)})
    return found


def _finding(part: PartProof, text: Text) -> Json:
    blocks = any(failure.severity == "block" for failure in part.failures)
    return {"severity": "block" if blocks else "warn", "text": as_stored(text)}
