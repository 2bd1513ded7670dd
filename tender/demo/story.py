"""The whole demonstration: the cluster, 30 calls in all stages, papers, the past."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tender.bids import service as bids
from tender.core import setup
from tender.core.actor import system
from tender.core.transaction import reading, transaction
from tender.demo import bidding, cluster, papers, past
from tender.demo.cast import COORDINATOR, OTHER_COORDINATOR, acting, actor_named, representative
from tender.demo.cluster import FIRMS
from tender.demo.documents import DemoSection
from tender.demo.notices import demo_notices
from tender.notices import service as notices
from tender.notices.models import Tender

MARKS = ((70, 65, 50, 60, 40, 55), (40, 50, 30, 45, 20, 35), (85, 70, 60, 65, 80, 60))


def tell(*, now: datetime) -> bool:
    """Load the demonstration, once; give whether there was anything to do."""
    with reading(system("operator")) as session:
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
    """Bring the next calls to every earlier stage; the rest waits in the inbox."""
    queue = iter(calls)
    for marks in MARKS:
        opened = bidding.open_bid(COORDINATOR, next(queue), now=now - timedelta(days=2))
        bidding.vote(COORDINATOR, opened.ref, marks, now=now - timedelta(days=1))
    for coordinator in (COORDINATOR, OTHER_COORDINATOR):
        opened = bidding.open_bid(coordinator, next(queue), now=now - timedelta(days=4))
        bidding.decide(coordinator, opened.ref, go=False, now=now - timedelta(days=3))
    for place, coordinator in enumerate((COORDINATOR, OTHER_COORDINATOR, COORDINATOR)):
        _forming(coordinator, next(queue), place, now=now)
    for coordinator in (OTHER_COORDINATOR, COORDINATOR):
        _drafting(coordinator, next(queue), now=now)


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
        bids.decline(session, actor, bid, company_id, now=now - timedelta(days=2))


def _drafting(coordinator: str, call: UUID, *, now: datetime) -> None:
    """The consortium stands, the sections are dealt, one is in review."""
    opened = bidding.open_bid(coordinator, call, now=now - timedelta(days=8))
    bidding.decide(coordinator, opened.ref, go=True, now=now - timedelta(days=7))
    split = bidding.OTHERS[0] if coordinator == COORDINATOR else bidding.OTHERS[1]
    bidding.share_out(coordinator, opened.ref, [split], now=now - timedelta(days=6))
    sections = [
        DemoSection(str(n), title, split[n % len(split)][0], f"section-{n}.docx", b"")
        for n, title in enumerate(
            ("Compréhension du besoin", "Organisation et moyens", "Équipe", "Qualité de service",
             "Insertion et environnement"), 1)
    ]  # fmt: skip
    bidding.plan(coordinator, opened.ref, sections, now=now - timedelta(days=5))
    bidding.type_in(opened, sections[0], now=now - timedelta(days=1))


def accounts() -> str:
    """Say who may sign in, and how."""
    rows = [
        ("coordination", COORDINATOR), ("autre coordination", OTHER_COORDINATOR),
        ("membre, représentante", "Inès Bocquet"), ("membre, rédacteur", "Tristan Lomme"),
        ("résultats", "Odile Vasseur"), ("administration", "Hugo Vermeersch"),
    ]  # fmt: skip
    lines = [f"  {cluster.address_of(name):48} {seat}" for seat, name in rows]
    return "\n".join(
        [
            "Comptes de démonstration (personnes inventées) :",
            *lines,
            f"  mot de passe : {cluster.PASSWORD}",
            "  code à usage unique (coordination, administration) :",
            "    .venv/bin/tender user code ADRESSE",
        ]
    )
