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


def _closes(item: Item) -> bool:
    return item.kind is ItemKind.STANDING and item.heading.lower().startswith(_CLOSING)
