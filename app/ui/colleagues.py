"""What others change while this window is open, where several share a database: pages follow, lost contact is said."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Following
from app.services.changes import follow_changes
from app.services.desk import Desk
from app.ui.workplace import Workplace


class Colleagues(QObject):
    """Listens from log-in until the window locks; what is told in the listener's thread comes out on this one."""

    changed = Signal(frozenset)
    """The kinds of what somebody else changed."""
    contact = Signal(bool)
    """The server was lost, or is back."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._place = place
        self._following: Following | None = None
        self._stopped = False
        self.changed.connect(self._tell_pages)
        self.contact.connect(self._tell_contact)
        place.closing.connect(self.stop)

    def start(self) -> None:
        """Begin to listen, off the GUI thread: the server is asked for a connection."""
        self._place.ask(self, self._follow, lambda _: None)

    def _follow(self, desk: Desk) -> None:
        self._following = follow_changes(desk, on_change=self.changed.emit, on_contact=self.contact.emit)
        if self._stopped:  # the window was locked meanwhile
            self.stop()

    def stop(self) -> None:
        """Stop listening."""
        self._stopped = True
        if self._following is not None:
            self._following.stop()
            self._following = None

    def _tell_pages(self, kinds: frozenset[str]) -> None:
        if not self._place.closed:
            for kind in sorted(kinds):
                self._place.changed_elsewhere.emit(kind)

    def _tell_contact(self, there: bool) -> None:
        if self._place.closed:
            return
        if there:
            self._place.back.emit()
            self._place.told.emit(self.tr("Kontakten med servern är tillbaka."))
        else:
            self._place.troubled.emit(
                self.tr("Kontakten med servern är bruten. Det du har skrivit är kvar och sparas när den är tillbaka.")
            )
