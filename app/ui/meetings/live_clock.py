"""The clock of a meeting under way: the time, what is left, how long the point has taken, and what comes next."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QProgressBar, QWidget

from app.domain.meetings import Meeting
from app.domain.swedish import clock
from app.ui.meetings.pace_keeper import PaceKeeper
from app.ui.widgets.controls import column, label, set_role

_MINUTE = 60


class LiveClock(QWidget):
    """Shown while the meeting is under way; renewed by `tick`."""

    def __init__(self, keeper: PaceKeeper) -> None:
        super().__init__()
        self._keeper = keeper
        self.clock = label(role="clock")
        self.whole = label(role="muted", wrap=True)
        self.point = label(role="label", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(self.tr("Punktens tid mot den planerade"))
        self.after = label(role="muted", wrap=True)
        self.setLayout(column(self.clock, self.whole, self.point, self.bar, self.after, space=4))
        self.hide()

    def tick(self, key: str) -> None:
        """Tell how it stands with that point under way (empty: with none)."""
        meeting, keeper = self._keeper.editor.meeting, self._keeper
        live = meeting is not None and keeper.live
        self.setVisible(live)
        if meeting is None or not live:
            return
        now = keeper.editor.place.desk.clock.now()
        self.clock.setText(self.tr("Klockan {0}").format(f"{now:%H.%M}"))
        rest, late = self._rest(meeting, now)
        under_way = keeper.pace.minutes(now) if keeper.pace is not None else 0
        since = self.tr("pågått {0} min").format(under_way) if under_way else ""
        self.whole.setText(", ".join(part for part in (rest, since) if part))
        _put_role(self.whole, "overdue" if late else "muted")
        self._tell_point(meeting, key)

    def _rest(self, meeting: Meeting, now: dt.datetime) -> tuple[str, bool]:
        """What is left of the meeting's time in words, and whether it is over."""
        if now.date() != meeting.date:
            return "", False
        if now.time() < meeting.start:
            return self.tr("börjar {0}").format(clock(meeting.start)), False
        left = (meeting.end.hour - now.hour) * 60 + meeting.end.minute - now.minute
        if left >= 0:
            return self.tr("{0} min kvar").format(left), False
        return self.tr("{0} min över tiden").format(-left), True

    def _tell_point(self, meeting: Meeting, key: str) -> None:
        keys = [item.key for item in meeting.items]
        item = meeting.item(key)
        for part in (self.point, self.after):
            part.setVisible(item is not None)
        self.bar.setVisible(item is not None and bool(item.minutes))
        if item is None:
            return
        number, taken = keys.index(key), self._keeper.seconds(key)
        over = bool(item.minutes) and taken > (item.minutes or 0) * _MINUTE
        place = self.tr("Punkt {0} av {1}").format(number + 1, len(keys))
        if item.minutes:
            time = self.tr("{0} av {1} min").format(taken // _MINUTE, item.minutes)
        else:
            time = self.tr("{0} min").format(taken // _MINUTE)
        self.point.setText(f"{place}: {time}")
        _put_role(self.point, "overdue" if over else "label")
        self.bar.setRange(0, max(item.minutes or 0, 1) * _MINUTE)
        self.bar.setValue(min(taken, (item.minutes or 0) * _MINUTE))
        if self.bar.property("over") != over:
            self.bar.setProperty("over", over)
            set_role(self.bar, "")
        last = number == len(keys) - 1
        self.after.setText(
            self.tr("Sista punkten") if last else self.tr("Sedan: {0}").format(meeting.items[number + 1].heading)
        )


def _put_role(shown: QWidget, role: str) -> None:
    if shown.property("role") != role:
        set_role(shown, role)
