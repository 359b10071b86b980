"""What the person wrote and did not save, told on Idag: after a crash, a lock or a change of mind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.swedish import clock, number_word, short_date
from app.services.desk import Desk
from app.services.drafts import Draft, DraftNote, drop_draft, read_draft, save_draft
from app.ui.drafts import NEW, PLACES, readable, where_to
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import field
from app.ui.widgets.messages import Question
from app.ui.widgets.texts import ShownText
from app.ui.workplace import Workplace

_MOST = 5


class UnsavedCard(QFrame):
    """One line for each draft: since when and where, with what can be done about it."""

    def __init__(self, place: Workplace, on_gone: Callable[[], object]) -> None:
        super().__init__()
        self.place = place
        self._on_gone = on_gone
        self.setObjectName("card")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GRID)
        about = self.tr("Ingenting har gått förlorat. Texten är kvar tills du sparar den eller slänger den.")
        inside = column(
            label(self.tr("Text som inte är sparad"), role="heading"), label(about, role="muted", wrap=True), self._rows
        )
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.setLayout(inside)

    def show_notes(self, notes: Sequence[DraftNote]) -> None:
        """Show what is unsaved."""
        for note in notes[:_MOST]:
            self._rows.addWidget(self._row(note))
        if len(notes) > _MOST:
            more = number_word(len(notes) - _MOST, self.tr("äldre text"), self.tr("äldre texter"))
            self._rows.addWidget(label(self.tr("Och {0} till.").format(more), role="muted"))
        self.setVisible(bool(notes))

    def _row(self, note: DraftNote) -> QWidget:
        said = described(note, today=self.place.desk.today)
        if note.gone:
            first = button(self.tr("Visa texten"), partial(self._read, note))
        else:
            first = button(self.tr("Öppna"), partial(self._open, note))
        drop = button(self.tr("Släng"), partial(self._drop, note), kind="quiet")
        for one in (first, drop):
            one.setAccessibleName(f"{one.accessibleName()}: {said}")
        inside = row(label(said, wrap=True), first, drop)
        inside.setStretch(0, 1)
        return box(inside)

    def _open(self, note: DraftNote) -> None:
        page, key = where_to(note)
        if page:
            self.place.visit.emit(page, key)
            return
        from app.ui.meetings.quick_point import QuickPoint  # noqa: PLC0415 - loaded when first used

        QuickPoint(self.window(), self.place).open()

    def _read(self, note: DraftNote) -> None:
        self.place.ask(
            self,
            lambda desk: read_draft(desk, kind=note.kind, key=note.key),
            lambda draft: self._show_text(note, draft),
        )

    def _show_text(self, note: DraftNote, draft: Draft | None) -> None:
        if draft is None:
            self._on_gone()
            return
        text = ShownText()
        text.setText(readable(draft.content))
        dialog = Question(
            self.window(), self.tr("Text som inte är sparad"),
            self.tr("Det som texten hörde till finns inte längre. Kopiera det du vill ha kvar."),
            field(self.tr("Texten"), text), accept=self.tr("Släng texten"), danger=True,
        )  # fmt: skip
        self.place.closing.connect(dialog.reject)
        dialog.accepted.connect(lambda: self._drop(note))
        dialog.open()

    def _drop(self, note: DraftNote) -> None:
        """Throw the text away; Ctrl+Z brings it back."""

        def work(desk: Desk) -> Draft | None:
            found = read_draft(desk, kind=note.kind, key=note.key)
            drop_draft(desk, kind=note.kind, key=note.key)
            return found

        self.place.ask(self, work, self._dropped)

    def _dropped(self, draft: Draft | None) -> None:
        if draft is not None:
            kept = draft

            def back(desk: Desk) -> None:
                save_draft(
                    desk, kind=kept.kind, key=kept.key, started_from=kept.started_from, content=kept.content
                )  # fmt: skip

            self.place.remember(self.place.way_back(self.tr("Släng osparad text"), back, changed="drafts"))
            self.place.told.emit(self.tr("Texten är slängd. Ångra med Ctrl+Z."))
        self._on_gone()


def described(note: DraftNote, *, today: dt.date) -> str:
    """`Osparad text från 14.02 i Teammöte Norr`."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Drafts", text)

    since = (
        clock(note.at.time()) if note.at.date() == today else f"{short_date(note.at.date())} {clock(note.at.time())}"
    )
    place = PLACES[note.kind]
    if note.gone:
        where = tr("i något som inte finns kvar")
    elif note.key == NEW and place.new:
        where = tr(place.new)
    else:
        where = tr(place.words).format(note.heading)
    return tr("Osparad text från {0} {1}").format(since, where)
