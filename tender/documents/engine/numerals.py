"""Numbers as fields show them: Arabic, Roman, letters (ECMA-376 part 1, 17.16.4.3.1)."""

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST_LETTERS = 780
"""Word shows no more than thirty times the same letter."""


def shown(number: int, form: str) -> str:
    """A number in the form of a field's `\\*` switch; Arabic for forms we do not know."""
    kind = form.casefold()
    if kind == "roman" and 0 < number < 4000:
        text = _roman(number)
    elif kind == "alphabetic" and 0 < number <= _MOST_LETTERS:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    else:
        return str(number)
    return text if form[0].islower() else text.upper()


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text
