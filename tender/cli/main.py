"""The `tender` command. Exit code 0 done, 1 refused with the reason, 2 wrong usage."""

import importlib

import click

from tender.cli import words

LAZY = {
    "demo": "tender.cli.demo:demo",
    "seed-demo": "tender.cli.demo:seed_demo",
    "notices": "tender.cli.notices:notices",
    "documents": "tender.cli.documents:documents",
    "serve": "tender.cli.processes:serve",
    "worker": "tender.cli.processes:worker",
    "beat": "tender.cli.processes:beat",
    "migrate": "tender.cli.processes:migrate",
    "backup": "tender.cli.backups:backup",
    "restore": "tender.cli.backups:restore",
    "audit": "tender.cli.keeping:audit",
    "verify": "tender.cli.keeping:verify",
    "company": "tender.cli.members:company",
    "reference": "tender.cli.reference:reference",
    "user": "tender.cli.people:user",
}


class _Commands(click.Group):
    """Commands that are imported when they are called: `tender notices read` needs no database."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(LAZY)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        place = LAZY.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=_Commands)
def tender() -> None:
    """Grappe : répondre ensemble aux marchés publics."""


def main() -> None:
    """Run the command; a refusal becomes one line and exit code 1."""
    try:
        tender(prog_name="tender")
    except Exception as error:
        text = words.reason(error)
        if text is None:
            raise
        words.refuse(text)
