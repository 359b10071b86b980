"""Section Säkerhet: one's own password, a new recovery key, and when the window locks by itself."""

from __future__ import annotations

import io

from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from app.domain.errors import AccessDenied, KnownError
from app.domain.idle import LONGEST as LONGEST_IDLE
from app.domain.idle import SHORTEST as SHORTEST_IDLE
from app.domain.idle import USUAL
from app.domain.passwords import SHORTEST
from app.domain.roles import Right
from app.domain.wording import wording
from app.services.access import change_password, issue_recovery_key
from app.services.desk import Desk
from app.services.envelope import confirm_recovery_key
from app.services.preferences import get_preference, set_preference
from app.services.units import list_units
from app.ui.papers.preview import open_preview
from app.ui.recovery_card import read_key_waits
from app.ui.settings.live_minutes import LiveMinutes
from app.ui.settings.section import Number, Section
from app.ui.widgets.controls import box, button, card, column, label, row, scrolled, set_role
from app.ui.widgets.fields import field, line
from app.ui.widgets.flow import Flow
from app.ui.widgets.messages import Question
from app.ui.widgets.texts import ShownText
from app.ui.workplace import Workplace


class SecuritySection(Section):
    """Three cards; the one with the recovery key only for those who look after the accounts of every unit."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Säkerhet"))
        self._cards = inside = column(self._password_card(), self._lock_card(), space=16)
        if place.desk.may(Right.MANAGE_ACCOUNTS):
            self._key = self._key_card() if place.desk.actor.units is None else self._key_elsewhere()
            inside.addWidget(self._key)
        inside.addStretch(1)
        inside.setContentsMargins(0, 0, 14, 0)
        self.body.addWidget(scrolled(box(inside), name=self.tr("Säkerhet")), 1)

    def refresh(self) -> None:
        """Read when the window locks."""

        def work(desk: Desk) -> int:
            found = get_preference(desk, name="idle_minutes", default=USUAL)
            return int(found) if isinstance(found, int | float) else USUAL

        self.place.ask(self, work, self._show_minutes)
        if self.live is not None:
            self.live.refresh()
        self.place.ask(self, read_key_waits, self._tell_waiting)

    def _tell_waiting(self, waits: bool) -> None:
        if waits:
            self._cards.insertWidget(0, self._key)  # what is missing comes first
        if waits and not self.shown_key.text():
            self._tell_key(
                self.tr("Ingen har bekräftat återställningsnyckeln. Skapa en ny och skriv av den från papperet."),
                "overdue",
            )

    def _show_minutes(self, minutes: int) -> None:
        if not self.minutes.hasFocus():
            self.minutes.blockSignals(True)
            self.minutes.setValue(minutes)
            self.minutes.blockSignals(False)

    def _password_card(self) -> QFrame:
        self.old, self.new, self.again = secret_line(), secret_line(), secret_line()
        self.password_fault = label(role="overdue", wrap=True)
        self.password_fault.hide()
        self.change_button = button(self.tr("Byt lösenord"), self.change)
        for one in (self.old, self.new, self.again):
            one.setMaximumWidth(420)
            one.returnPressed.connect(self.change)
        return card(
            label(self.tr("Ditt lösenord"), role="label"),
            field(self.tr("Nuvarande lösenord"), self.old),
            field(self.tr("Nytt lösenord"), self.new, hint=password_rules(self)),
            field(self.tr("Nytt lösenord igen"), self.again),
            self.password_fault,
            row(self.change_button, None),
        )

    def change(self) -> None:
        """Change the password to what is typed twice."""
        old, new = self.old.text(), self.new.text()
        if new != self.again.text():
            self._refuse_password(self.tr("De två nya lösenorden är olika. Skriv samma två gånger."))
            return
        around = self.place.around
        self.change_button.setEnabled(False)
        self.place.act(
            self, lambda desk: change_password(desk, around, old=old, new=new), lambda _: self._changed(),
            changed="accounts", said=self.tr("Lösenordet är bytt. Använd det nya nästa gång du loggar in."),
            otherwise=self._password_refused,
        )  # fmt: skip

    def _changed(self) -> None:
        self.change_button.setEnabled(True)
        self.password_fault.hide()
        for one in (self.old, self.new, self.again):
            one.clear()

    def _password_refused(self, error: Exception) -> bool:
        self.change_button.setEnabled(True)
        if not isinstance(error, KnownError):
            return False
        wrong = error.code == "wrong_password"
        self._refuse_password(self.tr("Det nuvarande lösenordet stämmer inte.") if wrong else wording(error))
        return True

    def _refuse_password(self, sentence: str) -> None:
        self.password_fault.setText(sentence)
        self.password_fault.show()

    def _lock_card(self) -> QFrame:
        self.minutes = Number(SHORTEST_IDLE, LONGEST_IDLE, suffix=self.tr(" minuter"), one=self.tr(" minut"))
        self.minutes.setKeyboardTracking(False)
        self.minutes.valueChanged.connect(self._keep_minutes)
        parts: list[QWidget] = [
            label(self.tr("Låsning"), role="label"),
            field(
                self.tr("Lås fönstret när ingen har rört det på"), self.minutes,
                hint=self.tr("Ctrl+L låser genast. Det du har skrivit är kvar när du loggar in igen."),
            ),
        ]  # fmt: skip
        self.live = LiveMinutes(self.place) if self.place.desk.may(Right.MANAGE_ACCOUNTS) else None
        return card(*parts, *([self.live] if self.live is not None else []))

    def _keep_minutes(self, minutes: int) -> None:
        self.place.act(
            self, lambda desk: set_preference(desk, name="idle_minutes", value=minutes), changed="preferences",
            said=self.tr("Fönstret låses efter {0} minuter.").format(minutes),
        )  # fmt: skip

    def _key_card(self) -> QFrame:
        self.issue_button = button(self.tr("Skapa ny återställningsnyckel …"), self.ask_issue, icon_name="key-round")
        self.shown_key = ShownText()
        self.typed_key = line(longest=200, watched=False)
        self.typed_key.returnPressed.connect(self.check)
        self.key_state = label(role="muted", wrap=True)
        self.key_state.hide()
        self.print_button = button(self.tr("Skriv ut nyckeln …"), self.print_key, icon_name="printer")
        self.check_button = button(self.tr("Kontrollera"), self.check)
        self.key_part = box(
            column(
                field(self.tr("Den nya nyckeln, som bara visas nu"), self.shown_key), row(self.print_button, None),
                field(self.tr("Skriv av nyckeln från papperet"), self.typed_key), box(Flow(self.check_button)),
                space=12,
            )
        )  # fmt: skip
        self.key_part.hide()
        return card(*self._key_words(), row(self.issue_button, None), self.key_part, self.key_state)

    def _key_words(self) -> tuple[QWidget, QWidget]:
        about = self.tr(
            "Nyckeln på papper är enda vägen in om alla har glömt sina lösenord. Skapa en ny om kuvertet är brutet "
            "eller borta."
        )
        return label(self.tr("Återställningsnyckel"), role="label"), label(about, role="muted", wrap=True)

    def _key_elsewhere(self) -> QFrame:
        """For an account of some units: what the key is, and who has it."""
        return card(*self._key_words(), label(wording(KnownError("recovery_key_every_unit")), role="muted", wrap=True))

    def ask_issue(self) -> None:
        """Tell what a new key means before it is made."""
        self.question = Question(
            self, self.tr("Skapa ny återställningsnyckel?"),
            self.tr("Den gamla nyckeln slutar gälla direkt. Ha skrivaren redo: den nya visas bara en gång."),
            accept=self.tr("Skapa ny nyckel"),
        )  # fmt: skip
        self.question.accepted.connect(self.issue)
        self.question.open()

    def issue(self) -> None:
        """Make the key and show it."""
        self.place.act(self, issue_recovery_key, self._show_key, changed="recovery_key")

    def _show_key(self, key: str) -> None:
        self.shown_key.setText(key)
        self.typed_key.clear()
        self.key_state.hide()
        self.key_part.show()
        self.issue_button.setEnabled(False)
        self.print_button.setFocus()

    def print_key(self) -> None:
        """Show the key's paper, to print it."""
        key = self.shown_key.text()
        open_preview(
            self, self.place, title=self.tr("Återställningsnyckel"), file_name="aterstallningsnyckel.pdf",
            make=lambda desk: _key_paper(desk, key),
        )  # fmt: skip

    def check(self) -> None:
        """Hold what was typed from the paper against the key; when it fits, the key is not shown any more."""
        typed = self.typed_key.text()
        self.place.act(
            self, lambda desk: confirm_recovery_key(desk, typed=typed), lambda _: self._confirmed(),
            changed="recovery_key", otherwise=self._not_confirmed,
        )  # fmt: skip

    def _not_confirmed(self, error: Exception) -> bool:
        if not isinstance(error, AccessDenied):
            return False
        self._tell_key(self.tr("Det stämmer inte. Jämför med papperet, tecken för tecken."), "overdue")
        return True

    def _confirmed(self) -> None:
        self.shown_key.clear()
        self.typed_key.clear()
        self.key_part.hide()
        self.issue_button.setEnabled(True)
        self._tell_key(self.tr("Nyckeln på papperet stämmer. Lägg det i ett förseglat kuvert och lås in det."), "ok")

    def _tell_key(self, sentence: str, role: str) -> None:
        self.key_state.setText(sentence)
        set_role(self.key_state, role)
        self.key_state.show()


def secret_line() -> QLineEdit:
    """A line that shows dots."""
    made = line(longest=200, watched=False)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def password_rules(owner: Section) -> str:
    """What a password must be, in plain words."""
    return owner.tr(
        "Minst {0} tecken. Flera ord efter varandra är lätta att minnas. Inte ett av de vanligaste lösenorden, och "
        "inte ett namn på dig eller enheten."
    ).format(SHORTEST)


def _key_paper(desk: Desk, key: str) -> bytes:
    from app.reports import recovery_key  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    names = [one.value.name for one in list_units(desk)]
    out = io.BytesIO()
    recovery_key.draw(key, names[0] if names else "Teamforum", out)
    return out.getvalue()
