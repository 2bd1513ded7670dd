"""A server on the loopback that nobody should ever call."""

import socketserver
import threading
from collections.abc import Callable, Iterator

import pytest


@pytest.fixture
def listener() -> Iterator[Callable[[], tuple[str, list[str]]]]:
    """Its address, and the list of what it heard."""
    heard: list[str] = []

    class Ear(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            heard.append(self.rfile.readline().decode("latin-1"))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Ear) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield lambda: (f"http://127.0.0.1:{server.server_address[1]}/x.png", heard)
        server.shutdown()
