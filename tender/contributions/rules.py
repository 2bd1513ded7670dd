"""States of a section and who may write, return, approve."""

from collections.abc import Mapping, Set
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from tender.bids.rules import Standing
from tender.core.actor import Actor
from tender.core.errors import Forbidden


class SectionState(StrEnum):
    """The life of a section (product.md section 3)."""

    TODO = "todo"
    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    LOCKED = "locked"


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


def require_may_write(actor: Actor, standing: Standing, owner_company_id: UUID) -> None:
    """People of the owning company write a section; the coordinator may stand in for them."""
    if standing.coordinates or (
        actor.works_for(owner_company_id) and owner_company_id in standing.member_of
    ):
        return
    raise Forbidden("Cette section est confiée à une autre entreprise : elle seule peut l’écrire.")


def require_may_review(standing: Standing) -> None:
    """The coordinator and the reviewers of the bid approve or return."""
    if not (standing.coordinates or standing.reviews):
        raise Forbidden("Seules la coordination et la relecture peuvent valider une section.")


def may_read_draft(actor: Actor, standing: Standing, company_id: UUID) -> bool:
    """A text that is not approved yet stays with its company and the reviewers."""
    return standing.coordinates or standing.reviews or actor.works_for(company_id)
