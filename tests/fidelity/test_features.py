"""Each kept feature of each producer, alone, under both policies."""

import pytest

from tender.documents.engine.options import Policy
from tests.fidelity.composing import POLICIES, Way, complaints, composed
from tests.fidelity.producers.catalogue import EACH, HERE


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", EACH)
def test_a_document_is_kept_whole(name: str, policy: Policy) -> None:
    assert complaints([name], Way(policy)) == []


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", EACH)
def test_a_document_is_kept_whole_twice_under_titles(name: str, policy: Policy) -> None:
    assert complaints([name, name], Way(policy, titled=True)) == []


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("revisions", ["accept", "reject"])
@pytest.mark.parametrize(
    "name", ["word changes", "word cell changes", "word comments", "word hidden"]
)
def test_what_stands_in_the_margins_is_settled_as_asked(
    name: str, revisions: str, policy: Policy
) -> None:
    way = Way(policy, revisions=revisions, comments="drop", hidden="drop")
    assert complaints([name], way) == []


@pytest.mark.parametrize("name", HERE)
def test_equal_inputs_give_equal_bytes(name: str) -> None:
    assert composed([name], Way()).data == composed([name], Way()).data
