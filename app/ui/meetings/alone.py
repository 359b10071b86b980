"""Only the customer at hand: what is shown while she is in the room, or while the screen is shared with others."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.meetings import Item, MeetingStatus
from app.domain.only_one import Others
from app.domain.people import person_name
from app.domain.swedish import short_date
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.note_editor import NoteEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import button, column, empty, label, row, scrolled
from app.ui.widgets.texts import ShownText

_WIDEST = 860


class AloneView(QWidget):
    """One point: its customer, its note, and what it led to. Nothing else of the meeting is there to be seen."""

    left = Signal()

    def __init__(self, editor: MeetingEditor, item: str) -> None:
        super().__init__()
        self.editor = editor
        self.item = item
        self.setAccessibleName(self.tr("Bara den här kunden"))
        self.customer = label(role="title", wrap=True)
        self.heading = label(role="muted", wrap=True)
        back = button(self.tr("Visa hela mötet (F9)"), self.left.emit, kind="primary", icon_name="eye")
        self.text = ShownText()
        self.text.setAccessibleName(self.tr("Underlag"))
        self.note = NoteEditor(editor, whole=False)
        self.note.setMaximumWidth(_WIDEST)
        self.read_only = ShownText(most=12)
        self.read_only.setMaximumWidth(_WIDEST)
        self.read_only.setAccessibleName(self.tr("Anteckning, utan det som gäller andra"))
        self.why = label(
            self.tr("Anteckningen nämner någon annan. Den kan ändras när hela mötet visas."), role="muted", wrap=True
        )
        self._told: list[str] = []
        self._results = QVBoxLayout()
        self._results.setSpacing(4)
        head = row(column(self.customer, self.heading, space=0), back)
        head.setStretch(0, 1)
        inside = QWidget()
        inside.setLayout(column(self._results, None))
        beside = scrolled(inside, name=self.tr("Vad som bestämts"))
        middle = column(
            head, self.text, label(self.tr("Anteckning"), role="label"), self.note, self.why, self.read_only,
            label(self.tr("Vad som bestämts"), role="label"), beside,
        )  # fmt: skip
        middle.setStretch(3, 2)
        middle.setStretch(7, 1)
        middle.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self.setLayout(middle)
        QShortcut(QKeySequence("F9"), self).activated.connect(self.left.emit)
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(self.note.field.setFocus)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(editor.save)
        editor.changed.connect(self.renew)
        editor.loaded.connect(self.reload)
        self.reload()

    def hides(self, text: str) -> bool:
        """Whether a text names another customer, and so is not to be seen now."""
        around = self.editor.around
        item = self.editor.meeting.item(self.item) if self.editor.meeting is not None else None
        own = item.customer if item is not None else None
        return around is not None and Others(around.customers, own=own or "").named_in(text)

    def reload(self) -> None:
        """The meeting was read, merged or taken back: show its text, whatever is being typed."""
        self._show(typing=False)

    def renew(self) -> None:
        """Something of the meeting changed; what is being typed stays as it is."""
        self._show(typing=self.note.field.hasFocus())

    def _show(self, *, typing: bool) -> None:
        meeting, around = self.editor.meeting, self.editor.around
        item = meeting.item(self.item) if meeting is not None else None
        if meeting is None or around is None or item is None or item.customer not in around.customers:
            self._show_nothing()
            return
        assert item.customer is not None  # noqa: S101 - it is among the customers
        others = Others(around.customers, own=item.customer)
        self.customer.setText(around.customers.get(item.customer, ""))
        heading = "" if others.named_in(item.heading) or item.heading == self.customer.text() else item.heading
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self.text.setText(others.cleared(item.text or ""))
        self.text.setVisible(bool(item.text))
        mixed = others.named_in(item.notes or "") and not typing
        planned = meeting.status is MeetingStatus.PLANNED
        self.note.setVisible(not mixed and not planned)
        for part in (self.why, self.read_only):
            part.setVisible(mixed)
        self.read_only.setText(others.cleared(item.notes or ""))
        if not typing and not mixed:
            self.note.show_item(self.item)
        self._tell_results(item, others)

    def _show_nothing(self) -> None:
        """A colleague took the point away, or made it about nobody: the others stay hidden until F9 is pressed."""
        self.customer.setText(self.tr("Punkten går inte att visa längre"))
        for part in (self.heading, self.text, self.note, self.why, self.read_only):
            part.hide()
        self._told = []
        empty(self._results)

    def _tell_results(self, item: Item, others: Others) -> None:
        """What was decided, in plain lines; what names somebody else is left out."""
        lines = [others.cleared(line) for line in self._lines(item)]
        if lines == self._told:
            return
        self._told = lines
        empty(self._results)
        for line in lines:
            made = label(line, wrap=True)
            made.setMaximumWidth(_WIDEST)
            self._results.addWidget(made)

    def _lines(self, item: Item) -> list[str]:
        around = self.editor.around
        names = around.names if around is not None else {}
        lines = [self.tr("Beslut: {0}").format(text) for text in item.decisions]
        for action in item.actions:
            if action.customer in (None, item.customer):
                due = self.tr("senast {0}").format(short_date(action.due)) if action.due else ""
                facts = ", ".join(part for part in (person_name(action.responsible, names), due) if part)
                lines.append(self.tr("Åtgärd: {0}").format(action.text) + (f" ({facts})" if facts else ""))
        for question in item.questions:
            lines.append(self.tr("Fråga: {0}").format(question.question))
            if question.answer:
                lines.append(self.tr("Svar: {0}").format(question.answer))
        for one in item.assessments:
            if one.customer == item.customer:
                parts = (one.instrument, one.risk or "", one.note or "")
                lines.append(self.tr("Riskbedömning: {0}").format(", ".join(part for part in parts if part)))
        lines += [
            self.tr("Önskan: {0}").format(one.wish)
            for one in item.participation
            if one.wish and one.customer == item.customer
        ]
        return lines or [self.tr("Inga beslut eller åtgärder än.")]


class Alone(QObject):
    """Goes into the view and out of it."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self.view: AloneView | None = None
        self.led = False
        """Whether something was decided in the view that was shown last."""
        editor.gone.connect(lambda _: self.leave())

    def enter(self, item: str) -> bool:
        """Show only the customer of that point; False where it is about none."""
        meeting = self.editor.meeting
        found = meeting.item(item) if meeting is not None else None
        around = self.editor.around
        if self.view is not None or found is None or around is None or found.customer not in around.customers:
            return self.view is not None
        self.view = AloneView(self.editor, item)
        self.led = False
        self.view.left.connect(self.leave)
        self.view.note.led.connect(self._lead)
        self.editor.place.alone.emit(self.view)
        field = self.view.note.field
        field.moveCursor(QTextCursor.MoveOperation.End)
        field.setFocus()
        return True

    def _lead(self) -> None:
        self.led = True

    def leave(self) -> None:
        """Show the whole meeting again."""
        if self.view is None:
            return
        view, self.view = self.view, None
        self.editor.changed.disconnect(view.renew)
        self.editor.loaded.disconnect(view.reload)
        self.editor.place.alone.emit(None)
        view.hide()
        view.deleteLater()
