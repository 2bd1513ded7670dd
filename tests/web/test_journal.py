"""The journal says what was done in words, never in codes."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tender.core.orm import uuid7
from tender.history.models import AuditEntry
from tender.web import journal

SOURCES = Path(__file__).parents[2] / "tender"
RECORDED = re.compile(r'record\([^"]*?"((?:bids|claims|sections|assembly|submissions)\.[a-z_]+)"')


def entry(action: str, **details: Any) -> AuditEntry:
    return AuditEntry(
        action=action, actor_name="Salomé Ridel", at=datetime(2026, 12, 1, tzinfo=UTC),
        chain_id=uuid7(), seq=1, actor_id=None, object_id=None, bid_id=None, details=details,
        previous="", hash="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("action", "details", "said"),
    [
        ("sections.written", {"number": "12", "title": "Équipe", "file": "r.docx", "version": 1},
         "12 Équipe, r.docx, version 1"),
        ("claims.claimed", {"company": "Nette Rive", "lot": "2", "role": "lead"},
         "Nette Rive, Mandataire, lot 2"),
        ("bids.moved", {"before": "drafting", "after": "forming", "reason": "un lot de plus"},
         "Montage, « un lot de plus »"),
        ("assembly.asked", {"number": 3, "kind": "trial", "manifest": "0f"}, "Essai, n° 3"),
        ("outcomes.recorded", {"lot": "1", "decision": "awarded"}, "Gagné, lot 1"),
        ("submissions.deposited", {"number": "AR-7", "file": "pli.zip"}, "AR-7, pli.zip"),
    ],
)  # fmt: skip
def test_details_are_said_in_words(
    app: Flask, action: str, details: dict[str, Any], said: str
) -> None:
    with app.test_request_context("/?lang=fr"):
        assert journal.line(entry(action, **details))["detail"] == said


def test_every_action_of_a_room_has_its_words() -> None:
    written = "\n".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py"))
    named = set(RECORDED.findall(written))
    assert len(named) > 10
    assert named <= set(journal.ACTIONS)
