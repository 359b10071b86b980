"""The tables, one module a capability; import this package as `m` and name them `m.Meeting`."""

from app.models.accounts import Account, AccountUnit, Preference
from app.models.audit import AuditEntry, Draft, Fact, LogReview, LogReviewRow
from app.models.base import Base
from app.models.checklists import ChecklistRun, ChecklistStep
from app.models.customers import Customer, CustomerPeriod
from app.models.disposal import Disposal, DisposalCount, DisposalPeriod, Hold
from app.models.emergency import EmergencyAccess
from app.models.meetings import (
    Action,
    Addition,
    Appendix,
    Assessment,
    Attendance,
    Decision,
    Item,
    JournalMark,
    Meeting,
    MeetingCustomer,
    MeetingMember,
    Participation,
    Question,
)
from app.models.planning import (
    Absence,
    Cover,
    MeetingRegret,
    MemberHours,
    Occasion,
    Room,
    Series,
    SeriesExdate,
    SeriesMove,
    SeriesPause,
    Travel,
    Turn,
    WheelMonth,
    WheelTheme,
)
from app.models.team import Member, MemberUnit, MemberWard
from app.models.units import Apartment, Unit, UnitForum, Ward, WardSubstitute

__all__ = [
    "Absence", "Account", "AccountUnit", "Action", "Addition", "Apartment", "Appendix", "Assessment", "Attendance",
    "AuditEntry", "Base", "ChecklistRun", "ChecklistStep", "Cover", "Customer", "CustomerPeriod", "Decision",
    "Disposal", "DisposalCount", "DisposalPeriod", "Draft", "EmergencyAccess", "Fact", "Hold", "Item",
    "JournalMark", "LogReview", "LogReviewRow", "Meeting", "MeetingCustomer", "MeetingMember", "MeetingRegret",
    "Member", "MemberHours", "MemberUnit", "MemberWard", "Occasion", "Participation", "Preference", "Question",
    "Room", "Series", "SeriesExdate", "SeriesMove", "SeriesPause", "Travel", "Turn", "Unit", "UnitForum", "Ward",
    "WardSubstitute", "WheelMonth", "WheelTheme",
]  # fmt: skip
