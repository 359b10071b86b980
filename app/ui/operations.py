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
    """One worker thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._under_way: dict[_Messenger, tuple[_Job, Done, Failed]] = {}

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

    def wait(self) -> None:
        """Wait until everything queued is done and its results are handed over."""
        while self._under_way:
            self._pool.waitForDone(20)
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
