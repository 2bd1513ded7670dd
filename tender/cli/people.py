"""Accounts, from the operator's terminal."""

import click

from tender.accounts.service import add_person, present_code
from tender.cli import words
from tender.cli.joining import joined
from tender.core import clock
from tender.core.actor import ClusterSeat, CompanyRole, system
from tender.core.text import Text
from tender.core.transaction import transaction


@click.group()
def user() -> None:
    """Gérer les comptes."""


@user.command()
@click.argument("email")
@click.option("--name", required=True)
@click.option("--seat", "seats", multiple=True, type=click.Choice([s.value for s in ClusterSeat]))
@click.option("--company", "company_slug", default=None, help="Identifiant court de l’entreprise.")
@click.option("--role", type=click.Choice([r.value for r in CompanyRole]), default=None)
@click.password_option()
def add(
    email: str, name: str, seats: tuple[str, ...], company_slug: str | None, role: str | None,
    password: str,
) -> None:  # fmt: skip
    """Ouvrir un compte."""
    with joined(), transaction(system("operator")) as session:
        person = add_person(
            session, email=email, name=name, password=password,
            seats=[ClusterSeat(s) for s in seats], company_slug=company_slug,
            role=CompanyRole(role) if role else None, now=clock.now(),
        )  # fmt: skip
        text = Text("Compte ouvert pour {name} ({email}).", name=person.name, email=person.email)
    click.echo(words.say(text))


@user.command()
@click.argument("email")
def code(email: str) -> None:
    """Donner le code à usage unique d’un compte, pour qui n’a pas son téléphone."""
    with joined(), transaction(system("operator")) as session:
        given = present_code(session, email, now=clock.now())
    click.echo(given)
