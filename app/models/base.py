"""What every table shares: the declarative base, naming of constraints, column types and the version column."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from sqlalchemy import DateTime, ForeignKey, MetaData, String, Text
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from app.domain.errors import Refused
from app.domain.storable import is_storable

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class _Unstorable(Refused, DontWrapMixin):
    """Refused text, handed through SQLAlchemy as it is."""


class Line(TypeDecorator[str]):
    """Text that both kinds of database can hold: the last line against what no edge has cleaned."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str | None:
        """Hand the text on. Raises Refused("text_unstorable") for NUL and halves of signs."""
        if value is not None and not is_storable(value):
            raise _Unstorable("text_unstorable")
        return value


class Prose(Line):
    """The same for text of any length."""

    impl = Text
    cache_ok = True


class Base(DeclarativeBase):
    """The base of every table; a column of `str` is one of ours without its saying so."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[object, object]] = {str: Line()}


class Instant(TypeDecorator[dt.datetime]):
    """An instant, stored in UTC without zone and handed out with it."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:
        """Store the instant as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:
        """Hand the instant out with its zone."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


Id = Annotated[int, mapped_column(primary_key=True)]
UniqueKey = Annotated[str, mapped_column(Line(200), unique=True)]
Name = Annotated[str, mapped_column(Prose)]
Words = Annotated[str | None, mapped_column(Prose)]
Version = Annotated[int, mapped_column(default=1, server_default="1")]
MemberId = Annotated[int | None, mapped_column(ForeignKey("members.id"), index=True)]
CustomerId = Annotated[int | None, mapped_column(ForeignKey("customers.id"), index=True)]

__all__ = [
    "Base", "CustomerId", "Id", "Instant", "Mapped", "MemberId", "Name", "UniqueKey", "Version", "Words",
    "relationship",
]  # fmt: skip
