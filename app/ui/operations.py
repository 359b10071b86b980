"""Work off the GUI thread: one worker, so that gestures reach the database in order; results come back by signal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QRunnable, QThreadPool, Signal, Slot

Work = Callable[[], object]
Done = Callable[[object], None]
Failed = Callable[[Exception], None]


class Runner(Protocol):
    """Runs work somewhere and hands its result, or its error, to the GUI thread."""

    def start(self, work: Work, *, done: Done, failed: Failed) -> None:
        """Run `work`, then call `done` with its value or `failed` with its error."""

    def wait(self) -> None:
        """Return once nothing is under way."""

    def turn_aside(self) -> bool:
        """Let what is started from now on not wait for what is under way; whether anything was."""


class BrokenOff(RuntimeError):
    """Work that was stopped from inside by something that is no ordinary error."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(type(cause).__name__)
        self.__cause__ = cause


class _Messenger(QObject):
    done = Signal(object)
    failed = Signal(object)


class _Job(QRunnable):
    def __init__(self, work: Work) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.messenger = _Messenger()
        self._work = work

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001 - carried to the GUI thread, which words or logs it
            self.messenger.failed.emit(error)
        except BaseException as error:  # noqa: BLE001 - nobody would ever be told that the work is over
            self.messenger.failed.emit(BrokenOff(error))
        else:
            self.messenger.done.emit(result)


class ThreadRunner(QObject):
    """One worker thread; a second one only while the window locks and the first is still busy."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = self._new_pool()
        self._left_behind: list[QThreadPool] = []
        self._under_way: dict[_Messenger, tuple[_Job, Done, Failed]] = {}

    def _new_pool(self) -> QThreadPool:
        made = QThreadPool(self)
        made.setMaxThreadCount(1)
        made.setExpiryTimeout(-1)
        return made

    @property
    def busy(self) -> bool:
        """Whether anything is under way or waiting for its turn."""
        return bool(self._under_way)

    def start(self, work: Work, *, done: Done, failed: Failed) -> None:
        """Queue `work`; `done` or `failed` is called on this thread."""
        job = _Job(work)
        self._under_way[job.messenger] = (job, done, failed)
        job.messenger.done.connect(self._finish)
        job.messenger.failed.connect(self._fail)
        self._pool.start(job)

    def turn_aside(self) -> bool:
        """Go on in a fresh thread; what is under way ends by itself in the old one."""
        for pool in [one for one in self._left_behind if not one.activeThreadCount()]:
            self._left_behind.remove(pool)
            pool.deleteLater()
        if not self.busy:
            return False
        self._left_behind.append(self._pool)
        self._pool = self._new_pool()
        return True

    def wait(self) -> None:
        """Wait until everything queued is done and its results are handed over."""
        while self._under_way:
            for pool in (*self._left_behind, self._pool):
                pool.waitForDone(20)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    @Slot(object)
    def _finish(self, result: object) -> None:
        _, done, _ = self._under_way.pop(self._sender())
        done(result)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        _, _, failed = self._under_way.pop(self._sender())
        failed(error)

    def _sender(self) -> _Messenger:
        found = self.sender()
        assert isinstance(found, _Messenger)  # noqa: S101 - only messengers are connected
        return found


class DirectRunner:
    """Runs work at once on the calling thread: for tests and pictures."""

    busy = False

    def start(self, work: Work, *, done: Done, failed: Failed) -> None:
        """Run `work` now."""
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - handed on as the threaded one does
            failed(error)
        else:
            done(result)

    def wait(self) -> None:
        """Nothing is ever under way."""

    def turn_aside(self) -> bool:
        """Nothing is ever under way."""
        return False


def beside(runner: Runner, parent: QObject) -> Runner:
    """A second worker for what must never delay a gesture; the same one where work runs at once."""
    return ThreadRunner(parent) if isinstance(runner, ThreadRunner) else runner
