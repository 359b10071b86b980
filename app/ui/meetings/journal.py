"""A customer's part of a point on its way to her journal: copied and marked with one press, and the mark taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from app.domain.journal_text import JournalText
from app.domain.meeting_rules import customers_of
from app.domain.meetings import Item, Journal, JournalMark
from app.domain.people import person_name
from app.domain.roles import Right
from app.domain.swedish import brief_date, number_word
from app.services.desk import Desk
from app.services.journal import copy_to_journal, mark_journaled, unmark_journaled
from app.ui.meetings.editor import MeetingEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, card, column, empty, icon_button, label, row
from app.ui.widgets.flow import Flow
from app.ui.workplace import UndoStep

_SECRET = (
    ("x-kde-passwordManagerHint", b"secret"),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"\x01\x00\x00\x00"),
)
"""What asks KDE and Windows to keep the text out of the clipboard's history."""


class JournalPart(QWidget):
    """One small card for each customer of the point."""

    def __init__(self, editor: MeetingEditor, item: Item) -> None:
        super().__init__()
        self.editor = editor
        self._item = item.key
        self._list = QVBoxLayout()
        self.setLayout(column(label(self.tr("Kopiera till journalen"), role="label"), self._list, space=GRID))
        editor.marked.connect(self._renew)
        self._show(item)

    def _renew(self, key: str) -> None:
        """The marks of a point were changed elsewhere."""
        item = self.editor.meeting.item(key) if self.editor.meeting is not None else None
        if item is not None and key == self._item:
            self._show(item)

    def _show(self, item: Item) -> None:
        empty(self._list)
        self._buttons: list[QWidget] = []
        for customer in sorted(customers_of(item), key=self._label):
            self._list.addWidget(self._card(item, customer))

    def _label(self, customer: str) -> str:
        around = self.editor.around
        return around.customers.get(customer, self.tr("Kund")) if around is not None else ""

    def _card(self, item: Item, customer: str) -> QWidget:
        found = [one for one in item.journaled if one.customer == customer]
        lines: list[QWidget] = [self._mark(one) for one in found]
        if self._may:
            made = [self._button(customer, journal) for journal in Journal]
            more = icon_button(
                "ellipsis", self.tr("Märk utan att kopiera: {0}").format(self._label(customer)),
                partial(self._open_menu, item, customer),
            )  # fmt: skip
            lines.append(box(Flow(*made, more, space=4)))
        elif not found:
            lines.append(label(self.tr("Inte journalfört"), role="muted"))
        return card(label(self._label(customer), role="muted", wrap=True), *lines, margin=GRID)

    @property
    def _may(self) -> bool:
        rights = (Right.WRITE_MINUTES, Right.WRITE_CUSTOMERS, Right.READ_CUSTOMERS)
        return any(self.editor.may(right) for right in rights)

    def _mark(self, one: JournalMark) -> QWidget:
        names = self.editor.around.names if self.editor.around is not None else {}
        when = brief_date(one.on, today=self.editor.place.desk.today)
        text = self.tr("Journalfört: {0}").format(f"{one.journal.value}, {person_name(one.by, names)} {when}")
        if not self._may:
            return label(text, wrap=True)
        back = icon_button("x", self.tr("Ta bort märkningen {0}").format(one.journal.value), partial(self.unmark, one))
        made = row(label(text, wrap=True), back, space=4)
        made.setStretch(0, 1)
        return box(made)

    def _button(self, customer: str, journal: Journal) -> QWidget:
        made = button(
            journal.value, partial(self.copy, customer, journal), icon_name="copy",
            tip=self.tr("Kopiera texten för {0} och märk som journalfört").format(journal.value),
        )  # fmt: skip
        made.setAccessibleName(self.tr("Kopiera till {0}: {1}").format(journal.value, self._label(customer)))
        self._buttons.append(made)
        return made

    def _open_menu(self, item: Item, customer: str) -> None:
        """Mark only, for what was entered in other words."""
        menu = QMenu(self)
        done = {one.journal for one in item.journaled if one.customer == customer}
        for journal in (one for one in Journal if one not in done):
            action = menu.addAction(self.tr("Märk {0} utan att kopiera").format(journal.value))
            action.triggered.connect(partial(self._mark_chosen, customer, journal))
        menu.popup(self.mapToGlobal(QPoint(GRID, self.height())))

    def _mark_chosen(self, customer: str, journal: Journal, _checked: bool = False) -> None:
        self.mark(customer, journal)

    def stand(self) -> None:
        """Stand on the first journal that can be copied to."""
        first = next(iter(self._buttons), None)
        if first is not None:
            first.setFocus()

    def copy(self, customer: str, journal: Journal) -> None:
        """The customer's part of the point lies on the clipboard, and is marked as entered in that journal."""

        def copied(found: tuple[JournalText, tuple[JournalMark, ...]]) -> None:
            said, marks = found
            _put_on_clipboard(said.text)
            self._marked(marks)
            self._remember_copy(customer, journal)
            told = self.tr("Texten är kopierad och märkt {0}. Klistra in den i journalen.").format(journal.value)
            if said.left_out:
                lines = number_word(said.left_out, self.tr("rad"), self.tr("rader"))
                told += self.tr(" {0} som nämner andra kunder är inte med.").format(lines.capitalize())
            self.editor.place.told.emit(told)

        def work(desk: Desk, meeting: str) -> tuple[JournalText, tuple[JournalMark, ...]]:
            return copy_to_journal(desk, meeting=meeting, item=self._item, customer=customer, journal=journal)

        self._after_save(lambda meeting: self.editor.place.ask(self, lambda desk: work(desk, meeting), copied))

    def _remember_copy(self, customer: str, journal: Journal) -> None:
        """Ctrl+Z takes the mark back; what was pasted elsewhere is out of reach."""
        editor, item = self.editor, self._item
        meeting = editor.meeting.key if editor.meeting is not None else ""
        phrase = self.tr("Märk som journalfört")
        said = self.tr("Ångrat: {0}").format(phrase)

        def work(desk: Desk) -> tuple[JournalMark, ...]:
            return unmark_journaled(desk, meeting=meeting, item=item, customer=customer, journal=journal)

        def unmarked(marks: tuple[JournalMark, ...]) -> None:
            if editor.meeting is not None and editor.meeting.key == meeting:
                editor.take_marks(item, marks)
                editor.marked.emit(item)

        def take_back() -> None:
            editor.place.act(editor, work, unmarked, changed="meetings", said=said)

        editor.place.remember(UndoStep(phrase, take_back))

    def mark(self, customer: str, journal: Journal) -> None:
        """What the point says of the customer was entered in that journal, today, by the person at the desk."""
        self._ask(customer, journal, back=False)

    def unmark(self, one: JournalMark) -> None:
        """The mark was a mistake."""
        self._ask(one.customer, one.journal, back=True)

    def _ask(self, customer: str, journal: Journal, *, back: bool) -> None:
        gesture = unmark_journaled if back else mark_journaled
        item = self._item

        def go(meeting: str) -> None:
            def work(desk: Desk) -> tuple[JournalMark, ...]:
                return gesture(desk, meeting=meeting, item=item, customer=customer, journal=journal)

            self.editor.place.ask(self, work, self._marked)

        self._after_save(go)

    def _after_save(self, then: Callable[[str], object]) -> None:
        """Save first: a point, or its customer, may be so new that it is not kept yet."""

        def go() -> None:
            if self.editor.meeting is not None:
                then(self.editor.meeting.key)

        self.editor.save(go)

    def _marked(self, marks: tuple[JournalMark, ...]) -> None:
        self.editor.take_marks(self._item, marks)
        self._renew(self._item)


def _put_on_clipboard(text: str) -> None:
    """Until it is pasted, or the window locks, which empties the clipboard."""
    data = QMimeData()
    data.setText(text)
    for kind, value in _SECRET:
        data.setData(kind, value)
    QApplication.clipboard().setMimeData(data)
