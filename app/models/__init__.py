"""The tables, one module a capability; import this package as `m` and name them `m.Meeting`."""

from app.models.accounts import Account, AccountUnit, Preference
from app.models.activities import Activity
from app.models.attachments import Attachment, AttachmentContent
from app.models.audit import AuditEntry, Draft, Fact, LogReview, LogReviewRow
from app.models.base import Base
from app.models.checklists import ChecklistRun, ChecklistStep
from app.models.coordination import (
    CoordinationLimit,
    CoordinationRequest,
    Deviation,
    PartyEntry,
    RequestContact,
    RequestEvent,
    RequestField,
    RequestParty,
    RequestTask,
    SipMeeting,
)
from app.models.customers import Customer, CustomerPeriod
from app.models.disposal import Disposal, DisposalCount, DisposalPeriod, Hold
from app.models.emergency import EmergencyAccess
from app.models.instruments import UnitInstrument
from app.models.letters import Letter, LetterPart
from app.models.meetings import (
    Action,
    Addition,
    Appendix,
    Assessment,
    Attendance,
    Decision,
    Item,
    ItemAbsence,
    JournalMark,
    Meeting,
    MeetingCustomer,
    MeetingMember,
    Participation,
    Presentation,
    Question,
)
from app.models.minutes import MeetingTemplate, MinutesComment, MinutesReceipt, MinutesVersion, Preparation
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
    "Absence", "Account", "AccountUnit", "Action", "Activity", "Addition", "Apartment", "Appendix", "Assessment",
    "Attachment", "AttachmentContent", "Attendance", "AuditEntry", "Base", "ChecklistRun", "ChecklistStep",
    "CoordinationLimit", "CoordinationRequest", "Cover", "Customer", "CustomerPeriod", "Decision", "Deviation",
    "Disposal", "DisposalCount", "DisposalPeriod", "Draft", "EmergencyAccess", "Fact", "Hold", "Item",
    "ItemAbsence", "JournalMark", "Letter", "LetterPart", "LogReview", "LogReviewRow", "Meeting", "MeetingCustomer",
    "MeetingMember", "MeetingRegret", "MeetingTemplate", "Member", "MemberHours", "MemberUnit", "MemberWard",
    "MinutesComment", "MinutesReceipt", "MinutesVersion", "Occasion", "Participation", "PartyEntry", "Preference",
    "Preparation", "Presentation", "Question", "RequestContact", "RequestEvent", "RequestField", "RequestParty",
    "RequestTask", "Room", "Series", "SeriesExdate", "SeriesMove", "SeriesPause", "SipMeeting", "Travel", "Turn",
    "Unit", "UnitForum", "UnitInstrument", "Ward", "WardSubstitute", "WheelMonth", "WheelTheme",
]  # fmt: skip
