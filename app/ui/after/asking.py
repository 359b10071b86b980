"""The small questions after a meeting: a comment, an answer to one, an answer to a question, each kept as a draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.minutes import Comment
from app.services.circulation import remove_comment, reopen_comment, settle_comment, write_comment
from app.services.desk import Desk
from app.services.questions import OpenQuestion, answer_question, take_back_answer
from app.ui.drafts import FieldDrafts
from app.ui.widgets.controls import label
from app.ui.widgets.fields import field
from app.ui.widgets.messages import Question
from app.ui.widgets.texts import TextField
from app.ui.workplace import Workplace

Then = Callable[[], object]


def _ask(
    owner: QWidget, place: Workplace, *, title: str, about: str, name: str, accept: str, drafts: tuple[str, str],
    missing: str, done: Callable[[str, Then], object],
) -> Question:  # fmt: skip
    """Ask for a text; `done` does what was meant and calls what it is handed when it is kept."""
    text = TextField(lines=3)
    dialog = Question(owner, title, "", label(about, role="muted", wrap=True), field(name, text), accept=accept)
    if missing:
        dialog.check = lambda: "" if text.written else missing
    keeper = FieldDrafts(dialog, place, drafts[0], drafts[1], text=text)

    def go(result: int) -> None:
        keeper.left(result)
        if result:
            done(text.written or "", keeper.done)

    dialog.finished.connect(go)
    dialog.open()
    text.setFocus()
    return dialog


def ask_comment(owner: QWidget, place: Workplace, *, meeting: str, item: str | None, about: str) -> Question:
    """Write a comment on the minutes, or on one of their points."""

    def done(text: str, kept: Then) -> None:
        made: list[Comment] = []

        def back(desk: Desk) -> None:
            remove_comment(desk, comment=made[0].key)

        def written(one: Comment) -> None:
            made.append(one)
            kept()

        place.act(
            owner, lambda desk: write_comment(desk, meeting=meeting, text=text, item=item), written,
            changed="minutes", said=owner.tr("Synpunkten är lämnad. Ångra med Ctrl+Z."),
            undo=place.way_back(owner.tr("Lämna synpunkt"), back, changed="minutes"),
        )  # fmt: skip

    return _ask(
        owner, place, title=owner.tr("Lämna en synpunkt"), about=about, name=owner.tr("Vad vill du säga?"),
        accept=owner.tr("Lämna synpunkten"), drafts=("comment", f"{meeting}/{item or ''}"),
        missing=owner.tr("Skriv vad du vill säga."), done=done,
    )  # fmt: skip


def ask_settlement(owner: QWidget, place: Workplace, *, meeting: str, comment: Comment) -> Question:
    """Answer a comment, or only say that it is taken into account."""

    def done(text: str, kept: Then) -> None:
        settle(owner, place, comment, answer=text, then=kept)

    return _ask(
        owner, place, title=owner.tr("Svara på synpunkten"), about=comment.text, name=owner.tr("Svar"),
        accept=owner.tr("Svara"), drafts=("settle", f"{meeting}/{comment.key}"),
        missing=owner.tr("Skriv svaret, eller välj Ordnat."), done=done,
    )  # fmt: skip


def settle(
    owner: QWidget, place: Workplace, comment: Comment, *, answer: str = "", then: Then | None = None
) -> None:  # fmt: skip
    """The comment is taken into account; Ctrl+Z opens it again."""
    key, version = comment.key, comment.version
    back = place.way_back(
        owner.tr("Ordna synpunkt"),
        lambda desk: reopen_comment(desk, comment=key, expected_version=version + 1), changed="minutes",
    )  # fmt: skip
    place.act(
        owner, lambda desk: settle_comment(desk, comment=key, answer=answer, expected_version=version),
        lambda _: then() if then is not None else None,
        changed="minutes", said=owner.tr("Synpunkten är ordnad. Ångra med Ctrl+Z."), undo=back,
    )  # fmt: skip


def ask_answer(owner: QWidget, place: Workplace, one: OpenQuestion) -> Question:
    """Write the answer that a question waited for."""

    def done(text: str, kept: Then) -> None:
        back = place.way_back(
            owner.tr("Svara på fråga"),
            lambda desk: take_back_answer(
                desk, item=one.item, question=one.question, answer=text, asked_of=one.answers
            ), changed="minutes",
        )  # fmt: skip
        place.act(
            owner, lambda desk: answer_question(desk, item=one.item, question=one.question, answer=text),
            lambda _: kept(), changed="minutes", said=owner.tr("Svaret är sparat. Ångra med Ctrl+Z."), undo=back,
        )  # fmt: skip

    return _ask(
        owner, place, title=owner.tr("Skriv svaret"), about=one.question, name=owner.tr("Svar"),
        accept=owner.tr("Spara svaret"), drafts=("answer", f"{one.meeting}/{one.item}"),
        missing=owner.tr("Skriv svaret."), done=done,
    )  # fmt: skip
