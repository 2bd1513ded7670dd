"""Documents beside each other: every order of two, groups of twelve, all at once."""

from itertools import pairwise

import pytest

from tender.documents.engine.options import Policy
from tests.fidelity.composing import POLICIES, Way, complaints
from tests.fidelity.producers.catalogue import HERE, MEETING, NPM, OFFICE, ONE_OF_EACH


def all_orders_of_two(names: list[str]) -> list[list[str]]:
    """Rows in which every ordered pair stands side by side once: a round of steps, cut in pieces.

    With n names and step k, the row name, name + k, name + 2k… holds each pair (i, i + k) of its
    ring; the last of a ring meets the first again.
    """
    rows = []
    count = len(names)
    for step in range(1, count):
        left = set(range(count))
        while left:
            start = at = min(left)
            row = [names[at]]
            while at in left:
                left.discard(at)
                at = (at + step) % count
                row.append(names[at])
            assert at == start
            rows.append(row)
    return rows


def test_the_rows_hold_every_order_of_two() -> None:
    names = list("abcdef")
    rows = all_orders_of_two(names)
    beside = [pair for row in rows for pair in pairwise(row)]
    assert sorted(beside) == sorted((a, b) for a in names for b in names if a != b)


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("share", range(4))
def test_every_order_of_two_is_kept_whole(share: int, policy: Policy) -> None:
    names = ONE_OF_EACH if policy == "house" else MEETING
    for row in all_orders_of_two(names)[share::4]:
        assert complaints(row, Way(policy)) == []


@pytest.mark.parametrize("titled", [False, True])
@pytest.mark.parametrize("policy", POLICIES)
def test_groups_of_twelve_are_kept_whole(policy: Policy, titled: bool) -> None:
    names = [*HERE, *HERE]
    for start in range(0, len(HERE), 6):
        group = names[start : start + 12]
        assert complaints(group, Way(policy, titled=titled)) == [], group


@pytest.mark.office
@pytest.mark.parametrize("policy", POLICIES)
def test_all_documents_together_are_kept_whole(policy: Policy) -> None:
    assert complaints([*HERE, *NPM, *OFFICE], Way(policy, titled=True)) == []
