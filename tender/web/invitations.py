"""Taking an invitation, with a new account or with one's own."""

import structlog
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext, lazy_gettext
from flask_login import current_user
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from tender.accounts import invitations, rules
from tender.core import clock, setup
from tender.core.errors import Forbidden, Refusal
from tender.core.transaction import transaction
from tender.web import forms
from tender.web.account import seat_name
from tender.web.auth import SIGN_IN, NewPasswordForm, chosen
from tender.web.auth import bp as bp  # noqa: PLC0414 - given on: see areas.py
from tender.web.door import public

log = structlog.get_logger(__name__)


class JoinForm(NewPasswordForm):
    """What a new person says of themselves."""

    name = StringField(
        lazy_gettext("Prénom et nom"),
        validators=[InputRequired(lazy_gettext("Indiquez votre nom.")), Length(max=120)],
    )


def link_to(token: str) -> str:
    """Build the address of an invitation, from the configured origin only."""
    return setup.settings().base_url + url_for("auth.invitation", token=token)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """Show an invitation; a POST takes it."""
    with transaction(SIGN_IN) as session:
        offered = invitations.read(session, token, now=clock.now())
    if offered is None:
        return _page(None, JoinForm(), 410)
    if current_user.is_authenticated:
        return _as_myself(token, offered)
    if offered.person is not None:
        return redirect(url_for(".sign_in", next=request.path))
    return _as_new(token, offered)


def _as_myself(token: str, offered: invitations.Invitation) -> ResponseReturnValue:
    """Take an invitation while signed in: only one's own, and only wholly signed in."""
    if current_user.person.email != offered.email:
        log.warning("accounts.foreign_invitation", person=str(current_user.person.id))
        raise Forbidden(
            "Cette invitation s’adresse à une autre personne que vous. Si elle est pour vous sous "
            "une autre adresse, déconnectez-vous d’abord."
        )
    if current_user.second_factor_due:
        return redirect(url_for(".second_factor", next=request.path))
    if request.method == "GET":
        return _page(offered, JoinForm(), 200)
    with transaction(SIGN_IN) as session:
        invitations.accept_as(session, token, current_user.person.id, now=clock.now())
    flash(gettext("L’invitation est acceptée."), "success")
    return redirect(url_for("work.index"), 303)


def _as_new(token: str, offered: invitations.Invitation) -> ResponseReturnValue:
    form, status = JoinForm(), 200
    if request.method == "POST":
        status = _joined(token, offered, form)
        if status == 200:
            flash(gettext("Votre compte est ouvert. Connectez-vous."), "success")
            return redirect(url_for(".sign_in"), 303)
    return _page(offered, form, status)


def _joined(token: str, offered: invitations.Invitation, form: JoinForm) -> int:
    """Open the account that a form asks for; give the status of what is now shown."""
    try:
        name = rules.name_of(form.name.data or "") if form.name.data else ""
        password_hash, status = chosen(form, email=offered.email, name=name)
        if password_hash is None:
            return status
        with transaction(SIGN_IN) as session:
            invitations.accept_as_new(
                session, token, name=name, password_hash=password_hash,
                locale=str(get_locale() or "fr"), now=clock.now(),
            )  # fmt: skip
    except Refusal as refusal:
        return forms.blame(form, refusal)
    return 200


def _page(
    offered: invitations.Invitation | None, form: JoinForm, status: int
) -> ResponseReturnValue:
    shown: dict[str, str] = {}
    if offered is not None:
        codes = [*([offered.role.value] if offered.role else []), *sorted(offered.seats)]
        shown = {
            "company": offered.company.trade_name if offered.company else _cluster(),
            "role": ", ".join(seat_name(code) for code in codes),
            "email": offered.email, "by": offered.by,
        }  # fmt: skip
    return render_template(
        "auth/invitation.html", form=form, usable=offered is not None, invitation=shown,
        known=offered is not None and offered.person is not None,
    ), status  # fmt: skip


def _cluster() -> str:
    return setup.settings().cluster_name
