"""States of a section and who may write, return, approve."""

from collections.abc import Mapping, Set
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from tender.bids.rules import Standing
from tender.core.actor import Actor
from tender.core.errors import Conflict, Forbidden, Invalid
from tender.core.states import moved
from tender.core.text import N_


class SectionState(StrEnum):
    """The life of a section (product.md section 3)."""

    TODO = "todo"
    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    LOCKED = "locked"


class Look(StrEnum):
    """How a section's look is treated: the house's, its author's, the house's by a table."""

    HOUSE = "house"
    SOURCE = "source"
    MAP = "map"


_S = SectionState
MOVES: Mapping[SectionState, Set[SectionState]] = MappingProxyType(
    {
        _S.TODO: {_S.DRAFTING},
        _S.DRAFTING: {_S.DRAFTING, _S.IN_REVIEW},
        _S.IN_REVIEW: {_S.DRAFTING, _S.CHANGES_REQUESTED, _S.APPROVED},
        _S.CHANGES_REQUESTED: {_S.DRAFTING, _S.IN_REVIEW},
        _S.APPROVED: {_S.DRAFTING, _S.CHANGES_REQUESTED, _S.LOCKED},
        _S.LOCKED: {_S.APPROVED},
    }
)
DONE = frozenset({_S.APPROVED, _S.LOCKED})
ANOTHERS = N_("Cette section est confiée à une autre entreprise : elle seule peut l’écrire.")
LIKELY_YEARS = range(2000, 2100)
LONGEST_TITLE = 200
MOST_PAGES = 500
LONGEST_TEXT = 200_000
MOST_REVISIONS = 200


def moved_to(present: SectionState, wanted: SectionState) -> SectionState:
    """Give the wanted state if the table of moves allows it."""
    return moved(MOVES, present, wanted)


def require_may_write(actor: Actor, standing: Standing, owner_company_id: UUID) -> None:
    """People of the owning company write a section; the coordinator may stand in for them."""
    if may_write(actor, standing, owner_company_id):
        return
    raise Forbidden(ANOTHERS)


def may_write(actor: Actor, standing: Standing, owner_company_id: UUID) -> bool:
    """Tell whether the person may store a version of the section."""
    return standing.coordinates or (
        actor.works_for(owner_company_id) and owner_company_id in standing.member_of
    )


def may_review(standing: Standing) -> bool:
    """Tell whether the person may approve or return."""
    return standing.coordinates or standing.reviews


def require_may_review(standing: Standing) -> None:
    """The coordinator and the reviewers of the bid approve or return."""
    if not may_review(standing):
        raise Forbidden("Seules la coordination et la relecture peuvent valider une section.")


def may_read_draft(actor: Actor, standing: Standing, company_id: UUID) -> bool:
    """A text that is not approved yet stays with its company and the reviewers."""
    return standing.coordinates or standing.reviews or actor.works_for(company_id)


def require_before_deadline(deadline: datetime | None, instant: datetime) -> None:
    """Nothing is written once the offers are due; `instant` is the database's."""
    if deadline is not None and instant >= deadline:
        raise Invalid("La date limite de remise est passée : les sections sont figées.")


def require_seen(last_revision: int, seen: int) -> None:
    """A form made from an older version must not hide a newer one."""
    if seen != last_revision:
        raise Conflict(
            "La version {last} a été déposée pendant votre saisie. Rechargez la page et comparez : "
            "rien n’est perdu.",
            field="text",
            last=last_revision,
        )


def require_room(last_revision: int) -> None:
    """A section is a text under work, not a store of files."""
    if last_revision >= MOST_REVISIONS:
        raise Invalid(
            "Cette section a déjà {most} versions. Demandez à la coordination d’en ouvrir une "
            "autre.",
            field="file",
            most=MOST_REVISIONS,
        )


def fitting_title(title: str) -> str:
    """A title is one line that fits a table of contents."""
    cleaned = " ".join(title.split())
    if not cleaned:
        raise Invalid("Donnez un titre à la section.", field="title")
    if len(cleaned) > LONGEST_TITLE:
        raise Invalid("Le titre a {most} caractères au plus.", field="title", most=LONGEST_TITLE)
    return cleaned


def require_budget(pages: int | None) -> None:
    """A page budget is a small whole number, or none."""
    if pages is not None and not 1 <= pages <= MOST_PAGES:
        raise Invalid(
            "Le nombre de pages est compris entre 1 et {most}.",
            field="page_budget",
            most=MOST_PAGES,
        )


def require_due_in_time(due_at: datetime | None, deadline: datetime | None) -> None:
    """A section is due before the offers are, in a year that people live in."""
    if due_at is not None and due_at.year not in LIKELY_YEARS:
        raise Invalid("Vérifiez l’année de l’échéance.", field="due")
    if due_at is not None and deadline is not None and due_at > deadline:
        raise Invalid("L’échéance de la section précède la remise des offres.", field="due")
