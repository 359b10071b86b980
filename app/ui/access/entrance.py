"""The way in: log-in for a database that exists, the first-run wizard where there is none, and the recovery key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.domain.address import Address, is_missing
from app.domain.errors import KnownError
from app.domain.wording import wording
from app.faultlog import note_fault
from app.ui.access.login import LogIn
from app.ui.collecting import leave_the_program_alone
from app.ui.operations import Runner
from app.ui.theme import GRID, Theme
from app.ui.widgets.controls import card, row, scrolled
from app.ui.widgets.messages import MessageBar

if TYPE_CHECKING:
    from app.services.access import Surroundings
    from app.services.desk import Desk
    from app.ui.access.own_password import OwnPassword
    from app.ui.access.rescue_page import RescuePage
    from app.ui.access.restore_page import RestorePage, Wanted
    from app.ui.access.wizard import Wizard
    from app.ui.workplace import Workplace

_WIDTH = 520


class Entrance(QWidget):
    """Everything that is seen while nobody is logged in."""

    entered = Signal(object)
    """Somebody is in; carries her workplace."""
    opened = Signal()
    """A database was made and is open, its recovery key on the screen."""

    def __init__(
        self, database: Address, *, user: str, around: Callable[[], Surroundings], runner: Runner, theme: Theme
    ) -> None:
        super().__init__()
        self.database = database
        self.around = around
        self.runner = runner
        self.theme = theme
        self.bar = MessageBar()
        self.log_in = LogIn(database, user=user)
        self.log_in.tried.connect(self.try_log_in)
        self.log_in.forgotten.connect(self.show_recovery)
        self.log_in.other_database.connect(self.choose_database)
        self.log_in.new_database.connect(self.show_wizard)
        self.log_in.server.connect(self.show_server)
        self.log_in.restore_wanted.connect(self.show_restore)
        self.restore_page: RestorePage | None = None
        self.rescue_page: RescuePage | None = None
        self._parts = QStackedWidget()
        self._parts.addWidget(self.log_in)
        middle = QWidget()
        frame = card(self._parts, margin=4 * GRID)
        frame.setMaximumWidth(_WIDTH)
        centred = row(None, frame, None)
        centred.setStretch(1, 100)
        inside = QVBoxLayout(middle)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.addStretch(1)
        inside.addLayout(centred)
        inside.addStretch(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.bar)
        whole.addWidget(scrolled(middle, name=self.tr("Logga in")), 1)
        self._new = is_missing(database)
        self.wizard: Wizard | None = None
        self.own_password: OwnPassword | None = None

    def prepare(self) -> None:
        """Load the services off the GUI thread, then offer the users of the database, or the wizard for a first run."""
        path = self.database

        def load() -> tuple[str, ...]:
            from app.services.access import list_users  # noqa: PLC0415

            return () if is_missing(path) else list_users(path)

        self.runner.start(load, done=self._begin, failed=self._say)

    def _begin(self, users: object) -> None:
        leave_the_program_alone()
        if self._new:
            self._new = False
            self.show_wizard()
        else:
            self._offer(users)

    def _offer(self, users: object) -> None:
        if isinstance(users, tuple):
            self.log_in.offer_users([str(user) for user in users])

    def show_log_in(self, *, user: str = "", inviting: bool = False) -> None:
        """Show the log-in, for this user first, or `inviting` anybody with the list of users."""
        self.log_in.reset(self.database, user=user)
        self._show(self.log_in)
        if inviting:
            self.log_in.invite()
        self.prepare_users()

    def prepare_users(self) -> None:
        """Read the names of those who may log in."""
        path = self.database

        def load() -> tuple[str, ...]:
            from app.services.access import list_users  # noqa: PLC0415

            return list_users(path)

        self.runner.start(load, done=self._offer, failed=self._say)

    def show_wizard(self) -> None:
        """Show the first-run wizard."""
        from app.ui.access.wizard import Wizard  # noqa: PLC0415 - seldom seen

        path = self.database if isinstance(self.database, Path) and is_missing(self.database) else None
        wizard = Wizard(path, around=self.around, runner=self.runner, theme=self.theme)
        wizard.opened.connect(self.opened)
        wizard.finished.connect(self._come_in)
        wizard.restore_wanted.connect(self.show_restore)
        wizard.left.connect(lambda: self.show_log_in(user=""))
        wizard.can_leave(not is_missing(self.database))
        self.wizard = wizard
        self._show(wizard)

    @property
    def unconfirmed(self) -> Workplace | None:
        """The workplace of a database just made, while its recovery key is on the screen."""
        return self.wizard.unconfirmed if self.wizard is not None else None

    def leave_key(self) -> None:
        """Take a recovery key that was not typed back off the screen, and say what to do about it."""
        place = self.unconfirmed
        if self.wizard is None or place is None:
            return
        self.wizard.forget()
        self.wizard = None
        self.database = place.desk.store.address
        self.show_log_in(user=place.desk.actor.user)
        self.bar.show_fault(
            self.tr("Återställningsnyckeln är inte bekräftad. Logga in: på sidan Idag får du göra en ny.")
        )

    def show_recovery(self) -> None:
        """Show the page where the recovery key gives a new password."""
        from app.ui.access.recovery import Recovery  # noqa: PLC0415 - seldom seen

        page = Recovery(user=self.log_in.user)
        page.tried.connect(self._recover)
        page.left.connect(lambda: self.show_log_in(user=self.log_in.user))
        self._show(page)

    def show_server(self) -> None:
        """Ask for a database on a server."""
        from app.ui.access.server_page import ServerPage  # noqa: PLC0415 - seldom seen

        page = ServerPage()
        page.chosen.connect(self._use_server)
        page.left.connect(lambda: self.show_log_in(user=self.log_in.user))
        self._show(page)
        page.server.setFocus()

    def _use_server(self, address: Address) -> None:
        self.database = address
        self.show_log_in()

    def show_restore(self, wanted: Wanted | None = None, *, backup: Path | None = None) -> None:
        """Show the way back to a backup; with what is decided already it is done at once."""
        from app.ui.access.restore_page import RestorePage  # noqa: PLC0415 - seldom seen

        page = RestorePage(self.database, user=self.log_in.user, around=self.around, runner=self.runner, backup=backup)
        page.decided.connect(page.begin)
        page.left.connect(self._leave_restore)
        page.rescue_wanted.connect(self.show_rescue)
        if not is_missing(self.database):
            page.offer_rescue()
        self.restore_page = page
        self._show(page)
        if wanted is not None:
            page.begin(wanted)

    def show_rescue(self) -> None:
        """Show the way that reads what can be read of a damaged database."""
        from app.ui.access.rescue_page import RescuePage  # noqa: PLC0415 - seldom seen

        if not isinstance(self.database, Path):
            return
        page = RescuePage(self.database, user=self.log_in.user, around=self.around, runner=self.runner)
        page.accepted.connect(lambda path: self.show_restore(backup=path))
        page.left.connect(lambda: self.show_log_in(user=self.log_in.user))
        self.rescue_page = page
        self._show(page)

    def _leave_restore(self) -> None:
        if is_missing(self.database):
            self.show_wizard()
        else:
            self.show_log_in(user=self.restore_page.user.text().strip() if self.restore_page else "")

    def choose_database(self) -> None:
        """Ask for another database file."""
        folder = self.database.parent if isinstance(self.database, Path) else Path.home()
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Öppna en databas"), str(folder), self.tr("Teamforums databaser (*.tfdb)")
        )
        if name:
            self.database = Path(name)
            self.show_log_in()

    def _show(self, page: QWidget) -> None:
        self.bar.hide()
        self._parts.addWidget(page)
        self._parts.setCurrentWidget(page)
        for number in range(self._parts.count() - 1, -1, -1):
            other = self._parts.widget(number)
            if other is not None and other not in (page, self.log_in):
                self._parts.removeWidget(other)
                other.deleteLater()
        if page is not self.own_password:
            self.own_password = None

    def try_log_in(self, user: str, password: str) -> None:
        """Open the database as this user, off the GUI thread."""
        self.log_in.set_busy(True)

        def refused(error: Exception) -> None:
            if isinstance(error, KnownError) and error.code == "password_handed_over":
                self.show_own_password(user, password)
            else:
                self._refuse(error)

        self._open(user, password, None, refused)

    def show_own_password(self, user: str, handed_over: str) -> None:
        """Ask for a password of her own before anything else is shown."""
        from app.ui.access.own_password import OwnPassword  # noqa: PLC0415 - seen once

        page = OwnPassword(user=user, handed_over=handed_over)
        page.chosen.connect(self._choose_own)
        page.left.connect(lambda: self.show_log_in(user=user))
        self.own_password = page
        self._show(page)
        page.setFocus()

    def _choose_own(self, user: str, handed_over: str, own: str) -> None:
        def refused(error: Exception) -> None:
            page = self.own_password
            if page is None or not isinstance(error, KnownError):
                self.show_log_in(user=user)
                self._say(error)
            else:
                page.refuse(wording(error))

        self._open(user, handed_over, own, refused)

    def _open(self, user: str, password: str, own: str | None, refused: Callable[[Exception], None]) -> None:
        around, path = self.around, self.database

        def work() -> tuple[Surroundings, Desk]:
            from app.services.access import log_in  # noqa: PLC0415

            given = around()
            return given, log_in(given, path, user=user, password=password, own_password=own)

        self.runner.start(work, done=self._let_in, failed=refused)

    def _recover(self, user: str, key: str, password: str) -> None:
        around, path = self.around, self.database

        def work() -> tuple[Surroundings, Desk]:
            from app.services.access import recover  # noqa: PLC0415

            given = around()
            return given, recover(given, path, user=user, typed_key=key, new_password=password)

        self.runner.start(work, done=self._let_in, failed=self._say)

    def _let_in(self, result: object) -> None:
        from app.ui.workplace import Workplace  # noqa: PLC0415

        given, desk = result  # type: ignore[misc]  # what `work` above returns
        self._come_in(Workplace(desk, given, self.runner, self.theme, self))  # type: ignore[has-type]

    def _come_in(self, place: Workplace) -> None:
        self.database = place.desk.store.address
        self.log_in.reset(self.database, user=place.desk.actor.user)
        self._show(self.log_in)
        self.entered.emit(place)

    def _refuse(self, error: Exception) -> None:
        self.log_in.set_busy(False)
        if isinstance(error, KnownError):
            self.log_in.refuse(wording(error))
        else:
            self._say(error)

    def tell_unfinished(self) -> None:
        """Say that something was broken off by the lock; the person must not believe that it was done."""
        self.bar.show_fault(
            self.tr(
                "Något som pågick när fönstret låstes hann inte bli klart och är inte gjort. Gör om det när du har "
                "loggat in."
            )
        )

    def _say(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            note_fault(error)
            error = KnownError("unexpected")
        self.bar.show_fault(wording(error))
