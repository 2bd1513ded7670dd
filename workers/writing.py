"""The words of a letter: a plain template, in the reader's language."""

from datetime import datetime
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tender.core import setup
from tender.messages.models import Letter

ROOT = Path(__file__).parent.parent
PARIS = ZoneInfo("Europe/Paris")
PATTERNS = {
    "fr": "EEEE d MMMM y 'à' H 'h' mm '(heure de Paris)'",
    "en": "EEEE d MMMM y 'at' HH:mm '(Paris time)'",
}


@cache
def _environment(locale: str) -> Environment:
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates" / "mail"),
        autoescape=False,  # noqa: S701 - plain text, never read as HTML
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    known = Translations.load(ROOT / "translations", [locale])
    words = known if isinstance(known, Translations) else NullTranslations()
    env.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    env.filters["deadline"] = partial(_deadline, locale=locale)
    return env


def _deadline(written: str, *, locale: str) -> str:
    """Say an instant in full, by the clock of Paris."""
    pattern = PATTERNS.get(locale, PATTERNS["en"])
    local = datetime.fromisoformat(written).astimezone(PARIS)
    return str(format_datetime(local, pattern, tzinfo=PARIS, locale=locale))


def written(letter: Letter) -> tuple[str, str]:
    """Give the subject (the template's first line) and the body of a letter."""
    template = _environment(letter.locale).get_template(f"{letter.template}.txt")
    settings = setup.settings()
    text = template.render(
        base_url=settings.base_url, cluster=settings.cluster_name, **letter.values
    )
    subject, _, body = text.partition("\n")
    return subject.strip(), body.strip() + "\n"
