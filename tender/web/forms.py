"""What the forms of several areas share."""

from flask import abort, request
from flask_wtf import FlaskForm

from tender.core.errors import Refusal
from tender.web.refusals import say


def blame(form: FlaskForm, refusal: Refusal) -> int:
    """Show a refusal beside the field that it concerns, or above the form; give its status."""
    words = say(refusal.text)
    if refusal.field and refusal.field in form:
        field = form[refusal.field]
        field.errors = [*field.errors, words]
    else:
        form.form_errors.append(words)
    return refusal.status


def refuse_unwritable() -> None:
    """Refuse a request with a sign that no text may hold: PostgreSQL keeps no NUL."""
    values = (*request.args.values(), *request.form.values(), request.path)
    if any("\0" in value for value in values):
        abort(400)
