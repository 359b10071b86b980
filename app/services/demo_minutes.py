"""The demo's meetings: agendas for those to come, minutes with decisions, actions and questions for those held."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.catalogue import Forum, Setting
from app.domain.comings import CONFLICT_OF_INTEREST
from app.domain.customers import Customer
from app.domain.meetings import (
    Action,
    ActionStatus,
    Addition,
    Attendance,
    AttendanceStatus,
    Item,
    ItemAbsence,
    ItemKind,
    Journal,
    JournalMark,
    Meeting,
    MeetingStatus,
    NextMeeting,
    Participation,
    Question,
)
from app.domain.people import Outsider, Person
from app.domain.recurring import Every
from app.domain.units import Unit

_STARTS = {
    "pulsmote": "08:00", "teammote": "13:00", "reflektionsmote": "13:00", "apt": "14:00", "kvalitetsmote": "15:00",
    "borad": "10:00", "aktivitetsrad": "10:00", "styrgrupp": "09:00", "dialogmote": "13:30", "arbetsgrupp": "10:00",
}  # fmt: skip
_DRAFT_DAYS = 9
_RELIEF = 9
_AGAIN = 5
"""One open action in so many comes again each month."""
_ANSWERED_DAYS = 50
"""After so many days a question has had its answer."""
_INTERESTED = 7
_ENTERED_WITHIN = 8
"""Days."""
_JOURNALS = {
    Setting.GRUPPBOSTAD: Journal.LSS, Setting.DAGLIG_VERKSAMHET: Journal.LSS, Setting.PERSONLIG_ASSISTANS: Journal.LSS,
    Setting.BOENDESTOD: Journal.SOL,
}  # fmt: skip
_FOLLOWED = 10
"""Days after which what was to be followed up has been."""
_EFFECTS = ("Avsedd effekt.", "Delvis effekt, följs upp igen.", "Ingen skillnad än.")
"""At one meeting in so many, what is to be done falls to somebody without an account."""


class MinutesWriter:
    """Writes one meeting after another; what is still to come gets an agenda only."""

    def __init__(self, material: Mapping[str, Any], chance: random.Random, today: dt.date) -> None:
        self._material, self._chance, self._today = material, chance, today
        self._turn = 0

    def meeting(
        self, unit: Unit, forum: Forum, ward: str | None, day: dt.date, *, called: tuple[str, ...], leader: str | None,
        due: Sequence[Customer], previous: Meeting | None, later: int,
    ) -> Meeting:  # fmt: skip
        """One meeting of the series, so many minutes `later`: held with minutes when it lies behind today."""
        key = "-".join(part for part in (unit.key, forum.key, ward, day.isoformat()) if part)
        start = _later(dt.time.fromisoformat(_STARTS[forum.key]), later)
        planned = Meeting(
            key=key, unit=unit.key, forum=forum.key, ward=ward, date=day, start=start,
            end=_later(start, forum.minutes.min if forum.minutes.extendable else forum.minutes.max),
            place=self._place(unit, forum, ward),
            link="https://sefos.exempel.se/rum/" + unit.key if forum.digital else None, chair=leader,
            participants=tuple(dict.fromkeys((leader, *called) if leader else called)),
            customers=tuple(one.key for one in due),
            items=self._agenda(key, forum, due, previous),
        )  # fmt: skip
        if day >= self._today:
            return planned
        self._turn += 1
        if self._turn % 29 == 0:
            return replace(planned, status=MeetingStatus.CANCELLED, cancelled_reason="Många sjuka i personalen.")
        return self._held(planned, forum)

    def _place(self, unit: Unit, forum: Forum, ward: str | None) -> str | None:
        if ward and ("avd" in forum.place.lower() or "boende" in forum.place.lower()):
            found = unit.ward(ward)
            return found.name if found else forum.place
        return "Digitalt" if forum.digital else forum.place or "Konferensrummet"

    def _agenda(self, key: str, forum: Forum, due: Sequence[Customer], previous: Meeting | None) -> tuple[Item, ...]:
        standing = [Item(key="", heading=heading, kind=ItemKind.STANDING, minutes=5) for heading in forum.agenda]
        about = [Item(key="", heading=one.label, kind=ItemKind.CUSTOMER, customer=one.key, minutes=10) for one in due]
        carried: list[Item] = []
        for item in previous.items if previous else ():
            if any(action.status is ActionStatus.OPEN for action in item.actions) and len(carried) < 2:
                carried.append(Item(
                    key="", heading=f"Uppföljning: {item.heading.removeprefix('Uppföljning: ')}", kind=ItemKind.CARRIED,
                    carried_from=item.key, customer=item.customer, minutes=5,
                ))  # fmt: skip
        whole = [*standing[:-1], *about, *carried, *standing[-1:]]
        room = forum.minutes.min if forum.minutes.extendable else forum.minutes.max
        share = min(room / max(sum(item.minutes or 0 for item in whole), 1), 1)
        whole = [replace(item, minutes=max(int((item.minutes or 0) * share), 1)) for item in whole]
        return tuple(replace(item, key=f"{key}-{n}") for n, item in enumerate(whole, start=1))

    def _held(self, meeting: Meeting, forum: Forum) -> Meeting:
        people = meeting.participants
        age = (self._today - meeting.date).days
        status = MeetingStatus.DRAFT if age <= _DRAFT_DAYS and forum.key != "pulsmote" else MeetingStatus.APPROVED
        written = (self._written(item, meeting, forum) for item in meeting.items)
        attendance = self._attendance(meeting, forum)
        whole = self._without_one(tuple(written), attendance)
        items = tuple(self._entered(item, meeting, forum) for item in whole)
        additions: tuple[Addition, ...] = ()
        if status is MeetingStatus.APPROVED and self._turn % 11 == 0 and people:
            at = dt.datetime.combine(meeting.date + dt.timedelta(days=4), dt.time(8, 40))
            additions = (
                Addition(at=at, by=people[0], text="Rättelse: rätt datum för uppföljningen är en vecka senare."),
            )
        told = forum.key in ("apt", "kvalitetsmote")
        appendices = tuple(self._material["appendices"][: self._turn % 3]) if told else ()
        return replace(
            meeting, status=status, items=items, secretary=people[-1] if people else Outsider("Anna Sekreterare"),
            additions=additions,
            approver=meeting.chair if status is MeetingStatus.APPROVED else None,
            attendance=attendance,
            appendices=appendices,
            next_meeting=NextMeeting(date=meeting.date + dt.timedelta(weeks=2)) if forum.key == "teammote" else None,
        )  # fmt: skip

    def _without_one(self, items: tuple[Item, ...], attendance: tuple[Attendance, ...]) -> tuple[Item, ...]:
        """At one meeting in so many somebody takes no part in the last point that was decided on."""
        decided = [item.key for item in items if item.decisions]
        here = [one.member for one in attendance if one.member and one.status is AttendanceStatus.PRESENT]
        if self._turn % _INTERESTED or len(here) < 2 or not decided:
            return items
        out = ItemAbsence(person=here[1], reason=CONFLICT_OF_INTEREST)
        return tuple(replace(item, absences=(out,)) if item.key == decided[-1] else item for item in items)

    def _entered(self, item: Item, meeting: Meeting, forum: Forum) -> Item:
        """What was said of a customer is in her journal after a week or so."""
        old = (self._today - meeting.date).days > _ENTERED_WITHIN
        if item.customer is None or not item.dealt_with or not old or not meeting.participants:
            return item
        by = meeting.participants[0]
        journal = _JOURNALS.get(forum.setting, Journal.HSL)
        mark = JournalMark(customer=item.customer, journal=journal, by=by, on=meeting.date + dt.timedelta(days=1))
        return replace(item, journaled=(mark,))

    def _attendance(self, meeting: Meeting, forum: Forum) -> tuple[Attendance, ...]:
        found = []
        for n, member in enumerate(meeting.participants):
            if n and (n + self._turn) % 6 == 0:
                found.append(Attendance(member=member, status=AttendanceStatus.EXCUSED, note="Ledig"))
            elif n and (n + self._turn) % 9 == 0:
                found.append(
                    Attendance(
                        member=member,
                        status=AttendanceStatus.PRESENT,
                        from_=meeting.start,
                        to=_later(meeting.start, 15),
                    )
                )
            else:
                found.append(Attendance(member=member, status=AttendanceStatus.PRESENT))
        if forum.setting is Setting.LEDNING:
            found += [
                Attendance(
                    name=name,
                    profession=profession,
                    organisation=organisation,
                    status=AttendanceStatus.PRESENT,
                    co_opted=True,
                )
                for name, profession, organisation in self._material["outside"]
            ]
        return tuple(found)

    def _written(self, item: Item, meeting: Meeting, forum: Forum) -> Item:
        if item.customer and item.kind is ItemKind.CUSTOMER:
            return self._customer_item(item, meeting)
        for heading, notes, decision, action in self._material["topics"].get(forum.key, ()):
            if heading == item.heading:
                return replace(
                    item, notes=notes, decisions=(decision,) if decision else (),
                    actions=self._actions(item, meeting, action), questions=self._questions(item, meeting),
                )  # fmt: skip
        return replace(item, notes="Genomgånget.") if item.kind is ItemKind.CARRIED else item

    def _customer_item(self, item: Item, meeting: Meeting) -> Item:
        notes, decision, action = self._chance.choice(self._material["needs"])
        who = meeting.participants[-1] if meeting.participants else None
        asked = Participation(
            customer=item.customer or "", asked_by=who, asked_on=meeting.date - dt.timedelta(days=2),
            wish=self._chance.choice(self._material["wishes"]), reported_by=who,
            reported_on=meeting.date + dt.timedelta(days=1),
        )  # fmt: skip
        return replace(
            item, notes=notes, decisions=(decision,), actions=self._actions(item, meeting, action),
            participation=(asked,),
        )  # fmt: skip

    def _actions(self, item: Item, meeting: Meeting, text: str) -> tuple[Action, ...]:
        if not text:
            return ()
        due = meeting.date + dt.timedelta(days=self._chance.choice((7, 14, 21)))
        people = meeting.participants
        responsible: Person = people[self._chance.randrange(len(people))] if people else Outsider("Anna Sekreterare")
        if self._turn % _RELIEF == 0:
            responsible = Outsider("Vera Lindqvist, vikarie")
        follow_up = due + dt.timedelta(days=14)
        done = due < self._today - dt.timedelta(days=14) or self._chance.random() < 0.4
        again = not done and item.customer is None and self._turn % _AGAIN == 0
        return (Action(
            key=f"{item.key}-a1", text=text, responsible=responsible, due=due, customer=item.customer,
            status=ActionStatus.DONE if done else ActionStatus.OPEN, done_on=min(due, self._today) if done else None,
            result="Gjort enligt beslutet." if done else None, follow_up=follow_up,
            repeat=Every.MONTH.value if again else None,
            **(self._followed(follow_up) if done and follow_up < self._today - dt.timedelta(days=_FOLLOWED) else {}),
        ),)  # fmt: skip

    def _followed(self, day: dt.date) -> dict[str, Any]:
        return {"followed_up_on": day, "effect": _EFFECTS[self._turn % len(_EFFECTS)]}

    def _questions(self, item: Item, meeting: Meeting) -> tuple[Question, ...]:
        if item.heading not in ("Verksamhet", "Aktuellt", "Synpunkter och önskemål om boendet", "Laget runt"):
            return ()
        text, answer = self._chance.choice(self._material["questions"])
        if not answer and (self._today - meeting.date).days > _ANSWERED_DAYS:
            answer = "Det är löst sedan dess."
        people = meeting.participants
        return (Question(
            question=text, asked_by=people[-1] if people else None, answer=answer,
            answered_by=meeting.chair if answer else None,
            answered_on=meeting.date if answer else None,
        ),)  # fmt: skip


def _later(start: dt.time, minutes: int) -> dt.time:
    total = start.hour * 60 + start.minute + minutes
    return dt.time(total // 60, total % 60)
