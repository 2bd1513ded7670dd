"""At the door: signing in and out, the second factor, a new password."""

import time
from typing import Any

import segno
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from tender.accounts import links, passwords, sessions, signing
from tender.core import clock, setup
from tender.core.actor import system
from tender.core.errors import Refusal
from tender.core.transaction import transaction
from tender.web import browser, forms, language, visitor
from tender.web.door import public
from tender.web.refusals import own_path

bp = Blueprint("auth", __name__)
bp.before_app_request(forms.refuse_misfits)
bp.before_app_request(language.choose)
SIGN_IN = system("sign_in")
SAME_FOR_ALL = 0.2
"""Seconds that an answer takes at least, so that its time does not tell a known address."""
PENDING = "pending_secret"


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Address and password."""

    email = EmailField(
        lazy_gettext("Adresse électronique"),
        validators=[InputRequired(lazy_gettext("Indiquez votre adresse.")), Length(max=254)],
    )
    password = PasswordField(
        lazy_gettext("Mot de passe"),
        validators=[InputRequired(lazy_gettext("Indiquez votre mot de passe."))],
    )
    next = HiddenField()


class CodeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """The six digits of an authenticator application."""

    code = StringField(
        lazy_gettext("Code à six chiffres"),
        validators=[InputRequired(lazy_gettext("Recopiez le code.")), Length(max=20)],
    )


class ForgotForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """The address that a link is asked for."""

    email = EmailField(
        lazy_gettext("Adresse électronique"),
        validators=[InputRequired(lazy_gettext("Indiquez votre adresse.")), Length(max=254)],
    )


class NewPasswordForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A password, twice."""

    password = PasswordField(
        lazy_gettext("Nouveau mot de passe"),
        validators=[InputRequired(lazy_gettext("Choisissez un mot de passe."))],
    )
    again = PasswordField(
        lazy_gettext("Le même, une seconde fois"),
        validators=[EqualTo("password", lazy_gettext("Les deux saisies diffèrent. Recommencez."))],
    )


