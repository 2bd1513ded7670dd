"""Speaking to a terminal: French, or English where the environment asks for it."""

import os
from functools import cache
from pathlib import Path
from typing import NoReturn

import click
from babel.support import NullTranslations, Translations

from tender.core.errors import Refusal
from tender.core.text import Text

TRANSLATIONS = Path(__file__).parent.parent.parent / "translations"


@cache
def _catalogue() -> NullTranslations:
    spoken = os.environ.get("TENDER_LANG") or os.environ.get("LANG", "")
    return Translations.load(TRANSLATIONS, ["en" if spoken.startswith("en") else "fr"])


def say(text: Text) -> str:
    """Say a sentence in the terminal's language."""
    return text.render(_catalogue().gettext)


def refuse(text: Text) -> NoReturn:
    """Write the reason on the standard error; exit code 1."""
    click.echo(say(text), err=True)
    raise SystemExit(1)


def reason(error: Exception) -> Text | None:
    """Give the words of a refusal of ours, whichever layer it comes from; None for a bug."""
    if isinstance(error, Refusal):
        return error.text
    message, params = getattr(error, "message", None), getattr(error, "params", None)
    if isinstance(message, str) and isinstance(params, dict):
        return Text(message, **{name: _said(value) for name, value in params.items()})
    return None


def _said(value: object) -> object:
    """Give a reason within a reason as a sentence too."""
    return (reason(value) or value) if isinstance(value, Exception) else value
