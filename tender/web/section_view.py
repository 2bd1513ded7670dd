"""Sections as pages show them: plain values out of rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from tender.bids.rules import WORKING, Stage, Standing
from tender.contributions import rules
from tender.contributions.intake import preview_key
from tender.contributions.models import Remark, RemarkKind, Revision, Section
from tender.contributions.rules import DONE, SectionState
from tender.core import setup
from tender.core.actor import Actor
from tender.core.orm import Json
from tender.core.text import Text
from tender.web.refusals import say

SEVERITY = {"clean": "inform", "warn": "warn", "refuse": "block"}
KINDS = {RemarkKind.CHANGES_REQUESTED: "changes", RemarkKind.APPROVAL: "approval"}


def lots_text(section: Section) -> str:
    """Say which lot a section is for."""
    if section.lot_bid is None:
        return str(gettext("Tous les lots"))
    return str(gettext("Lot %(number)s", number=section.lot_bid.lot.number))


def pages_of(revision: Revision | None) -> float | None:
    """Give the estimate of a version's length."""
    pages = revision.health.get("pages") if revision else None
    return float(pages) if isinstance(pages, int | float) else None


def shown(section: Section, revision: Revision | None, *, now: datetime) -> dict[str, Any]:
    """Give what a list and a header share."""
    pages, budget = pages_of(revision), section.page_budget
    return {
        "number": section.number,
        "title": section.title,
        "state": section.state.value,
        "lots": lots_text(section),
        "company": section.owner_company.trade_name,
        "writer": section.writer.name if section.writer else "",
        "due": section.due_at,
        "late": section.due_at is not None and section.due_at < now and section.state not in DONE,
        "instructions": section.instructions,
        "look": section.look.value,
        "pages": pages,
        "budget": budget,
        "over": pages is not None and budget is not None and pages > budget,
        "words": revision.health.get("words") if revision else None,
    }


def may(actor: Actor, standing: Standing, stage: Stage, section: Section) -> dict[str, bool]:
    """Say what this person can do on the section's pages."""
    at_work = stage in WORKING and section.state is not SectionState.LOCKED
    writes = at_work and rules.may_write(actor, standing, section.owner_company_id)
    ready = section.state in (SectionState.DRAFTING, SectionState.CHANGES_REQUESTED)
    return {
        "write": writes,
        "submit": writes and ready and section.last_revision > 0,
        "review": at_work
        and rules.may_review(standing)
        and section.state is SectionState.IN_REVIEW,
        "comment": at_work and rules.may_read_draft(actor, standing, section.owner_company_id),
    }


def version(revision: Revision, *, last: int) -> dict[str, Any]:
    """Give one version's line."""
    return {
        "number": revision.number,
        "author": revision.author_name,
        "at": revision.created_at,
        "file_name": revision.file_name,
        "size": revision.size,
        "kind": revision.kind.value,
        "pages": pages_of(revision),
        "words": revision.health.get("words"),
        "current": revision.number == last,
    }


def preview(revision: Revision) -> Markup | None:
    """Give the HTML that was made safe when the file came in."""
    try:
        html = setup.storage().get(preview_key(revision.file_key)).decode()
    except FileNotFoundError:
        return None
    return Markup(html) if html else None  # noqa: S704 - sanitised by documents.preview


def health(found: Json) -> dict[str, Any]:
    """Give the health report of a version as the macros show it."""
    listed = found.get("findings")
    return {
        "refused": False,
        "findings": [_finding(f) for f in (listed if isinstance(listed, list) else [])],
    }


def _finding(found: Mapping[str, Any]) -> dict[str, Any]:
    params = found.get("params", {})
    place = str(found.get("place") or "")
    return {
        "severity": SEVERITY.get(str(found.get("severity")), "inform"),
        "title": say(Text(str(found["message"]), **params)),
        "explanation": "",
        "source": say(Text(place, **params)) if place else "",
        "who": "",
        "url": None,
        "action": None,
    }


def comments(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """Give what was said, the latest last."""
    return [
        {
            "author": r.author_name,
            "at": r.at,
            "text": r.text,
            "version": r.revision_number,
            "kind": KINDS.get(r.kind, "comment"),
        }
        for r in remarks
    ]
