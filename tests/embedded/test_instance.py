import os
import socket
import stat
from pathlib import Path

import pytest

from embedded import instance, paths, stack, supervisor
from embedded.paths import Layout
from embedded.process import family
from embedded.say import Refused


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "données d’essai").make()


def test_a_second_instance_is_told_where_the_first_one_answers(layout: Layout) -> None:
    with instance.lock(layout):
        instance.write_note(layout, "http://127.0.0.1:8123", {"DATABASE_URL": "x"})
        assert instance.running(layout)["DATABASE_URL"] == "x"
        with pytest.raises(Refused, match="8123"), instance.lock(layout):
            pass
    assert instance.running(layout) == {}


def test_the_note_and_the_secret_key_are_for_the_owner_only(layout: Layout) -> None:
    instance.write_note(layout, "http://127.0.0.1:8123", {})
    key = stack.secret_key(layout.data / "secret.key")
    assert len(key) == 64
    assert stack.secret_key(layout.data / "secret.key") == key
    for file in (instance.note_of(layout), layout.data / "secret.key"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_busy_port_is_refused_with_a_free_one_named() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(Refused, match=r"make run PORT=\d+") as refusal:
            supervisor.require_free("127.0.0.1", port)
    assert f"PORT={port}" not in str(refusal.value)


@pytest.mark.parametrize("text", ["abc", "0", "70000", "-1", "８０"])
def test_what_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Refused, match="make run PORT=8000"):
        supervisor.wanted_port()


def test_given_addresses_replace_the_embedded_servers(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/db")
    monkeypatch.setenv("BROKER_URL", "redis://elsewhere/0")
    with family(layout.run) as children:
        parts = stack.Stack(layout, children, "http://127.0.0.1:8000")
        parts.start_servers()
        assert children.children == {}
        assert parts.settings()["DATABASE_URL"] == "postgresql://elsewhere/db"


def test_a_socket_folder_that_others_could_use_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = paths.socket_folder(tmp_path / "data")
    assert len(os.fsencode(folder / ".s.PGSQL.5432")) < 104
    folder.chmod(0o755)
    with pytest.raises(Refused, match="sudo rm"):
        paths.socket_folder(tmp_path / "data")
