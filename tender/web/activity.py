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
from tender.core.transaction import reading
from tender.history.models import AuditEntry
from tender.history.queries import broken_chain, entries_of
from tender.web import bid_view, journal
from tender.web.bids import bp
from tender.web.display import PARIS, capitalised, date_long
from tender.web.visitor import actor

SHOWN = 100
LONGEST = 18


@bp.get("/<ref>/activite")
def activity(ref: str) -> ResponseReturnValue:
    """What was done, day by day, the latest first."""
    before = request.args.get("avant", type=_number)
    now = clock.now()
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        require_inside(standing)
        shown = bid_view.header(session, actor(), bid, now=now)
        entries = entries_of(session, bid.id, before=before, limit=SHOWN)
        broken_at = broken_chain(session, bid.id)
        days = list(_days(entries, now))
    older = url_for(".activity", ref=ref, avant=entries[-1].seq) if len(entries) == SHOWN else None
    return render_template(
        "bids/activity.html", bid=shown.values, days=days, older_url=older, broken_at=broken_at
    )


def _number(text: str) -> int:
    """Read the number of an entry; ValueError for what PostgreSQL could not hold."""
    if len(text) > LONGEST:
        raise ValueError(text)
    return int(text)


def _days(entries: Iterable[AuditEntry], now: datetime) -> Iterable[dict[str, Any]]:
    today = now.astimezone(PARIS).date()
    for day, held in groupby(entries, key=lambda e: e.at.astimezone(PARIS).date()):
        found = list(held)
        title = {today: gettext("Aujourd’hui"), today - timedelta(days=1): gettext("Hier")}.get(
            day, capitalised(date_long(found[0].at))
        )
        yield {"title": title, "entries": [journal.line(e) for e in found]}
