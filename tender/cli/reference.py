"""Lists of codes (CPV, NUTS, eForms), from the operator's terminal."""

from pathlib import Path

import click

from tender.cli import files, words
from tender.cli.joining import joined
from tender.core import clock
from tender.core.actor import system
from tender.core.errors import Invalid
from tender.core.text import N_, Text
from tender.core.transaction import reading, transaction
from tender.formats.codelists.reader import read
from tender.reference import queries
from tender.reference.service import Loaded, Outcome, load_list

OPERATOR = system("operator")
SAID = {
    Outcome.LOADED: N_("{list} {version} : {count} codes chargés."),
    Outcome.RESTORED: N_("{list} {version} : {count} codes de nouveau en vigueur."),
    Outcome.UNCHANGED: N_("{list} {version} : déjà en vigueur, {count} codes."),
}


@click.group()
def reference() -> None:
    """Gérer les listes de codes."""


@reference.command()
@click.argument("file", type=files.FILE, metavar="FICHIER")
@click.option("--list", "name", default=None, help="Nom de la liste, si le fichier ne le dit pas.")
@click.option("--version", default=None, help="Version ; à défaut, celle du fichier ou le jour.")
def load(file: Path, name: str | None, version: str | None) -> None:
    """Charger une liste : genericode, CSV ou XLSX officiels, CSV « code,en,fr »."""
    with files.naming(file):
        found = read(files.read(file))
    if name is not None and len(found) > 1:
        raise Invalid(
            "Ce fichier porte plusieurs listes, chacune avec son nom : retirez « --list »."
        )
    with joined(), transaction(OPERATOR) as session:
        now = clock.now()
        done = [
            load_list(session, OPERATOR, item, now=now, name=name, version=version)
            for item in found
        ]
        said = [_said(item) for item in done]
    for text in said:
        click.echo(words.say(text))


@reference.command("list")
def show() -> None:
    """Énumérer les listes chargées, avec leur version."""
    with joined(), reading(OPERATOR) as session:
        for item in queries.lists(session):
            mark = "*" if item.in_force else " "
            click.echo(
                f"{mark} {item.name}\t{item.version}\t{item.count}\t{item.loaded_at:%Y-%m-%d}"
            )


def _said(done: Loaded) -> Text:
    codes = done.codes
    return Text(SAID[done.outcome], list=codes.name, version=codes.version, count=codes.count)
