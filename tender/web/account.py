"""One's own account: preferences, password, open sessions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, SelectField
from wtforms.validators import InputRequired

from tender.accounts import passwords, queries, service, sessions, signing
from tender.companies.models import Company
from tender.core import clock, setup
from tender.core.actor import Actor
from tender.core.errors import Invalid, Refusal
from tender.core.transaction import Session, reading, transaction
from tender.web import browser, forms, language
from tender.web.auth import SIGN_IN, NewPasswordForm, bp, chosen
from tender.web.visitor import actor, visitor
from tender.web.vocabulary import SEAT

LANGUAGES = forms.choices([("fr", "Français"), ("en", "English")])


class PreferencesForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Language and single-letter keys."""

    language = SelectField(lazy_gettext("Langue"), choices=LANGUAGES)
    keys = BooleanField(lazy_gettext("Raccourcis d’une seule lettre"))


class PasswordForm(NewPasswordForm):
    """The old password, and the new one twice."""

    current = PasswordField(
        lazy_gettext("Mot de passe actuel"),
        validators=[InputRequired(lazy_gettext("Indiquez votre mot de passe actuel."))],
    )


@bp.route("/compte", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """Show the account; a POST keeps the preferences."""
    person = visitor().person
    form = PreferencesForm(language=person.locale, keys=person.letter_keys)
    if request.method == "GET":
        return _page(form, PasswordForm(formdata=None), 200)
    if not form.validate():
        return _page(form, PasswordForm(formdata=None), 422)
    with transaction(actor()) as session:
        service.set_preferences(session, actor(), language=form.language.data, keys=form.keys.data)
    flash(gettext("Vos préférences sont enregistrées."), "success")
    return language.keep(redirect(url_for(".account"), 303), form.language.data)


@bp.post("/compte/mot-de-passe")
def change_password() -> ResponseReturnValue:
    """Change the password, once the present one was given."""
    form = PasswordForm()
    try:
        password_hash, status = _judged(form)
    except Refusal as refusal:
        password_hash, status = None, forms.blame(form, refusal)
    if password_hash is None:
        person = visitor().person
        preferences = PreferencesForm(
            formdata=None, language=person.locale, keys=person.letter_keys
        )
        return _page(preferences, form, status)
    with transaction(actor()) as session:
        service.set_password(
            session, actor(), password_hash, keep=visitor().session_id, now=clock.now()
        )
    flash(gettext("Votre mot de passe est changé ; vos autres sessions sont fermées."), "success")
    return redirect(url_for(".account"), 303)


def _judged(form: PasswordForm) -> tuple[str | None, int]:
    """Judge the present password, as a counted guess, then the new one."""
    if not form.validate():
        return None, 422
    person = visitor().person
    with transaction(SIGN_IN) as session:
        guess = signing.begin(session, person.email, browser.present(), now=clock.now())
    if not passwords.check(guess.stored, form.current.data).right:
        raise Invalid("Ce n’est pas votre mot de passe actuel.", field="current")
    with transaction(SIGN_IN) as session:
        signing.forgive(session, guess)
    return chosen(form, email=person.email, name=person.name)


@bp.post("/compte/sessions/<uuid:session_id>/fermer")
def end_session(session_id: UUID) -> ResponseReturnValue:
    """End one of one's own sessions; another's is not found among them."""
    with transaction(actor()) as session:
        sessions.end_one(session, visitor().person.id, session_id, now=clock.now())
    flash(gettext("La session est fermée."), "success")
    return redirect(url_for(".account"), 303)


def _page(form: PreferencesForm, password_form: PasswordForm, status: int) -> ResponseReturnValue:
    with reading(actor()) as session:
        shown = render_template(
            "auth/account.html", form=form, password_form=password_form,
            seats=_seats(session, actor()), sessions=_sessions(session),
            totp=queries.has_second_factor(session, visitor().person.id),
        )  # fmt: skip
    return shown, status


def _seats(session: Session, who: Actor) -> list[dict[str, str]]:
    cluster = setup.settings().cluster_name
    held = [{"company": cluster, "role": seat_name(seat.value)} for seat in sorted(who.seats)]
    for company_id, role in who.companies.items():
        company = session.get_one(Company, company_id)
        held.append({"company": company.trade_name, "role": seat_name(role.value)})
    return held


def seat_name(code: str) -> str:
    """Say a seat in the reader's language."""
    return str(gettext(SEAT[code].label))


def _sessions(session: Session) -> list[dict[str, Any]]:
    rows = sessions.live_sessions(session, visitor().person.id, now=clock.now())
    return [
        {
            "id": row.id, "device": row.browser or gettext("Navigateur inconnu"),
            "place": row.address or "–", "last_seen": row.seen_at,
            "current": row.id == visitor().session_id,
        }
        for row in rows
    ]  # fmt: skip
