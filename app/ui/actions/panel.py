"""One action beside the list: what, who, when, how it went, and where it was decided; changed where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.action_lists import awaits_follow_up, is_late, state_words
from app.domain.meetings import ActionRow, ActionStatus
from app.domain.people import Outsider
from app.domain.point_start import NOWHERE, PointStart
from app.domain.roles import Right
from app.domain.swedish import long_date, short_date
from app.services.actions import as_action, earlier_times, reopen_action, set_action
from app.services.desk import Desk
from app.services.drafts import Draft, drop_draft, read_draft
from app.services.team import member_names
from app.ui.actions.done import complete, follow_up
from app.ui.actions.repeat_choice import RepeatChoice
from app.ui.drafts import DraftKeeper, Typed
from app.ui.widgets.controls import box, button, column, label, row, scrolled, set_role
from app.ui.widgets.fields import DateField, Form, PersonField, field
from app.ui.widgets.flow import Flow
from app.ui.widgets.texts import TextField
from app.ui.workplace import Workplace

_LONGEST_HEADING = 120


class ActionPanel(QWidget):
    """One action: what, who, when, how it went, and where it was decided."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._row: ActionRow | None = None
        self._state = label(role="muted")
        self.text = label(wrap=True)
        self.who = PersonField({})
        self.due = DateField(lambda: place.desk.today)
        self.follow_up = DateField(lambda: place.desk.today)
        self.result = TextField(lines=2, most=4)
        self.effect = TextField(lines=2, most=4)
        self.repeat = RepeatChoice()
        self._earlier = label(role="muted", wrap=True)
        self._from = label(role="muted", wrap=True)
        self._done = button(self.tr("Markera som klar"), self._complete, kind="primary", icon_name="check")
        self._reopen = button(self.tr("Öppna igen"), self._reopen_shown)
        self._followed = button(self.tr("Följt upp"), self._follow_up, icon_name="check-check")
        self._drop = button(self.tr("Avskriv"), self._drop_action, kind="quiet")
        self._save = button(self.tr("Spara ändringen"), self.settle)
        self._slip = button(self.tr("Skriv uppgiftslapp"), self._print_slip, kind="quiet", icon_name="printer")
        self._point = button(
            self.tr("Ta upp på möte …"), self._add_point, kind="quiet", icon_name="list-plus",
            tip=self.tr("Lägg till en punkt om åtgärden (Ctrl+N)"),
        )  # fmt: skip
        self._point.setVisible(place.desk.may(Right.PROPOSE_ITEMS))
        self._effect = field(self.tr("Effekt"), self.effect)
        form = Form(
            self._state, self.text, field(self.tr("Ansvarig"), self.who),
            field(self.tr("Klart senast"), self.due), field(self.tr("Upprepas"), self.repeat),
            field(self.tr("Resultat"), self.result), field(self.tr("Följs upp"), self.follow_up), self._effect,
            self._earlier, self._from,
            box(Flow(
                button(self.tr("Öppna mötet"), self._open_meeting, kind="quiet"), self._point, self._slip,
            )),
        )  # fmt: skip
        buttons = column(row(self._done, self._followed, self._reopen, None), row(self._save, self._drop, None))
        self.setLayout(column(scrolled(form, name=self.tr("Åtgärd")), buttons))
        self.keeper = DraftKeeper(self, place, "action", self._typed)
        self.result.edited.connect(lambda _: self.keeper.touch())
        place.ask(self, member_names, self._learn_names)
        self.setEnabled(False)

    @property
    def point_start(self) -> PointStart:
        """A point that takes the action up, where it may be read."""
        one = self._row
        if one is None or not one.text:
            return NOWHERE
        told = self.tr("Gäller åtgärden från {0} {1}: {2}")
        return PointStart(
            heading=one.text.splitlines()[0][:_LONGEST_HEADING], customer=one.customer or "", unit=one.unit,
            text=told.format(one.meeting_heading, long_date(one.meeting_date), one.text),
        )  # fmt: skip

    def _add_point(self) -> None:
        from app.ui.meetings.quick_point import QuickPoint  # noqa: PLC0415 - loaded when first used

        QuickPoint(self, self.place, self.point_start).open()

    def _learn_names(self, names: dict[str, str]) -> None:
        self.who.offer(names)
        if self._row is not None:
            self.who.set_person(self._row.responsible)

    def show_action(self, one: ActionRow) -> None:
        """Show another action; what was changed on the one before is saved first, and on this one stays."""
        before, mine = self._row, self._changed()
        if before is not None and before.key != one.key:
            self.settle()
        self._fill(one)
        if before is None or before.key != one.key:
            key = one.key
            self.place.ask(self, lambda desk: read_draft(desk, kind="action", key=key), self._take_draft)
        elif mine is not None:
            self._lay_on_top(before, mine, one)

    def _lay_on_top(self, before: ActionRow, mine: ActionRow, theirs: ActionRow) -> None:
        """Put back what was changed here and not saved; where both wrote how it went, both texts stand."""
        if mine.responsible != before.responsible:
            self.who.set_person(mine.responsible)
        if mine.due != before.due:
            self.due.set_day(mine.due)
        if mine.follow_up != before.follow_up:
            self.follow_up.set_day(mine.follow_up)
        if mine.repeat != before.repeat:
            self.repeat.show_rule(mine.repeat)
        for name, text in (("result", self.result), ("effect", self.effect)):
            own, was, now = (getattr(one, name) for one in (mine, before, theirs))
            if own != was:
                both = now is not None and now not in (was, own)
                text.show_text(f"{now}\n\n{own or ''}".strip() if both else own)

    def _show_earlier(self, found: tuple[ActionRow, ...]) -> None:
        self._earlier.setVisible(bool(found))
        lines = [
            f"{short_date(row.done_on) if row.done_on else row.status.label} {row.done_on.year if row.done_on else ''}"
            f" {'. '.join(part for part in (row.result, row.effect) if part)}".strip()
            for row in found
        ]
        self._earlier.setText(self.tr("Tidigare gånger:") + "\n" + "\n".join(lines))

    def _take_draft(self, draft: Draft | None) -> None:
        if draft is None or self._row is None or draft.key != self._row.key or self._typed() is not None:
            return
        self.keeper.took(draft)
        self.result.show_text(draft.content)
        self.place.told.emit(self.tr("Det du skrev tidigare utan att spara står under Resultat."))

    def _typed(self) -> Typed | None:
        row, text = self._row, self.result.toPlainText()
        if row is None or self.result.isReadOnly() or text.strip() == (row.result or ""):
            return None
        return Typed(row.key, row.version, text)

    def _fill(self, one: ActionRow) -> None:
        self._row = one
        self.setEnabled(True)
        self.text.setText(one.text)
        self.who.set_person(one.responsible)
        self.due.set_day(one.due)
        self.follow_up.set_day(one.follow_up)
        self.result.show_text(one.result)
        self.effect.show_text(one.effect)
        self.repeat.show_rule(one.repeat)
        self._earlier.hide()
        if one.repeats:
            key = one.key
            self.place.ask(
                self, lambda desk: earlier_times(desk, key=key),
                lambda found: self._show_earlier(found) if self._row is not None and self._row.key == key else None,
            )  # fmt: skip
        day = self.place.desk.today
        state = state_words(one, today=day)
        if one.followed_up_on:
            by = self.tr(" av {0}").format(one.followed_up_by_name) if one.followed_up_by_name else ""
            state = self.tr("{0}. Uppföljd {1}{2}").format(state, short_date(one.followed_up_on), by)
        self._state.setText(state)
        late = is_late(one, today=day)
        set_role(self._state, "overdue" if late else "ok" if one.status is ActionStatus.DONE else "info")
        about = f"{one.customer_label}. " if one.customer_label else ""
        self._from.setText(
            about
            + self.tr("Bestämdes {0}: {1}, {2}").format(
                long_date(one.meeting_date), one.meeting_heading, one.item_heading
            )
        )
        desk = self.place.desk
        may_change = desk.may(Right.WRITE_MINUTES)
        may = desk.may(Right.COMPLETE_ACTIONS) and (may_change or one.responsible == desk.actor.member)
        is_open = one.status is ActionStatus.OPEN
        self._done.setVisible(is_open and may)
        self._followed.setVisible(may and awaits_follow_up(one))
        self._effect.setVisible(bool(one.effect or one.follow_up or one.followed_up_on))
        self._drop.setVisible(is_open and may_change)
        self._reopen.setVisible(not is_open and may)
        self._save.setVisible(may)
        self._slip.setVisible(is_open and isinstance(one.responsible, Outsider))
        for part in (self.due, self.follow_up):
            part.setReadOnly(not may_change)
        self.who.setEnabled(may_change)
        self.repeat.setEnabled(may_change and is_open)
        for text in (self.result, self.effect):
            text.setReadOnly(not may)

    def _changed(self) -> ActionRow | None:
        one = self._row
        if one is None or not (self.due.readable and self.follow_up.readable):
            return None
        changed = replace(
            one, responsible=self.who.person, due=self.due.day,
            follow_up=self.follow_up.day, result=self.result.toPlainText().strip() or None,
            effect=self.effect.toPlainText().strip() or None, repeat=self.repeat.rule,
        )  # fmt: skip
        return changed if changed != one else None

    def settle(self) -> None:
        """Save what was changed, if anything."""
        self._keep(self._changed(), self.tr("Åtgärden är sparad."))

    def _keep(self, changed: ActionRow | None, said: str, then: Callable[[], object] | None = None) -> None:
        if changed is None or not self.place.desk.may(Right.COMPLETE_ACTIONS):
            return
        before, version = self._row, changed.version
        self._row = replace(changed, version=version + 1)
        self.keeper.hold()

        def work(desk: Desk) -> None:
            set_action(desk, action=as_action(changed), expected_version=version)
            drop_draft(desk, kind="action", key=changed.key)

        def kept(_: None) -> None:
            self.keeper.release(saved=True)
            if then is not None:
                then()

        def refused(_: Exception) -> bool:
            """What stands on the screen is still unsaved, and is a draft; the fault itself is told in the bar."""
            if before is not None and self._row is not None and self._row.key == before.key:
                self._row = before
            self.keeper.release(saved=False)
            return False

        self.place.act(self, work, kept, changed="actions", said=said, otherwise=refused)

    def _complete(self) -> None:
        if self._row is None:
            return
        result = self.result.toPlainText().strip() or None
        changed = self._changed()
        self._keep(changed, "")
        complete(self, self.place, self._row, result=result)

    def _follow_up(self) -> None:
        if self._row is None:
            return
        effect = self.effect.toPlainText().strip() or None
        self._keep(self._changed(), "")
        follow_up(self, self.place, self._row, effect=effect)

    def _drop_action(self) -> None:
        if self._row is not None:
            self._keep(
                replace(self._changed() or self._row, status=ActionStatus.DROPPED), self.tr("Åtgärden är avskriven.")
            )

    def _reopen_shown(self) -> None:
        if self._row is not None:
            self.reopen(self._row)

    def reopen(self, one: ActionRow) -> None:
        """Open the action again."""
        self.place.act(
            self, lambda desk: reopen_action(desk, key=one.key, expected_version=one.version), changed="actions",
            said=self.tr("Åtgärden är öppen igen."),
        )  # fmt: skip

    def _open_meeting(self) -> None:
        if self._row is not None:
            self.place.visit.emit("meeting", f"{self._row.meeting}#{self._row.item}")

    def _print_slip(self) -> None:
        from app.ui.papers.actions import slips_preview  # noqa: PLC0415 - loaded when first used

        if self._row is not None:
            slips_preview(self, self.place, name=self._row.responsible_name, unit=self._row.unit)
