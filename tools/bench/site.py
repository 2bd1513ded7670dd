"""A Grappe of its own for the measurements: servers, a worker, and web servers when asked for."""

import contextlib
import http.client
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from embedded.paths import PROJECT, Layout
from embedded.process import Family, Program, family
from embedded.stack import Stack
from tender.core import setup

OUTSIDE = ("DATABASE_URL", "BROKER_URL", "S3_BUCKET", "SMTP_HOST", "TENDER_BASE_URL")


@contextlib.contextmanager
def site() -> Iterator[Stack]:
    """Migrated servers on a folder that is thrown away; this process is joined to them."""
    for name in OUTSIDE:
        os.environ.pop(name, None)  # what is measured is never somebody's real data
    with tempfile.TemporaryDirectory(prefix="grappe-bench-") as folder:
        layout = Layout(Path(folder)).make()
        with family(layout.run) as children:
            stack = Stack(layout, children, "http://127.0.0.1")
            stack.start_servers()
            os.environ.update(stack.owner_settings())
            stack.operate("migrate")
            setup.join()
            try:
                yield stack
            finally:
                setup.engine().dispose()


def start_worker(stack: Stack) -> None:
    """The worker with the bare task, otherwise as `make run` starts it."""
    start(stack, "worker", "celery", "--app", "tools.bench.worker:celery", "worker",
          "--concurrency=2", "--without-mingle", "--without-gossip")  # fmt: skip


def start_web(stack: Stack, name: str, app: str) -> int:
    """Serve an application by our gunicorn settings; its port, once it answers."""
    port, config = free_port(), str(PROJECT / "deploy" / "gunicorn.conf.py")
    start(stack, name, "gunicorn", "--config", config, "--bind", f"127.0.0.1:{port}", app)
    running = stack.children.children[name]
    stack.children.wait(running, lambda: answers(port), within=60)
    return port


def start(stack: Stack, name: str, *words: str) -> None:
    """Start a module of Python as a child."""
    program = Program(
        name=name, argv=[sys.executable, "-m", *words],
        env={**os.environ, "PYTHONPATH": str(PROJECT)}, log=stack.layout.logs / f"{name}.log",
    )  # fmt: skip
    children: Family = stack.children
    children.start(program)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """True once HTTP is spoken there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status in {200, 404}
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
