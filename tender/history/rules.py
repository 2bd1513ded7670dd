"""How entries hang together, and how a break is found."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Link:
    """What the hash of an entry covers."""

    chain_id: UUID
    seq: int
    at: datetime
    actor_id: UUID | None
    actor_name: str
    action: str
    object_id: UUID | None
    details: dict[str, object]
    previous: str


def chained(link: Link) -> str:
    """Give the SHA-256 (hexadecimal) of an entry with its predecessor's hash in it."""
    body = [
        str(link.chain_id), link.seq, link.at.astimezone(UTC).isoformat(), str(link.actor_id or ""),
        link.actor_name, link.action, str(link.object_id or ""), link.details, link.previous,
    ]  # fmt: skip
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_break(
    entries: Iterable[tuple[Link, str]], *, head_seq: int, head_hash: str
) -> int | None:
    """Find where a chain, given in order, was edited, cut or reordered: the seq, or None."""
    seq, previous = 0, ""
    for link, stored in entries:
        if link.seq != seq + 1 or link.previous != previous or chained(link) != stored:
            return seq + 1
        seq, previous = link.seq, stored
    return None if (seq, previous) == (head_seq, head_hash) else seq + 1
