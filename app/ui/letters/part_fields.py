"""The fields of one part of a letter: a notice, an invitation, or a meeting whose minutes come in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.letters import LetterMeeting, LetterPart, PartKind
from app.domain.swedish import number_word
from app.services.desk import Desk
from app.ui.widgets.controls import box, column, label, row
from app.ui.widgets.fields import DateField, TimeField, field, line
from app.ui.widgets.texts import TextField


class PartFields(QWidget):
    """What is typed of the chosen part."""

    edited = Signal(object)
    """The part as it stands now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._part: LetterPart | None = None
        self.heading = line(longest=200)
        self.text = TextField(lines=4, most=14)
        self.date, self.start, self.end = DateField(lambda: desk.today), TimeField(), TimeField()
        self.where, self.target, self.register = line(longest=200), line(longest=300), line(longest=300)
        self.register_by = DateField(lambda: desk.today)
        self.with_files = QCheckBox(self.tr("Med bilagor som är PDF eller bild"))
        self.with_files.setAccessibleName(self.with_files.text())
        self.about = label(role="muted", wrap=True)
        self._typed = box(column(field(self.tr("Rubrik"), self.heading), field(self.tr("Text"), self.text)))
        times = row(
            field(self.tr("Datum"), self.date), field(self.tr("Från kl."), self.start),
            field(self.tr("Till kl."), self.end), None, space=12,
        )  # fmt: skip
        by = row(
            field(self.tr("Anmälan"), self.register), field(self.tr("Senast"), self.register_by), space=12
        )  # fmt: skip
        by.setStretch(0, 1)
        self._invitation = box(column(
            box(times), field(self.tr("Plats"), self.where), field(self.tr("För vem"), self.target), box(by),
        ))  # fmt: skip
        self._minutes = box(column(self.about, self.with_files))
        self.setLayout(column(self._typed, self._invitation, self._minutes, space=12))
        self._connect()
        self.show_part(None)

    def _connect(self) -> None:
        for one in (self.heading, self.where, self.target, self.register):
            one.textEdited.connect(lambda _: self._tell())
        self.text.edited.connect(lambda _: self._tell())
        for moment in (self.date, self.start, self.end, self.register_by):
            moment.picked.connect(self._tell)
            moment.textEdited.connect(lambda _: self._tell())
        self.with_files.toggled.connect(lambda _: self._tell())

    def show_part(self, part: LetterPart | None, meeting: LetterMeeting | None = None) -> None:
        """Show a part, or nothing."""
        self._part = None
        self.setVisible(part is not None)
        if part is None:
            return
        self.heading.setText(part.heading)
        self.text.show_text(part.text)
        self.date.set_day(part.date)
        self.start.set_moment(part.start)
        self.end.set_moment(part.end)
        self.where.setText(part.place or "")
        self.target.setText(part.target or "")
        self.register.setText(part.register or "")
        self.register_by.set_day(part.register_by)
        self.with_files.setChecked(part.kind is PartKind.MINUTES_WITH_FILES)
        files = meeting.files if meeting is not None else 0
        self.with_files.setVisible(bool(files) or self.with_files.isChecked())
        about = self.tr("Mötets justerade anteckningar kommer med, utan det som rör kunder.")
        count = number_word(files, self.tr("fil"), self.tr("filer"))
        more = self.tr("Mötet har {0}. Se efter att ingen av dem säger något om en kund.").format(count)
        self.about.setText(f"{about} {more}" if files else about)
        self._typed.setVisible(not part.kind.is_minutes)
        self._invitation.setVisible(part.kind is PartKind.INVITATION)
        self._minutes.setVisible(part.kind.is_minutes)
        self._part = part

    @property
    def unreadable(self) -> bool:
        """Whether a day or a time stands there that cannot be read."""
        moments = (self.date, self.start, self.end, self.register_by)
        return self._part is not None and not all(one.readable for one in moments)

    def set_editable(self, editable: bool) -> None:
        """Let the fields be changed, or only read."""
        for one in (self.heading, self.where, self.target, self.register, self.date, self.start, self.end):
            one.setReadOnly(not editable)
        self.register_by.setReadOnly(not editable)
        self.text.setReadOnly(not editable)
        self.with_files.setEnabled(editable)

    def _tell(self) -> None:
        part = self._part
        if part is None:
            return
        kind = part.kind
        if kind.is_minutes:
            kind = PartKind.MINUTES_WITH_FILES if self.with_files.isChecked() else PartKind.MINUTES
        self._part = replace(
            part, kind=kind, heading=self.heading.text(), text=self.text.written, date=self.date.day,
            start=self.start.moment, end=self.end.moment, place=self.where.text().strip() or None,
            target=self.target.text().strip() or None, register=self.register.text().strip() or None,
            register_by=self.register_by.day,
        )  # fmt: skip
        self.edited.emit(self._part)
