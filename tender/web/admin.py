"""Administration: people, invitations, how the services are doing. Never prices, never texts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField
from wtforms.validators import InputRequired, Length

from tender.accounts import invitations, rules, service
from tender.accounts.queries import Listed, everyone
from tender.core import clock, queue, setup
from tender.core.actor import ClusterSeat, system
from tender.core.errors import Refusal
from tender.core.text import N_
from tender.core.transaction import reading, transaction
from tender.messages.models import Letter, LetterState
from tender.messages.queries import last_letters
from tender.web import forms
from tender.web.account import seat_name
from tender.web.invitations import link_to
from tender.web.refusals import refused
from tender.web.visitor import actor
from tender.web.vocabulary import SEAT

bp = Blueprint("admin", __name__, url_prefix="/administration")
LATE_SECONDS = 60
INVITED_TO = (ClusterSeat.COORDINATOR, ClusterSeat.MANAGER, ClusterSeat.ADMINISTRATOR)
TONE = {LetterState.SENT: "ok", LetterState.FAILED: "bad"}
LETTER = {
    LetterState.QUEUED: N_("en attente"),
    LetterState.SENDING: N_("en cours d’envoi"),
    LetterState.SENT: N_("envoyé"),
    LetterState.FAILED: N_("non parti"),
}


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Whom to invite to a seat of the cluster."""

    email = EmailField(
        lazy_gettext("Adresse électronique"),
        validators=[InputRequired(lazy_gettext("Indiquez une adresse.")), Length(max=254)],
    )
    seat = SelectField(
        lazy_gettext("Rôle"),
        choices=forms.choices(
            (seat.value, lazy_gettext(SEAT[seat.value].label)) for seat in INVITED_TO
        ),
    )


@bp.get("/")
def index() -> ResponseReturnValue:
    """Show accounts and services."""
    return _page(InviteForm(formdata=None)), 200


@bp.post("/inviter")
def invite() -> ResponseReturnValue:
    """Invite somebody to a seat of the cluster."""
    service.require_administers(actor())
    form = InviteForm()
    if not form.validate():
        return _page(form), 422
    try:
        seat = ClusterSeat(form.seat.data)
        offer = invitations.Offer(SEAT[seat.value].label, seats=frozenset({seat}))
        email = rules.email_of(form.email.data)
        with transaction(actor()) as session:
            invitations.invite(session, actor(), email, offer, link_to=link_to, now=clock.now())
    except Refusal as refusal:
        status = forms.blame(form, refusal)
        return _page(form), status
    flash(gettext("L’invitation part par courriel ; son lien vaut 7 jours."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/personnes/<uuid:person_id>/fermer")
def disable(person_id: UUID) -> ResponseReturnValue:
    """Close an account and end its sessions."""
    return _set_disabled(person_id, disabled=True)


@bp.post("/personnes/<uuid:person_id>/rouvrir")
def enable(person_id: UUID) -> ResponseReturnValue:
    """Open a closed account again."""
    return _set_disabled(person_id, disabled=False)


@bp.post("/personnes/<uuid:person_id>/oublier-code")
def forget_second_factor(person_id: UUID) -> ResponseReturnValue:
    """Take off a lost second factor."""
    service.require_administers(actor())
    try:
        with transaction(actor()) as session:
            person = service.forget_second_factor(session, actor(), person_id, now=clock.now())
    except Refusal as refusal:
        return refused(refusal, url_for(".index"))
    flash(gettext("%(name)s devra s’inscrire à nouveau.", name=person.name), "success")
    return redirect(url_for(".index"), 303)


def _set_disabled(person_id: UUID, *, disabled: bool) -> ResponseReturnValue:
    service.require_administers(actor())
    try:
        with transaction(actor()) as session:
            person = service.set_disabled(
                session, actor(), person_id, disabled=disabled, now=clock.now()
            )
    except Refusal as refusal:
        return refused(refusal, url_for(".index"))
    closed, opened = N_("Le compte de %(name)s est fermé."), N_("Le compte de %(name)s est ouvert.")
    flash(gettext(closed if disabled else opened, name=person.name), "success")
    return redirect(url_for(".index"), 303)


def _page(form: InviteForm) -> str:
    service.require_administers(actor())
    now = clock.now()
    with reading(system("sign_in")) as session:
        people = [_shown(listed) for listed in everyone(session)]
    with reading(system("work")) as session:
        counts, late = queue.counts(session), queue.oldest_due_seconds(session, now=now)
    with reading(system("mail")) as session:
        letters = [_letter(letter) for letter in last_letters(session)]
    return render_template(
        "admin/index.html", people=people, form=form, letters=letters,
        settings=[*_work(counts, late), *_settings()],
    )  # fmt: skip


def _shown(listed: Listed) -> dict[str, Any]:
    person = listed.person
    return {
        "id": person.id, "name": person.name, "email": person.email,
        "seats": [
            *(seat_name(seat.value) for seat in listed.seats),
            *(f"{seat_name(role.value)} ({company})" for company, role in listed.companies),
        ],
        "totp": listed.second_factor, "last_seen": listed.last_seen,
        "disabled": person.disabled_at is not None, "self": person.id == actor().person_id,
    }  # fmt: skip


def _work(counts: Mapping[queue.WorkState, int], late: float) -> list[dict[str, Any]]:
    waiting = counts.get(queue.WorkState.WAITING, 0) + counts.get(queue.WorkState.TAKEN, 0)
    parked = counts.get(queue.WorkState.PARKED, 0)
    return [
        _item(gettext("Travaux en attente ou en cours"), str(waiting), ok=late < LATE_SECONDS),
        _item(gettext("Travaux arrêtés après échecs"), str(parked), ok=parked == 0),
    ]


def _settings() -> list[dict[str, Any]]:
    known = setup.settings()
    post = known.smtp_host or gettext("gardés dans un dossier, aucun n’est envoyé")
    strong = known.password_cost == "normal"  # noqa: S105 - a level, not a secret
    hashing = (
        gettext("coût normal") if strong else gettext("coût réduit, pour les essais seulement")
    )
    return [
        _item(gettext("Adresse du site"), known.base_url, ok=known.base_url.startswith("https:")),
        _item(gettext("Courriels"), post, ok=bool(known.smtp_host)),
        _item(gettext("Mots de passe"), hashing, ok=strong),
    ]


def _item(label: str, value: str, *, ok: bool) -> dict[str, Any]:
    return {"label": label, "value": value, "ok": ok}


def _letter(letter: Letter) -> dict[str, Any]:
    when: datetime = letter.sent_at or letter.queued_at
    return {
        "to": letter.to, "template": letter.template, "state": gettext(LETTER[letter.state]),
        "tone": TONE.get(letter.state, ""), "at": when,
        "error": gettext(letter.error) if letter.error else "",
    }  # fmt: skip