@bp.route("/connexion", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with a password."""
    form = SignInForm(next=request.args.get("next", ""))
    if request.method == "GET" and _inside():
        return redirect(own_path(request.args.get("next"), url_for("work.index")))
    status = 200
    if request.method == "POST":
        token, status = _by_password(form)
        if token is not None:
            return _enter(token, form.next.data)
    return render_template("auth/sign_in.html", form=form), status


def _by_password(form: SignInForm) -> tuple[str | None, int]:
    """Judge what was typed: the token of a new session, or what to say and its status."""
    if not form.validate():
        return None, 422
    seen, old = browser.present(), cookie.get("_user_id", "")
    try:
        with transaction(SIGN_IN) as session:
            guess = signing.begin(session, form.email.data, seen, now=clock.now())
        verdict = passwords.check(guess.stored, form.password.data)
    except Refusal as refusal:
        return None, forms.blame(form, refusal)
    with transaction(SIGN_IN) as session:
        token = signing.finish(session, guess, verdict, seen, now=clock.now())
        if token is not None:
            sessions.end_session(session, old, now=clock.now())
    if token is None:
        form.form_errors.append(gettext("L’adresse ou le mot de passe est inexact."))
    return token, 422


@bp.route("/connexion/code", methods=["GET", "POST"])
def second_factor() -> ResponseReturnValue:
    """Give the code that the account asks for besides the password."""
    if not visitor.visitor().second_factor_due:
        return redirect(url_for("work.index"))
    form, status = CodeForm(), 200
    if request.method == "POST":
        token, status = _by_code(form, signing.pass_second_factor)
        if token is not None:
            return _enter(token, request.args.get("next"))
    email = visitor.visitor().person.email
    return render_template("auth/second_factor.html", form=form, email=email), status


def _by_code(form: CodeForm, judge: Any, *of: str) -> tuple[str | None, int]:
    """Judge a code: the token of a stronger session, or what to say and its status."""
    if not form.validate():
        return None, 422
    try:
        with transaction(SIGN_IN) as session:
            token: str | None = judge(
                session, visitor.visitor().token, *of, form.code.data, browser.present(),
                now=clock.now(),
            )  # fmt: skip
    except Refusal as refusal:
        return None, forms.blame(form, refusal)
    if token is None:
        form.code.errors = [
            gettext("Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant.")
        ]
    return token, 422


@bp.route("/connexion/inscription-code", methods=["GET", "POST"])
def enrol_totp() -> ResponseReturnValue:
    """Put a second factor on one's account."""
    form, status = CodeForm(), 200
    secret = cookie.setdefault(PENDING, signing.new_secret())
    if request.method == "POST":
        token, status = _by_code(form, signing.enrol, secret)
        if token is not None:
            flash(gettext("La vérification en deux étapes est active."), "success")
            return _enter(token, request.args.get("next"))
    address = signing.enrolment_address(secret, visitor.visitor().person.email)
    qr = segno.make(address, error="m").svg_data_uri(scale=4, border=4, light="#fff")
    groups = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return render_template("auth/enrol_totp.html", form=form, qr=qr, secret=groups), status


@bp.post("/deconnexion")
def sign_out() -> ResponseReturnValue:
    """End this session."""
    with transaction(SIGN_IN) as session:
        sessions.end_session(session, visitor.visitor().token, now=clock.now())
    cookie.clear()
    response = redirect(url_for("auth.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.route("/mot-de-passe-oublie", methods=["GET", "POST"])
@public
def forgot() -> ResponseReturnValue:
    """Ask for a link to a new password; the answer is the same for every address."""
    started, form, status, sent = time.monotonic(), ForgotForm(), 200, False
    if request.method == "POST":
        status, sent = (200, True) if form.validate() else (422, False)
    if sent:
        try:
            with transaction(SIGN_IN) as session:
                links.may_ask(session, browser.present().address, now=clock.now())
                links.ask_reset(session, form.email.data, link_to=_link_to, now=clock.now())
        except Refusal as refusal:
            status, sent = forms.blame(form, refusal), False
        time.sleep(max(0.0, SAME_FOR_ALL - (time.monotonic() - started)))
    return render_template("auth/forgot.html", form=form, sent=sent), status


def _link_to(token: str) -> str:
    return setup.settings().base_url + url_for("auth.reset", token=token)


@bp.route("/reinitialiser/<token>", methods=["GET", "POST"])
@public
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password by the link of a letter."""
    with transaction(SIGN_IN) as session:
        person = links.reset_for(session, token, now=clock.now())
    form, status = NewPasswordForm(), 200 if person else 410
    if request.method == "POST" and person is not None:
        password_hash, status = chosen(form, email=person.email, name=person.name)
        if password_hash is not None:
            return _reset_to(token, password_hash)
    return render_template("auth/reset.html", form=form, usable=person is not None), status


def _reset_to(token: str, password_hash: str) -> ResponseReturnValue:
    with transaction(SIGN_IN) as session:
        done = links.reset_password(session, token, password_hash, now=clock.now())
    if not done:  # another request was first
        return render_template("auth/reset.html", form=NewPasswordForm(), usable=False), 410
    cookie.clear()
    flash(gettext("Votre mot de passe est enregistré. Connectez-vous."), "success")
    return redirect(url_for(".sign_in"), 303)


def chosen(form: FlaskForm, *, email: str, name: str) -> tuple[str | None, int]:
    """Judge and hash a new password of a form: its hash, or the status of what is now shown."""
    if not form.validate():
        return None, 422
    try:
        return passwords.make(form.password.data, email=email, name=name), 200
    except Refusal as refusal:
        return None, forms.blame(form, refusal)


def _inside() -> bool:
    return bool(
        current_user.is_authenticated
        and not current_user.second_factor_due
        and not current_user.must_enrol
    )


def _enter(token: str, wanted: str | None) -> Response:
    """Give the browser its new session, forgetting all that the old cookie held."""
    notices = cookie.get("_flashes", [])
    cookie.clear()
    cookie.update({"_user_id": token, "_fresh": True, "_flashes": notices})
    entered = visitor.load(token)
    if entered is None:
        return redirect(url_for(".sign_in"), 303)
    if entered.second_factor_due:
        return redirect(url_for(".second_factor", next=wanted or None), 303)
    if entered.must_enrol:
        return redirect(url_for(".enrol_totp", next=wanted or None), 303)
    response = redirect(own_path(wanted, url_for("work.index")), 303)
    return browser.remember(response, entered.person.id)
