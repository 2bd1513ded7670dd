"""Sealing a final run, and recording its deposit.

To seal: `contents` (a reading), `packed` (no database), then `seal` (one transaction), which
judges everything again: the deadline by the database's clock, the facts against the manifest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from tender.assembly import queries as runs
from tender.assembly.manifest import french_instant, same_facts
from tender.assembly.models import AssemblyRun
from tender.assembly.service import preflight
from tender.bids.findings import blocking
from tender.bids.models import Bid, BidPass
from tender.bids.queries import deadline_of, standing_in
from tender.bids.rules import (
    MOVES,
    LotBidState,
    PassKind,
    Stage,
    require_coordinates,
    require_inside,
)
from tender.bids.service import lock
from tender.contributions.models import Section
from tender.contributions.names import ascii_name
from tender.contributions.rules import SectionState
from tender.core import clock
from tender.core.actor import Actor
from tender.core.errors import Invalid
from tender.core.orm import Json
from tender.core.states import moved
from tender.core.storage import Storage, sha256
from tender.history.service import record
from tender.notices.queries import hold_still
from tender.submissions import archive, queries, rules
from tender.submissions.models import PackageState, Submission, SubmissionPackage


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a package: storage keys by path, and what its manifest says."""

    keys: Mapping[str, str]
    facts: Json


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that is stored, and that no row knows yet."""

    contents: Contents
    file_name: str
    file_key: str
    sha256: str
    size: int
    manifest: Json


@dataclass(frozen=True, slots=True)
class Deposit:
    """What the platform's receipt says; the receipt's file is stored already, if there is one."""

    deposited_at: datetime
    platform: str
    receipt_number: str
    receipt_name: str = ""
    receipt_key: str = ""
    receipt_sha256: str = ""


def contents(session: Session, actor: Actor, bid: Bid, run_id: UUID, *, now: datetime) -> Contents:
    """Say what the package of a run would hold; raises Invalid when it may not be sealed."""
    run = _require_ready(session, actor, bid, run_id, now=now)
    return _contents(session, bid, run)


def packed(storage: Storage, bid_id: UUID, run_id: UUID, wanted: Contents) -> Packed:
    """Read the files, pack and store them; the same contents are the same archive."""
    files = {path: _read(storage, path, key) for path, key in wanted.keys.items()}
    data = archive.pack(files, wanted.facts)
    name = f"Pli-{ascii_name(str(wanted.facts['ref']))}.zip"
    key = f"bids/{bid_id}/packages/{run_id}/{sha256(data)}.zip"
    manifest = wanted.facts | {"files": archive.listed(files)}
    return Packed(wanted, name, key, storage.put(key, data), len(data), manifest)


def _read(storage: Storage, path: str, key: str) -> bytes:
    try:
        return storage.get(key)
    except FileNotFoundError as error:
        raise Invalid(
            "Le fichier {path} manque sur le serveur. Déposez-le ou assemblez-le de nouveau.",
            path=path,
        ) from error


def seal(
    session: Session, actor: Actor, bid: Bid, run_id: UUID, made: Packed, *, now: datetime
) -> SubmissionPackage:
    """Seal what was packed, if nothing changed since; a run has one package, however often asked.

    `now` is for the record only: the deadline is judged by the database's own clock.
    """
    require_coordinates(standing_in(session, actor, bid.id))
    held = lock(session, bid.id)
    there = queries.package_of(session, run_id)
    if there is not None:
        return there
    rules.require_alive(hold_still(session, held.tender_id).cancelled_at)
    run = _require_ready(session, actor, held, run_id, now=now)
    if _contents(session, held, run) != made.contents:
        raise Invalid("Une pièce a changé pendant le scellement. Recommencez.")
    for stage in rules.WAY_TO_SEALED[held.stage]:
        held.stage = moved(MOVES, held.stage, stage)
    package = SubmissionPackage(
        bid_id=bid.id, run_id=run.id, file_name=made.file_name, file_key=made.file_key,
        sha256=made.sha256, size=made.size, manifest=made.manifest, sealed_at=now,
        sealed_by=actor.name, deadline_at=_judged(session, held),
    )  # fmt: skip
    session.add(package)
    record(session, actor, "submissions.sealed", now=now, object_id=package.id, bid_id=bid.id,
           number=run.number, file=made.file_name, sha256=made.sha256)  # fmt: skip
    _judged(session, held)  # waiting for the audit's lock may have taken us past the deadline
    return package


def _judged(session: Session, bid: Bid) -> datetime:
    return rules.require_in_time(deadline_of(bid), clock.database_now(session))


def _require_ready(
    session: Session, actor: Actor, bid: Bid, run_id: UUID, *, now: datetime
) -> AssemblyRun:
    """Refuse what may not be sealed: an outdated run, a blocking point, a passed deadline."""
    require_coordinates(standing_in(session, actor, bid.id))
    rules.require_sealable(bid.stage)
    run = runs.run_of(session, bid.id, run_id, lock=False)
    rules.require_final(run.kind, run.state)
    _judged(session, bid)
    if not same_facts(run.manifest, runs.present(session, bid)):
        raise Invalid(
            "Des pièces ont changé depuis cet assemblage. Assemblez un nouveau dossier final."
        )
    stops = blocking(preflight(session, actor, bid, now=now))
    if stops or any(f.get("severity") == "block" for f in run.findings):
        raise Invalid("Un point bloquant empêche de sceller. Voyez le contrôle avant dépôt.")
    return run


def _contents(session: Session, bid: Bid, run: AssemblyRun) -> Contents:
    frozen: Json = run.manifest["bid"]  # type: ignore[assignment]  # as manifest.py shapes it
    lots: list[Json] = frozen["lots"]  # type: ignore[assignment]
    keys: dict[str, str] = {}
    for company, paper in queries.papers_to_file(session, bid):
        ending = paper.file_name.rpartition(".")[2].lower()
        name = f"{rules.PAPER_NAMES[paper.kind]}.{ascii_name(ending)}"
        keys[f"1-candidature/{ascii_name(company.trade_name)}/{name}"] = paper.file_key
    for file in run.files:
        name, key = str(file["name"]), str(file["key"])
        if name.endswith(".pdf"):
            keys |= {f"2-offre/lot-{ascii_name(str(lot['number']))}/{name}": key for lot in lots}
        elif name.endswith(".docx"):
            keys[f"2-offre/modifiable/{name}"] = key
    deadline = deadline_of(bid)
    facts: Json = {
        "version": 1, "ref": bid.ref, "title": frozen["title"], "buyer": frozen["buyer"],
        "lead": frozen["lead"], "members": frozen["members"], "lots": lots,
        "deadline": deadline.isoformat() if deadline else "", "run": run.number,
        "deadline_text": french_instant(deadline, bid.tender.zone) if deadline else "",
        "run_manifest": run.manifest_hash,
    }  # fmt: skip
    return Contents(keys, facts)


def record_deposit(
    session: Session, actor: Actor, bid: Bid, run_id: UUID, deposit: Deposit, *, now: datetime
) -> Submission:
    """Note that a package was deposited; from then on the bid and its claims are frozen."""
    standing = standing_in(session, actor, bid.id)
    require_inside(standing)
    require_coordinates(standing)
    held = lock(session, bid.id)
    package = queries.package_in(session, bid.id, run_id)
    there = queries.deposit_of(session, package.id)
    if there is not None:
        return there
    rules.require_deposit(
        deposit.deposited_at, deposit.platform, deposit.receipt_number,
        sealed_at=package.sealed_at, now=now,
    )  # fmt: skip
    held.stage = moved(MOVES, held.stage, Stage.SUBMITTED)
    package.state = PackageState.RECEIPTED
    made = Submission(
        bid_id=bid.id, package_id=package.id, deposited_at=deposit.deposited_at,
        platform=deposit.platform.strip(), receipt_number=deposit.receipt_number.strip(),
        recorded_at=now, recorded_by=actor.name, receipt_name=deposit.receipt_name,
        receipt_key=deposit.receipt_key, receipt_sha256=deposit.receipt_sha256,
    )  # fmt: skip
    session.add(made)
    _freeze(session, held, package)
    record(session, actor, "submissions.deposited", now=now, object_id=made.id, bid_id=bid.id,
           file=package.file_name, number=made.receipt_number)  # fmt: skip
    return made


def _freeze(session: Session, bid: Bid, package: SubmissionPackage) -> None:
    """Let the lots that were answered, and the sections, follow their bid."""
    lots: list[Json] = package.manifest["lots"]  # type: ignore[assignment]  # as _contents does
    answered = {str(lot["number"]) for lot in lots}
    for lot_bid in bid.lot_bids:
        if lot_bid.lot.number in answered:
            lot_bid.state = LotBidState.SUBMITTED
    outside = (BidPass.bid_id == bid.id) & (BidPass.kind == PassKind.INVITED)
    session.execute(delete(BidPass).where(outside))  # the room is its consortium's alone
    session.execute(
        update(Section)
        .where(Section.bid_id == bid.id, Section.state == SectionState.APPROVED)
        .values(state=SectionState.LOCKED)
    )


def note_download(
    session: Session, actor: Actor, bid_id: UUID, package: SubmissionPackage, *, now: datetime
) -> None:
    """Keep in the audit who took the package away."""
    record(session, actor, "submissions.downloaded", now=now, object_id=package.id,
           bid_id=bid_id, file=package.file_name)  # fmt: skip
