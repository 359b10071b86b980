"""The buttons in a meeting's head: its next step as the one primary button, printing, and what is seldom done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.domain.councils import is_council
from app.domain.meetings import ActionStatus, Meeting, MeetingStatus
from app.domain.people import Outsider
from app.domain.publishing import waits_for_publishing
from app.domain.roles import Right
from app.domain.short_forms import is_short
from app.domain.sight import reads_minutes
from app.domain.stored import Stored
from app.services import meetings as services
from app.services.desk import Desk
from app.services.papers import Purpose
from app.services.proposals import previous_meeting
from app.services.short_meetings import start_short
from app.ui.after.panel import AfterPanel
from app.ui.drafts import FieldDrafts
from app.ui.meetings.calling import CallPanel
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.minutes_menu import Entry, MinutesMenu
from app.ui.meetings.publishing import publish
from app.ui.widgets.controls import button, label
from app.ui.widgets.fields import PersonField, field
from app.ui.widgets.messages import Question
from app.ui.widgets.texts import TextField

_SAFE_LINKS = ("https", "http")


class MeetingSteps(QObject):
    """Shows which steps the meeting and the person's rights allow, and takes them."""

    def __init__(self, page: QWidget, editor: MeetingEditor) -> None:
        super().__init__(page)
        self._page, self.editor = page, editor
        self.minutes = MinutesMenu(page, editor)
        self._link = button(self.tr("Öppna digitalt möte"), self._open_link, icon_name="video")
        self.print = button(self.tr("Skriv ut"), self._open_print_menu, icon_name="printer", shortcut="Ctrl+P")
        self.more = button(self.tr("Mer"), self._open_more_menu)
        self.second = button(self.tr("Återuppta"), self._do_second)
        self.primary = button(self.tr("Starta mötet"), self._do_primary, kind="primary", shortcut="Ctrl+M")
        self.buttons = (self._link, self.print, self.more, self.second, self.primary)
        self.calling: CallPanel | None = None
        """The call of the meeting, where the page has it."""
        self.after: AfterPanel | None = None
        """What became of the minutes, where the page has it."""
        self._primary: Callable[[], object] = self.start
        self._second: Callable[[], object] = self.resume

    def show_meeting(self) -> None:
        """Offer what can be done with the meeting as it stands."""
        meeting = self.editor.meeting
        if meeting is None:
            return
        self._link.setVisible(bool(meeting.link) and meeting.status in (MeetingStatus.PLANNED, MeetingStatus.OPEN))
        steps: dict[MeetingStatus, tuple[Entry | None, Entry | None]] = {
            MeetingStatus.PLANNED: (
                (self.tr("Starta mötet"), self.start, self._may(Right.WRITE_MINUTES)),
                (self._publishing(meeting), self.publish, self._publishes_first(meeting)),
            ),
            MeetingStatus.OPEN: (
                (self.tr("Avsluta mötet"), self.close, self._may(Right.WRITE_MINUTES)),
                (self.tr("Avsluta och justera"), self.close_and_approve, self._short and self._may_all()),
            ),
            MeetingStatus.DRAFT: (
                (self.tr("Justera anteckningarna"), self.approve, self._may(Right.APPROVE_MINUTES)),
                (self.tr("Återuppta mötet"), self.resume, self._may(Right.WRITE_MINUTES)),
            ),
            MeetingStatus.APPROVED: (None, None),
            MeetingStatus.CANCELLED: (
                (self.tr("Återta mötet"), self.reinstate, self._may(Right.WRITE_MEETINGS)), None
            ),
        }  # fmt: skip
        first, second = steps[meeting.status]
        self._offer(self.primary, first)
        self._offer(self.second, second)
        if first is not None:
            self._primary = first[1]
        if second is not None:
            self._second = second[1]
        self.more.setVisible(any(may for _, _, may in self._seldom()))

    def _publishing(self, meeting: Meeting) -> str:
        return self.tr("Publicera igen") if meeting.published_version else self.tr("Publicera dagordningen")

    def _publishes(self, meeting: Meeting) -> bool:
        return waits_for_publishing(meeting) and self._may(Right.WRITE_MEETINGS)

    def _publishes_first(self, meeting: Meeting) -> bool:
        """Whether that is the next step: not on the meeting's own day, when everybody is about to meet."""
        return self._publishes(meeting) and meeting.date > self.editor.place.desk.today

    def _may(self, right: Right) -> bool:
        return self.editor.may(right)

    def _offer(self, made: QPushButton, entry: Entry | None) -> None:
        made.setVisible(entry is not None and entry[2])
        if entry is not None:
            made.setText(entry[0])
            made.setAccessibleName(entry[0])
            if made is self.primary:
                made.setToolTip(f"{entry[0]} (Ctrl+M)")

    def _do_primary(self) -> None:
        self._primary()

    def _do_second(self) -> None:
        self._second()

    # steps

    def publish_by_key(self) -> None:
        """Publish where that is left to do: the same key does nothing else of a meeting."""
        meeting = self.editor.meeting
        if meeting is not None and self._publishes(meeting):
            self.publish()

    def publish(self) -> None:
        """Let the agenda go out as it stands."""

        def go() -> None:
            meeting = self.editor.meeting
            if meeting is not None:
                publish(
                    self._page, self.editor.place, meeting.key, version=self.editor.version,
                    then=lambda: self._reread(meeting.key),
                )  # fmt: skip

        self.editor.save(go)

    def _reread(self, key: str) -> None:
        meeting = self.editor.meeting
        if meeting is not None and meeting.key == key and not self.editor.dirty:
            self.editor.load(key)

    def start(self) -> None:
        """Open the meeting; one of rows begins with what is left from before."""
        if self._short:
            self.editor.step(start_short, self.tr("Mötet pågår. De som är kallade står som närvarande."))
            return
        self.editor.step(services.open_meeting, self.tr("Mötet pågår. Skriv under punkterna; allt sparas efter hand."))

    @property
    def _short(self) -> bool:
        return self.editor.meeting is not None and is_short(self.editor.meeting.forum)

    def close(self) -> None:
        """End the meeting."""
        self.editor.step(services.close_meeting, self.tr("Mötet är avslutat. Läs igenom och justera."))

    def close_and_approve(self) -> None:
        """End a meeting of rows and approve what was written, for whoever leads it and wrote it herself."""
        self.editor.step(_close_and_approve, self.tr("Mötet är avslutat och anteckningarna justerade."))

    def _may_all(self) -> bool:
        return self._may(Right.WRITE_MINUTES) and self._may(Right.APPROVE_MINUTES)

    def resume(self) -> None:
        """Take the meeting up again."""
        self.editor.step(services.reopen_meeting, self.tr("Mötet pågår igen."))

    def reinstate(self) -> None:
        """Take back a cancellation."""
        self.editor.step(services.reinstate_meeting, self.tr("Mötet är planerat igen."))

    def approve(self) -> None:
        """Approve the minutes; without a secretary, ask who it was."""
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return
        locked = self.tr("Anteckningarna låses. Det som behöver ändras sedan skrivs som daterade tillägg.")
        here = tuple(one.member for one in meeting.attendance if one.member)
        secretary = PersonField(around.names, meeting.secretary, first=here or meeting.participants)
        parts: list[QWidget] = (
            [] if meeting.secretary is not None else [field(self.tr("Vem var sekreterare?"), secretary)]
        )
        left = self.after.value.open_comments() if self.after is not None and self.after.value is not None else 0
        if left:
            waiting = self.tr("{0} synpunkter har inte fått svar än.").format(left)
            parts.insert(0, label(waiting, role="due", wrap=True))
        title = self.tr("Justera anteckningarna")
        dialog = Question(self._page, title, locked, *parts, accept=title)
        dialog.check = lambda: "" if secretary.person is not None else self.tr("Ange vem som var sekreterare.")

        def go(result: int) -> None:
            if not result or self.editor.meeting is None:
                return
            if secretary.person is not None and self.editor.meeting.secretary is None:
                self.editor.change(replace(self.editor.meeting, secretary=secretary.person))
            self.editor.step(services.approve_minutes, self.tr("Anteckningarna är justerade."))

        dialog.finished.connect(go)
        dialog.open()

    def cancel(self) -> None:
        """Cancel the meeting, with a reason."""
        reason = TextField(lines=2)
        about = self.tr("Kunderna på mötet går först nästa gång.")
        dialog = Question(
            self._page, self.tr("Ställ in mötet"), about, field(self.tr("Varför?"), reason),
            accept=self.tr("Ställ in mötet"), danger=True,
        )  # fmt: skip
        dialog.check = lambda: "" if reason.written else self.tr("Skriv varför mötet ställs in.")
        meeting = self.editor.meeting
        drafts = FieldDrafts(dialog, self.editor.place, "cancel", meeting.key if meeting else "", reason=reason)

        def go(result: int) -> None:
            drafts.left(result)
            if result:
                self.editor.step(
                    services.cancel_meeting, self.tr("Mötet är inställt."), drafts.done, reason=reason.written or ""
                )

        dialog.finished.connect(go)
        dialog.open()

    def delete(self) -> None:
        """Remove a planned meeting in which nothing is written."""
        meeting, place = self.editor.meeting, self.editor.place
        if meeting is None:
            return
        about = self.tr("Mötet tas bort ur kalendern. Har det hänt något på mötet, ställ in det i stället.")
        dialog = Question(self._page, self.tr("Ta bort mötet"), about, accept=self.tr("Ta bort mötet"), danger=True)

        def go(result: int) -> None:
            if result:
                self.editor.remove(lambda: place.visit.emit("meetings", ""))

        dialog.finished.connect(go)
        dialog.open()

    def save_as_template(self) -> None:
        """Keep the meeting's agenda to begin others with."""

        def go() -> None:
            meeting, around = self.editor.meeting, self.editor.around
            if meeting is None or around is None:
                return
            from app.ui.meetings.template_question import TemplateQuestion  # noqa: PLC0415 - loaded when first used

            TemplateQuestion(
                self._page, self.editor.place, meeting=meeting.key, name=meeting.title or around.forum_name
            ).open()

        self.editor.save(go)

    def open_previous(self) -> None:
        """Go to the series' meeting before this one."""
        meeting, place = self.editor.meeting, self.editor.place
        if meeting is None:
            return

        def go(found: Stored[Meeting] | None) -> None:
            if found is None:
                place.told.emit(self.tr("Det finns inget tidigare möte i serien."))
            else:
                place.visit.emit("meeting", found.value.key)

        place.ask(self, lambda desk: previous_meeting(desk, key=meeting.key), go)

    # menus

    def _open_link(self) -> None:
        meeting = self.editor.meeting
        url = QUrl(meeting.link or "") if meeting is not None else QUrl()
        if url.scheme() not in _SAFE_LINKS:
            self.editor.place.troubled.emit(
                self.tr("Länken öppnas inte: den börjar inte med https. Rätta den under Om mötet.")
            )
            return
        QDesktopServices.openUrl(url)

    def _open_print_menu(self) -> None:
        meeting = self.editor.meeting
        if meeting is None:
            return
        calling = self.calling
        entries: list[Entry] = []
        if calling is not None and calling.offered:
            entries += [
                (self.tr("Kallelse"), calling.show_paper, True),
                (self.tr("Kalenderfil (.ics) …"), calling.save_file, True),
            ]
        entries += [
            (self.tr("Dagordning"), partial(self._preview, Purpose.AGENDA), True),
            (self.tr("Affisch utan kunduppgifter"), partial(self._preview, Purpose.POSTER), True),
            *self.minutes.entries(),
            (
                self.tr("Till kunderna, stor stil"), self._preview_council,
                is_council(meeting.forum) and meeting.status is not MeetingStatus.PLANNED
                and reads_minutes(meeting, self.editor.place.desk.actor),
            ),
            (self.tr("Förberedelser"), self._preview_preparations, True),
            (self.tr("Uppgiftslappar"), self._preview_slips, _names_outsiders(meeting)),
        ]  # fmt: skip
        self._menu(self.print, entries)

    def _preview(self, purpose: Purpose) -> None:
        from app.ui.papers.preview import papers_preview  # noqa: PLC0415 - loaded when first used

        def go() -> None:
            if self.editor.meeting is not None:
                papers_preview(self._page, self.editor.place, purpose=purpose, meeting=self.editor.meeting.key)

        self.editor.save(go)

    def _preview_council(self) -> None:
        from app.ui.papers.activities import council_preview  # noqa: PLC0415 - loaded when first used

        def go() -> None:
            if self.editor.meeting is not None:
                council_preview(self._page, self.editor.place, meeting=self.editor.meeting.key)

        self.editor.save(go)

    def _preview_slips(self) -> None:
        from app.ui.papers.actions import slips_preview  # noqa: PLC0415 - loaded when first used

        def go() -> None:
            if self.editor.meeting is not None:
                slips_preview(self._page, self.editor.place, meeting=self.editor.meeting.key)

        self.editor.save(go)

    def _preview_preparations(self) -> None:
        from app.ui.papers.preparations import preparations_preview  # noqa: PLC0415 - loaded when first used

        if self.editor.meeting is not None:
            preparations_preview(self._page, self.editor.place, meeting=self.editor.meeting.key)

    def _seldom(self) -> list[Entry]:
        meeting = self.editor.meeting
        if meeting is None:
            return []
        planned, live = meeting.status is MeetingStatus.PLANNED, meeting.status is MeetingStatus.OPEN
        writes = self._may(Right.WRITE_MEETINGS)
        calling = self.calling
        return [
            (self._publishing(meeting), self.publish, self._publishes(meeting) and not self._publishes_first(meeting)),
            *([(self.tr("Märk som kallad"), calling.mark, calling.may_mark)] if calling is not None else []),
            (self.tr("Öppna förra mötet"), self.open_previous, True),
            (self.tr("Spara som mall …"), self.save_as_template, self.editor.place.desk.may(Right.WRITE_MEETINGS)),
            (self.tr("Avsluta utan att starta"), self.close, planned and self._may(Right.WRITE_MINUTES)),
            (self.tr("Ställ in mötet …"), self.cancel, (planned or live) and writes),
            (self.tr("Ta bort mötet …"), self.delete, planned and self.editor.place.desk.may(Right.WRITE_MEETINGS)),
        ]

    def _open_more_menu(self) -> None:
        self._menu(self.more, self._seldom())

    def _menu(self, under: QPushButton, entries: list[Entry]) -> None:
        menu = QMenu(under)
        menu.setAccessibleName(under.accessibleName())
        for text, action, may in entries:
            if may:
                menu.addAction(text).triggered.connect(lambda _checked=False, action=action: action())
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))


def _close_and_approve(desk: Desk, *, key: str, expected_version: int) -> Stored[Meeting]:
    closed = services.close_meeting(desk, key=key, expected_version=expected_version)
    return services.approve_minutes(desk, key=key, expected_version=closed.version)


def _names_outsiders(meeting: Meeting) -> bool:
    """Whether somebody without an account is to do something that was decided here."""
    actions = (action for item in meeting.items for action in item.actions)
    return any(one.status is ActionStatus.OPEN and isinstance(one.responsible, Outsider) for one in actions)
