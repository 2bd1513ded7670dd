"""What surrounds every page: who is signed in, navigation, the server's clock."""

from typing import Any

from flask import Flask
from flask_babel import get_locale
from flask_login import current_user

from tender.core import clock, setup
from tender.core.actor import ClusterSeat
from tender.core.transaction import reading
from tender.web import display, surroundings, vocabulary


def install(app: Flask) -> None:
    """Give templates their filters, globals and context (see templates/README.md)."""
    app.jinja_env.filters.update(display.FILTERS)
    app.jinja_env.globals.update(
        word=vocabulary.word, time_left=display.countdown, lanes=vocabulary.LANES
    )
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    shown: dict[str, Any] = {
        "now": clock.now(),
        "locale": str(get_locale() or "fr"),
        "person": None,
    }
    if not (current_user and current_user.is_authenticated):
        return shown
    person, actor = current_user.person, current_user.actor
    with reading(actor) as session:
        around = surroundings.of(session, actor, now=shown["now"])
    shown["person"] = {"name": person.name, "email": person.email, "company": around.company_name}
    shown["shell"] = {
        "cluster": setup.settings().cluster_name,
        "work": around.work,
        "notices": around.notices,
        "bids": around.bids,
        "followed": around.followed,
        "company_slug": around.company_slug,
        "may_outcomes": bool(actor.seats & {ClusterSeat.MANAGER, ClusterSeat.COORDINATOR}),
        "may_admin": actor.has(ClusterSeat.ADMINISTRATOR),
        "keys": person.letter_keys,
    }
    return shown
