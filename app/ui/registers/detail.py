"""The right half of a register: one row's form, what is unsaved in it, and the tools that take its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Generic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QStackedWidget

from app.domain.errors import KnownError, NotAllowed, NotFound
from app.domain.stored import Stored
from app.domain.wording import wording
from app.services.desk import Desk
from app.services.drafts import NEW as NEW_DRAFT
from app.services.drafts import Draft, drop_draft, read_draft
from app.ui.drafts import DraftKeeper, Typed
from app.ui.icons import icon
from app.ui.registers.kept_form import KeptForm
from app.ui.registers.register import NEW, Register, V, W
from app.ui.registers.unsaved import Tool, UnsavedBar
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label, row, scrolled
from app.ui.widgets.pages import Nothing
from app.ui.workplace import Workplace


class Detail(QFrame, Generic[V, W]):
    """Shows one row of a register; nothing typed is lost by choosing another."""

    moved = Signal(str)
    """Another row stands here now (its key), a new one, or none."""

    def __init__(
        self, place: Workplace, form: KeptForm, register: Register[V, W], *, name: str, nothing: str, may_write: bool
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setMinimumWidth(300)
        self.setAccessibleName(name)
        self.place, self.form, self.register = place, form, register
        self.key: str | None = None
        self.version = 0
        self.value: V | None = None
        self.tool: Tool | None = None
        self._tool_area: QScrollArea | None = None
        self._stale = False
        self._wanted: str | None = None
        self._next: str | None = None
        self._leaving = False
        self._may_write = may_write
        self.back_button = QPushButton(icon("arrow-left"), self.tr(" Till listan"))
        self.back_button.setAccessibleName(self.tr("Till listan"))
        self.back_button.setToolTip(self.tr("Till listan (Esc)"))
        self.back_button.setProperty("kind", "quiet")
        self.back_button.setAutoDefault(False)
        self.back_button.hide()
        self.title = label(role="heading", wrap=True)
        self.under = label(role="muted", wrap=True)
        self.only_read = label(role="info", wrap=True)
        self.only_read.hide()
        self.fault = label(role="overdue", wrap=True)
        self.bar = UnsavedBar(self.save, self.drop, self._stay)
        self.state = label(role="muted")
        self.save_button = button(self.tr("Spara"), self.save, kind="primary", shortcut="Ctrl+S")
        self.drop_button = button(self.tr("Ångra ändringarna"), self.drop)
        self._foot = box(row(self.state, None, self.drop_button, self.save_button))
        self._stack = QStackedWidget()
        self._empty = Nothing(nothing)
        self._form_area = scrolled(form, name=name)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._form_area)
        inside = column(
            row(self.back_button, None), self.title, self.under, self.only_read, self.bar, self._stack, self.fault,
            self._foot,
        )  # fmt: skip
        inside.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        inside.setStretch(5, 1)
        self.setLayout(inside)
        self.keeper = DraftKeeper(self, place, register.kind, self._typed)
        form.touched.connect(self._mark)
        form.touched.connect(self.keeper.touch)
        self.clear()

    @property
    def may_write(self) -> bool:
        """Whether the person may change the row that is shown."""
        return self._may_write and not self.only_read.text()

    @property
    def busy(self) -> bool:
        """Whether something would be lost by showing another row."""
        return self.tool.dirty if self.tool is not None else self.key is not None and self.form.dirty

    def unsaved_first(self) -> bool:
        """Whether the form has to be saved or dropped before anything larger is done to the row; says so."""
        if self.busy:
            self.show_fault(self.tr("Spara eller ångra ändringarna först."))
        return self.busy

    def clear(self) -> None:
        """Show nothing."""
        self.key = self._wanted = self._next = None
        self.value, self._leaving = None, False
        self._stack.setCurrentWidget(self._empty)
        self.title.setText("")
        self.only_read.setText("")
        for one in (self.title, self.under, self.only_read, self.bar, self.fault, self._foot):
            one.hide()
        self.moved.emit(NEW)

    def go(self, key: str) -> None:
        """Show the row of that key, or an empty form; what is unsaved is asked about first."""
        if key == self.key:
            return
        if self.busy:
            self._ask_first(key)
            return
        self.close_tool()
        self._read(key)

    def leave(self) -> bool:
        """Show nothing again, if nothing is lost by it; otherwise ask first, and leave when that is answered."""
        if self.busy:
            if self.key is not None:
                self._ask_first(self.key)
            self._leaving = True
            return False
        self.close_tool()
        self.clear()
        return True

    def reread(self) -> None:
        """Read the row anew, unless something is being typed."""
        self._stale = self.tool is not None
        if self._wanted != self.key:
            return  # another row is on its way
        if self.key and not self.busy and self.tool is None:
            self._read(self.key)

    def _read(self, key: str) -> None:
        self._wanted = key
        kind, read = self.register.kind, self.register.read

        def work(desk: Desk) -> tuple[W | None, Draft | None]:
            return read(desk, key) if key else None, read_draft(desk, kind=kind, key=key or NEW_DRAFT)

        self.place.ask(
            self, work, lambda found: self._show(key, *found), otherwise=lambda error: self._not_read(key, error)
        )

    def _not_read(self, key: str, error: Exception) -> bool:
        """A row that is gone, or not for her any more, leaves the screen, and what she typed about it the drafts."""
        lost = isinstance(error, NotFound | NotAllowed)
        if key != self.key:
            if self._wanted == key:
                self._wanted = self.key
                self.reread()
            return False
        if lost:
            self.close_tool()
            if isinstance(error, NotAllowed):
                self.keeper.drop(key)
            self.clear()
            self.form.is_clean()
        return lost

    def _show(self, key: str, found: W | None, draft: Draft | None) -> None:
        if key != self._wanted or (key == self.key and self.busy):
            return
        stored = self.register.stored(found) if found is not None else None
        self.key, self._next = key, None
        self.value, self.version = (stored.value, stored.version) if stored else (None, 0)
        self.under.hide()
        self.only_read.setText(self.register.locked(self.value) if self.value and self.register.locked else "")
        self.only_read.setVisible(bool(self.only_read.text()))
        self.register.show(found)
        self.form.is_clean()
        self.bar.hide()
        self.show_fault("")
        if draft is not None and self.only_read.text():
            self.keeper.drop(draft.key)
        elif draft is not None:
            self.version = draft.started_from
            self.keeper.took(draft)
            self.form.show_state(json.loads(draft.content))
            self.bar.show_text(self.tr("Det här skrev du tidigare utan att spara."), can_save=self.tool is None)
        self._stack.setCurrentWidget(self._form_area)
        self._form_area.verticalScrollBar().setValue(0)
        self.title.setText(self.register.title(self.value))
        self.title.show()
        self._mark()
        self.moved.emit(key)

    def _mark(self) -> None:
        dirty = self.key is not None and self.form.dirty
        self._foot.setVisible(self.key is not None and self.may_write and self.tool is None)
        self.save_button.setEnabled(dirty)
        self.drop_button.setVisible(dirty)
        self.state.setText(self.tr("Inte sparat") if dirty else "")
        if not dirty:
            self.bar.hide()
            self.show_fault("")

    def say_under(self, text: str) -> None:
        """Say under the title what matters first about the row."""
        self.under.setText(text)
        self.under.setVisible(bool(text))

    def show_fault(self, text: str) -> None:
        """Say by the form what stops it from being saved."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _ask_first(self, key: str) -> None:
        self._next, self._leaving = key, False
        text = self.tr("Ändringarna är inte sparade. Vad vill du göra med dem?")
        if self.tool is not None:
            text = self.tr("Du är mitt i något här. Gör klart det, eller släng det och gå vidare.")
        self.bar.show_text(text, can_save=self.tool is None)
        # The list is in the middle of choosing: it goes back once that is over.
        QTimer.singleShot(0, self, self._stand_here)

    def _stand_here(self) -> None:
        if self.key is not None:
            self.moved.emit(self.key)

    def _stay(self) -> None:
        self._next, self._leaving = None, False
        self.bar.hide()

    def save(self) -> None:
        """Keep the row as the form has it, then go on to the one that was waited for."""
        if self.key is None or not self.may_write:
            return
        if fault := self.register.fault():
            self.show_fault(fault)
            return
        try:
            new = self.register.value(self.value)
        except KnownError as error:
            self.show_fault(wording(error))
            return
        register, old, version, draft = self.register, self.value, self.version, self.key or NEW_DRAFT
        self.keeper.hold()

        def work(desk: Desk) -> Stored[V]:
            kept = register.add(desk, new) if old is None else register.save(desk, new, version)
            drop_draft(desk, kind=register.kind, key=draft)
            return kept

        said = "" if register.told else self.tr("{0} är sparad.").format(register.name_of(new))
        self.place.act(
            self, work, lambda kept: self._saved(old, version, kept), changed=register.kind, said=said,
            otherwise=self._refused,
        )  # fmt: skip

    def _refused(self, error: Exception) -> bool:
        self.keeper.release(saved=False)
        if not isinstance(error, KnownError):
            return False
        self.show_fault(wording(error))
        return True

    def _saved(self, old: V | None, version: int, kept: Stored[V]) -> None:
        register, name = self.register, self.register.name_of(kept.value)
        if register.told is not None:
            self.place.told.emit(register.told(kept))
        if old is not None:
            back = self.tr("Ändra {0}").format(name)
            undo = register.undo(kept) if register.undo else lambda desk: register.save(desk, old, version + 1)
            self.place.remember(self.place.way_back(back, undo, changed=register.kind))
        elif (delete := register.delete) is not None:
            self._remember_added(delete, kept, name)
        self.key = self._wanted = register.key(kept.value)
        self.value, self.version = kept.value, kept.version
        self.title.setText(register.title(kept.value))
        self.form.is_clean()
        self.keeper.release(saved=True)
        self.bar.hide()
        waiting, self._next = self._next, None
        if self._leaving:
            self.clear()
        elif waiting is not None:
            self._read(waiting)
        elif old is None:
            self._read(self.key)

    def _remember_added(self, delete: Callable[[Desk, str, int], None], kept: Stored[V], name: str) -> None:
        key, phrase = self.register.key(kept.value), self.tr("Lägg till {0}").format(name)
        step = self.place.way_back(phrase, lambda desk: delete(desk, key, kept.version), changed=self.register.kind)
        self.place.remember(step)

    def drop(self) -> None:
        """Throw away what is unsaved and show the row as it is kept, or the one that was waited for."""
        waiting, key = self._next, self.key or NEW_DRAFT
        self.close_tool()
        self.form.is_clean()
        target = waiting if waiting is not None else self.key
        self.keeper.drop(key)
        if self._leaving:
            self.clear()
        elif target:
            self._read(target)
        elif waiting == NEW:
            self._read(NEW)
        else:
            self.clear()

    def _typed(self) -> Typed | None:
        if self.key is None or not self.form.dirty:
            return None
        return Typed(self.key or NEW_DRAFT, self.version, json.dumps(self.form.state, ensure_ascii=False))

    def settle(self) -> None:
        """Keep what is being typed as a draft: it is offered again when the row is opened."""
        self.keeper.leave()

    def show_tool(self, tool: Tool) -> None:
        """Put a tool in the form's place until it is finished."""
        self.close_tool()
        self.tool = tool
        self._tool_area = scrolled(tool, name=tool.accessibleName())
        self._stack.addWidget(self._tool_area)
        self._stack.setCurrentWidget(self._tool_area)
        tool.finished.connect(self._finish_tool)
        self._mark()
        tool.setFocus()

    def _finish_tool(self) -> None:
        self.close_tool()
        if self._stale:
            self.reread()

    def close_tool(self) -> None:
        """Take the tool away again."""
        if self.tool is None:
            return
        self.tool = None
        self._stack.setCurrentWidget(self._form_area)
        if self._tool_area is not None:
            self._stack.removeWidget(self._tool_area)
            self._tool_area.deleteLater()
            self._tool_area = None
        self.bar.hide()
        self._mark()
