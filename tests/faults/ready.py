"""A bid that could be filed: two companies, three approved sections as real Word files."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from tender.assembly import service
from tender.assembly.models import AssemblyRun
from tender.assembly.rules import RunKind
from tender.bids.models import Bid
from tender.bids.queries import rules_of
from tender.companies.models import Company
from tender.contributions import intake
from tender.contributions.models import Section
from tender.contributions.service import reviewing, writing
from tender.core import clock, queue, setup
from tender.core.actor import Actor, system
from tender.core.transaction import Sessions, set_context, transaction
from tender.vault.models import ComplianceDocument, PaperKind
from tests.contributions.scene import Scene, docx, make_scene, make_section

PAPER = b"%PDF-1.4 une attestation %%EOF"
TEXTS = (
    ("Compréhension du besoin", ("Le besoin tient en trois points.", "Nous y répondons.")),
    ("Méthode", ("Une équipe de 46 agents.", "Un suivi par quinzaine.")),
    ("Références", ("Deux marchés comparables.",)),
)


@dataclass(frozen=True)
class Ready:
    """Ids to work with in other sessions."""

    bid_id: UUID
    coordinator: Actor
    writer: Actor
    other: Actor


@cache
def taken(data: bytes) -> intake.Intake:
    """A file that came through the gate, once for all the bids of a session."""
    return intake.take_in_file(setup.storage(), uuid4(), uuid4(), name="texte.docx", data=data)


def write_section(session: Session, scene: Scene, section: Section, data: bytes) -> None:
    """Store a version, send it for review and approve it."""
    who, now = scene.coordinator, clock.now()
    made = writing.add_revision(
        session, who, scene.bid, section.id, taken(data), seen=section.last_revision, now=now
    )
    reviewing.submit(session, who, scene.bid, section.id, now=now)
    reviewing.approve(session, who, scene.bid, section.id, seen=made.number, now=now)


def paper(company: Company, kind: PaperKind) -> ComplianceDocument:
    """A paper that never expires."""
    key = f"companies/{company.id}/{kind.value}.pdf"
    return ComplianceDocument(
        company_id=company.id, kind=kind, issued_on=clock.now().date(), expires_on=None,
        file_name="p.pdf", file_key=key, sha256=setup.storage().put(key, PAPER), size=len(PAPER),
        added_at=clock.now(), added_by="test",
    )  # fmt: skip


def make_ready(session: Session) -> Scene:
    """Prepare the bid in the caller's session, as the operator."""
    scene = make_scene(session)
    rules_of(session, scene.bid.id).page_limit = 40
    for n, (title, paragraphs) in enumerate(TEXTS):
        owner = scene.other if n == 1 else scene.lead
        write_section(session, scene, make_section(session, scene, owner, title), docx(*paragraphs))
    for company, actor in ((scene.lead, scene.lead_actor), (scene.other, scene.other_actor)):
        session.flush()
        set_context(session, actor)
        session.add_all(paper(company, kind) for kind in PaperKind)
        session.flush()
    set_context(session, scene.coordinator)
    return scene


def commit_ready() -> Ready:
    """Prepare it for real."""
    with Sessions() as session, session.begin():
        set_context(session, system("operator"))
        scene = make_ready(session)
        return Ready(scene.bid.id, scene.coordinator, scene.lead_actor, scene.other_actor)


def start(ready: Ready, kind: RunKind = RunKind.TRIAL) -> UUID:
    """Ask for a run and commit."""
    with transaction(ready.coordinator) as session:
        bid = session.get_one(Bid, ready.bid_id)
        return service.start(session, ready.coordinator, bid, kind, now=clock.now()).id


def item_of(run_id: UUID) -> queue.WorkItem:
    """The queue's row of a run."""
    with transaction(system("work")) as session:
        return session.query(queue.WorkItem).filter_by(object_id=run_id).one()


def run_row(ready: Ready, run_id: UUID) -> AssemblyRun:
    """The run as it now stands."""
    with transaction(ready.coordinator) as session:
        return session.get_one(AssemblyRun, run_id)
