"""Inför mötet: what is to be ready before it, whose it is and what is done; ticked off with Space."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.errors import Conflict, NotFound
from app.domain.preparations import Preparation, PreparationChange, PreparationRow, count_words, is_late
from app.domain.roles import Right
from app.domain.swedish import short_date
from app.services.desk import Desk
from app.services.preparations import (
    add_suggested,
    count_preparations,
    keep_preparation,
    list_preparations,
    move_preparation,
    remove_preparation,
    settle_preparation,
    take_back_preparations,
    unsettle_preparation,
)
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.preparation_form import PreparationForm
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import line
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import UndoStep

T = TypeVar("T")
_ALT = Qt.KeyboardModifier.AltModifier


class PreparationTable(Table[PreparationRow]):
    """The list; Delete takes a row away, Alt+Up and Alt+Down move it."""

    removed = Signal(object)
    moved = Signal(object, int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        one = self.current_row()
        up_or_down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if one is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(one)
        elif one is not None and up_or_down is not None and event.modifiers() & _ALT:
            self.moved.emit(one, up_or_down)
        else:
            super().keyPressEvent(event)


class PreparingPanel(QWidget):
    """The list with names, what can be done with a row, and the line that adds one."""

    counted = Signal(str)
    """How far it has come, for the way here: `Inför mötet, 3 av 5 klara`."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor, self.place = editor, editor.place
        self.count = label(role="muted")
        self.none = label(role="muted", wrap=True)
        self.table = self._table()
        self.suggest_button = button(
            self.tr("Föreslå ur dagordningen"), self.suggest, icon_name="list-checks", tip=self.tr(
                "Önskemål och riskbedömningar för mötets kunder. Ni bestämmer vem som gör vad."
            ),
        )  # fmt: skip
        self.print_button = button(self.tr("Skriv ut"), self.print_list, icon_name="printer")
        self.note = line(placeholder=self.tr("Anteckning, om det behövs"), name=self.tr("Anteckning"))
        self.done_button = button(self.tr("Klart"), self._press_done, icon_name="check")
        self.change_button = button(self.tr("Ändra"), self._begin_change, kind="quiet", icon_name="pencil")
        self.remove_button = button(self.tr("Ta bort"), self._press_remove, kind="quiet", icon_name="trash-2")
        acts = row(self.note, self.done_button, self.change_button, self.remove_button)
        acts.setStretch(0, 1)
        self._acts = box(acts)
        self.form = PreparationForm()
        self.form.wanted.connect(self._keep)
        self.form.left.connect(self.table.setFocus)
        self._ways = box(row(self.suggest_button, self.print_button))
        upper = row(self.count, None, self._ways)
        whole = column(upper, self.none, self.table, self._acts, self.form)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.setMaximumWidth(900)

    def _table(self) -> PreparationTable:
        color, today = self.place.theme.color, self.place.desk.today
        table = PreparationTable(
            (
                Column("", lambda one: "✓" if one.preparation.done else "", width=40),
                Column(
                    self.tr("Ska vara klart"), lambda one: one.words,
                    color=lambda one: color("muted") if one.preparation.done else None,
                    hover=lambda one: one.preparation.note or one.words,
                ),
                Column(self.tr("Vem"), lambda one: one.responsible_name or self.tr("ingen än"), width=150),
                Column(
                    self.tr("Klart"), _when, width=110, drop_below=480,
                    color=lambda one: color(
                        "overdue" if is_late(one.preparation, meeting=one.date, today=today) else "muted"
                    ),
                ),
            ),
            name=self.tr("Ska vara klart före mötet"),
        )  # fmt: skip
        table.space_pressed.connect(self.toggle)
        table.opened.connect(lambda _: self._begin_change())
        table.removed.connect(self.remove)
        table.moved.connect(self.move_row)
        table.chosen.connect(lambda _: self._offer())
        return table

    # showing

    @property
    def may_write(self) -> bool:
        """Whether the list can be written now."""
        return self.editor.may_call and self.editor.may(Right.WRITE_MEETINGS)

    def show_meeting(self) -> None:
        """Show the meeting's list."""
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return
        self.form.meet(meeting.key, around, due=meeting.customers)
        self.form.setVisible(self.may_write)
        self.suggest_button.setVisible(self.may_write)
        self.read()

    def read(self) -> None:
        """Read the list anew."""
        meeting = self.editor.meeting
        if meeting is not None:
            key = meeting.key
            self.place.ask(self, lambda desk: list_preparations(desk, meeting=key), lambda rows: self._show(key, rows))

    def read_count(self) -> None:
        """Tell how far it has come, without the list itself."""
        meeting = self.editor.meeting
        if meeting is not None:
            key = meeting.key
            self.place.ask(
                self, lambda desk: count_preparations(desk, meeting=key),
                lambda found: self._tell_count(*found) if self.editor.meeting and self.editor.meeting.key == key else 0,
            )  # fmt: skip

    def _tell_count(self, done: int, total: int) -> None:
        parts = (self.tr("Inför mötet"), count_words(done, total))
        self.counted.emit(", ".join(part for part in parts if part))

    def _show(self, key: str, rows: Sequence[PreparationRow], standing: str = "") -> None:
        if self.editor.meeting is None or self.editor.meeting.key != key:
            return
        now = self.table.current_row()
        here = standing or (now.key if now is not None else "")
        self.table.rows_model.show_rows(rows)
        if rows and not self.table.select_where(lambda one: one.key == here):
            self.table.selectRow(0)
        done = sum(1 for one in rows if one.preparation.done)
        self.count.setText(count_words(done, len(rows)))
        self._tell_count(done, len(rows))
        for part, there in ((self.count, bool(rows)), (self.table, bool(rows)), (self.none, not rows)):
            part.setVisible(there)
        self.print_button.setVisible(bool(rows))
        self.none.setText(
            self.tr("Här står det som ska vara klart före mötet, och vem som gör det. Föreslå ur dagordningen eller "
                    "skriv själv.")
            if self.may_write else self.tr("Ingenting behöver vara klart före mötet.")
        )  # fmt: skip
        self._offer()

    def _offer(self) -> None:
        one = self.table.current_row()
        self._acts.setVisible(one is not None and (one.may_settle or one.may_write))
        if one is None:
            return
        self.note.setText(one.preparation.note or "")
        self.done_button.setText(self.tr("Öppna igen") if one.preparation.done else self.tr(" Klart"))
        self.done_button.setAccessibleName(self.done_button.text().strip())
        self.done_button.setVisible(one.may_settle)
        self.note.setReadOnly(not one.may_settle or one.preparation.done)
        self.change_button.setVisible(one.may_write)
        self.remove_button.setVisible(one.may_write)

    def _shown(self) -> list[PreparationRow]:
        return list(self.table.rows_model.rows)

    def _put(self, *rows: PreparationRow) -> None:
        """Show rows as they stand now, in place of those of their keys or beside them."""
        if self.editor.meeting is None or not rows:
            return
        fresh = {one.key: one for one in rows}
        kept = [fresh.pop(one.key, one) for one in self._shown()]
        whole = sorted((*kept, *fresh.values()), key=lambda one: (one.preparation.position, one.key))
        self._show(self.editor.meeting.key, whole, standing=rows[0].key)

    # doing

    def _do(
        self, work: Callable[[Desk], T], then: Callable[[T], None], *, phrase: str,
        left: Callable[[T], Sequence[Preparation | None]], was: Sequence[Preparation | None] = (),
    ) -> None:  # fmt: skip
        """A gesture and its way back: what stood before and what it left; nothing where it did nothing."""

        def done(found: T) -> None:
            before = {one.key: one for one in was if one is not None}
            changes = [
                PreparationChange(was=before.pop(one.key, None), left=one) for one in left(found) if one is not None
            ]
            changes += [PreparationChange(was=one, left=None) for one in before.values()]
            if changes:
                self.place.remember(UndoStep(phrase, lambda: self._take_back(phrase, changes)))
            then(found)

        self.place.act(self, work, done, changed="preparations", otherwise=self._refused)

    def _take_back(self, phrase: str, changes: Sequence[PreparationChange]) -> None:
        by = self if shiboken6.isValid(self) else self.place
        self.place.act(
            by, lambda desk: take_back_preparations(desk, changes=changes),
            lambda _: self.read() if by is self and self.isVisible() else None, changed="preparations",
            said=self.place.tr("Ångrat: {0}").format(phrase),
        )  # fmt: skip

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, Conflict | NotFound):
            self.read()
        return False

    def toggle(self, one: PreparationRow, note: str | None = None) -> None:
        """A preparation is ready, or is to be done after all."""
        if not one.may_settle:
            return
        key, version = one.key, one.version

        def work(desk: Desk) -> PreparationRow:
            if one.preparation.done:
                return unsettle_preparation(desk, key=key, expected_version=version)
            return settle_preparation(desk, key=key, note=note, expected_version=version)

        phrase = self.tr("Öppna förberedelse igen") if one.preparation.done else self.tr("Förberedelse klar")
        self._do(work, self._put, phrase=phrase, left=lambda row: [row.preparation], was=[one.preparation])

    def _press_done(self) -> None:
        if (one := self.table.current_row()) is not None:
            self.toggle(one, note=self.note.text().strip() or None)

    def _begin_change(self) -> None:
        one = self.table.current_row()
        if one is not None and one.may_write:
            self.form.begin(one.preparation)
            self.form.kind.setFocus()

    def _keep(self, wanted: Preparation) -> None:
        old = next((one for one in self._shown() if one.key == wanted.key), None) if wanted.key else None
        version = old.version if old is not None else None

        def then(left: PreparationRow) -> None:
            self._put(left)
            self.form.begin(None)
            self.form.kind.setFocus()

        self._do(
            lambda desk: keep_preparation(desk, preparation=wanted, expected_version=version), then,
            phrase=self.tr("Ändra förberedelse") if old else self.tr("Lägg till förberedelse"),
            left=lambda row: [row.preparation], was=[old.preparation] if old else [],
        )  # fmt: skip

    def _press_remove(self) -> None:
        if (one := self.table.current_row()) is not None:
            self.remove(one)

    def remove(self, one: PreparationRow) -> None:
        """Take a preparation off the list."""
        if not one.may_write or self.editor.meeting is None:
            return
        key, version, meeting = one.key, one.version, self.editor.meeting.key
        rest = [other for other in self._shown() if other.key != key]
        self._do(
            lambda desk: remove_preparation(desk, key=key, expected_version=version),
            lambda _: self._show(meeting, rest), phrase=self.tr("Ta bort förberedelse"),
            left=lambda _: [], was=[one.preparation],
        )  # fmt: skip

    def move_row(self, one: PreparationRow, by: int) -> None:
        """Move a preparation up or down."""
        if not one.may_write:
            return
        key, version = one.key, one.version

        def then(moved: tuple[PreparationRow, ...]) -> None:
            self._put(*sorted(moved, key=lambda row: row.key != key))

        self._do(
            lambda desk: move_preparation(desk, key=key, by=by, expected_version=version), then,
            phrase=self.tr("Flytta förberedelse"), left=lambda moved: [row.preparation for row in moved],
            was=self._as_they_stand(key, by),
        )  # fmt: skip

    def _as_they_stand(self, key: str, by: int) -> list[Preparation]:
        """The one that is moved and the one that it changes places with."""
        shown = [row.preparation for row in self._shown()]
        place = [one.key for one in shown].index(key)
        return [one for one in (shown[place], *shown[max(place + by, 0) :][:1]) if 0 <= place + by < len(shown)]

    def suggest(self) -> None:
        """Put on the list what the agenda asks for."""
        meeting = self.editor.meeting
        if meeting is None:
            return
        key = meeting.key

        def then(made: tuple[PreparationRow, ...]) -> None:
            self._put(*made)
            said = self.tr("{0} förslag är tillagda. Ta bort det som inte behövs. Ångra med Ctrl+Z.")
            nothing = self.tr("Listan har redan det som dagordningen ber om.")
            self.place.told.emit(said.format(len(made)) if made else nothing)

        self.editor.save(
            lambda: self._do(
                lambda desk: add_suggested(desk, meeting=key), then, phrase=self.tr("Föreslå förberedelser"),
                left=lambda made: [row.preparation for row in made],
            )
        )  # fmt: skip

    def print_list(self) -> None:
        """Show the list as it is printed."""
        from app.ui.papers.preparations import preparations_preview  # noqa: PLC0415 - loaded when first used

        if self.editor.meeting is not None:
            preparations_preview(self.window(), self.place, meeting=self.editor.meeting.key)


def _when(one: PreparationRow) -> str:
    done = one.preparation.done_on
    return short_date(done) if done is not None else ""


def as_rail_text(way: QPushButton, text: str) -> None:
    """Another text on a button of the rail kind, which has its icon before it."""
    way.setText(f" {text}")
    way.setAccessibleName(text)
