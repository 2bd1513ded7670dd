"""The Word engine alone."""

import json
from pathlib import Path

import click

from tender.cli import words
from tender.core.text import Text
from tender.documents.compose import Part, compose
from tender.documents.engine.options import Options
from tender.documents.inspect import inspect
from tender.documents.render import render

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)


@click.group()
def documents() -> None:
    """Assembler et examiner des documents Word."""


@documents.command("compose")
@click.option("--template", required=True, type=FILE)
@click.option("--out", required=True, type=NEW)
@click.option("--policy", type=click.Choice(["house", "source"]), default="house")
@click.option("--comments", type=click.Choice(["keep", "drop"]), default="keep")
@click.option("--revisions", type=click.Choice(["keep", "accept", "reject"]), default="keep")
@click.option("--pdf", type=NEW)
@click.option("--report", type=NEW)
@click.argument("inputs", nargs=-1, required=True, type=FILE)
def compose_files(
    template: Path, out: Path, pdf: Path | None, report: Path | None, inputs: tuple[Path, ...],
    **options: str,
) -> None:  # fmt: skip
    """Assembler : le corps du modèle d’abord, puis chaque fichier sur une nouvelle page."""
    parts = [Part(name=path.name, data=path.read_bytes()) for path in inputs]
    composed = compose(template.read_bytes(), parts, options=Options(**options))  # type: ignore[arg-type]
    out.write_bytes(composed.data)
    if pdf is not None:
        pdf.write_bytes(render(composed.data, composed.outline).pdf)
    if report is not None:
        text = json.dumps(composed.report.as_json(), ensure_ascii=False, indent=2)
        report.write_text(text + "\n", encoding="utf-8")


@documents.command("inspect")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True)
def inspect_file(file: Path, *, as_json: bool) -> None:
    """Examiner un fichier : ce qui serait gardé, nettoyé, refusé."""
    health = inspect(file.read_bytes())
    if as_json:
        click.echo(json.dumps(health.as_json(), ensure_ascii=False, indent=2))
        return
    click.echo(
        words.say(
            Text(
                "{words} mots, {pages} pages environ, {tables} tableaux, {images} images, "
                "{footnotes} notes de bas de page.",
                words=health.words, pages=health.pages, tables=health.tables,
                images=health.images, footnotes=health.footnotes,
            )
        )
    )  # fmt: skip
    for finding in health.findings:
        click.echo(f"- {words.say(Text(finding.message, **finding.params))}")
