"""The inbox, a call, its originals, the import: what people see and what is refused in words."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tender.bids.models import Bid
from tender.companies.models import Person
from tender.core import clock, setup
from tender.core.actor import ClusterSeat, system
from tender.core.transaction import set_context
from tender.formats.notice import Deadline
from tender.notices.models import Notice, Tender
from tender.notices.service import import_notice
from tender.watches.models import Triage
from tests.factories import make_company, make_person, make_tender
from tests.notices.published import call, change, eforms, lot
from tests.web.conftest import SignIn

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"


@pytest.fixture
def coordinator(session: Session) -> Person:
    return make_person(session, seats=(ClusterSeat.COORDINATOR,))


@pytest.fixture
def member(session: Session) -> Person:
    return make_person(session, "Nadia Kerbrat", company=make_company(session))


def open_call(session: Session, **changed) -> Tender:
    tender = make_tender(session, now=clock.now(), **changed)
    session.commit()
    return tender


def text(answer) -> str:
    return answer.get_data(as_text=True)


def send(client: FlaskClient, *files: tuple[bytes, str]):
    """Upload files; the body is made in memory, as the client leaves its own file open."""
    sent = [FileStorage(BytesIO(data), name) for data, name in files]
    boundary, body = encode_multipart({"files": sent})
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post("/avis/importer", data=body, content_type=kind)


def test_a_member_sorts_calls_for_themselves_and_takes_it_back(
    session: Session, sign_in: SignIn, member: Person
) -> None:
    tender = open_call(session)
    client = sign_in(member)
    assert tender.title in text(client.get("/avis"))
    done = client.post(f"/avis/{tender.id}/ecarter", follow_redirects=True)
    assert "Avis écarté" in text(done)
    assert "Tous les avis sont triés" in text(done)
    assert tender.title in text(client.get("/avis?etat=ecartes"))
    noted = client.post(
        f"/avis/{tender.id}/ecarter", data={"reason": "trop loin"}, follow_redirects=True
    )
    assert "trop loin" in text(noted)
    back = client.post(f"/avis/{tender.id}/annuler", follow_redirects=True)
    assert tender.title in text(back)


def test_undo_gives_back_the_mark_before(session: Session, sign_in: SignIn, member: Person) -> None:
    tender = open_call(session)
    client = sign_in(member)
    client.post(f"/avis/{tender.id}/plus-tard")
    page = text(client.post(f"/avis/{tender.id}/ecarter", follow_redirects=True))
    assert "avant=later" in page
    client.post(f"/avis/{tender.id}/annuler?avant=later")
    assert tender.title in text(client.get("/avis?etat=plus-tard"))


def test_keeping_opens_a_bid_for_a_coordinator_and_none_for_a_member(
    session: Session, sign_in: SignIn, coordinator: Person, member: Person
) -> None:
    tender = open_call(session)
    kept = sign_in(member).post(f"/avis/{tender.id}/retenir", follow_redirects=True)
    assert "Avis retenu." in text(kept)
    client = sign_in(coordinator)
    opened = client.post(f"/avis/{tender.id}/retenir", follow_redirects=True)
    assert "est ouverte" in text(opened)
    client.post(f"/avis/{tender.id}/retenir")
    set_context(session, system("separation"))
    assert session.scalar(select(func.count()).select_from(Bid)) == 1
    assert "Ouvrir l’affaire" in text(client.get(f"/avis/{tender.id}"))


def test_after_sorting_the_next_call_is_shown_and_the_filters_stay(
    session: Session, sign_in: SignIn, member: Person
) -> None:
    calls = [open_call(session, closes_in=timedelta(days=d)) for d in (10, 20, 30)]
    answer = sign_in(member).post(f"/avis/{calls[0].id}/plus-tard?q=formation&lieu=FRE11")
    assert answer.status_code == 303
    assert answer.location == f"/avis?q=formation&lieu=FRE11&avis={calls[1].id}"


def test_filters_and_pages_live_in_the_address(
    session: Session, sign_in: SignIn, member: Person
) -> None:
    tenders = [make_tender(session, lots=0, now=clock.now()) for _ in range(35)]
    tenders[0].title = "Élagage des platanes"
    session.commit()
    client = sign_in(member)
    assert "Page 1 sur 2" in text(client.get("/avis")).replace("\u00a0", " ")
    assert "Élagage" in text(client.get("/avis?q=elagage"))
    assert "Aucun avis ne correspond" in text(client.get("/avis?q=elagage&lieu=FRY40"))
    odd = "/avis?etat=x&page=-1&lieu=%3Cb%3E&avis=zz&q=%25&reserve=2&page=99999999999999999999"
    assert client.get(odd).status_code == 200
    assert client.get("/avis?page=999999").status_code == 200


def test_words_from_outside_are_only_words(
    session: Session, sign_in: SignIn, member: Person
) -> None:
    words = {"fra": HOSTILE}
    hostile = lot(1, title=words, documents_urls=("javascript:alert(3)",))
    value = call(title=words, description=words, lots=(hostile,))
    set_context(session, system("import"))
    done = import_notice(session, system("import"), value, raw_key="k", sha256="s", now=clock.now())
    session.commit()
    client = sign_in(member)
    for page in (client.get(f"/avis/{done.tender.id}"), client.get("/avis?etat=tous&q=" + HOSTILE)):
        assert "<script>alert" not in text(page)
        assert "<img src=x" not in text(page)
        assert "javascript:" not in text(page)
    assert "{{ 7*7 }}" in text(client.get(f"/avis/{done.tender.id}"))


def test_a_doubtful_deadline_is_shown_as_written_with_the_reason(
    session: Session, sign_in: SignIn, member: Person
) -> None:
    due = Deadline("tenders", "2027-02-01", "12:00:00", "+02:00", None)
    done = import_notice(
        session, system("import"), call(lots=(lot(1, deadline=due),)),
        raw_key="k", sha256="s", now=clock.now(),
    )  # fmt: skip
    session.commit()
    page = text(sign_in(member).get(f"/avis/{done.tender.id}")).replace("\u00a0", " ")
    assert "lundi 1er février 2027 à 11 h 00 (heure de Paris)" in page
    assert "2027-02-01 12:00:00 +02:00" in page
    assert "n’est pas l’heure légale" in page
    assert "à 12 h 00" in page


def test_what_changed_and_each_publication_are_on_the_page(
    session: Session, sign_in: SignIn, member: Person
) -> None:
    key, sha256 = "notices/abc", "abc"
    setup.storage().put(key, b"<avis/>")
    moved = Deadline("tenders", "2027-02-08", "12:00:00", "+01:00", None)
    for value in (call(), change(lots=(lot(1, deadline=moved), lot(2, deadline=moved)))):
        done = import_notice(
            session, system("import"), value, raw_key=key, sha256=sha256, now=clock.now()
        )
    session.commit()
    client = sign_in(member)
    page = text(client.get(f"/avis/{done.tender.id}")).replace("\u00a0", " ")
    assert "et non plus lun. 14 déc." in page
    assert "avis rectificatif" in page
    original = client.get(f"/avis/{done.tender.id}/publications/{done.notice.id}")
    assert original.get_data() == b"<avis/>"
    assert original.mimetype == "text/plain"
    assert original.headers["Content-Disposition"].startswith("attachment;")
    other = open_call(session)
    assert client.get(f"/avis/{other.id}/publications/{done.notice.id}").status_code == 404


def test_a_call_of_652_lots_has_pages_and_a_search(
    session: Session, sign_in: SignIn, member: Person
) -> None:
    tender = open_call(session, lots=652)
    client = sign_in(member)
    page = text(client.get(f"/avis/{tender.id}")).replace("\u00a0", " ")
    assert "Page 1 sur 27" in page
    assert page.count("Lot numéro") == 25
    assert "Lot numéro 652" in text(client.get(f"/avis/{tender.id}?lots=27"))
    found = text(client.get(f"/avis/{tender.id}?lot=numero 651"))
    assert "Lot numéro 651" in found
    assert "Lot numéro 652" not in found
    assert client.get(f"/avis/{tender.id}?lot=%25&lots=99999999").status_code == 200


def test_a_cancelled_call_says_so_and_cannot_be_kept(
    session: Session, sign_in: SignIn, coordinator: Person
) -> None:
    tender = make_tender(session, now=clock.now())
    tender.cancelled_at = clock.now()
    session.commit()
    client = sign_in(coordinator)
    assert "a annulé cette consultation" in text(client.get(f"/avis/{tender.id}"))
    answer = client.post(f"/avis/{tender.id}/retenir", follow_redirects=True)
    assert "a annulé cette consultation" in text(answer)
    set_context(session, system("separation"))
    assert session.scalar(select(func.count()).select_from(Bid)) == 0


def test_the_part_beside_the_list_is_also_a_page(
    session: Session, sign_in: SignIn, member: Person
) -> None:
    tender = open_call(session)
    client = sign_in(member)
    part = text(client.get(f"/avis/{tender.id}", headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert tender.title in part
    assert "<html" in text(client.get(f"/avis/{tender.id}"))


def test_several_files_are_imported_each_on_its_own(
    session: Session, sign_in: SignIn, coordinator: Person
) -> None:
    session.commit()
    client = sign_in(coordinator)
    page = send(
        client, (eforms(), "bon.xml"), (b"bonjour", "mauvais.txt"), (eforms(), "encore.xml")
    )
    words = text(page)
    assert page.status_code == 422
    assert "1 avis ajouté" in words
    assert "1 avis déjà connu" in words
    assert "mauvais.txt" in words
    assert "ni du XML ni du JSON" in words
    assert "Nettoyage des écoles" in text(client.get("/avis"))
    assert session.scalar(select(func.count()).select_from(Notice)) == 1


def test_only_coordinators_and_administrators_import(
    session: Session, sign_in: SignIn, member: Person
) -> None:
    session.commit()
    client = sign_in(member)
    assert client.get("/avis/importer").status_code == 403
    assert send(client, (eforms(), "avis.xml")).status_code == 403
    assert "Importer des avis" not in text(client.get("/avis"))


DUE = (
    "<cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod>{}"
    "</cac:TenderSubmissionDeadlinePeriod></cac:TenderingProcess>"
)
DATE, TIME = "<cbc:EndDate>{}</cbc:EndDate>", "<cbc:EndTime>{}</cbc:EndTime>"


def dated(*parts: str) -> bytes:
    """A notice whose lot has this deadline."""
    due = DUE.format("".join(parts))
    return eforms().replace(b"LOT-0001</cbc:ID>", b"LOT-0001</cbc:ID>" + due.encode())


def twice(data: bytes) -> bytes:
    start, end = data.index(b"<cac:ProcurementProjectLot>"), data.index(b"</ContractNotice>")
    return data[:end] + data[start:end] + data[end:]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(dated(DATE.format("2026-02-30")), "n’est pas une date", id="N3 30 February"),
        pytest.param(
            dated(DATE.format("2026-12-14"), TIME.format("24:00:00")), "n’est pas une heure",
            id="N3 24:00",
        ),
        pytest.param(
            dated(DATE.format("2026-12-14"), TIME.format("12:60:00")), "n’est pas une heure",
            id="N3 :60",
        ),
        pytest.param(
            dated(DATE.format("2026-12-14"), TIME.format("12:00:00+25:00")), "décalage horaire",
            id="N3 offset",
        ),
        pytest.param(
            dated(DATE.format("0001-01-01"), TIME.format("00:00:00")), "calendrier", id="N3 year 1",
        ),
        pytest.param(twice(eforms()), "figure deux fois", id="N6 a lot twice"),
        pytest.param(
            dated(DATE.format("2026-12-14"), DATE.format("2026-12-15")), "deux dates limites",
            id="N6 two deadlines",
        ),
        pytest.param(b"[" * 100_000, "emboîtés", id="N7 depth"),
        pytest.param(b'{"idweb": NaN, "donnees": "{}"}', "NaN", id="N7 NaN"),
        pytest.param(b'{"idweb": "1", "idweb": "2", "donnees": "{}"}', "deux fois", id="N7 keys"),
        pytest.param(
            b'{"idweb": 1' + b"0" * 100_000 + b', "donnees": ""}', "démesuré", id="N7 digits"
        ),
        pytest.param(b'{"idweb": "a\\u0000", "donnees": "{}"}', "caractère nul", id="N7 NUL"),
        pytest.param(b'{"idweb": "\\ud800", "donnees": "{}"}', "demi-caractère", id="N7 surrogate"),
        pytest.param(b'{"idweb": 1e999, "donnees": "{}"}', "démesuré", id="N7 1e999"),
        pytest.param(b"", "vide", id="empty"),
        pytest.param(b"<" * 10_000_001, "10 Mo", id="too large"),
        pytest.param(
            b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "DOCTYPE", id="N1",
        ),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_the_place_and_a_remedy(
    session: Session, sign_in: SignIn, coordinator: Person, data: bytes, why: str
) -> None:
    session.commit()
    page = send(sign_in(coordinator), (data, "avis.dat"))
    words = text(page)
    assert page.status_code == 422
    assert why in words
    assert "avis.dat" in words
    assert "Rien n’a été gardé de ce fichier" in words
    assert "Traceback" not in words
    assert session.scalar(select(func.count()).select_from(Tender)) == 0


@pytest.mark.parametrize(
    ("parts", "doubt"),
    [
        ((DATE.format("2027-01-14"),), "sans heure"),
        ((DATE.format("2027-01-14"), TIME.format("00:00:00")), "minuit"),
        ((DATE.format("2027-03-28"), TIME.format("02:30:00")), "changement d’heure"),
        ((DATE.format("2027-10-31"), TIME.format("02:30:00")), "changement d’heure"),
        ((DATE.format("2027-01-14+02:00"), TIME.format("12:00:00+02:00")), "heure légale"),
        ((DATE.format("9999-12-31"), TIME.format("12:00:00")), ""),
    ],
)
def test_deadlines_that_can_be_read_in_two_ways_are_taken_and_explained(
    session: Session, sign_in: SignIn, coordinator: Person, parts: tuple[str, ...], doubt: str
) -> None:
    session.commit()
    client = sign_in(coordinator)
    assert send(client, (dated(*parts), "avis.xml")).status_code == 200
    tender = session.scalars(select(Tender)).one()
    assert tender.deadline_at is not None
    page = client.get(f"/avis/{tender.id}")
    assert page.status_code == 200
    assert doubt in text(page)


def test_a_request_without_a_file_or_with_odd_fields_is_refused_in_words(
    session: Session, sign_in: SignIn, coordinator: Person
) -> None:
    session.commit()
    client = sign_in(coordinator)
    empty = client.post("/avis/importer", data={})
    assert empty.status_code == 422
    assert "Choisissez au moins un fichier" in text(empty)
    assert client.post("/avis/importer", data={"files": "texte"}).status_code == 422
    many = send(client, *[(b"x", f"{n}.xml") for n in range(51)])
    assert many.status_code == 422
    assert "au plus 50 fichiers" in text(many)


def test_hostile_file_names_are_only_names(
    session: Session, sign_in: SignIn, coordinator: Person
) -> None:
    session.commit()
    client = sign_in(coordinator)
    for name in ("../../etc/passwd", HOSTILE, "a\u202etxt.xml", "=1+1", "x" * 300):
        page = send(client, (b"rien", name))
        assert page.status_code == 422
        assert "<script>alert" not in text(page)
        assert "\u202e" not in text(page)


def test_unknown_calls_are_not_found_whatever_is_asked(
    session: Session, sign_in: SignIn, member: Person
) -> None:
    session.commit()
    client = sign_in(member)
    nowhere = "/avis/01900000-0000-7000-8000-000000000000"
    assert client.get(nowhere).status_code == 404
    assert client.get("/avis/42").status_code == 404
    for verb in ("retenir", "ecarter", "plus-tard", "annuler"):
        assert client.post(f"{nowhere}/{verb}").status_code == 404
        assert client.get(f"{nowhere}/{verb}").status_code == 405
    assert session.scalar(select(func.count()).select_from(Triage)) == 0


def test_the_stranger_is_sent_to_the_door(client: FlaskClient) -> None:
    for page in ("/avis", "/avis/importer", "/moi"):
        assert "/connexion" in client.get(page).location
