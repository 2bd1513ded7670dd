"""A company's papers: their list, a new one, the file itself."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, FileField, SelectField
from wtforms.validators import InputRequired, Optional

from tender.bids.queries import bids_of, standing_in
from tender.bids.rules import WORKING
from tender.companies.models import Company
from tender.companies.queries import own_company
from tender.core import clock, setup
from tender.core.errors import Conflict, Invalid, NotFound
from tender.core.text import N_
from tender.core.transaction import Session, reading, transaction
from tender.vault import queries, rules, service
from tender.vault.models import ComplianceDocument, PaperKind
from tender.web import display, forms, trades
from tender.web.companies import spaced
from tender.web.visitor import actor

bp = Blueprint("vault", __name__, url_prefix="/entreprises/<slug>/coffre")
KIND = {
    PaperKind.URSSAF: N_("Attestation de vigilance Urssaf"),
    PaperKind.TAX: N_("Attestation de régularité fiscale"),
    PaperKind.KBIS: N_("Extrait Kbis ou d’immatriculation"),
    PaperKind.LIABILITY_INSURANCE: N_("Assurance responsabilité civile"),
    PaperKind.BANK_DETAILS: N_("Relevé d’identité bancaire"),
    PaperKind.SIGNING_POWER: N_("Pouvoir de signature"),
    PaperKind.QUALIOPI: N_("Certificat Qualiopi"),
}
WHERE = {
    PaperKind.URSSAF: N_("Téléchargeable sur votre espace Urssaf."),
    PaperKind.TAX: N_("Téléchargeable sur votre espace professionnel des impôts."),
    PaperKind.KBIS: N_("Téléchargeable sur le site du registre des entreprises."),
    PaperKind.LIABILITY_INSURANCE: N_("À demander à votre assureur."),
}


class PaperForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A paper and its dates."""

    kind = SelectField(
        lazy_gettext("Pièce"),
        choices=forms.choices((kind.value, lazy_gettext(words)) for kind, words in KIND.items()),
    )
    issued_on = DateField(
        lazy_gettext("Délivrée le"),
        validators=[InputRequired(lazy_gettext("Recopiez la date de délivrance."))],
    )
    expires_on = DateField(lazy_gettext("Valable jusqu’au"), validators=[Optional()])
    file = FileField(lazy_gettext("Fichier"))


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """List the papers of one's own company."""
    with reading(actor()) as session:
        company = own_company(session, actor(), slug)
        held = {p.kind: p for p in queries.papers_of(session, actor(), company.id)}
        used = _bids_under_way(session, company)
        kinds = [k for k in PaperKind if k in held or rules.expected(k, company.cpv_prefixes)]
        papers = [_shown(slug, kind, held.get(kind), used) for kind in kinds]
        return render_template(
            "vault/index.html", company=_company(company), papers=papers,
            todo=[_todo(paper) for paper in papers if paper["state"] != "valid"],
            may_edit=actor().represents(company.id),
        )  # fmt: skip


