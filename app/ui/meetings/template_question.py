"""Spara som mall: what the template is called, and what of the meeting it takes besides the headings."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.meeting_templates import LONGEST_NAME, MeetingTemplate, Wanted
from app.domain.stored import Stored
from app.services.meeting_templates import make_meeting_template, remove_meeting_template
from app.ui.widgets.controls import box, column
from app.ui.widgets.fields import field, line
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace


class TemplateQuestion(Question):
    """Asks for the name; nothing of customers is ever taken."""

    def __init__(self, parent: QWidget, place: Workplace, *, meeting: str, name: str) -> None:
        self.name = line(name, longest=LONGEST_NAME)
        self.texts, self.minutes = QCheckBox(parent.tr("Underlag")), QCheckBox(parent.tr("Tider"))
        self.presenters = QCheckBox(parent.tr("Vem som föredrar"))
        self.participants = QCheckBox(parent.tr("De kallade"))
        boxes = (self.texts, self.minutes, self.presenters, self.participants)
        for one in boxes:
            one.setChecked(one is not self.participants)
        title = parent.tr("Spara som mall")
        about = parent.tr("Rubrikerna följer med. Ingenting om kunder kommer med i mallen.")
        super().__init__(
            parent, title, about, field(parent.tr("Vad heter mallen?"), self.name), box(column(*boxes, space=4)),
            accept=title,
        )  # fmt: skip
        self.check = lambda: "" if self.name.text().strip() else self.tr("Skriv vad mallen heter.")
        self._place, self._meeting = place, meeting
        self.accepted.connect(self._keep)
        self.name.selectAll()
        self.name.setFocus()

    def _keep(self) -> None:
        place, meeting, name = self._place, self._meeting, self.name.text().strip()
        wanted = Wanted(
            texts=self.texts.isChecked(), minutes=self.minutes.isChecked(), presenters=self.presenters.isChecked(),
            participants=self.participants.isChecked(),
        )  # fmt: skip

        def kept(stored: Stored[MeetingTemplate]) -> None:
            key, version = stored.value.key, stored.version
            place.remember(place.way_back(
                self.tr("Spara mallen {0}").format(name),
                lambda desk: remove_meeting_template(desk, key=key, expected_version=version), changed="templates",
            ))  # fmt: skip

        said = self.tr("Mallen {0} är sparad. Välj den när du bokar ett nytt möte.").format(name)
        place.act(
            place, lambda desk: make_meeting_template(desk, meeting=meeting, name=name, wanted=wanted), kept,
            changed="templates", said=said,
        )  # fmt: skip
