"""Runs, and the facts that the checks judge."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from tender.assembly import checks
from tender.assembly.manifest import Asked, FrozenText, manifest, same_facts
from tender.assembly.models import AssemblyRun, StyleMap
from tender.assembly.rules import OVER, RunState, as_filed
from tender.bids.models import Bid
from tender.bids.queries import NOWHERE, rules_of
from tender.bids.rules import Standing
from tender.claims.queries import lot_facts
from tender.contributions.models import Revision, Section
from tender.contributions.queries import readable, sections_of
from tender.contributions.rules import DONE
from tender.core.actor import Actor
from tender.core.errors import NotFound
from tender.core.orm import Json
from tender.core.text import N_, Text
from tender.vault.models import PaperKind
from tender.vault.queries import papers_state
from tender.vault.rules import PaperState

REQUIRED = {
    PaperKind.URSSAF: N_("attestation de vigilance"),
    PaperKind.TAX: N_("attestation fiscale"),
    PaperKind.KBIS: N_("extrait Kbis"),
    PaperKind.LIABILITY_INSURANCE: N_("assurance de responsabilité civile"),
}


def runs_of(session: Session, bid_id: UUID, *, limit: int = 20) -> Sequence[AssemblyRun]:
    """Give the runs of a bid, the latest first."""
    return session.scalars(
        select(AssemblyRun)
        .where(AssemblyRun.bid_id == bid_id)
        .order_by(AssemblyRun.number.desc())
        .limit(limit)
    ).all()


def run_of(session: Session, bid_id: UUID, run_id: UUID, *, lock: bool = False) -> AssemblyRun:
    """Find a run of this bid; NotFound if it is another's."""
    wanted = select(AssemblyRun).where(AssemblyRun.id == run_id, AssemblyRun.bid_id == bid_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None:
        raise NotFound(NOWHERE)
    return found


def live_run(session: Session, bid_id: UUID) -> AssemblyRun | None:
    """Find the run that is not over."""
    return session.scalar(
        select(AssemblyRun).where(AssemblyRun.bid_id == bid_id, AssemblyRun.state.not_in(OVER))
    )


def next_number(session: Session, bid_id: UUID) -> int:
    """Give the number of the next run of a bid."""
    highest = session.scalar(
        select(func.max(AssemblyRun.number)).where(AssemblyRun.bid_id == bid_id)
    )
    return (highest or 0) + 1


def style_maps(session: Session, bid_id: UUID) -> Mapping[UUID, StyleMap]:
    """Give the tables of styles by company; row-level policies keep rivals' away."""
    rows = session.scalars(select(StyleMap).where(StyleMap.bid_id == bid_id))
    return {row.company_id: row for row in rows}


def present(session: Session, bid: Bid, asked: Asked = Asked()) -> Json:  # noqa: B008 - frozen
    """Give the manifest of the facts as they stand, with each section's newest text."""
    sections = sections_of(session, bid.id)
    newest = (
        select(Revision, Revision.health["words"].as_integer())
        .join(
            Section,
            (Section.id == Revision.section_id) & (Section.last_revision == Revision.number),
        )
        .options(defer(Revision.text), defer(Revision.health))
    )
    rows = session.execute(newest.where(Section.bid_id == bid.id)).all()
    texts = {revision.section_id: (revision, words) for revision, words in rows}
    styles = {company: found.styles for company, found in style_maps(session, bid.id).items()}
    return manifest(
        bid,
        lot_facts(session, bid),
        [
            FrozenText(s, *texts.get(s.id, (None, None)), styles.get(s.owner_company_id, {}))
            for s in sections
        ],
        page_limit=rules_of(session, bid.id).page_limit,
        asked=asked,
    )


def section_facts(
    session: Session, actor: Actor, standing: Standing, bid_id: UUID
) -> list[checks.SectionFacts]:
    """Give the sections as the checks want them; figures only where the text may be read."""
    rows = session.execute(
        select(Revision.section_id, Revision.health)
        .join(
            Section,
            (Section.id == Revision.section_id) & (Section.last_revision == Revision.number),
        )
        .where(Section.bid_id == bid_id, readable(actor, standing))
    ).all()
    health: Mapping[UUID, Json] = {section_id: found for section_id, found in rows}  # noqa: C416
    return [_facts(section, health.get(section.id, {})) for section in sections_of(session, bid_id)]


def _facts(section: Section, health: Json) -> checks.SectionFacts:
    blanks, pages = health.get("placeholders"), health.get("pages")
    return checks.SectionFacts(
        number=section.number,
        title=section.title,
        company=section.owner_company.trade_name,
        approved=section.state in DONE,
        empty=not section.last_revision,
        pages=float(pages) if isinstance(pages, int | float) else None,
        budget=section.page_budget,
        comments=_count(health, "comments"),
        revisions=_count(health, "revisions"),
        hidden=_count(health, "hidden"),
        placeholders=tuple(map(str, blanks)) if isinstance(blanks, list) else (),
    )


def _count(health: Json, name: str) -> int:
    value = health.get(name, 0)
    return value if isinstance(value, int) else 0


def page_facts(
    session: Session, bid: Bid, sections: Sequence[checks.SectionFacts]
) -> checks.PagesFacts:
    """Give the length as the latest run of the present facts measured it, else an estimate."""
    limit = rules_of(session, bid.id).page_limit
    latest = session.scalar(
        select(AssemblyRun)
        .where(AssemblyRun.bid_id == bid.id, AssemblyRun.state == RunState.SUCCEEDED)
        .order_by(AssemblyRun.number.desc())
        .limit(1)
    )
    measured = latest is not None and latest.pages and as_filed(latest.manifest.get("settings"))
    if latest is None or not measured or limit is None:
        return _estimated(sections, limit)
    if same_facts(latest.manifest, present(session, bid)):
        return checks.PagesFacts(latest.pages, limit, binding=latest.pages_binding)
    return _estimated(sections, limit)


def _estimated(sections: Sequence[checks.SectionFacts], limit: int | None) -> checks.PagesFacts:
    known = [s.pages for s in sections if s.pages is not None]
    return checks.PagesFacts(sum(known) if known else None, limit)


def paper_facts(
    session: Session, companies: Mapping[UUID, str], on: date
) -> list[checks.PaperFacts]:
    """Judge on a day the papers of companies, given by name; the wall says which are seen."""
    worth = papers_state(session, companies, on)
    return [
        _papers(name, {kind: worth[company_id][kind][0] for kind in REQUIRED})
        for company_id, name in sorted(companies.items(), key=lambda item: item[1])
    ]


def _papers(company: str, states: Mapping[PaperKind, PaperState]) -> checks.PaperFacts:
    return checks.PaperFacts(
        company,
        expired=_kinds(states, PaperState.EXPIRED),
        missing=_kinds(states, PaperState.MISSING),
    )


def _kinds(states: Mapping[PaperKind, PaperState], wanted: PaperState) -> tuple[Text, ...]:
    return tuple(Text(REQUIRED[kind]) for kind, state in states.items() if state is wanted)
