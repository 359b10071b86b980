"""Named values per user (window size, columns, page) or for the whole database; no customer data in them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, insert, select

from app import models as m
from app.domain.errors import Refused
from app.domain.idle import LONGEST_LIVE
from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.services.rows import require_unit
from app.storage.audit import Event

_WHOLE_DATABASE = ""


@needs(Right.OWN_ACCOUNT)
def get_preference(desk: Desk, *, name: str, default: Any = None) -> Any:
    """The person's value, or `default`."""
    with desk.reading() as work:
        text = work.session.scalar(
            select(m.Preference.value).where(m.Preference.user == desk.actor.user, m.Preference.name == name)
        )
    return default if text is None else json.loads(text)


@needs(Right.OWN_ACCOUNT)
def set_preference(desk: Desk, *, name: str, value: Any) -> None:
    """Keep the person's value."""
    with desk.writing() as work:
        own = (m.Preference.user == desk.actor.user, m.Preference.name == name)
        work.session.execute(delete(m.Preference).where(*own))
        work.session.execute(insert(m.Preference).values(user=desk.actor.user, name=name, value=json.dumps(value)))
        work.commit()


@needs(Right.READ_MEETINGS)
def get_live_minutes(desk: Desk, *, unit: str) -> int | None:
    """After how many idle minutes a window with the unit's meeting under way locks; None as usual."""
    with desk.reading() as work:
        text = work.session.scalar(
            select(m.Preference.value).where(
                m.Preference.user == _WHOLE_DATABASE, m.Preference.name == _live_minutes(unit)
            )
        )
    return None if text is None else int(json.loads(text))


@needs(Right.MANAGE_ACCOUNTS)
def set_live_minutes(desk: Desk, *, unit: str, minutes: int | None) -> None:
    """Let a window with the unit's meeting under way stay open so long; None for as long as usual.

    Raises Refused("live_minutes") beyond half an hour, NotAllowed for a unit of others.
    """
    require_unit(desk, unit)
    if minutes is not None and not 1 <= minutes <= LONGEST_LIVE:
        raise Refused("live_minutes", longest=LONGEST_LIVE)
    with desk.writing() as work:
        shared = {"user": _WHOLE_DATABASE, "name": _live_minutes(unit)}
        work.session.execute(delete(m.Preference).filter_by(**shared))
        if minutes is not None:
            work.session.execute(insert(m.Preference).values(**shared, value=json.dumps(minutes)))
        work.record(Event(action="set_live_minutes", object=f"unit:{unit}", unit=unit, reason=str(minutes or "")))
        work.commit()


def _live_minutes(unit: str) -> str:
    return f"live_minutes:{unit}"
