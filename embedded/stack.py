"""The parts of a running Grappe: embedded servers where no address is given, and its processes."""

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from embedded import valkey
from embedded.paths import PROJECT, Layout, write_private
from embedded.postgres import Cluster
from embedded.process import Family, Program

BIN = Path(sys.executable).parent


class Stack:
    """What runs on one set of data, as children of one family."""

    def __init__(self, layout: Layout, children: Family, address: str) -> None:
        self.layout = layout
        self.children = children
        self.address = address
        self.own_database = not os.environ.get("DATABASE_URL")
        self.own_broker = not os.environ.get("BROKER_URL")

    @property
    def cluster(self) -> Cluster:
        """The embedded database."""
        return Cluster(self.layout.data / "postgres", self.layout.sockets, self._log("postgres"))

    def settings(self) -> dict[str, str]:
        """What the application's environment must say; what is set already stays."""
        found = {
            "TENDER_DATA_DIR": str(self.layout.data),
            "TENDER_WATCH_DIR": str(self.layout.data / "watch"),
            "TENDER_BASE_URL": self.address,
            "DATABASE_URL": self.cluster.url("grappe_app"),
            "BROKER_URL": valkey.url(self.layout.sockets),
        }
        if not os.environ.get("TENDER_SECRET_KEY"):
            found["TENDER_SECRET_KEY"] = secret_key(self.layout.data / "secret.key")
        kept = {*found, "TENDER_SECRET_KEY", "TENDER_OWNER_DATABASE_URL"} - {"TENDER_DATA_DIR"}
        return found | {name: os.environ[name] for name in kept if os.environ.get(name)}

    def owner_settings(self) -> dict[str, str]:
        """The same, and the roles that may change tables and read all rows for a backup."""
        found = self.settings()
        if self.own_database:
            found["TENDER_OWNER_DATABASE_URL"] = self.cluster.url("grappe_owner")
            found["TENDER_BACKUP_DATABASE_URL"] = self.cluster.url("postgres")
        return found

    def start_servers(self) -> None:
        """Start Valkey and PostgreSQL, unless addresses of others were given."""
        if self.own_broker:
            data, log = self.layout.data / "valkey", self._log("valkey")
            self.children.start(valkey.program(data, self.layout.sockets, log))
        if self.own_database:
            self.cluster.create()
            self.cluster.end_leftover()
            database = self.children.start(self.cluster.program())
            self.children.wait(database, self.cluster.is_ready, within=60)
            self.cluster.prepare()
        if self.own_broker:
            broker = self.children.children["valkey"]
            self.children.wait(broker, lambda: valkey.answers(self.layout.sockets), within=30)

    def operate(self, command: str) -> None:
        """Run a `tender` command as the owner of the tables; Refused if it fails."""
        argv = [str(BIN / "tender"), command]
        self.children.finish(self._program(command, argv, self.owner_settings()))

    def start_worker(self) -> None:
        """The Celery worker; two children, since a time limit needs processes."""
        options = ["--concurrency=2", "--loglevel=INFO", "--without-mingle", "--without-gossip"]
        self._celery("worker", *options, grace=30.0)

    def start_beat(self) -> None:
        """The clock that pokes the worker; what is due lies in the database."""
        schedule = str(self.layout.run / "beat")
        self._celery("beat", f"--schedule={schedule}", "--pidfile=", grace=5.0)

    def start_web(self, host: str, port: int) -> None:
        """The pages."""
        config = str(PROJECT / "deploy" / "gunicorn.conf.py")
        argv = self._module("gunicorn", "--config", config, "--bind", f"{host}:{port}", "wsgi:app")
        self.children.start(self._program("web", argv, self.settings(), grace=10.0))

    def _celery(self, name: str, *options: str, grace: float) -> None:
        argv = self._module("celery", "--app", "workers.app:celery", name, *options)
        self.children.start(self._program(name, argv, self.settings(), grace=grace))

    def _module(self, *words: str) -> list[str]:
        return [sys.executable, "-m", *words]

    def _program(
        self, name: str, argv: list[str], settings: Mapping[str, str], grace: float = 10.0
    ) -> Program:
        environment = {**os.environ, **settings, "PYTHONUNBUFFERED": "1"}
        return Program(name=name, argv=argv, env=environment, log=self._log(name), grace=grace)

    def _log(self, name: str) -> Path:
        return self.layout.logs / f"{name}.log"


def secret_key(file: Path) -> str:
    """The key that signs sessions: made once, for the owner's eyes only."""
    if not file.exists():
        write_private(file, secrets.token_hex(32))
    return file.read_text().strip()
