"""The one error of this package: a file we refuse, and why, in words."""

SHOWN = 200


class Unreadable(ValueError):
    """A file that is no notice we can read; `message` is a French template for `params`."""

    def __init__(self, message: str, **params: "str | int | Unreadable") -> None:
        super().__init__(message)
        self.message = message
        self.params = {name: _short(value) for name, value in params.items()}

    def at(self, place: int) -> "Unreadable":
        """The same of one notice among several."""
        return Unreadable("Avis {at} de la page : {reason}", at=place, reason=self)

    def within(self, name: str) -> "Unreadable":
        """The same of one file in an archive."""
        return Unreadable("{name} : {reason}", name=name, reason=self)

    def __str__(self) -> str:
        return self.message.format(**self.params)


def _short(value: str | int | Unreadable) -> str | int | Unreadable:
    """What the file says may be long or hold anything: show a printable start of it."""
    if not isinstance(value, str):
        return value
    line = "".join(char if char.isprintable() else " " for char in value[: SHOWN + 1])
    return line if len(line) <= SHOWN else line[:SHOWN] + "…"
