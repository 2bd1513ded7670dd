"""Who is at the other end of the request: Flask-Login on top of our server-side sessions."""

from flask import g, request
from flask_login import LoginManager, UserMixin, current_user

from tender.accounts import sessions
from tender.core import clock
from tender.core.actor import Actor, system
from tender.core.transaction import transaction

login = LoginManager()
login.session_protection = None  # our own rows are the sessions; see tender/accounts/sessions.py


class Visitor(UserMixin):  # type: ignore[misc]  # Flask-Login is untyped
    """A signed-in person, as the cookie's token found them."""

    def __init__(self, token: str, found: sessions.SignedIn) -> None:
        self.token = token
        self.session_id = found.session_id
        self.person = found.person
        self.actor = found.actor
        self.second_factor_due = found.second_factor_due
        self.must_enrol = found.must_enrol

    def get_id(self) -> str:
        """Give Flask-Login the token to keep in its signed cookie."""
        return self.token


@login.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> Visitor | None:
    """Find the person of a token; None signs them out."""
    if request.endpoint == "static":
        return None
    with transaction(system("sign_in")) as session:
        found = sessions.recognise(session, token, now=clock.now())
    return None if found is None else Visitor(token, found)


def forget() -> None:
    """Take this request for a stranger's from here on, without asking the database."""
    g._login_user = login.anonymous_user()  # noqa: SLF001 - where Flask-Login keeps it


def visitor() -> Visitor:
    """Give the signed-in person of this request; the door let in nobody else."""
    found: Visitor = current_user._get_current_object()  # noqa: SLF001 - the proxy hides the type
    return found


def actor() -> Actor:
    """Give who asks, for services and queries."""
    return visitor().actor
