"""Idag: my meetings by time, what to have ready, what is mine to do, who is in hospital, what waits for approval."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from app.domain.action_lists import ActionView, follow_up_words
from app.domain.checklist_runs import OwnSteps
from app.domain.emergency import Emergency
from app.domain.handover import HandoverCount
from app.domain.journal import ToJournal
from app.domain.log import LostEnd
from app.domain.meetings import ActionRow, MeetingRow, MeetingStatus
from app.domain.preparations import Unprepared
from app.domain.regrets import RegretNote
from app.domain.roles import Right, Role
from app.domain.short_forms import ShortDay
from app.domain.swedish import long_date, near_day, short_date
from app.domain.turn_list import Misses
from app.services.after_today import AfterToday, after_today
from app.services.call_reminders import CallReminder, call_reminders
from app.services.checklists import own_steps
from app.services.desk import Desk
from app.services.drafts import DraftNote, list_drafts
from app.services.meeting_lists import count_meetings
from app.services.own_preparations import unprepared
from app.services.regrets import own_regrets, regrets_to_me
from app.services.short_meetings import short_days
from app.services.team import member_names
from app.services.today import Today, today
from app.ui.actions.done import complete
from app.ui.after.today_card import after_rows
from app.ui.calling import calling_rows
from app.ui.checklists.today_card import checklist_rows
from app.ui.coordination.today_card import CasesToday
from app.ui.emergency import read_unseen, unseen_cards
from app.ui.handover.card import handover_rows, read_handover
from app.ui.log_end import lost_end_cards, read_lost_ends
from app.ui.meetings.journal_card import journal_rows, read_to_journal
from app.ui.meetings.participation_rows import ParticipationRows
from app.ui.meetings.regret_cards import regret_cards
from app.ui.meetings.short_start import ShortStart
from app.ui.planning.missing_card import missing_rows, read_misses
from app.ui.preparing_card import OwnPreparations, preparing_parts
from app.ui.recovery_card import key_cards, read_key_waits
from app.ui.theme import GRID, ROW_HEIGHT
from app.ui.unsaved_card import UnsavedCard
from app.ui.widgets.controls import box, button, card, column, empty, label, row, scrolled
from app.ui.widgets.pages import Page
from app.ui.widgets.rows import OpenRow, meeting_row
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_MOST_ROWS = 9
_MOST_FOLLOW_UPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """All that the page shows."""

    today: Today
    any_meetings: bool
    key_waits: bool
    lost: tuple[LostEnd, ...]
    unseen: tuple[Emergency, ...]
    unsaved: tuple[DraftNote, ...]
    told: tuple[RegretNote, ...]
    """Who cannot come to meetings that the person leads."""
    regretted: frozenset[str]
    """The day's meetings to which she said herself that she cannot come."""
    reminders: tuple[CallReminder, ...]
    """What is left to call to and to send out."""
    after: AfterToday
    """What of meetings that were held waits for her: minutes to read and to comment, questions to answer."""
    unprepared: tuple[Unprepared, ...]
    """What others have not made ready before meetings that she leads and that are near."""
    checklists: tuple[OwnSteps, ...]
    """What waits for her in checklists that are to be ready within the week."""
    short: tuple[ShortDay, ...]
    """The day's pulsmöten and avstämningar, booked or not."""


