"""How the sources of notices are doing: for who answers for them."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, cast

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tender.core import clock, setup
from tender.core.errors import NotFound
from tender.core.orm import Json
from tender.core.text import N_, from_stored
from tender.core.transaction import reading
from tender.notices.queries import NOWHERE
from tender.notices.rules import IMPORTERS
from tender.notices.sources import polling, walk
from tender.notices.sources.models import NoticeSource
from tender.web.notices import bp
from tender.web.visitor import actor

NAMES = {
    "boamp": N_("BOAMP (Bulletin officiel des annonces des marchés publics)"),
    "ted": N_("TED (Journal officiel de l’Union européenne)"),
}
NOON = time(12, tzinfo=UTC)  # so that it is the same day in every zone of ours
OFF = (N_("désactivée"), "")
NEVER = (N_("pas encore interrogée"), "info")
DOWN = (N_("en panne"), "bad")
BUSY = (N_("lecture en cours"), "info")
WELL = (N_("à jour"), "ok")


@bp.get("/sources")
def sources() -> ResponseReturnValue:
    """Show where each source stands."""
    if not actor().seats & IMPORTERS:
        raise NotFound(NOWHERE)
    on = setup.settings().sources
    with reading(actor()) as session:
        rows = polling.sources(session)
        shown = [_shown(name, name in on, rows.get(name)) for name in NAMES]
    return render_template("notices/sources.html", sources=shown)


def _shown(name: str, on: bool, row: NoticeSource | None) -> dict[str, Any]:
    state, tone = _state(on, row)
    shown: dict[str, Any] = {"name": gettext(NAMES[name]), "state": gettext(state), "tone": tone}
    if row is None:
        return shown
    return shown | {
        "answered_at": row.answered_at, "completed_at": row.completed_at,
        "due_at": row.due_at if on else None, "failing_since": row.failing_since,
        "error": _said(row.error) if row.error else "", "taken_in": row.taken_in,
        "refused": row.refused, "day": datetime.combine(walk.place(row.cursor).day, NOON),
        "refusals": [_refusal(refusal) for refusal in row.refusals],
    }  # fmt: skip


def _state(on: bool, row: NoticeSource | None) -> tuple[str, str]:
    if not on:
        return OFF
    if row is None or row.asked_at is None:
        return NEVER
    if row.failures:
        return DOWN
    behind = row.completed_at is None or row.due_at < clock.now()
    return BUSY if behind else WELL


def _refusal(refusal: Json) -> dict[str, Any]:
    why = _said(cast("Mapping[str, object]", refusal["why"]))
    return {
        "name": refusal["name"] or gettext("sans numéro"), "why": why,
        "at": datetime.fromisoformat(str(refusal["at"])),
    }  # fmt: skip


def _said(stored: Mapping[str, object]) -> str:
    return from_stored(stored).render(gettext)
