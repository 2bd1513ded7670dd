"""The vault, seen from the browser: one's own papers, given out as files and nothing else."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tender.companies.models import Company, Person
from tender.core import setup
from tender.core.actor import CompanyRole, system
from tender.core.transaction import Sessions, set_context
from tender.history.models import AuditEntry
from tests.factories import make_company, make_person

SignIn = Callable[[Person], FlaskClient]
PDF = b"%PDF-1.7\n...\n%%EOF\n"


@pytest.fixture
def company(session: Session) -> Company:
    return make_company(session)


@pytest.fixture
def client(session: Session, sign_in: SignIn, company: Company) -> FlaskClient:
    return sign_in(make_person(session, company=company))


def deposit(
    client: FlaskClient, company: Company, data: bytes = PDF, name: str = "é <x>.pdf", **form: str
) -> TestResponse:
    fields = {"kind": "urssaf", "issued_on": "2026-11-02", "expires_on": "", **form}
    return client.post(
        f"/entreprises/{company.slug}/coffre/nouvelle",
        data={**fields, "file": (BytesIO(data), name)},
    )


def files_of(company: Company) -> list[str]:
    return list(setup.storage().keys(f"vault/{company.id}"))


def test_a_paper_is_deposited_listed_and_given_back_as_a_file(
    client: FlaskClient, company: Company
) -> None:
    assert deposit(client, company).status_code == 303
    page = client.get(f"/entreprises/{company.slug}/coffre").text
    assert "1er mai 2027" in page.replace("\xa0", " ")
    found = re.search(r'href="([^"]+/coffre/[0-9a-f-]{36})"', page)
    assert found is not None
    answer = client.get(found[1])
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    with Sessions() as session, session.begin():
        set_context(session, system("audit"))
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert actions[-2:] == ["vault.paper_added", "vault.paper_read"]


def test_nothing_of_the_vault_is_there_for_another_company(
    client: FlaskClient, company: Company, session: Session, sign_in: SignIn
) -> None:
    set_context(session, system("operator"))
    own = make_company(session, "Rivale")
    rival = sign_in(make_person(session, company=own))
    deposit(client, company)
    page = client.get(f"/entreprises/{company.slug}/coffre").text
    found = re.search(r'href="([^"]+/coffre/[0-9a-f-]{36})"', page)
    assert found is not None
    stolen = found[1].replace(company.slug, own.slug)
    for path in (f"/entreprises/{company.slug}/coffre", found[1], stolen):
        assert rival.get(path).status_code == 404
    assert deposit(rival, company).status_code == 404
    assert len(files_of(company)) == 1


@pytest.mark.parametrize(
    ("data", "form", "words"),
    [
        (b"MZ...", {}, "PDF"), (b"", {}, "vide"), (PDF, {"issued_on": "2060-01-01"}, "venir"),
        (PDF, {"issued_on": "hier"}, "date"), (PDF, {"expires_on": "2020-01-01"}, "validité"),
        (PDF, {"kind": "autre"}, ""),
    ],
)  # fmt: skip
def test_a_bad_paper_is_refused_beside_its_field_and_leaves_no_file(
    client: FlaskClient, company: Company, data: bytes, form: dict[str, str], words: str
) -> None:
    answer = deposit(client, company, data, **form)
    assert answer.status_code == 422
    assert words in answer.text
    assert "invalid-feedback" in answer.text
    assert files_of(company) == []


def test_a_text_in_place_of_the_file_is_refused(client: FlaskClient, company: Company) -> None:
    form = {"kind": "urssaf", "issued_on": "2026-11-02", "file": "x"}
    answer = client.post(f"/entreprises/{company.slug}/coffre/nouvelle", data=form)
    assert answer.status_code == 422


def test_a_contributor_reads_but_does_not_deposit(
    session: Session, sign_in: SignIn, company: Company
) -> None:
    contributor = make_person(session, company=company, role=CompanyRole.CONTRIBUTOR)
    reader = sign_in(contributor)
    page = reader.get(f"/entreprises/{company.slug}/coffre")
    assert page.status_code == 200
    assert "Déposer" not in page.text
    assert reader.get(f"/entreprises/{company.slug}/coffre/nouvelle").status_code == 403
    assert deposit(reader, company).status_code == 403
