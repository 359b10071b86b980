"""Meetings as a hand-over shows them: ward by ward, only points under which something was decided, names looked up."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app import models as m
from app.domain import handover as d
from app.domain.catalogue import Setting
from app.domain.customer_words import CustomerWords
from app.domain.meeting_rules import customers_of
from app.domain.meetings import Action, ActionStatus, Item, Meeting, MeetingStatus, Question
from app.domain.people import Person, person_name
from app.domain.recurring import decided
from app.domain.swedish import sort_key
from app.services import sight
from app.services.desk import Desk
from app.storage.unit_of_work import UnitOfWork


class PlaceMaker:
    """Makes the values; units, wards, forums, names and labels are looked up once.

    With `words`, for the noticeboard, nothing typed is told in which a customer's reference, code or apartment stands.
    """

    def __init__(self, desk: Desk, work: UnitOfWork, *, words: CustomerWords | None) -> None:
        session = work.session
        self._words = words
        self._units = {row.key: row for row in session.execute(select(m.Unit.key, m.Unit.name, m.Unit.setting))}
        self._wards = {row.key: row.name for row in session.execute(select(m.Ward.key, m.Ward.name))}
        self._names = {row.key: row.name for row in session.execute(select(m.Member.key, m.Member.name))}
        self._labels = sight.labels_of_everybody(work)
        self._forums = {(of.value, one.key): one.name for of in Setting for one in desk.catalogue.forums(of)}

    def places(self, meetings: Sequence[Meeting]) -> tuple[d.HandoverPlace, ...]:
        """The meetings by unit and ward, what concerns a whole unit first; those without anything decided left out."""
        gathered: dict[tuple[str, str | None], list[d.HandoverMeeting]] = {}
        for meeting in meetings:
            if points := self._points(meeting):
                gathered.setdefault((meeting.unit, meeting.ward), []).append(self._meeting(meeting, points))
        made = [self._place(unit, ward, tuple(found)) for (unit, ward), found in gathered.items()]
        return tuple(sorted(made, key=lambda one: (sort_key(one.unit_name), one.unit, sort_key(one.ward_name))))

    def _place(self, unit: str, ward: str | None, meetings: tuple[d.HandoverMeeting, ...]) -> d.HandoverPlace:
        of = self._units[unit]
        return d.HandoverPlace(
            unit=unit, unit_name=of.name, setting_label=Setting(of.setting).label, ward=ward,
            ward_name=self._wards.get(ward or "", ""), meetings=meetings,
        )  # fmt: skip

    def _meeting(self, meeting: Meeting, points: tuple[d.HandoverPoint, ...]) -> d.HandoverMeeting:
        setting = self._units[meeting.unit].setting
        forum = self._forums.get((setting, meeting.forum)) or self._forums.get(
            (Setting.LEDNING.value, meeting.forum), meeting.forum
        )
        title = self._told(meeting.title)
        return d.HandoverMeeting(
            key=meeting.key, heading=title or forum, forum=meeting.forum, date=meeting.date, start=meeting.start,
            end=meeting.end, live=meeting.status is MeetingStatus.OPEN, points=points,
        )  # fmt: skip

    def _points(self, meeting: Meeting) -> tuple[d.HandoverPoint, ...]:
        made = (self._point(item, whole=meeting.forum in d.TOLD_WHOLE) for item in meeting.items)
        return tuple(point for point in made if point is not None)

    def _point(self, item: Item, *, whole: bool) -> d.HandoverPoint | None:
        decisions = tuple(text for one in item.decisions if (text := self._told(one)))
        actions = tuple(task for one in decided(item) if (task := self._action(one)) is not None)
        questions = tuple(made for one in item.questions if (made := self._question(one)) is not None)
        something = decisions or actions or questions
        note = self._told(item.notes) if whole and not something else ""
        if not something and not note:
            return None
        customers = tuple(sorted(customers_of(item)))
        labels = tuple(self._labels.get(key, "") for key in customers)
        return d.HandoverPoint(
            key=item.key, heading=self._told(item.heading), customers=customers,
            labels=tuple(one for one in labels if one and one not in item.heading), note=note, decisions=decisions,
            actions=actions, questions=questions,
        )  # fmt: skip

    def _action(self, one: Action) -> d.HandoverAction | None:
        text = self._told(one.text)
        if not text or one.status is ActionStatus.DROPPED:
            return None
        done = one.status is ActionStatus.DONE
        return d.HandoverAction(text=text, who=self._who(one.responsible), due=one.due, done=done)

    def _question(self, one: Question) -> d.HandoverQuestion | None:
        text = self._told(one.question)
        if not text:
            return None
        return d.HandoverQuestion(text=text, answer=self._told(one.answer), by=self._who(one.answered_by))

    def _who(self, person: Person | None) -> str:
        return person_name(person, self._names)

    def _told(self, text: str | None) -> str:
        """The text as far as it may be told."""
        found = self._words.cleared(text) if self._words is not None else text
        return (found or "").strip()
