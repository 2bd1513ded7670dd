"""What may go wrong with a source, and how long to be patient with it."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tender.core.orm import Json
from tender.core.text import Text

T = TypeVar("T")
TRIES = 3
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 8.0  # a worker waits no longer than this: the row's due time does


class Trouble(Exception):
    """A source did not give what it should; the sentence is fit for the status page.

    `again` tells whether asking at once may help, `after` how many seconds the source wants to be
    left alone, `status` its HTTP answer if there was one, `restart` where to begin anew.
    """

    def __init__(
        self, message: str, /, *, again: bool = True, after: float | None = None,
        status: int = 0, restart: Json | None = None, **params: object,
    ) -> None:  # fmt: skip
        self.text = Text(message, **(params | ({"status": status} if status else {})))
        self.again, self.after, self.status, self.restart = again, after, status, restart
        super().__init__(str(self.text))

    @classmethod
    def saying(cls, text: Text) -> "Trouble":
        """Make a trouble of a sentence that is there already."""
        return cls("{text}", text=text)


@dataclass(frozen=True, slots=True)
class Patience:
    """Asking again after a pause that doubles, never at the same instant as other clients."""

    wait: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.SystemRandom().random

    def __call__(self, work: Callable[[], T]) -> T:
        """Give what `work` gives in at most TRIES tries; else its last Trouble."""
        for attempt in range(TRIES - 1):
            try:
                return work()
            except Trouble as trouble:
                pause = trouble.after or FIRST_PAUSE * 2**attempt * (0.5 + self.chance())
                if not trouble.again or pause > LONGEST_PAUSE:
                    raise
                self.wait(pause)
        return work()
