"""From a frozen manifest to the files: reads and writes storage, knows no database, no clock."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tender.assembly.ascii_names import document_name
from tender.assembly.pages import SectionPages, counted
from tender.assembly.parts import Tell, Unusable, collected
from tender.assembly.proven import proof_findings, proof_told
from tender.assembly.reporting import sections_told, without_details
from tender.assembly.rules import RunKind, Step
from tender.core.orm import Json
from tender.core.storage import Storage, sha256
from tender.core.text import N_, Text, as_stored
from tender.documents.assemble import Assembled, assemble
from tender.documents.compose import Part
from tender.documents.cover import Cover
from tender.documents.engine.cache import Cache
from tender.documents.engine.options import Options
from tender.documents.house import house_template
from tender.documents.render import Engine


@dataclass(frozen=True, slots=True)
class Built:
    """What came out: files as {name, key, sha256, size}, counts, and what to tell people."""

    files: list[Json]
    pages: int
    binding: bool
    report: Json
    findings: list[Json] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bench:
    """What a build needs beside its manifest."""

    storage: Storage
    folder: str
    engine: Engine
    tell: Tell
    stopped: Callable[[], bool]
    cache: Cache | None = None


def build(manifest: Mapping[str, Any], bench: Bench) -> Built:
    """Assemble, render, check and store; equal manifests give equal documents.

    Raises Unusable, documents' Refused, and Cancelled when `stopped` says so.
    """
    parts = collected(manifest, bench.storage, bench.tell)
    bench.tell(Step.COVER, 0, 0, manifest["bid"]["title"])
    made = assemble(
        _template(manifest),
        parts,
        cover=_cover(manifest),
        options=_options(manifest),
        engine=bench.engine,
        cache=bench.cache,
        progress=_Progress(bench.tell, parts),
        cancelled=bench.stopped,
    )
    bench.tell(Step.CHECK, 0, 0, f"{made.pages} pages, {made.engine}")
    sections = counted(manifest["sections"], made.outline, made.page_of, made.pages)
    report = _report(manifest, made, sections)
    bench.tell(Step.STORE, 0, 0, "")
    return Built(
        _store(manifest, made, report, bench), made.pages, made.binding, without_details(report),
        _findings(manifest, made, sections),
    )  # fmt: skip


def _template(manifest: Mapping[str, Any]) -> bytes:
    template = house_template()
    if sha256(template) != manifest["template"]["sha256"]:
        raise Unusable(Text("Le gabarit de la maison a changé. Relancez un assemblage."))
    return template


def _cover(manifest: Mapping[str, Any]) -> Cover:
    bid = manifest["bid"]
    return Cover(
        title=bid["title"],
        buyer=bid["buyer"],
        lots=tuple(f"Lot {lot['number']} : {lot['title']}" for lot in bid["lots"]),
        lead=bid["lead"],
        members=tuple(bid["members"]),
        date=manifest["dated"],
    )


def _options(manifest: Mapping[str, Any]) -> Options:
    return Options(**manifest["settings"], draft=manifest["kind"] == RunKind.TRIAL.value)


class _Progress:
    """Turns the engine's count (the parts, then two renderings) into the steps people see."""

    def __init__(self, tell: Tell, parts: list[Part]) -> None:
        self.tell = tell
        self.parts = parts
        self.composed = False

    def __call__(self, done: int, total: int) -> None:
        count = len(self.parts)
        if done < count or not self.composed:
            self.composed = done >= count
            self.tell(Step.SECTIONS, done, count, self.parts[done - 1].name)
        elif done == count:
            self.tell(Step.CONTENTS, 0, 0, "")
        elif done < total:
            self.tell(Step.RENDER, 0, 0, "")


def _report(manifest: Mapping[str, Any], made: Assembled, sections: list[SectionPages]) -> Json:
    """Say what became of each section, as plain values."""
    return {
        "engine": made.engine,
        "binding": made.binding,
        "pages": made.pages,
        "page_limit": manifest["page_limit"],
        "sections": sections_told(
            manifest["sections"], sections, made.report.parts, made.proof.parts
        ),
        "proof": proof_told(made.proof),
    }


def _findings(
    manifest: Mapping[str, Any], made: Assembled, sections: list[SectionPages]
) -> list[Json]:
    found = [
        _finding("block", N_("La section {name} n’a pas pu être insérée : {reason}"),
                 name=part.name, reason=Text(part.refused.message, **part.refused.params))
        for part in made.report.parts if part.refused is not None
    ]  # fmt: skip
    limit = manifest["page_limit"]
    if limit is not None and made.pages > limit:
        words = (
            N_("Le document fait {pages} pages ; le règlement en autorise {limit}.")
            if made.binding
            else N_("Le document fait {pages} pages (estimation) ; le règlement en autorise "
                    "{limit}.")
        )  # fmt: skip
        found.append(
            _finding("block" if made.binding else "warn", words, pages=made.pages, limit=limit)
        )
    found += [
        _finding("warn", N_("La section {name} fait {pages} pages pour {budget} prévues."),
                 name=f"{s.number} {s.title}", pages=s.pages, budget=s.budget)
        for s in sections if s.over
    ]  # fmt: skip
    return found + proof_findings(made.proof, [f"{s.number} {s.title}" for s in sections])


def _finding(severity: str, message: str, **params: object) -> Json:
    return {"severity": severity, "text": as_stored(Text(message, **params))}


def _store(manifest: Mapping[str, Any], made: Assembled, report: Json, bench: Bench) -> list[Json]:
    name = document_name(manifest["bid"]["ref"], trial=manifest["kind"] == RunKind.TRIAL.value)
    plain = json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True).encode()
    files = []
    for file_name, data in (
        (f"{name}.docx", made.docx),
        (f"{name}.pdf", made.pdf),
        (f"{name}-rapport.json", plain),
    ):
        key = f"{bench.folder}/{file_name}"
        digest = bench.storage.put(key, data)
        files.append({"name": file_name, "key": key, "sha256": digest, "size": len(data)})
    return files
