"""The plan of a bid: which sections, in what order, by whom, for when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from tender.bids.models import Bid, LotBid
from tender.bids.queries import room, rules_of
from tender.bids.rules import WORKING, Standing, require_coordinates, require_inside
from tender.contributions import queries
from tender.contributions.models import Section
from tender.contributions.rules import Look
from tender.contributions.service import planning
from tender.contributions.service.planning import SectionWish
from tender.core import clock
from tender.core.errors import Conflict, Invalid
from tender.core.transaction import Session, reading, transaction
from tender.web import bid_view, forms, section_view
from tender.web.bids import bp
from tender.web.refusals import refused
from tender.web.visitor import actor
from tender.web.vocabulary import LOOK


class SectionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What is asked of a section."""

    title = StringField(
        lazy_gettext("Titre"),
        validators=[InputRequired(lazy_gettext("Donnez un titre à la section.")), Length(max=200)],
    )
    lot = SelectField(lazy_gettext("Lot"))
    company = SelectField(lazy_gettext("Entreprise"), validators=[InputRequired()])
    writer = SelectField(lazy_gettext("Rédige"))
    due = DateTimeLocalField(
        lazy_gettext("Échéance"), format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        validators=[Optional()],
    )  # fmt: skip
    page_budget = IntegerField(lazy_gettext("Pages au plus"), validators=[Optional()])
    instructions = TextAreaField(lazy_gettext("Consigne"), validators=[Length(max=4000)])
    look = SelectField(
        lazy_gettext("Mise en forme"), default=Look.HOUSE.value, validators=[Optional()],
        choices=forms.choices((code, lazy_gettext(found.label)) for code, found in LOOK.items()),
    )  # fmt: skip
    version = HiddenField()

    def wish(self, zone: str) -> SectionWish:
        """Read what is asked for."""
        due: datetime | None = self.due.data
        return SectionWish(
            title=self.title.data or "",
            company_id=UUID(self.company.data),
            lot_bid_id=UUID(self.lot.data) if self.lot.data else None,
            writer_id=UUID(self.writer.data) if self.writer.data else None,
            due_at=due.replace(tzinfo=ZoneInfo(zone)) if due else None,
            page_budget=self.page_budget.data,
            instructions=self.instructions.data or "",
            look=Look(self.look.data) if self.look.raw_data and self.look.data else None,
        )

    def fill(self, section: Section, zone: str) -> None:
        """Show a section as it is."""
        self.title.data, self.instructions.data = section.title, section.instructions
        self.lot.data = str(section.lot_bid_id or "")
        self.company.data = str(section.owner_company_id)
        self.writer.data, self.look.data = str(section.writer_id or ""), section.look.value
        self.page_budget.data = section.page_budget
        local = section.due_at.astimezone(ZoneInfo(zone)) if section.due_at else None
        self.due.data = local.replace(tzinfo=None) if local else None


@bp.get("/<ref>/plan")
def plan(ref: str) -> ResponseReturnValue:
    """The sections in their order."""
    now = clock.now()
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        require_inside(standing)
        sections = queries.sections_of(session, bid.id)
        may_edit = standing.coordinates and bid.stage in WORKING
        rows = _rows(session, bid, standing, sections, may_edit=may_edit, now=now)
        return render_template(
            "bids/plan.html",
            bid=bid_view.header(session, actor(), bid, now=now).values,
            groups=_groups(rows),
            summary=_summary(rows, rules_of(session, bid.id).page_limit),
            may_edit=may_edit,
            order_url=url_for(".plan_order", ref=ref) if may_edit else None,
            order_version=planning.order_version(sections),
        )


def _rows(
    session: Session, bid: Bid, standing: Standing, sections: Sequence[Section], *,
    may_edit: bool, now: datetime,
) -> list[dict[str, Any]]:  # fmt: skip
    texts = queries.latest_of(session, actor(), standing, bid.id)
    said = queries.remark_counts(session, bid.id)
    return [
        section_view.shown(s, texts.get(s.id), now=now)
        | {"comments": said.get(s.id, 0), "may_edit": may_edit}
        for s in sections
    ]


def _groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    done = sum(1 for row in rows if row["state"] in ("approved", "locked"))
    return [{"title": "", "done": done, "total": len(rows), "sections": rows}] if rows else []


def _summary(rows: list[dict[str, Any]], limit: int | None) -> dict[str, Any]:
    states = [row["state"] for row in rows]
    return {
        "total": len(rows),
        "approved": states.count("approved") + states.count("locked"),
        "in_review": states.count("in_review"),
        "drafting": states.count("drafting"),
        "changes": states.count("changes_requested"),
        "late": sum(1 for row in rows if row["late"]),
        "pages": sum(row["pages"] or 0 for row in rows),
        "page_limit": limit,
    }


