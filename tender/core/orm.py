"""The base of every row."""

import secrets
import time
from datetime import datetime
from enum import Enum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import DateTime, MetaData
from sqlalchemy import Enum as SqlEnum
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
Json = dict[str, object]


def uuid7() -> UUID:
    """Make a time-ordered identifier (RFC 9562): 74 random bits, so it cannot be guessed."""
    value = (time.time_ns() // 1_000_000) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return UUID(int=value | 0b10 << 62 | secrets.randbits(62))


def born(row_id: UUID) -> float:
    """Read out of an identifier when it was made, in seconds since 1970."""
    return (row_id.int >> 80) / 1000


def enum_values(kind: type[Enum]) -> list[str]:
    """Store an enumeration by its values, which are the stable names."""
    return [member.value for member in kind]


class Model(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """A row with an identifier from birth; instants are aware, texts unbounded, enums by value."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        str: SqlText(),
        Json: JSONB(),
        list[Json]: JSONB(),
        Enum: SqlEnum(
            Enum, native_enum=False, length=40, create_constraint=False, values_callable=enum_values
        ),
    }
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid7, kw_only=True)
