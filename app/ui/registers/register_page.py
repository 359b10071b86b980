"""What every page with a list and its detail does alike: go to one row, begin a new one, keep what is typed."""

from __future__ import annotations

from typing import Any

from app.ui.registers.detail import Detail
from app.ui.registers.register import NEW
from app.ui.widgets.pages import Choices


class RegisterPage:
    """Mixed into a page that has a `detail` and, in its place while there is nothing, a sentence."""

    detail: Detail[Any, Any]
    choices: Choices

    @property
    def may_open(self) -> bool:
        """Whether the person may look at a row at all."""
        return True

    @property
    def may_begin(self) -> bool:
        """Whether she may add one."""
        return self.may_open

    def show_list(self) -> None:
        """Bring the list to the front, where the page has other parts too."""
        self.choices.show_content(True)

    def show_key(self, key: str) -> None:
        """Show one row by its key; `new` begins another."""
        if key == "new":
            self.begin()
        elif key and self.may_open:
            self.show_list()
            self.detail.go(key)

    def begin(self) -> None:
        """Begin a new row."""
        if self.may_begin:
            self.show_list()
            self.detail.go(NEW)

    def settle(self) -> None:
        """Keep what is typed in the form as a draft."""
        self.detail.settle()
