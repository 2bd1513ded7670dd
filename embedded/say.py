"""What set-up and supervisor say, in the user's language; standard library only."""

import io
import os
import sys


class Refused(Exception):
    """A reason not to go on, with what to type; said in one line, exit code 1."""

    def __init__(self, french: str, english: str) -> None:
        super().__init__(pick(french, english))


def pick(french: str, english: str) -> str:
    """The wording for this terminal."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return french if locale.startswith("fr") else english


def say(french: str, english: str) -> None:
    """Print one line at once."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without ’ must not end us
    sys.stdout.write(pick(french, english) + "\n")
    sys.stdout.flush()
