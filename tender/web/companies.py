"""The companies of the cluster: their list, a profile, inviting to one's own."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField
from wtforms.validators import InputRequired, Length

from tender.accounts import invitations, rules
from tender.accounts.queries import pending_invitations
from tender.companies import queries
from tender.companies.models import Company, CompanyRelationship, RelationshipKind
from tender.core import clock
from tender.core.actor import ClusterSeat, CompanyRole
from tender.core.errors import NotFound, Refusal
from tender.core.transaction import Session, reading, transaction
from tender.web import display, forms, trades
from tender.web.account import seat_name
from tender.web.invitations import link_to
from tender.web.visitor import actor
from tender.web.vocabulary import SEAT

bp = Blueprint("companies", __name__, url_prefix="/entreprises")


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Whom to invite, and as what."""

    email = EmailField(
        lazy_gettext("Adresse électronique"),
        validators=[InputRequired(lazy_gettext("Indiquez une adresse.")), Length(max=254)],
    )
    role = SelectField(
        lazy_gettext("Rôle"),
        choices=forms.choices(
            (role.value, lazy_gettext(SEAT[role.value].label))
            for role in (CompanyRole.CONTRIBUTOR, CompanyRole.REPRESENTATIVE)
        ),
    )


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the companies."""
    with reading(actor()) as session:
        found = queries.members(session)
        mine = [company.slug for company, _ in found if actor().works_for(company.id)]
    shown = [
        {
            "slug": company.slug, "name": company.trade_name,
            "status": trades.statuses(company.statuses), "tier": gettext(trades.TIER[company.tier]),
            "place": company.city, "trades": trades.trades(company.cpv_prefixes), "people": people,
        }
        for company, people in found
    ]  # fmt: skip
    return render_template("companies/index.html", companies=shown, mine=mine)


@bp.get("/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """Show the profile of a company; its people to its people only."""
    return _page(slug, InviteForm(formdata=None)), 200


@bp.post("/<slug>/inviter")
def invite(slug: str) -> ResponseReturnValue:
    """Invite somebody; what is said is the same whether the address has an account or not."""
    form = InviteForm()
    if not form.validate():
        return _page(slug, form), 422
    try:
        with transaction(actor()) as session:
            company = _within(session, slug)
            role = CompanyRole(form.role.data)
            offer = invitations.Offer(SEAT[role.value].label, company.id, role)
            email = rules.email_of(form.email.data)
            invitations.invite(session, actor(), email, offer, link_to=link_to, now=clock.now())
    except NotFound:
        raise
    except Refusal as refusal:
        status = forms.blame(form, refusal)
        return _page(slug, form), status
    flash(gettext("L’invitation part par courriel ; son lien vaut 7 jours."), "success")
    return redirect(url_for(".show", slug=slug), 303)


def _within(session: Session, slug: str) -> Company:
    """Find a company to invite to: an administrator's any, another's own."""
    if actor().has(ClusterSeat.ADMINISTRATOR):
        return queries.company_by_slug(session, slug)
    return queries.own_company(session, actor(), slug)


def _page(slug: str, form: InviteForm) -> str:
    with reading(actor()) as session:
        company = queries.company_by_slug(session, slug)
        own, represents = actor().works_for(company.id), actor().represents(company.id)
        administers = actor().has(ClusterSeat.ADMINISTRATOR)
        return render_template(
            "companies/company.html",
            company={
                "name": company.trade_name, "slug": slug, "legal_name": company.legal_name,
                "siret": company.siret, "status": trades.statuses(company.statuses),
            },
            facts=_facts(company),
            relations=_relations(session, company) if own or administers else [],
            people=_people(session, company) if own or administers else [],
            invitations=_pending(session, company) if represents or administers else [],
            may_invite=represents or administers, invite_form=form, may_see_vault=own,
        )  # fmt: skip


def _facts(company: Company) -> list[tuple[str, str]]:
    return [
        (gettext("Forme juridique"), company.legal_form),
        (gettext("SIRET"), spaced(company.siret)),
        (gettext("Engagement dans le cluster"), gettext(trades.TIER[company.tier])),
        (gettext("Lieu"), f"{company.city} ({company.nuts})"),
        (gettext("Effectif"), display.number(company.headcount)),
        (gettext("Métiers"), trades.trades(company.cpv_prefixes) or "–"),
        (gettext("Statuts"), trades.statuses(company.statuses) or "–"),
    ]


def spaced(siret: str) -> str:
    """Write a SIRET as people do: the SIREN by three digits, then the establishment."""
    return display.NBSP.join((siret[:3], siret[3:6], siret[6:9], siret[9:]))


def _relations(session: Session, company: Company) -> list[str]:
    found = queries.links_between(session, company.id, on=clock.now().date())
    return [_relation(session, link, company) for link in found]


def _relation(session: Session, link: CompanyRelationship, company: Company) -> str:
    other_id = link.other_id if link.company_id == company.id else link.company_id
    other = session.get_one(Company, other_id)
    words = gettext(trades.LINK[link.kind])
    if link.kind is RelationshipKind.SHAREHOLDING and link.percent is not None:
        words = f"{words}, {display.share(link.percent)}"
    since = display.date_short(datetime.combine(link.since, time(12), display.PARIS))
    said = gettext(
        "%(other)s : %(words)s, depuis le %(since)s",
        other=other.trade_name, words=words, since=since,
    )  # fmt: skip
    return str(said)


def _people(session: Session, company: Company) -> list[dict[str, Any]]:
    return [
        {"name": p.name, "email": p.email, "role": seat_name(role.value), "last_seen": None}
        for p, role in queries.people_of(session, company.id)
    ]


def _pending(session: Session, company: Company) -> list[dict[str, Any]]:
    return [
        {"email": link.email, "role": seat_name(link.role.value), "expires_at": link.expires_at}
        for link in pending_invitations(session, company.id, now=clock.now())
        if link.role is not None
    ]
