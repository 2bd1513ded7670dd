"""States of a run, its steps, the choices it is made by, the form of its manifest."""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from types import MappingProxyType

from tender.core.errors import Invalid


class RunState(StrEnum):
    """The life of a run."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


_R = RunState
MOVES: Mapping[RunState, Set[RunState]] = MappingProxyType(
    {
        _R.QUEUED: {_R.RUNNING, _R.CANCELLED, _R.FAILED},
        _R.RUNNING: {_R.RUNNING, _R.SUCCEEDED, _R.FAILED, _R.CANCELLED},
        _R.SUCCEEDED: frozenset(),
        _R.FAILED: frozenset(),
        _R.CANCELLED: frozenset(),
    }
)
OVER = (_R.SUCCEEDED, _R.FAILED, _R.CANCELLED)


class RunKind(StrEnum):
    """A trial carries a watermark and is possible at any time; a final run needs no blocker."""

    TRIAL = "trial"
    FINAL = "final"


class Step(StrEnum):
    """The seven steps that a person sees, in order."""

    COLLECT = "collect"
    COVER = "cover"
    SECTIONS = "sections"
    CONTENTS = "contents"
    RENDER = "render"
    CHECK = "check"
    STORE = "store"


COMMENTS = HIDDEN = ("drop", "keep")
REVISIONS = ("accept", "reject", "keep")
DOTS = (None, 220, 150)


@dataclass(frozen=True, slots=True)
class Choices:
    """What becomes of traces of work and of pictures in one run, in the engine's own words."""

    comments: str = "drop"
    revisions: str = "accept"
    hidden: str = "drop"
    all_or_nothing: bool = False
    image_dpi: int | None = None
    dividers: bool = False

    def of_kind(self, kind: RunKind) -> "Choices":
        """Say what holds for a run: what is filed keeps no trace of work, whatever was chosen."""
        if kind is RunKind.TRIAL:
            return self
        revisions = "accept" if self.revisions == "keep" else self.revisions
        return replace(self, comments="drop", hidden="drop", revisions=revisions)

    def as_settings(self) -> dict[str, object]:
        """Give them as the manifest keeps them."""
        return asdict(self)


def require_known(choices: Choices) -> None:
    """A choice is one of those that the engine has."""
    known = (
        choices.comments in COMMENTS
        and choices.revisions in REVISIONS
        and choices.hidden in HIDDEN
        and choices.image_dpi in DOTS
    )
    if not known:
        raise Invalid("Ce choix n’existe pas. Rechargez la page, puis recommencez.")


def choices_of(settings: object) -> Choices:
    """Read the choices back out of a run's settings, whatever an older run knew of them."""
    known = settings if isinstance(settings, Mapping) else {}
    names = {field.name for field in fields(Choices)}
    return Choices(**{name: value for name, value in known.items() if name in names})


def as_filed(settings: object) -> bool:
    """Tell whether a run with these settings is as long as the final document."""
    choices = choices_of(settings)
    return choices.revisions != "keep" and choices.hidden == "drop"


def fingerprint(manifest: Mapping[str, object]) -> str:
    """Give the SHA-256 (hexadecimal) of a manifest in canonical JSON."""
    canonical = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
