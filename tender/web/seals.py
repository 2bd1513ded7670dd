"""Sealing a final run, and recording its deposit."""

import secrets
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tender.bids.rules import require_coordinates
from tender.core import clock, setup
from tender.core.errors import Conflict, Invalid, Refusal
from tender.core.transaction import reading, transaction
from tender.submissions import rules, service
from tender.submissions.queries import package_of
from tender.submissions.service import Deposit
from tender.web import forms
from tender.web.assembly import bp, place_of, result_page
from tender.web.deposits import DepositForm
from tender.web.refusals import refused
from tender.web.visitor import actor


@bp.post("/assemblages/<uuid:run_id>/sceller")
def seal(ref: str, run_id: UUID) -> ResponseReturnValue:
    """Pack first, then seal in one transaction; a second click finds the first one's package."""
    here = url_for(".run", ref=ref, run_id=run_id)
    try:
        with reading(actor()) as session:
            bid, standing = place_of(session, ref)
            require_coordinates(standing)
            if package_of(session, run_id) is not None:
                return redirect(here, 303)
            wanted = service.contents(session, actor(), bid, run_id, now=clock.now())
        made = service.packed(setup.storage(), bid.id, run_id, wanted)
        with transaction(actor()) as session:
            bid, _ = place_of(session, ref)
            service.seal(session, actor(), bid, run_id, made, now=clock.now())
    except (Invalid, Conflict) as refusal:
        return refused(refusal, here)
    flash(gettext("Le pli est scellé."), "success")
    return redirect(here, 303)


@bp.post("/assemblages/<uuid:run_id>/depot")
def deposit(ref: str, run_id: UUID) -> ResponseReturnValue:
    """Note the deposit on the buyer's platform, with its receipt."""
    form = DepositForm()
    with reading(actor()) as session:
        bid, standing = place_of(session, ref)
        require_coordinates(standing)
    if not form.validate():
        return result_page(ref, run_id, form, 422)
    try:
        _record(ref, run_id, _deposit(form, bid.id))
    except (Invalid, Conflict) as refusal:
        return result_page(ref, run_id, form, forms.blame(form, refusal))
    flash(gettext("Le dépôt est enregistré. La composition du groupement est figée."), "success")
    return redirect(url_for(".run", ref=ref, run_id=run_id), 303)


def _record(ref: str, run_id: UUID, said: Deposit) -> None:
    """Give a deposit its row, or forget its receipt's file."""
    try:
        with transaction(actor()) as session:
            bid, _ = place_of(session, ref)
            service.record_deposit(session, actor(), bid, run_id, said, now=clock.now())
    except Refusal:
        if said.receipt_key:
            setup.storage().delete(said.receipt_key)
        raise


def _deposit(form: DepositForm, bid_id: UUID) -> Deposit:
    """Read the form; store the receipt's file, if there is one, before any row."""
    name = key = digest = ""
    sent = request.files.get("receipt")
    if sent is not None and sent.filename:
        data = sent.stream.read(rules.LARGEST_RECEIPT + 1)
        name = rules.fitting_receipt(sent.filename, data)
        key = f"bids/{bid_id}/receipts/{secrets.token_hex(16)}"
        digest = setup.storage().put(key, data)
    return Deposit(form.instant(), form.platform.data, form.receipt_number.data, name, key, digest)
