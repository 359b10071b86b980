"""Two people wrote at once: what one of them changed is kept, what both changed is theirs to choose between."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from app.domain.journal import with_marks_of
from app.domain.meetings import Action, Item, Meeting


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
    own, others = _changed(before, mine), _changed(before, theirs)
    if not own & others:
        return replace(theirs, **{name: getattr(mine, name) for name in own}), None
    return theirs, Clash(key=theirs.key, mine=mine, theirs=theirs)


def _changed(before: Item, after: Item) -> frozenset[str]:
    return frozenset(field.name for field in fields(Item) if getattr(before, field.name) != getattr(after, field.name))


def together(mine: Item, theirs: Item) -> Item:
    """Both texts of a point that both wrote in: their lines and then mine that they do not have; nothing is dropped.

    Of what a point has only one of, such as its heading, mine is taken where I have any.
    """
    joined = {name: _lines(getattr(mine, name), getattr(theirs, name)) for name in ("text", "notes")}
    lists = {
        name: (*getattr(theirs, name), *(one for one in getattr(mine, name) if one not in getattr(theirs, name)))
        for name in ("decisions", "questions", "assessments", "participation", "presentations", "absences")
    }
    alone = {
        name: getattr(theirs, name) if getattr(mine, name) is None else getattr(mine, name)
        for name in ("heading", "customer", "presenter", "minutes", "lifted_to", "lifted_recipient", "raised_by")
    }
    return replace(theirs, **joined, **lists, **alone, actions=_actions(mine, theirs))  # type: ignore[arg-type]


def _lines(mine: str | None, theirs: str | None) -> str | None:
    there = (theirs or "").split("\n")
    more = [line for line in (mine or "").split("\n") if line not in there]
    return "\n".join([*there, *more] if theirs else more) or None


def _actions(mine: Item, theirs: Item) -> tuple[Action, ...]:
    """Theirs and mine; one that both changed is mine, with both texts."""
    own = {one.key: one for one in mine.actions}
    kept = [_action(own[one.key], one) if one.key in own else one for one in theirs.actions]
    there = {one.key for one in theirs.actions}
    return (*kept, *(one for one in mine.actions if one.key not in there))


def _action(mine: Action, theirs: Action) -> Action:
    return mine if mine.text == theirs.text else replace(mine, text=f"{theirs.text} / {mine.text}")


def with_mine(meeting: Meeting, clash: Clash) -> Meeting:
    """The meeting with my version of an item instead of theirs."""
    if clash.mine is None:
        return replace(meeting, items=tuple(item for item in meeting.items if item.key != clash.key))
    if meeting.item(clash.key) is None:
        return replace(meeting, items=(*meeting.items, clash.mine))
    return replace(meeting, items=tuple(clash.mine if item.key == clash.key else item for item in meeting.items))
