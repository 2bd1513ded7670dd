"""Any documents in any order, put together in any way."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fidelity.composing import POLICIES, Way, complaints, composed
from tests.fidelity.producers.catalogue import HERE

WAYS = st.builds(
    Way,
    policy=st.sampled_from(POLICIES),
    revisions=st.sampled_from(["keep", "accept", "reject"]),
    comments=st.sampled_from(["keep", "drop"]),
    hidden=st.sampled_from(["keep", "drop"]),
    titled=st.booleans(),
    mixed=st.booleans(),
)
GROUPS = st.lists(st.sampled_from(list(HERE)), min_size=1, max_size=8)
QUIETLY = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@QUIETLY
@given(names=GROUPS, way=WAYS)
def test_any_group_is_kept_whole_in_any_way(names: list[str], way: Way) -> None:
    assert complaints(names, way) == []
    assert composed(names, way).data == composed(names, way).data
