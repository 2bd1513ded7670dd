"""The choices of an assembly."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Options:
    """What becomes of the authors' looks, comments, tracked changes and hidden text."""

    policy: Literal["house", "source"] = "house"
    comments: Literal["keep", "drop"] = "keep"
    revisions: Literal["keep", "accept", "reject"] = "keep"
    hidden: Literal["keep", "drop"] = "keep"
    draft: bool = False
