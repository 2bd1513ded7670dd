"""Bids: list, board, moving on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from tender.bids import grid, rules, service
from tender.bids.models import Bid
from tender.bids.queries import bids_of, deadline_of, room, votes_on_bids
from tender.bids.rules import Stage
from tender.claims.queries import facts_of_bids
from tender.contributions.progress import progress_of_bids
from tender.core import clock
from tender.core.actor import Actor, ClusterSeat
from tender.core.errors import Conflict, Invalid
from tender.core.transaction import reading, transaction
from tender.web import bid_view
from tender.web.forms import blame, choices
from tender.web.refusals import say
from tender.web.visitor import actor
from tender.web.vocabulary import LANES, STAGE

bp = Blueprint("bids", __name__, url_prefix="/affaires")
CLOSED = frozenset(
    {Stage.NO_GO, Stage.DECIDED, Stage.CLOSED, Stage.CANCELLED_BY_BUYER, Stage.WITHDRAWN}
)


@bp.get("")
def index() -> ResponseReturnValue:
    """The list, grouped by time."""
    now = clock.now()
    filters = _filters()
    with reading(actor()) as session:
        rows = _rows(session, actor(), filters)
    if not filters["closed"] and not filters["stages"]:
        rows = [r for r in rows if Stage(r["stage"]) not in CLOSED]
    return render_template(
        "bids/list.html", **_around(rows, filters, now), groups=list(_groups(rows, now))
    )


@bp.get("/tableau")
def board() -> ResponseReturnValue:
    """The board: a lane for each stage at work."""
    now = clock.now()
    filters = _filters()
    with reading(actor()) as session:
        rows = _rows(session, actor(), filters)
    lanes = []
    for code, title, stages in LANES:
        cards = [_card(r, now) for r in rows if r["stage"] in stages]
        amount = sum((c["amount"] or Decimal(0) for c in cards), Decimal(0))
        lanes.append(
            {"code": code, "title": gettext(title), "amount": amount or None, "cards": cards,
             "open": Stage(code) not in rules.NOT_BY_HAND}
        )  # fmt: skip
    return render_template("bids/board.html", **_around(rows, filters, now), board=lanes)


@bp.get("/<ref>")
def show(ref: str) -> ResponseReturnValue:
    """A bid opens on its lots."""
    return redirect(url_for(".lots", ref=ref))


class MoveForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Another stage, with the reason where one is due."""

    stage = RadioField(
        lazy_gettext("Nouvelle étape"),
        validators=[InputRequired(lazy_gettext("Choisissez une étape."))],
    )
    reason = TextAreaField(lazy_gettext("Raison"), validators=[Length(max=2000)])


@bp.route("/<ref>/etape", methods=["GET", "POST"])
def move(ref: str) -> ResponseReturnValue:
    """Move a bid to another stage: from the board, its menu, or this page."""
    form = MoveForm()
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        rules.require_coordinates(standing)
        form.stage.choices = choices((s.value, _name(s)) for s in _by_hand(bid, clock.now()))
        shown = bid_view.header(session, actor(), bid, now=clock.now()).values
    if request.method == "GET":
        form.stage.data = request.args.get("vers")
        return render_template("bids/move.html", bid=shown, form=form)
    try:
        with transaction(actor()) as session:
            bid, _ = room(session, actor(), ref)
            why = (form.reason.data or "")[:2000]
            service.move(session, actor(), bid, _stage_asked(), reason=why, now=clock.now())
    except (Invalid, Conflict) as refusal:
        if request.headers.get("HX-Request"):
            return say(refusal.text), refusal.status
        status = blame(form, refusal)
        return render_template("bids/move.html", bid=shown, form=form), status
    flash(gettext("Affaire déplacée."), "success")
    return redirect(url_for(".board"), 303)


def _by_hand(bid: Bid, now: datetime) -> tuple[Stage, ...]:
    return rules.by_hand(bid.stage, late=rules.is_late(deadline_of(bid), now))


