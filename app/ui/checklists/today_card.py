"""On Idag: what waits for the person in checklists that are to be ready within the week."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.checklist_runs import OwnSteps
from app.domain.swedish import near_day
from app.ui.widgets.controls import label
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace


def checklist_rows(owner: QWidget, place: Workplace, found: Sequence[OwnSteps]) -> tuple[QWidget, ...]:
    """A heading and a row for each list; nothing when nothing waits."""
    if not found:
        return ()
    day = place.desk.today
    made: list[QWidget] = [label(owner.tr("Mina checklistor"), role="heading")]
    for one in found:
        more = owner.tr("{0} steg kvar").format(one.count)
        late = one.due < day
        made.append(
            OpenRow(
                place.theme, left="", upper=one.title, lower=f"{more}: {one.first}",
                right=near_day(one.due, today=day) + (owner.tr(", försenad") if late else ""),
                state="overdue" if late else "due",
                on_open=partial(place.visit.emit, "checklists", f"{one.run}/{one.position}"),
            )
        )  # fmt: skip
    return tuple(made)
