"""One meeting of the sick call: what it loses, who can step in, and the time it can be moved to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QComboBox, QFrame

from app.domain.people import Person
from app.domain.sick_call import Hit
from app.domain.swedish import short_date, span, when
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.fields import choice, chosen, field
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace

_NOBODY = ""
_WIDTH = 330


class SickCard(QFrame):
    """The meeting in large type, its state in words, and for each of the sick whoever comes instead."""

    def __init__(
        self, place: Workplace, hit: Hit, names: Mapping[str, str], *, on_move: Callable[[Hit], object],
        on_open: Callable[[str], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self.hit = hit
        self.setObjectName("card")
        self._place, self._names = place, names
        self._choices: dict[str, QComboBox] = {}
        heading = hit.heading or self.tr("Ett möte på en annan enhet")
        times = span(hit.start.time(), hit.end.time())
        self.title = label(f"{times}  {heading}", role="heading", wrap=True)
        self.state = label(self._state(), role=self._role(), wrap=True)
        helped = [self._choice(member) for member in hit.sick if hit.meeting]
        self.move_button = button(self._move_words(), lambda: on_move(hit), icon_name="calendar-clock")
        self.move_button.setVisible(bool(hit.meeting) and hit.another_time is not None)
        self.open_button = button(self.tr("Öppna mötet"), lambda: on_open(hit.meeting), kind="quiet")
        self.open_button.setAccessibleName(self.tr("Öppna {0}").format(heading))
        self.open_button.setVisible(bool(hit.meeting))
        where = label(hit.place, role="muted", wrap=True)
        # The buttons stand on the line of the choices, whose labels are above them.
        ways = [box(column(label(" ", role="label"), one, space=4)) for one in (self.move_button, self.open_button)]
        what = box(column(self.title, where, self.state, None, space=4))
        what.setFixedWidth(_WIDTH)
        inside = column(box(Flow(what, *helped, *ways)))
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.setLayout(inside)

    def _state(self) -> str:
        hit = self.hit
        if not hit.meeting:
            return self.tr("Säg till dem som kallar. Ditt konto når inte den enheten.")
        said = []
        if hit.lost:
            said.append(self.tr("Saknar {0}.").format(" och ".join(hit.lost)))
        if hit.leaderless:
            said.append(self.tr("Saknar den som leder mötet."))
        if not said:
            return self.tr("Kan hållas ändå.")
        if hit.to_postpone:
            said.append(
                self.tr("Ingen kan hoppa in.")
                if hit.another_time is None
                else self.tr("Ingen kan hoppa in. Flytta mötet.")
            )
        return " ".join(said)

    def _role(self) -> str:
        if self.hit.to_postpone or not self.hit.meeting:
            return "overdue"
        return "due" if self.hit.in_danger else "ok"

    def _choice(self, member: str) -> QFrame:
        found = self.hit.stand_ins.get(member, ())
        name = self._names.get(member, member)
        nobody = self.tr("Ingen ersättare") if found else self.tr("Ingen är ledig")
        options = [(one.key, f"{one.name}, {one.why}") for one in found]
        proposed = self.hit.proposed.get(member, _NOBODY)
        made = choice([*options, (_NOBODY, nobody)], chosen=proposed)
        made.setMinimumContentsLength(26)
        if proposed == _NOBODY:
            made.setCurrentIndex(made.count() - 1)
        self._choices[member] = made
        holder = QFrame()
        holder.setLayout(column(field(self.tr("I stället för {0}").format(name), made), space=0))
        return holder

    def _move_words(self) -> str:
        moment = self.hit.another_time
        if moment is None:
            return self.tr("Flytta mötet")
        day, at = short_date(moment.date()), when(moment.date(), moment.time(), today=self._place.desk.today)
        near = (moment.date() - self._place.desk.today).days
        return self.tr("Flytta mötet till {0}").format(at if near == 1 else f"{day} {at[-5:]}")

    @property
    def instead(self) -> dict[tuple[str, str], Person]:
        """Who was chosen to come, by meeting and sick member."""
        return {
            (self.hit.meeting, member): chosen(made) for member, made in self._choices.items() if chosen(made)
        }  # fmt: skip
