"""Disposal (gallring): which kinds of record there are, when each is due, and what a proposal of it holds.

Every table with a customer, a name or free text belongs to a kind here, or to `KEPT` with the reason; a test walks the
tables and fails on one that does not. The periods are suggestions: the municipality's plan (informationshanterings-
plan) decides, and nothing is removed until a second enhetschef has approved a proposal.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from app.domain.clock import to_wall_clock
from app.domain.errors import Refused
from app.domain.swedish import clock, plain_date

LONGEST_MONTHS = 100 * 12
OWN_DAYS = 30
"""For so long after somebody else made or changed an account it neither proposes nor approves a disposal."""
ACCOUNT_CHANGES = ("add_account", "save_account", "reset_password", "use_recovery_key")
"""The log's actions after which an account may be in other hands than before."""
LOG_MONTHS = 60
"""The log and what was done with it is kept for at least five years (HSLF-FS 2016:40, chapter 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """A kind of record: from which day its period runs, what is suggested, its tables, and what goes with it.

    `shortest` is the least number of months that may be chosen.
    """

    key: str
    name: str
    ends: str
    about: str
    months: int | None
    tables: tuple[str, ...]
    shortest: int = 1


_OF_A_MEETING = (
    "meetings", "meeting_members", "meeting_customers", "attendance", "items", "decisions", "actions", "questions",
    "assessments", "participation", "journal_marks", "appendices", "additions", "meeting_regrets",
    "presentations", "item_absences", "preparations", "minutes_comments", "minutes_versions", "minutes_receipts",
    "attachments", "attachment_contents",
)  # fmt: skip
KINDS: tuple[RecordKind, ...] = (
    RecordKind(
        key="minutes", name="Minnesanteckningar från hållna möten", ends="mötets datum",
        about="Beslut, åtgärder, frågor, närvaro och tillägg följer med mötet. Ett möte med öppna åtgärder är kvar.",
        months=None, tables=_OF_A_MEETING,
    ),
    RecordKind(
        key="not_held", name="Möten som inte blev av", ends="dagen mötet skulle ha varit",
        about="Inställda möten, och planerade där ingenting blev skrivet.", months=12, tables=_OF_A_MEETING,
    ),
    RecordKind(
        key="checklists", name="Avslutade checklistor", ends="dagen listan blev klar eller avbröts",
        about="Steg, anteckningar och svar följer med listan.", months=24,
        tables=("checklist_runs", "checklist_steps"),
    ),
    RecordKind(
        key="letters", name="Skickade informationsbrev", ends="dagen brevet skickades",
        about="Notiser, inbjudningar och den PDF som skickades följer med brevet.", months=24,
        tables=("letters", "letter_parts", "attachments", "attachment_contents"),
    ),
    RecordKind(
        key="activities", name="Aktiviteter som har varit", ends="aktivitetens datum",
        about="Månadens aktiviteter, gemensamma och enskilda.", months=12, tables=("activities",),
    ),
    RecordKind(
        key="requests", name="Avslutade samordningsärenden", ends="dagen det senast hände något i ärendet",
        about="Meddelandet, parter, händelser, samtycke, fasta vårdkontakter och SIP följer med ärendet.", months=None,
        tables=(
            "requests", "request_fields", "request_parties", "request_events", "request_contacts", "request_tasks",
            "sip_meetings",
        ),
    ),
    RecordKind(
        key="deviations", name="Avvikelser i samverkan", ends="dagen det hände",
        about="Det som hände, följderna och åtgärden. Det som är exporterat finns också i mottagande system.",
        months=LOG_MONTHS, tables=("deviations",),
    ),
    RecordKind(
        key="customers", name="Kunder som har lämnat verksamheten", ends="dagen kunden avslutades",
        about="Bara kunder som ingen handling nämner längre.", months=24,
        tables=("customers", "customer_periods", "turns"),
    ),
    RecordKind(
        key="members", name="Medarbetare som har slutat", ends="sista dagen i teamet",
        about="Bara de som ingen handling nämner längre och som inte har ett konto.", months=24,
        tables=("members", "member_units", "member_wards", "member_hours", "absences"),
    ),
    RecordKind(
        key="drafts", name="Utkast som aldrig sparades", ends="dagen utkastet skrevs",
        about="Text som någon började skriva och inte kom tillbaka till.", months=3,
        tables=("drafts",),
    ),
    RecordKind(
        key="accounts", name="Avslutade konton", ends="dagen kontot avslutades",
        about="Loggen nämner användarnamnet. Namnet bakom det behövs så länge loggen ska kunna läsas.", months=None,
        tables=("accounts", "account_units", "preferences"), shortest=LOG_MONTHS,
    ),
    RecordKind(
        key="emergencies", name="Nödöppningar", ends="dagen enhetschefen tog del av den",
        about="Vem som öppnade, varför och vem som tog del av det.", months=LOG_MONTHS,
        tables=("emergency_accesses",), shortest=LOG_MONTHS,
    ),
    RecordKind(
        key="reviews", name="Signerade logggranskningar", ends="dagen granskningen signerades",
        about="Urvalet och anmärkningarna; loggen själv är kvar.", months=LOG_MONTHS,
        tables=("log_reviews", "log_review_rows"), shortest=LOG_MONTHS,
    ),
    RecordKind(
        key="holds", name="Hävda stopp för gallring", ends="dagen stoppet hävdes",
        about="Vad som hölls kvar, varför och av vem.", months=LOG_MONTHS,
        tables=("holds",),
    ),
)  # fmt: skip
"""In the order they are disposed of: what names others before those who are named."""

KEPT: Mapping[str, str] = {
    "audit": "The log answers who read what, also about what is gone; a row taken out breaks its chain. No content.",
    "disposals": "The record that something was disposed of, by which two people: counts, no content.",
    "disposal_counts": "As the disposals it belongs to.",
    "disposal_periods": "What the unit has decided; nothing about anybody.",
    "facts": "Facts about the database itself.",
    "units": "The organisation; removed under Enheter when nothing is in it.",
    "wards": "As the units.",
    "apartments": "Numbers of places, not who lives there.",
    "ward_substitutes": "Who stands in now; goes when the member is handed over or the ward changed.",
    "unit_forums": "How the unit runs its meetings.",
    "series": "The rules meetings are made from; nothing about anybody.",
    "series_exdates": "As the series they belong to.",
    "series_moves": "As the series they belong to.",
    "series_pauses": "As the series they belong to.",
    "party_book": "Organisations and where they are reached.",
    "coordination_limits": "How long the unit lets answers take; nothing about anybody.",
    "rooms": "Rooms of the houses.",
    "travel": "Minutes between units.",
    "occasions": "Which meetings were held one after the other.",
    "covers": "Who was on duty meanwhile, as in the roster: staff only, never a customer.",
    "meeting_templates": "How the unit begins its meetings: headings and who presents, nothing of any meeting.",
    "unit_instruments": "The unit's own limits for assessments; nothing about anybody.",
    "wheel_months": "What a forum takes up in a month of every year.",
    "wheel_themes": "As the months they belong to.",
}
"""Tables that disposal leaves alone, and why."""

_BY_KEY = {kind.key: kind for kind in KINDS}


def kind_of(key: str) -> RecordKind:
    """The kind with that key. Raises Refused("disposal_kind_unknown")."""
    found = _BY_KEY.get(key)
    if found is None:
        raise Refused("disposal_kind_unknown", kind=key)
    return found


def check_months(kind: RecordKind, months: int | None) -> None:
    """Raise Refused unless the kind may be kept for so many months; None is for ever."""
    if months is not None and not kind.shortest <= months <= LONGEST_MONTHS:
        raise Refused("disposal_months", kind=kind.name, shortest=kind.shortest, longest=LONGEST_MONTHS)


def later_by(day: dt.date, months: int) -> dt.date:
    """The same day so many months later (or earlier), the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_due(ended: dt.date, *, months: int, on: dt.date) -> bool:
    """Whether what ended that day has been kept its whole period: it goes the day after, never the day itself."""
    return later_by(ended, months) < on


