"""Two questions from Idag: what a customer wishes before her meeting, and that she was told what was decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.meetings import Item, Meeting, Participation
from app.domain.participation import ParticipationWait, Wait, addition_text
from app.domain.review import part_of
from app.domain.stored import Stored
from app.domain.swedish import long_date
from app.services.desk import Desk
from app.services.meetings import add_addition, myself
from app.services.participation import write_participation
from app.ui.drafts import FieldDrafts
from app.ui.widgets.controls import box, button, label, row
from app.ui.widgets.fields import field
from app.ui.widgets.messages import Question
from app.ui.widgets.texts import ShownText, TextField
from app.ui.workplace import Workplace

_DRAFT = "participation"


def question(parent: QWidget, place: Workplace, one: ParticipationWait, stored: Stored[Meeting]) -> Question:
    """The question that fits what waits."""
    item = stored.value.item(one.item) or Item(key=one.item, heading="")
    kind = AskQuestion if one.wait is Wait.ASK else TellQuestion
    return kind(parent, place, one, item, stored.version)


class _About(Question):
    """A question about one customer at one point of a meeting; what is typed is kept as a draft."""

    def __init__(
        self, parent: QWidget, place: Workplace, one: ParticipationWait, title: str, *parts: QWidget,
        text: TextField | None, accept: str,
    ) -> None:  # fmt: skip
        said = f"{one.label}, {one.heading} {long_date(one.date)}"
        go = button(parent.tr("Öppna mötet"), self._open_meeting, kind="quiet", icon_name="clipboard-list")
        super().__init__(parent, title, said, *parts, box(row(go, None)), accept=accept)
        self.place, self.one = place, one
        self.drafts: FieldDrafts | None = None
        if text is not None:
            self.drafts = FieldDrafts(self, place, _DRAFT, f"{one.meeting}/{one.item}", text=text)
            self.finished.connect(self.drafts.left)
        self.accepted.connect(self.keep)
        place.closing.connect(self.reject)

    def _open_meeting(self) -> None:
        self.reject()
        self.place.visit.emit("meeting", f"{self.one.meeting}#{self.one.item}")

    def keep(self) -> None:
        """Keep the answer."""

    def _done(self) -> None:
        """What was typed is where it belongs."""
        if self.drafts is not None:
            self.drafts.done()

    def _write(self, part: Participation, before: Participation, version: int, phrase: str, said: str) -> None:
        meeting, item = self.one.meeting, self.one.item

        def put(value: Participation, expected: int) -> Callable[[Desk], Stored[Meeting]]:
            return lambda desk: write_participation(
                desk, meeting=meeting, item=item, participation=value, expected_version=expected
            )

        def kept(found: Stored[Meeting]) -> None:
            self._done()
            self.place.remember(self.place.way_back(phrase, put(before, found.version), changed="meetings"))

        self.place.act(self.place, put(part, version), kept, changed="meetings", said=said)


class AskQuestion(_About):
    """What she wishes, or that she comes herself."""

    def __init__(
        self, parent: QWidget, place: Workplace, one: ParticipationWait, item: Item, version: int
    ) -> None:  # fmt: skip
        self._before, self._version = part_of(item, one.customer), version
        self.wish = TextField(self._before.wish or "", lines=3, most=8)
        self.comes = QCheckBox(parent.tr("Kunden kommer själv till mötet"))
        self.comes.setAccessibleName(self.comes.text())
        super().__init__(
            parent, place, one, parent.tr("Fråga inför mötet"),
            field(
                parent.tr("Vad vill kunden ta upp?"), self.wish,
                hint=parent.tr("Lämna tomt om kunden inte har något särskilt."),
            ),
            self.comes, text=self.wish, accept=parent.tr("Spara svaret"),
        )  # fmt: skip

    def keep(self) -> None:
        """She was asked, by the person and today."""
        desk = self.place.desk
        part = replace(
            self._before, wish=self.wish.written, present=self.comes.isChecked(), asked_by=myself(desk),
            asked_on=desk.today,
        )  # fmt: skip
        self._write(part, self._before, self._version, self.tr("Fråga inför mötet"), self.tr("Svaret är sparat."))


class TellQuestion(_About):
    """What was decided, to be told; once the minutes are approved that is added to them."""

    def __init__(self, parent: QWidget, place: Workplace, one: ParticipationWait, item: Item, version: int) -> None:
        self._before, self._version = part_of(item, one.customer), version
        decided = ShownText(most=8)
        decided.setText(_decided(item) or parent.tr("Inga beslut eller åtgärder."))
        self.said = TextField(lines=2, most=5)
        hint = parent.tr("Blir ett tillägg till anteckningarna.")
        said = [field(parent.tr("Vad kunden fick veta"), self.said, hint=hint)] if one.approved else []
        super().__init__(
            parent, place, one, parent.tr("Återrapportera"), label(parent.tr("Det här bestämdes"), role="label"),
            decided, *said, text=self.said if one.approved else None, accept=parent.tr("Jag har berättat för kunden"),
        )  # fmt: skip
        decided.setAccessibleName(parent.tr("Det här bestämdes"))

    def keep(self) -> None:
        """She was told, by the person and today."""
        desk, one = self.place.desk, self.one
        if not one.approved:
            part = replace(self._before, reported_by=myself(desk), reported_on=desk.today)
            said = self.tr("Återrapporteringen är sparad.")
            self._write(part, self._before, self._version, self.tr("Återrapportera"), said)
            return
        text, version = addition_text(self.said.written or ""), self._version
        self.place.act(
            self.place,
            lambda desk: add_addition(desk, key=one.meeting, text=text, item=one.item, expected_version=version),
            lambda _: self._done(), changed="meetings", said=self.tr("Tillägget är sparat."),
        )  # fmt: skip


def _decided(item: Item) -> str:
    actions = (one.text for one in item.actions)
    return "\n".join(f"– {text}" for text in (*item.decisions, *actions))
