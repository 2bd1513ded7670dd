"""What a rule found: one sentence for a person, its article, and what to do."""

from dataclasses import dataclass
from enum import StrEnum

from tender.core.text import Text


class Severity(StrEnum):
    """A block stops unless the coordinator overrides it with a written reason."""

    BLOCK = "block"
    WARN = "warn"
    INFORM = "inform"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer; `rule` is its number in domain.md, `repair` the page that mends it."""

    rule: str
    severity: Severity
    text: Text
    article: str = ""
    remedy: Text | None = None
    lot_number: str | None = None
    repair: str = ""


def blocking(findings: list[Finding]) -> list[Finding]:
    """Keep those that stop."""
    return [f for f in findings if f.severity is Severity.BLOCK]
