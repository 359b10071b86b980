"""Two people wrote at once: what one of them changed is kept, what both changed is theirs to choose between."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from app.domain.journal import with_marks_of
from app.domain.meetings import Item, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """An item that both changed, or that one changed and the other removed (None)."""

    key: str
    mine: Item | None
    theirs: Item | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The meeting with both persons' changes, theirs wherever `clashes` says that both changed the same item."""

    meeting: Meeting
    clashes: tuple[Clash, ...]


def merge(*, base: Meeting, mine: Meeting, theirs: Meeting) -> Merged:
    """Put my changes since `base` on top of theirs. Fields of the meeting itself: mine where only I changed them."""
    base, mine = with_marks_of(base, theirs), with_marks_of(mine, theirs)
    changed = {
        field.name: getattr(mine, field.name)
        for field in fields(Meeting)
        if field.name != "items"
        and getattr(mine, field.name) != getattr(base, field.name)
        and getattr(theirs, field.name) == getattr(base, field.name)
    }
    before = {item.key: item for item in base.items}
    ours = {item.key: item for item in mine.items}
    clashes: list[Clash] = []
    items: list[Item] = []
    for item in theirs.items:
        kept, clash = _choose(before.get(item.key), ours.get(item.key), item)
        if kept is not None:
            items.append(kept)
        if clash is not None:
            clashes.append(clash)
    there = {item.key for item in theirs.items}
    for item in mine.items:
        if item.key in there:
            continue
        if item.key not in before:
            items.append(item)
        elif item != before[item.key]:
            clashes.append(Clash(key=item.key, mine=item, theirs=None))
    ordered = _in_order(items, base=base, mine=mine, theirs=theirs)
    return Merged(meeting=replace(theirs, **changed, items=ordered), clashes=tuple(clashes))


def _in_order(items: list[Item], *, base: Meeting, mine: Meeting, theirs: Meeting) -> tuple[Item, ...]:
    """Mine where only I moved items about or added some; theirs otherwise."""
    keys = [[item.key for item in one.items] for one in (base, mine, theirs)]
    if keys[0] != keys[2] and set(keys[0]) == set(keys[2]):
        return tuple(items)
    place = {key: number for number, key in enumerate(keys[1])}
    last = len(place)
    after: dict[str, float] = {}
    latest = -1.0
    for item in items:
        latest = after[item.key] = place[item.key] if item.key in place else latest + 1 / (last + 2)
    return tuple(sorted(items, key=lambda item: after[item.key]))


def _choose(before: Item | None, mine: Item | None, theirs: Item) -> tuple[Item | None, Clash | None]:
    if mine is None:
        if before is None:
            return theirs, None
        return (None, None) if theirs == before else (theirs, Clash(key=theirs.key, mine=None, theirs=theirs))
    if before is None or mine in (before, theirs):
        return theirs, None
    if theirs == before:
        return mine, None
    return theirs, Clash(key=theirs.key, mine=mine, theirs=theirs)


def with_mine(meeting: Meeting, clash: Clash) -> Meeting:
    """The meeting with my version of an item instead of theirs."""
    if clash.mine is None:
        return replace(meeting, items=tuple(item for item in meeting.items if item.key != clash.key))
    if meeting.item(clash.key) is None:
        return replace(meeting, items=(*meeting.items, clash.mine))
    return replace(meeting, items=tuple(clash.mine if item.key == clash.key else item for item in meeting.items))
