"""Member companies, from the operator's terminal."""

import click

from tender.cli import words
from tender.cli.joining import joined
from tender.companies import service
from tender.companies.models import IntegrationTier
from tender.core import clock
from tender.core.actor import system
from tender.core.text import Text
from tender.core.transaction import transaction

OPERATOR = system("operator")


@click.group()
def company() -> None:
    """Gérer les entreprises membres."""


@company.command()
@click.argument("slug", metavar="IDENTIFIANT")
@click.option("--name", required=True, help="Nom d’usage.")
@click.option("--legal-name", default="", help="Raison sociale, si elle diffère.")
@click.option("--siret", required=True)
@click.option("--form", required=True, help="Forme juridique : SCOP SA, association…")
@click.option("--tier", required=True, type=click.Choice([t.value for t in IntegrationTier]))
@click.option("--city", required=True)
@click.option("--nuts", required=True, help="Code NUTS du siège : FRE11…")
@click.option("--headcount", required=True)
@click.option("--trade", "trades", multiple=True, help="Début d’un code CPV ; répétable.")
@click.option("--status", "statuses", multiple=True, help="ess, siae, ea, esat, esus, sme.")
def add(tier: str, **said: str) -> None:
    """Ajouter une entreprise au cluster ; ses gens sont ensuite invités depuis sa page."""
    entry = service.Entry(tier=IntegrationTier(tier), **said)
    with joined(), transaction(OPERATOR) as session:
        made = service.add_company(session, OPERATOR, entry, now=clock.now())
        text = Text("{name} est membre du cluster ({slug}).", name=made.trade_name, slug=made.slug)
    click.echo(words.say(text))
