"""What a person reads in each real notice, field by field, as a table beside this file.

The values were taken from the files themselves (by the XPaths of the code lists' field table for
eForms, by other paths and by eye for the rest), so that the readers are held against something
that is not theirs.
"""

import csv
from pathlib import Path

import pytest

from tender.formats.reading import Unreadable, read_each

pytestmark = pytest.mark.published

DATA = Path(__file__).parents[3] / "shared" / "data" / "notices"
TABLE = (Path(__file__).parent / "published.csv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(TABLE))
FILES = sorted({row["file"] for row in ROWS})
DIVIDED = {None: "", True: "yes", False: "no"}


def told(value):
    return "" if value is None else str(value)


def amount(money):
    return money.amount if money else ""


def deadline(lot):
    due = lot.deadline if lot else None
    return " ".join((due.kind, due.date, due.time or "-", due.offset or "-")) if due else ""


def row(notice):
    """A notice as a line of the table."""
    buyer = notice.buyers[0] if notice.buyers else None
    lot = notice.lots[0] if notice.lots else None
    return {
        "native_id": notice.native_id,
        "version": told(notice.version),
        "procedure_id": told(notice.procedure_id),
        "published_on": told(notice.published_on),
        "kind": notice.kind,
        "subtype": told(notice.subtype),
        "language": told(notice.language),
        "titles": " ".join(notice.title or ()),
        "buyers": str(len(notice.buyers)),
        "national_id": told(buyer and buyer.national_id),
        "country": told(buyer and buyer.country),
        "nature": told(notice.nature),
        "cpv": told(notice.cpv),
        "value": amount(notice.estimated_value),
        "submit": told(notice.max_lots_submit),
        "award": told(notice.max_lots_award),
        "divided": DIVIDED[notice.divided],
        "previous": " ".join(name.replace(" ", "_") for name in notice.previous),
        "lots": str(len(notice.lots)),
        "deadline": deadline(lot),
        "first_number": told(lot and lot.number),
        "first_cpv": told(lot and lot.cpv),
        "first_value": amount(lot and lot.estimated_value),
        "weights": " ".join(item.weight or "-" for item in lot.criteria) if lot else "",
    }


def test_the_table_speaks_of_nearly_every_file():
    assert len(FILES) == 69


@pytest.mark.parametrize("file", FILES)
def test_the_reader_says_what_a_person_reads(file):
    wanted = [{key: told for key, told in row.items() if key != "file"} for row in ROWS
              if row["file"] == file]  # fmt: skip
    found = [item for _, item in read_each((DATA / file).read_bytes())]
    assert [row(item) for item in found if not isinstance(item, Unreadable)] == wanted
