"""One position on a lot: its form, what the rules say of it, its confirmation, its end."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from tender.bids.models import Bid, LotBid
from tender.bids.queries import companies_at_door, lot_bid_numbered, room
from tender.bids.rules import Standing
from tender.claims import service
from tender.claims.judging import Wish, judge
from tender.claims.law import ENGAGED, WHOLE
from tender.claims.models import LotClaim
from tender.claims.queries import claim_in, live_claims
from tender.claims.rules import ClaimRole
from tender.core import clock
from tender.core.errors import Conflict, Invalid, Refusal
from tender.core.transaction import Session, reading, transaction
from tender.web import bid_view, lot_grid
from tender.web.bids import bp
from tender.web.forms import choices, whole
from tender.web.refusals import refused, say
from tender.web.visitor import actor
from tender.web.vocabulary import ROLE


class ClaimForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A position on a lot."""

    company = SelectField(lazy_gettext("Entreprise"), validators=[InputRequired()])
    role = RadioField(
        lazy_gettext("Rôle"),
        choices=choices((r.value, lazy_gettext(ROLE[r.value].label)) for r in ClaimRole),
        validators=[InputRequired(lazy_gettext("Choisissez un rôle."))],
    )
    share = StringField(lazy_gettext("Part du lot"), validators=[Length(max=10)])
    tasks = TextAreaField(lazy_gettext("Prestations et moyens"), validators=[Length(max=4000)])
    version = HiddenField()
    override_reason = TextAreaField(
        lazy_gettext("Raison de passer outre une règle bloquante"), validators=[Length(max=2000)]
    )

    def wish(self) -> Wish:
        """Read what is asked for; raises Invalid for a share that is not a number."""
        text = (self.share.data or "0").replace(",", ".").replace("%", "").strip()
        try:
            share = Decimal(text or "0")
        except InvalidOperation:
            share = Decimal("NaN")
        if not share.is_finite():
            raise Invalid("Écrivez la part en chiffres, par exemple 37,5.", field="share")
        seen = self.version.data if "version" in self else ""
        return Wish(
            company_id=UUID(self.company.data),
            role=ClaimRole(self.role.data),
            share=share,
            tasks=self.tasks.data or "",
            override_reason=(self.override_reason.data or "") if "override_reason" in self else "",
            seen_version=whole(seen) if seen else None,
        )


@bp.route("/<ref>/lots/<lot_number>/positions/nouvelle", methods=["GET", "POST"])
def claim(ref: str, lot_number: str) -> ResponseReturnValue:
    """Position a company on a lot."""
    form = _form_for(ref)
    if request.method == "POST" and form.validate():
        try:
            with transaction(actor()) as session:
                bid, _ = room(session, actor(), ref)
                lot_bid = lot_bid_numbered(bid, lot_number)
                made = service.claim_lot(
                    session, actor(), bid, lot_bid, form.wish(), now=clock.now()
                )
                name = made.company.trade_name
        except (Invalid, Conflict) as refusal:
            return _claim_page(ref, form, lot_number=lot_number, refusal=refusal)
        flash(gettext("%(company)s est positionnée sur le lot %(number)s.",
                      company=name, number=lot_number), "success")  # fmt: skip
        return redirect(url_for(".lots", ref=ref), 303)
    return _claim_page(ref, form, lot_number=lot_number)


@bp.post("/<ref>/lots/<lot_number>/positions/verifier")
def claim_verify(ref: str, lot_number: str) -> ResponseReturnValue:
    """Say what the rules say before anything is saved: the advice alone, or the whole page."""
    form = _form_for(ref)
    if request.headers.get("HX-Request"):
        with reading(actor()) as session:
            bid, _ = room(session, actor(), ref)
            findings = _advice(session, bid, lot_bid_numbered(bid, lot_number), form)
            return render_template("bids/_advice.html", findings=findings)
    claim_id = request.args.get("position", type=UUID)
    return _claim_page(ref, form, lot_number=lot_number, claim_id=claim_id)


@bp.route("/<ref>/lots/positions/<uuid:claim_id>", methods=["GET", "POST"])
def claim_change(ref: str, claim_id: UUID) -> ResponseReturnValue:
    """See or change a position."""
    form = ClaimForm()
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        held = claim_in(session, bid, claim_id)
        form.company.choices = choices([(str(held.company_id), held.company.trade_name)])
    if request.method == "GET":
        _fill(form, held)
    if not standing.coordinates:
        del form.override_reason
    if request.method == "POST" and form.validate():
        try:
            with transaction(actor()) as session:
                bid, _ = room(session, actor(), ref)
                service.change_claim(session, actor(), bid, claim_id, form.wish(), now=clock.now())
        except (Invalid, Conflict) as refusal:
            return _claim_page(ref, form, claim_id=claim_id, refusal=refusal)
        flash(gettext("Position enregistrée."), "success")
        return redirect(url_for(".lots", ref=ref), 303)
    return _claim_page(ref, form, claim_id=claim_id)


@bp.post("/<ref>/lots/positions/<uuid:claim_id>/confirmer")
def claim_confirm(ref: str, claim_id: UUID) -> ResponseReturnValue:
    """Confirm a position."""
    try:
        with transaction(actor()) as session:
            bid, _ = room(session, actor(), ref)
            held = service.confirm_claim(session, actor(), bid, claim_id, now=clock.now())
            name = held.company.trade_name
    except (Invalid, Conflict) as refusal:
        return refused(refusal, url_for(".lots", ref=ref))
    flash(gettext("La position de %(company)s est confirmée.", company=name), "success")
    return redirect(url_for(".lots", ref=ref), 303)


