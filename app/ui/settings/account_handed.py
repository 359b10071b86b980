"""What is handed over: the first passwords of accounts just made or reset, on paper; they are kept nowhere else."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.accounts import Slip
from app.domain.swedish import long_date
from app.services.desk import Desk
from app.ui.papers.preview import open_preview
from app.ui.settings.forum_fields import check
from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.flow import Flow
from app.ui.widgets.messages import Question
from app.ui.widgets.texts import ShownText
from app.ui.workplace import Workplace


class HandedOver(QWidget):
    """Shown once, until it is left: print the slips, or read them out."""

    def __init__(self, place: Workplace, on_leave: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("body")
        self._place, self._on_leave = place, on_leave
        self.slips: tuple[Slip, ...] = ()
        self._taken = False
        """Whether they were printed or shown, so that somebody can have them."""
        self.title = label(role="heading", wrap=True)
        about = label(
            self.tr(
                "Lösenorden finns bara här, tills du trycker Klar eller fönstret låses. Skriv ut lapparna och lämna "
                "dem i handen. Var och en väljer ett eget lösenord vid första inloggningen."
            ),
            wrap=True,
        )
        self.print_button = button(self.tr("Skriv ut lapparna …"), self.print_out, kind="primary", icon_name="printer")
        self.leave_button = button(self.tr("Klar"), self.ask_leave)
        self.seen = check(self.tr("Visa lösenorden här"))
        self.shown = ShownText(most=16)
        self.shown.setAccessibleName(self.tr("Lösenord att lämna över"))
        self.shown.hide()
        self.seen.toggled.connect(self._show_passwords)
        inside = column(
            self.title, about, box(Flow(self.print_button, self.leave_button)), self.seen, self.shown, None, space=12
        )
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)

    def show_slips(self, slips: Sequence[Slip]) -> None:
        """Show what is to be handed over now."""
        self.slips = tuple(slips)
        self._taken = False
        first = self.slips[0]
        self.title.setText(
            self.tr("Lösenord till {0}").format(first.full_name)
            if len(slips) == 1
            else self.tr("Lösenord till {0} personer").format(len(slips))
        )
        self.seen.setChecked(False)
        self.print_button.setFocus()

    def _show_passwords(self, seen: bool) -> None:
        lines = [f"{one.full_name}\n{one.user}\n{one.password}" for one in self.slips] if seen else []
        self.shown.setText("\n\n".join(lines))
        self.shown.setVisible(seen)
        if seen:
            self._take()

    def _take(self) -> None:
        self._taken = True

    def print_out(self) -> None:
        """Show the slips' paper, to print it; it cannot be saved as a file."""
        slips = self.slips
        preview = open_preview(
            self, self._place, title=self.tr("Lappar att lämna över"), file_name="lappar.pdf", savable=False,
            make=lambda desk: _paper(desk, slips),
        )  # fmt: skip
        preview.printed.connect(self._take)

    def ask_leave(self) -> None:
        """Forget the passwords; where nobody can have them yet, ask first."""
        if self._taken:
            self.leave()
            return
        about = self.tr("Lapparna är inte utskrivna, och lösenorden går inte att få fram igen. ")
        then = self.tr("Utan dem kan ingen logga in, och du får göra nya lösenord.")
        if len(self.slips) == 1:
            about = self.tr("Lappen är inte utskriven, och lösenordet går inte att få fram igen. ")
            then = self.tr("Utan det kan {0} inte logga in, och du får göra ett nytt.").format(self.slips[0].full_name)
        self.question = Question(
            self, self.tr("Lämna utan att skriva ut?"), about + then, accept=self.tr("Lämna ändå"), danger=True
        )
        self.question.accepted.connect(self.leave)
        self._place.closing.connect(self.question.reject)
        self.question.open()

    def leave(self) -> None:
        """Forget the passwords."""
        self.slips = ()
        self._show_passwords(False)
        self.title.clear()
        self._on_leave()


def _paper(desk: Desk, slips: Sequence[Slip]) -> bytes:
    from app.reports import account_slips  # noqa: PLC0415 - the PDF library is loaded when something is drawn

    out = io.BytesIO()
    account_slips.draw(slips, made_on=long_date(desk.today), out=out)
    return out.getvalue()
