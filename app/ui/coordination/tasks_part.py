"""What is to be done in a case: the duties of the guideline (8) and one's own tasks, each ticked when it is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.coordination.duties import CaseTask, duties_of
from app.domain.coordination.views import CaseView, StoredTask
from app.domain.people import person_name
from app.domain.swedish import short_date
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, row
from app.ui.widgets.fields import DateField, PersonField, line
from app.ui.workplace import Workplace


class TaskRow(QWidget):
    """One thing to do: tick, words, whose, until when."""

    def __init__(self, part: TasksPart, stored: StoredTask, view: CaseView) -> None:
        super().__init__()
        self._part, self.stored = part, stored
        task = stored.task
        self.tick = QCheckBox()
        self.tick.setAccessibleName(self.tr("Klart: {0}").format(task.words))
        self.tick.setChecked(task.done_on is not None)
        self.who = PersonField(view.names, task.responsible, name=self.tr("Ansvarig: {0}").format(task.words))
        self.due = DateField(
            part.place.desk.clock.today, task.due, name=self.tr("Klart senast: {0}").format(task.words), deadline=True
        )
        words = label(task.words, wrap=True)
        words.setMinimumWidth(120)
        lower = ""
        if task.done_on is not None:
            lower = self.tr("Klart {0}, {1}").format(short_date(task.done_on), person_name(task.done_by, view.names))
        elif task.due is not None and task.due < part.place.desk.today:
            lower = self.tr("Försenat")
        told = label(lower, role="muted" if task.done_on else "overdue")
        told.setVisible(bool(lower))
        self.who.setMaximumWidth(190)
        self.due.setMaximumWidth(150)
        inside = row(self.tick, column(words, told, space=0), self.who, self.due)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.tick.toggled.connect(self._tick)
        self.who.picked.connect(lambda: self._keep(responsible=self.who.person))
        self.due.picked.connect(lambda: self._keep(due=self.due.day))
        for editor in (self.tick, self.who, self.due):
            editor.setEnabled(part.may_write)

    def _tick(self, on: bool) -> None:
        self._keep(done_on=self._part.place.desk.today if on else None)

    def _keep(self, **changed: object) -> None:
        self._part.kept.emit(replace(self.stored.task, **changed), self.stored.version or None)  # type: ignore[arg-type]


class TasksPart(QWidget):
    """The list, and a line for one more."""

    kept = Signal(object, object)
    """A CaseTask and its version; None for a new one."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("body")
        self.place = place
        self.may_write = True
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID)
        self.line = line(placeholder=self.tr("Lägg till något att göra eller följa upp"), longest=300)
        self.add_button = button(self.tr("Lägg till"), self.add, icon_name="plus")
        self.line.returnPressed.connect(self.add)
        adding = row(self.line, self.add_button)
        adding.setStretch(0, 1)
        self._adding = box(adding)
        whole = column(box(self._list), self._adding, None)
        whole.setContentsMargins(2, 2, 14, 2)
        self.setLayout(whole)

    @property
    def rows(self) -> list[TaskRow]:
        """The rows as they are shown."""
        found = [self._list.itemAt(n) for n in range(self._list.count())]
        return [one for item in found if item and isinstance(one := item.widget(), TaskRow)]

    def show_case(self, view: CaseView) -> None:
        """Show the guideline's duties, the kept ones as they stand, then the unit's own tasks."""
        empty(self._list)
        kept = {one.task.duty: one for one in view.tasks if one.task.duty is not None}
        for duty in duties_of(view.case):
            stored = kept.get(duty) or StoredTask(task=CaseTask(key="", duty=duty), version=0)
            self._list.addWidget(TaskRow(self, stored, view))
        for one in view.tasks:
            if one.task.duty is None:
                self._list.addWidget(TaskRow(self, one, view))
        self._adding.setVisible(self.may_write)

    def add(self) -> None:
        """Keep what stands in the line as one more task of one's own, due within a week."""
        text = self.line.text().strip()
        if text:
            due = self.place.desk.today + dt.timedelta(days=7)
            self.kept.emit(CaseTask(key="", text=text, responsible=self.place.desk.actor.member, due=due), None)
            self.line.clear()
