"""What a person's own profession presents under a point: need, problem and wish of its field (routine 3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app import models as m
from app.domain.meetings import Presentation
from app.domain.people import Outsider
from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.storage.unit_of_work import UnitOfWork


@needs(Right.PROPOSE_ITEMS)
def own_profession(desk: Desk) -> str:
    """The profession that the person presents for: the team member's, else the role of her account."""
    with desk.reading() as work:
        return _profession(desk, work)


def own_presentation(desk: Desk, work: UnitOfWork, told: Sequence[Presentation]) -> tuple[Presentation, ...]:
    """What somebody wrote for her field, in her own name and profession whatever it says; nothing where it is empty."""
    for one in told:
        need, problem, wish = ((text or "").strip() or None for text in (one.need, one.problem, one.wish))
        if need or problem or wish:
            by = desk.actor.member or Outsider(desk.actor.full_name)
            made = Presentation(profession=_profession(desk, work), by=by, need=need, problem=problem, wish=wish)
            return (made,)
    return ()


def _profession(desk: Desk, work: UnitOfWork) -> str:
    found: str | None = work.session.scalar(select(m.Member.profession).where(m.Member.key == desk.actor.member))
    return found or desk.actor.role.label
