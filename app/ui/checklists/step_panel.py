"""The step one stands on: how to go about it, who does it, what is noted; saved as one goes on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from app.domain.checklist_runs import RunChange, RunStep, RunView
from app.domain.people import Person, person_name
from app.domain.swedish import clock, short_date
from app.services.checklist_runs import put_on_meeting, skip_step, tick_step, untick_step, write_step
from app.services.desk import Desk
from app.services.drafts import Draft, drop_draft, read_draft
from app.ui.checklists.asking import Reason, WhichMeeting
from app.ui.checklists.gestures import Gestures
from app.ui.drafts import DraftKeeper, Typed
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import PersonField, field
from app.ui.widgets.flow import Flow
from app.ui.widgets.texts import TextField
from app.ui.workplace import Workplace

_DRAFT = "checklist"


class StepPanel(QFrame):
    """One step of the run that is shown."""

    def __init__(self, place: Workplace, gestures: Gestures) -> None:
        super().__init__()
        self.setObjectName("card")
        self.place, self._gestures = place, gestures
        self.view: RunView | None = None
        self.position = -1
        self._kept: tuple[Person | None, str | None] = (None, None)
        """Who is to do it and what is noted, as they are kept or being kept."""
        self.text = label(role="label", wrap=True)
        self.guidance = label(wrap=True)
        self.state = label(role="muted", wrap=True)
        self.who = PersonField({})
        self.who.picked.connect(self.settle)
        self.note = TextField(lines=1, most=4)
        self.tick_button = button(
            self.tr("Klart"), self.toggle, kind="primary", icon_name="check", tip=self.tr("Klart (mellanslag i listan)")
        )
        self.untick_button = button(
            self.tr("Ta tillbaka"), self.toggle, icon_name="undo-2", tip=self.tr("Ta tillbaka (mellanslag i listan)")
        )
        self.skip_button = button(self.tr("Ej aktuellt …"), self.ask_skip)
        self.lift_button = button(self.tr("Ta upp på ett möte …"), self.ask_meeting, icon_name="list-plus")
        self.meeting_button = button("", self._open_meeting, kind="quiet", icon_name="clipboard-list")
        parts = field(self.tr("Ansvarig"), self.who), field(self.tr("Anteckning"), self.note)
        fields = row(*parts)
        for part in parts:
            fields.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        fields.setStretch(0, 2)
        fields.setStretch(1, 3)
        self._fields = box(fields)
        inside = column(
            self.text, self.guidance, self.state, self._fields,
            box(Flow(self.tick_button, self.untick_button, self.skip_button, self.lift_button, self.meeting_button)),
        )  # fmt: skip
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.setLayout(inside)
        self.keeper = DraftKeeper(self, place, _DRAFT, self._typed)
        self.note.edited.connect(lambda _: self.keeper.touch())
        place.leaving.connect(self.keeper.keep)

    @property
    def step(self) -> RunStep | None:
        """The step that is shown."""
        if self.view is None or not 0 <= self.position < len(self.view.run.steps):
            return None
        return self.view.run.steps[self.position]

    def offer(self, names: Mapping[str, str]) -> None:
        """Offer these members; what is chosen stays."""
        self.who.offer(names)
        step = self.step
        if step is not None:
            self.who.set_person(step.responsible)

    def show_step(self, view: RunView, position: int) -> None:
        """Show a step; what was written in the one before is kept, and on the same one what is being typed stays."""
        same = self.view is not None and (self.view.run.key, self.position) == (view.run.key, position)
        if not same:
            self.settle()
            self.keeper.leave()
        typed = self.note.toPlainText() if same and self._typed() is not None else None
        self.view, self.position = view, position
        step = self.step
        self.setVisible(step is not None)
        if step is None:
            return
        self._kept = (step.responsible, step.note)
        self.who.set_person(step.responsible)
        self.note.show_text(step.note if typed is None else typed)
        self._fill(step, view)
        if not same and view.may_write:
            key = self._draft_key
            self.place.ask(self, lambda desk: read_draft(desk, kind=_DRAFT, key=key), self._take_draft)

    def _fill(self, step: RunStep, view: RunView) -> None:
        self.text.setText(step.text)
        self.guidance.setText(step.guidance)
        self.guidance.setVisible(bool(step.guidance))
        self.state.setText(self._state(step, view))
        self.state.setVisible(bool(self.state.text()))
        may = view.may_write and view.run.status == "open"
        left = may and not step.is_settled
        for part in (self.tick_button, self.skip_button):
            part.setVisible(left)
        self.lift_button.setVisible(left and step.item is None)
        self.untick_button.setVisible(may and step.is_settled)
        self.who.setEnabled(may)
        self.note.setReadOnly(not may)
        found = view.items.get(step.item or "")
        self.meeting_button.setVisible(found is not None)
        if found is not None:
            self.meeting_button.setText(f" {found[1] or self.tr('Öppna mötet')}")
            self.meeting_button.setAccessibleName(found[1] or self.tr("Öppna mötet"))

    def _state(self, step: RunStep, view: RunView) -> str:
        """Who usually does it; once it is settled, who did it when, or why it is not called for."""
        if step.done_at is not None:
            by = person_name(step.done_by, view.names)
            return self.tr("Klart {0} {1}, {2}").format(short_date(step.done_at.date()), clock(step.done_at.time()), by)
        if step.skipped is not None:
            return self.tr("Ej aktuellt: {0}").format(step.skipped) if step.skipped else self.tr("Ej aktuellt")
        return self.tr("Brukar göras av: {0}").format(step.role) if step.role else ""

    @property
    def _draft_key(self) -> str:
        return f"{self.view.run.key}/{self.position}" if self.view is not None else ""

    def _take_draft(self, draft: Draft | None) -> None:
        if draft is None or draft.key != self._draft_key or self._typed() is not None:
            return
        self.keeper.took(draft)
        self.note.show_text(draft.content)
        self.place.told.emit(self.tr("Det du skrev tidigare utan att spara står i anteckningen."))

    def _typed(self) -> Typed | None:
        step, text = self.step, self.note.toPlainText()
        if step is None or self.view is None or self.note.isReadOnly() or text.strip() == (self._kept[1] or ""):
            return None
        return Typed(self._draft_key, self.view.version, text)

    def settle(self) -> None:
        """Keep who does it and what is noted, if either was changed."""
        step, view = self.step, self.view
        if step is None or view is None or not view.may_write or self.note.isReadOnly():
            return
        found = (self.who.person, self.note.written)
        if found != self._kept:
            before, self._kept = self._kept, found  # what is on its way is not sent once more
            self._write(step, found, before)

    def _write(
        self, step: RunStep, found: tuple[Person | None, str | None], before: tuple[Person | None, str | None]
    ) -> None:
        (person, note), position, draft = found, self.position, self._draft_key
        self.keeper.hold()

        def work(desk: Desk, key: str, version: int) -> RunChange:
            change = write_step(
                desk, key=key, position=position, responsible=person, note=note, expected_version=version
            )  # fmt: skip
            drop_draft(desk, kind=_DRAFT, key=draft)
            return change

        def refused(_: Exception) -> bool:
            if self._draft_key == draft:
                self._kept = before
            self.keeper.release(saved=False)
            return False

        phrase = self.tr("Skriv i steget {0}").format(step.text)
        self._gestures.do(work, phrase=phrase, then=lambda: self.keeper.release(saved=True), otherwise=refused)

    def toggle(self) -> None:
        """Tick the step off, or take that back."""
        step, position = self.step, self.position
        if step is None or self.view is None or not self.view.may_write:
            return
        self.settle()
        service, phrase = (
            (untick_step, self.tr("Ta tillbaka {0}")) if step.is_settled else (tick_step, self.tr("Bocka av {0}"))
        )
        self._gestures.do(
            lambda desk, key, version: service(desk, key=key, position=position, expected_version=version),
            phrase=phrase.format(step.text),
        )  # fmt: skip

    def ask_skip(self) -> None:
        """Ask why the step is not called for."""
        step = self.step
        if step is not None:
            self.question = Reason(
                self, self.place, title=step.text, accept=self.tr("Ej aktuellt"),
                then=partial(self._skip, self.position),
            )  # fmt: skip
            self.question.open()

    def _skip(self, position: int, reason: str) -> None:
        self._gestures.do(
            lambda desk, key, version: skip_step(
                desk, key=key, position=position, reason=reason, expected_version=version
            ),
            phrase=self.tr("Ej aktuellt"),
        )  # fmt: skip

    def ask_meeting(self) -> None:
        """Ask at which meeting the step is to be taken up: actions are decided there."""
        step, view = self.step, self.view
        if step is not None and view is not None:
            self.meeting_question = WhichMeeting(
                self, self.place, text=step.text, unit=view.run.unit, then=partial(self._lift, self.position)
            )
            self.meeting_question.open()

    def _lift(self, position: int, meeting: str) -> None:
        self._gestures.do(
            lambda desk, key, version: put_on_meeting(
                desk, key=key, position=position, meeting=meeting, expected_version=version
            ),
            phrase="", undoable=False, said=self.tr("Punkten är tillagd på mötet."),
            then=lambda: self.place.changed.emit("meetings"),
        )  # fmt: skip

    def _open_meeting(self) -> None:
        step, view = self.step, self.view
        found = view.items.get(step.item or "") if step is not None and view is not None else None
        if step is not None and found is not None:
            self.place.visit.emit("meeting", f"{found[0]}#{step.item}")
