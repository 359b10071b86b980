"""The instruments for risk assessments that a unit uses: their limits and words, and the unit's own."""

from __future__ import annotations

from dataclasses import replace

from app import models as m
from app.domain.errors import Conflict, NotFound, Refused
from app.domain.instruments import Instrument, Instruments, checked
from app.domain.keys import free_key, key_from
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right
from app.domain.units import Unit
from app.services import register_records as records
from app.services.desk import Desk, needs
from app.services.records import Directory
from app.services.rows import bump, require_unit
from app.services.units import get_unit
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


@needs(Right.READ_REGISTERS)
def unit_instruments(desk: Desk, *, unit: str) -> Instruments:
    """The instruments as the unit has them. Raises NotFound or NotAllowed."""
    return desk.catalogue.instruments(get_unit(desk, key=unit).value.instruments)


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def keep_instrument(desk: Desk, *, unit: str, instrument: Instrument, expected: Instrument | None) -> Instrument:
    """Keep an instrument of the unit in place of `expected`, which is None for a new one (an empty key is made).

    One that is as the program ships it is no departure any more. The enhetschef may, and licensed staff, who assess.
    Raises Refused as `instruments.checked` does, Refused("instrument_doubled"), NotFound, Conflict when somebody
    changed it meanwhile.
    """
    require_unit(desk, unit)
    new = checked(instrument)
    refuse_personnummer((new.name, new.area, new.guidance or "", *(band.risk for band in new.bands)))
    with desk.writing() as work:
        old, version = _unit(work, unit)
        known = desk.catalogue.instruments(old.instruments)
        new = _placed(known, new, expected)
        _put(work, old, version, _with(old, known, new))
        work.commit()
    return new


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def remove_instrument(desk: Desk, *, unit: str, expected: Instrument) -> None:
    """Take away an instrument that the unit made itself; assessments keep its name. Raises as `keep_instrument`."""
    require_unit(desk, unit)
    with desk.writing() as work:
        old, version = _unit(work, unit)
        known = desk.catalogue.instruments(old.instruments)
        if not known.is_own(expected.key):
            raise NotFound("not_found", what="Instrumentet", key=expected.key)
        _require_same(known, expected)
        _put(work, old, version, tuple(one for one in old.instruments if one.key != expected.key))
        work.commit()


def _unit(work: UnitOfWork, key: str) -> tuple[Unit, int]:
    found = records.load_units(work.session).get(key)
    if found is None:
        raise NotFound("not_found", what="Enheten", key=key)
    return found


def _placed(known: Instruments, new: Instrument, expected: Instrument | None) -> Instrument:
    """The instrument under its key, once it is sure that nobody changed it and that its name is its own."""
    if expected is not None:
        _require_same(known, expected)
        new = replace(new, key=expected.key)
    elif not new.key:
        new = replace(new, key=free_key(key_from(new.name, fallback="instrument"), {one.key for one in known.all}))
    elif any(one.key == new.key for one in known.all):
        raise Conflict("changed_meanwhile")
    named = known.find(new.name)
    if named is not None and named.key != new.key:
        raise Refused("instrument_doubled")
    return new


def _require_same(known: Instruments, expected: Instrument) -> None:
    if expected not in known.all:
        raise Conflict("changed_meanwhile")


def _with(old: Unit, known: Instruments, new: Instrument) -> tuple[Instrument, ...]:
    others = tuple(one for one in old.instruments if one.key != new.key)
    return others if new in known.shipped else (*others, new)


def _put(work: UnitOfWork, old: Unit, version: int, instruments: tuple[Instrument, ...]) -> None:
    bump(work.session, m.Unit, key=old.key, expected_version=version, what="Enheten")
    records.update_unit(work.session, Directory(work.session), old=old, new=replace(old, instruments=instruments))
    work.record(Event(action="keep_instrument", object=f"unit:{old.key}", unit=old.key))
