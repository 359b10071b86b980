"""The minutes in the print menu: whole, without customers, the decisions alone, or one customer's part."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.meeting_rules import customers_of
from app.domain.meetings import MeetingStatus
from app.domain.minutes_forms import MinutesForm
from app.domain.roles import Right
from app.domain.sight import reads_minutes
from app.domain.swedish import sort_key
from app.services.papers import Purpose
from app.ui.meetings.editor import MeetingEditor
from app.ui.widgets.fields import choice, chosen, field
from app.ui.widgets.messages import Question

Entry = tuple[str, Callable[[], object], bool]


class MinutesMenu(QObject):
    """Which forms of the minutes there are to print, and the way to each."""

    def __init__(self, page: QWidget, editor: MeetingEditor) -> None:
        super().__init__(page)
        self._page, self._editor = page, editor

    def entries(self) -> list[Entry]:
        """The forms that say something of this meeting and are the person's to print."""
        meeting, editor = self._editor.meeting, self._editor
        if meeting is None or meeting.status is MeetingStatus.PLANNED:
            return []
        reads = reads_minutes(meeting, editor.place.desk.actor)
        prints = reads and editor.may(Right.PRINT)
        decided = any(item.decisions for item in meeting.items)
        return [
            (self.tr("Minnesanteckningar"), partial(self.show, MinutesForm.FULL), reads),
            (self.tr("Minnesanteckningar utan kunduppgifter"), partial(self.show, MinutesForm.NO_CUSTOMERS), prints),
            (self.tr("Bara besluten"), partial(self.show, MinutesForm.DECISIONS), reads and decided),
            (self.tr("Utdrag för en kund …"), self.ask_customer, prints and bool(self._customers())),
        ]

    def _customers(self) -> list[tuple[str, str]]:
        """Whoever the points say something of, by label."""
        meeting, around = self._editor.meeting, self._editor.around
        if meeting is None or around is None:
            return []
        named = {key for item in meeting.items for key in customers_of(item)}
        labels = [(key, around.customers[key]) for key in named if key in around.customers]
        return sorted(labels, key=lambda one: sort_key(one[1]))

    def show(self, form: MinutesForm, customer: str | None = None) -> None:
        """Save what is written and show the paper."""
        from app.ui.papers.preview import papers_preview  # noqa: PLC0415 - loaded when first used

        def go() -> None:
            meeting = self._editor.meeting
            if meeting is not None:
                papers_preview(
                    self._page, self._editor.place, purpose=Purpose.MINUTES, meeting=meeting.key, form=form,
                    customer=customer,
                )  # fmt: skip

        self._editor.save(go)

    def ask_customer(self) -> Question | None:
        """Ask whose part is wanted; where there is but one customer nothing is asked."""
        found = self._customers()
        if len(found) == 1:
            self.show(MinutesForm.EXTRACT, found[0][0])
            return None
        whose = choice(found, name=self.tr("Kund"))
        dialog = Question(
            self._page, self.tr("Utdrag för en kund"),
            self.tr("Bara kundens egna punkter kommer med. Rader som nämner någon annan kund lämnas bort."),
            field(self.tr("Kund"), whose), accept=self.tr("Visa utdraget"),
        )  # fmt: skip
        dialog.finished.connect(lambda yes: self.show(MinutesForm.EXTRACT, chosen(whose)) if yes else None)
        dialog.open()
        return dialog