class TodayPage(Page):
    """The first page: one glance says what is next and what is mine."""

    name = "today"
    refreshed_by = frozenset({
        "meetings", "actions", "customers", "units", "emergency", "drafts", "log", "recovery_key", "regrets",
        "checklists", "minutes", "preparations", "requests",
    })  # fmt: skip

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Idag"))
        self.subtitle.setText(long_date(place.desk.today).capitalize())
        plans = place.desk.may(Right.WRITE_MEETINGS)
        if place.desk.may(Right.PROPOSE_ITEMS):
            self.add_button(
                button(
                    self.tr("Lägg till punkt"), self._add_point, kind="" if plans else "primary",
                    icon_name="list-plus", tip=self.tr("Lägg till en punkt på ett möte (Ctrl+N)"),
                )
            )  # fmt: skip
        if plans:
            self.add_button(
                button(self.tr("Sjukanmälan"), lambda: place.visit.emit("sick", ""), icon_name="heart-pulse")
            )
        elif place.desk.actor.member is not None:
            self.add_button(
                button(self.tr("Jag är borta"), lambda: place.visit.emit("away", "new"), icon_name="calendar-x")
            )
        if plans:
            new = button(
                self.tr("Nytt möte"), lambda: place.visit.emit("meetings", "new"), kind="primary", icon_name="plus"
            )
            self.add_button(new)
        self._left, self._right = column(), column()
        self._columns = row(box(self._left), box(self._right), space=3 * GRID)
        self._columns.setStretch(0, 3)
        self._columns.setStretch(1, 2)
        inside = QWidget()
        inside.setLayout(self._columns)
        self._columns.setContentsMargins(0, 0, GRID, 0)
        self.body.addWidget(scrolled(inside, name=self.tr("Dagen")))
        self.action_table = self._action_table()
        self.own_table = OwnPreparations(self, place)

    def _action_table(self) -> Table[ActionRow]:
        day = self.place.desk.today
        color = self.place.theme.color
        table: Table[ActionRow] = Table(
            (
                Column(self.tr("Åtgärd"), lambda one: one.text),
                Column(
                    self.tr("Klart"), lambda one: _due(one, day), width=112,
                    hover=lambda one: one.due.isoformat() if one.due else "",
                    color=lambda one: color("overdue") if one.due and one.due < day else None,
                ),
            ),
            name=self.tr("Mina åtgärder"),
        )  # fmt: skip
        table.opened.connect(lambda one: self.place.visit.emit("actions", one.key))
        table.space_pressed.connect(self.complete)
        return table

    def refresh(self) -> None:
        """Read the day."""
        self.place.ask(self, _read, self._show)

    def _show(self, read: _Read) -> None:
        found = read.today
        stood = next((one for one in (self.action_table, self.own_table) if one.hasFocus()), None)
        for table in (self.action_table, self.own_table):
            table.hide()  # one that has the focus would be shown again, as a window of its own
            table.setParent(None)
        empty(self._left)
        empty(self._right)
        before = (
            *lost_end_cards(self, self.place, read.lost), *unseen_cards(self, self.place, read.unseen),
            *key_cards(self, self.place, read.key_waits), *regret_cards(self, self.place, read.told),
        )  # fmt: skip
        for made in before:
            self._left.addWidget(made)
        if read.unsaved:
            self.unsaved = UnsavedCard(self.place, self.refresh)
            self.unsaved.show_notes(read.unsaved)
            self._left.addWidget(self.unsaved)
            self._left.addSpacing(GRID)
        if not read.any_meetings and self.place.desk.may(Right.WRITE_REGISTERS):
            self._left.addWidget(self._beginning())
        self._show_meetings(found, read.regretted, read.short)
        self._handover = column()
        self._left.addLayout(self._handover)
        self._show_preparations(found, read.unprepared)
        self._left.addWidget(ParticipationRows(self.place))
        self._show_after(read.after)
        self._missing = column()
        self._left.addLayout(self._missing)
        self.place.ask(self, read_misses, self._show_misses, long=True)
        self.place.ask(self, read_handover, self._show_handover, long=True)
        self._journal = column()
        self.place.ask(self, read_to_journal, self._show_journal, long=True)
        self._show_calling(read.reminders)
        self._show_prints()
        self._left.addStretch(1)
        self._show_actions(found)
        self._show_follow_ups(found)
        self._right.addLayout(self._journal)
        self._right.addWidget(CasesToday(self.place))
        self._show_checklists(read.checklists)
        self._show_waiting(found)
        self._right.addStretch(1)
        first = next(iter(self.findChildren(OpenRow)), None)
        if stood is not None and stood.isVisibleTo(self):
            stood.setFocus()  # the next Space is for the next row
        elif first is not None:
            self.setFocusProxy(first)
            if self.isVisible() and QApplication.focusWidget() in (None, self, self.window()):
                first.setFocus()

    def _add_point(self) -> None:
        from app.ui.meetings.quick_point import QuickPoint  # noqa: PLC0415 - loaded when first used

        QuickPoint(self, self.place).open()

    def _beginning(self) -> QWidget:
        """What to do first in a new database."""
        go = self.place.visit.emit
        steps = (
            (self.tr("1. Lägg upp avdelningar och lägenheter"), "settings", "units"),
            (self.tr("2. Registrera teamet"), "team", ""),
            (self.tr("3. Registrera kunderna"), "customers", ""),
            (self.tr("4. Ge medarbetarna konton"), "settings", "accounts"),
            (self.tr("5. Planera månadens möten ur rutinen"), "plan", ""),
            (self.tr("6. Välj en andra plats för säkerhetskopior"), "settings", "backups"),
        )
        rows = [button(text, partial(go, page, key), kind="quiet") for text, page, key in steps]
        return card(label(self.tr("Kom i gång"), role="heading"), *rows)

    def _show_meetings(self, found: Today, regretted: frozenset[str], short: tuple[ShortDay, ...]) -> None:
        self._left.addWidget(label(self.tr("Dagens möten"), role="heading"))
        self.short = ShortStart(self.place)
        self._left.addWidget(self.short)
        self.short.show_days(short)
        if not found.meetings:
            self._left.addWidget(label(self.tr("Inga möten i dag."), role="muted"))
        now = self.place.desk.clock.now().time()
        told = False
        for one in found.meetings:
            if not told and one.start > now and one is not found.meetings[0]:
                self._left.addWidget(label(self.tr("Nu är klockan {0}").format(f"{now:%H.%M}"), role="info"))
            told = told or one.start > now
            shown = meeting_row(self.place.theme, one, partial(self._open, one.key))
            self._left.addWidget(self._with_regret(one, shown, regretted=one.key in regretted))
        self._left.addSpacing(2 * GRID)

    def _with_regret(self, one: MeetingRow, shown: QWidget, *, regretted: bool) -> QWidget:
        """Beside a meeting of one's own that is still to come: the way to say that one cannot come."""
        planned = one.status is MeetingStatus.PLANNED and self.place.desk.actor.member is not None
        if regretted:
            return box(row(shown, label(self.tr("Du har anmält förhinder"), role="due")))
        if not planned:
            return shown
        text = self.tr("Kan inte komma")
        ask = button(text, partial(self._ask_regret, one.key), kind="quiet")
        ask.setAccessibleName(f"{text}: {one.heading} {one.start:%H.%M}")
        return box(row(shown, ask))

    def _ask_regret(self, meeting: str) -> None:
        from app.ui.meetings.regrets import RegretQuestion  # noqa: PLC0415 - loaded when first used

        own = self.place.desk.actor.member or ""

        def opened(names: dict[str, str]) -> None:
            RegretQuestion(self, self.place, meeting=meeting, who=[own], names=names).open()

        self.place.ask(self, member_names, opened)

    def _show_preparations(self, found: Today, unprepared: tuple[Unprepared, ...]) -> None:
        for made in preparing_parts(self, self.place, self.own_table, found, unprepared):
            self._left.addWidget(made)
            made.show()

    def _show_calling(self, found: tuple[CallReminder, ...]) -> None:
        if found:
            self._left.addSpacing(2 * GRID)
            self._left.addWidget(label(self.tr("Kalla och skicka ut"), role="heading"))
            for made in calling_rows(self, self.place, found):
                self._left.addWidget(made)

    def _show_after(self, found: AfterToday) -> None:
        for number, made in enumerate(after_rows(self, self.place, found)):
            if number == 0:
                self._left.addSpacing(2 * GRID)
            self._left.addWidget(made)

    def _show_actions(self, found: Today) -> None:
        whose = self.tr("Mina åtgärder") if self.place.desk.actor.member else self.tr("Öppna åtgärder")
        self._right.addWidget(label(whose, role="heading"))
        if not found.actions:
            self._right.addWidget(label(self.tr("Ingenting väntar på dig."), role="muted"))
            return
        late = sum(1 for one in found.actions if one.due and one.due < found.day)
        if late:
            self._right.addWidget(label(self.tr("{0} försenade").format(late), role="overdue"))
        self.action_table.rows_model.show_rows(found.actions)
        self.action_table.setFixedHeight(min(len(found.actions), _MOST_ROWS) * ROW_HEIGHT + 42)
        self._right.addWidget(self.action_table)
        self.action_table.show()
        self._right.addWidget(label(self.tr("Mellanslag: klar. Enter: öppna."), role="muted"))

    def _show_follow_ups(self, found: Today) -> None:
        if not found.follow_ups:
            return
        self._right.addSpacing(2 * GRID)
        self._right.addWidget(label(self.tr("Att följa upp"), role="heading"))
        view = ActionView.FOLLOW_UP.value
        for one in found.follow_ups[:_MOST_FOLLOW_UPS]:
            day = follow_up_words(one, today=found.day)
            self._right.addWidget(
                OpenRow(
                    self.place.theme, left="", upper=one.text,
                    lower=", ".join(part for part in (one.customer_label, one.responsible_name, day) if part),
                    on_open=partial(self.place.visit.emit, "actions", f"{one.key}#{view}"),
                )
            )  # fmt: skip
        if len(found.follow_ups) > _MOST_FOLLOW_UPS:
            more = button(self.tr("Visa alla"), lambda: self.place.visit.emit("actions", f"#{view}"), kind="quiet")
            more.setAccessibleName(self.tr("Visa allt att följa upp"))
            self._right.addWidget(more)

    def _show_checklists(self, found: tuple[OwnSteps, ...]) -> None:
        for number, made in enumerate(checklist_rows(self, self.place, found)):
            if number == 0:
                self._right.addSpacing(2 * GRID)
            self._right.addWidget(made)

    def _show_waiting(self, found: Today) -> None:
        if found.awaiting_approval:
            self._right.addSpacing(2 * GRID)
            self._right.addWidget(label(self.tr("Väntar på justering"), role="heading"))
            for one in found.awaiting_approval[:5]:
                self._right.addWidget(
                    OpenRow(
                        self.place.theme, left="", upper=one.heading, lower=f"{one.unit_name}, {short_date(one.date)}",
                        forum=one.forum, on_open=partial(self._open, one.key),
                    )
                )  # fmt: skip
            if len(found.awaiting_approval) > 5:
                more = self.tr("Visa alla som inte är justerade")
                self._right.addWidget(button(more, lambda: self.place.visit.emit("meetings", "drafts"), kind="quiet"))
        if found.hospital:
            self._right.addSpacing(2 * GRID)
            self._right.addWidget(label(self.tr("På sjukhus"), role="heading"))
            for stay in found.hospital:
                since = self.tr("sedan {0}").format(short_date(stay.since))
                self._right.addWidget(
                    OpenRow(
                        self.place.theme, left="", upper=stay.label, lower=", ".join(filter(None, (stay.ward, since))),
                        on_open=partial(self.place.visit.emit, "customers", stay.customer),
                    )
                )  # fmt: skip

    def _show_prints(self) -> None:
        if self.place.desk.actor.role is not Role.SECRETARY:
            return
        from app.ui.papers.month import month_rows  # noqa: PLC0415 - loaded where they are offered

        self._left.addSpacing(2 * GRID)
        for made in month_rows(self, self.place):
            self._left.addWidget(made)

    def _show_misses(self, misses: tuple[Misses, ...]) -> None:
        empty(self._missing)
        for number, made in enumerate(missing_rows(self, self.place, self.place.theme, misses)):
            if number == 0:
                self._missing.addSpacing(GRID)
            self._missing.addWidget(made)

    def _show_journal(self, found: tuple[ToJournal, ...]) -> None:
        empty(self._journal)
        for number, made in enumerate(journal_rows(self, self.place, found)):
            if number == 0:
                self._journal.addSpacing(2 * GRID)
            self._journal.addWidget(made)

    def _show_handover(self, count: HandoverCount) -> None:
        empty(self._handover)
        made = handover_rows(self, self.place, count)
        for one in made:
            self._handover.addWidget(one)
        if made:
            self._handover.addSpacing(2 * GRID)

    def _open(self, key: str) -> None:
        self.place.visit.emit("meeting", key)

    def complete(self, one: ActionRow) -> None:
        """Mark the action done; it can be taken back with Ctrl+Z."""
        complete(self, self.place, one)


def _read(desk: Desk) -> _Read:
    return _Read(
        today=today(desk), any_meetings=count_meetings(desk) > 0, key_waits=read_key_waits(desk),
        lost=read_lost_ends(desk), unseen=read_unseen(desk), unsaved=list_drafts(desk), told=regrets_to_me(desk),
        regretted=own_regrets(desk, from_=desk.today, to=desk.today), reminders=call_reminders(desk),
        checklists=own_steps(desk), after=after_today(desk), short=short_days(desk), unprepared=unprepared(desk),
    )  # fmt: skip


def _due(one: ActionRow, day: dt.date) -> str:
    if one.due is None:
        return ""
    return near_day(one.due, today=day)
