"""Protected identity where points of meetings are read: a label that stands as a heading is shown as the code."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.customers import Customer
from app.storage.dialects import IsWanted

_PROTECTED: Select[*tuple[Any, ...]] = select(
    m.Customer.id, m.Customer.reference, m.Customer.apartment, m.Customer.protected, m.Customer.code
).where(IsWanted(m.Customer.id, bindparam("wanted")), m.Customer.protected)


def customer_of(row: Any) -> Customer:
    """As much of a customer as says how she is shown, from a row with those columns."""
    return Customer(
        key="", reference=row.reference, unit="", apartment=row.apartment, protected=row.protected, code=row.code
    )


def protected_among(session: Session, customers: Collection[int]) -> dict[int, Customer]:
    """Those of the customers whose identity is protected.

    What was written stands in the table as it was; everything that reads meetings as values reads the code.
    """
    if not customers:
        return {}
    rows = session.connection().execute(_PROTECTED, {"wanted": json.dumps(sorted(customers))})
    return {row.id: customer_of(row) for row in rows}
