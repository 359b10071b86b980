"""Who led, wrote and will approve, and who was there: one row for each, details behind one button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from app.domain.comings import came, comes_back, goes_out, left, out_of, points_without, points_words
from app.domain.meetings import Attendance, AttendanceStatus, Item, Meeting, MeetingStatus
from app.domain.people import Outsider, Person, person_name
from app.domain.swedish import clock
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.regrets import RegretsPanel
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, icon_button, label, row, scrolled
from app.ui.widgets.fields import PersonField, TimeField, choice, chosen, field, line
from app.ui.widgets.flow import Flow

_STATES = (("", "–"), ("present", "Närvarande"), ("absent", "Frånvarande"), ("excused", "Anmält förhinder"))
_ROLES = ("chair", "secretary", "approver")


def listed(meeting: Meeting) -> tuple[tuple[Person, Attendance | None], ...]:
    """Everyone to show: those with attendance in its order, then those called without any yet."""
    found: list[tuple[Person, Attendance | None]] = [
        (one.member or Outsider(one.name or ""), one) for one in meeting.attendance
    ]
    there = {one.member for one in meeting.attendance}
    found += [(key, None) for key in meeting.participants if key not in there]
    return tuple(found)


class _PersonRow(QFrame):
    """One person: there or not, and on demand from when to when, for whom, and why."""

    def __init__(self, panel: AttendancePanel, person: Person, one: Attendance | None) -> None:
        super().__init__()
        self.person = person
        self._panel, self._one = panel, one
        around = panel.editor.around
        assert around is not None  # noqa: S101 - the panel shows nothing before it is known
        self.name = person_name(person, around.names)
        profession = (one.profession if one else None) or (
            around.professions.get(person, "") if isinstance(person, str) else ""
        )
        self.state = choice(
            _STATES, chosen=one.status.value if one else "", name=panel.tr("Närvaro för {0}").format(self.name)
        )
        self.co_opted = QCheckBox(panel.tr("Adjungerad"))
        self.co_opted.setAccessibleName(panel.tr("Adjungerad, {0}").format(self.name))
        self.co_opted.setChecked(bool(one and one.co_opted))
        self.stands_for = PersonField(around.names, one.substitute_for if one else None, first=around.own_team)
        self.from_, self.to = TimeField(one.from_ if one else None), TimeField(one.to if one else None)
        self.profession = line(one.profession or "" if one else "")
        self.organisation = line(one.organisation or "" if one else "")
        self.note = line(one.note or "" if one else "")
        self.out = button(panel.tr("Ute under punkt {0} (jäv)").format(panel.number), self._goes_out)
        self._details = box(
            column(
                row(field(panel.tr("Från"), self.from_), field(panel.tr("Till"), self.to), self.co_opted, None),
                field(panel.tr("Ersätter"), self.stands_for),
                row(field(panel.tr("Yrke"), self.profession), field(panel.tr("Organisation"), self.organisation)),
                field(panel.tr("Notering"), self.note),
                row(self.out, None),
            )
        )
        self._details.hide()
        self.out.setVisible(panel.live and bool(panel.number) and _is_here(one))
        more = icon_button(
            "ellipsis", panel.tr("Tider, ersättare och notering för {0}").format(self.name), self._toggle
        )
        shown = column(
            label(self.name), label(_facts(panel, person, one, profession), role="muted", wrap=True), space=0
        )
        self.now = Flow(space=4)
        self._offer_now(one)
        upper = row(box(shown), None, box(self.now), self.state, more)
        upper.setStretch(0, 1)
        inside = column(upper, self._details, space=4)
        inside.setContentsMargins(0, 2, GRID, 2)
        self.setLayout(inside)
        self._connect()

    def _connect(self) -> None:
        self.state.currentIndexChanged.connect(lambda _: self._panel.tell())
        self.co_opted.toggled.connect(lambda _: self._panel.tell())
        for picked in (self.stands_for, self.from_, self.to):
            picked.picked.connect(self._panel.tell)
        for typed in (self.profession, self.organisation, self.note):
            typed.textEdited.connect(lambda _: self._panel.tell())
        may = self._panel.editor.may_write
        for part in (self.state, self._details):
            part.setEnabled(may)

    def _offer_now(self, one: Attendance | None) -> None:
        """While the meeting is under way: she comes, leaves, or is out while a point is dealt with, at this minute."""
        panel = self._panel
        if not panel.live or not panel.editor.may_write:
            return
        if one is None or not _is_here(one):
            self._add_now(panel.tr("Kom nu"), panel.tr("{0} kom nu").format(self.name), panel.came)
            return
        if panel.is_out(self.person):
            self._add_now(panel.tr("Tillbaka nu"), panel.tr("{0} är tillbaka nu").format(self.name), panel.comes_back)
            return
        self._add_now(panel.tr("Gick nu"), panel.tr("{0} gick nu").format(self.name), panel.left)

    def _goes_out(self) -> None:
        self._panel.goes_out(self.person)

    def _add_now(self, text: str, name: str, work: Callable[[Person], object]) -> None:
        made = button(text, lambda: work(self.person), kind="quiet", tip=name)
        made.setAccessibleName(name)
        self.now.addWidget(made)

    def _toggle(self) -> None:
        self._details.setVisible(not self._details.isVisible())

    def set_state(self, state: str) -> None:
        """Choose whether the person is there."""
        self.state.setCurrentIndex(self.state.findData(state))

    def gather(self) -> Attendance | None:
        """The person's attendance as it stands; None while nothing is chosen."""
        if not chosen(self.state):
            return None
        known = isinstance(self.person, str)
        was = self._one or Attendance(status=AttendanceStatus.PRESENT)
        return replace(
            was, member=self.person if isinstance(self.person, str) else None,
            name=None if known else person_name(self.person, {}), status=AttendanceStatus(chosen(self.state)),
            co_opted=self.co_opted.isChecked(), substitute_for=self.stands_for.person, from_=self.from_.moment,
            to=self.to.moment, profession=self.profession.text().strip() or None,
            organisation=self.organisation.text().strip() or None, note=self.note.text().strip() or None,
        )  # fmt: skip


