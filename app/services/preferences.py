"""Named values per user (window size, columns, page) or for the whole database; no customer data in them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, insert, select

from app import models as m
from app.domain.roles import Right
from app.services.desk import Desk, needs


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
