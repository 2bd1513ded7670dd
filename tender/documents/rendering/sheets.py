"""What goes into an engine, what comes out, and how long it may take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tender.documents.errors import Cancelled


@dataclass(frozen=True)
class Sheets:
    """A PDF, how many pages it has, and the page (from 1) of each bookmark of the document."""

    pdf: bytes
    count: int
    page_of: Mapping[str, int]


@dataclass(frozen=True)
class Copy:
    """The private copy that an engine gets, and the names of its bookmarks."""

    data: bytes
    bookmarks: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Patience:
    """The longest wait for one document (None: by its size), and who may call it off."""

    seconds: float | None = None
    cancelled: Callable[[], bool] | None = None

    def over(self, copy: Copy) -> float:
        """How long this document may take."""
        return copy.seconds if self.seconds is None else self.seconds

    def check(self) -> None:
        """Raise Cancelled if the caller no longer wants it; asked several times a second."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled
