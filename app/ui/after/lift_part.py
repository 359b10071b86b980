"""Where a point is lifted: the routine's way first, to whom, and what happens with it then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from app.domain.lifting import OUTWARD, LiftChoice, lift_hint
from app.domain.meetings import Item
from app.domain.note_lines import LIFTS
from app.ui.meetings.around import Around
from app.ui.theme import GRID
from app.ui.widgets.controls import button, column, label
from app.ui.widgets.fields import PersonField, choice, chosen


class LiftPart(QFrame):
    """The choice and the recipient; `on_change` is told a phrase when another way was chosen.

    `on_case` begins a case of coordination for what is lifted to another provider.
    """

    def __init__(
        self, item: Item, around: Around, *, may_write: bool, on_change: Callable[[str], object],
        on_case: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("card")
        self._choices = _with(around.lifts, item.lifted_to)
        rows = [("", self.tr("Stannar här")), *((one.to, self._name(one)) for one in self._choices)]
        self.lift = choice(rows, chosen=item.lifted_to or "", name=self.tr("Lyfts till"))
        self.recipient = PersonField(around.names, item.lifted_recipient, name=self.tr("Mottagare"))
        self._who = label(role="muted")
        self.hint = label(role="muted", wrap=True)
        self._on_change = on_change
        self.lift.currentIndexChanged.connect(lambda _: self._chosen())
        self.recipient.picked.connect(lambda: on_change(""))
        for part in (self.lift, self.recipient):
            part.setEnabled(may_write)
        title = label(self.tr("Lyfts till"), role="muted")
        self._case = button(self.tr("Nytt samordningsärende"), on_case or (lambda: None), kind="quiet")
        self._may_begin = on_case is not None
        inside = column(title, self.lift, self._who, self.recipient, self.hint, self._case, space=4)
        inside.setContentsMargins(GRID, GRID, GRID, GRID)
        self.setLayout(inside)
        self._show()

    def _name(self, one: LiftChoice) -> str:
        return self.tr("{0} (enligt rutinen)").format(one.name) if one.routine else one.name

    @property
    def to(self) -> str | None:
        """Where it is lifted, None for nowhere."""
        return chosen(self.lift) or None

    def _chosen(self) -> None:
        self._show()
        self._on_change(self.tr("Lyft punkten"))

    def _show(self) -> None:
        to = self.to
        shown: tuple[QWidget, ...] = (self.recipient, self._who)
        for part in shown:
            part.setVisible(to is not None)
        outward = to in OUTWARD
        self._who.setText(self.tr("Till vem? God man, handläggare …") if outward else self.tr("Vem tar upp den där?"))
        said = lift_hint(self._choices, to or "")
        self.hint.setText(said)
        self.hint.setVisible(bool(said))
        self._case.setVisible(to == "request" and self._may_begin)


def _with(choices: tuple[LiftChoice, ...], lifted_to: str | None) -> tuple[LiftChoice, ...]:
    """What there is to choose, and where the point is lifted already though the unit has no such forum."""
    if not lifted_to or any(one.to == lifted_to for one in choices):
        return choices
    name = LIFTS.get(lifted_to, lifted_to)
    return (*choices, LiftChoice(to=lifted_to, name=name[:1].upper() + name[1:], routine=False))
