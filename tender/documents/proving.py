"""The proof of an assembly of ours: what the engine was given and said, put to the proof."""

import hashlib
import logging
from collections.abc import Sequence
from typing import cast

from tender.documents.compose import Part
from tender.documents.engine import cache as keeping
from tender.documents.engine.cache import Cache
from tender.documents.engine.options import Options
from tender.documents.proof.archive import Unreadable
from tender.documents.proof.facts import Facts, facts_of
from tender.documents.proof.places import Source
from tender.documents.proof.proving import PartProof, Proof, prove
from tender.documents.proof.settling import Choices
from tender.documents.proof.words import IN_FILE, UNPROVEN, Failure, Sentence
from tender.documents.report import PartReport, Report

log = logging.getLogger(__name__)


def proof_of(
    parts: Sequence[Part],
    report: Report,
    docx: bytes,
    *,
    options: Options,
    cache: Cache | None = None,
) -> Proof:
    """Prove a document that `compose` made of these parts; facts are kept in the cache by content.

    Reads the parts' own bytes, not what the engine made of them.
    """
    choices = Choices(
        options.revisions,
        options.comments,
        options.hidden,
        "keep" if options.image_dpi is None else "shrink",
    )
    sources = [
        _source(part, told, cache, house=(part.policy or options.policy) != "source")
        for part, told in zip(parts, report.parts, strict=True)
    ]
    try:
        return prove(sources, docx, choices)
    except (LookupError, ValueError, TypeError, AttributeError):
        log.exception("the proof of an assembly failed")
        nothing = tuple(PartProof(source.label, source.name) for source in sources)
        return Proof(nothing, (Failure("proof", "warn", Sentence(IN_FILE), Sentence(UNPROVEN)),))


def _source(part: Part, told: PartReport, cache: Cache | None, *, house: bool) -> Source:
    refused = told.refused is not None
    return Source(
        part.name,
        None if refused else _facts(part.data, cache),
        part.number,
        part.title,
        frozenset(finding.code for finding in told.findings),
        refused,
        house,
        part.divider,
    )


def _facts(data: bytes, cache: Cache | None) -> Facts | None:
    """A file's facts, None where the proof cannot read what the engine could."""
    if cache is None:
        return _read(data)
    key = keeping.key_of("facts", hashlib.sha256(data).hexdigest())
    found = keeping.recall(cache, key)
    if found is not None:
        return cast("Facts", found)
    facts = _read(data)
    keeping.keep(cache, key, facts)
    return facts


def _read(data: bytes) -> Facts | None:
    try:
        return facts_of(data)
    except (Unreadable, ValueError, LookupError):
        return None
