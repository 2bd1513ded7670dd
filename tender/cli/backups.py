"""Backup and restore: the database and the files in one archive."""

import os
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import NullPool, create_engine, text

from tender.cli import files, words
from tender.cli.joining import joined
from tender.core import setup
from tender.core.errors import Conflict, Invalid, Refusal
from tender.core.text import Text

DUMP, FILES = "database.dump", "files"
UNREADABLE = (tarfile.TarError, EOFError, zlib.error, KeyError, OSError)


@click.command()
@click.argument("target", type=files.FILE, metavar="FICHIER")
def backup(target: Path) -> None:
    """Sauvegarder la base et les fichiers dans une archive."""
    with joined(), tempfile.TemporaryDirectory() as folder:
        if setup.settings().s3_bucket:
            words.refuse(Text("Les fichiers sont dans un compartiment S3 : sauvegardez-le à part."))
        dump = Path(folder) / DUMP
        with drafted(target) as draft:
            postgres("pg_dump", "--format=custom", f"--file={dump}", url())
            with tarfile.open(draft, "w:gz") as archive:
                archive.add(dump, DUMP)
                archive.add(stored(), FILES)
    click.echo(words.say(Text("Sauvegarde écrite : {file}.", file=target)))


@click.command()
@click.argument("source", type=files.FILE, metavar="FICHIER")
@click.option("--replace", is_flag=True, help="Effacer ce que la base contient déjà.")
def restore(source: Path, *, replace: bool) -> None:
    """Remettre une sauvegarde dans une base vide."""
    with tempfile.TemporaryDirectory() as folder:
        with files.naming(source):
            unpack(source, Path(folder))
        with joined():
            if not replace and is_used():
                raise Conflict(
                    "La base contient déjà des comptes. Ajoutez --replace pour tout remplacer."
                )
            load(Path(folder) / DUMP)
            shutil.copytree(Path(folder) / FILES, stored(), dirs_exist_ok=True)
    click.echo(words.say(Text("Sauvegarde remise en place. Lancez « tender audit verify ».")))


@contextmanager
def drafted(target: Path) -> Iterator[Path]:
    """Give a draft that takes the target's place at the end, and is gone if anything fails."""
    draft = target.with_name(f".{target.name}.new")
    try:
        with files.naming(target):
            files.write(draft, b"")  # so that it fails before the long work
        yield draft
        draft.replace(target)
    except OSError as error:
        raise files.refusal(error) from error
    finally:
        draft.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> None:
    """Unpack a backup; raise Invalid for anything else."""
    if not source.is_file():
        files.read(source)  # says why
    try:
        with tarfile.open(source) as archive:
            archive.getmember(DUMP), archive.getmember(FILES)
            archive.extractall(folder, filter="data")
    except UNREADABLE as error:
        raise Invalid("Ce n’est pas une sauvegarde de Grappe, ou elle est abîmée.") from error


def is_used() -> bool:
    """True if the database holds accounts already."""
    engine = create_engine(setup.settings().backup_database_url, poolclass=NullPool)
    with engine.connect() as connection:
        if connection.scalar(text("select to_regclass('person')")) is None:
            return False
        return bool(connection.scalar(text("select exists (select from person)")))


def load(dump: Path) -> None:
    """Put a dump into the database, all of it or nothing."""
    postgres(
        "pg_restore", "--single-transaction", "--clean", "--if-exists", "--no-comments",
        f"--dbname={url()}", str(dump),
    )  # fmt: skip


def stored() -> Path:
    """The folder of the files, made when missing."""
    folder = setup.settings().data_dir / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def url() -> str:
    """The address of the database for PostgreSQL's own programs."""
    return setup.settings().backup_database_url.replace("postgresql+psycopg://", "postgresql://", 1)


def postgres(program: str, *arguments: str) -> None:
    """Run a client program of PostgreSQL; raise Refusal with its last words if it fails."""
    path = shutil.which(program, path=os.environ.get("TENDER_PG_BIN") or None)
    if path is None:
        raise Refusal("{program} est introuvable : installez postgresql-client.", program=program)
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, found above
        [path, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip()[-500:]
        raise Refusal("{program} a échoué : {reason}", program=program, reason=said)
