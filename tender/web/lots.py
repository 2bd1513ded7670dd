"""Lots and consortium: the grid, claims, lead member."""

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
from tender.bids.rules import LiabilityForm, Standing
from tender.bids.service import choose_lead, decline, set_form
from tender.claims import service
from tender.claims.models import LotClaim
from tender.claims.queries import claim_in, live_claims
from tender.claims.rules import ClaimRole
from tender.companies.directory import companies_named
from tender.companies.models import Company
from tender.core import clock
from tender.core.errors import Conflict, Invalid, Refusal
from tender.core.transaction import reading, transaction
from tender.web import bid_view, lot_grid
from tender.web.bids import bp
from tender.web.forms import choices
from tender.web.refusals import refused, say
from tender.web.visitor import actor
from tender.web.vocabulary import ROLE

FORMS = {
    "several-jointly": (LiabilityForm.SEVERAL, True),
    "several": (LiabilityForm.SEVERAL, False),
    "joint": (LiabilityForm.JOINT, False),
}


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

    def wish(self) -> service.Wish:
        """Read what is asked for; raises Invalid for a share that is not a number."""
        text = (self.share.data or "0").replace(",", ".").replace("%", "").strip()
        try:
            share = Decimal(text or "0")
        except InvalidOperation:
            raise Invalid("Écrivez la part en chiffres, par exemple 37,5.", field="share") from None
        seen = self.version.data if "version" in self else ""
        return service.Wish(
            company_id=UUID(self.company.data),
            role=ClaimRole(self.role.data),
            share=share,
            tasks=self.tasks.data or "",
            override_reason=(self.override_reason.data or "") if "override_reason" in self else "",
            seen_version=int(seen) if seen and seen.isdigit() else None,
        )


@bp.get("/<ref>/lots")
def lots(ref: str) -> ResponseReturnValue:
    """The grid of lots and companies."""
    every = request.args.get("toutes") == "1"
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        shown = bid_view.header(session, actor(), bid, now=clock.now())
        grid = lot_grid.of(session, actor(), bid, standing, every=every)
        conflicts = [
            bid_view.shown_finding(ref, f)
            for f in shown.findings
            if f.rule.startswith("R-") and f.severity.value == "block" and f.repair == "lots"
        ]
        return render_template(
            "bids/lots.html", bid=shown.values, conflicts=conflicts, rules_checked=7, **grid
        )


@bp.route("/<ref>/lots/<lot_number>/positions/nouvelle", methods=["GET", "POST"])
def claim(ref: str, lot_number: str) -> ResponseReturnValue:
    """Position a company on a lot."""
    form = ClaimForm()
    with transaction(actor()) as session:
        bid, standing = room(session, actor(), ref)
        lot_bid = lot_bid_numbered(bid, lot_number)
        _offer_companies(session, form, bid, standing)
        if not form.company.choices:
            raise Refusal("Vous ne représentez aucune entreprise invitée dans cette affaire.")
    del form.version
    if not standing.coordinates:
        del form.override_reason
    elif request.method == "GET":
        form.company.data = _slug_to_id(form, request.args.get("company"))
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


@bp.route("/<ref>/lots/positions/<uuid:claim_id>", methods=["GET", "POST"])
def claim_change(ref: str, claim_id: UUID) -> ResponseReturnValue:
    """See or change a position."""
    form = ClaimForm()
    with transaction(actor()) as session:
        bid, standing = room(session, actor(), ref)
        held = claim_in(session, bid, claim_id)
        form.company.choices = choices([(str(held.company_id), held.company.trade_name)])
        if request.method == "GET":
            form.company.data, form.role.data = str(held.company_id), held.role.value
            form.share.data, form.tasks.data = f"{held.share:f}".replace(".", ","), held.tasks
            form.version.data = str(held.version)
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
    """Withdraw a position, with its reason."""
    reason = request.form.get("reason", "")[:2000]
    try:
        with transaction(actor()) as session:
            bid, _ = room(session, actor(), ref)
            service.release_claim(session, actor(), bid, claim_id, reason=reason, now=clock.now())
    except (Invalid, Conflict) as refusal:
        return refused(refusal, url_for(".claim_change", ref=ref, claim_id=claim_id))
    flash(gettext("La position est retirée."), "success")
    return redirect(url_for(".lots", ref=ref), 303)


