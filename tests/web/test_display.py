"""What a reader sees: deadlines, amounts, states in both languages; pages without inline code."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from markupsafe import Markup

from tender.assembly.rules import RunKind, RunState, Step
from tender.bids.rules import LotBidState, Stage
from tender.claims.rules import ClaimRole, ClaimState
from tender.contributions.rules import SectionState
from tender.web import display, vocabulary

TEMPLATES = Path(__file__).parents[2] / "templates"

DEADLINE = datetime(2026, 12, 14, 11, 0, tzinfo=UTC)
S = "\u00a0"


@pytest.fixture
def english() -> Iterator[None]:
    app = Flask("words")
    Babel(app)
    with app.app_context(), force_locale("en"):
        yield


@pytest.mark.parametrize(
    ("left", "text", "level"),
    [
        (timedelta(days=21, hours=23), "21 j", ""),
        (timedelta(days=14, seconds=1), "14 j", ""),
        (timedelta(days=14), "14 j 0 h", "soon"),
        (timedelta(days=11, hours=2, minutes=59), "11 j 2 h", "soon"),
        (timedelta(hours=72, seconds=1), "3 j 0 h", "soon"),
        (timedelta(hours=72), "3 j 0 h", "near"),
        (timedelta(days=2, hours=21, minutes=59), "2 j 21 h", "near"),
        (timedelta(hours=24, seconds=1), "1 j 0 h", "near"),
        (timedelta(hours=24), "24 h 0 min", "last"),
        (timedelta(hours=5, minutes=12, seconds=59), "5 h 12 min", "last"),
        (timedelta(seconds=59), "0 h 0 min", "last"),
        (timedelta(0), "Close", "past"),
        (timedelta(days=-3), "Close", "past"),
    ],
)
def test_a_countdown_is_rounded_down_and_turns_at_its_thresholds(
    left: timedelta, text: str, level: str
) -> None:
    assert display.countdown(DEADLINE - left, DEADLINE) == (text.replace(" ", S), level)


def test_a_countdown_crosses_the_change_of_hour_in_real_hours() -> None:
    before = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)  # 12:00 in Paris, summer time
    after = datetime(2026, 10, 25, 11, 0, tzinfo=UTC)  # 12:00 in Paris, winter time
    assert display.countdown(before, after) == (f"1{S}j{S}1{S}h", "near")


def test_a_countdown_says_minutes_where_there_is_room_and_stops_when_deposited() -> None:
    now = DEADLINE - timedelta(days=11, hours=2, minutes=18)
    assert display.countdown(now, DEADLINE, fine=True)[0].replace(S, " ") == "11 j 2 h 18 min"
    assert display.countdown(now, DEADLINE, done=True) == ("Déposée", "done")


def test_a_deadline_is_read_in_paris_time_in_french() -> None:
    assert display.deadline_long(DEADLINE).replace(S, " ") == (
        "lundi 14 décembre 2026 à 12 h 00 (heure de Paris)"
    )
    assert display.deadline_short(DEADLINE).replace(S, " ") == "lun. 14 déc., 12 h 00"
    first = datetime(2026, 12, 1, 8, 5, tzinfo=UTC)
    assert display.date_long(first) == "mardi 1er décembre 2026"
    assert display.clock_time(first).replace(S, " ") == "9 h 05"


@pytest.mark.usefixtures("english")
def test_the_same_values_are_read_in_english() -> None:
    assert display.deadline_long(DEADLINE) == "Monday 14 December 2026 at 12:00 (Paris time)"
    assert display.countdown(DEADLINE - timedelta(days=2), DEADLINE)[0].replace(S, " ") == "2 d 0 h"
    assert display.countdown(DEADLINE, DEADLINE) == ("Closed", "past")
    assert display.money(Decimal(2480000)) == "€2,480,000"
    assert display.money_short(Decimal(10300000)) == "€10.3M"
    assert display.percent(0.375, 1) == "37.5%"
    assert display.filesize(1_240_000).replace(S, " ") == "1.2 MB"
    assert display.ago(DEADLINE - timedelta(days=1), DEADLINE) == "yesterday, 12:00"


@pytest.mark.parametrize(
    ("amount", "full", "short"),
    [
        (Decimal(2480000), "2 480 000 €", "2,5 M€"),
        (Decimal(741200), "741 200 €", "741 k€"),
        (Decimal(999600), "999 600 €", "1 M€"),
        (Decimal("96000.50"), "96 000,50 €", "96 k€"),
        (Decimal(0), "0 €", "0 €"),
        (None, "–", "–"),
    ],
)
def test_amounts_keep_their_thousands_apart(amount: Decimal | None, full: str, short: str) -> None:
    assert display.money(amount).replace(S, " ") == full
    assert display.money_short(amount).replace(S, " ") == short


def test_rates_and_their_intervals_use_the_comma() -> None:
    assert display.percent(0.375, 1) == f"37,5{S}%"
    assert display.percent(None) == "–"
    assert display.share(Decimal("60.00")) == f"60{S}%"
    assert display.interval(0.137, 0.694, 1).replace(S, " ") == "13,7 – 69,4 %"


def test_sizes_and_fingerprints_are_shortened() -> None:
    assert display.filesize(812).replace(S, " ") == "812 o"
    assert display.filesize(38_400_000).replace(S, " ") == "38,4 Mo"
    assert display.short_hash("a" * 30 + "b" * 34) == "aaaaaaaa…bbbbbbbb"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (timedelta(seconds=20), "à l’instant"),
        (timedelta(minutes=5), "il y a 5 min"),
        (timedelta(hours=3), "aujourd’hui, 9 h 00"),
        (timedelta(days=1), "hier, 12 h 00"),
        (timedelta(days=13), "1er déc., 12 h 00"),
        (timedelta(days=365), "14 déc. 2025, 12 h 00"),
    ],
)
def test_a_moment_is_told_from_now(before: timedelta, text: str) -> None:
    assert display.ago(DEADLINE - before, DEADLINE).replace(S, " ") == text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Prêt ?", f"Prêt{S}?"),
        ("« Lot 4 » : 60 %", f"«{S}Lot{S}4{S}»{S}: 60{S}%"),
        ("art. L. 2113-13", f"art.{S}L.{S}2113-13"),
        ("2 480 000 €", f"2{S}480{S}000{S}€"),
        ("à 12 h 00", f"à 12{S}h{S}00"),
        ("n° 7", f"n°{S}7"),
        ("https://exemple.fr:8000/a", "https://exemple.fr:8000/a"),
    ],
)
def test_french_typography_gets_its_no_break_spaces(typed: str, shown: str) -> None:
    assert display.typo_fr(typed) == shown


def test_typography_neither_escapes_nor_trusts_text() -> None:
    assert isinstance(display.typo_fr(Markup("<b>Prêt ?</b>")), Markup)
    assert not isinstance(display.typo_fr("<b>Prêt ?</b>"), Markup)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Salomé R.", "SR"), ("Courtil & Cie", "CC"), ("Ateliers du Galibot", "AG"), ("Béta", "BÉ")],
)
def test_a_name_gives_two_letters(name: str, letters: str) -> None:
    assert display.initials(name) == letters


def test_every_word_has_a_label_and_an_icon() -> None:
    for kind, words in vocabulary.WORDS.items():
        for code, word in words.items():
            assert word.label, (kind, code)
            assert word.icon, (kind, code)


def test_an_unknown_code_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        vocabulary.word("stage", "nowhere")


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("stage", Stage),
        ("outcome", LotBidState),
        ("claim", ClaimState),
        ("role", ClaimRole),
        ("section", SectionState),
        ("run", RunState),
        ("run_kind", RunKind),
        ("step_name", Step),
    ],
)
def test_every_state_of_the_rules_has_its_word(kind: str, codes: type[StrEnum]) -> None:
    assert {code.value for code in codes} <= set(vocabulary.WORDS[kind])


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_has_no_inline_code_and_says_what_it_needs(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=[\"']|javascript:|<script>|<style", source)
    assert source.startswith("{#")


def test_every_icon_named_in_a_template_or_a_word_exists() -> None:
    sprite = (TEMPLATES.parent / "static/vendor/icons/bootstrap-icons.svg").read_text("utf-8")
    drawn = set(re.findall(r'id="([\w-]+)"', sprite))
    sources = "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r'icon\("([\w-]+)"', sources))
    named |= {word.icon for words in vocabulary.WORDS.values() for word in words.values()}
    assert named <= drawn
