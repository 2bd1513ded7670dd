"""The language of pages: `?lang=` on any address sets the cookie, then goes back to the page."""

from urllib.parse import urlencode

from flask import redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from tender.accounts.service import LANGUAGES
from tender.core import setup
from tender.web.refusals import own_path

KEPT = 365 * 24 * 3600


def choose() -> ResponseReturnValue | None:
    """Answer a request that names a language; none of ours is simply left out."""
    wanted = request.args.get("lang")
    if wanted is None or request.method not in {"GET", "HEAD"}:
        return None
    rest = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    target = own_path(request.path, "/") + ("?" + urlencode(rest) if rest else "")
    response = redirect(target, 302)
    return keep(response, wanted) if wanted in LANGUAGES else response


def keep(response: Response, language: str) -> Response:
    """Keep a language in the browser."""
    response.set_cookie(
        "lang", language, max_age=KEPT, httponly=True, samesite="Lax",
        secure=setup.settings().base_url.startswith("https://"),
    )  # fmt: skip
    return response
