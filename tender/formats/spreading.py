"""What a notice says once for all of its lots, put in each of them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tender.formats.notice import Lot
from tender.formats.unreadable import Unreadable

MAX_LOTS = 2_000
MAX_CRITERIA = 20_000


def require_few(count: int) -> None:
    """Three times the lots of the largest notice ever seen, and no more."""
    if count > MAX_LOTS:
        raise Unreadable("L’avis compte plus de {limit} lots.", limit=MAX_LOTS)


def counted(lots: Iterable[Lot]) -> Iterator[Lot]:
    """The lots one by one, and no further than the most that a notice can have."""
    criteria = 0
    for count, lot in enumerate(lots, start=1):
        criteria += len(lot.criteria)
        require_few(count)
        if criteria > MAX_CRITERIA:
            raise Unreadable("L’avis compte plus de {limit} critères.", limit=MAX_CRITERIA)
        yield lot


def spread(lots: Iterable[Lot], whole: Lot, *, call: bool) -> tuple[Lot, ...]:
    """The lots with what the notice says once for all of them.

    A call without lots is one lot of its own, as in eForms: else its deadline had no place.
    """
    found = tuple(_completed(lot, whole) for lot in counted(lots))
    return found or ((whole,) if call or whole.deadline else ())


def _completed(lot: Lot, whole: Lot) -> Lot:
    return replace(
        lot,
        deadline=lot.deadline or whole.deadline,
        questions_deadline=lot.questions_deadline or whole.questions_deadline,
        opening=lot.opening or whole.opening,
        criteria=lot.criteria or whole.criteria,
        duration=lot.duration or whole.duration,
        reserved=lot.reserved or whole.reserved,
        variants=lot.variants or whole.variants,
        languages=lot.languages or whole.languages,
        documents_urls=lot.documents_urls or whole.documents_urls,
        submission_url=lot.submission_url or whole.submission_url,
    )
