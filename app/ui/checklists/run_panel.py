"""The run that is chosen: whose, until when, its steps in a list, and the one that is stood on in full."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.domain.checklist_runs import Run, RunStatus, RunStep, RunView, progress_words
from app.domain.people import Person, person_name
from app.domain.swedish import near_day, short_date
from app.services.checklist_runs import abandon_run, change_run, finish_run, reopen_run
from app.services.team import member_names
from app.ui.checklists.asking import ChangeRun, Reason
from app.ui.checklists.gestures import Gestures
from app.ui.checklists.questions import Questions
from app.ui.checklists.step_panel import StepPanel
from app.ui.theme import GRID, ROW_HEIGHT
from app.ui.widgets.controls import box, button, column, label, set_role
from app.ui.widgets.flow import Flow
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_FEWEST = 5
"""Steps that are seen at once however low the window is; the one that is stood on is shown in full below them."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of the list of steps."""

    position: int
    step: RunStep
    view: RunView


class RunPanel(QFrame):
    """One run, its steps ticked off with Space."""

    print_wanted = Signal(str)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setMinimumWidth(300)
        self.setAccessibleName(self.tr("Checklistan"))
        self.place = place
        self.view: RunView | None = None
        self._names: dict[str, str] = {}
        self.gestures = Gestures(self, place)
        self.title = label(role="heading", wrap=True)
        self.meta = label(role="muted", wrap=True)
        self.state = label(role="info", wrap=True)
        self.questions = Questions(self.gestures)
        self.steps = self._table()
        self.step_panel = StepPanel(place, self.gestures)
        self._make_buttons()
        self.foot = box(Flow(self.finish_button, self.reopen_button, *self._others))
        inside = column(self.title, self.meta, self.state, self.questions, self.steps, self.step_panel, self.foot)
        inside.setStretch(4, 1)
        inside.addStretch(0)
        inside.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self.setLayout(inside)
        place.ask(self, member_names, self._learn)
        self.clear()

    def _make_buttons(self) -> None:
        self.finish_button = button(self.tr("Listan är klar"), self._finish, kind="primary", icon_name="check-check")
        self.reopen_button = button(self.tr("Öppna igen"), self._reopen)
        self.change_button = button(self.tr("Ändra …"), self.ask_change, icon_name="pencil")
        self.print_button = button(self.tr("Skriv ut"), self._print, icon_name="printer", shortcut="Ctrl+P")
        self.abandon_button = button(self.tr("Avbryt listan …"), self.ask_abandon, kind="quiet")
        self.meeting_button = button("", self._open_meeting, kind="quiet", icon_name="clipboard-list")
        self._others = (self.change_button, self.print_button, self.abandon_button, self.meeting_button)

    def _table(self) -> Table[StepRow]:
        color = self.place.theme.color
        table: Table[StepRow] = Table(
            (
                Column("", lambda one: _mark(one.step), width=40),
                Column(
                    self.tr("Steg"), lambda one: one.step.text,
                    color=lambda one: color("muted") if one.step.is_settled else None,
                ),
                Column(
                    self.tr("Ansvarig"), lambda one: person_name(one.step.responsible, self._known(one.view)),
                    width=140, drop_below=460,
                ),
                Column(
                    self.tr("Klart"), lambda one: self._when(one.step), width=110, drop_below=560,
                    color=lambda _: color("muted"),
                ),
            ),
            name=self.tr("Steg"),
        )  # fmt: skip
        table.chosen.connect(lambda one: self.step_panel.show_step(one.view, one.position))
        table.space_pressed.connect(lambda _: self.step_panel.toggle())
        table.opened.connect(lambda _: self.step_panel.note.setFocus())
        return table

    def _known(self, view: RunView) -> dict[str, str]:
        return {**self._names, **view.names}

    def _when(self, step: RunStep) -> str:
        if step.done_at is not None:
            return short_date(step.done_at.date())
        return self.tr("ej aktuellt") if step.skipped is not None else ""

    def _learn(self, names: dict[str, str]) -> None:
        self._names = names
        self.step_panel.offer(names)

    def clear(self) -> None:
        """Show nothing."""
        self.step_panel.settle()
        self.view = None
        self.gestures.standing = None
        self.hide()

    def show_view(self, view: RunView, *, step: int | None = None) -> None:
        """Show a run; on the same one the step that is stood on stays, else it is the first that is left."""
        run, before = view.run, self.view
        standing = self.steps.current_row()
        if before is None or before.run.key != run.key:
            self.step_panel.settle()
            standing = None
        self.view = view
        self.gestures.stand(run.key, view.version)
        self.title.setText(run.title)
        self.meta.setText(self._meta(view))
        self._tell_state(run)
        self.questions.show_run(view)
        rows = [StepRow(number, one, view) for number, one in enumerate(run.steps)]
        here = step if step is not None else standing.position if standing is not None else _first_left(run)
        self.steps.rows_model.show_rows(rows)
        self.steps.setVisible(bool(rows))
        self.steps.setMinimumHeight(_height(min(len(rows), _FEWEST)))
        self.steps.setMaximumHeight(_height(len(rows)))
        if rows:
            self.steps.selectRow(min(here, len(rows) - 1))
        else:
            self.step_panel.show_step(view, -1)
        self._offer_buttons(view)
        self.show()

    def _meta(self, view: RunView) -> str:
        run = view.run
        owner = person_name(run.owner, self._known(view))
        since = self.tr("började {0}").format(short_date(run.started_on))
        about = self.tr("Kund: {0}").format(view.customer_label) if view.customer_label else ""
        hidden = self.tr("Om en kund som du inte är knuten till. Anteckningarna visas inte.") if run.hidden else ""
        return " · ".join(part for part in (view.unit_name, owner, since, about, hidden) if part)

    def _tell_state(self, run: Run) -> None:
        text, role = state_words(run, today=self.place.desk.today)
        self.state.setText(text)
        self.state.setVisible(bool(text))
        set_role(self.state, role)

    def _offer_buttons(self, view: RunView) -> None:
        run = view.run
        is_open = run.status is RunStatus.OPEN
        ready = is_open and bool(run.steps) and run.settled == len(run.steps)
        self.finish_button.setVisible(view.may_end and ready)
        self.reopen_button.setVisible(view.may_end and not is_open)
        self.change_button.setVisible(view.may_write and is_open)
        self.abandon_button.setVisible(view.may_end and is_open)
        self.meeting_button.setVisible(run.meeting is not None)
        self.meeting_button.setText(f" {view.meeting_heading or self.tr('Öppna mötet')}")
        self.meeting_button.setAccessibleName(view.meeting_heading or self.tr("Öppna mötet"))

    def _finish(self) -> None:
        self.gestures.do(
            lambda desk, key, version: finish_run(desk, key=key, expected_version=version),
            phrase=self.tr("Listan är klar"), said=self.tr("Listan är klar. Ångra med Ctrl+Z."),
        )  # fmt: skip

    def _reopen(self) -> None:
        self.gestures.do(
            lambda desk, key, version: reopen_run(desk, key=key, expected_version=version),
            phrase=self.tr("Öppna listan igen"),
        )  # fmt: skip

    def ask_abandon(self) -> None:
        """Ask why the list is given up."""
        if self.view is not None:
            self.question = Reason(
                self, self.place, title=self.tr("Avbryt listan"), accept=self.tr("Avbryt listan"), then=self._abandon
            )  # fmt: skip
            self.question.open()

    def _abandon(self, reason: str) -> None:
        self.gestures.do(
            lambda desk, key, version: abandon_run(desk, key=key, reason=reason, expected_version=version),
            phrase=self.tr("Avbryt listan"), said=self.tr("Listan är avbruten. Ångra med Ctrl+Z."),
        )  # fmt: skip

    def ask_change(self) -> None:
        """Ask what the list is about, whose it is, until when, and of which meeting."""
        if self.view is not None:
            self.change_question = ChangeRun(
                self, self.place, self.view.run, names=self._names, meeting_heading=self.view.meeting_heading,
                then=self._change,
            )  # fmt: skip
            self.change_question.open()

    def _change(self, about: str | None, owner: Person | None, due: dt.date | None, meeting: str | None) -> None:
        self.gestures.do(
            lambda desk, key, version: change_run(
                desk, key=key, about=about, owner=owner, due=due, meeting=meeting, expected_version=version
            ),
            phrase=self.tr("Ändra listan"),
        )  # fmt: skip

    def _print(self) -> None:
        if self.view is not None:
            self.print_wanted.emit(self.view.run.key)

    def _open_meeting(self) -> None:
        if self.view is not None and self.view.run.meeting:
            self.place.visit.emit("meeting", self.view.run.meeting)


def _height(rows: int) -> int:
    return rows * ROW_HEIGHT + 44


def _mark(step: RunStep) -> str:
    if step.skipped is not None:
        return "–"
    return "☑" if step.done_at is not None else "☐"


def _first_left(run: Run) -> int:
    return next((number for number, step in enumerate(run.steps) if not step.is_settled), 0)


def state_words(run: Run, *, today: dt.date) -> tuple[str, str]:
    """How far it has come and until when, and the role it is told in."""
    progress = progress_words(run.settled, len(run.steps))
    if run.status is RunStatus.ABANDONED:
        return f"{run.status.label}: {run.reason}" if run.reason else run.status.label, "muted"
    if run.status is RunStatus.DONE:
        return f"{run.status.label} {short_date(run.ended_on or today)}", "ok"
    due = f"klart senast {near_day(run.due, today=today)}" if run.due else ""
    if run.is_late(today) and run.due is not None:
        due = f"försenad, skulle vara klar {near_day(run.due, today=today)}"
    text = " · ".join(part for part in (progress, due) if part)
    return text[:1].upper() + text[1:], "overdue" if run.is_late(today) else "info"
