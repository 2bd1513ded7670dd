"""The demonstration, from the terminal."""

import click

from tender.cli import words
from tender.cli.joining import joined
from tender.core import clock
from tender.core.text import Text
from tender.demo import story


@click.command("seed-demo")
def seed_demo() -> None:
    """Charger la grappe de démonstration, une seule fois, et donner les comptes."""
    with joined():
        fresh = story.tell(now=clock.now())
    if not fresh:
        click.echo(words.say(Text("La démonstration est déjà chargée.")), err=True)
    click.echo(story.accounts())
