"""My work: what waits for me, or for my company, by when."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tender.bids.agenda import decisions_due, upcoming
from tender.claims.agenda import (
    Invitation,
    Proposal,
    invitations,
    offered,
    proposals,
    proposed,
    represented,
)
from tender.contributions.agenda import Asked, sections_asked, to_judge, to_write, work_count
from tender.contributions.rules import SectionState
from tender.core import clock
from tender.core.actor import Actor
from tender.core.text import N_
from tender.core.transaction import Session, reading
from tender.vault.agenda import Expiring, papers_due
from tender.vault.rules import validity
from tender.web import display, vault
from tender.web.visitor import actor, visitor

bp = Blueprint("work", __name__)
GROUPS = {
    "late": N_("En retard"),
    "today": N_("Aujourd’hui"),
    "week": N_("Cette semaine"),
    "later": N_("Plus tard"),
}
WEEK = 7
SHOWN = 5
VERBS = {
    SectionState.TODO: (N_("Rédiger %(number)s %(title)s"), N_("Rédiger")),
    SectionState.DRAFTING: (N_("Terminer %(number)s %(title)s"), N_("Terminer")),
    SectionState.CHANGES_REQUESTED: (N_("Corriger %(number)s %(title)s"), N_("Corriger")),
    SectionState.IN_REVIEW: (N_("Relire %(number)s %(title)s"), N_("Relire")),
}
CLAIMS = (
    (proposed, N_("Confirmer la position de %(company)s sur le lot %(lot)s"), N_("Confirmer")),
    (offered, N_("Répondre : %(company)s est proposée sur le lot %(lot)s"), N_("Répondre")),
)
Task = dict[str, Any]


@bp.get("/")
def home() -> ResponseReturnValue:
    """The site opens on one's work."""
    return redirect(url_for(".index"))


@bp.get("/moi")
def index() -> ResponseReturnValue:
    """Tasks by due time, next deadlines, invitations."""
    now = clock.now()
    for_company = request.args.get("pour") == "entreprise"
    with reading(actor()) as session:
        tasks = list(_tasks(session, actor(), now, for_company=for_company))
        invited = invitations(session, actor())
        groups = _grouped(tasks, now)
        ahead = [b for b in upcoming(session, actor()) if b.deadline and b.deadline > now]
        return render_template(
            "work/index.html",
            first_name=visitor().person.name.split(" ")[0],
            scopes=_scopes(session, now, for_company=for_company, invited=len(invited)),
            counts={group["code"]: len(group["tasks"]) for group in groups},
            groups=groups,
            deadlines=ahead[:SHOWN],
            invitations=[_invitation(i) for i in invited],
        )


def _scopes(
    session: Session, now: datetime, *, for_company: bool, invited: int
) -> list[dict[str, Any]]:
    """Count the tasks of each list; invitations are counted, but stand beside."""
    today = now.astimezone(display.PARIS).date()
    scopes: list[dict[str, Any]] = [
        {"text": gettext("Pour moi"), "url": url_for(".index"), "current": not for_company,
         "count": work_count(session, actor(), today=today) - invited}
    ]  # fmt: skip
    if actor().companies:
        count = work_count(session, actor(), today=today, for_company=True)
        scopes.append(
            {"text": gettext("Pour mon entreprise"), "url": url_for(".index", pour="entreprise"),
             "current": for_company, "count": count}
        )  # fmt: skip
    return scopes


def _tasks(session: Session, who: Actor, now: datetime, *, for_company: bool) -> Iterable[Task]:
    """List all that `work_count` counts but the invitations, which stand beside."""
    for asked in sections_asked(session, to_write(who, for_company=for_company)):
        yield _section(asked, for_company=for_company)
    keepers = list(who.companies) if for_company else represented(who)
    today = now.astimezone(display.PARIS).date()
    for paper in papers_due(session, keepers, today):
        yield _paper(paper, now, page="index" if for_company else "new")
    if not for_company:
        yield from (_section(asked) for asked in sections_asked(session, to_judge(who)))
        yield from _steering(session, who)


def _steering(session: Session, who: Actor) -> Iterable[Task]:
    for bid in decisions_due(session, who):
        yield {
            "due": bid.deadline, "kind": "decision", "state": "pending",
            "title": gettext("Décider de répondre ou non"), "context": bid.title,
            "url": url_for("bids.decide", ref=bid.ref), "action": gettext("Décider"),
        }  # fmt: skip
    for wanted, title, action in CLAIMS:
        yield from (_claim(c, title, action) for c in proposals(session, wanted(who)))


def _claim(claim: Proposal, title: str, action: str) -> Task:
    return {
        "due": claim.deadline, "kind": "claim", "state": "proposed",
        "title": gettext(title, company=claim.company, lot=claim.lot), "context": claim.title,
        "url": url_for("bids.claim_change", ref=claim.ref, claim_id=claim.id),
        "action": gettext(action),
    }  # fmt: skip


def _section(asked: Asked, *, for_company: bool = False) -> Task:
    title, action = VERBS[asked.state]
    who = asked.writer or gettext("personne n’est désigné")
    return {
        "due": asked.due_at, "kind": "section", "state": asked.state.value,
        "title": gettext(title, number=asked.number, title=asked.title),
        "context": f"{asked.tender} · {who}" if for_company else asked.tender,
        "url": url_for("sections.show", ref=asked.ref, number=asked.number),
        "action": gettext(action),
    }  # fmt: skip


def _paper(paper: Expiring, now: datetime, *, page: str) -> Task:
    last = datetime.combine(paper.expires_on, time(23, 59), display.PARIS)
    today = now.astimezone(display.PARIS).date()
    return {
        "due": last, "kind": "paper", "state": validity(paper.expires_on, today).value,
        "title": gettext("Remplacer : %(paper)s", paper=gettext(vault.KIND[paper.kind])),
        "context": gettext("Coffre de %(company)s", company=paper.company),
        "url": url_for(f"vault.{page}", slug=paper.slug, kind=paper.kind.value),
        "action": gettext("Remplacer"),
    }  # fmt: skip


def _invitation(invitation: Invitation) -> dict[str, Any]:
    words = gettext("%(company)s est invitée.", company=invitation.company)
    if invitation.deadline is not None:
        due = display.deadline_short(invitation.deadline)
        words = f"{words} {gettext('Remise des offres : %(due)s.', due=due)}"
    return {
        "ref": invitation.ref, "title": invitation.title, "text": words,
        "slug": invitation.slug, "company": invitation.company,
    }  # fmt: skip


def group_of(due: datetime | None, now: datetime) -> str:
    """Tell under which heading a due time stands, by the calendar of Paris."""
    if due is None:
        return "later"
    if due < now:
        return "late"
    days = (due.astimezone(display.PARIS).date() - now.astimezone(display.PARIS).date()).days
    if days == 0:
        return "today"
    return "week" if days < WEEK else "later"


def _grouped(tasks: list[Task], now: datetime) -> list[dict[str, Any]]:
    never = now + timedelta(days=36500)
    in_order = sorted(tasks, key=lambda task: task["due"] or never)
    return [
        {
            "code": code,
            "title": gettext(title),
            "tasks": [task for task in in_order if group_of(task["due"], now) == code],
        }
        for code, title in GROUPS.items()
    ]
