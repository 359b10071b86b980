"""What is done to the run that is shown: each gesture at the version that the last one left, and each undoable."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.checklist_runs import RunChange
from app.domain.errors import Conflict
from app.services.checklist_runs import take_back
from app.services.desk import Desk
from app.ui.workplace import Workplace

Work = Callable[[Desk, str, int], RunChange]
"""A service, given the run's key and the version it stands at."""
KIND = "checklists"
"""The kind of change that pages are told of."""


class Standing:
    """Which run is shown, and its version; moved on in the worker, so that quick keys do not overtake it."""

    def __init__(self, key: str, version: int) -> None:
        self.key, self.version = key, version


class Gestures(QObject):
    """Runs services on the run that is shown."""

    def __init__(self, owner: QWidget, place: Workplace) -> None:
        super().__init__(owner)
        self._owner, self.place = owner, place
        self.standing: Standing | None = None

    def stand(self, key: str, version: int) -> None:
        """Another run is shown, or the same one read anew."""
        if self.standing is None or self.standing.key != key:
            self.standing = Standing(key, version)
        else:
            self.standing.version = max(version, self.standing.version)

    def do(
        self, work: Work, *, phrase: str, said: str = "", then: Callable[[], object] | None = None,
        otherwise: Callable[[Exception], bool] | None = None, undoable: bool = True,
    ) -> None:  # fmt: skip
        """Do it; `phrase` is what Ångra calls it."""
        standing = self.standing
        if standing is None:
            return

        def run(desk: Desk) -> RunChange:
            change = work(desk, standing.key, standing.version)
            standing.version = change.version
            return change

        def done(change: RunChange) -> None:
            if undoable and change.was != change.left:
                back = self.place.way_back(phrase, lambda desk: take_back(desk, change=change), changed=KIND)
                self.place.remember(back)
            if then is not None:
                then()

        def failed(error: Exception) -> bool:
            if isinstance(error, Conflict):
                self.place.changed.emit(KIND)  # so that the next key meets the run as it is
            return otherwise(error) if otherwise is not None else False

        self.place.act(self._owner, run, done, changed=KIND, said=said, otherwise=failed)
