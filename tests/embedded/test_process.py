import signal
import subprocess
import sys
from pathlib import Path

import pytest

from embedded.process import Family, Program, Stopped, born, end_leftover, family
from embedded.say import Refused
from embedded.supervisor import DEATHS, Keeper

STUBBORN = (
    "import signal, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('up', flush=True)\ntime.sleep(60)"
)
POLITE = (
    "import pathlib, signal, sys, time\n"
    "def leave(*_):\n"
    "    with open(sys.argv[1], 'a') as file: file.write(sys.argv[2] + ' ')\n"
    "    sys.exit()\n"
    "signal.signal(signal.SIGTERM, leave)\nprint('up', flush=True)\ntime.sleep(60)"
)


def program(folder: Path, name: str, code: str, *words: str, grace: float = 10) -> Program:
    argv = [sys.executable, "-I", "-S", "-c", code, *words]
    return Program(name=name, argv=argv, env={}, log=folder / f"{name}.log", grace=grace)


def start(children: Family, wanted: Program) -> None:
    running = children.start(wanted)
    children.wait(running, lambda: b"up" in wanted.log.read_bytes(), within=10)


def test_children_stop_in_the_reverse_order_of_their_start(tmp_path: Path) -> None:
    order = tmp_path / "order"
    with family(tmp_path / "run") as children:
        for name in ("first", "second", "third"):
            start(children, program(tmp_path, name, POLITE, str(order), name))
    assert order.read_text() == "third second first "


def test_a_child_that_will_not_stop_is_killed_after_its_grace(tmp_path: Path) -> None:
    with family(tmp_path / "run") as children:
        start(children, program(tmp_path, "stubborn", STUBBORN, grace=0.1))
        pid = children.children["stubborn"].process.pid
    assert born(pid) is None


def test_a_program_that_fails_is_refused_with_its_last_words(tmp_path: Path) -> None:
    failing = program(tmp_path, "failing", "import sys; sys.exit('no such thing')")
    with family(tmp_path / "run") as children, pytest.raises(Refused, match="no such thing"):
        children.finish(failing)


def test_a_wish_to_stop_ends_any_wait(tmp_path: Path) -> None:
    with family(tmp_path / "run") as children:
        running = children.start(program(tmp_path, "slow", "import time; time.sleep(60)"))
        children.stop_wanted = True
        with pytest.raises(Stopped):
            children.wait(running, lambda: False, within=60)


def test_a_leftover_is_ended_but_never_a_stranger_with_its_number(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as left:
        note = tmp_path / "left.pid"
        note.write_text(f"{left.pid} {int(signal.SIGTERM)} another birth")
        assert not end_leftover(note)
        assert left.poll() is None
        note.write_text(f"{left.pid} {int(signal.SIGTERM)} {born(left.pid)}")
        assert end_leftover(note)
        assert left.wait() == -signal.SIGTERM
    assert not note.exists()


def test_what_dies_is_started_again_until_it_keeps_dying(tmp_path: Path) -> None:
    with family(tmp_path / "run") as children:
        keeper = Keeper(children)
        running = children.start(program(tmp_path, "weak", "print('I am weak')"))
        for _ in range(DEATHS - 1):
            keeper.mourn(running)
            keeper.due = {name: (0.0, one) for name, (_, one) in keeper.due.items()}
            keeper.revive()
            running = children.children["weak"]
        running.process.wait()
        with pytest.raises(Refused, match="I am weak"):
            keeper.mourn(running)