def latest_due(*, months: int, on: dt.date) -> dt.date:
    """The latest day that something due `on` that day can have ended."""
    day = later_by(on, -months)
    while not is_due(day, months=months, on=on):
        day -= dt.timedelta(days=1)
    while is_due(day + dt.timedelta(days=1), months=months, on=on):
        day += dt.timedelta(days=1)
    return day


class DisposalStatus(StrEnum):
    """What came of a proposal."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    DONE = "done"

    @property
    def label(self) -> str:
        """The Swedish word shown for the status."""
        return {"proposed": "Väntar på godkännande", "withdrawn": "Återtaget", "done": "Gallrat"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How long a kind is kept; `chosen` is False while it is only our suggestion."""

    kind: RecordKind
    months: int | None
    version: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRecord:
    """One record whose period is over: what it is recognised by, when it ended, and why it stays if it does."""

    key: str
    label: str
    ended: dt.date
    version: int = 1
    held: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueKind:
    """Everything of one kind whose period is over: what would go, and what stays for a reason."""

    period: Period
    going: tuple[DueRecord, ...] = ()
    staying: tuple[DueRecord, ...] = ()

    @property
    def digest(self) -> str:
        """Which records would go and as they stand, so that what is approved is what was proposed."""
        return digest_of((one.key, one.version) for one in self.going)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    """A hold as it is shown: on what, why, and whether it still stands."""

    id: int
    kind: str
    object: str
    label: str
    reason: str
    placed_by: str
    placed_at: dt.datetime
    lifted_by: str | None = None
    lifted_at: dt.datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it still keeps anything."""
        return self.lifted_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalRow:
    """A proposal and what came of it."""

    id: int
    before: dt.date
    proposed_by: str
    proposed_at: dt.datetime
    decided_by: str | None
    decided_at: dt.datetime | None
    status: DisposalStatus
    version: int
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many records in all."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """What a disposal did: counts per kind, the backup made before, and the backups that still hold what is gone.

    `left` is the sentence about what can still be read where the removed lay, empty when nothing can.
    """

    counts: Mapping[str, int]
    backup: str
    folders: tuple[str, ...]
    older_backups: int
    gone_on: dt.date | None
    left: str = ""


def digest_of(records: Iterable[tuple[str, int]]) -> str:
    """A digest of records by key and version, whatever their order."""
    text = "\n".join(f"{key} {version}" for key, version in sorted(records))
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """What the log says was done to an account: in which row, by whom, when."""

    sequence: int
    action: str
    by: str
    at: dt.datetime


def check_own_account(*, user: str, member: str | None, changes: Iterable[AccountChange], now: dt.datetime) -> None:
    """Raise Refused unless the account is a known person's, and has been hers alone for a while.

    Whoever makes an account, changes it or gives it a password can come in with it herself; so can whoever has the
    recovery key. For `OWN_DAYS` after that nobody proposes or approves with it; meanwhile its owner has noticed.
    """
    if member is None:
        raise Refused("disposal_member_missing")
    given = [one.at for one in changes if one.by != user or one.action == "use_recovery_key"]
    if given and now < max(given) + dt.timedelta(days=OWN_DAYS):
        until = to_wall_clock(max(given) + dt.timedelta(days=OWN_DAYS))
        raise Refused("disposal_account_given", days=OWN_DAYS, day=plain_date(until.date()), time=clock(until.time()))


def check_second_person(
    row: DisposalRow, *, user: str, member: str | None, proposers: Iterable[str | None],
    changes: Iterable[AccountChange], proposed_in: int,
) -> None:  # fmt: skip
    """Raise Refused unless `row` waits and the one who decides is another person than she who proposed it.

    `proposers` are the members the proposer's account belonged to then and belongs to now, `proposed_in` is the log's
    row of the proposal: an account that was changed since, by whomever, may be another person's now.
    """
    if row.status is not DisposalStatus.PROPOSED:
        raise Refused("disposal_decided", status=row.status.label.lower())
    if user == row.proposed_by or (member is not None and member in proposers):
        raise Refused("disposal_second_person")
    if any(one.sequence > proposed_in for one in changes):
        raise Refused("disposal_account_changed")


def check_day(row: DisposalRow, *, today: dt.date) -> None:
    """Raise Refused for a proposal as of a day that has not come: what is due by then is not due now."""
    if row.before > today:
        raise Refused("disposal_not_yet", day=plain_date(row.before), today=plain_date(today))
