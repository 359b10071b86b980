"""Spelling: whether it is on, each person's own words, and the words that are known beforehand where she works.

The own words lie in the encrypted database like all else she types, and nobody else is shown them.
"""

from __future__ import annotations

import json
from functools import cache

from sqlalchemy import delete, insert, select

from app import models as m
from app.domain.errors import Refused
from app.domain.roles import Right
from app.domain.spelling import KnownWords, own_word, words_from_list
from app.domain.swedish import sort_key
from app.paths import resource
from app.services.desk import Desk, needs
from app.services.preferences import get_preference, set_preference
from app.storage.unit_of_work import UnitOfWork

_ON, _OWN = "spelling", "own_words"
MOST_OWN = 2000


@needs(Right.OWN_ACCOUNT)
def spelling_on(desk: Desk) -> bool:
    """Whether the person wants words that are in no dictionary marked; she does until she says no."""
    return bool(get_preference(desk, name=_ON, default=True))


@needs(Right.OWN_ACCOUNT)
def set_spelling(desk: Desk, *, on: bool) -> None:
    """Mark such words, or leave them alone."""
    set_preference(desk, name=_ON, value=on)


@needs(Right.OWN_ACCOUNT)
def own_words(desk: Desk) -> tuple[str, ...]:
    """The words that the person has added, in Swedish order."""
    with desk.reading() as work:
        return _own(desk, work)


@needs(Right.OWN_ACCOUNT)
def add_own_word(desk: Desk, *, word: str) -> tuple[str, ...]:
    """Add a word, so that it is not marked again; her words.

    Raises Refused("own_word") for what is no single word, Refused("own_words_full") where there is no room.
    """
    kept = own_word(word)
    if not kept:
        raise Refused("own_word", text=word)
    return _change(desk, add=kept)


@needs(Right.OWN_ACCOUNT)
def remove_own_word(desk: Desk, *, word: str) -> tuple[str, ...]:
    """Take a word away again; her words."""
    return _change(desk, remove=word)


@needs(Right.READ_REGISTERS)
def known_words(desk: Desk) -> KnownWords:
    """What is right beside the dictionary: care's own words, professions, forums, names of units and of the team.

    Only names of the team, whom everybody there sees: no customer's words are in it.
    """
    with desk.reading() as work:
        names = [
            *work.session.scalars(select(m.Member.name)), *work.session.scalars(select(m.Unit.name)),
            *work.session.scalars(select(m.Ward.name)), *work.session.scalars(select(m.UnitInstrument.name)),
        ]  # fmt: skip
    forums = [one.name for one in desk.catalogue.all]
    professions = [word for one in desk.professions.all for word in (one.name, *one.also)]
    return KnownWords.of(care_words(), professions, forums, names)


@cache
def care_words() -> tuple[str, ...]:
    """Words of care that ship with the program and that the dictionary lacks."""
    return words_from_list(resource("spelling", "vardord.txt").read_text(encoding="utf-8"))


def _own(desk: Desk, work: UnitOfWork) -> tuple[str, ...]:
    text = work.session.scalar(
        select(m.Preference.value).where(m.Preference.user == desk.actor.user, m.Preference.name == _OWN)
    )
    return tuple(json.loads(text)) if text is not None else ()


def _change(desk: Desk, *, add: str = "", remove: str = "") -> tuple[str, ...]:
    """Read and write in one unit of work: two windows of the same person each keep their words."""
    with desk.writing() as work:
        before = _own(desk, work)
        found = {word.casefold(): word for word in before}
        found.pop(remove.casefold(), None)
        if add:
            found[add.casefold()] = add
        if len(found) > MOST_OWN:
            raise Refused("own_words_full", most=MOST_OWN)
        after = tuple(sorted(found.values(), key=sort_key))
        if after != before:
            own = {"user": desk.actor.user, "name": _OWN}
            work.session.execute(delete(m.Preference).filter_by(**own))
            work.session.execute(insert(m.Preference).values(**own, value=json.dumps(after, ensure_ascii=False)))
            work.commit()
    return after
