"""The words of a letter: a plain template, in the reader's language."""

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tender.core import setup
from tender.messages.models import Letter

ROOT = Path(__file__).parent.parent


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
    return env


def written(letter: Letter) -> tuple[str, str]:
    """Give the subject (the template's first line) and the body of a letter."""
    template = _environment(letter.locale).get_template(f"{letter.template}.txt")
    settings = setup.settings()
    text = template.render(
        base_url=settings.base_url, cluster=settings.cluster_name, **letter.values
    )
    subject, _, body = text.partition("\n")
    return subject.strip(), body.strip() + "\n"
