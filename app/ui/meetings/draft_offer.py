"""Text of a meeting that was never saved, offered back to its writer above the meeting."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from app.domain.swedish import clock, long_date
from app.services.drafts import Draft
from app.ui.meetings.editor import MeetingEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import button, label, row


class DraftOffer(QFrame):
    """A bar that is there while a draft waits to be taken back or thrown away."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self._editor = editor
        self._draft: Draft | None = None
        self.setObjectName("bar")
        self.setProperty("kind", "notice")
        self._said = label(wrap=True)
        inside = row(
            self._said, None, button(self.tr("Ta tillbaka texten"), self.take, kind="primary"),
            button(self.tr("Släng utkastet"), self.drop),
        )  # fmt: skip
        inside.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self.setLayout(inside)
        self.hide()

    def show_draft(self, draft: Draft) -> None:
        """Offer a draft."""
        self._draft = draft
        at = f"{long_date(draft.at.date())} {clock(draft.at.time())}"
        self._said.setText(self.tr("Det finns text från {0} som inte hann sparas.").format(at))
        self.show()

    def forget(self) -> None:
        """Offer nothing any more."""
        self._draft = None
        self.hide()

    def take(self) -> None:
        """Lay the draft on the meeting as it stands."""
        draft, self._draft = self._draft, None
        self.hide()
        if draft is not None:
            self._editor.take_draft(draft)

    def drop(self) -> None:
        """Throw the draft away."""
        draft, self._draft = self._draft, None
        self.hide()
        if draft is not None:
            self._editor.drop_draft(draft)