@bp.post("/<ref>/plan/type")
def plan_start(ref: str) -> ResponseReturnValue:
    """Fill an empty plan with the usual chapters."""
    try:
        with transaction(actor()) as session:
            bid, _ = room(session, actor(), ref)
            made = planning.plan_from_template(session, actor(), bid, clock.now())
    except (Invalid, Conflict) as refusal:
        return refused(refusal, url_for(".plan", ref=ref))
    flash(gettext("%(count)s sections inscrites au plan.", count=len(made)), "success")
    return redirect(url_for(".plan", ref=ref), 303)


@bp.post("/<ref>/plan/ordre")
def plan_order(ref: str) -> ResponseReturnValue:
    """Put the sections in another order; the answer is the plan with its new numbers."""
    order = [n for n in request.form.get("order", "")[:10_000].split(",") if n]
    with transaction(actor()) as session:
        bid, _ = room(session, actor(), ref)
        planning.reorder(
            session, actor(), bid, order, seen=request.form.get("version", ""), now=clock.now()
        )
    return redirect(url_for(".plan", ref=ref), 303)


@bp.route("/<ref>/plan/nouvelle", methods=["GET", "POST"])
def section_new(ref: str) -> ResponseReturnValue:
    """Add a section at the end."""
    form = SectionForm()
    zone = _open(ref, form)
    del form.version
    if request.method == "POST":
        try:
            _require_valid(form)
            with transaction(actor()) as session:
                bid, _ = room(session, actor(), ref)
                made = planning.add_section(session, actor(), bid, form.wish(zone), now=clock.now())
        except (Invalid, Conflict) as refusal:
            return _form_page(ref, form, status=_blame(form, refusal))
        flash(gettext("Section %(number)s ajoutée.", number=made.number), "success")
        return redirect(url_for(".plan", ref=ref), 303)
    return _form_page(ref, form)


@bp.route("/<ref>/plan/<number>", methods=["GET", "POST"])
def section_edit(ref: str, number: str) -> ResponseReturnValue:
    """Change what is asked of a section."""
    form = SectionForm()
    zone = _open(ref, form)
    if request.method == "POST":
        try:
            _require_valid(form)
            seen = forms.whole(form.version.data)
            with transaction(actor()) as session:
                bid, _ = room(session, actor(), ref)
                planning.change_section(
                    session, actor(), bid, number, form.wish(zone), seen=seen, now=clock.now()
                )
        except (Invalid, Conflict) as refusal:
            return _form_page(ref, form, number, status=_blame(form, refusal))
        flash(gettext("Section enregistrée."), "success")
        return redirect(url_for(".plan", ref=ref), 303)
    return _form_page(ref, form, number, fill=zone)


@bp.post("/<ref>/plan/<number>/retirer")
def section_remove(ref: str, number: str) -> ResponseReturnValue:
    """Take an unwritten section off the plan."""
    try:
        with transaction(actor()) as session:
            bid, _ = room(session, actor(), ref)
            planning.remove_section(session, actor(), bid, number, now=clock.now())
    except (Invalid, Conflict) as refusal:
        return refused(refusal, url_for(".section_edit", ref=ref, number=number))
    flash(gettext("Section retirée du plan."), "success")
    return redirect(url_for(".plan", ref=ref), 303)


def _open(ref: str, form: SectionForm) -> str:
    """Let the coordinator in, offer what can be chosen; give the bid's zone."""
    with reading(actor()) as session:
        bid, standing = room(session, actor(), ref)
        require_inside(standing)
        require_coordinates(standing)
        companies = planning.eligible_companies(session, bid)
        form.company.choices = forms.choices((str(k), name) for k, name in companies.items())
        people = queries.writers_of(session, list(companies))
        form.writer.choices = forms.choices(
            [("", gettext("À désigner")), *((str(p.id), f"{p.name}, {c.trade_name}")
                                            for p, c in people)]
        )  # fmt: skip
        form.lot.choices = forms.choices(
            [("", gettext("Tous les lots")), *((str(lb.id), _lot(lb)) for lb in bid.lot_bids)]
        )
        return bid.tender.zone


def _lot(lot_bid: LotBid) -> str:
    lot = lot_bid.lot
    return str(gettext("Lot %(number)s : %(title)s", number=lot.number, title=lot.title))


def _require_valid(form: SectionForm) -> None:
    if not form.validate():
        raise Invalid("Corrigez les champs signalés.")


def _blame(form: SectionForm, refusal: Invalid | Conflict) -> int:
    """Keep the fields' own words; add the refusal's where they have none."""
    return refusal.status if form.errors else forms.blame(form, refusal)


def _form_page(
    ref: str, form: SectionForm, number: str = "", *, status: int = 200, fill: str = ""
) -> ResponseReturnValue:
    with reading(actor()) as session:
        bid, _ = room(session, actor(), ref)
        section = queries.section_numbered(session, bid.id, number) if number else None
        if section is not None and fill:
            form.fill(section, fill)
            form.version.data = str(section.version)
        page = render_template(
            "bids/plan_edit.html",
            bid=bid_view.summary(bid),
            form=form,
            section=section
            and {
                "number": section.number,
                "title": section.title,
                "may_remove": not section.last_revision,
            },
        )
    return page, status
