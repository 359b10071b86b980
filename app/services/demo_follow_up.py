"""The demo's follow-ups of customers: what professions present, assessments that change over time, who was asked."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.catalogue import Catalogue, Setting
from app.domain.customers import Customer
from app.domain.instruments import Instrument, risk_of
from app.domain.meetings import Assessment, Item, ItemKind, Meeting, MeetingStatus, Participation, Presentation
from app.domain.participation import who_asks
from app.domain.team import Member
from app.domain.turns import follow_up_forum
from app.domain.units import Unit

_WITH_NURSES = (Setting.SARSKILT_BOENDE, Setting.ORDINART_BOENDE, Setting.GRUPPBOSTAD)
_INSTRUMENTS = {"downton": (1, 7), "norton": (15, 26), "mna-sf": (6, 14), "roag-j": (1, 3), "abbey": (0, 9)}
"""Between which scores each moves."""
_MOST_PRESENTED = 4
_ASKED_AHEAD = dt.timedelta(days=14)


def with_follow_ups(
    meetings: Sequence[Meeting], *, material: Mapping[str, Any], catalogue: Catalogue, units: Sequence[Unit],
    members: Sequence[Member], customers: Sequence[Customer], today: dt.date,
) -> tuple[Meeting, ...]:  # fmt: skip
    """The meetings with the points about customers filled in, at the forums that follow them up."""
    writer = _Writer(material, catalogue, members, customers, today)
    settings = {unit.key: unit.setting for unit in units}
    follows = {
        setting: found.key for setting in Setting if (found := follow_up_forum(catalogue.forums(setting))) is not None
    }
    made = {
        one.key: writer.meeting(one, settings[one.unit])
        for one in sorted(meetings, key=lambda one: (one.date, one.start, one.key))
        if one.forum == follows.get(settings[one.unit]) and one.status is not MeetingStatus.CANCELLED
    }
    return tuple(made.get(one.key, one) for one in meetings)


class _Writer:
    """Writes them in order of time, so that a customer's values follow on each other."""

    def __init__(
        self, material: Mapping[str, Any], catalogue: Catalogue, members: Sequence[Member],
        customers: Sequence[Customer], today: dt.date,
    ) -> None:  # fmt: skip
        self._said: Mapping[str, Sequence[Sequence[str]]] = material["presented"]
        self._wishes: Sequence[str] = material["wishes"]
        self._chance = random.Random(f"follow-up {today}")  # noqa: S311 - figures of a demo, no secrets
        shipped = {one.key: one for one in catalogue.instruments().all}
        self._instruments = {key: shipped[key] for key in _INSTRUMENTS}
        self._professions = {one.key: one.profession for one in members}
        self._contacts = {one.key: one.contacts for one in customers}
        self._today = today
        self._scores: dict[tuple[str, str], float] = {}
        self._chosen: dict[str, list[str]] = {}

    def meeting(self, meeting: Meeting, setting: Setting) -> Meeting:
        """The meeting with its customers' points filled in; what is far ahead is left as it is."""
        ahead = meeting.status is MeetingStatus.PLANNED
        if ahead and meeting.date - self._today > _ASKED_AHEAD:
            return meeting
        about = [item for item in meeting.items if item.kind is ItemKind.CUSTOMER and item.customer]
        keys = {item.key: number for number, item in enumerate(about)}
        items = tuple(
            self._item(item, meeting, setting, first=keys[item.key] == 0) if item.key in keys else item
            for item in meeting.items
        )
        return replace(meeting, items=items)

    def _item(self, item: Item, meeting: Meeting, setting: Setting, *, first: bool) -> Item:
        customer = item.customer or ""
        assessments = self._assessments(customer, meeting) if setting in _WITH_NURSES else ()
        if meeting.status is MeetingStatus.PLANNED:
            if not first:
                return item
            return replace(item, assessments=assessments, participation=(self._asked(customer, meeting),))
        return replace(
            item, assessments=assessments, presentations=self._presented(meeting),
            participation=tuple(self._told(one, meeting, first=first) for one in item.participation),
        )  # fmt: skip

    def _asked(self, customer: str, meeting: Meeting) -> Participation:
        on = min(self._today, meeting.date) - dt.timedelta(days=1)
        contact = who_asks(self._contacts.get(customer))
        return Participation(customer=customer, asked_by=contact, asked_on=on, wish=self._chance.choice(self._wishes))

    def _told(self, part: Participation, meeting: Meeting, *, first: bool) -> Participation:
        """Her contact asked and told her; of the latest meetings that is still to be done, once by who led it."""
        asked = who_asks(self._contacts.get(part.customer)) or part.asked_by
        if meeting.status is not MeetingStatus.DRAFT:
            return replace(part, asked_by=asked, reported_by=asked)
        by = meeting.chair if first and meeting.chair else asked
        return replace(part, asked_by=by, reported_by=None, reported_on=None)

    def _presented(self, meeting: Meeting) -> tuple[Presentation, ...]:
        found: dict[str, Presentation] = {}
        for member in meeting.participants:
            profession = self._professions.get(member, "")
            if profession in self._said and profession not in found and len(found) < _MOST_PRESENTED:
                need, problem, wish = self._chance.choice(self._said[profession])
                found[profession] = Presentation(
                    profession=profession, by=member, need=need or None, problem=problem or None, wish=wish or None
                )
        return tuple(found.values())

    def _assessments(self, customer: str, meeting: Meeting) -> tuple[Assessment, ...]:
        keys = self._chosen.setdefault(customer, self._chance.sample(list(_INSTRUMENTS), 2))
        return tuple(
            self._assessed(self._instruments[key], customer, meeting) for key in keys if self._chance.random() < 0.8
        )

    def _assessed(self, one: Instrument, customer: str, meeting: Meeting) -> Assessment:
        low, high = _INSTRUMENTS[one.key]
        before = self._scores.get((customer, one.key), float(self._chance.randint(low, high)))
        score = float(min(max(before + self._chance.choice((-1, 0, 0, 1, 1)), low), high))
        self._scores[(customer, one.key)] = score
        on = min(meeting.date, self._today) - dt.timedelta(days=4)
        return Assessment(customer=customer, instrument=one.name, date=on, score=score, risk=risk_of(one, score))
