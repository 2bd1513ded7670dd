"""The choices of an assembly."""

from dataclasses import dataclass
from typing import Literal

Policy = Literal["house", "source", "map"]
"""The house's look; the author's own; the house's by a table of styles that the lead edits."""


@dataclass(frozen=True)
class Options:
    """What becomes of the authors' looks, comments, tracked changes, hidden text and pictures.

    `all_or_nothing` raises for a part that cannot be inserted, instead of a page in its place;
    `image_dpi` brings pictures down to so many dots per inch where they show; `dividers` gives each
    lot a page before its first section.
    """

    policy: Policy = "house"
    comments: Literal["keep", "drop"] = "keep"
    revisions: Literal["keep", "accept", "reject"] = "keep"
    hidden: Literal["keep", "drop"] = "keep"
    draft: bool = False
    all_or_nothing: bool = False
    image_dpi: int | None = None
    dividers: bool = False
