"""The roof of the web: joins the blueprints to Flask."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, request
from flask_babel import Babel
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from tender.core import logs, setup
from tender.web import door, health, refusals, shell
from tender.web.areas import AREAS
from tender.web.visitor import login

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fr", "en")


def create_app() -> Flask:
    """Make the application of this process."""
    settings = setup.settings()
    logs.configure(debug=settings.debug_log)
    setup.join()
    app = Flask("tender", template_folder=str(ROOT / "templates"), static_folder=None)
    secure = settings.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-grappe" if secure else "grappe",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=51 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=500,
        TRUSTED_HOSTS=[
            urlsplit(settings.base_url).hostname,
            "127.0.0.1",
            "localhost",
        ],
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="fr",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _serve_files(app)
    app.add_url_rule("/static/<path:filename>", "static", build_only=True)
    app.before_request(door.bound_body)
    CSRFProtect(app)
    Babel(app, locale_selector=_language)
    login.init_app(app)
    for part in (door, refusals, shell, health):
        part.install(app)
    for area in AREAS:
        app.register_blueprint(area)
    return app


def _serve_files(app: Flask) -> None:
    """Let whitenoise answer for our own files first; believe as many proxies as were set."""
    files = WhiteNoise(app.wsgi_app, root=str(ROOT / "static"), prefix="static/", max_age=3600)
    hops = setup.settings().trusted_proxies
    trusted = ProxyFix(files, x_for=hops, x_proto=hops, x_host=hops) if hops else files
    vars(app)["wsgi_app"] = trusted


def _language() -> str:
    """The account's language, else the cookie's, else the browser's, else French."""
    chosen = request.cookies.get("lang", "")
    if chosen in LANGUAGES:
        return chosen
    if current_user and current_user.is_authenticated:
        return str(current_user.person.locale)
    return request.accept_languages.best_match(LANGUAGES) or "fr"
