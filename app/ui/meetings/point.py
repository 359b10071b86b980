"""The chosen point in the middle: what it is about, who presents it, and the note that is written while people talk."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from app.domain.journal import unmarked
from app.domain.meetings import Item, ItemKind, MeetingStatus
from app.domain.people import person_name
from app.domain.presented import presented_words
from app.domain.publishing import LATE, is_late
from app.domain.review import is_review
from app.domain.swedish import in_sentence
from app.ui.after.trail import TrailStrip
from app.ui.attachments.appendices import PointFiles
from app.ui.attachments.files import MeetingFiles
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.note_editor import NoteEditor
from app.ui.meetings.outs import OutRow
from app.ui.meetings.round_row import RoundRow
from app.ui.widgets.controls import box, button, column, label, row, set_role
from app.ui.widgets.fields import PersonField, choice, chosen, field, fill_choice, line
from app.ui.widgets.texts import TextField

_LONGEST_LINE = 720
_LOW = 380
_KINDS = {
    ItemKind.STANDING: "Stående punkt",
    ItemKind.ADDED: "Tillagd punkt",
    ItemKind.CARRIED: "Från förra mötet",
    ItemKind.LIFTED: "Lyft från annat forum",
    ItemKind.CUSTOMER: "Kundärende",
}


class PointPanel(QWidget):
    """Heading, facts, preparation and note of one point."""

    removed = Signal(str)
    renamed = Signal()
    """The heading was written, and Enter pressed."""
    led = Signal(str)
    """A line of the note became something that stands beside it."""
    journal_wanted = Signal()
    """The person asked to mark what the point says as journalfört."""

    def __init__(self, editor: MeetingEditor, round_row: RoundRow, files: MeetingFiles) -> None:
        super().__init__()
        self.editor = editor
        self._key = ""
        self._showing = False
        self.heading = line(name=self.tr("Punktens rubrik"))
        self.heading.setProperty("role", "heading")
        self.heading.editingFinished.connect(self._keep_facts)
        self.heading.textEdited.connect(self._type_heading)
        self.heading.returnPressed.connect(self.renamed)
        self.facts = label(role="muted", wrap=True)
        self.trail = TrailStrip(editor)
        self.text = TextField(placeholder=self.tr("Underlag: vad gäller punkten?"), lines=1, most=7)
        self.text.edited.connect(self._type_text)
        self.presented = label(wrap=True)
        self.presented.setAccessibleName(self.tr("Ur yrkenas områden"))
        self._note_part = NoteEditor(editor)
        self._note_part.led.connect(self.led)
        self._note_part.setMaximumWidth(_LONGEST_LINE)
        self.note, self.said = self._note_part.field, self._note_part.said
        self.round = round_row
        self.files = PointFiles(files)
        self.outs = OutRow(editor)
        self.outs.settled.connect(self.note.setFocus)
        self._details = self._seldom()
        self._more = button(self.tr("Ändra punkten"), self._toggle, kind="quiet", icon_name="pencil")
        self._out = button(
            self.tr("Någon är ute"), self.outs.begin, kind="quiet", icon_name="door-open",
            tip=self.tr("Någon deltar inte i punkten, till exempel för jäv (Ctrl+J)"),
        )  # fmt: skip
        self._rest = box(column(None))
        self._note_title = label(self.tr("Anteckning"), role="label")
        self.journal = label(wrap=True)
        self.journal.setAccessibleName(self.tr("Journalföring"))
        self._to_journal = button(self.tr("Till journalen"), self.journal_wanted.emit, kind="quiet")
        journal = row(self.journal, self._to_journal)
        journal.setStretch(0, 1)
        self._journal_part = box(journal)
        self.editor.changed.connect(self._tell_journal)
        facts = row(self.facts, self._out, self._more)
        facts.setStretch(0, 1)
        whole = column(
            self.heading, facts, self.trail, self._details, self.text, self.presented, self.files, self.outs,
            self.round, self._note_title, self._note_part, self._rest, self._journal_part, space=6,
        )  # fmt: skip
        whole.setStretchFactor(self._note_part, 1)
        whole.setStretchFactor(self._rest, 1)
        self.setLayout(whole)
        self.setMinimumWidth(200)

    def _seldom(self) -> QWidget:
        """Who presents the point, its planned time and its customer, and the way to remove it."""
        self.minutes = QSpinBox()
        self.minutes.setRange(0, 480)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setSpecialValueText(self.tr("–"))
        self.minutes.valueChanged.connect(self._keep_minutes)
        self.presenter = PersonField({})
        self.presenter.picked.connect(self._keep_facts)
        self.customer = choice([("", self.tr("Ingen"))])
        self.customer.currentIndexChanged.connect(lambda _: self._keep_facts())
        remove = button(self.tr("Ta bort punkten"), self.remove, kind="quiet", icon_name="trash-2")
        first = row(field(self.tr("Föredras av"), self.presenter), field(self.tr("Tid"), self.minutes))
        first.setStretch(0, 1)
        second = row(field(self.tr("Kund"), self.customer), column(None, remove))
        second.setStretch(0, 1)
        return box(column(first, second))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.round.set_low(self.height() < _LOW)

    def meet(self) -> None:
        """Another meeting: offer its people and customers."""
        around = self.editor.around
        if around is None:
            return
        self.presenter.offer(around.names, first=around.own_team)
        customers = sorted(around.customers.items(), key=lambda pair: pair[1])
        fill_choice(self.customer, [("", self.tr("Ingen")), *customers])

    def show_item(self, key: str) -> None:
        """Show a point."""
        item = self.editor.meeting.item(key) if self.editor.meeting else None
        if item is None or self.editor.meeting is None:
            return
        fresh = key != self._key
        self._key, self._showing = key, True
        planned = self.editor.meeting.status is MeetingStatus.PLANNED
        self.heading.setText(item.heading)
        self.text.show_text(item.text)
        self._note_part.show_item(key)
        self.minutes.setValue(item.minutes or 0)
        self.presenter.set_person(item.presenter)
        index = self.customer.findData(item.customer or "")
        self.customer.setCurrentIndex(max(index, 0))
        self.facts.setText(self._facts_of(item))
        self._show_presented(item)
        may_call = self.editor.may_call
        self.heading.setReadOnly(not may_call)
        self.text.setReadOnly(not may_call)
        self._more.setVisible(may_call)
        self._out.setVisible(self.editor.may_write and not planned)
        self.outs.show_item(key)
        if fresh:
            self._details.setVisible(planned and may_call)
        self.text.setVisible(planned or bool(item.text))
        self.text.set_lines(6 if planned else 1)
        for part in (self._note_part, self._note_title):
            part.setVisible(not planned or bool(item.notes))
        self._rest.setVisible(not self.note.isVisibleTo(self))
        if fresh:
            self.note.moveCursor(self.note.textCursor().MoveOperation.End)
        self._showing = False
        self.round.show_item(key)
        self.trail.show_item(key)
        self.files.show_item(key)
        self._tell_journal()

    def _show_presented(self, item: Item) -> None:
        """What the professions have written beforehand of need, problem and wish."""
        names = self.editor.around.names if self.editor.around is not None else {}
        self.presented.setText("\n".join(presented_words(one, names) for one in item.presentations))
        around, meeting = self.editor.around, self.editor.meeting
        beside = (  # a follow-up has them at its side, to be written in
            around is not None and meeting is not None and is_review(meeting, item, follow_up_forum=around.follow_up)
        )
        self.presented.setVisible(bool(item.presentations) and not beside)

    def _tell_journal(self) -> None:
        """Under the note: of whom it speaks and is in no journal yet, or in which it is."""
        meeting, around = self.editor.meeting, self.editor.around
        item = meeting.item(self._key) if meeting is not None else None
        if meeting is None or around is None or item is None or meeting.status is MeetingStatus.PLANNED:
            self._journal_part.hide()
            return
        waiting = [around.customers.get(one.customer, "") for one in unmarked(meeting) if one.item.key == item.key]
        done = {around.customers.get(one.customer, ""): one.journal.value for one in item.journaled}
        said = [self.tr("Inte journalfört: {0}.").format(", ".join(sorted(waiting)))] if waiting else []
        if done:
            named = ", ".join(f"{name} ({journal})" for name, journal in sorted(done.items()))
            said.append(self.tr("Journalfört: {0}.").format(named))
        self.journal.setText(" ".join(said))
        set_role(self.journal, "due" if waiting else "muted")
        self._to_journal.setVisible(bool(waiting))
        self._journal_part.setVisible(bool(said))

    def _facts_of(self, item: Item) -> str:
        around = self.editor.around
        if around is None:
            return ""
        parts = [_KINDS[item.kind]]
        if item.customer:
            parts.append(around.customers.get(item.customer, ""))
        if item.raised_by:
            parts.append(self.tr("anmäld av {0}").format(person_name(item.raised_by, around.names)))
        if self.editor.meeting is not None and is_late(item, self.editor.meeting):
            parts.append(in_sentence(LATE))
        if item.presenter:
            parts.append(self.tr("föredras av {0}").format(person_name(item.presenter, around.names)))
        return ", ".join(part for part in parts if part)

    def _item(self) -> Item | None:
        meeting = self.editor.meeting
        return meeting.item(self._key) if meeting is not None and not self._showing else None

    def _type_heading(self, text: str) -> None:
        if (item := self._item()) is not None and self.editor.may_call and text.strip():
            self.editor.change_item(replace(item, heading=text.strip()))

    def _type_text(self, text: str) -> None:
        if (item := self._item()) is not None and self.editor.may_call:
            self.editor.change_item(replace(item, text=text.strip() or None))

    def _keep_minutes(self, minutes: int) -> None:
        if (item := self._item()) is not None and self.editor.may_call:
            self.editor.change_item(replace(item, minutes=minutes or None))

    def _keep_facts(self) -> None:
        item = self._item()
        if item is None or not self.editor.may_call:
            return
        heading = self.heading.text().strip() or item.heading
        customer = chosen(self.customer) or None
        kind = item.kind
        if customer != item.customer and kind in (ItemKind.ADDED, ItemKind.CUSTOMER):
            kind = ItemKind.CUSTOMER if customer else ItemKind.ADDED
        changed = replace(
            item, heading=heading, presenter=self.presenter.person, customer=customer, kind=kind,
        )  # fmt: skip
        self.editor.change_item(changed, self.tr("Ändra punkten"))
        self.facts.setText(self._facts_of(changed))

    def _toggle(self) -> None:
        self._details.setVisible(not self._details.isVisible())

    def rename(self) -> None:
        """Stand in the heading with all of it chosen."""
        if self.editor.may_call:
            self.heading.setFocus()
            self.heading.selectAll()

    def remove(self) -> None:
        """Take the point away; Ctrl+Z brings it back."""
        meeting = self.editor.meeting
        if meeting is None or not self.editor.may_call:
            return
        keys = [item.key for item in meeting.items]
        number = keys.index(self._key)
        rest = tuple(item for item in meeting.items if item.key != self._key)
        self.editor.change(replace(meeting, items=rest), self.tr("Ta bort punkt"))
        self.place_told()
        self.removed.emit(rest[min(number, len(rest) - 1)].key if rest else "")

    def place_told(self) -> None:
        """Say that the point is gone and how to get it back."""
        self.editor.place.told.emit(self.tr("Punkten är borttagen. Ångra med Ctrl+Z."))
