"""The rows of the log in a list: filtered by days, person, customer and kind; checked, and taken out on paper."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.emergency import Emergency
from app.domain.errors import KnownError
from app.domain.log import Gesture, LogExtract, LogRow, LogState, gestures
from app.domain.log_reasons import role_words
from app.domain.log_words import Kind, break_words, gesture_words, state_words
from app.domain.roles import Right
from app.domain.swedish import brief_date, clock, long_date, sort_key, span
from app.domain.wording import wording
from app.services import customers, log
from app.services.desk import Desk
from app.ui.papers.preview import PreviewWindow, open_preview
from app.ui.settings.forum_fields import check
from app.ui.widgets.controls import box, button, chip, column, label, set_role
from app.ui.widgets.fields import DateField, choice, chosen, field, fill_choice, line
from app.ui.widgets.flow import Flow
from app.ui.widgets.messages import Question
from app.ui.widgets.pages import Choices, Nothing
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_PAGE_ROWS = 200
_USUAL_DAYS = 7
_MOST_BREAKS = 12
_ALL = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows."""

    from_: dt.date | None
    to: dt.date | None
    user: str | None
    customer: str | None
    kind: Kind | None
    lists: bool
    emergency: int | None
    already: frozenset[str]

    def read(self, desk: Desk, *, below: int | None = None) -> tuple[tuple[LogRow, ...], int]:
        """One page of rows, and how many there are in all."""
        total = log.count_log(
            desk, from_=self.from_, to=self.to, user=self.user, customer=self.customer, kind=self.kind,
            lists=self.lists, emergency=self.emergency,
        )  # fmt: skip
        rows = log.list_log(
            desk, from_=self.from_, to=self.to, user=self.user, customer=self.customer, kind=self.kind,
            lists=self.lists, emergency=self.emergency, already=self.already, below=below, limit=_PAGE_ROWS,
        )  # fmt: skip
        return rows, total


