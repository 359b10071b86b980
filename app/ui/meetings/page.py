"""Möte: one page that changes with the meeting's life, from agenda through live minutes to approval."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from app.domain.meetings import Meeting, MeetingStatus
from app.domain.merging import Merged
from app.domain.swedish import long_date, span
from app.ui.after.panel import AfterPanel
from app.ui.attachments.dropping import FileDrop
from app.ui.attachments.files import MeetingFiles
from app.ui.meetings.agenda import Agenda
from app.ui.meetings.alone import Alone
from app.ui.meetings.attendance import AttendancePanel
from app.ui.meetings.calling import tell
from app.ui.meetings.cards import Cards
from app.ui.meetings.clash import ClashDialog
from app.ui.meetings.closing import ClosingPanel
from app.ui.meetings.details import DetailsPanel
from app.ui.meetings.draft_offer import DraftOffer
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.forms import MeetingForms, status_words
from app.ui.meetings.pace_keeper import PaceKeeper
from app.ui.meetings.page_keys import make_keys
from app.ui.meetings.point import PointPanel
from app.ui.meetings.preparing import PreparingPanel, as_rail_text
from app.ui.meetings.round_row import RoundRow
from app.ui.meetings.skips import Skips
from app.ui.meetings.steps import MeetingSteps
from app.ui.meetings.wishes import Wishes
from app.ui.preparing_card import BEFORE
from app.ui.widgets.controls import box, button, column, label, set_role
from app.ui.widgets.pages import Choices, Nothing, Page, side_by_side
from app.ui.workplace import Workplace

_STATUS_ROLE = {"planned": "info", "open": "due", "draft": "due", "approved": "ok", "cancelled": "overdue"}
_ALONE = "alone"
"""What stands last in the key that leads back to the view of one customer only."""
_AFTER = "after"
"""What stands last in the key that leads to what became of the minutes."""
_BESIDE = 880
"""Narrower than this, what a point led to lies under its note."""


Part = DetailsPanel | PreparingPanel | AttendancePanel | ClosingPanel | AfterPanel
"""What is shown of a meeting that is no point."""


class MeetingPage(Page):
    """Agenda left, the chosen point in the middle, what it led to at the right."""

    name = "meeting"
    refreshed_by_others = frozenset({"customers", "meetings", "members", "minutes", "preparations", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Möte"))
        self.editor = MeetingEditor(place)
        self._item = ""
        self._key = ""
        self._status_before: MeetingStatus | None = None
        self._status, self._call, self._kept = label(), label(), label(role="muted")
        self.add_filter(self._status)
        self.add_filter(self._call)
        self.add_filter(self._kept)
        self.steps = MeetingSteps(self, self.editor)
        for made in self.steps.buttons:
            self.add_button(made)
        self.pace = PaceKeeper(self.editor)
        self.alone = Alone(self.editor)
        self._wanted_alone = self._wanted_after = False
        self._clash: Merged | None = None
        self._only = button(
            self.tr("Visa bara den här kunden"), self.only_customer, kind="quiet", icon_name="eye", tip=self.tr(
                "Döljer dagordningen och alla andra kunder (F9)"
            ),
        )  # fmt: skip
        self.add_filter(self._only)
        self.agenda = Agenda(self.editor, self.pace)
        self.files = MeetingFiles(self, self.editor)
        self.drop = FileDrop(self, self.files, lambda: self._item or None)
        self.point, self.cards = PointPanel(self.editor, RoundRow(self.pace), self.files), Cards(self.editor)
        self.details, self.attendance = DetailsPanel(self.editor), AttendancePanel(self.editor)
        self.steps.calling = self.details.calling
        self.closing, self.after = ClosingPanel(self.editor, self.files), AfterPanel(self.editor)
        self.steps.after = self.after
        self.forms = MeetingForms(self.editor, show=self._show, attendance=self._show_attendance)
        self.forms.short.chosen.connect(self._stand_on_row)
        self.add_filter(self.forms.as_rows)
        self.preparing = PreparingPanel(self.editor)
        self._parts: dict[QPushButton, Part] = {}
        self._middle = QStackedWidget()
        self._offer = DraftOffer(self.editor)
        self._lay_out()
        self.setFocusProxy(self.agenda.points)
        self._connect()
        make_keys(self)

    def _lay_out(self) -> None:
        about = self._part_button(self.tr("Om mötet"), "info", self.details)
        self._before = self._part_button(self.tr("Inför mötet"), "list-todo", self.preparing)
        who = self._part_button(self.tr("Närvaro"), "users", self.attendance)
        after = self._part_button(self.tr("Nästa möte, bilagor"), "calendar-plus", self.closing)
        said = self._part_button(self.tr("Synpunkter, versioner"), "message-square", self.after)
        left = column(about, self._before, who, self.agenda, after, said, space=4)
        left.setStretch(3, 1)
        self._working = side_by_side(self.point, self.cards, sizes=(430, 370))
        for part in (self._working, self.details, self.preparing, self.attendance, self.closing, self.after):
            self._middle.addWidget(part)
        self._nothing = Nothing("")
        self.forms.lay_out(side_by_side(box(left), self._middle, sizes=(270, 800), stretch=1))
        self._choices = Choices(self.forms, self._nothing)
        self.skips = Skips(self.editor, self.details.show_meeting)
        self.wishes = Wishes(self.editor)
        self.body.addWidget(self._offer)
        self.body.addWidget(self.skips)
        self.body.addWidget(self.wishes)
        self.body.addWidget(self._choices, 1)
        self._show_nothing(self.tr("Öppnar mötet …"))

    def _part_button(self, text: str, icon_name: str, part: Part) -> QPushButton:
        made = button(text, partial(self.show_part, part), kind="rail", icon_name=icon_name)
        made.setCheckable(True)
        self._parts[made] = part
        return made

    def _connect(self) -> None:
        self.editor.loaded.connect(self._show)
        self.editor.gone.connect(self._show_nothing)
        self.editor.loaded.connect(self.after.read_meeting)
        self.after.was_read.connect(self._show_comments)
        self.editor.changed.connect(self.agenda.renew)
        self.editor.changed.connect(self.skips.show_meeting)
        self.editor.kept.connect(self._tell_kept)
        self.preparing.counted.connect(lambda text: as_rail_text(self._before, text))
        self.editor.drafted.connect(self._offer.show_draft)
        self.editor.clashed.connect(self._settle_clash)
        self.agenda.chosen.connect(self._show_item)
        self.agenda.added.connect(self.point.note.setFocus)
        self.agenda.points.rename_wanted.connect(self.point.rename)
        self.agenda.points.remove_wanted.connect(self.point.remove)
        self.point.renamed.connect(self._after_rename)
        self.point.journal_wanted.connect(self.cards.show_journal)
        self.closing.point_wanted.connect(self._go_to_journal)
        self.point.led.connect(self.cards.show_led)
        self.point.removed.connect(self._after_removal)
        self.pace.changed.connect(self._follow_word)
        self.place.alone.connect(self._after_alone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _BESIDE
        self._working.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    # going there and away

    def show_key(self, key: str) -> None:
        """Show a meeting; `meeting#point` stands on one of its points, `meeting##after` on what became of it."""
        meeting, _, rest = key.partition("#")
        item, _, alone = rest.partition("#")
        if not meeting:
            return
        if item == BEFORE:
            item = ""
            self._middle.setCurrentWidget(self.preparing)
        self._item, self._wanted_alone, self._wanted_after = item, alone == _ALONE, alone == _AFTER
        self.forms.wanted = item
        if meeting == self._key and self.editor.dirty:
            self.agenda.choose(item)
            return
        if meeting != self._key:
            self.forms.wide = False
            self._show_nothing(self.tr("Öppnar mötet …"))
            self.agenda.under_way = ""
        self._key = meeting
        self._offer.forget()
        self._kept.clear()
        self.editor.load(meeting)

    def refresh(self) -> None:
        """Read the meeting anew when nothing is being typed."""
        if self._key and not self.editor.dirty:
            self.editor.load(self._key)

    def settle(self) -> None:
        """Keep what is being typed: as a draft at once, and saved."""
        if (field := self.focusWidget()) is not None:
            field.clearFocus()  # a field that tells when it is left is left now
        self.closing.settle()
        self.pace.settle()
        self.editor.keep_draft()
        self.editor.save()

    @property
    def standing(self) -> str:
        """The meeting that is shown and the point one stands on."""
        if self.alone.view is not None:
            return f"{self._key}#{self.alone.view.item}#{_ALONE}"
        return f"{self._key}#{self._item}" if self._item else self._key

    @property
    def live_unit(self) -> str:
        """The unit of the meeting that is shown, while it is under way."""
        meeting = self.editor.meeting
        return meeting.unit if meeting is not None and meeting.status is MeetingStatus.OPEN else ""

    def add_point(self) -> bool:
        """Stand where a new point's heading is typed."""
        if self.forms.short.isVisible():
            self.forms.short.entry.begin()
            return True
        if not self.agenda.new_point.isVisible():
            return False
        self.agenda.new_point.setFocus()
        return True

    def only_customer(self) -> bool:
        """Show only the customer of the point, or the whole meeting again."""
        if self.alone.view is not None:
            self.alone.leave()
            return True
        return self.alone.enter(self._item)

    # showing

    def _show_nothing(self, why: str) -> None:
        """No meeting is here, or not yet: nothing of one before, and no button that could be meant for it."""
        self.title.setText(self.tr("Möte"))
        self.subtitle.clear()
        self._status.clear()
        self._call.clear()
        self._kept.clear()
        self._offer.hide()
        for made in (*self.steps.buttons, self._only, self.forms.as_rows):
            made.hide()
        self._nothing.sentence.setText(why)
        self._choices.show_content(False)

    def _show(self) -> None:
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return
        heading = meeting.title or " ".join(part for part in (around.forum_name, around.ward_name) if part)
        self.title.setText(heading)
        self.setWindowTitle(self.tr("Möte"))
        when = f"{long_date(meeting.date)} {span(meeting.start, meeting.end)}".capitalize()
        self.subtitle.setText(", ".join(part for part in (when, meeting.place, around.unit_name) if part))
        reason = f": {meeting.cancelled_reason}" if meeting.cancelled_reason else ""
        self._status.setText(status_words(self.editor) + reason)
        set_role(self._status, _STATUS_ROLE[meeting.status.value])
        self._tell_call()
        self.steps.print.show()
        self.steps.show_meeting()
        self.skips.show_meeting()
        self.wishes.show_meeting()
        self.preparing.read_count()
        self._choices.show_content(True)
        keys = [item.key for item in meeting.items]
        standing = self._item if self._item in keys else (keys[0] if keys else "")
        part = self._middle.currentWidget()
        self.pace.meet()
        self.point.meet()
        self.agenda.show_meeting(chosen=standing)
        if self._show_rows():
            return
        if not standing or (part in self._parts.values() and self._item == ""):
            self.show_part(part if isinstance(part, Part) else self.details)
        else:
            self._show_item(standing)
        if self._begins(meeting):
            self.point.note.setFocus()
        if meeting.status is MeetingStatus.OPEN and not self.agenda.under_way:
            self._begin(standing)
        if meeting.status is MeetingStatus.DRAFT and self._status_before is MeetingStatus.OPEN:
            self.show_part(self.closing)  # what goes on is seen before it goes
        self._status_before = meeting.status
        if self._wanted_alone:
            self._wanted_alone = False
            self.alone.enter(self._item)
        if self._wanted_after:
            self._wanted_after = False
            self.show_part(self.after)
        self.place.live_changed.emit()

    def _show_rows(self) -> bool:
        """Show a pulsmöte or an avstämning as its rows, unless the whole of it is wanted; whether that was done."""
        meeting = self.editor.meeting
        self.setFocusProxy(self.forms.short if self.forms.shows_rows else self.agenda.points)
        if meeting is None or not self.forms.show_meeting(begins=self._begins(meeting)):
            return False
        self._only.hide()
        self._status_before = meeting.status
        self.place.live_changed.emit()
        return True

    def _begins(self, meeting: Meeting) -> bool:
        return meeting.status is MeetingStatus.OPEN and self._status_before is MeetingStatus.PLANNED

    def _show_attendance(self) -> None:
        self.forms.show_whole()
        self.show_part(self.attendance)

    def _stand_on_row(self, key: str) -> None:
        self._item = key
        item = self.editor.meeting.item(key) if self.editor.meeting is not None else None
        self._only.setVisible(bool(item and item.customer))

    def _tell_kept(self, text: str) -> None:
        """What was saved may have changed what those called were told."""
        self._kept.setText(text)
        self._tell_call()
        self.steps.show_meeting()

    def _tell_call(self) -> None:
        tell(self._call, self.editor)
        self.details.calling.show_meeting()

    def _go_to_journal(self, key: str) -> None:
        self.agenda.choose(key)
        self.cards.show_journal()

    def _show_item(self, key: str) -> None:
        self._item = key
        self._mark(None)
        self._begin(key)
        self._middle.setCurrentWidget(self._working)
        self.point.show_item(key)
        self.cards.show_item(key)
        self._show_comments()
        planned = self.editor.meeting is not None and self.editor.meeting.status is MeetingStatus.PLANNED
        item = self.editor.meeting.item(key) if self.editor.meeting is not None else None
        beforehand = item is not None and not replace(item, presentations=()).dealt_with
        self.cards.setVisible(not planned or self.cards.review is not None or not beforehand)
        self._only.setVisible(bool(item and item.customer))

    def _show_comments(self) -> None:
        """What was said of the point beside it, where the minutes are out for comments."""
        self.cards.comments.show_comments(self.after.value, self._item or "-")

    def _follow_word(self) -> None:
        """Who has the word on the point presents for her profession."""
        if self.pace.pace is not None and self.cards.review is not None:
            self.cards.review.follow(self.pace.pace.speaker(self._item))

    def _begin(self, key: str) -> None:
        """The point is under way, where the meeting is."""
        self.agenda.under_way = key
        self.pace.begin_item(key)
        self.agenda.tick()

    def show_part(self, part: Part) -> None:
        """Show something of the meeting that is no point."""
        keys = [item.key for item in self.editor.meeting.items] if self.editor.meeting is not None else []
        self.attendance.number = keys.index(self.agenda.under_way) + 1 if self.agenda.under_way in keys else 0
        self._item = ""
        self._only.hide()
        self._mark(part)
        self.agenda.clear_choice()
        part.show_meeting()
        self._middle.setCurrentWidget(part)

    def _mark(self, part: QWidget | None) -> None:
        for made, own in self._parts.items():
            made.setChecked(own is part)

    def _after_rename(self) -> None:
        """Enter in the heading: on to the note of a meeting under way, else back to the points."""
        (self.point.note if self.point.note.isVisible() else self.agenda.points).setFocus()

    def _after_removal(self, key: str) -> None:
        self._item = key
        self._show()

    # clashes

    def _after_alone(self, view: QWidget | None) -> None:
        """The whole meeting is shown again: what was written meanwhile, and the clash that waited."""
        if view is not None:
            return
        self.point.show_item(self._item)
        if self.alone.led:
            self.cards.show_item(self._item)
        waiting, self._clash = self._clash, None
        if waiting is not None:
            self._settle_clash(waiting)

    def _settle_clash(self, found: Merged) -> None:
        """Ask, but not before a customer who sees the screen: both texts may name others."""
        if self.alone.view is not None:
            self._clash = found
            return
        dialog = ClashDialog(self, found)
        dialog.accepted.connect(lambda: self.editor.settle_clash(dialog.chosen))
        dialog.rejected.connect(self.editor.put_off_clash)
        dialog.open()
