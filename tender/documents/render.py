"""From a finished Word document to PDF: the engine at hand, in a child, on a private copy."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from tender.documents.errors import N_, Refused
from tender.documents.rendering import embedded, office
from tender.documents.rendering.private import private_copy
from tender.documents.rendering.sheets import Copy, Patience, Sheets

Engine = Literal["auto", "rdocx", "office"]
Convert = Callable[[Sequence[Copy], Patience], list[Sheets | Refused]]
ENGINES: Mapping[str, Convert] = MappingProxyType(
    {"office": office.convert, "rdocx": embedded.convert}
)


@dataclass(frozen=True)
class Rendered:
    """A PDF; its page count binds only where `binding`; the page of each bookmark, from 1."""

    pdf: bytes
    pages: int
    binding: bool
    engine: str
    page_of: Mapping[str, int]


def available() -> list[Engine]:
    """The engines that this machine has, the best first."""
    return ["office", "rdocx"] if office.find() else ["rdocx"]


def render(
    data: bytes,
    *,
    engine: Engine = "auto",
    timeout: float | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Rendered:
    """Render one document; raises Refused in words, and Cancelled soon after `cancelled` says so.

    `auto` takes LibreOffice where it is installed and can. Without `timeout` the size decides.
    """
    done = render_many([data], engine=engine, timeout=timeout, cancelled=cancelled)[0]
    if isinstance(done, Refused):
        raise done
    return done


def render_many(
    documents: Sequence[bytes],
    *,
    engine: Engine = "auto",
    timeout: float | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Rendered | Refused]:
    """Render a batch, with LibreOffice in one process; a bad document costs no other one its PDF.

    `timeout` is for each. Raises Cancelled, and Refused only where the engine asked for is missing.
    """
    patience = Patience(timeout, cancelled)
    copies = [_copied(data) for data in documents]
    done: dict[int, Rendered | Refused] = {}
    left = dict(enumerate(copies))
    for name in _chosen(engine):
        done |= _by(name, left, patience)
        left = {index: copies[index] for index, one in done.items() if isinstance(one, Refused)}
    return [done[index] for index in range(len(copies))]


def _by(
    name: str, copies: Mapping[int, Copy | Refused], patience: Patience
) -> dict[int, Rendered | Refused]:
    """What one engine makes of these; what was no document stays refused."""
    done = {index: copy for index, copy in copies.items() if isinstance(copy, Refused)}
    good = {index: copy for index, copy in copies.items() if isinstance(copy, Copy)}
    answers = ENGINES[name](list(good.values()), patience) if good else []
    made = {index: _rendered(one, name) for index, one in zip(good, answers, strict=True)}
    return done | made


def _rendered(one: Sheets | Refused, engine: str) -> Rendered | Refused:
    if isinstance(one, Refused):
        return one
    return Rendered(one.pdf, one.count, engine == "office", engine, one.page_of)


def _chosen(engine: Engine) -> Iterable[str]:
    """The engines to try in turn."""
    if engine == "office" and office.find() is None:
        raise Refused(
            N_("LibreOffice n’est pas installé. Installez-le, ou choisissez le moteur intégré."),
            code="no_office",
        )
    return available() if engine == "auto" else [engine]


def _copied(data: bytes) -> Copy | Refused:
    try:
        return private_copy(data)
    except Refused as refused:
        return refused