@bp.post("/<ref>/lots/positions/<uuid:claim_id>/retirer")
def claim_release(ref: str, claim_id: UUID) -> ResponseReturnValue:
    """Withdraw a position, or turn it down, with the reason."""
    reason = request.form.get("reason", "")[:2000]
    try:
        with transaction(actor()) as session:
            bid, _ = room(session, actor(), ref)
            service.release_claim(session, actor(), bid, claim_id, reason=reason, now=clock.now())
    except (Invalid, Conflict) as refusal:
        return refused(refusal, url_for(".claim_change", ref=ref, claim_id=claim_id))
    flash(gettext("La position est retirée."), "success")
    return redirect(url_for(".lots", ref=ref), 303)


def _form_for(ref: str) -> ClaimForm:
    """Give the form with the companies that this person may position; refuse when there is none."""
    form = ClaimForm()
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        mine = standing.member_of | standing.invited_as
        offered = [
            company
            for company, _ in companies_at_door(session, bid.id)
            if standing.coordinates or (company.id in mine and actor().represents(company.id))
        ]
    if not offered and not standing.coordinates:
        raise Refusal("Vous ne représentez aucune entreprise invitée dans cette affaire.")
    if not offered:
        raise Refusal("Invitez d’abord des entreprises dans l’affaire, puis positionnez-les.")
    form.company.choices = choices((str(c.id), c.trade_name) for c in offered)
    if not standing.coordinates:
        del form.override_reason
    if request.method == "GET":
        del form.version
        asked = (c for c in offered if c.slug == request.args.get("company"))
        own_first = min(offered, key=lambda c: not actor().represents(c.id))
        form.company.data = str(next(asked, own_first).id)
        form.role.data = ClaimRole.CO_CONTRACTOR.value
    return form


def _fill(form: ClaimForm, held: LotClaim) -> None:
    form.company.data, form.role.data = str(held.company_id), held.role.value
    form.share.data, form.tasks.data = f"{held.share:f}".replace(".", ","), held.tasks
    form.version.data, form.override_reason.data = str(held.version), held.override_reason


def _claim_page(
    ref: str,
    form: ClaimForm,
    *,
    lot_number: str | None = None,
    claim_id: UUID | None = None,
    refusal: Refusal | None = None,
) -> ResponseReturnValue:
    """Show the form, with what the rules say and why it was refused."""
    if refusal is not None:
        _show_refusal(form, refusal)
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        claims = live_claims(session, bid.id)
        held = claim_in(session, bid, claim_id) if claim_id else None
        lot_bid = held.lot_bid if held else lot_bid_numbered(bid, lot_number or "")
        shown = bid_view.header(session, actor(), bid, now=clock.now())
        page = render_template(
            "bids/claim.html",
            bid=shown.values,
            form=form,
            findings=_advice(session, bid, lot_bid, form),
            **_claim_values(bid, lot_bid, claims, held, standing),
        )
    return page, (refusal.status if refusal else 422 if form.errors else 200)


def _show_refusal(form: ClaimForm, refusal: Refusal) -> None:
    words = say(refusal.text)
    if refusal.article:
        words = gettext("%(words)s (art. %(article)s)", words=words, article=refusal.article)
    field = form[refusal.field] if refusal.field and refusal.field in form else form.role
    field.errors = [*field.errors, words]


def _advice(
    session: Session, bid: Bid, lot_bid: LotBid, form: ClaimForm
) -> list[dict[str, Any]] | None:
    """Judge what the form holds; None if it says too little, or if the company is another's.

    Of another company it says nothing: where a rival stands is not for the curious.
    """
    steers = bid.id in actor().coordinates
    try:
        wish = form.wish()
    except (Invalid, ValueError, TypeError):
        return None
    offered = {choice.value for choice in form.company.choices}
    if str(wish.company_id) not in offered or not (steers or actor().represents(wish.company_id)):
        return None
    findings = judge(session, actor(), bid, lot_bid, wish, now=clock.now())
    return [bid_view.shown_finding(bid.ref, f) for f in findings]


def _claim_values(
    bid: Bid, lot_bid: LotBid, claims: Sequence[LotClaim], held: LotClaim | None, standing: Standing
) -> dict[str, Any]:
    on_lot = [c for c in claims if c.lot_bid_id == lot_bid.id and c is not held]
    leader = next((c for c in on_lot if c.role is ClaimRole.LEAD), None)
    taken = (
        gettext("Déjà pris par %(company)s.", company=leader.company.trade_name) if leader else ""
    )
    still_open = lot_grid.is_open(bid, clock.now())
    return {
        "lot": lot_grid.lot_values(lot_bid),
        "off": {ClaimRole.LEAD.value: taken} if leader else {},
        "left": WHOLE - sum(c.share for c in on_lot if c.role in ENGAGED),
        "others": [
            {"company": c.company.trade_name, "role": c.role.value, "share": c.share or None}
            for c in on_lot
        ],
        "claim": lot_grid.claim_values(held, actor(), standing, still_open) if held else None,
    }
