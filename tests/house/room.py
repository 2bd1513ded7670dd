"""A room with a row of every table in it, and one person of every kind."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from tender.assembly.models import AssemblyRun, StyleMap
from tender.assembly.rules import RunKind
from tender.bids.models import Bid, BidPass, LotBid, Vote
from tender.bids.rules import LotBidState, PassKind, Stage
from tender.claims.models import LotClaim
from tender.claims.rules import ClaimRole
from tender.companies.models import Company
from tender.contributions.models import Remark, RemarkKind, Revision, RevisionKind, Section
from tender.core.actor import Actor, ClusterSeat, system
from tender.core.orm import Model
from tender.core.transaction import set_context
from tender.history.service import record
from tender.messages.models import Letter
from tender.outcomes.models import Outcome
from tender.submissions.models import Submission, SubmissionPackage
from tender.vault.models import ComplianceDocument, PaperKind
from tests.factories import (
    NOW,
    actor_for,
    make_bid,
    make_claim,
    make_company,
    make_person,
    make_tender,
)

C = ClusterSeat
PEOPLE = (
    "coordinator", "lead", "other", "reviewer", "invited", "stranger", "rival", "ex_coordinator",
    "manager", "administrator", "nobody",
)  # fmt: skip


class Filled:
    """One room of two members and a guest, and a rival room on the same lot."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.lead, self.other = make_company(session, "Menante"), make_company(session, "Autre")
        self.invited = make_company(session, "Conviée")
        self.stranger = make_company(session, "Étrangère")
        self.sections: list[Section] = []
        tender = make_tender(session, lots=1)
        steering = make_person(session, "Cora", seats=(C.COORDINATOR,))
        rival = make_person(session, "Rosa", seats=(C.COORDINATOR,))
        reviewer = make_person(session, "Rémi", company=self.stranger)
        people = {name: make_person(session, name) for name in PEOPLE}
        self.bid = make_bid(
            session, steering, lead=self.lead, members=(self.lead, self.other),
            invited=(self.invited,), tender=tender, stage=Stage.DRAFTING,
        )  # fmt: skip
        coordinator = actor_for(steering, seats=(C.COORDINATOR,), coordinates=(self.bid,))
        self.people: dict[str, Actor] = {
            "coordinator": coordinator,
            "lead": actor_for(people["lead"], self.lead),
            "other": actor_for(people["other"], self.other),
            "invited": actor_for(people["invited"], self.invited),
            "reviewer": actor_for(reviewer, self.stranger),
            "stranger": actor_for(people["stranger"], self.stranger),
            "ex_coordinator": actor_for(steering),
            "manager": actor_for(people["manager"], seats=(C.MANAGER,)),
            "administrator": actor_for(people["administrator"], seats=(C.ADMINISTRATOR,)),
            "nobody": Actor(name="personne"),
        }
        session.add(_pass(self.bid, PassKind.REVIEWER, person_id=reviewer.id))
        self._fill(session, coordinator)
        self.rival = make_bid(session, rival, tender=tender)
        self.people["rival"] = actor_for(rival, seats=(C.COORDINATOR,), coordinates=(self.rival,))
        session.flush()
        session.expunge_all()  # plain values from here on: who looks may not be let see them

    def _fill(self, session: Session, who: Actor) -> None:
        bid, lot_bid = self.bid, self.bid.lot_bids[0]
        make_claim(session, lot_bid, self.lead, role=ClaimRole.LEAD, share=60)
        make_claim(session, lot_bid, self.other, share=40)
        session.add(Vote(bid_id=bid.id, person_id=who.person_id, scores={}, comment="", at=NOW))
        for number, company in enumerate((self.lead, self.other), 1):
            self._section(session, company, number)
            session.add(_style_map(bid, company))
        self.run = _run(bid, 1)
        session.add(self.run)
        session.flush()
        self.package = _package(bid, self.run)
        session.add(self.package)
        session.flush()
        session.add(_submission(bid, self.package))
        session.add(_outcome(bid, lot_bid))
        record(session, who, "bids.opened", now=NOW, bid_id=bid.id)
        session.add(Letter(to="a@b.fr", template="reset", locale="fr", values={}, queued_at=NOW))
        session.flush()
        set_context(session, self.people["lead"])
        session.add_all(_paper(self.lead, k) for k in (PaperKind.URSSAF, PaperKind.BANK_DETAILS))
        session.flush()
        set_context(session, system("operator"))

    def _section(self, session: Session, company: Company, number: int) -> None:
        section = Section(
            bid_id=self.bid.id, number=str(number), position=number, title="Méthode",
            owner_company_id=company.id,
        )  # fmt: skip
        self.sections.append(section)
        session.add(section)
        session.flush()
        for version, approved in ((1, NOW), (2, None)):
            session.add(_revision(self.bid, section, company, version, approved))
        session.add(_remark(self.bid, section, company))
        session.flush()

    def in_scope(self, actor: Actor, scope: str) -> Actor:
        """The same person, during one of the checks that see more."""
        return replace(actor, scope=scope)

    def new_rows(self) -> list[Model]:
        """For each table one more row that only the coordinator, or its owner, could add."""
        bid, lot_bid, section = self.bid, self.bid.lot_bids[0], self.sections[1]
        return [
            BidPass(bid_id=bid.id, company_id=self.stranger.id, kind=PassKind.MEMBER, given_at=NOW),
            LotClaim(
                bid_id=bid.id, lot_bid_id=lot_bid.id, company_id=self.stranger.id,
                role=ClaimRole.WATCH, share=Decimal(0), claimed_at=NOW, claimed_by="x",
            ),
            Section(
                bid_id=bid.id, number="9", position=9, title="De trop",
                owner_company_id=self.other.id,
            ),
            _revision(bid, section, self.other, 9, None),
            _remark(bid, section, self.other),
            _run(bid, 9),
            _style_map(bid, self.invited),
            _submission(bid, self.package),
        ]  # fmt: skip


