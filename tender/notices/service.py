"""Bringing notices in: one publication is one notice, a chain of them one tender."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy.orm import Session

from tender.core.actor import Actor
from tender.core.errors import Invalid
from tender.core.storage import Storage
from tender.core.storage import sha256 as sha256_of
from tender.formats import notice as neutral
from tender.formats import reading
from tender.history.service import record
from tender.notices import queries, rules, shaping, updating
from tender.notices.changes import ChangeKind
from tender.notices.models import Notice, Tender


class Outcome(StrEnum):
    """What an import did to the tender; `filed` adds a notice to its file and changes nothing."""

    CREATED = "created"
    UPDATED = "updated"
    FILED = "filed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was read and whose bytes are kept."""

    values: Sequence[neutral.Notice]
    raw_key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Imported:
    """One notice brought in."""

    notice: Notice
    tender: Tender
    outcome: Outcome


def receive(data: bytes, storage: Storage) -> Received:
    """Read a file, then keep its bytes; before the transaction. Invalid says what is wrong."""
    try:
        values = reading.read(data)
    except reading.Unreadable as error:
        raise Invalid(error.message, **cast("dict[str, Any]", error.params)) from error
    return keep(values, data, storage)


def keep(values: Sequence[neutral.Notice], data: bytes, storage: Storage) -> Received:
    """Keep the bytes of a file that was read; before the transaction."""
    digest = sha256_of(data)
    key = f"notices/{digest}"
    storage.put(key, data)
    return Received(values, key, digest)


def import_file(
    session: Session, actor: Actor, received: Received, *, now: datetime
) -> list[Imported]:
    """Bring in every notice of a file, or none."""
    return [
        import_notice(
            session, actor, value, raw_key=received.raw_key, sha256=received.sha256, now=now
        )
        for value in received.values
    ]


def import_notice(
    session: Session,
    actor: Actor,
    value: neutral.Notice,
    *,
    raw_key: str,
    sha256: str,
    now: datetime,
) -> Imported:
    """Bring one notice in; twice the same is one, and an older one changes nothing."""
    rules.require_may_import(actor)
    queries.await_turn(session)
    known = _known(session, value, sha256)
    if known is not None:
        return Imported(known, known.tender, Outcome.UNCHANGED)
    tender = _tender_of(session, value)
    if tender is None:
        tender, outcome = updating.begin(session, value, now=now), Outcome.CREATED
        found = updating.first_words(tender, value, now=now)
    else:
        found = updating.update(session, tender, value, now=now)
        outcome = Outcome.UPDATED if updating.matters(found) else Outcome.FILED
    notice = Notice(
        tender_id=tender.id, source=value.format, native_id=value.native_id,
        version=value.version or "", kind=value.kind, title=shaping.title_of(value),
        raw_key=raw_key, sha256=sha256, value=neutral.as_json(value),
        issued_at=shaping.issued_at(value), received_at=now, changes=found, names=_names(value),
        previous=rules.names_of(*value.previous),
    )  # fmt: skip
    session.add(notice)
    _tell(session, actor, notice, outcome, now=now)
    return Imported(notice, tender, outcome)


def _known(session: Session, value: neutral.Notice, sha256: str) -> Notice | None:
    """Find this very publication: the same bytes, or a file around it that differs."""
    kept = queries.editions_of(session, value.format, value.native_id, value.version or "")
    said = neutral.as_json(value)
    return next((n for n in kept if n.sha256 == sha256 or n.value == said), None)


def _tender_of(session: Session, value: neutral.Notice) -> Tender | None:
    return queries.tender_for(
        session,
        procedure_id=value.procedure_id,
        names=_names(value),
        previous=rules.names_of(*value.previous),
        kind=value.kind,
    )


def _names(value: neutral.Notice) -> list[str]:
    return rules.names_of(value.native_id, value.publication_id)


def _tell(
    session: Session, actor: Actor, notice: Notice, outcome: Outcome, *, now: datetime
) -> None:
    record(
        session, actor, "notices.imported", now=now, object_id=notice.tender_id,
        source=notice.source, native_id=notice.native_id, version=notice.version, outcome=outcome,
    )  # fmt: skip
    for change in notice.changes:
        if change["kind"] == ChangeKind.DEADLINE:
            before, after = str(change["before"] or ""), str(change["after"] or "")
            record(
                session, actor, "notices.deadline_changed", now=now, object_id=notice.tender_id,
                native_id=notice.native_id, before=before, after=after,
            )  # fmt: skip
        elif change["kind"] == ChangeKind.CANCELLED:
            record(
                session, actor, "notices.cancelled", now=now, object_id=notice.tender_id,
                native_id=notice.native_id,
            )  # fmt: skip
