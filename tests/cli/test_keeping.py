from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import ProgrammingError

from tests.cli.conftest import Installed

pytestmark = pytest.mark.db

ANNA = ("user", "add", "anna@exemple.fr", "--name", "Anna Lys", "--seat", "administrator",
        "--password", "quatre mots sans lien aucun")  # fmt: skip


def ask(url: str, question: str) -> object:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        found = connection.execute(text(question))
        return found.scalar() if found.returns_rows else None


@pytest.fixture(scope="module")
def anna(first: Installed) -> Installed:
    """The first account, and a stored file."""
    done = first.run(*ANNA)
    assert done.code == 0, done.err
    assert "Anna Lys" in done.out
    stored = Path(first.settings["TENDER_DATA_DIR"]) / "files" / "notices" / "abc"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"un avis")
    return first


def test_an_account_is_opened_once(anna: Installed) -> None:
    again = anna.run(*ANNA)
    assert again.refused
    assert "existe déjà" in again.err


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email": "anna"}, "adresse électronique"),
        ({"name": " "}, "prénom et le nom"),
        ({"password": "court"}, "trop court"),
        ({"company": "nulle-part"}, "ensemble"),
        ({"company": "nulle-part", "role": "representative"}, "Aucune entreprise"),
    ],
)
def test_an_account_that_cannot_be_opened_is_refused_in_words(
    anna: Installed, changed: dict[str, str], words: str
) -> None:
    given = {"email": "ben@exemple.fr", "name": "Ben Ourcq", "password": "quatre mots sans lien"}
    given |= changed
    email = given.pop("email")
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    done = anna.run("user", "add", email, *options)
    assert done.refused, done
    assert words in done.err


def test_a_code_is_given_for_nobody_without_a_second_factor(anna: Installed) -> None:
    assert anna.run("user", "code", "anna@exemple.fr").refused


def test_the_tables_are_what_the_models_say(first: Installed) -> None:
    done = first.run("migrate", "--check")
    assert done.code == 0, done.err


def test_a_table_that_no_model_knows_is_told(first: Installed) -> None:
    ask(first.servers.owner_url, "create table stray (id int)")
    try:
        done = first.run("migrate", "--check")
        assert done.refused
        assert "stray" in done.err
    finally:
        ask(first.servers.owner_url, "drop table stray")


def test_a_history_that_somebody_changed_is_found(anna: Installed) -> None:
    assert anna.run("audit", "verify").code == 0
    change = "set session_replication_role = replica; update audit_entry set actor_name = {} || 'x'"
    ask(anna.servers.superuser_url, change.format("actor_name"))
    done = anna.run("audit", "verify")
    ask(
        anna.servers.superuser_url,
        "set session_replication_role = replica;"
        " update audit_entry set actor_name = left(actor_name, -1)",
    )
    assert done.refused
    assert "rompu" in done.err
    assert anna.run("audit", "verify").code == 0


def test_a_backup_brings_everything_back_elsewhere_behind_the_same_wall(
    anna: Installed, second: Installed, tmp_path: Path
) -> None:
    archive = tmp_path / "sauvegarde.tgz"
    done = anna.run("backup", archive)
    assert done.code == 0, done.err
    done = second.run("restore", archive)
    assert done.code == 0, done.err
    stored = Path(second.settings["TENDER_DATA_DIR"]) / "files" / "notices" / "abc"
    assert stored.read_bytes() == b"un avis"
    assert ask(second.servers.superuser_url, "select name from person") == "Anna Lys"
    assert second.run("audit", "verify").code == 0
    assert second.run("migrate", "--check").code == 0
    assert ask(second.servers.app_url, "select count(*) from credential") == 0
    unforced = (
        "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where relrowsecurity and not relforcerowsecurity and nspname = 'public'"
    )
    walled = "select count(*) from pg_class where relrowsecurity and relforcerowsecurity"
    assert ask(second.servers.superuser_url, unforced) == 0
    assert ask(second.servers.superuser_url, walled) == ask(anna.servers.superuser_url, walled)
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask(second.servers.app_url, "create table mine (id int)")


def test_a_database_in_use_is_replaced_only_on_demand(anna: Installed, tmp_path: Path) -> None:
    archive = tmp_path / "sauvegarde.tgz"
    anna.run("backup", archive)
    done = anna.run("restore", archive)
    assert done.refused
    assert "--replace" in done.err
    assert anna.run("restore", archive, "--replace").code == 0
    assert ask(anna.servers.superuser_url, "select count(*) from person") == 1


def test_a_backup_that_cannot_be_written_leaves_nothing(anna: Installed, tmp_path: Path) -> None:
    done = anna.run("backup", tmp_path / "absent" / "s.tgz")
    assert done.refused
    assert "n’existe pas" in done.err
    done = anna.run("backup", tmp_path / "s.tgz", TENDER_BACKUP_DATABASE_URL=anna.servers.app_url)
    assert done.refused, "a role behind the wall cannot back all rows up"
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_away_is_said_in_one_line(first: Installed, tmp_path: Path) -> None:
    away = f"postgresql://grappe_app@/grappe?host={tmp_path}"
    done = first.run("audit", "verify", DATABASE_URL=away)
    assert done.refused, done.err
    assert "ne répond pas" in done.err


def test_tables_that_are_not_there_yet_are_said_in_one_line(
    first: Installed, second: Installed
) -> None:
    empty = second.servers.superuser_url.replace("/grappe?", "/postgres?")
    done = first.run("audit", "verify", DATABASE_URL=empty)
    assert done.refused, done.err
    assert "tender migrate" in done.err


@pytest.mark.parametrize(
    ("command", "setting", "value"),
    [
        ("serve", "TENDER_SECRET_KEY", "short"),
        ("worker", "SMTP_PORT", "many"),
        ("beat", "BROKER_URL", ""),
        ("migrate", "TENDER_OWNER_DATABASE_URL", ""),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    first: Installed, command: str, setting: str, value: str
) -> None:
    gone = {"DATABASE_URL": ""} if command == "migrate" else {}
    done = first.run(command, **{setting: value}, **gone)
    assert done.refused, done.err
    assert (setting if command != "migrate" else "DATABASE_URL") in done.err
