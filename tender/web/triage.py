"""Sorting calls: keep, discard, later, undo."""

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tender.bids.service import open_bid
from tender.core import clock
from tender.core.actor import ClusterSeat
from tender.core.errors import Invalid
from tender.core.transaction import Session, transaction
from tender.watches import queries as watches
from tender.watches import service as sorting
from tender.watches.models import TriageState
from tender.web.notice_address import PAGE, Asked, asked
from tender.web.notices import bp
from tender.web.refusals import refused
from tender.web.visitor import actor


@bp.post("/<uuid:notice_id>/retenir")
def keep(notice_id: UUID) -> ResponseReturnValue:
    """Keep a call; for a coordinator this opens the bid."""
    now, to = clock.now(), asked()
    try:
        with transaction(actor()) as session:
            after = _next(session, notice_id, to, now)
            before = sorting.triage(session, actor(), notice_id, TriageState.KEPT, now=now)
            opens = actor().has(ClusterSeat.COORDINATOR)
            ref = open_bid(session, actor(), notice_id, now=now).ref if opens else None
    except Invalid as refusal:
        return refused(refusal, url_for(".detail", notice_id=notice_id))
    if ref is not None:
        flash(gettext("Avis retenu : l’affaire %(ref)s est ouverte.", ref=ref), "success")
    else:
        _told(gettext("Avis retenu."), notice_id, before, to)
    return _on(after, to)


@bp.post("/<uuid:notice_id>/ecarter")
def discard(notice_id: UUID) -> ResponseReturnValue:
    """Discard a call; asked again, note why."""
    reason = request.form.get("reason", "")
    if reason.strip():
        return _noted(notice_id, reason)
    return _sorted(notice_id, TriageState.DISCARDED, gettext("Avis écarté."))


@bp.post("/<uuid:notice_id>/plus-tard")
def later(notice_id: UUID) -> ResponseReturnValue:
    """Put a call aside."""
    return _sorted(notice_id, TriageState.LATER, gettext("Avis mis de côté."))


@bp.post("/<uuid:notice_id>/annuler")
def undo(notice_id: UUID) -> ResponseReturnValue:
    """Take the last mark back."""
    back = request.args.get("avant", "")
    state = TriageState(back) if back in list(TriageState) else None
    to = asked()
    with transaction(actor()) as session:
        sorting.undo(session, actor(), notice_id, now=clock.now(), back=state)
    flash(gettext("C’est annulé."), "success")
    return redirect(url_for(".inbox", **to.query(avis=notice_id)), 303)


def _noted(notice_id: UUID, reason: str) -> ResponseReturnValue:
    here = url_for(".detail", notice_id=notice_id)
    try:
        with transaction(actor()) as session:
            state = TriageState.DISCARDED
            sorting.triage(session, actor(), notice_id, state, now=clock.now(), reason=reason)
    except Invalid as refusal:
        return refused(refusal, here)
    flash(gettext("Raison notée."), "success")
    return redirect(here, 303)


def _sorted(notice_id: UUID, state: TriageState, words: str) -> ResponseReturnValue:
    now, to = clock.now(), asked()
    with transaction(actor()) as session:
        after = _next(session, notice_id, to, now)
        before = sorting.triage(session, actor(), notice_id, state, now=now)
    _told(words, notice_id, before, to)
    return _on(after, to)


def _next(session: Session, notice_id: UUID, to: Asked, now: datetime) -> UUID | None:
    """Find the call that follows this one on its shelf, before it leaves."""
    first = PAGE * (to.page - 1)
    found = watches.entries(session, actor(), to.wanted, now=now, first=first, limit=PAGE)
    ids = [entry.tender.id for entry in found]
    place = ids.index(notice_id) + 1 if notice_id in ids else 0
    return ids[place] if place < len(ids) else None


def _told(words: str, notice_id: UUID, before: TriageState | None, to: Asked) -> None:
    way_back = url_for(".undo", notice_id=notice_id, **to.query(avant=before and before.value))
    flash({"text": words, "undo": way_back}, "success")  # type: ignore[arg-type]  # see _parts/toasts.html


def _on(after: UUID | None, to: Asked) -> ResponseReturnValue:
    return redirect(url_for(".inbox", **to.query(avis=after)), 303)
