"""The processes of a production set-up, and the migrations before them."""

import os
import sys
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError

from tender.cli import words
from tender.core.text import Text

ROOT = Path(__file__).parent.parent.parent


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True)
def serve(bind: str) -> None:
    """Servir les pages (gunicorn)."""
    config = str(ROOT / "deploy" / "gunicorn.conf.py")
    _become("gunicorn", "--config", config, "--bind", bind, "wsgi:app")


@click.command()
@click.option("--concurrency", default=2, show_default=True)
def worker(concurrency: int) -> None:
    """Faire le travail demandé (Celery)."""
    _become("celery", "--app", "workers.app:celery", "worker", f"--concurrency={concurrency}")


@click.command()
def beat() -> None:
    """Donner le rythme (Celery beat)."""
    schedule = Path(os.environ.get("TENDER_DATA_DIR", ".data")) / "beat"
    _become("celery", "--app", "workers.app:celery", "beat", f"--schedule={schedule}", "--pidfile=")


def _become(module: str, *arguments: str) -> None:
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])  # noqa: S606 - ours


@click.command()
@click.option("--check", is_flag=True, help="Comparer aussi la base aux modèles.")
def migrate(*, check: bool) -> None:
    """Mettre la base de données à jour."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    command.upgrade(config, "head")
    if not check:
        return
    try:
        command.check(config)
    except CommandError as error:
        words.refuse(Text("La base et les modèles diffèrent : {reason}", reason=str(error)))
