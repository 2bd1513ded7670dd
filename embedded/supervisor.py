"""`make run`: starts everything, says where it is, keeps it running, stops it in order."""

import contextlib
import http.client
import os
import signal
import socket
import time
from collections.abc import Iterator

from embedded import instance
from embedded.paths import Layout, data_folder
from embedded.process import Family, Running, Stopped, family, last_line
from embedded.say import Refused, say
from embedded.stack import Stack

DEATHS = 8  # within WINDOW seconds, then we give up
LONGEST = 4.0  # seconds before a child is started again
WINDOW = 60.0
BEAT = 0.2
PATIENCE = 5.0  # one question; a stop must not wait longer than that


def run() -> int:
    """Run until somebody stops it; 1 if a part could not be kept alive."""
    start = time.monotonic()
    layout = Layout(data_folder()).make()
    with instance.lock(layout) as held:
        host, port = os.environ.get("HOST") or "127.0.0.1", wanted_port()
        with family(layout.run, keep=(held,)) as children, signals(children):
            require_free(host, port)  # now that what an earlier one left behind is gone
            say("Démarrage…", "Starting…")
            stack = Stack(layout, children, f"http://{host}:{port}")
            with contextlib.suppress(Stopped):
                bring_up(stack, host, port)
                announce(stack, time.monotonic() - start)
                Keeper(children).keep()
            say("Arrêt…", "Stopping…")
    say("Tout est arrêté.", "All stopped.")
    return 0


def wanted_port() -> int:
    """The port asked for by PORT."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 65536:
        raise Refused(
            f"PORT={text} n’est pas un port. Tapez : make run PORT=8000",
            f"PORT={text} is not a port. Type: make run PORT=8000",
        )
    return int(text)


def is_free(host: str, port: int) -> bool:
    """True if we could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def require_free(host: str, port: int) -> None:
    """Refuse a busy port, naming one that is free."""
    if not is_free(host, port):
        other = next((p for p in range(port + 1, 65536) if is_free(host, p)), 8000)
        raise Refused(
            f"Le port {port} est pris ou interdit. Tapez : make run PORT={other}",
            f"Port {port} is taken or forbidden. Type: make run PORT={other}",
        )


@contextlib.contextmanager
def signals(children: Family) -> Iterator[None]:
    """Note a wish to stop, however often it is said, instead of dying of it."""

    def note(*_: object) -> None:
        children.stop_wanted = True

    wanted = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # ignored under nohup
        wanted.append(signal.SIGHUP)
    before = {number: signal.signal(number, note) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def bring_up(stack: Stack, host: str, port: int) -> None:
    """Servers, tables, demonstration, processes; returns once a task has made its round trip."""
    stack.start_servers()
    stack.operate("migrate")
    accounts = stack.layout.data / "accounts.txt"
    if stack.own_database and not accounts.exists():
        say("Chargement du groupement de démonstration…", "Loading the demonstration cluster…")
        seeded = stack.layout.logs / "seed-demo.log"
        seeded.unlink(missing_ok=True)
        stack.operate("seed-demo")
        accounts.write_bytes(seeded.read_bytes())
    stack.start_worker()
    stack.start_beat()
    stack.start_web(host, port)
    web = stack.children.children["web"]
    stack.children.wait(web, lambda: is_healthy(host, port), within=90)


def is_healthy(host: str, port: int) -> bool:
    """True if the page says that a task went to a worker and came back."""
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/readyz?roundtrip=1")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(stack: Stack, took: float) -> None:
    """Say that it is ready, where, for whom, and where things lie."""
    instance.write_note(stack.layout, stack.address, stack.owner_settings())
    accounts = stack.layout.data / "accounts.txt"
    data, logs = stack.layout.data, stack.layout.logs
    say(f"READY {stack.address} ({took:.1f} s)", f"READY {stack.address} ({took:.1f} s)")
    if accounts.exists():
        text = accounts.read_text("utf-8").strip()
        say(text, text)
    say(
        f"Données : {data}\nJournaux : {logs}\nCtrl-C arrête tout.",
        f"Data: {data}\nLogs: {logs}\nCtrl-C stops everything.",
    )


class Keeper:
    """Starts again what dies, more slowly each time, and gives up when it keeps dying."""

    def __init__(self, children: Family) -> None:
        self.children = children
        self.deaths: dict[str, list[float]] = {}
        self.due: dict[str, tuple[float, Running]] = {}
        self.parent = os.getppid() if "MAKELEVEL" in os.environ else 0

    def keep(self) -> None:
        """Watch until asked to stop; Refused when a child cannot be kept alive."""
        while not self.children.stop_wanted:
            for running in list(self.children.children.values()):
                if running.process.poll() is not None:
                    self.mourn(running)
            self.revive()
            if self.parent and os.getppid() != self.parent:
                return  # make was killed, so nobody could stop us from its terminal
            time.sleep(BEAT)

    def mourn(self, running: Running) -> None:
        """Note a death and set the time of the next try."""
        name, log, now = running.program.name, running.program.log, time.monotonic()
        self.children.children.pop(name)
        self.children.bury(running)
        recent = [t for t in self.deaths.get(name, []) if now - t < WINDOW]
        self.deaths[name] = [*recent, now]
        if len(self.deaths[name]) >= DEATHS:
            raise Refused(
                f"{name} s’arrête sans cesse : {last_line(log)} (journal : {log})",
                f"{name} keeps dying: {last_line(log)} (log: {log})",
            )
        say(f"{name} s’est arrêté ; il redémarre.", f"{name} died; it is started again.")
        self.due[name] = (now + min(0.25 * 2 ** len(recent), LONGEST), running)

    def revive(self) -> None:
        """Start what is due."""
        for name, (when, running) in list(self.due.items()):
            if time.monotonic() >= when:
                del self.due[name]
                self.children.start(running.program)