def _name(stage: Stage) -> str:
    return str(gettext(STAGE[stage.value].label))


def _stage_asked() -> Stage:
    asked = request.form.get("stage", "")
    if asked not in set(Stage):
        raise Invalid("Cette étape n’existe pas.", field="stage")
    return Stage(asked)


def _filters() -> dict[str, Any]:
    return {
        "q": request.args.get("q", "").strip()[:200],
        "stages": [s for s in request.args.getlist("stage") if s in set(Stage)],
        "mine": request.args.get("mine") == "1",
        "closed": request.args.get("closed") == "1",
    }


def _rows(session: Any, who: Actor, filters: dict[str, Any]) -> list[dict[str, Any]]:
    found = bids_of(session, who, words=filters["q"], stages=[Stage(s) for s in filters["stages"]])
    if filters["mine"]:
        found = [b for b in found if b.coordinator_id == who.person_id]
    ids = [bid.id for bid in found]
    facts, votes = facts_of_bids(session, found), votes_on_bids(session, ids)
    progress = progress_of_bids(session, ids)
    return [
        _row(bid, facts[bid.id], who)
        | _measures(grid.tally(votes.get(bid.id, [])), progress.get(bid.id, (0, 0)))
        for bid in found
    ]


def _row(bid: Bid, facts: Any, who: Actor) -> dict[str, Any]:
    members = {p.company for lot in facts for p in lot.engaged}
    shown = bid_view.summary(bid)
    return shown | {
        "coverage": [bid_view.coverage(lot) for lot in facts],
        "members": sorted(members - {shown["lead"]}),
        "note": "",
        "steers": bid.id in who.coordinates,
    }


def _measures(tally: grid.Tally | None, progress: tuple[int, int]) -> dict[str, Any]:
    return {"fit": tally.score if tally else None, "done": progress[0], "total": progress[1]}


def _card(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    stage = Stage(row["stage"])
    allowed = rules.by_hand(stage, late=rules.is_late(row["deadline"], now))
    moves = [
        {"stage": s.value, "text": _name(s), "reasoned": rules.needs_reason(stage, s)}
        for s in (allowed if row["steers"] else ())
    ]
    return row | {"moves": moves, "may_decide": row["steers"] and stage in rules.UNDECIDED}


def _around(rows: list[dict[str, Any]], filters: dict[str, Any], now: datetime) -> dict[str, Any]:
    at_work = [r for r in rows if Stage(r["stage"]) not in CLOSED and not r["deposited"]]
    week = now + timedelta(days=7)
    return {
        "summary": {
            "count": len(at_work),
            "soon": sum(1 for r in at_work if r["deadline"] and now < r["deadline"] <= week),
            "amount": sum((r["amount"] or Decimal(0) for r in at_work), Decimal(0)) or None,
        },
        "filters": filters,
        "stages": [s.value for s in Stage],
        "may_import": actor().has(ClusterSeat.COORDINATOR),
    }


def _groups(rows: list[dict[str, Any]], now: datetime) -> Iterable[dict[str, Any]]:
    """Put the rows under the time that their deadline leaves."""
    week, month = now + timedelta(days=7), now + timedelta(days=31)
    buckets: dict[str, list[dict[str, Any]]] = {
        gettext("Dans les 7 jours"): [],
        gettext("Dans le mois"): [],
        gettext("Plus tard"): [],
        gettext("Sans échéance ou échéance passée"): [],
        gettext("Déposées et closes"): [],
    }
    names = list(buckets)
    for row in rows:
        due = row["deadline"]
        if row["deposited"] or Stage(row["stage"]) in CLOSED:
            place = 4
        elif due is None or due <= now:
            place = 3
        else:
            place = 0 if due <= week else 1 if due <= month else 2
        buckets[names[place]].append(row)
    return ({"title": name, "rows": held} for name, held in buckets.items() if held)
