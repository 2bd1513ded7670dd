"""Whoever reads a setting says in docs/operations.md what it means."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = (ROOT / "docs" / "operations.md").read_text("utf-8")
SETTING = re.compile(r"(TENDER|S3|SMTP|DATABASE|BROKER)_[A-Z0-9_]+|PORT|HOST|CI")
READERS = ("config.py", "embedded", "tender", "workers", "migrations")


def _sources(name: str) -> list[Path]:
    path = ROOT / name
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _settings_in(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = SETTING.fullmatch(node.value)
            if found:
                yield found[0]


def test_the_settings_are_found_where_they_are_read() -> None:
    assert {"DATABASE_URL", "S3_BUCKET", "TENDER_RENDERER"} <= set(_settings_in(ROOT / "config.py"))


@pytest.mark.parametrize("reader", READERS)
def test_every_setting_that_is_read_has_its_line_in_the_operations_manual(reader: str) -> None:
    read = {name for source in _sources(reader) for name in _settings_in(source)}
    missing = {name for name in read if f"| `{name}` |" not in DOCUMENT}
    assert not missing
