"""Keeping papers: a file is stored first, its row then says that it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tender.companies.models import Company
from tender.core.actor import Actor
from tender.core.storage import Storage
from tender.history import service as history
from tender.vault import queries, rules
from tender.vault.models import ComplianceDocument, PaperKind


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody says of a paper."""

    kind: PaperKind
    issued_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies in the storage and belongs to no row yet."""

    name: str
    key: str
    sha256: str
    size: int


@contextmanager
def stored(
    storage: Storage, company_id: UUID, kind: PaperKind, *, name: str, data: bytes
) -> Iterator[StoredFile]:
    """Judge and store a file, for the transaction inside the block; gone again if that fails.

    A transaction whose end is unknown, because the database went away, leaves the file: one too
    many does no harm, a missing one does.
    """
    found = rules.type_of(data)
    key = f"vault/{company_id}/{uuid4().hex}"
    digest = storage.put(key, data)
    try:
        yield StoredFile(rules.shown_name(name, kind, found), key, digest, len(data))
    except OperationalError:
        raise
    except BaseException:
        storage.delete(key)
        raise


def add_paper(
    session: Session, actor: Actor, company_id: UUID, entry: Entry, file: StoredFile, *,
    now: datetime,
) -> ComplianceDocument:  # fmt: skip
    """Put a paper into a vault; the one it replaces stays, with the day of its end."""
    rules.require_keeps(actor, company_id)
    rules.require_dates(entry.issued_on, entry.expires_on, on=rules.today(now))
    session.scalars(select(Company).where(Company.id == company_id).with_for_update()).one()
    former = queries.current_paper(session, company_id, entry.kind)
    if former is not None:
        former.replaced_at = now
        session.flush()  # one current paper of a kind: the old one leaves before the new one comes
    paper = ComplianceDocument(
        company_id=company_id, kind=entry.kind, issued_on=entry.issued_on,
        expires_on=entry.expires_on, file_name=file.name, file_key=file.key, sha256=file.sha256,
        size=file.size, added_at=now, added_by=actor.name,
    )  # fmt: skip
    session.add(paper)
    history.record(
        session, actor, "vault.paper_added", now=now, object_id=paper.id, kind=entry.kind.value
    )
    return paper


def paper_to_read(
    session: Session, actor: Actor, company_id: UUID, paper_id: UUID, *, now: datetime
) -> ComplianceDocument:
    """Find a paper that the person is about to download, and note that they do."""
    paper = queries.paper_of(session, actor, company_id, paper_id)
    history.record(
        session, actor, "vault.paper_read", now=now, object_id=paper.id, kind=paper.kind.value
    )
    return paper
