"""The whole demonstration: the cluster, 30 calls in all stages, papers, the past."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tender.bids.rules import Stage
from tender.claims import service as claims
from tender.core import setup
from tender.core.actor import system
from tender.core.text import Text
from tender.core.transaction import reading, transaction
from tender.demo import assembling, bidding, cluster, papers, past
from tender.demo.cast import COORDINATOR, OTHER_COORDINATOR, acting, actor_named, representative
from tender.demo.cluster import FIRMS
from tender.demo.documents import DemoSection
from tender.demo.notices import demo_notices
from tender.notices import service as notices
from tender.notices.models import Tender

REVIEWER = "Inès Bocquet"
TITLES = (
    "Compréhension du besoin", "Organisation et moyens", "Équipe", "Qualité de service",
    "Insertion et environnement",
)  # fmt: skip
OPINION = "Bon projet, mais l’équipe est déjà prise en janvier."
WITHDRAWN = "Deux membres n’ont plus l’équipe nécessaire à la date demandée."
CANCELLED = "L’acheteur nous informe par lettre qu’il abandonne la procédure."
MARKS = ((70, 65, 50, 60, 40, 55), (40, 50, 30, 45, 20, 35), (85, 70, 60, 65, 80, 60))


def tell(*, now: datetime) -> bool:
    """Load the demonstration, once; give whether there was anything to do."""
    with reading(system("operator")) as session:
        cluster.require_alone(session)
        if cluster.is_built(session):
            return False
    with transaction(system("operator")) as session:
        cluster.build(session, now=now)
    papers.file_all(now=now)
    calls = publish(now=now)
    bidding.ready_bid(COORDINATOR, calls[0], now=now)
    _others(calls[1:], now=now)
    past.tell(now=now)
    return True


def publish(*, now: datetime, most: int | None = None) -> list[UUID]:
    """Import the published calls; give the tenders that are open, in the notices' order."""
    actor = actor_named(COORDINATOR)
    found: dict[UUID, Tender] = {}
    for _, data in demo_notices(now.date())[:most]:
        received = notices.receive(data, setup.storage())
        with transaction(actor) as session:
            for imported in notices.import_file(session, actor, received, now=now):
                found[imported.tender.id] = imported.tender
    return [
        tender.id
        for tender in found.values()
        if tender.cancelled_at is None and tender.deadline_at and tender.deadline_at > now
    ]


def _others(calls: Sequence[UUID], *, now: datetime) -> None:
    """Bring the next calls to every stage of a bid's life; the rest waits in the inbox."""
    queue = iter(calls)
    for deposited in (True, False):
        _finished(COORDINATOR, next(queue), deposited=deposited, now=now)
    bidding.open_bid(COORDINATOR, next(queue), now=now - timedelta(hours=5))
    for marks in MARKS:
        _qualifying(next(queue), marks, now=now)
    for coordinator in (COORDINATOR, OTHER_COORDINATOR):
        opened = bidding.open_bid(coordinator, next(queue), now=now - timedelta(days=4))
        bidding.decide(coordinator, opened.ref, go=False, now=now - timedelta(days=3))
    for place, coordinator in enumerate((COORDINATOR, OTHER_COORDINATOR)):
        _forming(coordinator, next(queue), place, now=now)
    _drafting(OTHER_COORDINATOR, next(queue), now=now)
    _reviewed(COORDINATOR, next(queue), now=now)
    _given_up(next(queue), Stage.WITHDRAWN, WITHDRAWN, now=now)
    _given_up(next(queue), Stage.CANCELLED_BY_BUYER, CANCELLED, now=now)


def _qualifying(call: UUID, marks: Sequence[int], *, now: datetime) -> None:
    """The coordinator and a reviewer have given their marks, apart."""
    opened = bidding.open_bid(COORDINATOR, call, now=now - timedelta(days=2))
    bidding.appoint(COORDINATOR, opened.ref, REVIEWER, now=now - timedelta(days=2))
    bidding.vote(COORDINATOR, opened.ref, marks, now=now - timedelta(days=1))
    others = [max(0, mark - 30 + 5 * place) for place, mark in enumerate(marks)]
    bidding.vote(REVIEWER, opened.ref, others, words=OPINION, now=now - timedelta(hours=20))


