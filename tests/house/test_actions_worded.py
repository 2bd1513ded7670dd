"""Whatever a capability writes into the history of a room, the journal says in words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tender.bids.alarms import LETTERS
from tender.claims.rules import ClaimState
from tender.web.journal import ACTIONS

TENDER = Path(__file__).parents[2] / "tender"
ROOMS = ("bids", "claims", "contributions", "assembly", "submissions", "outcomes")
ACTION = re.compile(r"(?:bids|claims|sections|assembly|submissions|outcomes)\.[a-z_]+")
BUILT = {f"bids.{letter}" for letter in LETTERS.values()} | {
    f"claims.{state.value}" for state in (ClaimState.RELEASED, ClaimState.DECLINED)
}
"""Those that the code puts together from a state or a kind."""


def recorded() -> Iterator[str]:
    for folder in (*ROOMS, "web"):
        for file in (TENDER / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _records(node.func):
                    yield from filter(ACTION.fullmatch, map(_text, node.args))


def _records(function: ast.expr) -> bool:
    name = getattr(function, "id", getattr(function, "attr", ""))
    return name.lstrip("_") in {"record", "note", "over"}


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_every_action_that_is_recorded_has_words_and_no_words_lie_idle() -> None:
    assert set(recorded()) | BUILT == set(ACTIONS)