def _is_here(one: Attendance | None) -> bool:
    return one is not None and one.status is AttendanceStatus.PRESENT and one.to is None


def _facts(panel: AttendancePanel, person: Person, one: Attendance | None, profession: str) -> str:
    """What is known of the person at this meeting, in one line."""
    around = panel.editor.around
    if one is None or around is None:
        return profession
    times = f"{clock(one.from_) if one.from_ else ''}–{clock(one.to) if one.to else ''}" if one.from_ or one.to else ""
    stands = (
        panel.tr("ersätter {0}").format(person_name(one.substitute_for, around.names)) if one.substitute_for else ""
    )
    co_opted = panel.tr("adjungerad") if one.co_opted else ""
    items = panel.editor.meeting.items if panel.editor.meeting is not None else ()
    out = points_words(points_without(items, person))
    parts = (profession, one.organisation or "", co_opted, stands, times, out, one.note or "")
    return ", ".join(part for part in parts if part)


class AttendancePanel(QWidget):
    """Roles at the meeting above, the people below."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self.number = 0
        """The number of the point under way, 0 for none."""
        self._roles: dict[str, PersonField] = {}
        self._role_row = Flow()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._all = button(self.tr("Alla är här"), self.everybody_here, icon_name="check-check")
        self._summary = label(role="muted")
        self.regrets = RegretsPanel(editor)
        self._adder = row()
        inside = column(
            label(self.tr("Roller på mötet"), role="heading"), self._role_row, GRID,
            row(label(self.tr("Närvaro"), role="heading"), self._summary, None, self._all), self.regrets, self._rows,
            self._adder, None,
        )  # fmt: skip
        inside.setContentsMargins(0, 0, GRID, 0)
        self.setLayout(column(scrolled(box(inside), name=self.tr("Närvaro"))))

    def show_meeting(self) -> None:
        """Show who is called and who is here."""
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return
        empty(self._role_row)
        titles = {"chair": self.tr("Ordförande"), "secretary": self.tr("Sekreterare"), "approver": self.tr("Justerare")}
        first = tuple(dict.fromkeys((*meeting.participants, *around.own_team)))
        for name in _ROLES:
            made = PersonField(around.names, getattr(meeting, name), first=first)
            made.picked.connect(self._keep_roles)
            made.setEnabled(self.editor.may_call or (name == "secretary" and self.editor.may_write))
            self._roles[name] = made
            self._role_row.addWidget(field(titles[name], made))
        empty(self._rows)
        for person, one in listed(meeting):
            self._rows.addWidget(_PersonRow(self, person, one))
        self.regrets.show_meeting(meeting)
        held = meeting.status not in (MeetingStatus.PLANNED, MeetingStatus.CANCELLED)
        self._all.setVisible(self.editor.may_write and held)
        self._show_adder(first)
        self._sum_up(meeting)

    def _show_adder(self, first: tuple[str, ...]) -> None:
        empty(self._adder)
        around = self.editor.around
        if around is None or not self.editor.may_write:
            return
        self.newcomer = PersonField(around.names, name=self.tr("Lägg till en person"), first=first)
        self._adder.addWidget(self.newcomer, 1)
        self._adder.addWidget(button(self.tr("Lägg till i närvaron"), self._add, icon_name="user-plus"))

    def _add(self) -> None:
        meeting, person = self.editor.meeting, self.newcomer.person
        if meeting is None or person is None:
            return
        called = person in meeting.participants
        outside = person.name if isinstance(person, Outsider) else None
        member = person if isinstance(person, str) else None
        one = Attendance(member=member, name=outside, status=AttendanceStatus.PRESENT, co_opted=not called)
        self.editor.change(replace(meeting, attendance=(*meeting.attendance, one)), self.tr("Lägg till i närvaron"))
        self.show_meeting()

    @property
    def live(self) -> bool:
        """Whether the meeting is under way."""
        return self.editor.meeting is not None and self.editor.meeting.status is MeetingStatus.OPEN

    def came(self, person: Person) -> None:
        """She comes now."""
        self._at_once(person, came, self.tr("{0} kom {1}"))

    def left(self, person: Person) -> None:
        """She leaves now."""
        self._at_once(person, left, self.tr("{0} gick {1}"))

    @property
    def _point(self) -> Item | None:
        """The point under way."""
        meeting = self.editor.meeting
        return meeting.items[self.number - 1] if meeting is not None and 0 < self.number <= len(meeting.items) else None

    def is_out(self, person: Person) -> bool:
        """Whether she is out while the point under way is dealt with."""
        return self._point is not None and person in out_of(self._point)

    def goes_out(self, person: Person) -> None:
        """She is out while the point under way is dealt with."""
        if (point := self._point) is not None:
            self._change_point(goes_out(point, person, at=self._now()), person, self.tr("{0} gick ut {1}"))

    def comes_back(self, person: Person) -> None:
        """She is back from having been out."""
        if (point := self._point) is not None:
            self._change_point(comes_back(point, person, at=self._now()), person, self.tr("{0} är tillbaka {1}"))

    def _change_point(self, item: Item, person: Person, said: str) -> None:
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None or not self.editor.may_write:
            return
        told = said.format(person_name(person, around.names), clock(self._now()))
        self.editor.change_item(item, told)
        one = next((found for shown, found in listed(meeting) if shown == person), None)
        if one is not None:
            self._renew(person, one)
        self.editor.place.told.emit(self.tr("{0}. Ångra med Ctrl+Z.").format(told))

    def _now(self) -> dt.time:
        return self.editor.place.desk.clock.now().time().replace(second=0, microsecond=0)

    def _at_once(self, person: Person, change: Callable[[Attendance, dt.time], Attendance], said: str) -> None:
        """Change one person's attendance as a gesture of its own, with the minute it is now."""
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None or not self.editor.may_write:
            return
        at = self._now()
        name = person_name(person, around.names)
        outside = person.name if isinstance(person, Outsider) else None
        member = person if isinstance(person, str) else None
        found = list(meeting.attendance)
        place = next((n for n, one in enumerate(found) if (one.member, one.name) == (member, outside)), len(found))
        if place == len(found):
            found.append(Attendance(member=member, name=outside, status=AttendanceStatus.PRESENT))
        found[place] = change(found[place], at)
        told = said.format(name, clock(at))
        changed = replace(meeting, attendance=tuple(found))
        self.editor.change(changed, told)
        self._renew(person, found[place])
        self._sum_up(changed)
        self.editor.place.told.emit(self.tr("{0}. Ångra med Ctrl+Z.").format(told))

    def _renew(self, person: Person, one: Attendance) -> None:
        """Show one row anew."""
        for shown in self._people():
            if shown.person == person:
                made = _PersonRow(self, person, one)
                self._rows.replaceWidget(shown, made)
                shown.hide()
                shown.deleteLater()
                made.show()

    def everybody_here(self) -> None:
        """Everyone without a choice yet is present."""
        rows = self._people()
        for one in rows:
            one.state.blockSignals(True)
            if not chosen(one.state):
                one.set_state("present")
            one.state.blockSignals(False)
        self.tell()

    def _people(self) -> list[_PersonRow]:
        items = [self._rows.itemAt(number) for number in range(self._rows.count())]
        return [one for item in items if item is not None and isinstance(one := item.widget(), _PersonRow)]

    def tell(self) -> None:
        """Take the rows into the meeting."""
        meeting = self.editor.meeting
        if meeting is None or not self.editor.may_write:
            return
        attendance = tuple(found for one in self._people() if (found := one.gather()))
        changed = replace(meeting, attendance=attendance)
        self.editor.change(changed)
        self._sum_up(changed)

    def _keep_roles(self) -> None:
        meeting = self.editor.meeting
        if meeting is not None:
            named = {name: made.person for name, made in self._roles.items()}
            self.editor.change(replace(meeting, **named), self.tr("Ändra roller"))  # type: ignore[arg-type]

    def _sum_up(self, meeting: Meeting) -> None:
        here = sum(1 for one in meeting.attendance if one.status is AttendanceStatus.PRESENT)
        self._summary.setText(self.tr("{0} närvarande av {1}").format(here, len(listed(meeting))))
