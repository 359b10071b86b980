"""Gallring: what has been kept its whole time, kind by kind, what stays of it and why, and the proposal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.disposal import DueKind, DueRecord
from app.domain.errors import KnownError
from app.domain.swedish import plain_date
from app.domain.wording import wording
from app.ui.widgets.controls import box, button, card, column, empty, label, row
from app.ui.widgets.fields import line
from app.ui.widgets.messages import Question

_FIRST = 12
Keep = Callable[[str, str, str], object]
"""Called with kind, key and reason of a new hold."""


class DueCard(QFrame):
    """The list of what would go, with the button that proposes it."""

    def __init__(self, *, on_propose: Callable[[], object], on_keep: Keep) -> None:
        super().__init__()
        self._on_keep = on_keep
        self.kinds: tuple[DueKind, ...] = ()
        self.summary = label(wrap=True)
        self.summary.setAccessibleName(self.tr("Det som har sparats sin tid"))
        self.propose_button = button(self.tr("Föreslå gallring …"), on_propose, kind="primary", icon_name="archive")
        self.hindrance = label(role="due", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.setLayout(
            column(
                card(
                    label(self.tr("Det som har sparats sin tid"), role="label"), self.summary, box(self._list),
                    self.hindrance, row(self.propose_button, None),
                )
            )
        )  # fmt: skip

    def show_kinds(self, kinds: Sequence[DueKind], *, waiting: bool, why_not: KnownError | None) -> None:
        """Show what is due; while a proposal waits no other can be made, nor by one whom something keeps from it."""
        self.kinds = tuple(kinds)
        going = sum(len(one.going) for one in kinds)
        staying = sum(len(one.staying) for one in kinds)
        empty(self._list)
        for one in kinds:
            if one.going or one.staying:
                self._list.addWidget(_KindList(one, self._ask_keep))
        if not going and not staying:
            self.summary.setText(self.tr("Ingenting. Inget har sparats längre än tiderna nedan."))
        else:
            self.summary.setText(
                self.tr(
                    "{0} kan gallras, {1} hålls kvar. Ingenting tas bort förrän en annan enhetschef har godkänt."
                ).format(going, staying)
            )
        open_to_her = why_not is None and not waiting
        self.propose_button.setVisible(bool(going) and open_to_her)
        self.hindrance.setText(wording(why_not) if why_not is not None else "")
        self.hindrance.setVisible(bool(going) and not waiting and why_not is not None)

    def _ask_keep(self, record: DueRecord) -> None:
        kind, _, key = record.key.partition(":")
        reason = line(placeholder=self.tr("Till exempel: begärd av IVO 3 mars"), name=self.tr("Varför?"))
        self.question = Question(
            self, self.tr("Hålla kvar {0}, {1}?").format(record.label, plain_date(record.ended)),
            self.tr("Den gallras inte förrän någon häver stoppet. Skälet visas för alla enhetschefer."), reason,
            accept=self.tr("Håll kvar"),
        )  # fmt: skip
        self.question.check = lambda: "" if reason.text().strip() else self.tr("Skriv varför det ska hållas kvar.")
        self.question.accepted.connect(lambda: self._on_keep(kind, key, reason.text()))
        self.question.open()
        reason.setFocus()


class _KindList(QWidget):
    """One kind: a heading with counts, the first records, and the rest when asked for."""

    def __init__(self, kind: DueKind, on_keep: Callable[[DueRecord], object]) -> None:
        super().__init__()
        self._kind = kind
        self._on_keep = on_keep
        count = self.tr("{0}: {1}").format(kind.period.kind.name, len(kind.going))
        if kind.staying:
            count = self.tr("{0}, och {1} hålls kvar").format(count, len(kind.staying))
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        whole = len(kind.going) + len(kind.staying)
        self.more = button(self.tr("Visa alla {0}").format(whole), lambda: self._show(whole), kind="quiet")
        self.setLayout(column(label(count, role="label", wrap=True), box(self._rows), row(self.more, None), space=4))
        self._show(_FIRST)

    def _show(self, most: int) -> None:
        empty(self._rows)
        for records in (self._kind.going, self._kind.staying):
            for record in records[:most]:
                self._rows.addWidget(self._row(record))
        self.more.setVisible(max(len(self._kind.going), len(self._kind.staying)) > most)

    def _row(self, record: DueRecord) -> QWidget:
        when = label(plain_date(record.ended), role="muted")
        when.setMinimumWidth(132)
        text = label(record.label, wrap=True)
        parts: list[QWidget | None] = [when, text]
        if record.held:
            parts.append(label(record.held, role="due", wrap=True))
        elif record.key.partition(":")[0] in ("meeting", "customer"):
            keep = button(self.tr("Håll kvar …"), lambda: self._on_keep(record), kind="quiet")
            keep.setAccessibleName(self.tr("Håll kvar {0} {1}").format(record.label, plain_date(record.ended)))
            parts.append(keep)
        made = row(*parts)
        made.setStretch(1, 1)
        made.setStretch(2, 1 if record.held else 0)
        return box(made)
