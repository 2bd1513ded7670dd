"""A world in which one person holds every seat, and a text in every row."""

import re
from typing import Any

from sqlalchemy import Connection, Text, func, select, update
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tender.bids.models import Bid, Vote
from tender.bids.rules import LotBidState, Stage
from tender.companies.models import ClusterSeatHeld, CompanyRelationship, RelationshipKind, Seat
from tender.contributions.models import Remark, RemarkKind
from tender.core.actor import Actor, ClusterSeat, CompanyRole, system
from tender.core.orm import Model
from tender.core.transaction import set_context
from tender.history.service import record
from tender.messages.models import Letter
from tender.outcomes.models import Outcome
from tests.factories import NOW, actor_for
from tests.web.isolation.world import World

# texts that are addresses, keys or codes of our own making: no person writes them
OURS = frozenset(
    {"slug", "ref", "number", "email", "to", "template", "locale", "file_key", "raw_key",
     "receipt_key", "sha256", "receipt_sha256", "manifest_hash", "hash", "previous", "token_hash",
     "key", "password_hash", "totp_secret", "zone", "deadline_offset", "native_id", "currency",
     "action", "siret", "cpv", "nuts", "language", "kind", "source"}
)  # fmt: skip
SEATS = (ClusterSeat.COORDINATOR, ClusterSeat.MANAGER, ClusterSeat.ADMINISTRATOR)


class Everything:
    """The world of the isolation tests, and somebody for whom every page of it opens."""

    def __init__(self, session: Session) -> None:
        self.world = world = World(session)
        self.person = world.people["coordinator"]
        self.bid_id = world.bid.id
        self.room = f"/affaires/{world.bid.ref}/lots"
        set_context(session, system("operator"))
        session.add(
            Seat(person_id=self.person.id, company_id=world.member.id,
                 role=CompanyRole.REPRESENTATIVE)
        )  # fmt: skip
        session.add_all(
            ClusterSeatHeld(person_id=self.person.id, seat=seat)
            for seat in SEATS
            if seat is not ClusterSeat.COORDINATOR
        )
        first, second = sorted((world.member.id, world.asked.id))
        session.add(
            CompanyRelationship(company_id=first, other_id=second, since=NOW.date(),
                                kind=RelationshipKind.SHARED_STAFF)
        )  # fmt: skip
        session.flush()
        self._fill(session)
        session.commit()

    def move(self, connection: Connection, stage: str) -> None:
        """Bring the bid to a stage, past all rules."""
        ids = "{" + str(self.bid_id) + "}"
        connection.execute(select(func.set_config("app.coordinates", ids, True)))
        connection.execute(update(Bid).where(Bid.id == self.bid_id).values(stage=Stage(stage)))

    def actor(self, scope: str = "") -> Actor:
        """The same somebody, as the wall is told of them."""
        found = actor_for(
            self.person, self.world.member, seats=SEATS, coordinates=(self.world.bid,)
        )
        return Actor(
            name=found.name, person_id=found.person_id, seats=found.seats, scope=scope,
            companies=found.companies, coordinates=found.coordinates,
        )  # fmt: skip

    def _fill(self, session: Session) -> None:
        """Add what the world does not have yet: a vote, a remark, an outcome, a letter."""
        world = self.world
        set_context(session, self.actor())
        bid, section = world.bid, world.section
        session.add(Vote(bid_id=bid.id, person_id=self.person.id, scores={}, comment="x", at=NOW))
        session.add(
            Remark(bid_id=bid.id, section_id=section.id, company_id=section.owner_company_id,
                   kind=RemarkKind.COMMENT, author_name="x", text="x", at=NOW)
        )  # fmt: skip
        session.add(
            Outcome(bid_id=bid.id, lot_bid_id=bid.lot_bids[0].id, result=LotBidState.REJECTED,
                    decided_on=NOW.date(), our_amount=None, recorded_at=NOW, recorded_by="x")
        )  # fmt: skip
        session.add(Letter(to="a@b.fr", template="reset", locale="fr", values={}, queued_at=NOW))
        session.flush()

    def address(self, rule: Rule, *, but: dict[str, str] | None = None) -> str:
        """Fill a route's places with what lies in the room, but for some."""
        changed = but or {}

        def place(found: re.Match[str]) -> str:
            name = found.group(1).rpartition(":")[2]
            return changed.get(found.group(0)) or str(self.world.places[name])

        return re.sub(r"<([^>]+)>", place, rule.rule)


def poisoned(session: Session, everything: Everything, words: str) -> None:
    """Write `words` into every text column of every row that the room's people can reach."""
    for scope in ("operator", "mail", "sign_in"):
        set_context(session, everything.actor(scope))
        for mapper in Model.registry.mappers:
            names = [c.key for c in mapper.column_attrs if _is_free(c.columns[0])]
            if names and mapper.class_.__tablename__ not in {"audit_entry", "remark"}:
                _write(session, mapper.class_, names, words)
    set_context(session, everything.actor())
    section = everything.world.section
    session.add(
        Remark(bid_id=section.bid_id, section_id=section.id, kind=RemarkKind.COMMENT, at=NOW,
               company_id=section.owner_company_id, author_name=words, text=words)
    )  # fmt: skip
    record(session, Actor(name=words, person_id=everything.person.id), words, now=NOW,
           bid_id=section.bid_id, reason=words, title=words, file=words)  # fmt: skip
    session.commit()


def _is_free(column: Any) -> bool:
    return type(column.type) is Text and column.name not in OURS and not column.unique


def _write(session: Session, table: type[Model], names: list[str], words: str) -> None:
    statement = update(table).values(dict.fromkeys(names, words))
    session.execute(statement.execution_options(synchronize_session=False))
