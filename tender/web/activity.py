"""The journal of a bid room."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tender.bids.queries import room
from tender.bids.rules import require_inside
from tender.core import clock
from tender.core.text import N_
from tender.core.transaction import reading
from tender.history.models import AuditEntry
from tender.history.queries import broken_chain, entries_of
from tender.web import bid_view
from tender.web.bids import bp
from tender.web.display import PARIS, date_long
from tender.web.visitor import actor

SHOWN = 100
WORDS: dict[str, tuple[str, str, str]] = {
    "bids.opened": (N_("a retenu l’avis et ouvert l’affaire"), "briefcase", "info"),
    "bids.invited": (N_("a invité une entreprise"), "envelope", "info"),
    "bids.declined": (N_("a décliné l’invitation"), "x-circle", ""),
    "bids.voted": (N_("a donné sa note"), "bullseye", ""),
    "bids.decided": (N_("a décidé"), "signpost-split", "ok"),
    "bids.reviewer_appointed": (N_("a confié la relecture"), "eye", "teal"),
    "bids.reviewer_dismissed": (N_("a retiré la relecture"), "eye-slash", ""),
    "bids.moved": (N_("a changé l’étape"), "arrow-right-circle", "info"),
    "bids.rules_entered": (N_("a saisi les règles de la consultation"), "journal-check", ""),
    "bids.form_set": (N_("a choisi la forme du groupement"), "people", ""),
    "bids.lead_chosen": (N_("a désigné le mandataire"), "person-badge", "prim"),
    "claims.claimed": (N_("a positionné une entreprise sur un lot"), "people", "info"),
    "bids.deadline_changed": (N_("a importé un avis : la remise change"), "clock", "warn"),
    "bids.call_cancelled": (N_("a importé l’annulation de la consultation"), "slash-circle", "bad"),
    "bids.correction_to_read": (N_("a importé un rectificatif à lire"), "exclamation", "warn"),
    "claims.changed": (N_("a modifié une position"), "pencil", "info"),
    "claims.confirmed": (N_("a confirmé une position"), "check-circle", "ok"),
    "claims.released": (N_("a retiré une position"), "dash-circle", "warn"),
    "claims.overridden": (N_("a passé outre une règle bloquante"), "exclamation-octagon", "bad"),
    "sections.planned": (N_("a inscrit une section au plan"), "list-ol", ""),
    "sections.changed": (N_("a modifié une section du plan"), "list-ol", ""),
    "sections.written": (N_("a déposé une version"), "file-earmark-arrow-up", "info"),
    "sections.submitted": (N_("a envoyé une section en relecture"), "send", "teal"),
    "sections.approved": (N_("a validé une section"), "check-circle-fill", "ok"),
    "sections.returned": (N_("a demandé des corrections"), "arrow-return-left", "warn"),
    "sections.downloaded": (N_("a téléchargé une version"), "download", ""),
    "assembly.asked": (N_("a lancé un assemblage"), "box-seam", "info"),
    "assembly.finished": (N_("a terminé un assemblage"), "box-seam", "ok"),
    "assembly.cancelled": (N_("a annulé un assemblage"), "slash-circle", ""),
    "assembly.downloaded": (N_("a téléchargé un fichier assemblé"), "download", ""),
    "submissions.sealed": (N_("a scellé le dossier"), "lock", "prim"),
    "submissions.deposited": (N_("a enregistré le dépôt"), "send-check", "ok"),
    "outcomes.recorded": (N_("a enregistré un résultat"), "trophy", "info"),
}
DETAILS = ("company", "lot", "number", "title", "reason", "decision", "rule", "file", "version")


@bp.get("/<ref>/activite")
def activity(ref: str) -> ResponseReturnValue:
    """What was done, day by day, the latest first."""
    before = _instant(request.args.get("avant"))
    now = clock.now()
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        require_inside(standing)
        shown = bid_view.header(session, actor(), bid, now=now)
        entries = entries_of(session, bid.id, before=before, limit=SHOWN)
        verified = broken_chain(session, bid.id) is None
        days = list(_days(entries, now))
    older = (
        url_for(".activity", ref=ref, avant=entries[-1].at.isoformat())
        if len(entries) == SHOWN
        else None
    )
    return render_template(
        "bids/activity.html", bid=shown.values, days=days, older_url=older, verified=verified
    )


def _instant(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def _days(entries: Iterable[AuditEntry], now: datetime) -> Iterable[dict[str, Any]]:
    today = now.astimezone(PARIS).date()
    for day, held in groupby(entries, key=lambda e: e.at.astimezone(PARIS).date()):
        found = list(held)
        title = {today: gettext("Aujourd’hui"), today - timedelta(days=1): gettext("Hier")}.get(
            day, date_long(found[0].at)
        )
        yield {"title": title, "entries": [_entry(e) for e in found]}


def _entry(entry: AuditEntry) -> dict[str, Any]:
    words, icon, tone = WORDS.get(entry.action, (entry.action, "dot", ""))
    details = [str(entry.details[k]) for k in DETAILS if entry.details.get(k)]
    return {
        "icon": icon,
        "tone": tone,
        "who": entry.actor_name,
        "text": gettext(words),
        "detail": " · ".join(details),
        "at": entry.at,
        "url": None,
    }
