"""The command as an operator runs it: in this process, or for real where it needs a database."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from embedded.postgres import binaries
from embedded.testing import Servers, servers
from tender.cli import words
from tender.cli.main import main

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def refused(self) -> bool:
        """One with a reason in words: exit code 1, something said, no traceback."""
        return self.code == 1 and bool(self.err.strip()) and "Traceback" not in self.err


Run = Callable[..., Done]


@pytest.fixture
def tender(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run `tender` in this process, in French."""
    monkeypatch.setenv("TENDER_LANG", "fr")
    words._catalogue.cache_clear()

    def run(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["tender", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    yield run
    words._catalogue.cache_clear()


@dataclass(frozen=True)
class Installed:
    """The installed command on servers of its own."""

    servers: Servers
    settings: Mapping[str, str]

    def run(self, *arguments: object, **changed: str) -> Done:
        """Run `.venv/bin/tender`."""
        done = subprocess.run(
            [str(BIN / "tender"), *map(str, arguments)],
            env={**os.environ, **self.settings, **changed},
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return Done(done.returncode, done.stdout, done.stderr)


def installed(found: Servers, data: Path) -> Installed:
    return Installed(
        found,
        {
            "TENDER_LANG": "fr",
            "DATABASE_URL": found.app_url,
            "TENDER_OWNER_DATABASE_URL": found.owner_url,
            "TENDER_BACKUP_DATABASE_URL": found.superuser_url,
            "BROKER_URL": found.broker_url,
            "TENDER_SECRET_KEY": "0" * 64,
            "TENDER_DATA_DIR": str(data),
            "TENDER_PG_BIN": str(binaries()),
            "TENDER_PASSWORD_COST": "low",
        },
    )


@pytest.fixture(scope="package")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """A migrated Grappe with one account and one file."""
    base = tmp_path_factory.mktemp("first")
    with servers(base / "servers") as found:
        ours = installed(found, base / "data")
        assert ours.run("migrate").code == 0
        yield ours


@pytest.fixture(scope="package")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Servers elsewhere, with no table at all."""
    base = tmp_path_factory.mktemp("second")
    with servers(base / "servers") as found:
        yield installed(found, base / "data")
