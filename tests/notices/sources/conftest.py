"""A portal for each test."""

from collections.abc import Iterator

import pytest

from tests.notices.sources.portal import Portal, open_portal


@pytest.fixture
def portal() -> Iterator[Portal]:
    with open_portal() as there:
        yield there
