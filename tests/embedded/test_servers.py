import os
import signal
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from embedded import valkey
from embedded.process import born, gone
from embedded.testing import Servers, servers

pytestmark = pytest.mark.db


def ask(url: str, question: str) -> object:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        found = connection.execute(text(question))
        return found.scalar() if found.returns_rows else None


def pids(found: Servers) -> list[int]:
    return [running.process.pid for running in found.family.children.values()]


def test_the_roles_are_neither_superuser_nor_exempt_from_row_security(running: Servers) -> None:
    question = "SELECT bool_or(rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname ~ '^grappe_'"
    assert ask(running.superuser_url, question) is False


def test_the_applications_role_cannot_make_tables(running: Servers) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask(running.app_url, "CREATE TABLE mine (id int)")


def test_accents_fold_and_lower_without_help_of_the_system(running: Servers) -> None:
    assert ask(running.app_url, "SELECT unaccent(lower('ÉLÉMENT'))") == "element"


def test_servers_are_gone_after_the_block_and_so_are_their_sockets(tmp_path: Path) -> None:
    with servers(tmp_path) as found:
        children = pids(found)
        sockets = Path(found.broker_url.removeprefix("redis+socket://")).parent
        assert sockets.stat().st_mode & 0o777 == 0o700
    assert [born(pid) for pid in children] == [None, None]
    assert not sockets.exists()
    with pytest.raises(OperationalError):
        ask(found.app_url, "SELECT 1")


def test_a_postmaster_that_was_killed_leaves_data_that_start_again(tmp_path: Path) -> None:
    with servers(tmp_path) as found:
        safely = "SET LOCAL synchronous_commit = on; "
        ask(found.owner_url, safely + "CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(found.family.children["postgres"].process.pid, signal.SIGKILL)
    with servers(tmp_path) as again:
        assert ask(again.owner_url, "SELECT answer FROM kept") == 42


def test_a_killed_owner_leaves_no_server_behind(tmp_path: Path) -> None:
    script = (
        "import sys, time, pathlib, embedded.testing as t\n"
        "with t.servers(pathlib.Path(sys.argv[1])) as found:\n"
        "    print(*[c.process.pid for c in found.family.children.values()], flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [os.sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        children = [int(pid) for pid in owner.stdout.readline().split()]
        owner.kill()
    assert len(children) == 2
    assert all(gone(pid, within=10) for pid in children)


def test_a_silent_folder_has_no_valkey(tmp_path: Path) -> None:
    assert not valkey.answers(tmp_path)
