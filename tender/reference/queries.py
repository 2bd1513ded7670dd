"""What the lists say; they are open to everybody who has said who they are."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tender.reference import builtin, rules
from tender.reference.models import CodeLabel, CodeList


def lists(session: Session) -> Sequence[CodeList]:
    """Give all lists, the one in force first within each name."""
    wanted = select(CodeList).order_by(
        CodeList.name, CodeList.in_force.desc(), CodeList.loaded_at.desc()
    )
    return session.scalars(wanted).all()


def list_for_update(session: Session, name: str) -> CodeList | None:
    """Find, and lock, the list in force of a name."""
    wanted = select(CodeList).where(CodeList.name == name, CodeList.in_force)
    return session.scalar(wanted.with_for_update())


def list_of(session: Session, name: str, version: str, sha256: str) -> CodeList | None:
    """Find a list that was loaded already, in force or not."""
    return session.scalar(
        select(CodeList).where(
            CodeList.name == name, CodeList.version == version, CodeList.sha256 == sha256
        )
    )


def labels(session: Session, name: str, codes: Iterable[str], locale: str) -> dict[str, str]:
    """Name each code as it is written: by the list in force, else by what is built in.

    A label that is not there in the reader's language is given in the other; a code that nobody
    knows is its own name.
    """
    wanted = {code: rules.plain_code(code) for code in codes if code}
    rows = session.execute(
        select(CodeLabel.code, CodeLabel.fr, CodeLabel.en)
        .join(CodeList, CodeList.id == CodeLabel.list_id)
        .where(CodeList.name == name, CodeList.in_force, CodeLabel.code.in_(wanted.values()))
    ).all()
    told = {code: (en or fr) if locale == "en" else (fr or en) for code, fr, en in rows}
    return {
        code: told.get(plain) or builtin.name_of(name, plain, locale) or code
        for code, plain in wanted.items()
    }
