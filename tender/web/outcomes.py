"""Results: win rates, and the form that records a result."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from tender.bids.queries import lot_bid_numbered, room
from tender.bids.rules import LotBidState, require_coordinates
from tender.companies.models import Company
from tender.core import clock
from tender.core.actor import ClusterSeat
from tender.core.errors import Invalid, NotFound
from tender.core.text import N_
from tender.core.transaction import reading, transaction
from tender.outcomes import rules, service
from tender.outcomes.queries import judged, outcomes_of, to_record, waiting
from tender.web import bid_view, display, rates
from tender.web.forms import choices
from tender.web.refusals import say
from tender.web.visitor import actor
from tender.web.vocabulary import OUTCOME

bp = Blueprint("outcomes", __name__)
PERIODS = {"12": (N_("12 mois"), 365), "24": (N_("24 mois"), 730), "tout": (N_("Tout"), None)}


def money_of(text: str | None) -> Decimal | None:
    """Read an amount as people type it; None when empty, ValueError when it is not one."""
    cleaned = (text or "").replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    cleaned = cleaned.replace("€", "").replace(",", ".")
    if not cleaned:
        return None
    try:
        return Decimal(cleaned).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValueError(text) from None


def _is_money(_form: object, field: Any) -> None:
    try:
        money_of(field.data)
    except ValueError:
        raise ValidationError(
            gettext("Écrivez un montant en chiffres, par exemple 12 500,00.")
        ) from None


class OutcomeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """The result of one lot."""

    result = SelectField(
        lazy_gettext("Résultat"),
        choices=choices(
            [
                ("", lazy_gettext("Choisir")),
                *((r.value, lazy_gettext(OUTCOME[r.value].label)) for r in rules.RECORDABLE),
            ]
        ),
        validators=[InputRequired(lazy_gettext("Choisissez le résultat du lot."))],
    )
    decided_on = DateField(
        lazy_gettext("Décidé le"),
        validators=[InputRequired(lazy_gettext("Donnez la date de la décision."))],
    )
    our_amount = StringField(lazy_gettext("Notre montant HT"), validators=[_is_money])
    our_rank = IntegerField(
        lazy_gettext("Notre rang"), validators=[Optional(), NumberRange(1, 999)]
    )
    offers_received = IntegerField(
        lazy_gettext("Offres reçues"), validators=[Optional(), NumberRange(0, 9999)]
    )
    winner = StringField(lazy_gettext("Attributaire"), validators=[Length(max=300)])
    winner_amount = StringField(
        lazy_gettext("Montant de l’attributaire HT"), validators=[_is_money]
    )
    reason = TextAreaField(lazy_gettext("Motifs"), validators=[Length(max=4000)])
    source = StringField(lazy_gettext("Source"), validators=[Length(max=300)])

    def told(self) -> service.Result:
        """Read the form."""
        return service.Result(
            result=LotBidState(self.result.data),
            decided_on=self.decided_on.data,
            our_amount=money_of(self.our_amount.data),
            our_rank=self.our_rank.data,
            offers_received=self.offers_received.data,
            winner=(self.winner.data or "").strip(),
            winner_amount=money_of(self.winner_amount.data),
            reason=(self.reason.data or "").strip(),
            source=(self.source.data or "").strip(),
        )


def _require_may_look() -> None:
    if not actor().seats & {ClusterSeat.MANAGER, ClusterSeat.COORDINATOR}:
        raise NotFound("Cette page n’existe pas, ou n’est pas visible pour vous.")


def _period() -> tuple[str, date | None]:
    code = request.args.get("periode", "24")
    days = PERIODS.get(code, PERIODS["24"])[1]
    return code, clock.now().date() - timedelta(days=days) if days else None


@bp.get("/resultats")
def index() -> ResponseReturnValue:
    """The win rates of a period."""
    _require_may_look()
    code, since = _period()
    today = clock.now().date()
    with reading(actor()) as session:
        rows = judged(session, actor(), since=since, until=today)
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
        since=_noon(since),
        until=_noon(today),
        enough=overall.decided >= rules.ENOUGH,
        export_url=url_for(".export", periode=code),
        figures=rates.figures(rows, overall, company),
        overall=overall.rate,
        breakdowns=rates.breakdowns(rows),
        exclusions=rates.exclusions(rows),
        to_record=pending,
    )


def _noon(day: date | None) -> Any:
    return (
        clock.now().replace(year=day.year, month=day.month, day=day.day, hour=12) if day else None
    )


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


@bp.route("/affaires/<ref>/resultat", methods=["GET", "POST"])
def record(ref: str) -> ResponseReturnValue:
    """Record the result of each lot."""
    posted = request.form.get("lot_number", "")
    form = OutcomeForm(prefix=f"l{posted}-") if request.method == "POST" else None
    if form is not None and form.validate():
        try:
            with transaction(actor()) as session:
                bid, _ = room(session, actor(), ref)
                lot_bid = lot_bid_numbered(bid, posted)
                service.record_outcome(session, actor(), bid, lot_bid, form.told(), now=clock.now())
        except Invalid as refusal:
            field = form[refusal.field if refusal.field in form else "result"]
            field.errors = [*field.errors, say(refusal.text)]
        else:
            flash(
                gettext("Le résultat du lot %(number)s est enregistré.", number=posted), "success"
            )
            return redirect(url_for(".record", ref=ref), 303)
    return _record_page(ref, posted, form)


def _record_page(ref: str, posted: str, refused: OutcomeForm | None) -> ResponseReturnValue:
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        require_coordinates(standing)
        known = outcomes_of(session, bid.id)
        lots = [_lot(lb, known.get(lb.id), posted, refused) for lb in bid.lot_bids]
        page = render_template("outcomes/record.html", bid=bid_view.summary(bid), lots=lots)
    return page, 422 if refused is not None and refused.errors else 200


def _lot(lot_bid: Any, known: Any, posted: str, refused: OutcomeForm | None) -> dict[str, Any]:
    number = lot_bid.lot.number
    if refused is not None and number == posted:
        form = refused
    else:
        form = OutcomeForm(formdata=None, prefix=f"l{number}-", obj=known)
        if known is not None:
            form.result.data = known.result.value
    return {
        "number": number,
        "title": lot_bid.lot.title,
        "amount": lot_bid.lot.estimated_value,
        "state": lot_bid.state.value,
        "form": form,
        "recorded": known and {
            "result": known.result.value,
            "decided_on": display.date_short(_noon(known.decided_on)),
            "winner": known.winner,
            "our_amount": known.our_amount,
            "recorded_by": known.recorded_by,
        },
    }  # fmt: skip
