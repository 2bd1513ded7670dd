"""The commands behind `make`, run by the environment's own Python."""

import sys

from embedded.bootstrap import WITHOUT_SET_UP, complete
from embedded.say import Refused


def main() -> int:
    """Run a command; its exit code."""
    command, *arguments = sys.argv[1:] or ["help"]
    try:
        if command not in WITHOUT_SET_UP:
            complete()
        return dispatch(command, arguments)
    except Refused as error:
        sys.stderr.write(f"{error}\n")
        return 1


def dispatch(command: str, arguments: list[str]) -> int:
    """Find the command; each imports only what it needs."""
    from embedded.commands import COMMANDS, usage  # noqa: PLC0415 - after the set-up is complete

    return COMMANDS.get(command, usage)(arguments)


if __name__ == "__main__":
    sys.exit(main())
