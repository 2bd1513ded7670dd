"""Pages to read, before and behind the door."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tender.core import setup
from tender.web.door import public

bp = Blueprint("pages", __name__)


@bp.get("/aide")
@public
def help() -> ResponseReturnValue:  # noqa: A001 - the name of the page
    """How the work goes, what the letters stand for, which keys there are."""
    return render_template("pages/help.html")


@bp.get("/aide/raccourcis")
@public
def shortcuts() -> ResponseReturnValue:
    """The keys alone: where the link of `?` leads without the script."""
    return render_template("pages/shortcuts.html")


@bp.get("/accessibilite")
@public
def accessibility() -> ResponseReturnValue:
    """What the pages promise to everyone, and what is still imperfect."""
    return render_template("pages/accessibility.html", contact=_contact())


@bp.get("/donnees-personnelles")
@public
def privacy() -> ResponseReturnValue:
    """What is kept about people."""
    return render_template("pages/privacy.html", contact=_contact())


def _contact() -> str:
    """The address that letters come from, unless nobody reads it."""
    sender = setup.settings().mail_from
    return "" if sender.endswith("@localhost") else sender
