"""Along the apartments: the order in which a unit's customers are gone through (routine 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.customers import Customer
from app.domain.swedish import sort_key
from app.domain.units import Ward


def along(customers: Iterable[Customer], wards: Sequence[Ward]) -> list[Customer]:
    """The customers ward by ward in the order of their apartments; who has none comes last on her ward.

    A protected customer comes after those: her place between two of them would tell where she lives.
    """
    order = {(ward.key, number): (w, n) for w, ward in enumerate(wards) for n, number in enumerate(ward.apartments)}
    of_ward = {ward.key: number for number, ward in enumerate(wards)}

    def place(one: Customer) -> tuple[object, ...]:
        apartment = one.shown.apartment or ""
        ward = of_ward.get(one.ward or "", len(wards))
        known = order.get((one.ward or "", apartment))
        return ward, one.protected, known is None, known or (0, 0), apartment, sort_key(one.label), one.key

    return sorted(customers, key=place)
