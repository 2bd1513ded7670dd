"""Papers: how long they hold, which files they may be, whose they are."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tender.companies.models import Company
from tender.core.actor import Actor, ClusterSeat, CompanyRole, system
from tender.core.errors import Forbidden, Invalid, NotFound
from tender.core.storage import LocalStorage
from tender.vault import queries, rules, service
from tender.vault.models import ComplianceDocument, PaperKind
from tender.vault.rules import PaperState, PaperType
from tests.factories import NOW, actor_for, make_bid, make_company, make_person

AsActor = Callable[[Actor], Session]
ON = date(2026, 11, 24)
PDF = b"%PDF-1.7\n...\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR...."


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, PaperState.EXPIRED), (0, PaperState.EXPIRING), (30, PaperState.EXPIRING),
        (31, PaperState.VALID),
    ],
)  # fmt: skip
def test_a_paper_holds_on_its_last_day_and_warns_for_thirty(days: int, state: PaperState) -> None:
    assert rules.validity(ON + timedelta(days=days), ON) is state


def test_without_a_last_day_a_paper_holds_and_without_a_paper_it_is_missing() -> None:
    assert rules.validity(None, ON) is PaperState.VALID
    assert rules.validity(None, ON, held=False) is PaperState.MISSING


@pytest.mark.parametrize(
    ("kind", "issued_on", "expires_on"),
    [
        (PaperKind.URSSAF, date(2026, 8, 31), date(2027, 2, 27)),
        (PaperKind.KBIS, date(2026, 11, 24), date(2027, 2, 23)),
        (PaperKind.TAX, date(2026, 11, 24), date(2026, 12, 31)),
        (PaperKind.LIABILITY_INSURANCE, date(2027, 1, 1), date(2027, 12, 31)),
        (PaperKind.QUALIOPI, date(2024, 2, 29), date(2027, 2, 27)),
        (PaperKind.BANK_DETAILS, date(2026, 11, 24), None),
        (PaperKind.SIGNING_POWER, date(2026, 11, 24), None),
    ],
)
def test_the_usual_last_day_follows_the_kind(
    kind: PaperKind, issued_on: date, expires_on: date | None
) -> None:
    assert rules.usual_expiry(kind, issued_on) == expires_on


def test_only_trainers_are_asked_for_a_training_certificate() -> None:
    assert rules.expected(PaperKind.QUALIOPI, ["9091", "805"])
    assert not rules.expected(PaperKind.QUALIOPI, ["9091"])
    assert rules.expected(PaperKind.KBIS, [])


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90", b"%PDF-1.7 cut", b"<svg/>", b"PK\x03\x04", PDF + b" " * rules.LARGEST],
    ids=["empty", "program", "cut pdf", "svg", "zip", "too large"],
)
def test_what_is_neither_pdf_nor_image_is_refused_by_content(data: bytes) -> None:
    with pytest.raises(Invalid):
        rules.type_of(data)


def test_a_file_is_named_for_what_it_is_and_cannot_lead_elsewhere() -> None:
    name = rules.shown_name("..\\..\\etc/Kbis\u202e\r\n <x>.exe", PaperKind.KBIS, PaperType.PNG)
    assert name == "Kbis x.png"
    assert rules.shown_name("\x00/..", PaperKind.KBIS, PaperType.PDF) == "kbis.pdf"


@pytest.fixture
def house(session: Session, as_actor: AsActor) -> tuple[Company, Actor]:
    """A company with its representative, who asks."""
    company = make_company(session)
    me = actor_for(make_person(session, company=company), company)
    as_actor(me)
    return company, me


@pytest.fixture
def storage(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path)


def keep(
    session: Session, me: Actor, company: Company, storage: LocalStorage,
    kind: PaperKind = PaperKind.URSSAF, expires_on: date | None = None, data: bytes = PDF,
) -> ComplianceDocument:  # fmt: skip
    with service.stored(storage, company.id, kind, name="a.pdf", data=data) as file:
        entry = service.Entry(kind, date(2026, 11, 1), expires_on)
        return service.add_paper(session, me, company.id, entry, file, now=NOW)


def test_a_newer_paper_replaces_the_old_one_which_is_kept(
    session: Session, house: tuple[Company, Actor], storage: LocalStorage
) -> None:
    company, me = house
    old = keep(session, me, company, storage)
    new = keep(session, me, company, storage, data=PNG)
    assert queries.papers_of(session, me, company.id) == [new]
    assert queries.paper_of(session, me, company.id, old.id).replaced_at == NOW
    assert {storage.get(old.file_key), storage.get(new.file_key)} == {PDF, PNG}


def test_a_refused_paper_leaves_no_file(
    session: Session, house: tuple[Company, Actor], storage: LocalStorage
) -> None:
    company, me = house
    with pytest.raises(Invalid):
        keep(session, me, company, storage, expires_on=date(2026, 10, 1))
    assert list(storage.keys("")) == []


def test_a_contributor_reads_the_vault_but_does_not_keep_it(
    session: Session, as_actor: AsActor, storage: LocalStorage
) -> None:
    company = make_company(session)
    me = actor_for(make_person(session), company, role=CompanyRole.CONTRIBUTOR)
    as_actor(me)
    assert queries.papers_of(session, me, company.id) == []
    with pytest.raises(Forbidden):
        keep(session, me, company, storage)


def test_a_rival_finds_no_paper(
    session: Session, as_actor: AsActor, house: tuple[Company, Actor], storage: LocalStorage
) -> None:
    company, me = house
    paper_id = keep(session, me, company, storage).id
    as_actor(system("operator"))
    rival = actor_for(make_person(session), make_company(session, "Rivale"))
    as_actor(rival)
    with pytest.raises(NotFound):
        queries.papers_of(session, rival, company.id)
    with pytest.raises(NotFound):
        service.paper_to_read(session, rival, company.id, paper_id, now=NOW)
    assert queries.current_paper(session, company.id, PaperKind.URSSAF) is None


def test_the_coordinator_sees_the_worth_of_members_papers_but_no_bank_details(
    session: Session, as_actor: AsActor, storage: LocalStorage
) -> None:
    company, seats = make_company(session), (ClusterSeat.COORDINATOR,)
    chief = make_person(session, "Chef", seats=seats)
    me = actor_for(make_person(session, company=company), company)
    as_actor(me)
    keep(session, me, company, storage, expires_on=date(2026, 12, 1))
    keep(session, me, company, storage, PaperKind.BANK_DETAILS)
    session.flush()
    bid = make_bid(session, chief, members=(company,))
    asker = actor_for(chief, seats=seats, coordinates=(bid,))
    as_actor(asker)
    state = queries.papers_state(session, [company.id], ON)[company.id]
    assert state[PaperKind.URSSAF] == (PaperState.EXPIRING, date(2026, 12, 1))
    assert state[PaperKind.KBIS] == (PaperState.MISSING, None)
    assert PaperKind.BANK_DETAILS not in state
    assert queries.current_paper(session, company.id, PaperKind.BANK_DETAILS) is None
