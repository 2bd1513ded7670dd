"""Who reviews a bid."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from tender.bids.queries import room
from tender.bids.reviewers import appoint, dismiss, reviewers_of
from tender.bids.rules import require_coordinates, require_inside
from tender.core import clock
from tender.core.errors import Invalid
from tender.core.transaction import reading, transaction
from tender.web import bid_view, forms
from tender.web.bids import bp
from tender.web.visitor import actor


class ReviewerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A person to appoint."""

    email = StringField(
        lazy_gettext("Adresse électronique"),
        validators=[InputRequired(lazy_gettext("Indiquez une adresse.")), Length(max=254)],
    )


@bp.route("/<ref>/relecture", methods=["GET", "POST"])
def reviewers(ref: str) -> ResponseReturnValue:
    """See and appoint the reviewers."""
    form, status = ReviewerForm(), 200
    if form.validate_on_submit():
        try:
            with transaction(actor()) as session:
                bid, _ = room(session, actor(), ref)
                person = appoint(session, actor(), bid, form.email.data, now=clock.now())
        except Invalid as refusal:
            status = forms.blame(form, refusal)
        else:
            flash(gettext("%(name)s relit cette affaire.", name=person.name), "success")
            return redirect(url_for(".reviewers", ref=ref), 303)
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        require_inside(standing)
        require_coordinates(standing)
        shown = bid_view.header(session, actor(), bid, now=clock.now())
        people = [
            {"id": p.id, "name": p.name, "email": p.email} for p in reviewers_of(session, bid.id)
        ]
        page = render_template("bids/reviewers.html", bid=shown.values, form=form, people=people)
    return page, 422 if form.errors and status == 200 else status


@bp.post("/<ref>/relecture/<uuid:person_id>/retirer")
def reviewer_dismiss(ref: str, person_id: UUID) -> ResponseReturnValue:
    """Take the review back."""
    with transaction(actor()) as session:
        bid, _ = room(session, actor(), ref)
        dismiss(session, actor(), bid, person_id, now=clock.now())
    flash(gettext("L’affaire n’est plus ouverte à cette personne pour relecture."), "success")
    return redirect(url_for(".reviewers", ref=ref), 303)
