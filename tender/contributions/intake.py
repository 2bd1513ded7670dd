"""Taking a text in: through the gate in a child process, then into storage, before any row."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tender.contributions.models import RevisionKind
from tender.contributions.names import safe_name
from tender.contributions.rules import LONGEST_TEXT
from tender.contributions.wording import clean_text, lines_of
from tender.core.errors import Invalid
from tender.core.orm import Json
from tender.core.storage import Storage
from tender.documents import sandboxed
from tender.documents.errors import Refused
from tender.documents.inspect import Health, inspect
from tender.documents.preview import preview_html
from tender.documents.text import docx_from_text

KEPT = ("words", "pages", "tables", "images", "footnotes", "comments", "revisions", "hidden",
        "placeholders", "landscape_sections", "wide_tables", "styles", "findings")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Intake:
    """A text that was examined and stored, and that no row knows yet."""

    kind: RevisionKind
    file_name: str
    file_key: str
    sha256: str
    size: int
    health: Json
    text: str


def take_in_file(
    storage: Storage, bid_id: UUID, section_id: UUID, *, name: str, data: bytes
) -> Intake:
    """Examine an uploaded .docx and store it rewritten, the original aside; raises Invalid."""
    try:
        admitted, health = sandboxed.examine_in_child(data)
    except Refused as refused:
        params: dict[str, Any] = refused.params
        raise Invalid(refused.message, field="file", **params) from refused
    preview = _preview(admitted.data)
    key = _new_key(bid_id, section_id)
    digest = _put_all(storage, key, admitted.data, data, preview)
    return Intake(
        RevisionKind.DOCX, safe_name(name), key, digest, len(admitted.data), _kept(health),
        clean_text(lines_of(preview)),
    )  # fmt: skip


def take_in_text(storage: Storage, bid_id: UUID, section_id: UUID, *, text: str) -> Intake:
    """Make a .docx of what was typed and store it; raises Invalid."""
    typed = clean_text(text)
    if not typed.strip():
        raise Invalid("Écrivez le texte de la section avant de l’enregistrer.", field="text")
    if len(typed) > LONGEST_TEXT:
        raise Invalid(
            "Le texte dépasse {most} caractères : partagez-le en plusieurs sections.",
            field="text",
            most=LONGEST_TEXT,
        )
    data = docx_from_text(typed)  # of our own making: no child process needs to read it
    key = _new_key(bid_id, section_id)
    digest = _put_all(storage, key, data, typed.encode(), preview_html(data))
    return Intake(
        RevisionKind.TEXT, "texte.docx", key, digest, len(data), _kept(inspect(data)), typed
    )


def forget(storage: Storage, intake: Intake) -> None:
    """Remove the files of a text that no row was made for."""
    for key in (intake.file_key, original_key(intake.file_key), preview_key(intake.file_key)):
        storage.delete(key)


def original_key(file_key: str) -> str:
    """Say where the file lies as it came."""
    return file_key.removesuffix(".docx") + ".original"


def preview_key(file_key: str) -> str:
    """Say where the safe HTML of a file lies."""
    return file_key.removesuffix(".docx") + ".html"


def _new_key(bid_id: UUID, section_id: UUID) -> str:
    return f"bids/{bid_id}/sections/{section_id}/{secrets.token_hex(16)}.docx"


def _kept(health: Health) -> Json:
    plain = health.as_json()
    return {name: plain[name] for name in KEPT}


def _preview(data: bytes) -> str:
    """Give the safe HTML; a document may be sound and yet have none."""
    try:
        return sandboxed.preview_in_child(data)
    except Refused:
        return ""


def _put_all(storage: Storage, key: str, clean: bytes, original: bytes, preview: str) -> str:
    """Store the three files, or none."""
    files: Mapping[str, bytes] = {
        original_key(key): original,
        preview_key(key): preview.encode(),
        key: clean,
    }
    digests = {}
    try:
        for name, data in files.items():
            digests[name] = storage.put(name, data)
    except Invalid:
        for name in files:
            storage.delete(name)
        raise
    return digests[key]
