"""Languages by their ISO 639-3 code, from the two letters that older formats write."""

from collections.abc import Mapping
from types import MappingProxyType

UNDETERMINED = "und"

_BY_TWO_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bs": "bos", "ca": "cat",
        "cs": "ces", "cy": "cym", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
        "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra",
        "ga": "gle", "gl": "glg", "gn": "grn", "he": "heb", "hr": "hrv", "hu": "hun",
        "hy": "hye", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ka": "kat",
        "kk": "kaz", "ko": "kor", "ky": "kir", "lb": "ltz", "lt": "lit", "lv": "lav",
        "mk": "mkd", "mn": "mon", "mt": "mlt", "my": "mya", "nb": "nob", "ne": "nep",
        "nl": "nld", "nn": "nno", "no": "nor", "pl": "pol", "pt": "por", "rm": "roh",
        "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp",
        "sv": "swe", "sw": "swa", "th": "tha", "tr": "tur", "uk": "ukr", "vi": "vie",
        "zh": "zho",
    }
)  # fmt: skip


def from_two_letters(code: str | None) -> str | None:
    """The ISO 639-3 code of "FR" or "pt-BR"; None for a language we do not know."""
    start = (code or "").partition("-")[0].partition("_")[0]
    return _BY_TWO_LETTERS.get(start.lower())
