"""What makes a good password, a valid address, a fresh code."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tender.accounts import rules
from tender.core.errors import Invalid

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "password",
    [
        "soleil cheval agrafe montagne",
        "Le rideau mange 3 tuiles",
        "xK9#vTq2Lm!w",
        "пароль из кирилл",
        "a" + "bcXY42 zéro " * 10,
    ],
)
def test_a_long_unlikely_password_is_taken(password: str) -> None:
    rules.require_good_password(password, about=["salome", "ridel"])


@pytest.mark.parametrize(
    "password",
    [
        "", "court", "onze-signes",
        "motdepasse123", "M0tDeP@sse2026!", "azertyuiop12", "aaaaaaaaaaaaaa",
        "121212121212", "Bonjour2026!!", "salome.ridel1", "RidelSalome2026", "passwordpassword",
        "x" * 129, "Novembre2026!",
    ],
)  # fmt: skip
def test_a_short_endless_or_likely_password_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        rules.require_good_password(
            password, about=rules.about("salome.ridel@x.fr", "Salomé Ridel")
        )
    assert refusal.value.field == "password"


def test_one_password_typed_on_two_keyboards_is_one_password() -> None:
    assert rules.prepared("forêt") == rules.prepared("fore\u0302t")


@pytest.mark.parametrize("typed", ["", "x", "a@b", "a b@exemple.fr", "a@exemple.fr\r\nBcc: x@y.fr"])
def test_what_is_no_address_is_refused_by_name(typed: str) -> None:
    with pytest.raises(Invalid):
        rules.email_of(typed)


def test_an_address_is_kept_in_lower_case() -> None:
    assert rules.email_of("  Salome.Ridel@Exemple.FR ") == "salome.ridel@exemple.fr"


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_code_of_this_step_or_a_neighbour_is_right(seconds: int) -> None:
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(NOW + timedelta(seconds=seconds))
    assert rules.matching_step(secret, code, now=NOW, after=0) is not None


def test_a_code_serves_once() -> None:
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(NOW)
    step = rules.matching_step(secret, code, now=NOW, after=0)
    assert step is not None
    assert rules.matching_step(secret, code, now=NOW, after=step) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_is_no_code_is_wrong(typed: str) -> None:
    assert rules.matching_step(pyotp.random_base32(), typed, now=NOW, after=0) is None
