"""Idag after meetings: minutes to comment and to read, comments to settle, questions that wait for one's answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.swedish import near_day, number_word, short_date
from app.services.after_today import AfterToday, MinutesRow, nothing_to_comment
from app.services.minutes_readers import mark_read, unmark_read
from app.services.questions import OpenQuestion
from app.ui.after.asking import ask_answer
from app.ui.widgets.controls import box, button, label, row
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace


class _ReadRow(OpenRow):
    """Minutes to read: Enter opens them, Space says that they are read and understood."""

    def __init__(self, owner: QWidget, place: Workplace, one: MinutesRow) -> None:
        super().__init__(
            place.theme, left="", upper=one.heading, lower=f"{one.unit_name}, {short_date(one.date)}",
            forum=one.forum, on_open=partial(place.visit.emit, "meeting", one.meeting),
        )  # fmt: skip
        self._done = partial(say_read, owner, place, one.meeting)

    def keyPressEvent(self, event: object) -> None:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            self._done()
            return
        super().keyPressEvent(event)


def say_read(owner: QWidget, place: Workplace, meeting: str) -> None:
    """The person has read and understood the minutes; Ctrl+Z takes that back."""
    back = place.way_back(
        owner.tr("Läst och förstått"), lambda desk: unmark_read(desk, meeting=meeting), changed="minutes"
    )  # fmt: skip
    place.act(
        owner, lambda desk: mark_read(desk, meeting=meeting), changed="minutes",
        said=owner.tr("Märkt som läst. Ångra med Ctrl+Z."), undo=back,
    )  # fmt: skip


def after_rows(owner: QWidget, place: Workplace, found: AfterToday) -> tuple[QWidget, ...]:
    """A heading and rows for each kind of thing that waits; nothing when nothing does."""
    made: list[QWidget] = []
    if found.read:
        made += [
            label(owner.tr("Läs anteckningarna"), role="heading"),
            *(_to_read(owner, place, one) for one in found.read),
        ]
        made.append(label(owner.tr("Mellanslag: läst och förstått. Enter: öppna."), role="muted"))
    if found.comment:
        made.append(label(owner.tr("Synpunkter önskas"), role="heading"))
        made += [_to_comment(owner, place, one) for one in found.comment]
    if found.settle:
        made.append(label(owner.tr("Synpunkter att besvara"), role="heading"))
        made += [_to_settle(owner, place, one) for one in found.settle]
    if found.questions:
        made.append(label(owner.tr("Frågor till dig"), role="heading"))
        made += [_to_answer(owner, place, one) for one in found.questions]
    if found.lifts:
        made.append(label(owner.tr("Väntar på plats"), role="heading"))
        count = number_word(found.lifts, owner.tr("lyft punkt"), owner.tr("lyfta punkter")).capitalize()
        made.append(
            OpenRow(
                place.theme, left="", upper=owner.tr("{0} väntar på att ett möte bokas").format(count), lower="",
                on_open=partial(place.visit.emit, "waiting", ""),
            )
        )  # fmt: skip
    return tuple(made)


def _with(shown: QWidget, *beside: QWidget) -> QWidget:
    inside = row(shown, *beside)
    inside.setStretch(0, 1)
    return box(inside)


def _to_read(owner: QWidget, place: Workplace, one: MinutesRow) -> QWidget:
    text = owner.tr("Läst")
    done = button(
        text, partial(say_read, owner, place, one.meeting), icon_name="check", tip=owner.tr("Läst och förstått")
    )
    done.setAccessibleName(owner.tr("Läst och förstått: {0} {1}").format(one.heading, short_date(one.date)))
    return _with(_ReadRow(owner, place, one), done)


def _to_comment(owner: QWidget, place: Workplace, one: MinutesRow) -> QWidget:
    until = near_day(one.until, today=place.desk.today) if one.until is not None else ""
    shown = OpenRow(
        place.theme, left="", upper=one.heading, lower=f"{one.unit_name}, {short_date(one.date)}", forum=one.forum,
        right=owner.tr("senast {0}").format(until), state="due",
        on_open=partial(place.visit.emit, "meeting", f"{one.meeting}##after"),
    )  # fmt: skip
    mark = one.mark
    none = button(
        owner.tr("Inga synpunkter"),
        lambda: place.act(owner, lambda desk: nothing_to_comment(desk, mark=mark), changed="minutes"), kind="quiet",
    )  # fmt: skip
    none.setAccessibleName(owner.tr("Inga synpunkter på {0} {1}").format(one.heading, short_date(one.date)))
    return _with(shown, none)


def _to_settle(owner: QWidget, place: Workplace, one: MinutesRow) -> QWidget:
    count = number_word(one.count, owner.tr("synpunkt"), owner.tr("synpunkter"))
    return OpenRow(
        place.theme, left="", upper=one.heading, lower=f"{one.unit_name}, {short_date(one.date)}", forum=one.forum,
        right=count, state="due", on_open=partial(place.visit.emit, "meeting", f"{one.meeting}##after"),
    )  # fmt: skip


def _to_answer(owner: QWidget, place: Workplace, one: OpenQuestion) -> QWidget:
    shown = OpenRow(
        place.theme, left="", upper=one.question, lower=f"{one.meeting_heading}, {short_date(one.date)}",
        on_open=partial(place.visit.emit, "meeting", f"{one.meeting}#{one.item}"),
    )  # fmt: skip
    answer = button(owner.tr("Svara …"), partial(ask_answer, owner, place, one))
    answer.setAccessibleName(owner.tr("Svara: {0}").format(one.question))
    return _with(shown, answer)
