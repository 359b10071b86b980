"""Kan inte komma: who cannot come to a meeting and who comes instead; told by herself or by who calls to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.meetings import Meeting, MeetingStatus, Regret
from app.domain.people import Person
from app.domain.regrets import expected, regret_of, regret_words
from app.domain.roles import Right
from app.services import regrets
from app.services.desk import Desk
from app.ui.meetings.editor import MeetingEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, row
from app.ui.widgets.fields import PersonField, choice, chosen, field, line
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace


class RegretQuestion(Question):
    """Asks who comes instead, and why where she wants to say it."""

    def __init__(
        self, parent: QWidget, place: Workplace, *, meeting: str, who: Sequence[str], names: Mapping[str, str],
        first: Sequence[str] = (), done: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        self.who = choice([(key, names.get(key, key)) for key in who])
        self.substitute = PersonField(names, first=first)
        self.note = line(longest=300)
        own = list(who) == [place.desk.actor.member]
        title = parent.tr("Jag kan inte komma") if own else parent.tr("Någon kan inte komma")
        asked = [] if own else [field(parent.tr("Vem?"), self.who)]
        super().__init__(
            parent, title, parent.tr("Den som leder mötet får veta det på sin sida Idag."), *asked,
            field(parent.tr("Vem kommer i stället?"), self.substitute, hint=parent.tr("Lämna tomt om ingen kan.")),
            field(parent.tr("Meddelande"), self.note, hint=parent.tr("Skriv inget om kunder.")),
            accept=parent.tr("Anmäl förhinder"),
        )  # fmt: skip
        self._place, self._meeting, self._names, self._done = place, meeting, names, done
        self.check = self._fault
        self.accepted.connect(self._tell)
        place.closing.connect(self.reject)

    def _fault(self) -> str:
        if self.substitute.person == chosen(self.who):
            return self.tr("Välj någon annan, eller lämna rutan tom.")
        return ""

    def _tell(self) -> None:
        member, substitute, note = chosen(self.who), self.substitute.person, self.note.text()
        tell_regret(self._place, self._meeting, member, substitute, note=note, names=self._names, done=self._done)


def tell_regret(
    place: Workplace, meeting: str, member: str, substitute: Person | None, *, note: str, names: Mapping[str, str],
    done: Callable[[], object] | None = None,
) -> None:  # fmt: skip
    """Enter it, with its way back."""
    name = names.get(member, member)
    back = place.way_back(
        place.tr("Anmäl förhinder för {0}").format(name),
        lambda desk: regrets.take_back_regret(desk, meeting=meeting, member=member), changed="meetings",
    )  # fmt: skip
    place.act(
        place,
        lambda desk: regrets.tell_regret(desk, meeting=meeting, member=member, substitute=substitute, note=note),
        lambda _: done() if done else None, changed="meetings", undo=back,
        said=place.tr("Förhindret är anmält. Den som leder mötet får veta det."),
    )  # fmt: skip


class RegretsPanel(QFrame):
    """Those who cannot come to the meeting that is shown, and the way to say it."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.tell_button = button(self.tr("Jag kan inte komma"), self.ask, icon_name="user-x")
        inside = column(self._lines, row(self.tell_button, None), space=4)
        inside.setContentsMargins(0, 0, 0, GRID)
        self.setLayout(inside)

    def show_meeting(self, meeting: Meeting) -> None:
        """Show who cannot come, and offer to say it while the meeting is planned."""
        around = self.editor.around
        empty(self._lines)
        if around is None:
            return
        planned = meeting.status is MeetingStatus.PLANNED
        for one in meeting.regrets if planned else ():
            self._lines.addWidget(self._line(one, around.names))
        who = self._who(meeting)
        own = who == [self.editor.place.desk.actor.member]
        text = self.tr("Jag kan inte komma") if own else self.tr("Någon kan inte komma …")
        self.tell_button.setText(f" {text}")
        self.tell_button.setAccessibleName(text)
        self.tell_button.setVisible(bool(who))
        self.setVisible(planned and bool(who or meeting.regrets))

    def _who(self, meeting: Meeting) -> list[str]:
        """Of whom the person at the desk may say it."""
        if meeting.status is not MeetingStatus.PLANNED:
            return []
        left = [one for one in sorted(expected(meeting)) if regret_of(meeting, one) is None]
        own = self.editor.place.desk.actor.member
        if self.editor.may(Right.WRITE_MEETINGS):
            names = self.editor.around.names if self.editor.around else {}
            return sorted(left, key=lambda key: (key != own, names.get(key, key)))
        return [own] if own in left else []

    def _line(self, one: Regret, names: Mapping[str, str]) -> QWidget:
        text = label(regret_words(one, names), role="due", wrap=True)
        mine = one.member == self.editor.place.desk.actor.member
        back = button(self.tr("Kommer ändå"), partial(self._take_back, one), kind="quiet", icon_name="undo-2")
        back.setAccessibleName(self.tr("{0} kommer ändå").format(names.get(one.member, one.member)))
        back.setVisible(mine or self.editor.may(Right.WRITE_MEETINGS))
        made = row(text, back)
        made.setStretch(0, 1)
        return box(made)

    def ask(self) -> None:
        """Ask who comes instead; what is typed on the page is saved first."""
        self.editor.save(self._ask)

    def _ask(self) -> None:
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return
        RegretQuestion(
            self, self.editor.place, meeting=meeting.key, who=self._who(meeting), names=around.names,
            first=around.own_team, done=partial(self.editor.load, meeting.key),
        ).open()  # fmt: skip

    def _take_back(self, one: Regret) -> None:
        meeting, place = self.editor.meeting, self.editor.place
        if meeting is None:
            return
        key = meeting.key

        def again(desk: Desk) -> int:
            return regrets.tell_regret(
                desk, meeting=key, member=one.member, substitute=one.substitute, note=one.note
            )  # fmt: skip

        def go() -> None:
            place.act(
                self, lambda desk: regrets.take_back_regret(desk, meeting=key, member=one.member),
                lambda _: self.editor.load(key), changed="meetings",
                undo=place.way_back(self.tr("Kommer ändå"), again, changed="meetings"),
            )  # fmt: skip

        self.editor.save(go)
