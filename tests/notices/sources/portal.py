"""A portal of our own that answers as the documented APIs do, and fails when told to."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.notices.published import eforms

RECORDS = "/api/explore/v2.1/catalog/datasets/boamp/records"


class Portal:
    """What is published, by day; `faults` are played one a request, None is none."""

    def __init__(self) -> None:
        self.records: dict[str, list[dict[str, object]]] = {}
        self.numbers: dict[str, list[str]] = {}
        self.gone: set[str] = set()
        self.faults: deque[Callable[[Answering], None] | None] = deque()
        self.asked: list[str] = []
        self.bodies: list[dict[str, object]] = []
        self.statuses: list[int] = []
        self.stale = False
        self.closing = threading.Event()
        self.address = ""

    def publish(self, day: str, count: int, *, first: int = 1) -> None:
        """Put records of the bulletin into a day."""
        self.records.setdefault(day, []).extend(record(n, day) for n in range(first, first + count))

    def page(self, query: dict[str, str]) -> tuple[int, object]:
        """Answer as the Explore API: 100 at most, and not past the ten thousandth."""
        limit, offset = int(query["limit"]), int(query["offset"])
        if limit > 100 or offset + limit > 10_000:
            return 400, {"error_code": "InvalidRESTParameterError"}
        day = query["where"].removeprefix("dateparution=date'").rstrip("'")
        there = sorted(self.records.get(day, []), key=lambda r: str(r["idweb"]))
        there = there[::-1] if query["order_by"].endswith("desc") else there
        return 200, {"total_count": len(there), "results": there[offset : offset + limit]}

    def found(self, body: dict[str, object]) -> tuple[int, object]:
        """Answer as the TED's search: by tokens, which stay after the last page."""
        day = str(body["query"]).split("publication-date = ")[1][:8]
        token = str(body.get("iterationNextToken", f"{day}:0"))
        if int(str(body["limit"])) > 250:
            return 400, {"message": "limit"}
        if self.stale and "iterationNextToken" in body:
            return 500, {"message": "token"}
        there, at = self.numbers.get(day, []), int(token.split(":")[1])
        after = at + int(str(body["limit"]))
        return 200, {
            "notices": [{"publication-number": n} for n in there[at:after]],
            "totalNoticeCount": len(there), "iterationNextToken": f"{day}:{after}",
            "timedOut": False,
        }  # fmt: skip


def record(n: int, day: str) -> dict[str, object]:
    """A record in the likeness of a national notice."""
    body = {"FNSimple": {"organisme": {"nomOfficiel": "Ville de Brévelles"},
            "initial": {"natureMarche": {"intitule": f"Entretien n° {n}"}}}}  # fmt: skip
    return {
        "idweb": f"26-{n:05d}", "dateparution": day, "nature": "APPEL_OFFRE", "etat": "INITIAL",
        "objet": f"Entretien n° {n}", "donnees": json.dumps(body, ensure_ascii=False),
    }  # fmt: skip


def xml(number: str) -> bytes:
    """An eForms notice that bears a publication number, and an id and procedure of its own."""
    n = int(number.split("-", maxsplit=1)[0])
    text = eforms(f"Avis {number}").decode()
    text = text.replace("0a1b2c3d-0000-4000-8000-000000000001", f"0a1b2c3d-0000-4000-8000-{n:012d}")
    text = text.replace("5e4b1c2a-7d3f-4c1e-9a55-0b1f2d3c4e5f", f"5e4b1c2a-7d3f-4c1e-9a55-{n:012d}")
    published = (
        '<ext:UBLExtensions xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:'
        'CommonExtensionComponents-2"><ext:UBLExtension><ext:ExtensionContent>'
        '<efext:EformsExtension xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1"'
        ' xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"'
        ' xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1">'
        f"<efac:Publication><efbc:NoticePublicationID>{number}</efbc:NoticePublicationID>"
        "</efac:Publication></efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension>"
        "</ext:UBLExtensions>"
    )
    return text.replace(" <cbc:ID", f"{published}<cbc:ID", 1).encode()


class Answering(BaseHTTPRequestHandler):
    """One request."""

    portal: Portal

    def do_GET(self) -> None:
        self.portal.asked.append(self.path)
        if self._failed():
            return
        split = urlsplit(self.path)
        if split.path == RECORDS:
            query = {k: v[0] for k, v in parse_qs(split.query).items()}
            self.say(*self.portal.page(query))
            return
        number = split.path.split("/")[3]
        if number in self.portal.gone:
            self.say(404, {})
        else:
            self.send(200, xml(number))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.portal.asked.append(self.path)
        self.portal.bodies.append(body)
        if not self._failed():
            self.say(*self.portal.found(body))

    def _failed(self) -> bool:
        fault = self.portal.faults.popleft() if self.portal.faults else None
        if fault is not None:
            fault(self)
        return fault is not None

    def say(self, status: int, value: object) -> None:
        self.send(status, json.dumps(value, ensure_ascii=False).encode())

    def send(self, status: int, data: bytes, **headers: str) -> None:
        etag = f'"{sha256(data).hexdigest()}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, data = 304, b""
        self.portal.statuses.append(status)
        self.send_response(status)
        self.send_header("ETag", etag)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


def refuses(status: int, **headers: str) -> Callable[[Answering], None]:
    return lambda request: request.send(status, b"{}", **headers)


def says(value: object) -> Callable[[Answering], None]:
    return lambda request: request.say(200, value)


def sends(data: bytes, **headers: str) -> Callable[[Answering], None]:
    return lambda request: request.send(200, data, **headers)


def half(request: Answering) -> None:
    request.send(200, b'{"total_count": 2, "results": [{"idweb": "26-0', Content_Length="5000")


def hangs(request: Answering) -> None:
    """Say nothing until the test is over."""
    request.portal.closing.wait(30)


def drips(request: Answering) -> None:
    """Begin an answer that never comes to its end, a little at a time."""
    request.send_response(200)
    request.end_headers()
    while not request.portal.closing.wait(0.01):
        try:
            request.wfile.write(b" ")
        except OSError:
            return


@contextmanager
def open_portal() -> Iterator[Portal]:
    """A portal on a port of its own."""
    portal = Portal()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Answering,), {"portal": portal}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    portal.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield portal
    finally:
        portal.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
