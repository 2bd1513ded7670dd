"""What the forms of several areas share."""

from collections.abc import Iterable
from functools import cache

from flask import abort, request
from flask_wtf import FlaskForm
from wtforms import FileField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField

from tender.core.errors import Refusal
from tender.web.refusals import say


def choices(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Give the options of a select from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in pairs]


def blame(form: FlaskForm, refusal: Refusal) -> int:
    """Show a refusal beside the field that it concerns, or above the form; give its status."""
    words = say(refusal.text)
    if refusal.field and refusal.field in form:
        field = form[refusal.field]
        field.errors = [*field.errors, words]
    else:
        form.form_errors.append(words)
    return refusal.status


def whole(text: str | None) -> int:
    """Read a small number out of a form or an address; -1 is none that ever fits."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else -1


def refuse_misfits() -> None:
    """Refuse what no form of ours holds: a NUL, which PostgreSQL keeps in no text; a stray file."""
    pairs = (*request.args.items(multi=True), *request.form.items(multi=True))
    if "\0" in request.path or any("\0" in value for _, value in pairs):
        abort(400)
    if not _file_fields().issuperset(request.files):
        abort(400)


@cache
def _file_fields() -> frozenset[str]:
    """Name the fields that are files in any form: elsewhere WTForms takes a file for a text."""
    kinds, names = [FlaskForm], set[str]()
    while kinds:
        kind = kinds.pop()
        kinds.extend(kind.__subclasses__())
        names.update(name for name, field in vars(kind).items() if _is_file(field))
    return frozenset(names)


def _is_file(field: object) -> bool:
    return isinstance(field, UnboundField) and issubclass(field.field_class, FileField)
