"""What every page is given: the desk's services behind a runner, the way to other pages, and what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.errors import KnownError
from app.domain.wording import wording
from app.faultlog import note_fault
from app.paths import opened_files_dir
from app.ui.attachments.opened import OpenedFiles
from app.ui.operations import Runner

if TYPE_CHECKING:
    from app.services.access import Surroundings
    from app.services.desk import Desk
    from app.ui.theme import Theme

T = TypeVar("T")
DEEPEST_UNDO = 30


@dataclass(frozen=True, slots=True)
class UndoStep:
    """A gesture that can be taken back: its name as a phrase, and what takes it back, called on the GUI thread."""

    phrase: str
    take_back: Callable[[], object]


_SHUTTING_OUT = frozenset({"account_ended", "account_changed", "assignment_ended", "key_changed"})


def _shuts_out(error: Exception) -> bool:
    return isinstance(error, KnownError) and error.code in _SHUTTING_OUT


class Workplace(QObject):
    """One person's logged-in window, as its pages see it."""

    changed = Signal(str)
    """What kind of thing was changed: meetings, actions, members, customers, units, accounts, absences, rooms,
    checklists, letters, activities, templates, preparations, minutes (comments, who has read them, what goes on from
    them)."""
    changed_elsewhere = Signal(str)
    """The same, changed on another workstation."""
    visit = Signal(str, str)
    """Go to the page (first) and what lies there (second, a key or empty)."""
    told = Signal(str)
    """A quiet line that something was done."""
    troubled = Signal(str)
    """A fault in words, for the bar at the top."""
    part_left = Signal()
    """Another part of the page is shown: what went wrong in the last one is not about this one."""
    back = Signal()
    """The contact with the server is back after a break: what could not be saved can be now."""
    shut_out = Signal(str)
    """The account was ended or changed, in words: nothing more is done before the person logs in anew."""
    restore_wanted = Signal(object)
    """Lock the window and put a backup in the database's place: carries what the restore page decided."""
    leaving = Signal()
    """The person logs out or the window locks: what is typed in dialogs is kept now, while the database is open."""
    closing = Signal()
    """The person logs out or the window locks: windows of its own close now."""

    emergency_over = Signal()
    """A unit that was open in an emergency is not any more: windows that may show something of it close now."""
    unfinished = Signal()
    """The lock came before a change that was under way was done: it was broken off, and is not done."""
    live_changed = Signal()
    """The page that is shown began or ended to show a meeting under way."""
    alone = Signal(object)
    """Show this widget and nothing else, for a customer sees the screen; None shows everything again."""

    def __init__(
        self, desk: Desk, around: Surroundings, runner: Runner, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.around = around
        self.runner = runner
        self.aside = runner
        """A second worker for what takes long and must delay no gesture, where the window has one."""
        self.theme = theme
        self.opened = OpenedFiles(opened_files_dir(), QCoreApplication.instance())
        """Copies of files that other programs show; they are gone when the window locks."""
        self.closing.connect(self.opened.wipe)
        self._undo: list[UndoStep] = []
        self.closed = False

    def ask(
        self,
        owner: QObject,
        work: Callable[[Desk], T],
        then: Callable[[T], object],
        *,
        otherwise: Callable[[Exception], bool] | None = None,
        long: bool = False,
    ) -> None:
        """Run a service call off the GUI thread and hand its value to `then`, unless `owner` is gone by then.

        `otherwise` may take a fault by returning True; any other is worded in the bar. What may take `long` runs
        beside the person's gestures, and ends by itself when the window is left.
        """
        self._run(owner, work, then, otherwise=otherwise, runner=self.aside if long else self.runner)

    def _run(
        self, owner: QObject, work: Callable[[Desk], T], then: Callable[[T], object], *,
        otherwise: Callable[[Exception], bool] | None, changing: bool = False, runner: Runner | None = None,
    ) -> None:  # fmt: skip
        desk = self.desk

        def done(result: object) -> None:
            if not self.closed and shiboken6.isValid(owner):
                then(cast(T, result))

        def failed(error: Exception) -> None:
            if self.closed or not shiboken6.isValid(owner):
                if not (self.closed and isinstance(error, KnownError)):
                    note_fault(error)
                if self.closed and changing:
                    self.unfinished.emit()
                return
            if _shuts_out(error) or otherwise is None or not otherwise(error):
                self.report(error)

        (runner or self.runner).start(lambda: work(desk), done=done, failed=failed)

    def act(
        self, owner: QObject, work: Callable[[Desk], T], then: Callable[[T], object] | None = None, *, changed: str,
        said: str = "",
        undo: UndoStep | None = None, otherwise: Callable[[Exception], bool] | None = None,
    ) -> None:  # fmt: skip
        """Run a service call that changes something, then tell every page what kind of thing changed."""

        def finished(result: T) -> None:
            if undo is not None:
                self.remember(undo)
            if then is not None:
                then(result)
            self.changed.emit(changed)
            if said:
                self.told.emit(said)

        self._run(owner, work, finished, otherwise=otherwise, changing=True)

    def report(self, error: Exception) -> None:
        """Word a known fault in the bar; any other is a bug, logged without content and told honestly."""
        if isinstance(error, KnownError):
            told = self.shut_out if _shuts_out(error) else self.troubled
            told.emit(wording(error))
            return
        note_fault(error)
        self.troubled.emit(wording(KnownError("unexpected")))

    @property
    def undo_phrase(self) -> str:
        """What Ångra would take back, or empty."""
        return self._undo[-1].phrase if self._undo else ""

    def remember(self, step: UndoStep) -> None:
        """Add a gesture that can be taken back."""
        self._undo = [*self._undo, step][-DEEPEST_UNDO:]

    def way_back(self, phrase: str, work: Callable[[Desk], object], *, changed: str) -> UndoStep:
        """A step named by `phrase` that runs `work`; the service refuses it when somebody changed the row since."""

        def take_back() -> None:
            self.act(self, work, changed=changed, said=self.tr("Ångrat: {0}").format(phrase))

        return UndoStep(phrase, take_back)

    def forget_undo(self) -> None:
        """Nothing before this can be taken back: minutes were approved."""
        self._undo = []

    def undo(self) -> None:
        """Take back the latest gesture; refused by the service when somebody has changed the row since."""
        if not self._undo:
            return
        self._undo.pop().take_back()
