"""Lists as they were loaded, each version for ever, and the one in force of each name."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tender.core.orm import Model


class CodeList(Model):
    """A list of codes in one version; of each name one is in force at most."""

    __tablename__ = "code_list"
    __table_args__ = (UniqueConstraint("name", "version", "sha256"),)
    name: Mapped[str]
    version: Mapped[str]
    sha256: Mapped[str]
    loaded_at: Mapped[datetime]
    loaded_by: Mapped[str]
    count: Mapped[int]
    in_force: Mapped[bool] = mapped_column(default=True)


class CodeLabel(Model):
    """A code of a list with its labels; one of them at least is there."""

    __tablename__ = "code_label"
    __table_args__ = (UniqueConstraint("list_id", "code"),)
    list_id: Mapped[UUID] = mapped_column(ForeignKey(CodeList.id))
    code: Mapped[str]
    fr: Mapped[str | None] = mapped_column(default=None)
    en: Mapped[str | None] = mapped_column(default=None)


Index("uq_code_list_in_force", CodeList.name, unique=True, postgresql_where=CodeList.in_force)
