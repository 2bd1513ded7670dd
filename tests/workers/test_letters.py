"""A letter leaves once: by a real mail server that takes, refuses, dies or stays away."""

import importlib
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from types import ModuleType
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tender.companies.models import Person
from tender.core import clock, queue, setup
from tender.core.actor import system
from tender.core.transaction import transaction
from tender.messages import service
from tender.messages.models import Letter, LetterState

MAIL = system("mail")
LINK = "http://127.0.0.1:8000/reinitialiser/secret-token"


class Server:
    """A mail server that remembers what it took, and answers as a test wants."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.to_recipient = "250 OK"
        self.to_letter = "250 OK"
        self.hang_up = False

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.to_letter.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.taken.append(message_from_bytes(envelope.content))
        if self.hang_up:
            assert server.transport is not None
            server.transport.abort()
        return self.to_letter


@pytest.fixture
def server() -> Iterator[tuple[Server, int]]:
    handler = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def letters(committed: None) -> ModuleType:
    return importlib.import_module("workers.letters")


@pytest.fixture
def post(
    server: tuple[Server, int], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[int], None]]:
    """Point the settings to the server, or to a port where nobody listens."""

    def to(port: int) -> None:
        monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("SMTP_PORT", str(port))
        monkeypatch.setenv("SMTP_STARTTLS", "0")
        monkeypatch.setenv("TENDER_MAIL_FROM", "grappe@exemple.fr")
        _forget()

    to(server[1])
    yield to
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    setup.settings.cache_clear()
    setup.post.cache_clear()


def written(*, name: str = "Nadia", person_id: UUID | None = None, template: str = "reset") -> UUID:
    """Ask for a letter, and commit; give its id."""
    values: dict[str, object] = {"name": name, "link": LINK, "minutes": 30}
    with transaction(system("sign_in")) as session:
        return service.write(
            session, to="nadia@exemple.fr", template=template, locale="fr", now=clock.now(),
            person_id=person_id, values=values,
        ).id  # fmt: skip


def state(letter_id: UUID) -> tuple[Letter, queue.WorkItem]:
    with transaction(MAIL) as session:
        item = session.query(queue.WorkItem).filter_by(object_id=letter_id).one()
        return session.get_one(Letter, letter_id), item


def send(letters: ModuleType, letter_id: UUID) -> tuple[Letter, queue.WorkItem]:
    letters.send(str(state(letter_id)[1].id))
    return state(letter_id)


pytestmark = pytest.mark.usefixtures("post")


def test_a_letter_is_sent_once_however_often_it_is_asked_for(
    letters: ModuleType, server: tuple[Server, int]
) -> None:
    letter_id = written()
    for _ in range(3):
        letter, item = send(letters, letter_id)
    assert (letter.state, item.state) == (LetterState.SENT, queue.WorkState.DONE)
    (message,) = server[0].taken
    assert message["To"] == "nadia@exemple.fr"
    assert LINK in message.get_payload(decode=True).decode()
    assert "link" not in letter.values


@pytest.mark.parametrize(("where", "answer"), [("to_recipient", "550 no"), ("to_letter", "554 no")])
def test_a_refusal_for_good_ends_the_letter_and_forgets_its_link(
    where: str, answer: str, letters: ModuleType, server: tuple[Server, int]
) -> None:
    setattr(server[0], where, answer)
    letter, item = send(letters, written())
    assert (letter.state, item.state) == (LetterState.FAILED, queue.WorkState.DONE)
    assert answer[:3] in letter.error
    assert "link" not in letter.values


@pytest.mark.parametrize(
    ("where", "answer"), [("to_recipient", "451 later"), ("to_letter", "452 full")]
)
def test_a_refusal_for_now_is_tried_again_later(
    where: str, answer: str, letters: ModuleType, server: tuple[Server, int]
) -> None:
    letter_id = written()
    setattr(server[0], where, answer)
    letter, item = send(letters, letter_id)
    assert (letter.state, item.state) == (LetterState.QUEUED, queue.WorkState.WAITING)
    assert item.due_at > clock.now() + timedelta(seconds=50)
    setattr(server[0], where, "250 OK")
    assert send(letters, letter_id)[0].state is LetterState.SENT
    assert len(server[0].taken) == 1


def test_a_server_that_stays_away_is_given_up_after_five_tries(
    letters: ModuleType, server: tuple[Server, int], post: Callable[[int], None]
) -> None:
    letter_id = written()
    post(1)  # nobody listens there
    found = [send(letters, letter_id)[0].state for _ in range(queue.MOST_ATTEMPTS)]
    assert found == [LetterState.QUEUED] * (queue.MOST_ATTEMPTS - 1) + [LetterState.FAILED]
    post(server[1])
    send(letters, letter_id)
    assert server[0].taken == []


def test_a_server_that_takes_a_letter_and_dies_leaves_it_in_doubt_and_it_is_not_repeated(
    letters: ModuleType, server: tuple[Server, int]
) -> None:
    server[0].hang_up = True
    letter_id = written()
    letter, item = send(letters, letter_id)
    assert (letter.state, item.state) == (LetterState.SENDING, queue.WorkState.DONE)
    assert "issue inconnue" in letter.error
    send(letters, letter_id)
    assert len(server[0].taken) == 1


def test_a_worker_that_dies_while_sending_leaves_it_in_doubt_and_it_is_not_repeated(
    letters: ModuleType, server: tuple[Server, int]
) -> None:
    letter_id = written()
    with transaction(MAIL) as session:
        item = session.query(queue.WorkItem).filter_by(object_id=letter_id).one()
        long_ago = clock.now() - timedelta(minutes=5)
        job = queue.take(session, item.id, now=long_ago, lease=timedelta(seconds=1))
        assert service.begin(session, letter_id) is not None
    letter, item = send(letters, letter_id)
    assert (letter.state, item.state) == (LetterState.SENDING, queue.WorkState.DONE)
    assert "issue inconnue" in letter.error
    assert server[0].taken == []
    with transaction(MAIL) as session:  # the first one was only slow, and comes back
        assert job is not None
        letters._end(session, job, None)
    assert state(letter_id)[0].state is LetterState.SENT


@pytest.mark.parametrize("name", ["Eve\r\nBcc: tous@exemple.fr", "Eve\nSubject: Autre"])
def test_no_value_of_a_letter_becomes_a_header(
    name: str, letters: ModuleType, server: tuple[Server, int]
) -> None:
    send(letters, written(name=name))
    assert all("Bcc" not in m and m.get_all("Subject") == [m["Subject"]] for m in server[0].taken)
    assert all("Autre" not in m["Subject"] for m in server[0].taken)


def test_a_letter_that_cannot_be_written_is_no_endless_work(letters: ModuleType) -> None:
    letter, item = send(letters, written(template="call_cancelled"))
    assert (letter.state, item.state) == (LetterState.FAILED, queue.WorkState.DONE)


def test_nothing_is_sent_to_an_account_that_was_closed_meanwhile(
    letters: ModuleType, server: tuple[Server, int]
) -> None:
    with transaction(system("operator")) as session:
        person = Person(email="partie@exemple.fr", name="Partie", disabled_at=clock.now())
        session.add(person)
    letter, _ = send(letters, written(person_id=person.id))
    assert letter.state is LetterState.FAILED
    assert server[0].taken == []
