"""Where a point belongs on an agenda: before the closing standing points, which stay last."""

from __future__ import annotations

from app.domain.meetings import Item, ItemKind

_CLOSING = ("nästa möte", "avslut", "kommande möte", "övrig", "kunder till nästa", "kvalitetsregister")


def with_added(items: tuple[Item, ...], *added: Item) -> tuple[Item, ...]:
    """The agenda with `added` before its closing standing points ("Nästa möte", "Avslutning")."""
    closing = len(items)
    while closing and _closes(items[closing - 1]):
        closing -= 1
    return (*items[:closing], *added, *items[closing:])


def with_first(items: tuple[Item, ...], *added: Item) -> tuple[Item, ...]:
    """The agenda with `added` before the first point about a customer, else before its closing standing points."""
    place = next((n for n, one in enumerate(items) if one.kind is ItemKind.CUSTOMER), None)
    return with_added(items, *added) if place is None else (*items[:place], *added, *items[place:])


def _closes(item: Item) -> bool:
    return item.kind is ItemKind.STANDING and item.heading.lower().startswith(_CLOSING)
