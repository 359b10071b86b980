"""What the database itself knows of accounts (the keys lie in the key file), and each user's preferences."""

from __future__ import annotations

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, MemberId, Name, UniqueKey, Version


class Account(Base):
    """Who may log in, as what; the user name is the key."""

    __tablename__ = "accounts"
    id: Mapped[Id]
    user: Mapped[UniqueKey]
    full_name: Mapped[Name]
    role: Mapped[Name]
    all_units: Mapped[bool] = mapped_column(default=True)
    member_id: Mapped[MemberId]
    active: Mapped[bool] = mapped_column(default=True)
    must_change: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The password was handed over by somebody else and is to be changed at the next log-in."""
    version: Mapped[Version]


class AccountUnit(Base):
    """A unit that an account without `all_units` is limited to."""

    __tablename__ = "account_units"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)


class Preference(Base):
    """A named JSON value of one user (window size, columns), or of the whole database where `user` is empty."""

    __tablename__ = "preferences"
    user: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Name]
