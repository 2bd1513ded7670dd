"""What makes a good password, a valid address, a fresh code: pure judgements."""

import hmac
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

import pyotp
from email_validator import EmailNotValidError, validate_email

from tender.accounts.common import COMMON_WORDS
from tender.core.errors import Invalid

SHORTEST, LONGEST = 12, 128
FEWEST_SIGNS = 5
LOOKALIKES = str.maketrans("013457@$!", "oleasta" + "si")
CODE = re.compile(r"[0-9]{6}")


def prepared(password: str) -> str:
    """Give the one form in which a password is judged and hashed, whatever keyboard typed it."""
    return unicodedata.normalize("NFKC", password)


def require_good_password(password: str, *, about: Iterable[str] = ()) -> None:
    """Refuse what is short, endless or among the first guesses; `about` are the person's words."""
    typed = prepared(password)
    if len(typed) < SHORTEST:
        raise Invalid(
            "Ce mot de passe est trop court : {least} caractères au moins. "
            "Une phrase de quatre mots convient bien.",
            field="password",
            least=SHORTEST,
        )
    if len(typed) > LONGEST:
        raise Invalid(
            "Ce mot de passe est trop long : {most} caractères au plus.",
            field="password",
            most=LONGEST,
        )
    if _easily_guessed(typed, {_letters(word) for word in about}):
        raise Invalid(
            "Ce mot de passe serait vite deviné : il repose sur un mot courant, une suite ou "
            "votre nom. Choisissez par exemple quatre mots sans lien entre eux.",
            field="password",
        )


def _easily_guessed(typed: str, about: set[str]) -> bool:
    if len(set(typed.casefold())) < FEWEST_SIGNS:
        return True
    return any(_mere(core, about) for core in (_letters(typed), _letters(typed, lookalikes=True)))


def _mere(core: str, about: set[str]) -> bool:
    """Tell whether little is left once one common word, or the person's own, is taken out."""
    own = _without(core, about)
    return len(own) < 4 or any(
        len(own.replace(word, "")) < 4 for word in COMMON_WORDS if word in own
    )


def _without(core: str, words: set[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 2:
            core = core.replace(word, "")
    return core


def _letters(text: str, *, lookalikes: bool = False) -> str:
    """Keep the bare letters of any script; "P@ssw0rd" is "password" to a guesser."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = folded.translate(LOOKALIKES) if lookalikes else folded
    return "".join(sign for sign in plain if sign.isalpha())


def email_of(typed: str) -> str:
    """Give an address in the form it is kept in; raise Invalid with what is wrong."""
    try:
        found = validate_email(typed.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Invalid(
            "« {email} » n’est pas une adresse électronique : il faut la forme nom@domaine.fr.",
            field="email",
            email=typed.strip()[:80],
        ) from error
    return found.normalized.lower()


def name_of(typed: str) -> str:
    """Give a person's name on one line; raise Invalid if it is empty or endless."""
    name = " ".join(typed.split())
    if not 2 <= len(name) <= 120 or not name.isprintable():
        raise Invalid("Indiquez le prénom et le nom, en 120 caractères au plus.", field="name")
    return name


def about(email: str, name: str) -> list[str]:
    """List the words of a person that a guesser would try."""
    return re.split(r"[\W_]+", f"{email.partition('@')[0]} {name}")


def matching_step(secret: str, typed: str, *, now: datetime, after: int) -> int | None:
    """Find the time step that a code belongs to: this one or a neighbour, never one used before."""
    code = "".join(typed.split())
    if not CODE.fullmatch(code):
        return None
    present, made = int(now.timestamp()) // 30, pyotp.TOTP(secret)
    for step in (present, present - 1, present + 1):
        if step > after and hmac.compare_digest(made.generate_otp(step), code):
            return step
    return None