def _pass(bid: Bid, kind: PassKind, person_id: UUID) -> BidPass:
    return BidPass(bid_id=bid.id, person_id=person_id, kind=kind, given_at=NOW)


def _revision(
    bid: Bid, section: Section, company: Company, number: int, approved_at: datetime | None
) -> Revision:
    return Revision(
        bid_id=bid.id, section_id=section.id, number=number, kind=RevisionKind.TEXT,
        company_id=company.id, author_name="x", file_name="x.docx", file_key="k", sha256="0" * 64,
        size=1, health={}, created_at=NOW, approved_at=approved_at,
    )  # fmt: skip


def _remark(bid: Bid, section: Section, company: Company) -> Remark:
    return Remark(
        bid_id=bid.id, section_id=section.id, company_id=company.id, kind=RemarkKind.COMMENT,
        author_name="x", text="x", at=NOW,
    )  # fmt: skip


def _run(bid: Bid, number: int) -> AssemblyRun:
    return AssemblyRun(
        bid_id=bid.id, number=number, kind=RunKind.FINAL, manifest={}, manifest_hash="0" * 64,
        asked_by="x", asked_at=NOW,
    )  # fmt: skip


def _style_map(bid: Bid, company: Company) -> StyleMap:
    return StyleMap(bid_id=bid.id, company_id=company.id, styles={}, changed_at=NOW, changed_by="x")


def _package(bid: Bid, run: AssemblyRun) -> SubmissionPackage:
    return SubmissionPackage(
        bid_id=bid.id, run_id=run.id, file_name="x.zip", file_key="k", sha256="0" * 64, size=1,
        manifest={}, sealed_at=NOW, sealed_by="x", deadline_at=NOW,
    )  # fmt: skip


def _submission(bid: Bid, package: SubmissionPackage) -> Submission:
    return Submission(
        bid_id=bid.id, package_id=package.id, deposited_at=NOW, platform="x", receipt_number="1",
        recorded_at=NOW, recorded_by="x",
    )  # fmt: skip


def _outcome(bid: Bid, lot_bid: LotBid) -> Outcome:
    return Outcome(
        bid_id=bid.id, lot_bid_id=lot_bid.id, result=LotBidState.AWARDED, decided_on=NOW.date(),
        our_amount=None, recorded_at=NOW, recorded_by="x",
    )  # fmt: skip


def _paper(company: Company, kind: PaperKind) -> ComplianceDocument:
    return ComplianceDocument(
        company_id=company.id, kind=kind, issued_on=NOW.date(), expires_on=None, file_name="x.pdf",
        file_key="k", sha256="0" * 64, size=1, added_at=NOW, added_by="x",
    )  # fmt: skip
