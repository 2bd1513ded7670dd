"""A scene for each test."""

import pytest
from sqlalchemy.orm import Session

from tests.contributions.scene import Scene, make_scene


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session)
