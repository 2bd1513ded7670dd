"""The table of styles of each company: what its texts use, what the coordinator made of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.assembly.house_styles import AS_IS, HOUSE_STYLES, guess
from tender.assembly.models import StyleMap
from tender.bids.models import Bid
from tender.bids.queries import NOWHERE, standing_in
from tender.bids.rules import Standing, require_coordinates, require_inside, require_working
from tender.bids.service import lock
from tender.companies.models import Company
from tender.contributions.models import Revision, Section
from tender.contributions.queries import readable
from tender.core.actor import Actor
from tender.core.errors import Conflict, Invalid, NotFound
from tender.history.service import record


@dataclass(frozen=True, slots=True)
class StyleRow:
    """A style of an author, how often it is used, and the house's for it (or AS_IS)."""

    name: str
    kind: str
    uses: int
    sample: str
    target: str
    guessed: bool


def require_may_see(actor: Actor, standing: Standing, company_id: UUID) -> None:
    """A table of styles is for its company, the coordinator and the reviewers."""
    own = company_id in standing.member_of and actor.works_for(company_id)
    if not (standing.coordinates or standing.reviews or own):
        raise NotFound(NOWHERE)


def table_of(session: Session, bid_id: UUID, company_id: UUID) -> StyleMap | None:
    """Give the table of one company, if the coordinator has made one."""
    return session.scalar(
        select(StyleMap).where(StyleMap.bid_id == bid_id, StyleMap.company_id == company_id)
    )


def rows_of(
    session: Session, actor: Actor, standing: Standing, bid_id: UUID, company: Company
) -> list[StyleRow]:
    """List the styles that a company's present texts use, the most used first.

    What the table does not say yet is guessed. Raises NotFound for a rival's.
    """
    require_may_see(actor, standing, company.id)
    found = table_of(session, bid_id, company.id)
    chosen: Mapping[str, Any] = found.styles if found else {}
    rows: dict[tuple[str, str], StyleRow] = {}
    for use in _uses(session, actor, standing, bid_id, company.id):
        row = _row(use, chosen)
        seen = rows.get((row.kind, row.name))
        rows[row.kind, row.name] = replace(seen, uses=seen.uses + row.uses) if seen else row
    return sorted(rows.values(), key=lambda row: (-row.uses, row.name))


def _uses(
    session: Session, actor: Actor, standing: Standing, bid_id: UUID, company_id: UUID
) -> Iterable[Mapping[str, Any]]:
    """Read the styles out of the health reports of a company's newest texts."""
    reports = session.scalars(
        select(Revision.health)
        .join(
            Section,
            (Section.id == Revision.section_id) & (Section.last_revision == Revision.number),
        )
        .where(
            Section.bid_id == bid_id,
            Section.owner_company_id == company_id,
            readable(actor, standing),
        )
        .order_by(Section.position)
    )
    for health in reports:
        listed: Any = health.get("styles")
        yield from (use for use in listed or () if use["kind"] in HOUSE_STYLES)


def _row(use: Mapping[str, Any], chosen: Mapping[str, Any]) -> StyleRow:
    name, kind = str(use["name"]), str(use["kind"])
    known = name in chosen
    target = str(chosen[name]) if known else guess(name, kind, use.get("level"))
    return StyleRow(name, kind, use["paragraphs"], use["sample"], target, guessed=not known)


def save(
    session: Session, actor: Actor, bid: Bid, company: Company, chosen: Mapping[str, str], *,
    seen: int, now: datetime,
) -> StyleMap:  # fmt: skip
    """Keep the house's styles chosen for a company's, by name; `seen` is 0 where none was kept.

    Styles that its texts no longer use stay in the table: a version may come back.
    """
    standing = standing_in(session, actor, bid.id)
    require_inside(standing)
    require_coordinates(standing)
    require_working(lock(session, bid.id).stage)
    kinds = {r.name: r.kind for r in rows_of(session, actor, standing, bid.id, company)}
    taken = {name: _known(kinds[name], style) for name, style in chosen.items() if name in kinds}
    found = table_of(session, bid.id, company.id)
    if (found.version if found else 0) != seen:
        raise Conflict(
            "Cette correspondance a été modifiée pendant votre saisie. Rechargez la page et "
            "comparez."
        )
    if found is None:
        found = StyleMap(
            bid_id=bid.id, company_id=company.id, styles={}, changed_at=now, changed_by=actor.name
        )
        session.add(found)
    found.styles = found.styles | taken
    found.changed_at, found.changed_by = now, actor.name
    record(session, actor, "assembly.styles_mapped", now=now, object_id=found.id, bid_id=bid.id,
           company=company.trade_name)  # fmt: skip
    return found


def _known(kind: str, style: str) -> str:
    if style != AS_IS and style not in HOUSE_STYLES[kind]:
        raise Invalid("Ce style de la maison n’existe pas. Rechargez la page, puis recommencez.")
    return style
