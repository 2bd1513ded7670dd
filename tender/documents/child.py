"""The child's side of `sandboxed`: limits first, one function, one file in, one answer out."""

import pickle
import sys
from collections.abc import Callable
from pathlib import Path

from tender.documents import limits
from tender.documents.errors import N_, Refused


def _admit(data: bytes) -> object:
    from tender.documents import gate  # noqa: PLC0415 - each function imports only what it needs

    return gate.admit(data)


def _inspect(data: bytes) -> object:
    from tender.documents import inspect  # noqa: PLC0415 - as above

    return inspect.inspect(data)


def _examine(data: bytes) -> object:
    from tender.documents import gate, inspect  # noqa: PLC0415 - as above

    admitted = gate.admit(data)
    return admitted, inspect.health_of(admitted)


def _rdocx(data: bytes) -> object:
    from tender.documents.rendering import typeset  # noqa: PLC0415 - as above

    return typeset.to_sheets(data)


def _section(data: bytes) -> object:
    from tender.documents.rendering import section  # noqa: PLC0415 - as above

    return section.drawn(data)


def _preview(data: bytes) -> object:
    from tender.documents import preview  # noqa: PLC0415 - as above

    return preview.preview_html(data)


FUNCTIONS: dict[str, Callable[[bytes], object]] = {
    "admit": _admit,
    "inspect": _inspect,
    "examine": _examine,
    "rdocx": _rdocx,
    "section": _section,
    "preview": _preview,
}


def main(arguments: list[str]) -> int:
    """Run `MEMORY SECONDS NAME IN OUT`; a refusal and a lack of memory are answers, too."""
    memory, seconds, name, source, target = arguments
    limits.apply(int(memory), int(seconds))
    answer: object
    try:
        answer = FUNCTIONS[name](Path(source).read_bytes())
    except Refused as refused:
        answer = refused
    except (MemoryError, RecursionError):
        answer = Refused(
            N_("Le document demande trop de mémoire. Partagez-le en plusieurs sections."),
            code="memory",
        )
    Path(target).write_bytes(pickle.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
