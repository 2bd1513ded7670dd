"""A call as `_detail.html` shows it, to one person."""

from math import ceil
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tender.bids.agenda import bid_on
from tender.core.transaction import Session
from tender.notices import queries
from tender.notices.models import Lot, Tender
from tender.watches import queries as watches
from tender.watches.rules import suited
from tender.web import notice_view
from tender.web.notice_address import number, pages
from tender.web.visitor import actor

LOTS_PAGE = 25


def shown(session: Session, tender: Tender) -> dict[str, Any]:
    """Gather what `_detail.html` shows."""
    mine = watches.triage_of(session, actor(), tender.id)
    bid = bid_on(session, actor(), tender.id)
    notices = queries.notices_of(session, tender.id)
    live = [lot for lot in tender.lots if lot.withdrawn_at is None]
    return {
        "id": tender.id,
        "title": tender.title,
        "buyer": tender.buyer,
        "source": notice_view.source(notices),
        "published_on": notice_view.day(tender.published_on),
        "fit": None,
        "deadline": tender.deadline_at,
        "deadline_notes": notice_view.deadline_notes(tender, live),
        "deadline_note": "",
        "amount": tender.estimated_value,
        "duration": notice_view.duration(live[0].duration if live else None),
        "state": mine.state.value if mine else "new",
        "reason": mine.reason if mine else "",
        "cancelled_at": tender.cancelled_at,
        "why": _why(session, live),
        "bid_ref": bid.ref if bid else None,
        "facts": notice_view.facts(tender, live[0] if live else None),
        "changes": notice_view.changes(notices),
        "publications": notice_view.publications(notices),
        "url": notice_view.buyer_profile(notices),
        "description": tender.description,
        **_lots(session, tender, live),
    }


def _why(session: Session, live: list[Lot]) -> list[str]:
    own = [trade for trade in watches.trades(session) if trade[0] in actor().companies]
    numbers = [lot.number for lot in live if suited(own, lot.cpv)]
    if not numbers:
        return []
    if len(numbers) > 8:
        return [gettext("%(count)s lots correspondent à vos métiers.", count=len(numbers))]
    return [gettext("Correspond à vos métiers : lots %(numbers)s.", numbers=", ".join(numbers))]


def _lots(session: Session, tender: Tender, live: list[Lot]) -> dict[str, Any]:
    """Give a page of the lots: a call may have hundreds."""
    words = request.args.get("lot", "").strip()[:100]
    at = number(request.args.get("lots", ""))
    first = LOTS_PAGE * (at - 1)
    lots, count = queries.lots_matching(session, tender.id, words, first=first, limit=LOTS_PAGE)
    trades = watches.trades(session)

    def address(page: int) -> str:
        return url_for(".detail", notice_id=tender.id, lot=words or None, lots=page)

    return {
        "lots": [_lot(lot, tender, suited(trades, lot.cpv)) for lot in lots],
        "lot_words": words,
        "lot_count": count,
        "many_lots": len(tender.lots) > LOTS_PAGE,
        "own_deadlines": len({lot.deadline_at for lot in live}) > 1,
        "lots_page": pages(at, ceil(count / LOTS_PAGE), address),
    }


def _lot(lot: Lot, tender: Tender, companies: list[str]) -> dict[str, Any]:
    return {
        "number": lot.number,
        "title": lot.title,
        "cpv": lot.cpv or "–",
        "amount": lot.estimated_value,
        "currency": tender.currency,
        "reserved": notice_view.reserved(lot.reserved),
        "deadline": lot.deadline_at,
        "withdrawn": lot.withdrawn_at is not None,
        "companies": ", ".join(companies) or "–",
    }
