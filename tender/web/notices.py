"""The inbox of calls, a call on its own page, its publications as they came."""

import re
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tender.core import clock, setup
from tender.core.actor import ClusterSeat
from tender.core.errors import NotFound
from tender.core.transaction import reading
from tender.notices import queries
from tender.notices.models import Tender
from tender.notices.rules import IMPORTERS
from tender.reference.builtin import DEPARTEMENTS, REGIONS
from tender.watches import queries as watches
from tender.watches.rules import Shelf
from tender.web import display
from tender.web.notice_address import PAGE, Asked, asked, pages
from tender.web.notice_detail import shown
from tender.web.vault import attachment
from tender.web.visitor import actor

bp = Blueprint("notices", __name__, url_prefix="/avis")
PLACES = tuple(
    (code, name, [(d, n) for d, n in DEPARTEMENTS.items() if d.startswith(code)])
    for code, name in REGIONS.items()
)


@bp.get("")
def inbox() -> ResponseReturnValue:
    """The calls of a shelf, and one of them."""
    now, to = clock.now(), asked()
    with reading(actor()) as session:
        counts = watches.counts(session, actor(), to.wanted, now=now)
        first = PAGE * (to.page - 1)
        found = watches.entries(session, actor(), to.wanted, now=now, first=first, limit=PAGE)
        chosen = _chosen([entry.tender for entry in found])
        received = queries.last_received(session)
        return render_template(
            "notices/inbox.html",
            tabs=_tabs(to, counts),
            notices=[_item(entry, to, chosen) for entry in found],
            notice=shown(session, chosen) if chosen else None,
            filters=to.wanted,
            shelf=to.wanted.shelf.value,
            places=PLACES,
            may_triage=True,
            **_seats(),
            back=to.query(),
            collected=_collected(received, now),
            page=pages(to.page, ceil(counts[to.wanted.shelf] / PAGE), _inbox_page),
        )


def _seats() -> dict[str, bool]:
    return {
        "may_import": bool(actor().seats & IMPORTERS),
        "may_open": actor().has(ClusterSeat.COORDINATOR),
    }


def _chosen(tenders: list[Tender]) -> Tender | None:
    wanted = request.args.get("avis", "")
    return next((t for t in tenders if str(t.id) == wanted), tenders[0] if tenders else None)


def _collected(received: datetime | None, now: datetime) -> str:
    if received is None:
        return ""
    return str(gettext("Dernier avis reçu : %(when)s.", when=display.ago(received, now)))


def _tabs(to: Asked, counts: Any) -> list[dict[str, Any]]:
    names = {
        Shelf.NEW: gettext("À trier"),
        Shelf.LATER: gettext("Plus tard"),
        Shelf.KEPT: gettext("Retenus"),
        Shelf.DISCARDED: gettext("Écartés"),
        Shelf.ALL: gettext("Tous"),
    }
    return [
        {
            "text": text,
            "count": counts[shelf],
            "url": url_for(".inbox", **to.query(etat=shelf.value, page="")),
            "current": shelf is to.wanted.shelf,
        }
        for shelf, text in names.items()
    ]


def _item(entry: watches.Entry, to: Asked, chosen: Tender | None) -> dict[str, Any]:
    tender = entry.tender
    return {
        "id": tender.id,
        "title": tender.title,
        "buyer": tender.buyer,
        "fit": None,
        "deadline": tender.deadline_at,
        "lots": entry.lots,
        "reserved": entry.reserved,
        "cancelled": tender.cancelled_at is not None,
        "seen": entry.state is not None,
        "current": tender is chosen,
        "url": url_for(".detail", notice_id=tender.id, **to.query()),
    }


def _inbox_page(number: int) -> str:
    return url_for(".inbox", **asked().query(page=number))


@bp.get("/<uuid:notice_id>")
def detail(notice_id: UUID) -> ResponseReturnValue:
    """A call on its own page, or beside the list."""
    to = asked()
    part = "_detail" if request.headers.get("HX-Request") else "detail"
    with reading(actor()) as session:
        tender = queries.tender_by_id(session, notice_id)
        return render_template(
            f"notices/{part}.html",
            notice=shown(session, tender),
            may_triage=True,
            **_seats(),
            back=to.query(),
        )


@bp.get("/<uuid:notice_id>/publications/<uuid:publication_id>")
def original(notice_id: UUID, publication_id: UUID) -> ResponseReturnValue:
    """Send a publication's bytes as they came, as plain text to keep."""
    with reading(actor()) as session:
        notice = queries.notice_in(session, notice_id, publication_id)
    try:
        data = setup.storage().get(notice.raw_key)
    except FileNotFoundError:
        raise NotFound(
            "Le fichier de cet avis manque au stockage. Prévenez l’administration du cluster."
        ) from None
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", notice.native_id)[:80].strip("-.")
    return attachment(data, f"avis-{name}.txt", "text/plain")
