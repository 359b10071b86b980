"""The year wheel of a unit's forum: read, kept a month or a year at a time, and handed to the paper."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import and_, select

from app import models as m
from app.domain.errors import Conflict, Refused
from app.domain.roles import Right
from app.domain.year_wheel import Themes, Wheel, WheelMonth, WheelPaper, cleaned
from app.services import planning_keeping as keeping
from app.services import planning_records
from app.services.desk import Desk, needs
from app.services.proposals import own_forum
from app.services.rows import require_unit
from app.services.units import get_unit
from app.services.wheel_points import publish
from app.storage.unit_of_work import UnitOfWork

_MOST = 12
_LONGEST = 120


@needs(Right.READ_REGISTERS)
def get_wheel(desk: Desk, *, unit: str, forum: str) -> Wheel:
    """What the unit has kept for the forum, else what the program suggests, marked as that. Raises NotAllowed."""
    require_unit(desk, unit)
    with desk.reading() as work:
        kept = _kept(work, unit, forum)
    if kept:
        return _wheel(unit, forum, kept)
    suggested = desk.catalogue.suggested_themes(forum)
    return Wheel(unit=unit, forum=forum, months=suggested, suggested=any(suggested))


@needs(Right.WRITE_MEETINGS)
def keep_wheel(desk: Desk, *, unit: str, forum: str, months: Themes, expected: tuple[int, ...] | Wheel) -> Wheel:
    """Keep the twelve months as they stand in `months`.

    `expected` are the versions they were read in, 0 for none; or, to take a gesture back whatever came and went since,
    the wheel that it left.
    Agendas of meetings that are planned and not announced follow; those that were published or held stay. Raises
    Refused("wheel_too_much" | "personnummer_in_name"), NotAllowed, Conflict when another changed a month meanwhile.
    """
    require_unit(desk, unit)
    wanted = cleaned(months)
    if any(len(one) > _MOST or any(len(text) > _LONGEST for text in one) for one in wanted):
        raise Refused("wheel_too_much", most=_MOST, longest=_LONGEST)
    with desk.writing() as work:
        kept = _kept(work, unit, forum)
        now = _wheel(unit, forum, kept)
        stands = now.months == expected.months if isinstance(expected, Wheel) else now.versions == expected
        if not stands:
            raise Conflict("changed_meanwhile")
        for month, themes in enumerate(wanted, start=1):
            new = WheelMonth(key="", unit=unit, forum=forum, month=month, themes=themes)
            _keep(desk, work, new, kept.get(month))
        publish(work, unit=unit, forum=forum, months=wanted, today=desk.today)
        found = _wheel(unit, forum, _kept(work, unit, forum))
        work.commit()
    return found


@needs(Right.READ_REGISTERS)
def wheel_paper(desk: Desk, *, unit: str, forum: str) -> WheelPaper:
    """The wheel for paper or window; there is nothing of a customer in it."""
    wheel = get_wheel(desk, unit=unit, forum=forum)
    of = get_unit(desk, key=unit).value
    return WheelPaper(
        unit=unit, unit_name=of.name, setting_label=of.setting.label,
        forum_name=own_forum(desk, unit=of, forum=forum).name, months=wheel.months, suggested=wheel.suggested,
        prepared_on=desk.today,
    )  # fmt: skip


def _kept(work: UnitOfWork, unit: str, forum: str) -> dict[int, tuple[WheelMonth, int]]:
    ours = m.WheelMonth.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit))
    found = planning_records.load(
        work.session, planning_records.YEAR_WHEEL, and_(ours, m.WheelMonth.forum == forum)
    )  # fmt: skip
    return {one.month: (one, version) for one, version in found.values()}


def _wheel(unit: str, forum: str, kept: dict[int, tuple[WheelMonth, int]]) -> Wheel:
    months = tuple(kept[n][0].themes if n in kept else () for n in range(1, 13))
    return Wheel(
        unit=unit, forum=forum, months=months,
        versions=tuple(kept[n][1] if n in kept else 0 for n in range(1, 13)),
    )  # fmt: skip


def _keep(desk: Desk, work: UnitOfWork, new: WheelMonth, kept: tuple[WheelMonth, int] | None) -> None:
    kind = planning_records.YEAR_WHEEL
    if kept is None and new.themes:
        key = keeping.fresh_key(work, kind, f"{new.unit}-{new.forum}-{new.month}")
        keeping.keep(desk, work, kind, replace(new, key=key), expected_version=None)
    elif kept is not None and not new.themes:
        keeping.remove(desk, work, kind, kept[0].key, expected_version=kept[1])
    elif kept is not None and kept[0].themes != new.themes:
        keeping.keep(desk, work, kind, replace(new, key=kept[0].key), expected_version=kept[1])
