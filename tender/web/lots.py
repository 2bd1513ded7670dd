"""Lots and consortium: the grid, the lead member, the legal form."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tender.bids.queries import room
from tender.bids.rules import LiabilityForm
from tender.bids.service import set_form
from tender.claims.members import choose_lead
from tender.claims.service import leave
from tender.companies.directory import companies_named
from tender.companies.models import Company
from tender.core import clock
from tender.core.errors import Conflict, Invalid
from tender.core.transaction import Session, reading, transaction
from tender.web import bid_view, lot_grid
from tender.web.bids import bp
from tender.web.refusals import refused
from tender.web.visitor import actor

FORMS = {
    "several-jointly": (LiabilityForm.SEVERAL, True),
    "several": (LiabilityForm.SEVERAL, False),
    "joint": (LiabilityForm.JOINT, False),
}


@bp.get("/<ref>/lots")
def lots(ref: str) -> ResponseReturnValue:
    """The grid of lots and companies."""
    every = request.args.get("toutes") == "1"
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        shown = bid_view.header(session, actor(), bid, now=clock.now())
        grid = lot_grid.of(session, actor(), bid, standing, every=every, now=clock.now())
        conflicts = [
            bid_view.shown_finding(ref, f)
            for f in shown.findings
            if f.rule.startswith("R-") and f.severity.value == "block" and f.repair == "lots"
        ]
        return render_template(
            "bids/lots.html", bid=shown.values, conflicts=conflicts, rules_checked=7, **grid
        )


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
    try:
        with transaction(actor()) as session:
            bid, _ = room(session, actor(), ref)
            company = _company_asked(session)
            leave(session, actor(), bid, company.id, now=clock.now())
    except (Invalid, Conflict) as refusal:
        return refused(refusal, url_for(".lots", ref=ref))
    flash(gettext("Votre entreprise ne participe pas à cette affaire."), "success")
    return redirect(url_for("work.index"), 303)


def _form_asked() -> tuple[LiabilityForm, bool]:
    found = FORMS.get(request.form.get("form", ""))
    if found is None:
        raise Invalid("Choisissez une forme de groupement.")
    return found


def _company_asked(session: Session) -> Company:
    found = companies_named(session, [request.form.get("company", "")])
    if not found:
        raise Invalid("Choisissez une entreprise.", field="company")
    return found[0]
