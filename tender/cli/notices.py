"""Reading published notices from files: no database, no network."""

import json
from pathlib import Path

import click

from tender.cli import files, words
from tender.core.errors import Invalid
from tender.formats.notice import SCHEMA, Notice, as_json
from tender.formats.reading import Unreadable, read_each
from tender.formats.zipsafe import MAX_ARCHIVE


@click.group()
def notices() -> None:
    """Lire des avis publiés."""


@notices.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="FICHIER...")
@click.option("--json", "as_lines", is_flag=True, help="Un objet JSON par ligne.")
def read_files(paths: tuple[str, ...], *, as_lines: bool) -> None:
    """Lire des avis ou des archives d’avis, reconnus à leur contenu.

    Avec --json, un objet JSON par ligne ; un fichier d’archive se nomme « archive.zip/fichier ».
    """
    refused = [file for file in paths if not _read_one(file, as_lines=as_lines)]
    if refused:
        raise SystemExit(1)


def _read_one(file: str, *, as_lines: bool) -> bool:
    """Tell all notices of a file or an archive, and what is refused of it; True if nothing is."""
    refused = 0
    try:
        for member, found in read_each(files.read(Path(file), most=MAX_ARCHIVE)):
            place = f"{file}/{member}" if member else file
            if isinstance(found, Unreadable):
                refused += 1
                _told(place, found, as_lines)
            else:
                click.echo(_line(place, found, as_lines=as_lines))
    except (Invalid, Unreadable) as error:
        refused += 1
        _told(file, error, as_lines)
    return not refused


def _line(file: str, notice: Notice, *, as_lines: bool) -> str:
    if not as_lines:
        return _summary(file, notice)
    return json.dumps({"file": file} | as_json(notice), ensure_ascii=False)


def _told(file: str, error: Invalid | Unreadable, as_lines: bool) -> None:
    text = words.reason(error)
    reason = words.say(text) if text else str(error)
    if as_lines:
        click.echo(json.dumps({"file": file, "error": reason}, ensure_ascii=False))
    click.echo(f"{file}: {reason}", err=True)


def _summary(file: str, notice: Notice) -> str:
    title = next(iter((notice.title or {}).values()), "")
    buyer = next((next(iter(b.name.values()), "") for b in notice.buyers if b.name), "")
    facts = (file, notice.format, notice.kind, notice.native_id, f"{len(notice.lots)} lots")
    return "\t".join([*facts, buyer, title])


@notices.command()
def schema() -> None:
    """Écrire le schéma JSON de la valeur neutre."""
    click.echo(json.dumps(SCHEMA, ensure_ascii=False, indent=2))
