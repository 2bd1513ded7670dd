"""What the engine says when it refuses or changes something: French templates with values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


def N_(text: str) -> str:  # noqa: N802 - the mark that message extraction knows
    """Mark a text for translation; it is translated at the edge."""
    return text


class Severity(StrEnum):
    """How much a finding weighs."""

    REFUSE = "refuse"
    CLEAN = "clean"
    WARN = "warn"


class Refused(ValueError):
    """The file is not taken: `message` is a French template with a remedy, `params` its values."""

    def __init__(self, message: str, *, code: str = "refused", **params: object) -> None:
        super().__init__(message, code, params)
        self.message = message
        self.code = code
        self.params: dict[str, object] = params

    def __str__(self) -> str:
        return self.message.format(**self.params)

    def __reduce__(self) -> tuple[object, ...]:
        return _refused, (self.message, self.code, self.params)


def _refused(message: str, code: str, params: Mapping[str, object]) -> Refused:
    return Refused(message, code=code, **params)


class Cancelled(Exception):
    """The caller asked to stop; nothing was produced."""


@dataclass(frozen=True)
class Finding:
    """One thing the author should know: what, how bad, where in words (all French templates)."""

    code: str
    severity: Severity
    message: str
    place: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.params)

    @property
    def where(self) -> str:
        """The place, in French."""
        return self.place.format(**self.params)

    def as_json(self) -> dict[str, object]:
        """The finding as plain values, with its text formatted in French."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "params": dict(self.params),
            "place": self.place,
            "where": self.where,
            "text": str(self),
        }
