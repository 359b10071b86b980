"""What the rows of a sheet are held against when members or customers are taken in."""

from __future__ import annotations

from app.domain.customers import Customer
from app.domain.document import Known
from app.domain.roles import Right
from app.domain.team import Member
from app.services import register_records as registers
from app.services.customers import new_customer_key
from app.services.desk import Desk, needs


@needs(Right.EXCHANGE)
def known_to_sheets(desk: Desk) -> Known:
    """The units the person sees and who is registered in them; nobody's data is shown by it.

    Of others only the keys are there, because they are taken.
    """
    sees = desk.actor.sees
    with desk.reading() as work:
        units = [unit for unit, _ in registers.load_units(work.session).values() if sees(unit.key)]
        members = [
            member if any(sees(unit) for unit in member.units) else _taken_member(member.key)
            for member, _ in registers.load_members(work.session).values()
        ]
        customers = [
            customer if sees(customer.unit) else Customer(key=customer.key, reference="", unit="")
            for customer, _ in registers.load_customers(work.session).values()
        ]
    return Known(units, members, customers, desk.professions, new_customer_key)


def _taken_member(key: str) -> Member:
    return Member(key=key, name="", profession="", units=())
