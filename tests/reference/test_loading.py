"""Lists in the database: once, each version for ever, one in force."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tender.core.actor import Actor, ClusterSeat, system
from tender.core.errors import Forbidden, Invalid
from tender.formats.codelists.entries import CodeList, Entry
from tender.reference import models, queries
from tender.reference.rules import name_of, plain_code
from tender.reference.service import Outcome, load_list
from tests.factories import NOW

OPERATOR = system("operator")
OLD = CodeList("cpv", "2003", (Entry("90911200", "Nettoyage de bâtiments", "Building cleaning"),))
NEW = CodeList(
    "cpv",
    "2008",
    (
        Entry("90911200", "Services de nettoyage de bâtiments", None),
        Entry("90911300", None, "Window cleaning"),
    ),
)


def outcome(session: Session, published: CodeList, **said: str) -> Outcome:
    return load_list(session, OPERATOR, published, now=NOW, **said).outcome


def test_a_list_is_loaded_once_and_the_last_one_is_in_force(session: Session) -> None:
    assert outcome(session, OLD) is Outcome.LOADED
    assert outcome(session, NEW) is Outcome.LOADED
    assert outcome(session, replace(NEW, entries=NEW.entries[::-1])) is Outcome.UNCHANGED
    assert [(item.version, item.in_force) for item in queries.lists(session)] == [
        ("2008", True), ("2003", False),
    ]  # fmt: skip


def test_a_version_that_was_loaded_before_is_put_back_without_its_codes_twice(
    session: Session,
) -> None:
    outcome(session, OLD)
    outcome(session, NEW)
    assert outcome(session, OLD) is Outcome.RESTORED
    counted = select(func.count()).select_from(models.CodeLabel)
    assert session.scalar(counted) == 3
    assert (
        queries.labels(session, "cpv", ["90911200"], "fr")["90911200"] == "Nettoyage de bâtiments"
    )


def test_labels_are_given_in_the_readers_language_else_in_the_other(session: Session) -> None:
    outcome(session, NEW)
    codes = ["90911200-8", "90911300", "45000000", "99999999"]
    assert queries.labels(session, "cpv", codes, "en") == {
        "90911200-8": "Services de nettoyage de bâtiments", "90911300": "Window cleaning",
        "45000000": "Construction work", "99999999": "99999999",
    }  # fmt: skip


def test_without_a_list_what_is_built_in_speaks_and_a_code_is_a_code(session: Session) -> None:
    assert queries.labels(session, "nuts", ["FRH04", "ZZ9"], "fr") == {
        "FRH04": "Morbihan", "ZZ9": "ZZ9",
    }  # fmt: skip
    assert queries.labels(session, "form-type", ["planning"], "fr") == {"planning": "planning"}


def test_a_file_that_says_neither_name_nor_version_is_told_them(session: Session) -> None:
    bare = CodeList(None, None, OLD.entries)
    with pytest.raises(Invalid, match="--list"):
        outcome(session, bare)
    made = load_list(session, OPERATOR, bare, now=NOW + timedelta(days=1), name="Form_Type").codes
    assert (made.name, made.version, made.count) == ("form-type", "2026-11-25", 1)
    with pytest.raises(Invalid, match="--version"):
        outcome(session, bare, name="x", version="v" * 41)


def test_only_operators_and_administrators_load(session: Session) -> None:
    with pytest.raises(Forbidden):
        load_list(session, Actor("Ana"), NEW, now=NOW)
    admin = Actor("Béa", seats=frozenset({ClusterSeat.ADMINISTRATOR}))
    assert load_list(session, admin, NEW, now=NOW).outcome is Outcome.LOADED


@pytest.mark.parametrize(
    ("written", "name"),
    [("CPV", "cpv"), ("nuts-lvl3", "nuts"), ("notice_subtype", "notice-subtype")],
)
def test_a_list_has_one_name_however_it_is_written(written: str, name: str) -> None:
    assert name_of(written) == name


def test_a_check_digit_is_no_part_of_a_code() -> None:
    assert (plain_code("90911200-8"), plain_code("FRH04"), plain_code(" 90 ")) == (
        "90911200", "FRH04", "90",
    )  # fmt: skip
