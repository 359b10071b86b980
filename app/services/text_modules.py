"""Text modules: whole sentences that notes are completed with, the program's until a unit writes its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from sqlalchemy import delete, insert, select

from app import models as m
from app.domain.errors import Conflict, Refused
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right
from app.paths import resource
from app.services.desk import Desk, needs
from app.services.rows import require_unit
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

Modules = Mapping[str, tuple[str, ...]]
KINDS = ("any", "customer")
"""Sentences of any point, and of one about a customer."""
MOST, LONGEST = 100, 500
_WHOLE_DATABASE = ""


@cache
def shipped_modules() -> Modules:
    """The sentences that ship with the program."""
    return _read(resource("text_modules.json").read_text(encoding="utf-8"))


@needs(Right.READ_MEETINGS)
def get_text_modules(desk: Desk, *, unit: str) -> Modules:
    """The sentences that notes of the unit's meetings are completed with, by kind."""
    with desk.reading() as work:
        return _found(work, unit)


@needs(Right.WRITE_MINUTES)
def keep_text_modules(desk: Desk, *, unit: str, modules: Modules, before: Modules) -> Modules:
    """Keep the unit's own sentences, each once; as kept. `before` is what the person changed.

    The program's own sentences are never written down, so that a later version's are used. Raises Conflict when
    somebody changed them meanwhile, Refused("text_modules") for too many or too long ones, NotAllowed for another unit.
    """
    require_unit(desk, unit)
    kept = {kind: _tidy(modules.get(kind, ())) for kind in KINDS}
    if any(len(texts) > MOST or any(len(text) > LONGEST for text in texts) for texts in kept.values()):
        raise Refused("text_modules", most=MOST, longest=LONGEST)
    refuse_personnummer(text for texts in kept.values() for text in texts)
    with desk.writing() as work:
        found = _found(work, unit)
        if found != before:
            raise Conflict("changed_meanwhile")
        if kept == found:
            return found
        own = {"user": _WHOLE_DATABASE, "name": _name(unit)}
        work.session.execute(delete(m.Preference).filter_by(**own))
        if kept != shipped_modules():
            work.session.execute(insert(m.Preference).values(**own, value=json.dumps(kept, ensure_ascii=False)))
        work.record(Event(action="keep_text_modules", object=f"unit:{unit}", unit=unit))
        work.commit()
    return kept


def _tidy(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in (" ".join(one.split()) for one in texts) if text))


def _found(work: UnitOfWork, unit: str) -> Modules:
    own = (m.Preference.user == _WHOLE_DATABASE, m.Preference.name == _name(unit))
    text = work.session.scalar(select(m.Preference.value).where(*own))
    return shipped_modules() if text is None else _read(text)


def _read(text: str) -> Modules:
    found = json.loads(text)
    return {kind: tuple(found.get(kind, ())) for kind in KINDS}


def _name(unit: str) -> str:
    return f"text_modules:{unit}"
