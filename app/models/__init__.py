"""The tables, one module a capability; import this package as `m` and name them `m.Meeting`."""

from app.models.accounts import Account, AccountUnit, Preference
from app.models.audit import AuditEntry, Draft, Fact
from app.models.base import Base
from app.models.customers import Customer, CustomerPeriod
from app.models.meetings import (
    Action,
    Addition,
    Appendix,
    Assessment,
    Attendance,
    Decision,
    Item,
    Meeting,
    MeetingCustomer,
    MeetingMember,
    Participation,
    Question,
)
from app.models.team import Member, MemberUnit, MemberWard
from app.models.units import Apartment, Unit, UnitForum, Ward, WardSubstitute

__all__ = [
    "Account", "AccountUnit", "Action", "Addition", "Apartment", "Appendix", "Assessment", "Attendance", "AuditEntry",
    "Base", "Customer", "CustomerPeriod", "Decision", "Draft", "Fact", "Item", "Meeting", "MeetingCustomer",
    "MeetingMember", "Member", "MemberUnit", "MemberWard", "Participation", "Preference", "Question", "Unit",
    "UnitForum", "Ward", "WardSubstitute",
]  # fmt: skip
