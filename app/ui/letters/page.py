"""Brev: the information letters left, the chosen one right; shown, sent, copied."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from app.domain.letters import Letter, LetterMeeting, LetterRow, LetterStatus
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import clock, short_date
from app.domain.units import Unit
from app.services import letters as services
from app.services.desk import Desk
from app.services.letters import LetterView
from app.services.units import list_units
from app.ui.letters.form import LetterForm
from app.ui.papers.letters import draw_letter, letter_preview
from app.ui.registers.beside import ListBesideDetail
from app.ui.registers.detail import Detail
from app.ui.registers.kept_form import CheckList
from app.ui.registers.register import NEW, Register
from app.ui.registers.register_page import RegisterPage
from app.ui.widgets.controls import button
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.widgets.messages import Question
from app.ui.widgets.pages import Choices, Nothing, Page
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

CHANGED = "letters"
Row = Stored[LetterRow]


class LettersPage(RegisterPage, Page):
    """The letters, latest week first."""

    name = "letters"
    refreshed_by = frozenset({"letters", "units"})
    refreshed_by_others = frozenset({"meetings"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Informationsbrev"))
        self._may = place.desk.may(Right.WRITE_LETTERS)
        self._view: LetterView | None = None
        self.unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self.unit.currentIndexChanged.connect(lambda _: self.refresh())
        self.add_filter(self.unit)
        self.new_button = self.add_button(
            button(self.tr("Nytt brev"), self.begin, kind="primary", icon_name="plus", shortcut="Ctrl+Shift+N")
        )
        self.new_button.setVisible(self._may)
        self.new_button.setEnabled(self._may)
        self.form = LetterForm(place.desk)
        self.form.parts.minutes_wanted.connect(self.ask_minutes)
        self.table = self._table()
        self.detail: Detail[Letter, LetterView] = self._make_detail()
        self.table.opened.connect(lambda _: self.form.show_button.setFocus())
        self._connect_tools()
        beside: ListBesideDetail[Any, Any] = ListBesideDetail(
            cast(Any, self.table), cast(Any, self.detail), key=lambda one: one.key, sizes=(360, 640)
        )
        nothing = Nothing(
            self.tr(
                "Inget brev än. Ett informationsbrev samlar veckans notiser, inbjudningar och anteckningar från möten "
                "i en PDF."
            ),
            self.tr("Nytt brev"), self.begin if self._may else None,
        )  # fmt: skip
        self.choices = Choices(beside, nothing)
        self.body.addWidget(self.choices)
        self.setFocusProxy(self.table)

    @property
    def may_begin(self) -> bool:
        """Whoever writes letters."""
        return self._may

    def _table(self) -> Table[Row]:
        return Table(
            (
                Column(self.tr("Brev"), lambda one: one.value.heading, hover=_about),
                Column(self.tr("Skickat"), lambda one: _sent(one.value), width=110),
                Column(self.tr("Enhet"), lambda one: one.value.unit_name, width=120, drop_below=480),
            ),
            name=self.tr("Informationsbrev"),
        )  # fmt: skip

    def _make_detail(self) -> Detail[Letter, LetterView]:
        register: Register[Letter, LetterView] = Register(
            kind=CHANGED,
            read=lambda desk, key: services.get_letter(desk, key=key),
            stored=lambda found: found.row,
            add=lambda desk, one: services.keep_letter(desk, letter=one, expected_version=None),
            save=lambda desk, one, version: services.keep_letter(desk, letter=one, expected_version=version),
            key=lambda one: one.key,
            title=lambda one: one.heading if one is not None else self.tr("Nytt informationsbrev"),
            show=self._show_letter,
            value=self.form.value,
            fault=self.form.fault,
            delete=lambda desk, key, version: services.remove_letter(desk, key=key, expected_version=version),
            locked=self._locked,
        )
        detail: Detail[Letter, LetterView] = Detail(
            self.place, self.form, register, name=self.tr("Brevet"), may_write=self._may,
            nothing=self.tr("Välj ett brev i listan."),
        )  # fmt: skip
        detail.moved.connect(self._follow)
        return detail

    def _locked(self, letter: Letter) -> str:
        if letter.status is not LetterStatus.SENT or letter.sent_at is None:
            return "" if self._may else self.tr("Enhetschef, legitimerad personal och sekreterare skriver brev.")
        at = f"{short_date(letter.sent_at.date())} {clock(letter.sent_at.time())}"
        return self.tr("Skickat {0}. Brevet är låst.").format(at)

    def _connect_tools(self) -> None:
        gestures = {
            self.form.show_button: self.show_letter, self.form.send_button: self.ask_send,
            self.form.copy_button: self.copy, self.form.remove_button: self.remove,
        }  # fmt: skip
        for made, gesture in gestures.items():
            _let(made, gesture)

    # showing

    def refresh(self) -> None:
        """Read the list anew, and the letter that is shown."""
        unit = chosen(self.unit) or None

        def work(desk: Desk) -> tuple[tuple[Unit, ...], tuple[Row, ...]]:
            rows = tuple(Stored(one, 0) for one in services.list_letters(desk, unit=unit))
            return tuple(one.value for one in list_units(desk)), rows

        self.place.ask(self, work, lambda found: self._show(*found))
        self.detail.reread()

    def _show(self, units: tuple[Unit, ...], rows: tuple[Row, ...]) -> None:
        self.form.offer(units)
        names = [(unit.key, unit.name) for unit in units]
        fill_choice(self.unit, [("", self.tr("Alla enheter")), *names], chosen=chosen(self.unit))
        self.unit.setVisible(len(names) > 1)
        self.table.rows_model.show_rows(rows)
        self.choices.show_content(bool(rows) or bool(chosen(self.unit)) or self.detail.key is not None)
        self.table.stand_on(lambda one: one.value.key == self.detail.key)

    def _show_letter(self, found: LetterView | None) -> None:
        self._view = found
        letter = found.row.value if found is not None else None
        self.form.parts.know(found.meetings if found is not None else ())
        self.form.fill(letter)
        may = self.detail.may_write
        self.form.set_editable(may, self.detail.only_read.text())
        self.form.tools.setVisible(letter is not None)
        self.form.send_button.setVisible(may)
        self.form.remove_button.setVisible(may and letter is not None)
        self.form.copy_button.setVisible(self._may)
        if letter is None:
            self.form.intro.setFocus()
            QTimer.singleShot(0, self, self._propose)

    def _follow(self, key: str) -> None:
        if self.detail.key is None:
            self.table.stand_on(lambda _: False)
        else:
            self.table.stand_on(lambda one: one.value.key == key)

    @property
    def standing(self) -> str:
        """The letter that is shown."""
        return self.detail.key or ""

    # the week before

    def _propose(self) -> None:
        """Put the minutes of the week before in a letter that is begun, unless something stands there already."""
        self._read_offered(self._put_proposed)

    def _put_proposed(self, found: tuple[LetterMeeting, ...]) -> None:
        if self.detail.key == NEW and not self.form.parts.parts:
            self.form.parts.add_minutes([one for one in found if one.proposed])

    def _read_offered(self, then: Any) -> None:
        written, unit = self.form.written_week, chosen(self.form.unit)
        if written is None or not unit or not self._may:
            return
        year, week = written

        def know(found: tuple[LetterMeeting, ...]) -> None:
            self.form.parts.know(found)
            then(found)

        self.place.ask(
            self, lambda desk: services.offered_meetings(desk, unit=unit, year=year, week=week), know
        )  # fmt: skip

    def ask_minutes(self) -> None:
        """Ask which meetings' minutes are to come in."""
        self._read_offered(lambda _: self._ask_minutes())

    def _ask_minutes(self) -> None:
        offered = self.form.parts.offered
        if not offered:
            self.place.told.emit(self.tr("Det finns inga fler justerade anteckningar från de senaste veckorna."))
            return
        meetings = CheckList(self.tr("Möten"))
        meetings.offer([(one.key, f"{one.heading}, {short_date(one.date)}") for one in offered])
        meetings.set_values([one.key for one in offered if one.proposed])
        self.question = Question(
            self, self.tr("Vilka mötens anteckningar ska med?"),
            self.tr("Bara justerade anteckningar kan följa med. Det som rör kunder tas bort."), meetings,
            accept=self.tr("Lägg till"),
        )  # fmt: skip
        self.minutes_list = meetings

        def go() -> None:
            wanted = set(meetings.values())
            self.form.parts.add_minutes([one for one in offered if one.key in wanted])

        self.question.accepted.connect(go)
        self.question.open()

    # what is done to a letter

    def show_letter(self) -> None:
        """Show the letter as it is printed."""
        if self.detail.key and not self.detail.unsaved_first():
            letter_preview(self, self.place, key=self.detail.key)

    def ask_send(self) -> None:
        """Ask before the letter is locked for good."""
        if not self.detail.key or self.detail.unsaved_first():
            return
        self.question = Question(
            self, self.tr("Märka brevet som skickat?"),
            self.tr(
                "Brevet låses och sparas precis som det är nu. Det går inte att ångra. Skriv ut det eller spara det "
                "som PDF med Visa brevet."
            ),
            accept=self.tr("Märk som skickat"), danger=True,
        )  # fmt: skip
        self.question.accepted.connect(self.send)
        self.question.open()

    def send(self) -> None:
        """Keep the letter as it went out."""
        key, version = self.detail.key, self.detail.version
        if not key:
            return

        def work(desk: Desk) -> Stored[Letter]:
            pdf = draw_letter(desk, key=key).data
            return services.send_letter(desk, key=key, expected_version=version, pdf=pdf)

        said = self.tr("Brevet är märkt som skickat och sparat.")
        self.place.act(self, work, lambda _: self._sent(), changed=CHANGED, said=said)

    def _sent(self) -> None:
        self.place.forget_undo()
        self.detail.reread()

    def copy(self) -> None:
        """Begin a letter of this week with what was typed in this one."""
        key = self.detail.key
        if not key or self.detail.unsaved_first():
            return

        def done(made: Stored[Letter]) -> None:
            back = self.place.way_back(
                self.tr("Kopiera brevet"), lambda desk: services.remove_letter(
                    desk, key=made.value.key, expected_version=made.version
                ), changed=CHANGED,
            )  # fmt: skip
            self.place.remember(back)
            self.detail.go(made.value.key)

        self.place.act(
            self, lambda desk: services.copy_letter(desk, key=key), done, changed=CHANGED,
            said=self.tr("Ett nytt brev är påbörjat. Lägg till veckans mötesanteckningar."),
        )  # fmt: skip

    def remove(self) -> None:
        """Take away a letter that was not sent; Ctrl+Z brings it back."""
        letter, version = self.detail.value, self.detail.version
        if letter is None or self.detail.unsaved_first():
            return
        back = self.place.way_back(
            self.tr("Ta bort {0}").format(letter.heading),
            lambda desk: services.keep_letter(desk, letter=letter, expected_version=None), changed=CHANGED,
        )  # fmt: skip
        self.place.act(
            self, lambda desk: services.remove_letter(desk, key=letter.key, expected_version=version),
            lambda _: self.detail.clear(), changed=CHANGED, undo=back, said=self.tr("Brevet är borttaget."),
        )  # fmt: skip


def _let(made: QPushButton, gesture: Any) -> None:
    made.clicked.connect(lambda _checked=False: gesture())


def _sent(one: LetterRow) -> str:
    return short_date(one.sent_at.date()) if one.sent_at else one.status.label


def _about(one: Row) -> str:
    return f"{one.value.heading}, {one.value.year}\n{one.value.unit_name}"
