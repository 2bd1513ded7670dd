"""Stages of a bid, states of a lot bid, who may do what in a room."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from unicodedata import normalize
from uuid import UUID

from tender.core.actor import Actor, ClusterSeat
from tender.core.errors import Conflict, Forbidden, Invalid, NotFound


class Stage(StrEnum):
    """The life of a bid (product.md section 3)."""

    DETECTED = "detected"
    QUALIFYING = "qualifying"
    GO = "go"
    NO_GO = "no_go"
    FORMING = "forming"
    DRAFTING = "drafting"
    REVIEW = "review"
    ASSEMBLED = "assembled"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    CLOSED = "closed"
    CANCELLED_BY_BUYER = "cancelled_by_buyer"
    WITHDRAWN = "withdrawn"


_OUT = frozenset({Stage.CANCELLED_BY_BUYER, Stage.WITHDRAWN})
MOVES: Mapping[Stage, Set[Stage]] = MappingProxyType(
    {
        Stage.DETECTED: {Stage.QUALIFYING, Stage.GO, Stage.NO_GO} | _OUT,
        Stage.QUALIFYING: {Stage.DETECTED, Stage.GO, Stage.NO_GO} | _OUT,
        Stage.GO: {Stage.QUALIFYING, Stage.FORMING, Stage.NO_GO} | _OUT,
        Stage.NO_GO: {Stage.QUALIFYING, Stage.CLOSED},
        Stage.FORMING: {Stage.QUALIFYING, Stage.DRAFTING} | _OUT,
        Stage.DRAFTING: {Stage.FORMING, Stage.REVIEW, Stage.ASSEMBLED} | _OUT,
        Stage.REVIEW: {Stage.DRAFTING, Stage.ASSEMBLED} | _OUT,
        Stage.ASSEMBLED: {Stage.DRAFTING, Stage.REVIEW, Stage.SUBMITTED} | _OUT,
        Stage.SUBMITTED: {Stage.ASSEMBLED, Stage.DECIDED} | _OUT,
        Stage.DECIDED: {Stage.SUBMITTED, Stage.CLOSED},
        Stage.CLOSED: {Stage.DECIDED},
        Stage.CANCELLED_BY_BUYER: {Stage.QUALIFYING, Stage.CLOSED},
        Stage.WITHDRAWN: {Stage.QUALIFYING, Stage.CLOSED},
    }
)
NOT_BY_HAND = frozenset({Stage.GO, Stage.NO_GO, Stage.ASSEMBLED, Stage.SUBMITTED, Stage.DECIDED})
"""What a decision, an assembly, a deposit or a result brings about, never a card that is moved."""
UNDECIDED = frozenset({Stage.DETECTED, Stage.QUALIFYING})
WORKING = frozenset({Stage.GO, Stage.FORMING, Stage.DRAFTING, Stage.REVIEW, Stage.ASSEMBLED})


class LotBidState(StrEnum):
    """The life of our answer to one lot."""

    CONSIDERED = "considered"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    IN_BID = "in_bid"
    SUBMITTED = "submitted"
    AWARDED = "awarded"
    REJECTED = "rejected"
    IRREGULAR = "irregular"
    LATE = "late"
    NO_AWARD = "no_award"
    RUNNER_UP = "runner_up"
    SIGNED = "signed"


class LiabilityForm(StrEnum):
    """Conjoint (several) or solidaire (joint): art. R. 2142-20."""

    SEVERAL = "several"
    JOINT = "joint"


class PassKind(StrEnum):
    """What a pass opens: an invited company sees the lots, a member the room."""

    INVITED = "invited"
    MEMBER = "member"
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person is in one room, as its passes say."""

    bid_id: UUID
    coordinates: bool = False
    reviews: bool = False
    member_of: frozenset[UUID] = frozenset()
    invited_as: frozenset[UUID] = frozenset()

    @property
    def inside(self) -> bool:
        """Whether the person may see sections, files and history, not only the lots."""
        return self.coordinates or self.reviews or bool(self.member_of)


def require_inside(standing: Standing) -> None:
    """The room of a consortium does not exist for those outside it."""
    if not standing.inside:
        raise NotFound("Cette page n’existe pas, ou n’est pas visible pour vous.")


def require_coordinates(standing: Standing) -> None:
    """The coordinator of this bid, and of no other, steers it."""
    if not standing.coordinates:
        raise Forbidden("Seule la coordination de cette affaire peut le faire.")


def require_may_open(actor: Actor) -> None:
    """A coordinator of the cluster takes up a call."""
    if not actor.has(ClusterSeat.COORDINATOR):
        raise Forbidden("Seule la coordination du cluster peut retenir un avis.")


def require_reason(reason: str, *, least: int = 10, field: str = "reason") -> str:
    """A decision is kept with its reason, in words."""
    cleaned = " ".join(reason.split())
    if len(cleaned) < least:
        raise Invalid(
            "Donnez une raison d’au moins {least} caractères : elle reste dans l’historique.",
            field=field,
            least=least,
        )
    return cleaned


def by_hand(present: Stage, *, late: bool) -> tuple[Stage, ...]:
    """List the stages that a coordinator may move a bid to, in the order of a bid's life.

    Past the deadline nothing is left to do but to give up, or to file away.
    """
    closed = frozenset({Stage.DECIDED}) if present is Stage.CLOSED else frozenset()
    allowed = (MOVES[present] - NOT_BY_HAND) | closed
    return tuple(s for s in Stage if s in allowed and not (late and s in UNDECIDED | WORKING))


def needs_reason(present: Stage, wanted: Stage) -> bool:
    """Tell whether a move goes back, or gives the bid up: those are kept with a reason."""
    life = list(Stage)
    return wanted in _OUT or life.index(wanted) < life.index(present)


def is_late(deadline: datetime | None, now: datetime) -> bool:
    """Tell whether the deadline has passed; without one, never."""
    return deadline is not None and now >= deadline


def require_in_time(deadline: datetime | None, now: datetime) -> None:
    """After the deadline nobody takes part, votes or decides to answer any more."""
    if is_late(deadline, now):
        raise Conflict("La date limite est passée : il n’est plus possible de répondre.")


def require_may_vote(actor: Actor, standing: Standing) -> None:
    """The coordinator, the reviewers and who represents a member say what they think of a call."""
    if not may_vote(actor, standing):
        raise Forbidden(
            "La coordination, les relecteurs et les représentants des entreprises membres votent."
        )


def may_vote(actor: Actor, standing: Standing) -> bool:
    """Tell whether this person has a vote on answering."""
    represents = any(actor.represents(company_id) for company_id in standing.member_of)
    return standing.coordinates or standing.reviews or represents


def require_working(stage: Stage) -> None:
    """Work goes on only between the decision to answer and the deposit."""
    if stage not in WORKING:
        raise Invalid("Cette affaire n’est pas en cours de réponse : rien ne peut y être modifié.")


def buyer_prefix(buyer: str) -> str:
    """Give three letters for a buyer: the initials of its name's capitals, or its first letters.

    "Métropole Européenne de Lille" gives MEL, "Ville de Brumeval" gives VBR.
    """
    plain = normalize("NFKD", buyer).encode("ascii", "ignore").decode()
    words = [w for w in re.split(r"[^A-Za-z]+", plain) if w[:1].isupper()]
    initials = "".join(w[0] for w in words[:3])
    rest = words[-1][1:].upper() if words else ""
    return (initials + rest + "AFF")[:3]
