"""What a person sees when something is refused or breaks."""

from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from tender.core.errors import Refusal
from tender.core.text import N_, Text
from tender.web.visitor import forget

log = structlog.get_logger(__name__)
TITLES = {
    400: N_("Demande incomprise"),
    403: N_("Accès réservé"),
    404: N_("Page introuvable"),
    405: N_("Action impossible ici"),
    409: N_("Modifié entre-temps"),
    413: N_("Fichier trop lourd"),
    422: N_("Demande refusée"),
    429: N_("Trop d’essais"),
    500: N_("Une erreur est survenue"),
    503: N_("Service momentanément indisponible"),
}
TEXTS = {
    400: N_("La page a peut-être expiré. Revenez en arrière, rechargez-la et recommencez."),
    403: N_(
        "Votre compte ne permet pas cette action. La coordination de l’affaire peut vous aider."
    ),
    404: N_("Cette page n’existe pas, ou n’est pas visible pour vous. Rien n’est perdu."),
    405: N_("Cette adresse ne s’ouvre pas ainsi. Revenez à la page précédente."),
    409: N_("Quelqu’un a modifié cet élément pendant votre saisie. Rechargez la page et comparez."),
    413: N_("Le fichier dépasse 50 Mo. Réduisez les images puis déposez-le à nouveau."),
    429: N_("Patientez quelques minutes avant de recommencer."),
    500: N_("Rien n’a été enregistré. L’incident est noté ; indiquez sa référence au support."),
    503: N_("La base de données ne répond pas. Réessayez dans une minute : rien n’est perdu."),
}


def say(text: Text) -> str:
    """Say a sentence in the reader's language."""
    return text.render(gettext)


def page(status: int, text: str | None = None) -> ResponseReturnValue:
    """Show the error page of a status."""
    if status >= 500:
        forget()  # what broke may be the very look-up of who asks
    words = text or gettext(TEXTS.get(status, TEXTS[500]))
    title = gettext(TITLES.get(status, TITLES[500]))
    body = render_template(
        "errors/error.html", code=status, title=title, text=words, reference=g.get("request_id", "")
    )
    return body, status


def refused(refusal: Refusal, otherwise: str) -> ResponseReturnValue:
    """Take the person back to the page they came from, with the reason."""
    if request.headers.get("HX-Request"):
        return say(refusal.text), refusal.status
    flash(say(refusal.text), "error")
    return redirect(otherwise)


def install(app: Flask) -> None:
    """Handle refusals, HTTP errors, a database that is away, and bugs."""
    handlers: dict[type[Exception], Callable[..., ResponseReturnValue]] = {
        Refusal: lambda e: page(e.status, say(e.text)),
        CSRFError: lambda _: page(400),
        SecurityError: lambda _: Response("host refused", 400, mimetype="text/plain"),
        StaleDataError: lambda _: page(409),
        PoolTimeout: _away,
        DBAPIError: _away,
        HTTPException: lambda e: page(e.code) if e.code in TITLES else e,
        Exception: _bug,
    }
    for kind, handler in handlers.items():
        app.register_error_handler(kind, handler)


def _away(error: Exception) -> ResponseReturnValue:
    lost = isinstance(error, PoolTimeout) or getattr(error, "connection_invalidated", False)
    known = type(error).__name__ == "OperationalError"
    if not (lost or known):
        return _bug(error)
    log.error("web.database_away", error=str(error).splitlines()[0])
    return page(503)


def _bug(error: Exception) -> ResponseReturnValue:
    log.error("web.bug", error=type(error).__name__, exc_info=error)
    return page(500)


def own_path(wanted: str | None, otherwise: str) -> str:
    """Keep a redirect within this site: a path of ours, or the other one."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return otherwise
    if any(ord(c) < 32 for c in wanted) or "\\" in wanted or urlsplit(wanted).netloc:
        return otherwise
    return wanted
