"""Loading lists of codes: whole, once, and each version for ever."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tender.core.actor import Actor
from tender.core.orm import uuid7
from tender.formats.codelists.entries import CodeList as Published
from tender.history.service import record
from tender.reference import queries, rules
from tender.reference.models import CodeLabel, CodeList


class Outcome(StrEnum):
    """What a loading did; `restored` puts a version back that was loaded before."""

    LOADED = "loaded"
    RESTORED = "restored"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list that is in force."""

    codes: CodeList
    outcome: Outcome


def load_list(
    session: Session, actor: Actor, published: Published, *, now: datetime,
    name: str | None = None, version: str | None = None,
) -> Loaded:  # fmt: skip
    """Put a list in force; `name` and `version` speak where the file does not."""
    rules.require_may_load(actor)
    wanted = rules.name_of(name or published.name)
    edition = rules.version_of(version or published.version or now.date().isoformat())
    digest = _digest(published)
    before = queries.list_for_update(session, wanted)
    known = queries.list_of(session, wanted, edition, digest)
    if known is not None and known.in_force:
        return Loaded(known, Outcome.UNCHANGED)
    if before is not None:
        before.in_force = False
        session.flush()  # of one name two are never in force, not even within the transaction
    made = known or _written(session, actor, published, wanted, edition, digest, now)
    made.in_force = True
    record(
        session, actor, "reference.loaded", now=now, object_id=made.id,
        list=wanted, version=edition, codes=made.count,
    )  # fmt: skip
    return Loaded(made, Outcome.RESTORED if known else Outcome.LOADED)


def _written(
    session: Session, actor: Actor, published: Published, name: str, version: str, digest: str,
    now: datetime,
) -> CodeList:  # fmt: skip
    made = CodeList(
        name=name, version=version, sha256=digest, loaded_at=now, loaded_by=actor.name,
        count=len(published.entries),
    )  # fmt: skip
    session.add(made)
    session.flush()  # the labels refer to it
    rows = [
        {"id": uuid7(), "list_id": made.id, "code": entry.code, "fr": entry.fr, "en": entry.en}
        for entry in published.entries
    ]
    session.execute(insert(CodeLabel), rows)
    return made


def _digest(published: Published) -> str:
    """Tell lists apart by what they say, whatever the form of their file."""
    told = sha256()
    for entry in sorted(published.entries, key=lambda item: item.code):
        told.update(repr((entry.code, entry.fr, entry.en)).encode())
    return told.hexdigest()
