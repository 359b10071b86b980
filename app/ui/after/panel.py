"""What becomes of the minutes, as a part of the meeting's page: comments, approval, versions, and who has read them."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.meetings import Meeting, MeetingStatus
from app.domain.minutes import NOW, Afterwards, VersionFacts, out_for_comments
from app.domain.people import person_name
from app.domain.roles import Right
from app.domain.swedish import brief_date, clock, long_date
from app.services.circulation import afterwards_of, circulate
from app.services.minutes_readers import mark_read, unmark_read
from app.services.minutes_versions import Compared, compare_versions
from app.ui.after.comments import CommentsPart
from app.ui.after.compared import ComparedView
from app.ui.meetings.editor import MeetingEditor
from app.ui.widgets.controls import box, button, column, empty, label, row, scrolled, set_role
from app.ui.widgets.fields import DateField, Form, field

_USUAL_DAYS = 7
"""So many days people have for comments unless another day is chosen: an APT's agenda goes out as long before."""


class AfterPanel(QWidget):
    """Comments, versions, readers."""

    was_read = Signal()
    """What there is was read anew: it is told beside the points too."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self.value: Afterwards | None = None
        """What was read of the meeting that is shown, None until then."""
        self.state = label(wrap=True)
        self.until = DateField(editor.place.desk.clock.today, name=self.tr("Synpunkter senast"), deadline=True)
        self.send = button(self.tr("Skicka ut för synpunkter"), self.circulate, icon_name="send")
        self._sending = box(row(field(self.tr("Synpunkter senast"), self.until), column(None, self.send), None))
        self.whole = CommentsPart(editor, title=self.tr("På det hela"))
        self._on_points = QVBoxLayout()
        self.read_state = label(wrap=True)
        self.read = button(self.tr("Jag har läst och förstått"), self.mark_read, kind="primary", icon_name="check")
        self._readers = label(wrap=True)
        self._versions = QVBoxLayout()
        self.compare = button(self.tr("Jämför med nu"), partial(self._compare_latest), icon_name="history")
        self._form = Form(
            label(self.tr("Synpunkter"), role="heading"), self.state, self._sending, self.whole, box(self._on_points),
            label(self.tr("Läst och förstått"), role="heading"), self.read_state, box(row(self.read, None)),
            self._readers,
            label(self.tr("Versioner"), role="heading"), box(self._versions), box(row(self.compare, None)),
        )  # fmt: skip
        self._form.setMaximumWidth(720)
        self.compared = ComparedView(editor.place.theme)
        back = button(self.tr("Tillbaka"), self._back, icon_name="arrow-left")
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(self._form, name=self.tr("Synpunkter och versioner")))
        self._stack.addWidget(box(column(row(back, None), self.compared)))
        self.setLayout(column(self._stack))
        editor.place.changed.connect(self._after_change)

    # reading

    def _after_change(self, kind: str) -> None:
        """A comment or a receipt of one's own: the rest of the meeting is as it was, and may be being written."""
        over = self.parentWidget()
        if kind == "minutes" and over is not None and over.isVisible():
            self.read_meeting()

    def read_meeting(self) -> None:
        """Read what there is of the meeting that the editor has."""
        meeting = self.editor.meeting
        if meeting is None:
            return
        key = meeting.key
        if self.value is not None and self.value.meeting != key:
            self.value = None
            self._back()

        def shown(found: Afterwards) -> None:
            if self.editor.meeting is not None and self.editor.meeting.key == key:
                self.value = found
                self.show_meeting()
                self.was_read.emit()

        self.editor.place.ask(self, lambda desk: afterwards_of(desk, meeting=key), shown, otherwise=lambda _: True)

    # showing

    def show_meeting(self) -> None:
        """Show what was read of the meeting."""
        meeting, found = self.editor.meeting, self.value
        if meeting is None:
            return
        self._show_sending(meeting)
        self.whole.show_comments(found, None)
        self._show_on_points(meeting)
        self._show_readers(meeting)
        self._show_versions()

    def _show_sending(self, meeting: Meeting) -> None:
        draft = meeting.status is MeetingStatus.DRAFT
        may = self.editor.may(Right.WRITE_MINUTES) or self.editor.may(Right.APPROVE_MINUTES)
        self._sending.setVisible(draft and may)
        out = out_for_comments(meeting)
        self.send.setText(self.tr("Skicka ut igen") if out else self.tr("Skicka ut för synpunkter"))
        self.send.setAccessibleName(self.send.text())
        if self.until.day is None:
            self.until.set_day(self.editor.place.desk.today + dt.timedelta(days=_USUAL_DAYS))
        self.state.setText(self._sentence(meeting, out))
        set_role(self.state, "due" if self._left else "muted")

    @property
    def _left(self) -> int:
        return self.value.open_comments() if self.value is not None else 0

    def _sentence(self, meeting: Meeting, out: bool) -> str:
        if meeting.status in (MeetingStatus.PLANNED, MeetingStatus.OPEN):
            return self.tr("När mötet är avslutat kan anteckningarna skickas ut för synpunkter.")
        if out and meeting.comments_by is not None:
            day = long_date(meeting.comments_by)
            left = self.tr("{0} väntar på svar.").format(self._left) if self._left else self.tr("Inget väntar på svar.")
            return self.tr("Ute för synpunkter till {0}. {1}").format(day, left)
        if meeting.status is MeetingStatus.DRAFT:
            return self.tr("De som var kallade får dem på Idag och kan skriva synpunkter på varje punkt.")
        return self.tr("Anteckningarna är justerade.")

    def _show_on_points(self, meeting: Meeting) -> None:
        empty(self._on_points)
        if self.value is None:
            return
        for number, item in enumerate(meeting.items, start=1):
            count = sum(1 for one in self.value.comments if one.item == item.key)
            if not count:
                continue
            left = self.value.open_comments(item.key)
            said = self.tr("§ {0} {1}: {2} synpunkter").format(number, item.heading, count)
            made = button(said + (self.tr(", {0} väntar").format(left) if left else ""), partial(self._go, item.key))
            made.setProperty("kind", "quiet")
            self._on_points.addWidget(made)

    def _go(self, item: str) -> None:
        if self.editor.meeting is not None:
            self.editor.place.visit.emit("meeting", f"{self.editor.meeting.key}#{item}")

    def _show_readers(self, meeting: Meeting) -> None:
        found = self.value
        latest = found.latest if found is not None else 0
        approved = meeting.status is MeetingStatus.APPROVED and latest > 0
        me = self.editor.place.desk.actor.member
        if found is None or not approved:
            later = self.tr("När anteckningarna är justerade läser de som var kallade dem och märker det här.")
            before = self.tr("De här anteckningarna kom in justerade, och ingen är ombedd att märka dem som lästa.")
            self.read_state.setText(before if meeting.status is MeetingStatus.APPROVED and found else later)
            self.read.hide()
            self._readers.hide()
            return
        done = [one for one in found.readers if one.has_read(latest)]
        self.read_state.setText(self.tr("{0} av {1} har läst.").format(len(done), len(found.readers)))
        mine = next((one for one in found.readers if one.member == me), None)
        self.read.setVisible(found.concerns_me and mine is not None and not mine.has_read(latest))
        left = [one.name for one in found.readers if not one.has_read(latest)]
        lines = [self.tr("Har inte läst: {0}").format(", ".join(left))] if left else []
        if done:
            lines.append(self.tr("Har läst: {0}").format(", ".join(self._when(one.name, one.at) for one in done)))
        self._readers.setText("\n".join(lines))
        self._readers.show()

    def _when(self, name: str, at: dt.datetime | None) -> str:
        return f"{name} ({brief_date(at.date(), today=self.editor.place.desk.today)})" if at is not None else name

    def _show_versions(self) -> None:
        empty(self._versions)
        versions = self.value.versions if self.value is not None else ()
        for number, one in enumerate(versions):
            parts: list[QWidget | None] = [label(self._named(one), wrap=True), None]
            if number:
                before = versions[number - 1]
                show = partial(self.show_compared, before.number, one.number)
                made = button(self.tr("Jämför med {0}").format(before.number), show, kind="quiet")
                made.setAccessibleName(self.tr("Jämför version {0} med {1}").format(one.number, before.number))
                parts.append(made)
            inside = row(*parts)
            inside.setStretch(0, 1)
            self._versions.addWidget(box(inside))
        if not versions:
            self._versions.addWidget(label(self.tr("Inga versioner är sparade än."), role="muted"))
        self.compare.setVisible(bool(versions))

    def _named(self, one: VersionFacts) -> str:
        names = self.editor.around.names if self.editor.around is not None else {}
        at = f"{brief_date(one.at.date(), today=self.editor.place.desk.today)} {clock(one.at.time())}"
        return f"{one.number}. {one.kind.label} {at}, {person_name(one.by, names)}"

    # gestures

    def circulate(self) -> None:
        """Send the minutes out for comments until the chosen day."""
        if self.until.day is None or not self.until.readable:
            self.editor.place.troubled.emit(self.tr("Skriv vilken dag synpunkterna ska ha kommit."))
            return
        said = self.tr("Anteckningarna är utskickade. De som var kallade ser dem på Idag.")
        self.editor.step(circulate, said, until=self.until.day)

    def mark_read(self) -> None:
        """The person has read and understood them; Ctrl+Z takes that back."""
        meeting, place = self.editor.meeting, self.editor.place
        if meeting is None:
            return
        key = meeting.key
        back = place.way_back(
            self.tr("Läst och förstått"), lambda desk: unmark_read(desk, meeting=key), changed="minutes"
        )  # fmt: skip
        place.act(
            self, lambda desk: mark_read(desk, meeting=key), changed="minutes",
            said=self.tr("Märkt som läst. Ångra med Ctrl+Z."), undo=back,
        )  # fmt: skip

    def _compare_latest(self) -> None:
        if self.value is not None and self.value.versions:
            self.show_compared(self.value.versions[-1].number, NOW)

    def show_compared(self, older: int, newer: int) -> None:
        """Show two versions side by side, once what is typed is kept."""
        meeting = self.editor.meeting
        if meeting is None:
            return
        key = meeting.key

        def shown(found: Compared) -> None:
            name = self.tr("Version {0}")
            now = self.tr("Som det står nu")
            self.compared.show_pairs(
                found.pairs, older=name.format(found.older),
                newer=now if found.newer == NOW else name.format(found.newer),
            )  # fmt: skip
            self._stack.setCurrentIndex(1)

        self.editor.save(
            lambda: self.editor.place.ask(
                self, lambda desk: compare_versions(desk, meeting=key, older=older, newer=newer), shown
            )
        )

    def _back(self) -> None:
        self._stack.setCurrentIndex(0)
