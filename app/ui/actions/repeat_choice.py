"""How often an action comes again, chosen from a list."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from app.domain.recurring import Every, every_of
from app.ui.widgets.fields import chosen, fill_choice


class RepeatChoice(QComboBox):
    """Once, each day, each week and so on."""

    def __init__(self, rule: str | None = None) -> None:
        super().__init__()
        self._rule: str | None = None
        self.setAccessibleName(self.tr("Upprepas"))
        self._options = [("", self.tr("En gång")), *((one.value, one.label.capitalize()) for one in Every)]
        self.show_rule(rule)

    def show_rule(self, rule: str | None) -> None:
        """Stand on how often a rule means, without telling anybody."""
        self._rule = rule
        fill_choice(self, self._options, chosen=every_of(rule).value if rule else "")

    @property
    def rule(self) -> str | None:
        """The rule that is chosen; one that was shown stays to the letter, with its day of the month."""
        value = chosen(self)
        same = self._rule is not None and every_of(self._rule).value == value
        return self._rule if same else value or None
