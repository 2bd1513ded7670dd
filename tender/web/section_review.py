"""A section goes to review, comes back, is approved; what people say about it."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from tender.contributions.service import reviewing
from tender.core import clock
from tender.core.errors import Conflict, Invalid, Refusal
from tender.core.transaction import reading, transaction
from tender.web import forms, section_view
from tender.web.refusals import refused
from tender.web.sections import ChangesForm, CommentForm, bp, page, place_of, require_sent
from tender.web.visitor import actor


@bp.post("/relecture")
def submit(ref: str, number: str) -> ResponseReturnValue:
    """Send the section for review."""
    return _moved(ref, number, gettext("Section envoyée en relecture."), reviewing.submit)


@bp.post("/validation")
def approve(ref: str, number: str) -> ResponseReturnValue:
    """Approve the version that was read."""
    seen = forms.whole(request.form.get("version"))
    return _moved(ref, number, gettext("Section validée."), reviewing.approve, seen=seen)


def _moved(ref: str, number: str, words: str, action: Any, **more: int) -> ResponseReturnValue:
    here = url_for(".show", ref=ref, number=number)
    try:
        with transaction(actor()) as session:
            place = place_of(session, ref, number)
            action(session, actor(), place.bid, place.section.id, now=clock.now(), **more)
    except (Invalid, Conflict) as refusal:
        return refused(refusal, here)
    flash(words, "success")
    return redirect(here, 303)


@bp.post("/corrections")
def ask_changes(ref: str, number: str) -> ResponseReturnValue:
    """Return the section to its writer."""
    form = ChangesForm()
    try:
        with transaction(actor()) as session:
            place = place_of(session, ref, number)
            reviewing.ask_changes(
                session, actor(), place.bid, place.section.id,
                reason=_typed(form, form.reason), now=clock.now(),
            )  # fmt: skip
    except (Invalid, Conflict) as refusal:
        return _refused_here(ref, number, form, refusal, "changes")
    flash(gettext("Corrections demandées."), "success")
    return redirect(url_for(".show", ref=ref, number=number), 303)


@bp.post("/commentaires")
def comment(ref: str, number: str) -> ResponseReturnValue:
    """Say something about the section."""
    form = CommentForm()
    try:
        with transaction(actor()) as session:
            place = place_of(session, ref, number)
            reviewing.comment(
                session, actor(), place.bid, place.section.id,
                text=_typed(form, form.text), now=clock.now(),
            )  # fmt: skip
    except (Invalid, Conflict) as refusal:
        return _refused_here(ref, number, form, refusal, "comment")
    return redirect(url_for(".show", ref=ref, number=number) + "#comments", 303)


def _typed(form: FlaskForm, field: Any) -> str:
    require_sent(form, field.name)
    return str(field.data or "")


def _refused_here(
    ref: str, number: str, form: FlaskForm, refusal: Refusal, name: str
) -> ResponseReturnValue:
    """Show the page again where the form still stands on it, else just say why not."""
    with reading(actor()) as session:
        place = place_of(session, ref, number)
        allowed = section_view.may(actor(), place.standing, place.bid.stage, place.section)
    if not allowed["review" if name == "changes" else "comment"]:
        return refused(refusal, url_for(".show", ref=ref, number=number))
    return page(ref, number, forms.blame(form, refusal), **{name: form})
