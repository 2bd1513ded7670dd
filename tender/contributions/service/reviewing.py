"""From the writer to the reviewer and back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tender.bids.models import Bid
from tender.bids.queries import standing_in
from tender.bids.rules import require_inside, require_reason, require_working
from tender.contributions import queries, rules
from tender.contributions.models import Remark, RemarkKind, Revision, Section
from tender.contributions.rules import SectionState
from tender.core.actor import Actor
from tender.core.errors import Conflict, Invalid
from tender.history.service import record

LONGEST_REMARK = 4000


def submit(session: Session, actor: Actor, bid: Bid, section_id: UUID, *, now: datetime) -> Section:
    """Send a section for review."""
    section = _held(session, actor, bid, section_id)
    rules.require_may_write(actor, standing_in(session, actor, bid.id), section.owner_company_id)
    if not section.last_revision:
        raise Invalid("Déposez un fichier ou écrivez un texte avant d’envoyer en relecture.")
    section.state = rules.moved_to(section.state, SectionState.IN_REVIEW)
    _note(session, actor, "sections.submitted", section, now)
    return section


def approve(
    session: Session, actor: Actor, bid: Bid, section_id: UUID, *, seen: int, now: datetime
) -> Section:
    """Approve the version that the reviewer read; Conflict if a newer one came."""
    section = _held(session, actor, bid, section_id)
    rules.require_may_review(standing_in(session, actor, bid.id))
    rules.require_seen(section.last_revision, seen)
    section.state = rules.moved_to(section.state, SectionState.APPROVED)
    revision = session.scalars(
        select(Revision).where(Revision.section_id == section.id, Revision.number == seen)
    ).one()
    revision.approved_at, revision.approved_by = now, actor.name
    _remark(session, actor, section, RemarkKind.APPROVAL, "", now)
    _note(session, actor, "sections.approved", section, now)
    return section


def ask_changes(
    session: Session, actor: Actor, bid: Bid, section_id: UUID, *, reason: str, now: datetime
) -> Section:
    """Return a section to its writer, with what to change; an approval given before ends."""
    section = _held(session, actor, bid, section_id)
    rules.require_may_review(standing_in(session, actor, bid.id))
    _require_short(reason, "reason")
    require_reason(reason)
    section.state = rules.moved_to(section.state, SectionState.CHANGES_REQUESTED)
    session.execute(
        update(Revision)
        .where(Revision.section_id == section.id, Revision.number == section.last_revision)
        .values(approved_at=None, approved_by="")
    )
    _remark(session, actor, section, RemarkKind.CHANGES_REQUESTED, reason.strip(), now)
    _note(session, actor, "sections.returned", section, now)
    return section


def comment(
    session: Session, actor: Actor, bid: Bid, section_id: UUID, *, text: str, now: datetime
) -> Remark:
    """Say something about a section: its company, the coordinator and the reviewers read it."""
    section = _held(session, actor, bid, section_id)
    standing = standing_in(session, actor, bid.id)
    if not rules.may_read_draft(actor, standing, section.owner_company_id):
        rules.require_may_write(actor, standing, section.owner_company_id)
    if not text.strip():
        raise Invalid("Écrivez votre commentaire.", field="text")
    _require_short(text, "text")
    made = _remark(session, actor, section, RemarkKind.COMMENT, text.strip(), now)
    _note(session, actor, "sections.commented", section, now)
    return made


def note_download(
    session: Session, actor: Actor, section: Section, revision: Revision, *, now: datetime
) -> None:
    """Keep in the audit who took a file away."""
    record(session, actor, "sections.downloaded", now=now, object_id=revision.id,
           bid_id=section.bid_id, number=section.number, title=section.title,
           version=revision.number)  # fmt: skip


def _held(session: Session, actor: Actor, bid: Bid, section_id: UUID) -> Section:
    require_inside(standing_in(session, actor, bid.id))
    require_working(bid.stage)
    section = queries.section_for_update(session, bid.id, section_id)
    if section.state is SectionState.LOCKED:
        raise Conflict("Cette section est figée : le dossier est déposé.")
    return section


def _require_short(text: str, field: str) -> None:
    if len(text) > LONGEST_REMARK:
        raise Invalid("{most} caractères au plus.", field=field, most=LONGEST_REMARK)


def _remark(
    session: Session, actor: Actor, section: Section, kind: RemarkKind, text: str, now: datetime
) -> Remark:
    made = Remark(
        bid_id=section.bid_id, section_id=section.id, company_id=section.owner_company_id,
        kind=kind, author_name=actor.name, text=text, at=now,
        revision_number=section.last_revision or None,
    )  # fmt: skip
    session.add(made)
    return made


def _note(session: Session, actor: Actor, action: str, section: Section, now: datetime) -> None:
    record(session, actor, action, now=now, object_id=section.id, bid_id=section.bid_id,
           number=section.number, title=section.title, version=section.last_revision)  # fmt: skip
