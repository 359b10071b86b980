"""The files of the meeting that is shown, and what is done with them: add, look at, open, save, rename, remove."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.attachments import LARGEST, Appendix, Attachment, AttachmentFile, numbered
from app.domain.errors import KnownError
from app.domain.file_kinds import name_mismatch
from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.domain.wording import wording
from app.exchange.files import read_file, write_file
from app.services import attachments as services
from app.services.attachments import Reason
from app.services.desk import Desk
from app.services.meetings import myself
from app.ui.meetings.editor import MeetingEditor
from app.ui.widgets.fields import field, line
from app.ui.widgets.messages import Question
from app.ui.workplace import UndoStep

CHANGED = "meetings"


class MeetingFiles(QObject):
    """What the page knows of the meeting's files; told to whoever shows them when it changes."""

    changed = Signal()

    def __init__(self, page: QWidget, editor: MeetingEditor) -> None:
        super().__init__(page)
        self._page, self.editor, self.place = page, editor, editor.place
        self._files: tuple[Attachment, ...] = ()
        editor.loaded.connect(self._load)

    def _load(self) -> None:
        self._files = self.editor.around.files if self.editor.around is not None else ()
        self.changed.emit()

    @property
    def listed(self) -> tuple[Appendix, ...]:
        """Texts and files as one list."""
        return numbered(self.editor.meeting.appendices if self.editor.meeting else (), self._files)

    def of_item(self, key: str) -> tuple[Appendix, ...]:
        """The files of one point, with their numbers."""
        return tuple(one for one in self.listed if one.key and one.item == key)

    def find(self, key: str) -> Attachment | None:
        """The file of that key."""
        return next((one for one in self._files if one.key == key), None)

    def may_add(self, item: str | None = None) -> bool:
        """Whether the person may add a file, to the point where one is given."""
        meeting = self.editor.meeting
        if meeting is None or meeting.status in (MeetingStatus.APPROVED, MeetingStatus.CANCELLED):
            return False
        if self.editor.may(Right.WRITE_MEETINGS) or self.editor.may(Right.WRITE_MINUTES):
            return True
        point = meeting.item(item) if item else None
        return point is not None and point.raised_by == myself(self.place.desk)

    # adding

    def choose(self, item: str | None = None) -> None:
        """Ask which files to add."""
        if not self.may_add(item):
            return
        paths, _ = QFileDialog.getOpenFileNames(self._page, self.tr("Bifoga fil"), str(Path.home()))
        self.add([Path(path) for path in paths], item=item)

    def add(self, paths: Iterable[Path], *, item: str | None = None) -> None:
        """Add the files, each a gesture of its own, after what is typed was saved: the point has to be there."""
        wanted = list(paths)
        if not wanted or not self.may_add(item):
            return

        def go() -> None:
            if self.editor.meeting is not None:
                for path in wanted:
                    self._add(self.editor.meeting.key, path, item)

        self.editor.save(go)

    def _add(self, meeting: str, path: Path, item: str | None) -> None:
        def work(desk: Desk) -> Attachment:
            data = read_file(path, largest=LARGEST)
            return services.add_attachment(desk, meeting=meeting, name=path.name, data=data, item=item)

        def refused(error: Exception) -> bool:
            if not isinstance(error, KnownError):
                return False
            self.place.troubled.emit(f"{path.name}: {wording(error)}")
            return True

        self.place.act(self, work, self._added, changed=CHANGED, otherwise=refused)

    def _added(self, made: Attachment) -> None:
        self._keep((*self._files, made))
        number = next((one.number for one in self.listed if one.key == made.key), made.number)
        said = self.tr("{0} är bifogad som bilaga {1}.").format(made.name, number)
        self.place.told.emit(" ".join(part for part in (said, name_mismatch(made.kind, made.name)) if part))
        back = self.tr("Bifoga {0}").format(made.name)
        self._remember(back, lambda desk: services.remove_attachment(desk, key=made.key, expected_version=made.version))

    def _keep(self, files: Sequence[Attachment]) -> None:
        self._files = tuple(files)
        self.changed.emit()

    def _remember(self, phrase: str, work: Callable[[Desk], object]) -> None:
        def take_back() -> None:
            said = self.tr("Ångrat: {0}").format(phrase)
            self.place.act(self, work, lambda _: self._read_anew(), changed=CHANGED, said=said)

        self.place.remember(UndoStep(phrase, take_back))

    def _read_anew(self) -> None:
        if self.editor.meeting is not None:
            key = self.editor.meeting.key
            self.editor.save(lambda: self.editor.load(key))

    # looking, opening, saving

    def show(self, key: str) -> None:
        """Look at a file here where the program can show it; any other is opened by its own program."""
        found = self.find(key)
        if found is None:
            return
        if not found.kind.is_shown:
            self.open(key)
            return
        from app.ui.papers.attachments import attachment_preview  # noqa: PLC0415 - loaded when first used

        attachment_preview(self._page, self.place, key=key, title=self._named(key))

    def _named(self, key: str) -> str:
        return next((one.label for one in self.listed if one.key == key), self.tr("Bilaga"))

    def open(self, key: str) -> None:
        """Open a copy in the system's own program; it can only be read there, and is gone when the window locks."""
        opened = self.place.opened

        def work(desk: Desk) -> Path:
            taken = services.take_out(desk, key=key, reason=Reason.OPEN)
            return opened.put(taken.data, ending=taken.attachment.kind.ending)

        def hand_over(path: Path) -> None:
            if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self.place.told.emit(
                    self.tr("En kopia är öppnad. Den går bara att läsa, och tas bort när Teamforum låses.")
                )
            else:
                self.place.troubled.emit(
                    self.tr("Datorn har inget program som öppnar filen. Spara den och be den som sköter datorn.")
                )

        self.place.ask(self, work, hand_over)

    def choose_place(self, key: str) -> None:
        """Ask where a copy is to be saved outside Teamforum."""
        found = self.find(key)
        if found is None:
            return
        label = next((one.label for one in self.listed if one.key == key), "bilaga")
        ending = found.name.rpartition(".")[2]
        # What is about a customer may have a name that says of whom.
        name = found.name if found.item is None else f"{label.lower().replace(' ', '-')}.{ending}"
        path, _ = QFileDialog.getSaveFileName(self._page, self.tr("Spara bilagan"), str(Path.home() / name))
        if path:
            self.save_as(key, Path(path))

    def save_as(self, key: str, path: Path) -> None:
        """Save a copy outside Teamforum."""

        def work(desk: Desk) -> None:
            write_file(path, services.take_out(desk, key=key, reason=Reason.SAVE).data)

        said = self.tr("{0} är sparad. Den skyddas inte av Teamforums lösenord.").format(path.name)
        self.place.ask(self, work, lambda _: self.place.told.emit(said))

    # renaming, removing

    def ask_title(self, key: str) -> None:
        """Ask what the appendix is to be called in lists."""
        found = self.find(key)
        if found is None or not self.may_add(found.item):
            return
        title = line(found.heading, longest=120)
        self.question = Question(
            self._page, self.tr("Byt namn på bilagan"), "", field(self.tr("Bilagans namn"), title),
            accept=self.tr("Byt namn"),
        )  # fmt: skip
        self.question.accepted.connect(lambda: self.retitle(key, title.text()))
        self.question.open()

    def retitle(self, key: str, title: str) -> None:
        """Call the appendix something else."""
        found = self.find(key)
        if found is None or title.strip() == found.heading:
            return

        def done(new: Attachment) -> None:
            self._keep([replace(one, title=new.title, version=new.version) if one.key == key else one
                        for one in self._files])  # fmt: skip
            before = found.title or ""
            self._remember(self.tr("Byt namn på bilagan"), partial(
                services.retitle_attachment, key=key, title=before, expected_version=new.version
            ))  # fmt: skip

        self.place.act(
            self, lambda desk: services.retitle_attachment(
                desk, key=key, title=title, expected_version=found.version
            ), done, changed=CHANGED,
        )  # fmt: skip

    def remove(self, key: str) -> None:
        """Remove a file; Ctrl+Z brings it back."""
        found = self.find(key)
        if found is None or not self.may_add(found.item):
            return

        def removed(file: AttachmentFile) -> None:
            self._keep([one for one in self._files if one.key != key])
            self._remember(self.tr("Ta bort {0}").format(found.name), partial(services.put_back_attachment, file=file))

        self.place.act(
            self, lambda desk: services.remove_attachment(desk, key=key, expected_version=found.version), removed,
            changed=CHANGED, said=self.tr("{0} är borttagen. Ångra med Ctrl+Z.").format(found.name),
        )  # fmt: skip
