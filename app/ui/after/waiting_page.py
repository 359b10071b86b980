"""Frågor och lyft: what is asked and not answered, what is to be requested of others, what waits for a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.lifting import WaitingLift
from app.domain.roles import Right
from app.domain.swedish import brief_date
from app.services.desk import Desk
from app.services.lifting import waiting_lifts
from app.services.questions import Asked, OpenQuestion, open_questions
from app.ui.after.asking import ask_answer
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, row, scrolled
from app.ui.widgets.pages import Choices, Nothing, Page
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class _Read:
    questions: tuple[OpenQuestion, ...]
    lifts: tuple[WaitingLift, ...]


class WaitingPage(Page):
    """A list for each kind of waiting, the oldest first."""

    name = "waiting"
    refreshed_by = frozenset({"minutes", "meetings", "actions", "units", "customers"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Frågor och lyft"))
        self.add_button(
            button(self.tr("Till åtgärderna"), lambda: place.visit.emit("actions", ""), icon_name="list-checks")
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID)
        self._list.setContentsMargins(0, 0, 2 * GRID, 0)
        inside = box(column(box(self._list), None))
        inside.setMaximumWidth(980)
        nothing = Nothing(self.tr("Ingenting väntar: alla frågor är besvarade och alla lyfta punkter har en plats."))
        self._choices = Choices(scrolled(inside, name=self.tr("Det som väntar")), nothing)
        self.body.addWidget(self._choices)

    def refresh(self) -> None:
        """Read what waits."""
        self.place.ask(self, self._read, self._show)

    def _read(self, desk: Desk) -> _Read:
        reads = any(desk.may(one) for one in (Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES))
        return _Read(
            open_questions(desk) if reads else (), waiting_lifts(desk) if desk.may(Right.WRITE_MEETINGS) else ()
        )

    def _show(self, found: _Read) -> None:
        empty(self._list)
        self._questions(self.tr("Att begära"), self.tr("Annan vårdgivares insats behövs. Skriv vad som kom av det."),
                        [one for one in found.questions if one.asked is Asked.REQUEST])  # fmt: skip
        self._questions(self.tr("Frågor utanför enheten"), "",
                        [one for one in found.questions if one.asked is Asked.OUTSIDE])  # fmt: skip
        self._lifts(found.lifts)
        self._questions(self.tr("Obesvarade frågor"), "",
                        [one for one in found.questions if one.asked is Asked.QUESTION])  # fmt: skip
        self.subtitle.setText(self.tr("{0} frågor väntar på svar").format(len(found.questions)))
        self._choices.show_content(bool(found.questions or found.lifts))

    def _heading(self, text: str, about: str) -> None:
        self._list.addWidget(label(text, role="heading"))
        if about:
            self._list.addWidget(label(about, role="muted", wrap=True))

    def _questions(self, heading: str, about: str, found: Sequence[OpenQuestion]) -> None:
        if not found:
            return
        self._heading(heading, about)
        for one in found:
            self._list.addWidget(self._question(one))

    def _question(self, one: OpenQuestion) -> QWidget:
        where = f"{one.customer_label}, {one.meeting_heading}" if one.customer_label else one.meeting_heading
        shown = OpenRow(
            self.place.theme, left="", upper=one.question, lower=f"{where}, {self._day(one.date)}",
            right=self.tr("svarar: {0}").format(one.answers_name) if one.answers_name else "", state="info",
            on_open=partial(self.place.visit.emit, "meeting", f"{one.meeting}#{one.item}"),
        )  # fmt: skip
        if not one.may_answer:
            return shown
        answer = button(self.tr("Svara …"), partial(ask_answer, self, self.place, one))
        answer.setAccessibleName(self.tr("Svara: {0}").format(one.question))
        inside = row(shown, answer)
        inside.setStretch(0, 1)
        return box(inside)

    def _day(self, day: dt.date) -> str:
        return brief_date(day, today=self.place.desk.today)

    def _lifts(self, found: Sequence[WaitingLift]) -> None:
        if not found:
            return
        self._heading(
            self.tr("Väntar på plats"), self.tr("Punkten kommer på dagordningen så fort forumets nästa möte bokas.")
        )
        for one in found:
            to = self.tr("till {0}").format(one.forum_name.lower())
            self._list.addWidget(
                OpenRow(
                    self.place.theme, left="", upper=one.heading,
                    lower=f"{one.unit_name}, {one.meeting_heading}, {self._day(one.date)}", right=to, state="due",
                    on_open=partial(self.place.visit.emit, "meeting", f"{one.meeting}#{one.item}"),
                )
            )  # fmt: skip
