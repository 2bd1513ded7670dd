"""Deciding to answer, inviting companies, noting the rules of the consultation."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tender.bids import grid, service
from tender.bids.models import Bid, Vote
from tender.bids.queries import companies_at_door, deadline_of, room, rules_of, votes_on
from tender.bids.rules import UNDECIDED, is_late, may_vote, require_coordinates
from tender.companies.directory import all_companies, companies_named
from tender.core import clock
from tender.core.errors import Conflict, Invalid, Refusal
from tender.core.transaction import reading, transaction
from tender.web import bid_view
from tender.web.bids import bp
from tender.web.forms import blame, choices
from tender.web.refusals import refused
from tender.web.visitor import actor

MARK = [
    InputRequired(lazy_gettext("Donnez une note de 0 à 100.")),
    NumberRange(0, 100, lazy_gettext("Donnez une note de 0 à 100.")),
]


class VoteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """One person's marks."""

    comment = TextAreaField(lazy_gettext("Commentaire"), validators=[Length(max=2000)])


for _code, (_label, _) in grid.WEIGHTS.items():
    setattr(VoteForm, _code, IntegerField(_label, validators=MARK))


class DecisionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Go or no-go."""

    decision = RadioField(
        lazy_gettext("Décision"),
        choices=choices(
            [("go", lazy_gettext("On répond")), ("no_go", lazy_gettext("On ne répond pas"))]
        ),
        validators=[InputRequired(lazy_gettext("Choisissez une décision."))],
    )
    reason = TextAreaField(
        lazy_gettext("Raison"), validators=[InputRequired(lazy_gettext("Donnez la raison."))]
    )
    need = TextAreaField(lazy_gettext("Pourquoi se grouper"), validators=[Length(max=2000)])
    invite_all = BooleanField(lazy_gettext("Inviter toutes les entreprises du cluster"))


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Companies to invite."""

    companies = SelectMultipleField(
        lazy_gettext("Entreprises"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired(lazy_gettext("Cochez au moins une entreprise."))],
    )


class RulesForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What the RC says."""

    max_lots_bid = IntegerField(
        lazy_gettext("Lots qu’un candidat peut demander, au plus"),
        validators=[Optional(), NumberRange(1, 999)],
    )
    max_lots_awarded = IntegerField(
        lazy_gettext("Lots attribuables à un même candidat, au plus"),
        validators=[Optional(), NumberRange(1, 999)],
    )
    several = SelectField(
        lazy_gettext("Plusieurs candidatures d’une même entreprise pour un lot"),
        choices=choices(
            [
                ("", lazy_gettext("Pas encore vérifié")),
                ("yes", lazy_gettext("Interdites par le règlement")),
                ("no", lazy_gettext("Permises")),
            ]
        ),
    )
    page_limit = IntegerField(
        lazy_gettext("Pages du mémoire, au plus"), validators=[Optional(), NumberRange(1, 9999)]
    )
    platform_url = StringField(
        lazy_gettext("Adresse de la plateforme de dépôt"), validators=[Length(max=500)]
    )
    source = StringField(
        lazy_gettext("Où c’est écrit (article, page)"), validators=[Length(max=500)]
    )


@bp.route("/<ref>/decision", methods=["GET", "POST"])
def decide(ref: str) -> ResponseReturnValue:
    """Mark the grid, and decide."""
    voting = request.form.get("action") == "vote"
    vote_form = VoteForm(formdata=request.form if voting else None)
    form = DecisionForm(formdata=request.form if request.method == "POST" and not voting else None)
    answered = vote_form if voting else form
    if request.method == "POST" and answered.validate():
        try:
            told = _vote(ref, vote_form) if voting else _decide(ref, form)
        except (Invalid, Conflict) as refusal:
            return _decision_page(ref, form, vote_form, status=blame(answered, refusal))
        else:
            flash(told, "success")
            return redirect(url_for(".decide" if voting else ".lots", ref=ref), 303)
    return _decision_page(ref, form, vote_form)


def _vote(ref: str, form: VoteForm) -> str:
    scores = {code: int(form[code].data) for code in grid.WEIGHTS}
    with transaction(actor()) as session:
        bid, _ = room(session, actor(), ref)
        service.vote(session, actor(), bid, scores, form.comment.data or "", now=clock.now())
    return str(gettext("Votre note est enregistrée."))


def _decide(ref: str, form: DecisionForm) -> str:
    go = form.decision.data == "go"
    with transaction(actor()) as session:
        bid, _ = room(session, actor(), ref)
        service.decide(session, actor(), bid, go=go, reason=form.reason.data,
                       need=form.need.data or "", now=clock.now())  # fmt: skip
        if go and form.invite_all.data:
            everyone = [c.id for c in all_companies(session)]
            service.invite(session, actor(), bid, everyone, now=clock.now())
    return str(gettext("La décision est enregistrée."))


def _decision_page(
    ref: str, form: DecisionForm, vote_form: VoteForm, *, status: int = 0
) -> ResponseReturnValue:
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        now = clock.now()
        shown = bid_view.header(session, actor(), bid, now=now)
        votes = votes_on(session, bid.id)
        undecided = bid.stage in UNDECIDED and not is_late(deadline_of(bid), now)
        votes_now = undecided and may_vote(actor(), standing)
        mine = next((v for v in votes if v.person_id == actor().person_id), None)
        if mine and request.form.get("action") != "vote":
            _fill(vote_form, mine)
        apart = votes_now and mine is None
        page = render_template(
            "bids/decision.html",
            bid=shown.values,
            form=form,
            may_decide=standing.coordinates and bid.stage in UNDECIDED,
            vote_form=vote_form if votes_now else None,
            decided=_decided(bid),
            criteria=_criteria([] if apart else votes, vote_form if votes_now else None),
            voters=[] if apart else [_voter(v) for v in votes],
            apart=len(votes) if apart else 0,
            tally=None if apart else grid.tally([v.scores for v in votes]),
        )
    return page, status or (422 if form.errors or vote_form.errors else 200)


def _fill(form: VoteForm, vote: Vote) -> None:
    form.comment.data = vote.comment
    for code in grid.WEIGHTS:
        form[code].data = vote.scores.get(code)


def _decided(bid: Bid) -> dict[str, Any] | None:
    if bid.decided_at is None:
        return None
    return {"by": bid.coordinator.name, "on": bid.decided_at, "reason": bid.decision_reason}


def _criteria(votes: Sequence[Vote], form: VoteForm | None) -> list[dict[str, Any]]:
    scores = [v.scores for v in votes]
    return [
        {
            "label": gettext(label),
            "note": "",
            "weight": weight,
            "field": form[code] if form else None,
            "mean": grid.mean(code, scores),
        }
        for code, (label, weight) in grid.WEIGHTS.items()
    ]


def _voter(vote: Vote) -> dict[str, Any]:
    return {
        "name": vote.person.name,
        "scores": [vote.scores.get(code) for code in grid.WEIGHTS],
        "total": grid.score(vote.scores),
        "comment": vote.comment,
        "at": vote.at,
    }


@bp.route("/<ref>/invitations", methods=["GET", "POST"])
def invite(ref: str) -> ResponseReturnValue:
    """Invite companies of the cluster to take a position."""
    form = InviteForm()
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        require_coordinates(standing)
        there = {c.id for c, _ in companies_at_door(session, bid.id)}
        form.companies.choices = choices(
            (c.slug, f"{c.trade_name} ({c.legal_form}, {c.city})")
            for c in all_companies(session)
            if c.id not in there
        )
        shown = bid_view.header(session, actor(), bid, now=clock.now())
    if form.validate_on_submit():
        try:
            with transaction(actor()) as session:
                bid, _ = room(session, actor(), ref)
                chosen = [c.id for c in companies_named(session, form.companies.data)]
                count = service.invite(session, actor(), bid, chosen, now=clock.now())
        except Refusal as refusal:
            return refused(refusal, url_for(".lots", ref=ref))
        told = ngettext(
            "%(num)s entreprise est invitée.", "%(num)s entreprises sont invitées.", count
        )
        flash(told, "success")
        return redirect(url_for(".lots", ref=ref), 303)
    page = render_template("bids/invite.html", bid=shown.values, form=form)
    return page, 422 if form.errors else 200


@bp.route("/<ref>/reglement", methods=["GET", "POST"])
def rules(ref: str) -> ResponseReturnValue:
    """Note what the règlement de la consultation says."""
    form = RulesForm()
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        require_coordinates(standing)
        held = rules_of(session, bid.id)
        shown = bid_view.header(session, actor(), bid, now=clock.now())
    if request.method == "GET":
        for name in ("max_lots_bid", "max_lots_awarded", "page_limit", "platform_url", "source"):
            form[name].data = getattr(held, name)
        form.several.data = {True: "yes", False: "no", None: ""}[
            held.several_candidatures_forbidden
        ]
    elif form.validate():
        entered = service.RulesEntered(
            max_lots_bid=form.max_lots_bid.data,
            max_lots_awarded=form.max_lots_awarded.data,
            several_candidatures_forbidden={"yes": True, "no": False}.get(form.several.data),
            page_limit=form.page_limit.data,
            platform_url=form.platform_url.data or "",
            source=form.source.data or "",
        )
        with transaction(actor()) as session:
            bid, _ = room(session, actor(), ref)
            service.enter_rules(session, actor(), bid, entered, now=clock.now())
        flash(gettext("Les règles sont enregistrées."), "success")
        return redirect(url_for(".lots", ref=ref), 303)
    page = render_template("bids/rules.html", bid=shown.values, form=form)
    return page, 422 if form.errors else 200
