"""The demonstration, from the terminal."""

import tempfile
from pathlib import Path

import click

from tender.cli import words
from tender.cli.joining import joined
from tender.core import clock
from tender.core.errors import Invalid
from tender.core.text import Text
from tender.demo import cluster, line, story


@click.command()
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DOSSIER"
)
def demo(out: Path) -> None:
    """Faire tout le chemin, des avis publiés au dossier scellé, sans navigateur."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Invalid(
            "Le dossier {path} ne peut pas être créé : {reason}. Choisissez-en un autre.",
            path=out, reason=error.strerror,
        ) from error  # fmt: skip
    with (
        tempfile.TemporaryDirectory(prefix="grappe-") as data,
        joined(data=Path(data), worker=True),
    ):
        for written in line.run(out, lambda text: click.echo(words.say(text))):
            click.echo(f"{written.path}  {written.size}  {written.sha256}")


@click.command("seed-demo")
def seed_demo() -> None:
    """Charger la grappe de démonstration, une seule fois, et donner les comptes."""
    with joined():
        fresh = story.tell(now=clock.now())
    if not fresh:
        click.echo(words.say(Text("La démonstration est déjà chargée.")), err=True)
    click.echo(words.say(Text("Comptes de démonstration (personnes inventées) :")))
    for address, seat in story.accounts():
        click.echo(f"  {address:48} {words.say(seat)}")
    click.echo(words.say(Text("  mot de passe : {password}", password=cluster.PASSWORD)))
    click.echo(words.say(Text("  code à usage unique (coordination, administration) :")))
    click.echo("    .venv/bin/tender user code " + words.say(Text("ADRESSE")))
