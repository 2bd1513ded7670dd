"""The main pages, signed in on the demonstration's data, against a bare Flask page."""

import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select

from tender.accounts.sessions import open_session
from tender.app import create_app
from tender.bids.models import Bid
from tender.companies.models import Person
from tender.core import clock
from tender.core.actor import system
from tender.core.transaction import reading, transaction
from tender.demo import cast, story
from tender.demo.cast import COORDINATOR
from tools.bench.timing import heading, line, ms, quantile

PAGES = (
    ("work", "/moi"),
    ("inbox", "/avis"),
    ("list", "/affaires"),
    ("board", "/affaires/tableau"),
    ("lots", "/affaires/{ref}/lots"),
    ("plan", "/affaires/{ref}/plan"),
    ("assembly", "/affaires/{ref}/assemblage"),
    ("results", "/resultats"),
)
CLIENTS = 4


class Browser:
    """One connection that is kept open, and its cookie."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"Cookie": cookie} if cookie else {}

    def get(self, path: str) -> int:
        """Fetch a page whole; its status."""
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status

    def timed(self, path: str) -> float:
        """Fetch a page; how long it took. The measurement ends if it is not a page."""
        start = time.perf_counter()
        status = self.get(path)
        taken = time.perf_counter() - start
        if status != 200:
            raise SystemExit(f"{path} answered {status}")
        return taken

    def often(self, path: str, times: int) -> list[float]:
        """Fetch it several times, on a fresh connection: gunicorn ends one that was idle."""
        self.connection.close()
        self.get(path)
        return [self.timed(path) for _ in range(times)]


def seed() -> str:
    """Load the demonstration; the reference of the bid that is ready to assemble."""
    story.tell(now=clock.now())
    with reading(cast.actor_named(COORDINATOR)) as session:
        return session.scalars(select(Bid.ref).order_by(Bid.opened_at).limit(1)).one()


def signed_in(app: Flask) -> str:
    """The cookie of a coordinator who has given password and code."""
    with transaction(system("sign_in")) as session:
        person = session.scalars(select(Person).where(Person.name == COORDINATOR)).one()
        token = open_session(
            session, person, browser="bench", second_factor_due=False, now=clock.now()
        )
    with app.test_request_context():
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        value = signer.dumps({"_user_id": token, "_fresh": True})
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"


def measure(ours: int, bare: int, ref: str, *, requests: int) -> None:
    """Print p50 and p95 of each page against the bare one, alone and with others."""
    cookie = signed_in(create_app())
    found = [(name, path.format(ref=ref)) for name, path in PAGES]
    for clients in (1, CLIENTS):
        heading(f"Pages: {requests} requests each, {clients} at a time")
        compared(found, [Browser(ours, cookie) for _ in range(clients)],
                 [Browser(bare) for _ in range(clients)], requests)  # fmt: skip


def compared(
    pages: Sequence[tuple[str, str]],
    ours: Sequence[Browser],
    bare: Sequence[Browser],
    requests: int,
) -> None:
    """Print one line for each page; a round of the bare page goes before each round of ours."""
    floor: list[float] = []
    taken: dict[str, list[float]] = {name: [] for name, _ in pages}
    rounds = max(1, requests // 20)
    for _ in range(rounds):
        for name, path in pages:
            floor += fetched(bare, "/", requests // rounds // 2)
            taken[name] += fetched(ours, path, requests // rounds)
    for name, seconds in taken.items():
        for label, share in (("p50", 0.5), ("p95", 0.95)):
            of_ours, of_bare = quantile(seconds, share), quantile(floor, share)
            line(f"{name} {label}", of_ours / of_bare, f"{ms(of_ours)} / {ms(of_bare)} bare")


def fetched(browsers: Sequence[Browser], path: str, requests: int) -> list[float]:
    """Times of so many requests, shared out to browsers that all go at once."""
    each = max(1, requests // len(browsers))
    with ThreadPoolExecutor(len(browsers)) as pool:
        work = [pool.submit(browser.often, path, each) for browser in browsers]
        return [seconds for future in work for seconds in future.result()]
