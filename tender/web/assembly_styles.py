"""How the looks of sections are treated, and each company's table of styles."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from tender.assembly import queries, styling
from tender.assembly.house_styles import AS_IS, HOUSE_STYLES
from tender.bids.models import Bid
from tender.bids.rules import WORKING, Standing
from tender.companies.models import Company
from tender.companies.queries import company_by_slug
from tender.contributions.models import Section
from tender.contributions.queries import sections_of
from tender.contributions.rules import Look
from tender.contributions.service import planning
from tender.core import clock
from tender.core.errors import Conflict, Invalid
from tender.core.transaction import Session, reading, transaction
from tender.web import bid_view, forms
from tender.web.assembly import bp, place_of
from tender.web.refusals import refused
from tender.web.visitor import actor


@bp.route("/assemblage/mise-en-forme", methods=["GET", "POST"])
def looks(ref: str) -> ResponseReturnValue:
    """The look of every section, and the companies whose table of styles the person may see."""
    if request.method == "POST":
        return _set_looks(ref)
    with reading(actor()) as session:
        bid, standing = place_of(session, ref)
        sections = sections_of(session, bid.id)
        return render_template(
            "assembly/looks.html",
            bid=bid_view.header(session, actor(), bid, now=clock.now()).values,
            sections=[_section(s) for s in sections],
            companies=_companies(session, bid, standing, sections),
            looks=[look.value for look in Look],
            may_edit=_may_edit(bid, standing),
        )


def _may_edit(bid: Bid, standing: Standing) -> bool:
    return standing.coordinates and bid.stage in WORKING


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id, "number": section.number, "title": section.title,
        "company": section.owner_company.trade_name, "look": section.look.value,
    }  # fmt: skip


def _companies(
    session: Session, bid: Bid, standing: Standing, sections: Sequence[Section]
) -> list[dict[str, Any]]:
    """List the companies that write, each with whether its table is needed and made."""
    tables = queries.style_maps(session, bid.id)
    owners = {s.owner_company_id: s.owner_company for s in sections}
    mapped = {s.owner_company_id for s in sections if s.look is Look.MAP}
    all_seen = standing.coordinates or standing.reviews
    return [
        {
            "name": company.trade_name,
            "slug": company.slug,
            "needed": company.id in mapped,
            "changed_at": tables[company.id].changed_at if company.id in tables else None,
        }
        for company in sorted(owners.values(), key=lambda c: c.trade_name)
        if all_seen or company.id in standing.member_of
    ]


def _set_looks(ref: str) -> ResponseReturnValue:
    """Keep the looks that were chosen."""
    here = url_for(".looks", ref=ref)
    try:
        with transaction(actor()) as session:
            bid, _ = place_of(session, ref)
            count = planning.set_looks(session, actor(), bid, _chosen_looks(), now=clock.now())
    except (Invalid, Conflict) as refusal:
        return refused(refusal, here)
    flash(
        ngettext("Mise en forme changée pour %(num)s section.",
                 "Mise en forme changée pour %(num)s sections.", count), "success",
    )  # fmt: skip
    return redirect(here, 303)


def _chosen_looks() -> dict[UUID, Look]:
    """Read one look for each section named in the form; raises Invalid."""
    try:
        return {
            UUID(name.removeprefix("look-")): Look(value)
            for name, value in request.form.items()
            if name.startswith("look-")
        }
    except ValueError:
        raise Invalid("Ce choix n’existe pas. Rechargez la page, puis recommencez.") from None


@bp.route("/assemblage/mise-en-forme/<slug>", methods=["GET", "POST"])
def style_map(ref: str, slug: str) -> ResponseReturnValue:
    """The styles of a company's texts beside those of the house."""
    if request.method == "POST":
        return _set_style_map(ref, slug)
    with reading(actor()) as session:
        bid, standing = place_of(session, ref)
        company = company_by_slug(session, slug)
        rows = styling.rows_of(session, actor(), standing, bid.id, company)
        table = styling.table_of(session, bid.id, company.id)
        own = [s for s in sections_of(session, bid.id) if s.owner_company_id == company.id]
        return render_template(
            "assembly/style_map.html",
            bid=bid_view.header(session, actor(), bid, now=clock.now()).values,
            company={"name": company.trade_name, "slug": company.slug},
            rows=[_row(row) for row in rows],
            house=HOUSE_STYLES,
            mapped=[f"{s.number} {s.title}" for s in own if s.look is Look.MAP],
            unwritten=not any(s.last_revision for s in own),
            changed_at=table.changed_at if table else None,
            changed_by=table.changed_by if table else "",
            version=table.version if table else 0,
            may_edit=_may_edit(bid, standing),
        )


def _row(row: styling.StyleRow) -> dict[str, Any]:
    return {
        "field": _field(row.name), "name": row.name, "kind": row.kind, "uses": row.uses,
        "sample": row.sample, "target": row.target, "guessed": row.guessed,
        "shown": gettext(HOUSE_STYLES[row.kind].get(row.target, "")) if row.target else "",
    }  # fmt: skip


def _field(name: str) -> str:
    """Name the field of a style: authors' names hold anything, and lists change meanwhile."""
    return f"style-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _set_style_map(ref: str, slug: str) -> ResponseReturnValue:
    """Keep what was chosen for the styles of a company."""
    here = url_for(".style_map", ref=ref, slug=slug)
    try:
        with transaction(actor()) as session:
            bid, standing = place_of(session, ref)
            company = company_by_slug(session, slug)
            _save(session, bid, standing, company, request.form)
    except (Invalid, Conflict) as refusal:
        return refused(refusal, here)
    flash(gettext("Correspondance enregistrée."), "success")
    return redirect(here, 303)


def _save(
    session: Session, bid: Bid, standing: Standing, company: Company, sent: Mapping[str, str]
) -> None:
    rows = styling.rows_of(session, actor(), standing, bid.id, company)
    chosen = {r.name: sent.get(_field(r.name), AS_IS) for r in rows if _field(r.name) in sent}
    styling.save(
        session, actor(), bid, company, chosen,
        seen=max(0, forms.whole(sent.get("version"))), now=clock.now(),
    )  # fmt: skip
