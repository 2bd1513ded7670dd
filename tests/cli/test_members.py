"""The operator adds member companies; the demonstration stays away from them."""

import pytest

from tests.cli.conftest import Installed
from tests.factories import make_siret

pytestmark = pytest.mark.db

GIVEN = {
    "name": "Sambre Verte", "siret": make_siret(88_888), "form": "SCIC", "tier": "network",
    "city": "Maubeuge", "nuts": "FRE11", "headcount": "12",
}  # fmt: skip


def add(first: Installed, slug: str = "sambre-verte", **changed: str):
    given = GIVEN | changed
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    return first.run("company", "add", slug, *options, "--trade", "77", "--status", "ess")


def test_a_company_is_added_once_and_the_demonstration_then_stays_away(first: Installed) -> None:
    refused = add(first, siret="123")
    assert refused.refused
    assert "SIRET" in refused.err
    done = add(first)
    assert done.code == 0, done.err
    assert "Sambre Verte" in done.out
    assert "déjà pris" in add(first).err
    assert first.run("company", "add", "x").code == 2
    for command in (("seed-demo",), ("demo", "--out", first.settings["TENDER_DATA_DIR"])):
        done = first.run(*command)
        assert done.refused, done
        assert "base vide" in done.err
    assert first.run("audit", "verify").code == 0
