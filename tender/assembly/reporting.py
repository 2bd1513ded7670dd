"""What became of each section in one run, as plain values that can be said in any language."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from tender.assembly.pages import SectionPages
from tender.core.orm import Json
from tender.documents.proof.proving import PartProof
from tender.documents.report import Note, PartReport

QUOTING = ("details", "unproven")
"""What quotes a section's text."""


def told(part: PartReport) -> Json:
    """Give a part's report; each sentence as {message, params, text}, `text` being French."""
    refused = part.refused
    return part.as_json() | {
        "details": [_detail(note) for note in part.details],
        "changes": [_said(note.message, note.params, str(note)) for note in part.changes],
        "refused": refused and _said(refused.message, refused.params, str(refused)),
    }


def _detail(note: Note) -> Json:
    """Give one change with its place, a sentence of its own."""
    where = note.where
    words = "" if where is None else where.words.format(**where.params)
    place = where and _said(where.words, where.params, words)
    return _said(note.message, note.params, str(note)) | {"place": place}


def without_details(report: Json) -> Json:
    """Give a report without what it quotes of drafts: the run's row is the whole room's."""
    sections: Any = report["sections"]
    kept = [{k: v for k, v in section.items() if k not in QUOTING} for section in sections]
    return report | {"sections": kept}


def _said(message: str, params: Mapping[str, object], text: str) -> Json:
    return {"message": message, "params": dict(params), "text": text}


def sections_told(
    sections: Iterable[Mapping[str, Any]],
    pages: Iterable[SectionPages],
    parts: Iterable[PartReport],
    proofs: Iterable[PartProof],
) -> list[Json]:
    """Join, section by section, the plan's words, the pages, the engine's report, the proof."""
    return [
        counted.as_json()
        | {"id": section["id"], "policy": section.get("policy"), "written": bool(section["key"])}
        | {"words": section.get("words")}
        | {key: value for key, value in told(part).items() if key not in {"name", "title"}}
        | {"proof": {"wanted": dict(proof.wanted), "found": dict(proof.found)}}
        | {"unproven": [failure.as_json() for failure in proof.failures]}
        for section, counted, part, proof in zip(sections, pages, parts, proofs, strict=True)
    ]


def own_sections(manifest: Mapping[str, Any], companies: Iterable[UUID]) -> frozenset[str]:
    """Name the sections of a run whose text, or lack of one, is one of these companies', by id."""
    own = {str(company) for company in companies}
    listed: Any = manifest.get("sections") or []
    return frozenset(s["id"] for s in listed if (s.get("text_of") or s.get("company_id")) in own)
