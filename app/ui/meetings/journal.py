"""A point's marks that what it says of a customer was entered in her journal: shown, set with one press, taken back."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.meeting_rules import customers_of
from app.domain.meetings import Item, Journal, JournalMark
from app.domain.people import person_name
from app.domain.roles import Right
from app.domain.swedish import brief_date
from app.services.desk import Desk
from app.services.journal import mark_journaled, unmark_journaled
from app.ui.meetings.editor import MeetingEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, card, column, empty, icon_button, label, row
from app.ui.widgets.flow import Flow


class JournalPart(QWidget):
    """One small card for each customer of the point."""

    def __init__(self, editor: MeetingEditor, item: Item) -> None:
        super().__init__()
        self.editor = editor
        self._item = item.key
        self._list = QVBoxLayout()
        self.setLayout(column(label(self.tr("Journalfört"), role="label"), self._list, space=GRID))
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
            missing = [journal for journal in Journal if journal not in {one.journal for one in found}]
            if missing:
                lines.append(box(Flow(*(self._button(customer, journal) for journal in missing))))
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
        text = f"{one.journal.value}, {person_name(one.by, names)} {when}"
        if not self._may:
            return label(text, wrap=True)
        back = icon_button("x", self.tr("Ta bort märkningen {0}").format(one.journal.value), partial(self.unmark, one))
        made = row(label(text, wrap=True), back, space=4)
        made.setStretch(0, 1)
        return box(made)

    def _button(self, customer: str, journal: Journal) -> QWidget:
        made = button(self.tr("Märk {0}").format(journal.value), partial(self.mark, customer, journal), kind="quiet")
        made.setAccessibleName(self.tr("Märk som journalfört i {0}: {1}").format(journal.value, self._label(customer)))
        self._buttons.append(made)
        return made

    def stand(self) -> None:
        """Stand on the first mark that can be set."""
        first = next(iter(self._buttons), None)
        if first is not None:
            first.setFocus()

    def mark(self, customer: str, journal: Journal) -> None:
        """What the point says of the customer was entered in that journal, today, by the person at the desk."""
        self._ask(customer, journal, back=False)

    def unmark(self, one: JournalMark) -> None:
        """The mark was a mistake."""
        self._ask(one.customer, one.journal, back=True)

    def _ask(self, customer: str, journal: Journal, *, back: bool) -> None:
        """Save first: a point, or its customer, may be so new that it is not kept yet."""

        def go() -> None:
            if self.editor.meeting is None:
                return
            meeting, item = self.editor.meeting.key, self._item

            def work(desk: Desk) -> tuple[JournalMark, ...]:
                gesture = unmark_journaled if back else mark_journaled
                return gesture(desk, meeting=meeting, item=item, customer=customer, journal=journal)

            self.editor.place.ask(self, work, self._marked)

        self.editor.save(go)

    def _marked(self, marks: tuple[JournalMark, ...]) -> None:
        self.editor.take_marks(self._item, marks)
        item = self.editor.meeting.item(self._item) if self.editor.meeting is not None else None
        if item is not None:
            self._show(item)
