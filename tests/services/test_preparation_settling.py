"""What is written in a point settles what was to be ready about it, and is not asked for twice on Idag."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.domain.meetings import Assessment, Meeting, Participation
from app.domain.preparations import Preparation, PreparationKind
from app.domain.roles import Role
from app.services import meetings
from app.services.desk import Desk
from app.services.participation import write_participation
from app.services.participation_waits import participation_waits
from app.services.preparations import keep_preparation, list_preparations
from tests.support import TODAY, audit_rows, seated

KIND = PreparationKind


def ask_for(desk: Desk, kind: PreparationKind, *, customer: str = "kund-1", instrument: str | None = None) -> str:
    new = Preparation(
        key="", meeting="teammote-1", kind=kind, customer=customer, instrument=instrument, responsible="anna-berg"
    )
    return keep_preparation(desk, preparation=new, expected_version=None).key


def done(desk: Desk) -> dict[str, tuple[dt.date | None, object]]:
    rows = list_preparations(desk, meeting="teammote-1")
    return {row.key: (row.preparation.done_on, row.preparation.done_by) for row in rows}


def assess(desk: Desk, *found: Assessment) -> Meeting:
    stored = meetings.get_meeting(desk, key="teammote-1")
    items = tuple(replace(item, assessments=found) if item.key == "punkt-2" else item for item in stored.value.items)
    changed = replace(stored.value, items=items)
    return meetings.save_meeting(desk, meeting=changed, expected_version=stored.version).value


def test_an_assessment_settles_what_asked_for_it_by_any_of_its_names(desk: Desk) -> None:
    falls, mouth = (ask_for(desk, KIND.ASSESSMENT, instrument=one) for one in ("Downton", "ROAG"))
    any_, others = ask_for(desk, KIND.ASSESSMENT), ask_for(desk, KIND.ASSESSMENT, customer="kund-2")
    anna = seated(desk, Role.LICENSED, member="anna-berg")
    begun = Assessment(customer="kund-1", instrument="Downton (DFRI)", date=TODAY)
    assess(anna, begun)
    assert {day for day, _ in done(desk).values()} == {None}, "an instrument alone says nothing yet"
    since = len(audit_rows(desk))
    assess(anna, replace(begun, score=4.0))
    rows = [row for row in audit_rows(desk)[since:] if row[0] != "read"]
    assert rows == [("save_meeting", "meeting:teammote-1", "kund-1")], "one gesture, one row"
    found = done(desk)
    assert found[falls] == found[any_] == (TODAY, "anna-berg")
    assert (found[mouth], found[others]) == ((None, None), (None, None))


def test_a_customer_who_was_asked_is_asked_for_no_more(desk: Desk) -> None:
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    assert [one.meeting for one in participation_waits(bo)] == ["teammote-1"]
    asked = ask_for(desk, KIND.PARTICIPATION)
    assert participation_waits(bo) == (), "it stands on the list, with the name of whose it is"
    version = meetings.get_meeting(desk, key="teammote-1").version
    part = Participation(customer="kund-1", asked_by="bo-ek", asked_on=TODAY, wish="Mer frukt")
    write_participation(bo, meeting="teammote-1", item="punkt-2", participation=part, expected_version=version)
    assert done(desk)[asked] == (TODAY, "bo-ek")