def _forming(coordinator: str, call: UUID, place: int, *, now: datetime) -> None:
    """Some companies have taken a position, nobody has confirmed them yet."""
    opened = bidding.open_bid(coordinator, call, now=now - timedelta(days=6))
    bidding.decide(coordinator, opened.ref, go=True, now=now - timedelta(days=5))
    for company, role, share in bidding.OTHERS[place]:
        bidding.claim(opened.ref, 0, company, role, share, now=now - timedelta(days=3))
    decliner = FIRMS[-1 - place]
    actor = representative(decliner.name)
    with acting(actor, opened.ref) as (session, bid):
        (company_id,) = actor.companies
        claims.leave(session, actor, bid, company_id, now=now - timedelta(days=2))


def _drafting(coordinator: str, call: UUID, *, now: datetime) -> None:
    """The consortium stands, the sections are dealt, one is in review."""
    opened, sections = _planned(coordinator, call, now=now)
    bidding.type_in(opened, sections[0], now=now - timedelta(days=1))


def _reviewed(coordinator: str, call: UUID, *, now: datetime) -> None:
    """Every section is written; the first two are approved, the others wait to be read."""
    opened, sections = _planned(coordinator, call, now=now)
    written = [bidding.type_in(opened, s, now=now - timedelta(days=2)) for s in sections]
    bidding.approve(coordinator, opened.ref, written[:2], now=now - timedelta(days=1))
    bidding.move(coordinator, opened.ref, Stage.REVIEW, now=now - timedelta(days=1))


def _finished(coordinator: str, call: UUID, *, deposited: bool, now: datetime) -> None:
    """The final document is sealed; it may have been deposited, and wait for its result."""
    opened, sections = _planned(coordinator, call, now=now)
    written = [bidding.type_in(opened, s, now=now - timedelta(days=3)) for s in sections]
    bidding.approve(coordinator, opened.ref, written, now=now - timedelta(days=2))
    yesterday = now - timedelta(days=1)
    run_id = assembling.final_document(coordinator, opened, now=yesterday)
    assembling.seal(coordinator, opened, run_id, now=yesterday)
    if deposited:
        assembling.deposit(coordinator, opened, run_id, now=yesterday)


def _planned(
    coordinator: str, call: UUID, *, now: datetime
) -> tuple[bidding.Opened, list[DemoSection]]:
    opened = bidding.open_bid(coordinator, call, now=now - timedelta(days=8))
    bidding.decide(coordinator, opened.ref, go=True, now=now - timedelta(days=7))
    split = bidding.OTHERS[0] if coordinator == COORDINATOR else bidding.OTHERS[1]
    bidding.share_out(coordinator, opened.ref, [split], now=now - timedelta(days=6))
    sections = [
        DemoSection(str(n), title, split[n % len(split)][0], f"section-{n}.docx", b"")
        for n, title in enumerate(TITLES, 1)
    ]
    bidding.plan(coordinator, opened.ref, sections, now=now - timedelta(days=5))
    return opened, sections


def _given_up(call: UUID, out: Stage, reason: str, *, now: datetime) -> None:
    """A bid that began, and that was left with a reason."""
    opened = bidding.open_bid(OTHER_COORDINATOR, call, now=now - timedelta(days=6))
    bidding.decide(OTHER_COORDINATOR, opened.ref, go=True, now=now - timedelta(days=5))
    bidding.move(OTHER_COORDINATOR, opened.ref, out, reason, now=now - timedelta(days=2))


def accounts() -> Sequence[tuple[str, Text]]:
    """Name the addresses that one signs in with, and what each is for."""
    return [
        (cluster.address_of(name), seat)
        for name, seat in (
            (COORDINATOR, Text("coordination")),
            (OTHER_COORDINATOR, Text("autre coordination")),
            (REVIEWER, Text("membre, représentante")),
            ("Tristan Lomme", Text("membre, rédacteur")),
            ("Odile Vasseur", Text("résultats")),
            ("Hugo Vermeersch", Text("administration")),
        )
    ]
