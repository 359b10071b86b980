"""The first run: the unit, the person and her password, and the recovery key that is typed back once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.domain.catalogue import Setting
from app.domain.errors import AccessDenied, KnownError
from app.domain.file_names import file_stem
from app.domain.keys import key_from
from app.domain.wording import wording
from app.faultlog import note_fault
from app.paths import user_data_dir
from app.services.access import Surroundings, check_location, create_database
from app.services.envelope import confirm_recovery_key
from app.ui.access.login import enter_goes_on, password_field
from app.ui.operations import Runner
from app.ui.theme import GRID, Theme
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import choice, chosen, field, line
from app.ui.widgets.texts import ShownText
from app.ui.workplace import Workplace

if TYPE_CHECKING:
    from app.services.access import NewDatabase


class Wizard(QWidget):
    """Three short steps; the database is made after the second."""

    opened = Signal()
    """The database is made and open, and its key on the screen: it is watched over from now on."""
    finished = Signal(object)
    """The workplace of the enhetschef whose database was made."""
    left = Signal()
    restore_wanted = Signal()

    def __init__(
        self, database: Path | None, *, around: Callable[[], Surroundings], runner: Runner, theme: Theme
    ) -> None:
        super().__init__()
        self._database = database
        self._around, self._runner, self._theme = around, runner, theme
        self._place: Workplace | None = None
        self._key = ""
        self._title = label(self.tr("Välkommen till Teamforum"), role="title", wrap=True)
        self._step = label(role="muted")
        self._fault = label(role="overdue", wrap=True)
        self._busy = label(self.tr("Skapar databasen …"), role="muted")
        self._busy.hide()
        self._standing: QWidget | None = None
        self._steps = QStackedWidget()
        for step in (self._unit_step(), self._person_step(), self._key_step()):
            self._steps.addWidget(step)
        self._next = button(self.tr("Fortsätt"), self.go_on, kind="primary")
        self._back = button(self.tr("Tillbaka"), self._go_back)
        self._leave = button(self.tr("Avbryt"), self.left.emit)
        self.setLayout(
            column(
                self._title, self._step, GRID, self._steps, self._fault, self._busy,
                row(self._next, self._back, self._leave, None),
            )
        )  # fmt: skip
        enter_goes_on((self.unit_name,), self.go_on)
        enter_goes_on((self.full_name, self.user, self.password, self.again), self.go_on)
        enter_goes_on((self.typed_key,), self.go_on)
        self._show(0)

    @property
    def unconfirmed(self) -> Workplace | None:
        """The workplace of a database that was made and whose key is on the screen, not typed back yet."""
        return self._place

    def forget(self) -> None:
        """Show nothing of the key any more: the window locks."""
        self._place = None
        self._drop_key()

    def _drop_key(self) -> None:
        self.shown_key.clear()
        self.typed_key.clear()
        self._key = ""

    def can_leave(self, can: bool) -> None:
        """Offer a way back to the log-in where there is one."""
        self._leave.setVisible(can)

    def _unit_step(self) -> QWidget:
        self.unit_name = line(placeholder=self.tr("t.ex. Solgården"))
        settings = [(setting.value, setting.label) for setting in Setting if setting is not Setting.LEDNING]
        self.setting = choice(settings)
        self._where = label(role="muted", wrap=True)
        self._tell_where()
        about = label(self.tr("Vilken enhet leder du? Fler enheter kan läggas till sedan."), wrap=True)
        return box(
            column(
                about,
                field(self.tr("Enhetens namn"), self.unit_name),
                field(self.tr("Verksamhetsform"), self.setting),
                self._where,
                row(button(self.tr("Lägg databasen någon annanstans …"), self._choose, kind="quiet"), None),
                row(button(self.tr("Återställ från säkerhetskopia …"), self.restore_wanted.emit, kind="quiet"), None),
                None,
            )
        )

    def _person_step(self) -> QWidget:
        self.full_name, self.user = line(placeholder=self.tr("För- och efternamn")), line()
        self.full_name.textEdited.connect(self._suggest_user)
        self.password, self.again = password_field(), password_field()
        return box(
            column(
                field(self.tr("Ditt namn"), self.full_name),
                field(self.tr("Användarnamn"), self.user),
                field(
                    self.tr("Lösenord"),
                    self.password,
                    hint=self.tr("Minst 12 tecken. Flera ord efter varandra är lätta att minnas och svåra att gissa."),
                ),
                field(self.tr("Samma lösenord igen"), self.again),
                None,
            )
        )

    def _key_step(self) -> QWidget:
        about = label(
            self.tr(
                "Det här är återställningsnyckeln. Den är enda vägen in om alla glömt sina lösenord, och den visas "
                "bara nu. Skriv ut den, lägg den i ett förseglat kuvert och lås in det."
            ),
            wrap=True,
        )
        self.shown_key = ShownText()
        self.typed_key = line(watched=False)
        self._print = button(self.tr("Skriv ut nyckeln …"), self._print_key, icon_name="printer")
        return box(
            column(
                about,
                field(self.tr("Återställningsnyckel"), self.shown_key),
                row(self._print, None),
                field(
                    self.tr("Skriv av nyckeln från papperet"),
                    self.typed_key,
                    hint=self.tr("Det visar att den går att läsa. Stora och små bokstäver spelar ingen roll."),
                ),
                None,
            )
        )

    def _show(self, number: int) -> None:
        self._steps.setCurrentIndex(number)
        texts = (
            self.tr("Steg 1 av 3: enheten"),
            self.tr("Steg 2 av 3: du"),
            self.tr("Steg 3 av 3: återställningsnyckeln"),
        )
        self._step.setText(texts[number])
        self._fault.hide()
        self._back.setVisible(number == 1)
        names = (self.tr("Fortsätt"), self.tr("Skapa databasen"), self.tr("Börja använda Teamforum"))
        self._next.setText(names[number])
        self._next.setAccessibleName(names[number])
        (self.unit_name, self.full_name, self.typed_key)[number].setFocus()
        if number:
            self._leave.hide()

    def _go_back(self) -> None:
        self._show(0)

    def go_on(self) -> None:
        """Check this step and go to the next."""
        if not self._next.isEnabled():
            return
        self._fault.hide()
        number = self._steps.currentIndex()
        if number == 0:
            self._go_to_person()
        elif number == 1:
            self._create()
        else:
            self._finish()

    def _go_to_person(self) -> None:
        if not self.unit_name.text().strip():
            self._refuse(self.tr("Skriv enhetens namn."))
            return
        path = self._path()
        self._set_busy(True)
        self._runner.start(
            lambda: check_location(path), done=lambda _: self._go_on_to_person(), failed=self._not_created
        )

    def _go_on_to_person(self) -> None:
        self._set_busy(False)
        self._show(1)

    def _suggest_user(self, name: str) -> None:
        first = name.split(maxsplit=1)[0] if name.split() else ""
        if not self.user.isModified():
            self.user.setText(key_from(first, fallback="") if first else "")

    def _create(self) -> None:
        if self.password.text() != self.again.text():
            self._refuse(self.tr("Lösenorden är olika. Skriv samma två gånger."))
            return
        around, path = self._around, self._path()
        unit, setting = self.unit_name.text(), Setting(chosen(self.setting))
        user, name, password = self.user.text(), self.full_name.text(), self.password.text()

        def work() -> tuple[Surroundings, NewDatabase]:
            given = around()
            return given, create_database(
                given, path, unit_name=unit, setting=setting, user=user, full_name=name, password=password
            )

        self._set_busy(True)
        self._busy.show()
        self._runner.start(work, done=self._created, failed=self._not_created)

    def _set_busy(self, busy: bool) -> None:
        """Take nothing more while something is done; the keyboard stands afterwards where it stood."""
        if busy:
            self._standing = self.focusWidget()
        for part in (self._steps, self._next, self._back):
            part.setEnabled(not busy)
        if not busy:
            self._busy.hide()
            if self._standing is not None:
                self._standing.setFocus()

    def _created(self, result: object) -> None:
        given, made = result  # type: ignore[misc]  # what `work` above returns
        self._set_busy(False)
        self.password.clear()
        self.again.clear()
        self._place = Workplace(made.desk, given, self._runner, self._theme, self.window())  # type: ignore[has-type]
        self._key = made.recovery_key  # type: ignore[has-type]
        self.shown_key.setText(self._key)
        self._show(2)
        self.opened.emit()

    def _not_created(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, KnownError):
            note_fault(error)
            error = KnownError("unexpected")
        self._refuse(wording(error))

    def _print_key(self) -> None:
        from app.ui.papers.preview import open_preview  # noqa: PLC0415 - seldom used

        if self._place is None:
            return
        key, unit = self._key, self.unit_name.text().strip()

        def draw(_desk: object) -> bytes:
            import io  # noqa: PLC0415

            from app.reports import recovery_key  # noqa: PLC0415

            out = io.BytesIO()
            recovery_key.draw(key, unit, out)
            return out.getvalue()

        open_preview(
            self, self._place, title=self.tr("Återställningsnyckel"), file_name="aterstallningsnyckel.pdf", make=draw
        )

    def _finish(self) -> None:
        if self._place is None:
            return
        place, typed = self._place, self.typed_key.text()
        place.ask(
            self, lambda desk: confirm_recovery_key(desk, typed=typed), lambda _: self._confirmed(place),
            otherwise=self._not_confirmed,
        )  # fmt: skip

    def _confirmed(self, place: Workplace) -> None:
        self.forget()
        self.finished.emit(place)

    def _not_confirmed(self, error: Exception) -> bool:
        known = error if isinstance(error, KnownError) else KnownError("unexpected")
        if known is not error:
            note_fault(error)
        wrong = isinstance(known, AccessDenied)
        self._refuse(wording(KnownError("recovery_key_mistyped") if wrong else known))
        return True

    def _refuse(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.show()

    def _path(self) -> Path:
        return self._database or user_data_dir() / f"{file_stem(self.unit_name.text(), fallback='teamforum')}.tfdb"

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Var ska databasen ligga?"), str(self._path()), self.tr("Teamforums databaser (*.tfdb)")
        )
        if name:
            self._database = Path(name).with_suffix(".tfdb")
            self._tell_where()
            self._fault.hide()

    def _tell_where(self) -> None:
        where = str(self._database) if self._database else str(user_data_dir())
        self._where.setText(self.tr("Databasen krypteras och läggs i {0}").format(where))