class LogList(QWidget):
    """Filters, the rows, and what can be done with them."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._oversees = place.desk.may(Right.OVERSEE_LOG)
        self._shown: frozenset[str] = frozenset()
        self._emergency: int | None = None
        self._rows: tuple[LogRow, ...] = ()
        """What has been read so far; the list shows it gesture by gesture."""
        today = place.desk.today
        self.first = DateField(lambda: place.desk.today, today - dt.timedelta(days=_USUAL_DAYS))
        self.last = DateField(lambda: place.desk.today, None)
        self.person = choice([(_ALL, self.tr("Alla"))])
        self.customer = choice([(_ALL, self.tr("Alla"))])
        self.kind = choice([(_ALL, self.tr("Allt")), *((one.value, one.label) for one in Kind)])
        self.during = chip("", lambda on: None if on else self._leave_emergency(), checked=True)
        self.during.hide()
        self.no_lists = check(self.tr("Utan listor"))
        self.no_lists.setToolTip(
            self.tr("Döljer det som bara har visats på Idag, i listor, i loggen och i sökningar, utan att öppnas")
        )
        self.table = self._table()
        self.result = label(wrap=True)
        self.result.setAccessibleName(self.tr("Kontroll av loggen"))
        self.result.hide()
        self._choices = Choices(self.table, Nothing(self.tr("Inga rader i loggen för det här urvalet.")))
        self.count = label(role="muted")
        whole = column(self._filters(), self._buttons(), self.result, self._choices, self.count)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        for one in (self.first, self.last):
            one.picked.connect(self.refresh)
        for box_ in (self.person, self.customer, self.kind):
            box_.currentIndexChanged.connect(lambda _: self.refresh())
        self.no_lists.toggled.connect(lambda _: self.refresh())
        if self._oversees:
            place.ask(self, lambda desk: (log.log_users(desk), customers.customer_labels(desk)), self._offer)

    def _filters(self) -> QWidget:
        parts = [field(self.tr("Från och med"), self.first), field(self.tr("Till och med"), self.last)]
        if self._oversees:
            parts += [field(self.tr("Person"), self.person), field(self.tr("Kund"), self.customer)]
        parts += [field(self.tr("Visa"), self.kind), self.no_lists, self.during]
        return box(Flow(*parts))

    def _buttons(self) -> QWidget:
        self.check_button = button(self.tr("Kontrollera loggen"), self.check, icon_name="shield-check")
        self.compare_button = button(self.tr("Jämför med papper …"), self.ask_compare, icon_name="file-text")
        self.extract_button = button(self.tr("Loggutdrag …"), self.extract, icon_name="printer")
        self.day_button = button(self.tr("Dagens logg …"), self.extract_day, icon_name="calendar-days")
        self.day_button.setVisible(self._oversees)
        self.extract_button.setToolTip(
            self.tr("För den kund eller person som är vald") if self._oversees else self.tr("Det du själv har gjort")
        )
        return box(Flow(self.extract_button, self.day_button, self.check_button, self.compare_button))

    def _table(self) -> Table[Gesture]:
        today = self.place.desk.today
        table: Table[Gesture] = Table(
            (
                Column(
                    self.tr("När"), lambda of: f"{brief_date(of[0].at.date(), today=today)} {clock(of[0].at.time())}",
                    width=104, hover=lambda of: f"{long_date(of[0].at.date())} {clock(of[0].at.time())}",
                ),
                Column(
                    self.tr("Vem"), lambda of: of[0].name, width=120, drop_below=480,
                    hover=lambda of: f"{of[0].name}, {role_words(of[0].role)}, dator {of[0].workstation}",
                ),
                Column(self.tr("Vad"), gesture_words, hover=in_full),
                Column(self.tr("Kund"), who_of, width=92, hover=who_of),
                Column(self.tr("Enhet"), lambda of: of[0].unit_name or "", width=108, drop_below=900),
                Column(self.tr("Rad"), numbers_of, width=84, right=True, drop_below=780),
            ),
            name=self.tr("Loggens rader"),
        )  # fmt: skip
        table.rows_model.wanted.connect(lambda _: self._read_more())
        return table

    def _offer(self, found: tuple[Mapping[str, str], Mapping[str, str]]) -> None:
        people, labels = found
        for box_, rows in ((self.person, people), (self.customer, labels)):
            box_.blockSignals(True)
            fill_choice(box_, [(_ALL, self.tr("Alla")), *rows.items()], chosen=chosen(box_))
            box_.blockSignals(False)

    def _filter(self) -> Filter:
        kind = chosen(self.kind)
        return Filter(
            self.first.day, self.last.day, chosen(self.person) or None, chosen(self.customer) or None,
            Kind(kind) if kind else None, not self.no_lists.isChecked(), self._emergency,
            self._shown,
        )  # fmt: skip

    def show_emergency(self, one: Emergency) -> None:
        """Show what the person who opened a unit in an emergency did while it lasted."""
        self._emergency = one.key
        for box_ in (self.person, self.customer, self.kind):
            box_.blockSignals(True)
            box_.setCurrentIndex(0)
            box_.blockSignals(False)
        for day in (self.first, self.last):
            day.set_day(None)
        day_of = brief_date(one.opened_at.date(), today=self.place.desk.today)
        lasted = f"{day_of} {span(one.opened_at.time(), one.until.time())}"
        said = self.tr("Under nödöppningen: {0} {1}").format(one.full_name, lasted)
        self.during.setText(said)
        self.during.setAccessibleName(said)
        self.during.blockSignals(True)
        self.during.setChecked(True)
        self.during.blockSignals(False)
        self.during.show()
        self.refresh()

    def _leave_emergency(self) -> None:
        self._emergency = None
        self.during.hide()
        self.first.set_day(self.place.desk.today - dt.timedelta(days=_USUAL_DAYS))
        self.refresh()

    def refresh(self) -> None:
        """Read the first page of the list anew."""
        self.place.ask(self, self._filter().read, lambda found: self._show(*found))

    def _show(self, rows: tuple[LogRow, ...], total: int) -> None:
        self._remember(rows)
        self._rows = rows
        found = gestures(rows)
        self.table.rows_model.show_rows(found, total=len(found) + total - len(rows))
        self._choices.show_content(bool(rows))
        self.count.setText(self.tr("{0} rader").format(total) if total != 1 else self.tr("1 rad"))

    def _read_more(self) -> None:
        below = self._rows[-1].sequence if self._rows else None
        self.place.ask(self, lambda desk: self._filter().read(desk, below=below)[0], self._add)

    def _add(self, rows: tuple[LogRow, ...]) -> None:
        """Show the next page; a gesture that lies on both is one line all the same."""
        self._remember(rows)
        shown = self.table.rows_model.rows
        last = shown[-1] if shown else ()
        self._rows = (*self._rows, *rows)
        found = gestures((*last, *rows))
        if last:
            self.table.rows_model.replace_last(found[0])
            found = found[1:]
        if rows and not found:  # the whole page belonged to that one
            self._read_more()
        else:
            self.table.rows_model.add_rows(found)

    def _remember(self, rows: tuple[LogRow, ...]) -> None:
        self._shown |= {row.customer for row in rows if row.customer and row.label}

    def check(self) -> None:
        """Check every row of the log and say how it is."""
        self.check_button.setEnabled(False)
        self._tell(self.tr("Loggen läses igenom …"), "muted")
        self.place.ask(self, log.verify_log, self._checked, otherwise=self._not_checked)

    def _checked(self, state: LogState) -> None:
        self.check_button.setEnabled(True)
        lines = [state_words(state)]
        if state.whole and state.head is not None:
            lines.append(self.tr("Loggens slut: {0}").format(state.head.words))
        lines += [break_words(one) for one in state.breaks[:_MOST_BREAKS]]
        self._tell("\n".join(lines), "ok" if state.whole else "overdue")

    def _not_checked(self, error: Exception) -> bool:
        self.check_button.setEnabled(True)
        self.result.hide()
        if not isinstance(error, KnownError):
            return False
        self._tell(wording(error), "overdue")
        return True

    def _tell(self, text: str, role: str) -> None:
        self.result.setText(text)
        set_role(self.result, role)
        self.result.show()

    def ask_compare(self) -> None:
        """Ask for the log's end as it stands on a receipt or an extract."""
        self.typed = line(placeholder=self.tr("rad 1234, 7F3A-12BC-0D4E-9A01"), longest=200)
        self.question = Question(
            self, self.tr("Jämför med ett papper"),
            self.tr("Skriv raden ”Loggens slut” från ett loggutdrag eller ett kvitto på en säkerhetskopia."),
            field(self.tr("Loggens slut"), self.typed), accept=self.tr("Jämför"),
        )  # fmt: skip
        self.question.accepted.connect(lambda: self.compare(self.typed.text()))
        self.place.closing.connect(self.question.reject)
        self.question.open()

    def compare(self, typed: str) -> None:
        """Say whether the log still has the row that stands on paper."""
        self.place.ask(
            self, lambda desk: log.holds_head(desk, typed=typed), self._compared, otherwise=self._not_checked
        )

    def _compared(self, holds: bool) -> None:
        if holds:
            self._tell(self.tr("Raden på papperet finns i loggen. Inget är avklippt före den."), "ok")
        else:
            said = self.tr(
                "Loggen har inte raden som står på papperet. Kontrollera att den är rätt avskriven. Stämmer den har "
                "loggen klippts av, eller en äldre kopia lagts tillbaka. Säg till den som ansvarar för säkerheten."
            )
            self._tell(said, "overdue")

    def extract(self) -> None:
        """Show the extract of the customer or person that is chosen; one's own where nobody else can be."""
        one = self._filter()
        if one.customer:
            customer = one.customer
            self._preview(lambda desk: log.customer_extract(desk, customer=customer, from_=one.from_, to=one.to))
        elif one.user or not self._oversees:
            user = one.user or self.place.desk.actor.user
            self._preview(lambda desk: log.user_extract(desk, user=user, from_=one.from_, to=one.to))
        else:
            self._tell(self.tr("Välj först en person eller en kund, som utdraget ska handla om."), "due")

    def extract_day(self) -> None:
        """Show what everybody did today."""
        self._preview(lambda desk: log.daily_extract(desk, day=desk.today))

    def _preview(self, read: Callable[[Desk], LogExtract]) -> PreviewWindow:
        day = self.place.desk.today.isoformat()
        return open_preview(
            self, self.place, title=self.tr("Loggutdrag"), file_name=f"loggutdrag-{day}.pdf",
            make=lambda desk: drawn(read(desk)),
        )  # fmt: skip


def drawn(extract: LogExtract) -> bytes:
    """The extract as PDF, in the worker."""
    from app.reports import log_extract  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    out = io.BytesIO()
    log_extract.draw(extract, out)
    return out.getvalue()


def who_of(gesture: Gesture) -> str:
    """The customers of one gesture, each once."""
    return ", ".join(sorted({one.label or one.customer or "" for one in gesture}, key=sort_key))


def numbers_of(gesture: Gesture) -> str:
    """The numbers of its rows in the log: `17`, or `17–40`."""
    first, last = sorted((gesture[0].sequence, gesture[-1].sequence))
    return str(first) if first == last else f"{first}–{last}"


def in_full(gesture: Gesture) -> str:
    """Everything that the rows of one gesture say."""
    one = gesture[0]
    facts = (gesture_words(gesture), one.unit_name, f"{one.name} ({one.user})", role_words(one.role), one.workstation)
    return ", ".join(part for part in facts if part)
