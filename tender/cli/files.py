"""Files named on the command line: read and written whole, or refused in words."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

import click

from tender.cli import words
from tender.core.errors import Invalid
from tender.core.text import N_

FILE = click.Path(path_type=Path)
"""A path as it was typed: whether it can be used is said by us, in the reader's language."""

MOST = 512 * 1024 * 1024
REASONS: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOENT: N_("Ce fichier n’existe pas."),
        errno.EISDIR: N_("C’est un dossier, et non un fichier."),
        errno.ENOTDIR: N_("Son chemin passe par un fichier, et non par un dossier."),
        errno.EACCES: N_("Vous n’en avez pas le droit."),
        errno.EPERM: N_("Vous n’en avez pas le droit."),
        errno.EROFS: N_("Le disque est en lecture seule."),
        errno.ENOSPC: N_("Le disque est plein."),
        errno.ENAMETOOLONG: N_("Son nom est trop long."),
    }
)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the file's name before whatever is refused in the block."""
    try:
        yield
    except Exception as error:
        text = words.reason(error)
        if text is None:
            raise
        raise Invalid("{file} : {reason}", file=path, reason=text) from error


def read(path: Path, *, most: int = MOST) -> bytes:
    """Read a whole file; raise Invalid, in words, if it cannot be."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise refusal(error) from error
    if len(data) > most:
        raise Invalid("Le fichier dépasse {limit} Mo.", limit=most // 1_000_000)
    return data


def write(path: Path, data: bytes) -> None:
    """Write a whole file or nothing; raise Invalid, with its name, if it cannot be."""
    with naming(path):
        draft = path.with_name(f".{path.name}.new")
        try:
            draft.write_bytes(data)
            draft.replace(path)
        except (OSError, ValueError) as error:
            with suppress(OSError):
                draft.unlink()
            raise refusal(error) from error


def refusal(error: OSError | ValueError) -> Invalid:
    """Give the reason of the system in our words."""
    if isinstance(error, FileNotFoundError) and not Path(str(error.filename)).parent.is_dir():
        return Invalid("Son dossier n’existe pas.")
    known = REASONS.get(getattr(error, "errno", None) or 0)
    if known is not None:
        return Invalid(known)
    return Invalid("Ce fichier ne peut pas être ouvert ({reason}).", reason=str(error))