@bp.route("/nouvelle", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Put a paper in, or a newer one in its place."""
    form, status = PaperForm(kind=request.args.get("kind")), 200
    with reading(actor()) as session:
        company = own_company(session, actor(), slug)
        rules.require_keeps(actor(), company.id)
        known = form.kind.data in list(PaperKind)
        former = (
            queries.current_paper(session, company.id, PaperKind(form.kind.data)) if known else None
        )
    if request.method == "POST":
        paper, status = _added(form, company)
        if paper is not None:
            flash(_said(paper), "success")
            return redirect(url_for(".index", slug=slug), 303)
    replaced = former and {"file_name": former.file_name, "deposited_at": former.added_at}
    return render_template(
        "vault/paper.html", company=_company(company), form=form, replaced=replaced
    ), status


def _added(form: PaperForm, company: Company) -> tuple[ComplianceDocument | None, int]:
    """Keep what a form holds: the paper, or the status of what is now shown."""
    if not form.validate():
        return None, 422
    kind = PaperKind(form.kind.data)
    issued_on: date = form.issued_on.data
    expires_on = form.expires_on.data or rules.usual_expiry(kind, issued_on)
    entry = service.Entry(kind, issued_on, expires_on)
    sent = request.files.get("file")
    data = sent.stream.read(rules.LARGEST + 1) if sent else b""
    name = (sent.filename if sent else "") or ""
    try:
        with (
            service.stored(setup.storage(), company.id, kind, name=name, data=data) as file,
            transaction(actor()) as session,
        ):
            return service.add_paper(
                session, actor(), company.id, entry, file, now=clock.now()
            ), 303
    except (Invalid, Conflict) as refusal:
        return None, forms.blame(form, refusal)


@bp.get("/<uuid:paper_id>")
def download(slug: str, paper_id: UUID) -> ResponseReturnValue:
    """Send the file of one's own company's paper; it is noted who took it."""
    with transaction(actor()) as session:
        company = own_company(session, actor(), slug)
        paper = service.paper_to_read(session, actor(), company.id, paper_id, now=clock.now())
    try:
        data = setup.storage().get(paper.file_key)
    except FileNotFoundError:
        raise NotFound(
            "Le fichier de cette pièce manque au stockage. Prévenez l’administration du cluster, "
            "puis déposez la pièce à nouveau."
        ) from None
    return attachment(data, paper.file_name, rules.type_of(data).value)


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """Answer with a file to keep, never to show: nothing in it may run on our pages."""
    response = send_file(BytesIO(data), media_type, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response


def _company(company: Company) -> dict[str, str]:
    return {
        "name": company.trade_name, "slug": company.slug, "place": company.city,
        "status": trades.statuses(company.statuses), "siret": spaced(company.siret),
    }  # fmt: skip


def _bids_under_way(session: Session, company: Company) -> int:
    """Count the bids in the making that the company is a member of: they use its papers."""
    found = [bid for bid in bids_of(session, actor()) if bid.stage in WORKING]
    return sum(company.id in standing_in(session, actor(), bid.id).member_of for bid in found)


def _shown(
    slug: str, kind: PaperKind, paper: ComplianceDocument | None, used: int
) -> dict[str, Any]:
    today = rules.today(clock.now())
    expires_on = paper.expires_on if paper else None
    state = rules.validity(expires_on, today, held=paper is not None)
    shown: dict[str, Any] = {
        "code": kind.value, "kind": gettext(KIND[kind]), "state": state.value, "used": used,
        "file_name": None, "url": None, "months_left": None,
        "expires_on": _day(expires_on) if expires_on else None,
        "where": gettext(WHERE[kind]) if kind in WHERE else "",
    }  # fmt: skip
    if paper is not None:
        shown.update(
            file_name=paper.file_name, size=paper.size, deposited_at=paper.added_at,
            url=url_for(".download", slug=slug, paper_id=paper.id),
        )  # fmt: skip
    if expires_on is not None:
        shown["months_left"] = min(12, max(0, (expires_on - today).days // 30))
    return shown


def _todo(paper: dict[str, Any]) -> dict[str, str]:
    words = {
        "expired": N_("Expirée depuis le %(day)s."),
        "expiring": N_("Expire le %(day)s."),
        "missing": N_("Pas encore déposée."),
    }[paper["state"]]
    text = gettext(words, day=paper["expires_on"])
    return {
        "title": paper["kind"], "text": f"{text} {paper['where']}".strip(), "state": paper["state"]
    }  # fmt: skip


def _said(paper: ComplianceDocument) -> str:
    if paper.expires_on is None:
        return str(gettext("La pièce est déposée, sans échéance."))
    day = _day(paper.expires_on)
    return str(gettext("La pièce est déposée ; elle vaut jusqu’au %(day)s.", day=day))


def _day(day: date) -> str:
    return display.date_short(datetime.combine(day, time(12), display.PARIS))
