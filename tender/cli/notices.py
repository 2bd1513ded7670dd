"""Reading published notices from files: no database, no network."""

import json
from pathlib import Path

import click

from tender.cli import files, words
from tender.core.errors import Invalid
from tender.core.text import Text
from tender.formats.notice import SCHEMA, Notice, as_json
from tender.formats.reading import Unreadable, read


@click.group()
def notices() -> None:
    """Lire des avis publiés."""


@notices.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="FICHIER...")
@click.option("--json", "as_lines", is_flag=True, help="Un objet JSON par ligne.")
def read_files(paths: tuple[str, ...], *, as_lines: bool) -> None:
    """Lire des avis, reconnus à leur contenu ; un objet JSON par ligne avec --json."""
    refused = [file for file in paths if not _read_one(file, as_lines=as_lines)]
    if refused:
        raise SystemExit(1)


def _read_one(file: str, *, as_lines: bool) -> bool:
    try:
        found = read(files.read(Path(file)))
    except Invalid as refusal:
        return _told(file, refusal.text, as_lines)
    except Unreadable as error:
        return _told(file, Text(error.message, **error.params), as_lines)
    for notice in found:
        line = json.dumps({"file": file} | as_json(notice), ensure_ascii=False)
        click.echo(line if as_lines else _summary(file, notice))
    return True


def _told(file: str, text: Text, as_lines: bool) -> bool:
    reason = words.say(text)
    if as_lines:
        click.echo(json.dumps({"file": file, "error": reason}, ensure_ascii=False))
    click.echo(f"{file}: {reason}", err=True)
    return False


def _summary(file: str, notice: Notice) -> str:
    title = next(iter((notice.title or {}).values()), "")
    buyer = next((next(iter(b.name.values()), "") for b in notice.buyers if b.name), "")
    facts = (file, notice.format, notice.kind, notice.native_id, f"{len(notice.lots)} lots")
    return "\t".join([*facts, buyer, title])


@notices.command()
def schema() -> None:
    """Écrire le schéma JSON de la valeur neutre."""
    click.echo(json.dumps(SCHEMA, ensure_ascii=False, indent=2))
