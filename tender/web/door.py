"""The door of the house: nobody passes but to pages marked public; every answer is guarded."""

import secrets
from collections.abc import Callable
from typing import TypeVar

import structlog
from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., object])
PUBLIC = "_is_public"
HALF_SIGNED_IN = frozenset({"auth.second_factor", "auth.sign_out"})
ENROLLING = frozenset({"auth.enrol_totp", "auth.sign_out"})
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def public(view: View) -> View:
    """Mark a page that anybody may open."""
    setattr(view, PUBLIC, True)
    return view


def bound_body() -> None:
    """Let only files be large: Werkzeug sets no bound to the length or number of plain fields.

    It goes before whatever reads a form, the check of its token included.
    """
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def install(app: Flask) -> None:
    """Put the guards before and after every request."""
    app.before_request(_name_request)
    app.before_request(_refuse_foreign_origin)
    app.before_request(_keep_out)
    app.after_request(_guard)


def _name_request() -> None:
    g.request_id = secrets.token_hex(6)
    structlog.contextvars.clear_contextvars()
    secret = "token" in (request.view_args or {})  # the address itself is then what must not leak
    path = str(request.url_rule) if secret else request.path
    structlog.contextvars.bind_contextvars(request=g.request_id, path=path)


def _refuse_foreign_origin() -> ResponseReturnValue | None:
    """A state-changing request from another site is refused before its token is even read.

    A page without referrer posts with the origin "null"; the browser still says where from.
    """
    origin = request.headers.get("Origin")
    if request.method in {"GET", "HEAD", "OPTIONS"} or origin is None:
        return None
    if origin == request.host_url.rstrip("/"):
        return None
    if origin == "null" and request.headers.get("Sec-Fetch-Site") == "same-origin":
        return None
    return Response("origin refused", status=403, mimetype="text/plain")


def _keep_out() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static" or _is_public(endpoint):
        return None
    if not current_user.is_authenticated:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("auth.sign_in", next=wanted))
    structlog.contextvars.bind_contextvars(person=str(current_user.person.id))
    if current_user.second_factor_due and endpoint not in HALF_SIGNED_IN:
        return redirect(url_for("auth.second_factor"))
    if current_user.must_enrol and not current_user.second_factor_due and endpoint not in ENROLLING:
        return redirect(url_for("auth.enrol_totp"))
    return None


def _is_public(endpoint: str) -> bool:
    return bool(getattr(current_app.view_functions.get(endpoint), PUBLIC, False))


def _guard(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
