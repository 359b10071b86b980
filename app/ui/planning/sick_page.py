"""Sjukanmälan: who is sick, the day's meetings she is called to, who can step in, and what to move. Keyboard first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton

from app.domain.roles import Right
from app.domain.sick_call import Hit, Reported
from app.domain.swedish import number_word, short_date
from app.services import sick_call
from app.services.desk import Desk
from app.services.meeting_times import move_meeting
from app.services.team import list_members
from app.ui.planning.sick_card import SickCard
from app.ui.planning.ways import PlanningPage
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, scrolled
from app.ui.widgets.fields import DateField, PersonField, field
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace


class SickPage(PlanningPage):
    """Names first, then one card a meeting."""

    name = "sick"
    refreshed_by = frozenset({"meetings", "absences", "members"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Sjukanmälan"))
        self.sick: list[str] = []
        self._names: dict[str, str] = {}
        self.cards: list[SickCard] = []
        self.report_button = self.add_button(
            button(
                self.tr("Anmäl sjuk"), self.report, kind="primary", icon_name="heart-pulse", shortcut="Ctrl+Return",
            )
        )  # fmt: skip
        self.person = PersonField({})
        self.person.setMinimumContentsLength(22)
        self.person.picked.connect(self._add)
        self.day = DateField(lambda: place.desk.today, place.desk.today, required=True)
        self.day.picked.connect(self.refresh)
        self.add_filter(field(self.tr("Vem är sjuk?"), self.person))
        self.add_filter(field(self.tr("Vilken dag?"), self.day))
        self._chosen = Flow()
        self.told = label(role="title", wrap=True)
        self._list = column(space=GRID)
        inside = column(box(self._chosen), self.told, self._list, None, space=GRID)
        inside.setContentsMargins(0, 0, GRID, 0)
        self.body.addWidget(scrolled(box(inside), name=self.tr("Mötena")))
        self.setFocusProxy(self.person)
        self.ways.hide()
        self._show_nobody()

    @property
    def _on(self) -> dt.date:
        return self.day.day or self.place.desk.today

    def show_key(self, key: str) -> None:
        """Begin with a member who is sick."""
        if key and key not in self.sick:
            self.sick.append(key)
            self.refresh()

    def refresh(self) -> None:
        """Read what the day's meetings lose."""
        if not self.place.desk.may(Right.WRITE_MEETINGS):
            self.told.setText(self.tr("Den som planerar anmäler kollegor sjuka. Din egen frånvaro står på Frånvaro."))
            self.report_button.hide()
            return
        sick, day = tuple(self.sick), self._on

        def work(desk: Desk) -> tuple[dict[str, str], tuple[Hit, ...]]:
            names = {one.value.key: one.value.name for one in list_members(desk)}
            there = [one for one in sick if one in names]
            return names, sick_call.sick_call(desk, members=there, day=day)

        self.place.ask(self, work, lambda found: self._show(sick, day, *found))

    def _add(self) -> None:
        person = self.person.person
        if isinstance(person, str) and person not in self.sick:
            self.sick.append(person)
            self.refresh()
        if isinstance(person, str):
            self.person.set_person(None)

    def _drop(self, key: str) -> None:
        self.sick.remove(key)
        self.refresh()

    def _show(self, sick: tuple[str, ...], day: dt.date, names: dict[str, str], hits: tuple[Hit, ...]) -> None:
        if sick != tuple(self.sick) or day != self._on:
            return
        self._names = names
        self.person.offer({key: name for key, name in names.items() if key not in self.sick})
        empty(self._chosen)
        for key in sick:
            self._chosen.addWidget(self._name_button(key))
        empty(self._list)
        self.cards = [
            SickCard(self.place, hit, names, on_move=self.postpone, on_open=self._open)
            for hit in sorted(hits, key=lambda one: (not one.in_danger, one.start))
        ]  # fmt: skip
        for made in self.cards:
            self._list.addWidget(made)
        if not sick:
            self._show_nobody()
            return
        self.report_button.setEnabled(True)
        self.told.setText(self._summary(hits))

    def _name_button(self, key: str) -> QPushButton:
        name = self._names.get(key, key)
        made = button(name, partial(self._drop, key), icon_name="x", tip=self.tr("Ta bort {0}").format(name))
        made.setAccessibleName(self.tr("Ta bort {0}").format(name))
        return made

    def _show_nobody(self) -> None:
        self.report_button.setEnabled(False)
        self.told.setText(self.tr("Skriv vem som är sjuk, så visas mötena och vem som kan hoppa in."))

    def _who(self) -> str:
        names = [self._names.get(one, one) for one in self.sick]
        return " och ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)

    def _when(self) -> str:
        return self.tr("i dag") if self._on == self.place.desk.today else short_date(self._on)

    def _summary(self, hits: tuple[Hit, ...]) -> str:
        if not hits:
            return self.tr("Inget möte {0} väntar på {1}.").format(self._when(), self._who())
        danger = sum(one.in_danger for one in hits)
        count = number_word(len(hits), self.tr("möte"), self.tr("möten"))
        if not danger:
            return self.tr("{0} {1}, alla kan hållas ändå.").format(count, self._when())
        return self.tr("{0} {1}, {2} behöver din hjälp.").format(count, self._when(), danger)

    # what a person does

    def report(self) -> None:
        """Enter the absence of the day, and in each meeting that they cannot come and who comes instead."""
        members, day = tuple(self.sick), self._on
        if not members:
            return
        instead = {key: person for made in self.cards for key, person in made.instead.items()}
        who, phrase = self._who(), self.tr("Sjukanmälan")

        def done(reported: Reported) -> None:
            back = self.place.way_back(
                phrase, lambda desk: sick_call.take_back_sick(desk, reported=reported), changed="meetings"
            )  # fmt: skip
            self.place.remember(back)
            self.sick.clear()
            self.place.changed.emit("absences")

        self.place.act(
            self, lambda desk: sick_call.report_sick(desk, members=members, day=day, instead=instead), done,
            changed="meetings", said=self.tr("{0} är anmäld sjuk {1}. Ångra med Ctrl+Z.").format(who, self._when()),
        )  # fmt: skip

    def postpone(self, hit: Hit) -> None:
        """Hold the meeting at the time that was found; the way back is remembered."""
        moment = hit.another_time
        if moment is None:
            return
        end = moment + (hit.end - hit.start)
        back = self.place.way_back(
            self.tr("Flytta mötet"), _moving(hit, hit.start, hit.end, hit.version + 1), changed="meetings"
        )  # fmt: skip
        when = f"{short_date(moment.date())} {moment:%H.%M}"
        self.place.act(
            self, _moving(hit, moment, end, hit.version), changed="meetings", undo=back,
            said=self.tr("{0} hålls {1}.").format(hit.heading, when),
        )  # fmt: skip

    def _open(self, key: str) -> None:
        self.place.visit.emit("meeting", key)


def _moving(hit: Hit, start: dt.datetime, end: dt.datetime, version: int) -> Callable[[Desk], int]:
    return lambda desk: move_meeting(
        desk, key=hit.meeting, date=start.date(), start=start.time(), end=end.time(), expected_version=version
    )
