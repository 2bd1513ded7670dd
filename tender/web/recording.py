"""Recording what the buyer decided on each lot."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import flash, redirect, render_template, request, url_for
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

from tender.bids.models import LotBid
from tender.bids.queries import lot_bid_numbered, room
from tender.bids.rules import LotBidState, require_coordinates
from tender.core import clock
from tender.core.errors import Invalid
from tender.core.transaction import reading, transaction
from tender.outcomes import rules, service
from tender.outcomes.models import Outcome
from tender.outcomes.queries import outcomes_of
from tender.web import bid_view, display
from tender.web.forms import choices
from tender.web.outcomes import bp, noon
from tender.web.refusals import say
from tender.web.visitor import actor
from tender.web.vocabulary import OUTCOME


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


def _lot(
    lot_bid: LotBid, known: Outcome | None, posted: str, refused: OutcomeForm | None
) -> dict[str, Any]:
    number = lot_bid.lot.number
    form: OutcomeForm | None
    if lot_bid.state not in rules.ANSWERED:
        form = None
    elif refused is not None and number == posted:
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
            "decided_on": display.date_short(noon(known.decided_on)),
            "winner": known.winner,
            "our_amount": known.our_amount,
            "recorded_by": known.recorded_by,
        },
    }  # fmt: skip
