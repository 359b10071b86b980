"""What the rows of a sheet are held against when members or customers are taken in."""

from __future__ import annotations

from app.domain.document import Known
from app.domain.roles import Right
from app.services import register_records as registers
from app.services.customers import new_customer_key
from app.services.desk import Desk, needs


@needs(Right.EXCHANGE)
def known_to_sheets(desk: Desk) -> Known:
    """The units the person sees and who is registered in them; nobody's data is shown by it."""
    with desk.reading() as work:
        units = [unit for unit, _ in registers.load_units(work.session).values() if desk.actor.sees(unit.key)]
        members = [member for member, _ in registers.load_members(work.session).values()]
        customers = [customer for customer, _ in registers.load_customers(work.session).values()]
    return Known(units, members, customers, desk.professions, new_customer_key)
