"""Keeping what was done: backup, restore, the audit, a sealed package."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import click

from tender.cli import words
from tender.cli.joining import joined
from tender.core import setup
from tender.core.actor import system
from tender.core.text import Text
from tender.core.transaction import reading
from tender.history.queries import broken_chains
from tender.submissions.archive import verify as faults_of

DUMP = "database.dump"


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
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Vérifier un dossier scellé : chaque fichier contre l’empreinte du manifeste."""
    faults = faults_of(file.read_bytes())
    for fault in faults:
        click.echo(words.say(fault), err=True)
    if faults:
        raise SystemExit(1)
    click.echo(words.say(Text("Le dossier est intact.")))


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """Sauvegarder la base et les fichiers dans une archive."""
    with joined(), tempfile.TemporaryDirectory() as folder:
        settings, dump = setup.settings(), Path(folder) / DUMP
        if settings.s3_bucket:
            words.refuse(Text("Les fichiers sont dans un compartiment S3 : sauvegardez-le à part."))
        url = _plain(settings.backup_database_url)
        _postgres("pg_dump", "--format=custom", f"--file={dump}", url)
        with tarfile.open(target, "w:gz") as archive:
            archive.add(dump, DUMP)
            archive.add(_files(), "files")
    click.echo(words.say(Text("Sauvegarde écrite : {file}.", file=target)))


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(source: Path) -> None:
    """Remettre une sauvegarde dans une base vide."""
    with joined(), tempfile.TemporaryDirectory() as folder, tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
        dump = Path(folder) / DUMP
        url = _plain(setup.settings().backup_database_url)
        _postgres(
            "pg_restore", "--exit-on-error", "--clean", "--if-exists", f"--dbname={url}", str(dump)
        )
        shutil.copytree(Path(folder) / "files", _files(), dirs_exist_ok=True)
    click.echo(words.say(Text("Sauvegarde remise en place. Lancez « tender audit verify ».")))


def _files() -> Path:
    folder = setup.settings().data_dir / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _postgres(program: str, *arguments: str) -> None:
    """Run a client program of PostgreSQL; row-level security must not hide rows from it."""
    found = os.environ.get("TENDER_PG_BIN", "")
    path = shutil.which(program, path=found or None)
    if path is None:
        words.refuse(
            Text("{program} est introuvable : installez postgresql-client.", program=program)
        )
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, found above
        [path, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        words.refuse(
            Text(
                "{program} a échoué : {reason}", program=program, reason=done.stderr.strip()[-500:]
            )
        )
