"""Real servers for tests: fast, private, gone at the end."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embedded import valkey
from embedded.paths import Layout
from embedded.postgres import Cluster
from embedded.process import Family, family


@dataclass(frozen=True)
class Servers:
    """Addresses of the servers of one test session."""

    owner_url: str
    app_url: str
    superuser_url: str
    broker_url: str
    family: Family


@contextlib.contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    """PostgreSQL (not durable) and Valkey on sockets, their data under `folder`."""
    layout = Layout(folder).make()
    cluster = Cluster(
        layout.data / "postgres", layout.sockets, layout.logs / "postgres.log", durable=False
    )
    try:
        with family(layout.run) as children:
            broker = children.start(
                valkey.program(layout.data / "valkey", layout.sockets, layout.logs / "valkey.log")
            )
            cluster.create()
            database = children.start(cluster.program())
            children.wait(database, cluster.is_ready, within=60)
            cluster.prepare()
            children.wait(broker, lambda: valkey.answers(layout.sockets), within=30)
            yield Servers(
                owner_url=cluster.url("grappe_owner"),
                app_url=cluster.url("grappe_app"),
                superuser_url=cluster.url("postgres"),
                broker_url=valkey.url(layout.sockets),
                family=children,
            )
    finally:
        shutil.rmtree(layout.sockets, ignore_errors=True)
