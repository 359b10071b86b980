"""Vem täcker avdelningarna: who works on the wards while their team is at reflektion, APT and kvalitet."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.domain.occasions import Cover, CoverPlan
from app.domain.people import Person
from app.domain.swedish import span
from app.services import covers
from app.services.desk import Desk
from app.ui.meetings.around import Around
from app.ui.meetings.editor import MeetingEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import box, column, empty, icon_button, label, row, set_role
from app.ui.widgets.fields import PersonField, TimeField


class _CoverRow(QFrame):
    """Somebody who covers a ward, from when to when."""

    def __init__(self, panel: CoversPanel, cover: Cover, ward: str, around: Around) -> None:
        super().__init__()
        names, team = around.names, around.own_team
        self.cover = cover
        self.who = PersonField(names, cover.who, name=panel.tr("Vem täcker {0}").format(ward), first=team)
        self.since = TimeField(cover.from_, name=panel.tr("Från, {0}").format(ward))
        self.until = TimeField(cover.to, name=panel.tr("Till, {0}").format(ward))
        name = names.get(cover.who, cover.who) if isinstance(cover.who, str) else cover.who.name
        self._drop = icon_button("x", panel.tr("Ta bort {0}").format(name), lambda: panel.drop(self))
        made = row(self.who, self.since, label("–"), self.until, self._drop)
        made.setStretch(0, 1)
        self.setLayout(made)
        for picked in (self.who, self.since, self.until):
            picked.picked.connect(panel.keep)

    def lock(self, may: bool) -> None:
        """Let it be changed, or only read."""
        for made in (self.who, self.since, self.until):
            made.setEnabled(may)
        self._drop.setVisible(may)

    @property
    def now(self) -> Cover | None:
        """The cover as the row has it; None where nobody is named."""
        who: Person | None = self.who.person
        if who is None:
            return None
        return replace(self.cover, who=who, from_=self.since.moment, to=self.until.moment)


class CoversPanel(QFrame):
    """The wards, each with who covers it, and what is missing where the routine asks for it."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self.plan: CoverPlan | None = None
        self.title = label(self.tr("Vem täcker avdelningarna"), role="heading")
        self.told = label(wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GRID)
        self.setLayout(column(self.title, self.told, self._rows))
        self.rows: list[_CoverRow] = []
        self.adders: dict[str, PersonField] = {}
        self.hide()

    def read(self) -> None:
        """Read who covers during the meeting that is shown."""
        meeting = self.editor.meeting
        if meeting is None or not meeting.key:
            return
        key = meeting.key
        self.editor.place.ask(
            self, lambda desk: covers.covers_of(desk, meeting=key), lambda plan: self._show(key, plan)
        )

    def _show(self, key: str, plan: CoverPlan | None) -> None:
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None or meeting.key != key:
            return
        self.plan = plan
        self.setVisible(plan is not None)
        if plan is None:
            return
        empty(self._rows)
        self.rows, self.adders = [], {}
        may = self.editor.may_call
        self.told.setText(self._words(plan))
        set_role(self.told, "overdue" if plan.uncovered else "muted")
        whole = (
            [("", self.tr("Hela enheten"))] if any(one.ward is None for one in plan.covers) and plan.wards[0][0] else []
        )
        for ward, name in (*whole, *plan.wards):
            self._show_ward(plan, ward, name, may)

    def _show_ward(self, plan: CoverPlan, ward: str, name: str, may: bool) -> None:
        around = self.editor.around
        if around is None:
            return
        made = [
            _CoverRow(self, one, name, around) for one in plan.covers if (one.ward or "") == ward
        ]  # fmt: skip
        for one in made:
            one.lock(may)
        self.rows += made
        parts: list[QFrame | PersonField] = [*made]
        if may:
            self.adders[ward] = PersonField(
                around.names, name=self.tr("Lägg till på {0}").format(name), first=around.own_team
            )
            self.adders[ward].picked.connect(self.keep)
            parts.append(self.adders[ward])
        self._rows.addWidget(box(column(label(name, role="label"), *parts, space=4)))

    def _words(self, plan: CoverPlan) -> str:
        when = span(plan.start, plan.end)
        if plan.uncovered:
            return self.tr("{0}: ingen täcker {1}. Rutinen kräver vikarier, så att mötena får vara i fred.").format(
                when, " och ".join(plan.uncovered)
            )
        return self.tr("{0}. De arbetar medan teamet är på möte.").format(when)

    def drop(self, gone: _CoverRow) -> None:
        """Somebody does not cover."""
        self._save([found for one in self.rows if one is not gone and (found := one.now) is not None])

    def keep(self) -> None:
        """Keep what stands in the rows, and who was added."""
        plan = self.plan
        if plan is None:
            return
        found = [one.now or one.cover for one in self.rows]
        for ward, adder in self.adders.items():
            if (who := adder.person) is not None:
                found.append(Cover(ward=ward or None, who=who, from_=plan.start, to=plan.end))
        self._save(found)

    def _save(self, found: list[Cover]) -> None:
        plan, meeting, place = self.plan, self.editor.meeting, self.editor.place
        if plan is None or meeting is None or tuple(found) == plan.covers:
            return
        key, before, version = meeting.key, plan.covers, plan.version

        def saved(kept: CoverPlan | None) -> None:
            if kept is None:
                return
            now = kept.version

            def back(desk: Desk) -> object:
                return covers.keep_covers(desk, meeting=key, covers=before, expected_version=now)

            place.remember(place.way_back(self.tr("Ändra vem som täcker"), back, changed="meetings"))
            self.editor.load(key)
            self._show(key, kept)

        def go() -> None:
            place.act(
                self, lambda desk: covers.keep_covers(desk, meeting=key, covers=found, expected_version=version), saved,
                changed="meetings",
            )  # fmt: skip

        self.editor.save(go)