@bp.post("/<ref>/lots/mandataire")
def lead(ref: str) -> ResponseReturnValue:
    """Name the lead member of the consortium."""
    try:
        with transaction(actor()) as session:
            bid, _ = room(session, actor(), ref)
            company = _company_asked(session)
            choose_lead(session, actor(), bid, company.id, now=clock.now())
    except (Invalid, Conflict) as refusal:
        return refused(refusal, url_for(".lots", ref=ref))
    flash(gettext("Le mandataire est désigné."), "success")
    return redirect(url_for(".lots", ref=ref), 303)


@bp.post("/<ref>/lots/forme")
def form_of_consortium(ref: str) -> ResponseReturnValue:
    """Choose the legal form of the consortium."""
    try:
        with transaction(actor()) as session:
            bid, _ = room(session, actor(), ref)
            liability, jointly = _form_asked()
            set_form(session, actor(), bid, liability=liability, jointly=jointly, now=clock.now())
    except Invalid as refusal:
        return refused(refusal, url_for(".lots", ref=ref))
    flash(gettext("La forme du groupement est enregistrée."), "success")
    return redirect(url_for(".lots", ref=ref), 303)


@bp.post("/<ref>/lots/decliner")
def decline_invitation(ref: str) -> ResponseReturnValue:
    """A company does not take part."""
    with transaction(actor()) as session:
        bid, _ = room(session, actor(), ref)
        company = _company_asked(session)
        decline(session, actor(), bid, company.id, now=clock.now())
    flash(gettext("Votre entreprise ne participe pas à cette affaire."), "success")
    return redirect(url_for("work.index"), 303)


def _form_asked() -> tuple[LiabilityForm, bool]:
    found = FORMS.get(request.form.get("form", ""))
    if found is None:
        raise Invalid("Choisissez une forme de groupement.")
    return found


def _company_asked(session: Any) -> Company:
    found = companies_named(session, [request.form.get("company", "")])
    if not found:
        raise Invalid("Choisissez une entreprise.", field="company")
    return found[0]


def _offer_companies(session: Any, form: ClaimForm, bid: Bid, standing: Standing) -> None:
    """Offer the companies that this person may position."""
    mine = standing.member_of | standing.invited_as
    rows = companies_at_door(session, bid.id)
    form.company.choices = choices(
        (str(c.id), c.trade_name)
        for c, _ in rows
        if standing.coordinates or (c.id in mine and actor().represents(c.id))
    )
    form.slugs = {c.slug: str(c.id) for c, _ in rows}


def _slug_to_id(form: ClaimForm, slug: str | None) -> str | None:
    found: str | None = form.slugs.get(slug or "")
    return found


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
        held = next((c for c in claims if c.id == claim_id), None)
        lot_bid = held.lot_bid if held else lot_bid_numbered(bid, lot_number or "")
        shown = bid_view.header(session, actor(), bid, now=clock.now())
        page = render_template(
            "bids/claim.html",
            bid=shown.values,
            form=form,
            findings=_advice(session, bid, lot_bid, form),
            **_claim_values(lot_bid, claims, held, standing),
        )
    return page, (refusal.status if refusal else 422 if form.errors else 200)


def _show_refusal(form: ClaimForm, refusal: Refusal) -> None:
    words = say(refusal.text)
    if refusal.article:
        words = gettext("%(words)s (art. %(article)s)", words=words, article=refusal.article)
    field = form[refusal.field] if refusal.field and refusal.field in form else form.role
    field.errors = [*field.errors, words]


def _advice(session: Any, bid: Bid, lot_bid: LotBid, form: ClaimForm) -> list[dict[str, Any]]:
    try:
        wish = form.wish()
    except (Invalid, ValueError, TypeError):
        return []
    findings = service.judge(session, actor(), bid, lot_bid, wish, now=clock.now())
    return [bid_view.shown_finding(bid.ref, f) for f in findings]


def _claim_values(
    lot_bid: LotBid, claims: Any, held: LotClaim | None, standing: Standing
) -> dict[str, Any]:
    on_lot = [c for c in claims if c.lot_bid_id == lot_bid.id and c is not held]
    leader = next((c for c in on_lot if c.role is ClaimRole.LEAD), None)
    taken = (
        gettext("Déjà pris par %(company)s.", company=leader.company.trade_name) if leader else ""
    )
    return {
        "lot": lot_grid.lot_values(lot_bid),
        "off": {ClaimRole.LEAD.value: taken} if leader else {},
        "others": [
            {"company": c.company.trade_name, "role": c.role.value, "share": c.share or None}
            for c in on_lot
        ],
        "claim": lot_grid.claim_values(held, actor(), standing) if held else None,
    }
