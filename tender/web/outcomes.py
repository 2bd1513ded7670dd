"""Results: the win rates of a period, and their table to take away."""

import csv
import io
from datetime import date, datetime, timedelta

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tender.companies.models import Company
from tender.core import clock
from tender.core.actor import ClusterSeat
from tender.core.errors import NotFound
from tender.core.text import N_
from tender.core.transaction import reading
from tender.outcomes import rules
from tender.outcomes.queries import judged, names_of, to_record, waiting, withdrawn
from tender.web import rates
from tender.web.visitor import actor

bp = Blueprint("outcomes", __name__)
PERIODS = {"12": (N_("12 mois"), 365), "24": (N_("24 mois"), 730), "tout": (N_("Tout"), None)}


def _require_may_look() -> None:
    if not actor().seats & {ClusterSeat.MANAGER, ClusterSeat.COORDINATOR}:
        raise NotFound("Cette page n’existe pas, ou n’est pas visible pour vous.")


def _period() -> tuple[str, date | None]:
    asked = request.args.get("periode", "")
    code = asked if asked in PERIODS else "24"
    days = PERIODS[code][1]
    return code, clock.now().date() - timedelta(days=days) if days else None


@bp.get("/resultats")
def index() -> ResponseReturnValue:
    """The win rates of a period."""
    _require_may_look()
    code, since = _period()
    today = clock.now().date()
    with reading(actor()) as session:
        rows = judged(session, actor(), since=since, until=today)
        names = names_of(session, rows)
        given_up = withdrawn(session, actor())
        first = next(iter(actor().companies), None)
        company = session.get(Company, first) if first else None
        pending = [
            {"ref": b.ref, "title": b.tender.title, "count": waiting(b)}
            for b in to_record(session, actor())
        ]
    overall = rules.count_rate(rows)
    return render_template(
        "outcomes/index.html",
        periods=[
            {"text": gettext(text), "url": url_for(".index", periode=key), "current": key == code}
            for key, (text, _) in PERIODS.items()
        ],
        measures=None,
        decided=overall.decided,
        since=noon(since) if since else None,
        until=noon(today),
        enough=overall.decided >= rules.ENOUGH,
        export_url=url_for(".export", periode=code),
        figures=rates.figures(rows, overall, company),
        overall=overall.rate,
        breakdowns=rates.breakdowns(rows),
        members=rates.by_member(rows, names),
        exclusions=rates.exclusions(rows, given_up),
        to_record=pending,
    )


def noon(day: date) -> datetime:
    """Give a day as an instant within it, wherever it is read."""
    return clock.now().replace(year=day.year, month=day.month, day=day.day, hour=12)


@bp.get("/resultats/export.csv")
def export() -> ResponseReturnValue:
    """The lot bids of a period as a table; texts can never run as a formula."""
    _require_may_look()
    _, since = _period()
    with reading(actor()) as session:
        rows = judged(session, actor(), since=since, until=clock.now().date())
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["decision", "resultat", "montant_ht", "acheteur", "cpv", "lieu", "mandataire"])
    for r in rows:
        amount = f"{r.amount:f}".replace(".", ",") if r.amount is not None else ""
        texts = [_inert(t) for t in (r.buyer, r.cpv, r.place, r.lead)]
        writer.writerow([r.decided_on or "", r.result.value, amount, *texts])
    headers = {"Content-Disposition": 'attachment; filename="resultats.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


def _inert(text: str) -> str:
    """Keep a spreadsheet from reading a text as a formula."""
    return "'" + text if text[:1] in tuple("=+-@\t\r\0＝＋－＠") else text
