"""States of a run, its steps, the form of its manifest."""

import hashlib
import json
from collections.abc import Mapping, Set
from enum import StrEnum
from types import MappingProxyType


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


def fingerprint(manifest: Mapping[str, object]) -> str:
    """Give the SHA-256 (hexadecimal) of a manifest in canonical JSON."""
    canonical = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
