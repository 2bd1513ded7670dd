"""The fields of a notice that its form fills."""

from typing import TypedDict

from tender.formats.notice import Buyer, Change, Lot, Money, Texts


class Said(TypedDict, total=False):
    """The fields of a notice that its form fills."""

    dispatched_at: str | None
    change: Change | None
    previous: tuple[str, ...]
    buyers: tuple[Buyer, ...]
    title: Texts | None
    description: Texts | None
    nature: str | None
    procedure_type: str | None
    cpv: str | None
    additional_cpv: tuple[str, ...]
    estimated_value: Money | None
    max_lots_submit: int | None
    max_lots_award: int | None
    divided: bool | None
    lots: tuple[Lot, ...]
