"""The only commit. Both doors tell the database's row-level policies who is asking."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import event, text
from sqlalchemy.orm import Session as Session  # noqa: PLC0414 - given on, for signatures at the edges
from sqlalchemy.orm import sessionmaker

from tender.core import queue
from tender.core.actor import Actor

Sessions = sessionmaker(expire_on_commit=False)

CONTEXT = text(
    "select set_config('app.person', :person, true), set_config('app.companies', :companies, true),"
    " set_config('app.seats', :seats, true), set_config('app.scope', :scope, true),"
    " set_config('app.coordinates', :coordinates, true),"
    " set_config('app.bid', :bid, true)"
)


def set_context(session: Session, actor: Actor) -> None:
    """Tell the policies who asks, until the end of this transaction."""
    session.execute(
        CONTEXT,
        {
            "person": str(actor.person_id or ""),
            "companies": "{" + ",".join(str(c) for c in actor.companies) + "}",
            "seats": "{" + ",".join(actor.seats) + "}",
            "coordinates": "{" + ",".join(str(b) for b in actor.coordinates) + "}",
            "scope": actor.scope,
            "bid": str(actor.bid_id or ""),
        },
    )


@contextmanager
def transaction(actor: Actor) -> Iterator[Session]:
    """Commit all of the block, then send what it asked for; on any error, none of it."""
    with Sessions() as session:
        with session.begin():
            set_context(session, actor)
            yield session
        queue.send_waiting(session)


@contextmanager
def reading(actor: Actor) -> Iterator[Session]:
    """Read without writing: the database itself refuses a write."""
    with Sessions() as session, session.begin():
        session.execute(text("set local transaction read only"))
        set_context(session, actor)
        yield session


@contextmanager
def widened(session: Session, actor: Actor, scope: str) -> Iterator[None]:
    """See, for one named check, the rows that the actor may not see (rule R-20 and its like).

    What comes out of the block must be a yes or no about the actor's own business.
    """
    with in_the_name_of(session, actor, replace(actor, scope=scope)):
        yield


@contextmanager
def in_the_name_of(session: Session, actor: Actor, other: Actor) -> Iterator[None]:
    """Carry out, for one write, what another has agreed to before; then the actor asks again."""
    session.flush()
    set_context(session, other)
    try:
        yield
        session.flush()
    finally:
        set_context(session, actor)


@event.listens_for(Sessions, "after_rollback")
def _forget_asked(session: Session) -> None:
    session.info.pop(queue.ASKED, None)
