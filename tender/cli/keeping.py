"""Proving what was kept: the history, a sealed package."""

from pathlib import Path

import click

from tender.cli import files, words
from tender.cli.joining import joined
from tender.core.actor import system
from tender.core.text import Text
from tender.core.transaction import reading
from tender.history.queries import broken_chains
from tender.submissions.archive import verify as faults_of


@click.group()
def audit() -> None:
    """Contrôler l’historique."""


@audit.command("verify")
def verify_audit() -> None:
    """Vérifier que rien n’a été modifié, retiré ou déplacé dans l’historique."""
    with joined(), reading(system("audit")) as session:
        broken = broken_chains(session)
    if broken:
        chain, place = broken[0]
        words.refuse(
            Text("L’historique {chain} est rompu à l’entrée {place}.", chain=chain, place=place)
        )
    click.echo(words.say(Text("L’historique est intact.")))


@click.command()
@click.argument("file", type=files.FILE, metavar="FICHIER")
def verify(file: Path) -> None:
    """Vérifier un dossier scellé : chaque fichier contre l’empreinte du manifeste."""
    with files.naming(file):
        faults = faults_of(files.read(file))
    for fault in faults:
        click.echo(words.say(Text("{file} : {reason}", file=file, reason=fault)), err=True)
    if faults:
        raise SystemExit(1)
    click.echo(words.say(Text("Le dossier est intact.")))
