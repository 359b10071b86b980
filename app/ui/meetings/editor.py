"""One meeting being worked on: what is on the screen, what is saved, the draft between, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.agenda import with_added
from app.domain.errors import Conflict, NotAllowed, NotFound, StorageFault
from app.domain.journal import with_marks
from app.domain.meetings import Item, ItemKind, JournalMark, Meeting, MeetingStatus
from app.domain.merging import merge
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.wording import wording
from app.services import meetings as services
from app.services.desk import Desk
from app.services.drafts import Draft, drop_draft, save_draft
from app.services.following import new_key
from app.services.meeting_removal import delete_meeting
from app.ui.meetings.around import ADDITION as _ADDITION
from app.ui.meetings.around import MEETING as _KIND
from app.ui.meetings.around import Around, read_around
from app.ui.meetings.draft_text import draft_text, from_draft
from app.ui.workplace import UndoStep, Workplace

DRAFT_MS = 1000
"""After the latest key: the promise is a draft at most two seconds old."""
SAVE_MS = 6000
_CONTACT_LOST = frozenset({"connection_lost", "connection_lost_unsure"})


class MeetingEditor(QObject):
    """Keeps the meeting; the panels read it here and tell their changes here."""

    loaded = Signal()
    """Another meeting, or the same one read anew: show everything again."""
    gone = Signal(str)
    """The meeting is not there, or not for the person: why, in words. Nothing of it may stay on the screen."""
    changed = Signal()
    """Something on the screen changed the meeting."""
    marked = Signal(str)
    """The marks that a point is journalförd were taken back: show the point with this key anew."""
    kept = Signal(str)
    """How far it is kept, in words."""
    drafted = Signal(object)
    """There is a draft that was never saved: offer it."""
    clashed = Signal(object)
    """Somebody else changed the same items: let the person choose."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.meeting: Meeting | None = None
        self.around: Around | None = None
        self._version = 0
        self._wanted = ""
        self._base: Meeting | None = None
        self._saving = False
        self._after_save: list[Callable[[], object]] = []
        self._clash: tuple[Meeting, Meeting] | None = None
        self._draft_timer = self._timer(DRAFT_MS, self.keep_draft)
        self._save_timer = self._timer(SAVE_MS, self.save)
        place.back.connect(self.save)

    def _timer(self, interval: int, action: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(interval)
        made.timeout.connect(action)
        return made

    # what may be done

    @property
    def dirty(self) -> bool:
        """Whether the screen holds something that is not saved."""
        return self.meeting is not None and self.meeting != self._base

    def may(self, right: Right) -> bool:
        """Whether the person has the right at this meeting."""
        return self.around is not None and right in self.around.rights

    @property
    def may_call(self) -> bool:
        """Whether the agenda can be changed now."""
        return self._unlocked and self.may(Right.WRITE_MEETINGS)

    @property
    def may_write(self) -> bool:
        """Whether the minutes can be written now."""
        return self._unlocked and self.may(Right.WRITE_MINUTES)

    @property
    def _unlocked(self) -> bool:
        locked = (MeetingStatus.APPROVED, MeetingStatus.CANCELLED)
        return self.meeting is not None and self.meeting.status not in locked

    # reading

    def load(self, key: str) -> None:
        """Read a meeting and what is around it."""
        self._wanted = key
        self.place.ask(
            self, lambda desk: read_around(desk, key),
            lambda found: self._loaded(*found) if key == self._wanted else None,
            otherwise=lambda error: self._not_read(key, error),
        )  # fmt: skip

    def _not_read(self, key: str, error: Exception) -> bool:
        if key != self._wanted or not isinstance(error, NotFound | NotAllowed):
            return False
        self.meeting = self._base = self.around = None
        self._stop()
        self.gone.emit(wording(error))
        return True

    def _loaded(self, stored: Stored[Meeting], around: Around, draft: Draft | None) -> None:
        self.around = around
        if self.dirty and self.meeting is not None and self.meeting.key == stored.value.key:
            return  # something was typed while it was read: the next save sees what others wrote
        self._after_save.clear()
        self._show(stored)
        if draft is not None:
            self.drafted.emit(draft)

    def _show(self, stored: Stored[Meeting]) -> None:
        self.meeting = self._base = stored.value
        self._version = stored.version
        self._stop()
        self.loaded.emit()

    def take_draft(self, draft: Draft) -> None:
        """Put the text of a draft on the screen, on top of what others have saved since."""
        if self.meeting is None or self._base is None or draft.key != self.meeting.key:
            return
        base, mine = from_draft(draft.content)
        self._resolve(base, mine, theirs=self._base)
        if self._clash is None and not self.dirty:
            self.drop_draft(draft)

    def drop_draft(self, draft: Draft) -> None:
        """Throw the draft away."""
        kind, key = draft.kind, draft.key
        self.place.ask(self, lambda desk: drop_draft(desk, kind=kind, key=key), lambda _: None)

    # changing

    def change(self, new: Meeting, phrase: str = "") -> None:
        """The screen changed the meeting. With a phrase it is a gesture: saved at once and undone by Ctrl+Z."""
        old = self.meeting
        if old is None or new == old:
            return
        self.meeting = new
        self.changed.emit()
        if phrase:
            self.place.remember(UndoStep(phrase, lambda: self._undo(old, new)))
            self.save()
        else:
            self.kept.emit(self.tr("Sparas strax …"))
            if not self._draft_timer.isActive():
                self._draft_timer.start()
            self._save_timer.start()

    def change_item(self, item: Item, phrase: str = "") -> None:
        """One item changed."""
        if self.meeting is not None:
            items = tuple(item if one.key == item.key else one for one in self.meeting.items)
            self.change(replace(self.meeting, items=items), phrase)

    def add_item(self, heading: str, *, customer: str | None = None) -> str:
        """Add a point before the closing ones; returns its key."""
        if self.meeting is None:
            return ""
        key = new_key(near=self.meeting.key)
        kind = ItemKind.CUSTOMER if customer else ItemKind.ADDED
        item = Item(
            key=key, heading=heading.strip(), kind=kind, customer=customer, raised_by=services.myself(self.place.desk)
        )
        if not self.may_call:
            sent = self.meeting
            self.place.act(
                self, lambda desk: services.propose_item(desk, meeting=sent.key, item=item),
                lambda stored: self._moved_on(sent, stored), changed="meetings",
                said=self.tr("Punkten är tillagd."),
            )  # fmt: skip
            return key
        self.change(replace(self.meeting, items=with_added(self.meeting.items, item)), self.tr("Lägg till punkt"))
        return key

    def take_marks(self, item: str, marks: tuple[JournalMark, ...]) -> None:
        """A point was marked as journalförd: that is kept already, beside what is typed."""
        if self.meeting is not None and self._base is not None:
            self.meeting = with_marks(self.meeting, item=item, marks=marks)
            self._base = with_marks(self._base, item=item, marks=marks)
            self.changed.emit()

    def new_action_key(self) -> str:
        """A key for a new action."""
        return new_key(near=self.meeting.key if self.meeting else "")

    def _undo(self, before: Meeting, after: Meeting) -> None:
        """Take one gesture back and leave what was written since; refused where the same was changed since."""
        now = self.meeting
        if now is None or now.key != after.key or not self._unlocked:
            self.place.troubled.emit(self.tr("Det går inte att ångra här. Öppna mötet igen först."))
            return
        found = merge(base=after, mine=before, theirs=now)
        if found.clashes:
            self.place.troubled.emit(self.tr("Punkten har ändrats sedan dess och lämnas som den är."))
            return
        self.meeting = found.meeting
        self.loaded.emit()
        self.save()
        self.place.told.emit(self.tr("Ångrat."))

    # saving

    def keep_draft(self) -> None:
        """Keep what is typed as a draft in the database, for this person only."""
        if self.dirty and self.meeting is not None and self._base is not None:
            self._keep_draft(self._base, self.meeting)

    def _keep_draft(self, base: Meeting, mine: Meeting) -> None:
        version = self._version

        def work(desk: Desk) -> None:
            save_draft(desk, kind=_KIND, key=mine.key, started_from=version, content=draft_text(base, mine))

        self.place.ask(self, work, lambda _: self.kept.emit(self.tr("Utkast sparat")))

    def keep_addition(self, text: str) -> None:
        """Keep an addition that is being written, or forget it when it was made or emptied."""
        if self.meeting is None:
            return
        key, version = self.meeting.key, self._version

        def work(desk: Desk) -> None:
            if text.strip():
                save_draft(desk, kind=_ADDITION, key=key, started_from=version, content=text)
            else:
                drop_draft(desk, kind=_ADDITION, key=key)

        self.place.ask(self, work, lambda _: None)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save what is on the screen, then go on with `then`; a clash asks the person first."""
        if then is not None:
            self._after_save.append(then)
        if self._saving:
            return
        if not self.dirty or self.meeting is None:
            self._stop()
            self._go_on()
            return
        self._saving = True
        self._stop()
        sent, version = self.meeting, self._version
        self.place.ask(
            self, lambda desk: services.save_meeting(desk, meeting=sent, expected_version=version),
            lambda stored: self._saved(sent, stored), otherwise=self._not_saved,
        )  # fmt: skip

    def _saved(self, sent: Meeting, stored: Stored[Meeting]) -> None:
        self._saving = False
        if self.meeting is None or self.meeting.key != sent.key:
            return
        self._version = stored.version
        if self.meeting == sent:
            self.meeting = stored.value
        self._base = stored.value
        self.kept.emit(self.tr("Sparat {0}").format(f"{self.place.desk.clock.now():%H.%M}"))
        self.place.changed.emit("meetings")
        if self.dirty:
            self.save()
        else:
            self._go_on()

    def _not_saved(self, error: Exception) -> bool:
        self._saving = False
        if isinstance(error, Conflict) and self.meeting is not None:
            key = self.meeting.key
            self.place.ask(self, lambda desk: services.get_meeting(desk, key=key), self._compare)
            return True
        self._after_save.clear()
        self.kept.emit(self.tr("Inte sparat"))
        self.keep_draft()
        if isinstance(error, StorageFault) and error.code in _CONTACT_LOST:
            self._save_timer.start()  # a break that is over before the listener tells of it is told by nobody
        return False

    def _compare(self, theirs: Stored[Meeting]) -> None:
        if self.meeting is None or self._base is None or self.meeting.key != theirs.value.key:
            return
        base, self._base, self._version = self._base, theirs.value, theirs.version
        self._resolve(base, self.meeting, theirs=theirs.value)

    def _resolve(self, base: Meeting, mine: Meeting, *, theirs: Meeting) -> None:
        found = merge(base=base, mine=mine, theirs=theirs)
        if found.clashes:
            self.meeting, self._clash = theirs, (base, mine)
            self.clashed.emit(found)
        else:
            self.settle_clash(found.meeting)

    def settle_clash(self, chosen: Meeting) -> None:
        """Go on with what the person chose."""
        self._clash = None
        self.meeting = chosen
        self.loaded.emit()
        self.save()

    def put_off_clash(self) -> None:
        """The person did not choose: theirs stays, mine is a draft that is offered again."""
        if self._clash is not None:
            self._keep_draft(*self._clash)
            self._clash = None
        self._after_save.clear()
        self.loaded.emit()

    def _go_on(self) -> None:
        waiting, self._after_save = self._after_save, []
        for action in waiting:
            action()

    def _stop(self) -> None:
        self._draft_timer.stop()
        self._save_timer.stop()

    # steps

    def step(
        self, work: Callable[..., Stored[Meeting]], said: str, then: Callable[[], object] | None = None, **more: object
    ) -> None:
        """Save, then move the meeting on by a service's step, and call `then` when that is done."""

        def go() -> None:
            if self.meeting is None:
                return
            sent, version = self.meeting, self._version

            def moved(stored: Stored[Meeting]) -> None:
                if then is not None:
                    then()
                self._moved_on(sent, stored)

            self.place.act(
                self, lambda desk: work(desk, key=sent.key, expected_version=version, **more), moved,
                changed="meetings", said=said,
            )  # fmt: skip

        self.save(go)

    def remove(self, then: Callable[[], object]) -> None:
        """Remove the meeting, which only a planned one without notes allows."""

        def go() -> None:
            if self.meeting is None:
                return
            key, version = self.meeting.key, self._version

            def removed(_: None) -> None:
                self.meeting = self._base = None
                then()

            self.place.act(
                self, lambda desk: delete_meeting(desk, key=key, expected_version=version), removed,
                changed="meetings", said=self.tr("Mötet är borttaget."),
            )  # fmt: skip

        self.save(go)

    def _moved_on(self, sent: Meeting, stored: Stored[Meeting]) -> None:
        """The meeting as a service left it, with what was typed while the service worked."""
        now = self.meeting
        if now is None or now.key != stored.value.key:
            return
        if stored.value.status is MeetingStatus.APPROVED:
            self.place.forget_undo()
        elif now != sent:
            self._base, self._version = stored.value, stored.version
            self._resolve(sent, now, theirs=stored.value)
            return
        self._show(stored)
