"""The Word engine alone."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from tender.cli import files, words
from tender.core.text import Text, from_stored
from tender.documents.compose import Part, compose
from tender.documents.engine.options import Options
from tender.documents.inspect import inspect
from tender.documents.proof.proving import Proof
from tender.documents.proving import proof_of
from tender.documents.render import render
from tender.documents.report import Report


@click.group()
def documents() -> None:
    """Assembler et examiner des documents Word."""


@documents.command("compose")
@click.option("--template", required=True, type=files.FILE)
@click.option("--out", required=True, type=files.FILE)
@click.option("--policy", type=click.Choice(["house", "source"]), default="house")
@click.option("--comments", type=click.Choice(["keep", "drop"]), default="keep")
@click.option("--revisions", type=click.Choice(["keep", "accept", "reject"]), default="keep")
@click.option("--pdf", type=files.FILE)
@click.option("--report", type=files.FILE)
@click.argument("inputs", nargs=-1, required=True, type=files.FILE)
def compose_files(
    template: Path, out: Path, pdf: Path | None, report: Path | None, inputs: tuple[Path, ...],
    **options: str,
) -> None:  # fmt: skip
    """Assembler : le corps du modèle d’abord, puis chaque fichier sur une nouvelle page."""
    parts = [_part(path) for path in inputs]
    with files.naming(template):
        chosen = Options(**options)  # type: ignore[arg-type] # click checks the words
        composed = compose(files.read(template), parts, options=chosen)
    proof = proof_of(parts, composed.report, composed.data, options=chosen)
    rendered = None if pdf is None else render(composed.data).pdf
    files.write(out, composed.data)
    if pdf is not None and rendered is not None:
        files.write(pdf, rendered)
    if report is not None:
        told = composed.report.as_json() | {"proof": proof.as_json()}
        text = json.dumps(told, ensure_ascii=False, indent=2)
        files.write(report, f"{text}\n".encode())
    _tell(proof)
    _require_whole(composed.report)


def _tell(proof: Proof) -> None:
    """Name what is not in its place in the result."""
    for failure in proof.failures:
        place, fact = from_stored(failure.place.as_json()), from_stored(failure.fact.as_json())
        click.echo(words.say(Text("{place} : {fact}", place=place, fact=fact)), err=True)


def _part(path: Path) -> Part:
    with files.naming(path):
        return Part(name=path.name, data=files.read(path))


def _require_whole(report: Report) -> None:
    """Name each part in whose place stands a page with the reason; exit code 1 if there is one."""
    for part in report.refused:
        if part.refused is not None:
            reason = Text(part.refused.message, **part.refused.params)
            click.echo(
                words.say(Text("{file} : {reason}", file=part.name, reason=reason)), err=True
            )
    if report.refused:
        raise SystemExit(1)


@documents.command("inspect")
@click.argument("file", type=files.FILE)
@click.option("--json", "as_json", is_flag=True)
def inspect_file(file: Path, *, as_json: bool) -> None:
    """Examiner un fichier : ce qui serait gardé, nettoyé, refusé."""
    with files.naming(file):
        health = inspect(files.read(file))
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
        _say(finding.message, finding.params, finding.place)
    for note in health.changes:
        where = note.where
        params = note.params if where is None else {**note.params, **where.params}
        _say(note.message, params, "" if where is None else where.words)


def _say(message: str, params: Mapping[str, object], place: str) -> None:
    """One line: what, and in brackets where."""
    line = f"- {words.say(Text(message, **params))}"
    click.echo(f"{line} ({words.say(Text(place, **params))})" if place else line)
