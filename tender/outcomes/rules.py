"""Win rates: what counts, how, and how sure one may be (product.md section 5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import sqrt
from uuid import UUID

from tender.bids.rules import LotBidState
from tender.core.errors import Invalid

S = LotBidState
WON = frozenset({S.AWARDED, S.SIGNED})
DECIDED = WON | {S.REJECTED, S.IRREGULAR, S.LATE}
APART = frozenset({S.SUBMITTED, S.RUNNER_UP, S.NO_AWARD})
RECORDABLE = (S.AWARDED, S.REJECTED, S.RUNNER_UP, S.IRREGULAR, S.LATE, S.NO_AWARD)
ANSWERED = APART | DECIDED
"""The lots whose offer the buyer has, or has judged."""
LARGEST = Decimal(10) ** 13
FEW = 6
ENOUGH = 10
Z = 1.96


@dataclass(frozen=True, slots=True)
class Judged:
    """One lot bid with its outcome, as plain values; amounts excl. VAT, shares in percent."""

    result: LotBidState
    decided_on: date | None
    amount: Decimal | None
    buyer: str = ""
    cpv: str = ""
    place: str = ""
    lead: str = ""
    members: Mapping[UUID, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rate:
    """Wins among decided, with the Wilson 95 % interval; all ratios between 0 and 1."""

    won: int
    decided: int
    rate: float | None
    low: float
    high: float

    @property
    def few(self) -> bool:
        """Too few to be shown without a warning."""
        return self.decided < FEW


def wilson(won: int, decided: int) -> tuple[float, float]:
    """Give the 95 % interval of a proportion; (0, 1) when nothing was decided."""
    if decided == 0:
        return 0.0, 1.0
    p, zz = won / decided, Z * Z
    middle = p + zz / (2 * decided)
    spread = Z * sqrt(p * (1 - p) / decided + zz / (4 * decided * decided))
    below = 1 + zz / decided
    return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)


def count_rate(rows: Iterable[Judged]) -> Rate:
    """Awarded among decided, by number of lot bids."""
    decided = [r for r in rows if r.result in DECIDED]
    won = sum(1 for r in decided if r.result in WON)
    low, high = wilson(won, len(decided))
    return Rate(won, len(decided), won / len(decided) if decided else None, low, high)


def value_rate(rows: Iterable[Judged]) -> float | None:
    """Our amounts awarded among our amounts decided; None when no amount is known."""
    decided = [(r.result, r.amount) for r in rows if r.result in DECIDED and r.amount]
    return _ratio((amount, result in WON) for result, amount in decided)


def share_rate(rows: Iterable[Judged], company_id: UUID) -> float | None:
    """A member's own share of the amounts awarded among its share of those decided."""
    parts = (
        (r.amount * r.members[company_id], r.result in WON)
        for r in rows
        if r.result in DECIDED and r.amount and company_id in r.members
    )
    return _ratio(parts)


def _ratio(parts: Iterable[tuple[Decimal, bool]]) -> float | None:
    held = list(parts)
    total = sum((amount for amount, _ in held), Decimal(0))
    won = sum((amount for amount, was_won in held if was_won), Decimal(0))
    return float(won / total) if total else None


def apart(rows: Iterable[Judged]) -> dict[LotBidState, int]:
    """Count what is never in the rate."""
    counts = dict.fromkeys((S.SUBMITTED, S.RUNNER_UP, S.NO_AWARD), 0)
    for row in rows:
        if row.result in APART:
            counts[row.result] += 1
    return {state: count for state, count in counts.items() if count}


def pipeline(rows: Iterable[Judged], rate: Rate) -> Decimal:
    """Weigh what is pending by a smoothed rate (one win and one loss added)."""
    smoothed = Decimal(rate.won + 1) / Decimal(rate.decided + 2)
    pending = (r.amount for r in rows if r.result is S.SUBMITTED and r.amount)
    return (sum(pending, Decimal(0)) * smoothed).quantize(Decimal(1))


def differ(rates: Sequence[Rate]) -> bool:
    """Tell whether two rates stand apart: their intervals do not touch."""
    sure = [r for r in rates if not r.few]
    return any(a.high < b.low for a in sure for b in sure)


def band(amount: Decimal | None) -> str:
    """Give the size band of a lot bid."""
    if amount is None:
        return "?"
    for limit, name in ((40_000, "< 40 k€"), (90_000, "40 à 90 k€"), (221_000, "90 à 221 k€")):
        if amount < limit:
            return name
    return "≥ 221 k€"


def require_sound(
    result: LotBidState, decided_on: date, amounts: Mapping[str, Decimal | None], *, today: date
) -> None:
    """An outcome is one of six, not in the future, its amounts (by field) not negative nor wild."""
    if result not in RECORDABLE:
        raise Invalid("Choisissez un résultat.", field="result")
    if decided_on > today:
        raise Invalid("La date de décision ne peut pas être dans le futur.", field="decided_on")
    for name, amount in amounts.items():
        if amount is not None and not amount.is_finite():
            raise Invalid("Écrivez un montant en chiffres, par exemple 12 500,00.", field=name)
        if amount is not None and amount < 0:
            raise Invalid("Un montant ne peut pas être négatif.", field=name)
        if amount is not None and amount >= LARGEST:
            raise Invalid("Ce montant est trop grand. Vérifiez les zéros.", field=name)


def require_answered(state: LotBidState) -> None:
    """A lot that was not deposited has no result."""
    if state not in ANSWERED:
        raise Invalid("Ce lot n’était pas dans le dépôt : il n’a pas de résultat.", field="result")
