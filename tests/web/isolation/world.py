"""A room with everything in it, and somebody in every seat."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from tender.accounts.models import WebSession
from tender.assembly.models import AssemblyRun
from tender.assembly.rules import RunKind, RunState
from tender.bids.models import BidPass
from tender.bids.rules import PassKind, Stage
from tender.claims.rules import ClaimRole
from tender.companies.models import Person
from tender.contributions.models import Revision, RevisionKind, Section
from tender.contributions.rules import SectionState
from tender.core import setup
from tender.core.actor import ClusterSeat, CompanyRole, system
from tender.core.transaction import set_context
from tender.notices.models import Notice
from tender.submissions.models import SubmissionPackage
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

MARK = "MARK-7f3a91c2"
SEATS = (
    "anonymous", "outsider", "former", "invited", "contributor", "member", "reviewer",
    "coordinator", "other_coordinator", "manager", "administrator",
)  # fmt: skip
C = ClusterSeat


class World:
    """One bid of company "Membre" with a secret in every text, and one of another coordinator."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.member = make_company(session, "Membre")
        self.asked = make_company(session, "Conviée")
        stranger = make_company(session, "Étrangère")
        self.people: dict[str, Person] = {
            "outsider": make_person(session, "Ottilie", company=stranger),
            "former": make_person(session, "Firmin"),
            "invited": make_person(session, "Ivan", company=self.asked),
            "contributor": make_person(
                session, "Carl", company=self.member, role=CompanyRole.CONTRIBUTOR
            ),
            "member": make_person(session, "Mona", company=self.member),
            "reviewer": make_person(session, "Rose", company=stranger),
            "coordinator": make_person(session, "Cora", seats=(C.COORDINATOR,)),
            "other_coordinator": make_person(session, "Otto", seats=(C.COORDINATOR,)),
            "manager": make_person(session, "Manon", seats=(C.MANAGER,)),
            "administrator": make_person(session, "Adam", seats=(C.ADMINISTRATOR,)),
        }
        self.tender = make_tender(session, lots=1)
        self.notice = self._notice()
        self.bid = make_bid(
            session, self.people["coordinator"], lead=self.member, members=(self.member,),
            invited=(self.asked,), tender=self.tender, stage=Stage.DRAFTING,
        )  # fmt: skip
        session.add(
            BidPass(bid_id=self.bid.id, person_id=self.people["reviewer"].id,
                    kind=PassKind.REVIEWER, given_at=NOW)
        )  # fmt: skip
        self.claim = make_claim(
            session, self.bid.lot_bids[0], self.member, role=ClaimRole.LEAD, share=100
        )
        self.section, self.revision = self._section()
        self.run = self._run()
        self.package = self._package()
        self.paper = self._paper()
        self.places: dict[str, object] = {
            "ref": self.bid.ref, "lot_number": "1", "claim_id": self.claim.id, "number": "1",
            "version": 1, "run_id": self.run.id, "name": "memoire.docx", "slug": self.member.slug,
            "paper_id": self.paper.id, "notice_id": self.tender.id,
            "publication_id": self.notice.id, "person_id": self.people["former"].id,
            "session_id": self._web_session(), "token": "no-such-token", "filename": "logo.svg",
            "package_id": self.package.id, "submission_id": uuid4(), "path": "memoire.docx",
        }  # fmt: skip

    def _notice(self) -> Notice:
        setup.storage().put("notices/test", b"<ContractNotice/>")
        notice = Notice(
            tender_id=self.tender.id, source="eforms", native_id=str(uuid4()), version="01",
            kind="competition", title="Un appel", raw_key="notices/test", sha256="0" * 64,
            value={"lots": []}, issued_at=NOW, received_at=NOW,
        )  # fmt: skip
        self.session.add(notice)
        self.session.flush()
        return notice

    def _section(self) -> tuple[Section, Revision]:
        section = Section(
            bid_id=self.bid.id, number="1", position=1, title=f"{MARK} titre",
            owner_company_id=self.member.id, instructions=f"{MARK} consigne",
            state=SectionState.IN_REVIEW,
        )  # fmt: skip
        section.last_revision = 1
        self.session.add(section)
        self.session.flush()
        key = f"bids/{self.bid.id}/sections/{section.id}/x.docx"
        setup.storage().put(key, b"docx")
        setup.storage().put(f"{key}.html", f"<p>{MARK}</p>".encode())
        revision = Revision(
            bid_id=self.bid.id, section_id=section.id, number=1, kind=RevisionKind.DOCX,
            company_id=self.member.id, author_name="Carl", file_name=f"{MARK}.docx", file_key=key,
            sha256="1" * 64, size=4, health={}, created_at=NOW, text=MARK,
        )  # fmt: skip
        self.session.add(revision)
        self.session.flush()
        return section, revision

    def _run(self) -> AssemblyRun:
        key = f"bids/{self.bid.id}/runs/memoire.docx"
        digest = setup.storage().put(key, b"docx")
        files = [{"name": "memoire.docx", "key": key, "sha256": digest, "size": 4}]
        run = AssemblyRun(
            bid_id=self.bid.id, number=1, kind=RunKind.FINAL, manifest={}, manifest_hash="2" * 64,
            asked_by="Cora", asked_at=NOW, state=RunState.SUCCEEDED, files=files,
            finished_at=NOW, started_at=NOW,
        )  # fmt: skip
        self.session.add(run)
        self.session.flush()
        return run

    def _package(self) -> SubmissionPackage:
        key = f"bids/{self.bid.id}/packages/dossier.zip"
        digest = setup.storage().put(key, b"zip")
        package = SubmissionPackage(
            bid_id=self.bid.id, run_id=self.run.id, file_name="dossier.zip", file_key=key,
            sha256=digest, size=3, manifest={}, sealed_at=NOW, sealed_by="Cora",
            deadline_at=NOW + timedelta(days=21),
        )  # fmt: skip
        self.session.add(package)
        self.session.flush()
        return package

    def _paper(self) -> ComplianceDocument:
        set_context(self.session, actor_for(self.people["member"], self.member))
        key = f"vault/{self.member.id}/paper"
        digest = setup.storage().put(key, b"%PDF-1.4")
        paper = ComplianceDocument(
            company_id=self.member.id, kind=PaperKind.URSSAF, issued_on=NOW.date(),
            expires_on=None, file_name=f"{MARK}.pdf", file_key=key, sha256=digest, size=8,
            added_at=NOW, added_by="Mona",
        )  # fmt: skip
        self.session.add(paper)
        self.session.flush()
        return paper

    def _web_session(self) -> UUID:
        set_context(self.session, system("sign_in"))
        row = WebSession(
            token_hash=uuid4().hex, person_id=self.people["former"].id, created_at=NOW,
            seen_at=NOW, browser="test",
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        return row.id
