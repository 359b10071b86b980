"""What planning keeps of a file on its way in, as a person reads it: kind, key, what it is called, its unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.domain.document import Document
from app.domain.series import in_words
from app.domain.swedish import MONTHS

Row = tuple[str, str, str, str | None]


def planned_rows(document: Document, labels: Mapping[str, str]) -> Iterator[Row]:
    """One row for each series, absence, room, travel time, occasion, turn and month; `labels` are the customers'."""
    for series in document.series:
        yield "series", series.key, f"{series.title or series.forum}: {in_words(series)}", series.unit
    for absence in document.absences:
        yield "absences", absence.key, f"{absence.member}: {absence.begins.date()}–{absence.ends.date()}", None
    for room in document.rooms:
        yield "rooms", room.key, room.name, room.unit
    for travel in document.travel:
        yield "travel", travel.key, f"{travel.from_} – {travel.to}: {travel.minutes} min", None
    for occasion in document.occasions:
        yield "occasions", occasion.key, occasion.key, occasion.unit
    for turn in document.rotation:
        yield "rotation", turn.key, labels.get(turn.customer, turn.customer), None
    for month in document.year_wheel:
        name = f"{month.forum}, {MONTHS[month.month - 1]}: {', '.join(month.themes)}"
        yield "year_wheel", month.key, name, month.unit
    for activity in document.activities:
        whose = f", {labels.get(activity.customer, activity.customer)}" if activity.customer else ""
        yield "activities", activity.key, f"{activity.date} {activity.text}{whose}", activity.unit
    for template in document.templates:
        yield "templates", template.key, template.name, template.unit
