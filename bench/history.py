"""The rows of the generated unit, table by table and month by month: 28 wards, their people, 840 meetings a month."""

from __future__ import annotations

import calendar
import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from app.bootstrap import demo_material
from app.domain.catalogue import Catalogue, Setting

PER_MONTH = 840
WARDS = 28
COMMON, MIDDLE, RARE = "medicin", "tandvård", "kristallkrona"
"""Words of the notes: one in eight has the first, one in a thousand the second, three in all the third."""
_MIDDLE_EACH = 1000
_EACH = PER_MONTH // WARDS
_STAFF, _APARTMENTS = 10, 10
_STAY_MEMBER, _STAY_CUSTOMER = 5, 3
"""Years after which somebody else has the place."""
_AHEAD_MONTHS = 6
_FORUMS = (
    *("daglig-avstamning",) * 22, *("pulsmote",) * 2, *("teammote",) * 2, "borad", "apt", "kvalitetsmote",
    "reflektionsmote",
)  # fmt: skip
_CARE = ("Undersköterska", "Undersköterska", "Undersköterska", "Specialistundersköterska", "Sjuksköterska",
         "Undersköterska",
         "Fysioterapeut", "Undersköterska", "Arbetsterapeut", "Vårdbiträde")  # fmt: skip
_WITH_RARE = (2_000, 20_000, 40_000)
_OPEN_DAYS, _DRAFT_DAYS = 60, 2

Table = tuple[str, list[dict[str, Any]]]


def tables(*, catalogue: Catalogue, years: int, today: dt.date) -> Iterator[Table]:
    """Every table's rows, parents first, a month of meetings at a time. The unit itself (id 1) is there already."""
    first = today.replace(day=1)
    months = [_month(first, offset) for offset in range(_AHEAD_MONTHS + 1 - years * 12, _AHEAD_MONTHS + 1)]
    chance = random.Random(f"large unit {years}")
    people = _People(chance, today, range(months[0].year, months[-1].year + 1))
    yield from people.tables()
    writer = _Writer(chance, today, catalogue, people)
    for month in months:
        yield from writer.month(month)


def _month(first: dt.date, offset: int) -> dt.date:
    year, month = divmod(first.year * 12 + first.month - 1 + offset, 12)
    return dt.date(year, month + 1, 1)


class _People:
    """Who has which place in which year: members and customers come and go, each place is always taken."""

    def __init__(self, chance: random.Random, today: dt.date, years: range) -> None:
        self._chance, self._today = chance, today
        material: Any = demo_material()
        self._first: list[str] = material["first"]
        self._last: list[str] = material["last"]
        self._members: dict[tuple[int, int, int], int] = {}
        self._customers: dict[tuple[int, int, int], int] = {}
        self._rows: dict[str, list[dict[str, Any]]] = {
            name: []
            for name in (
                "wards", "apartments", "members", "member_units", "member_wards", "customers", "customer_periods",
            )
        }  # fmt: skip
        for ward in range(1, WARDS + 1):
            self._ward(ward)
        for year in years:
            for ward in range(1, WARDS + 1):
                for place in range(_STAFF):
                    self._member(ward, place, year)
                for place in range(_APARTMENTS):
                    self._customer(ward, place, year)

    def tables(self) -> Iterator[Table]:
        """Their rows, parents first."""
        yield from self._rows.items()

    def staff(self, ward: int, year: int) -> list[int]:
        """The ward's team in that year."""
        return [self._members[ward, place, (year + place) // _STAY_MEMBER] for place in range(_STAFF)]

    def customers(self, ward: int, year: int) -> list[int]:
        """Who lives on the ward in that year."""
        return [self._customers[ward, place, (year + place) // _STAY_CUSTOMER] for place in range(_APARTMENTS)]

    def _ward(self, ward: int) -> None:
        self._rows["wards"].append(
            {"id": ward, "key": f"avdelning-{ward:02d}", "unit_id": 1, "name": f"Avdelning {ward}", "position": ward}
        )
        self._rows["apartments"] += [
            {"ward_id": ward, "number": f"{ward:02d}{n + 1:02d}", "position": n} for n in range(_APARTMENTS)
        ]

    def _member(self, ward: int, place: int, year: int) -> None:
        spell = (year + place) // _STAY_MEMBER
        if (ward, place, spell) in self._members:
            return
        found = self._members[ward, place, spell] = len(self._members) + 1
        last = dt.date((spell + 1) * _STAY_MEMBER - place - 1, 12, 31)
        gone = last < self._today
        name = f"{self._chance.choice(self._first)} {self._chance.choice(self._last)}"
        self._rows["members"].append({
            "id": found, "key": f"medarbetare-{found:04d}", "name": name, "profession": _CARE[place],
            "email": f"medarbetare{found}@exempel.se", "phone": "070-174 06 05", "night": place == _STAFF - 1,
            "active_from": dt.date(spell * _STAY_MEMBER - place, 1, 1).isoformat(),
            "active_to": last.isoformat() if gone else None,
        })  # fmt: skip
        self._rows["member_units"].append({"member_id": found, "unit_id": 1, "position": 0})
        self._rows["member_wards"].append({"member_id": found, "ward_id": ward, "position": 0})

    def _customer(self, ward: int, place: int, year: int) -> None:
        spell = (year + place) // _STAY_CUSTOMER
        if (ward, place, spell) in self._customers:
            return
        found = self._customers[ward, place, spell] = len(self._customers) + 1
        since = dt.date(spell * _STAY_CUSTOMER - place, 1, 1)
        last = dt.date((spell + 1) * _STAY_CUSTOMER - place - 1, 12, 31)
        gone, protected = last < self._today, found % 40 == 0
        self._rows["customers"].append({
            "id": found, "key": f"kund-{found:04d}",
            "reference": self._chance.choice("ABCDEFGHIJ") + self._chance.choice("KLMN"),
            "unit_id": 1, "ward_id": ward, "apartment": f"{ward:02d}{place + 1:02d}", "protected": protected,
            "code": f"Kund {found:04d}" if protected else None, "permanent_care_contact_id": self._any_member(ward,
            place, year),
        })  # fmt: skip
        hospital = not gone and found % 50 == 0
        ends = last if gone else self._today - dt.timedelta(days=4) if hospital else None
        self._period(found, "home", since, ends, 0)
        if gone:
            self._period(found, "left", last + dt.timedelta(days=1), None, 1)
        elif hospital:
            self._period(found, "hospital", self._today - dt.timedelta(days=3), None, 1)

    def _any_member(self, ward: int, place: int, year: int) -> int:
        return self._members[ward, place, (year + place) // _STAY_MEMBER]

    def _period(self, customer: int, status: str, since: dt.date, until: dt.date | None, position: int) -> None:
        self._rows["customer_periods"].append({
            "customer_id": customer, "status": status, "since": since.isoformat(),
            "until": until and until.isoformat(), "position": position,
        })  # fmt: skip


class _Writer:
    """Writes a month's meetings with agenda, attendance and, once they are held, minutes."""

    def __init__(self, chance: random.Random, today: dt.date, catalogue: Catalogue, people: _People) -> None:
        self._chance, self._today, self._people = chance, today, people
        self._forums = {forum.key: forum for forum in catalogue.forums(Setting.SARSKILT_BOENDE)}
        material: Any = demo_material()
        self._needs: list[tuple[str, ...]] = material["needs"]
        self._meeting = self._item = self._action = 0

    def month(self, month: dt.date) -> Iterator[Table]:
        """The month's rows, parents first and meetings by date."""
        rows: dict[str, list[dict[str, Any]]] = {
            name: []
            for name in (
                "meetings", "meeting_members", "meeting_customers", "attendance", "items", "decisions", "actions",
            )
        }  # fmt: skip
        length = calendar.monthrange(month.year, month.month)[1]
        for number in range(_EACH):
            day = month.replace(day=number * length // _EACH + 1)
            for ward in range(1, WARDS + 1):
                self._one(rows, day, ward, number)
        yield from rows.items()

    def _one(self, rows: dict[str, list[dict[str, Any]]], day: dt.date, ward: int, number: int) -> None:
        self._meeting += 1
        forum = self._forums[_FORUMS[(number * 7 + ward) % _EACH]]
        staff = self._people.staff(ward, day.year)
        called = self._chance.sample(staff, 6)
        residents = self._people.customers(ward, day.year)
        due = [residents[(number + n) % _APARTMENTS] for n in range(2)] if number % 2 else []
        key = f"storgarden-{forum.key}-avdelning-{ward:02d}-{day.isoformat()}-{number}"
        rows["meetings"].append({
            "id": self._meeting, "key": key, "unit_id": 1, "forum": forum.key, "ward_id": ward, "title": None,
            "date": day.isoformat(), "start": f"{8 + ward % 8:02d}:{ward % 4 * 15:02d}:00.000000",
            "end": f"{9 + ward % 8:02d}:{ward % 4 * 15:02d}:00.000000", "place": forum.place,
            "status": self._status(day),
            "chair_id": called[0], "secretary_id": called[1], "series": f"{forum.key}-{ward:02d}", "has_next": False,
        })  # fmt: skip
        rows["meeting_members"] += [
            {"meeting_id": self._meeting, "member_id": member, "position": n} for n, member in enumerate(called)
        ]
        rows["meeting_customers"] += [
            {"meeting_id": self._meeting, "for_next": False, "customer_id": customer, "position": n}
            for n, customer in enumerate(due)
        ]
        held = day < self._today
        if held:
            rows["attendance"] += [
                {"meeting_id": self._meeting, "position": n, "member_id": member,
                "status": "absent" if n == 3 else "present",
                 "co_opted": False}
                for n, member in enumerate(called[:4])
            ]  # fmt: skip
        self._items(rows, key, day, forum.agenda[:4], due, called, held=held)

    def _status(self, day: dt.date) -> str:
        if day >= self._today:
            return "planned"
        return "draft" if day >= self._today - dt.timedelta(days=_DRAFT_DAYS) else "approved"

    def _items(
        self, rows: dict[str, list[dict[str, Any]]], key: str, day: dt.date, agenda: tuple[str, ...], due: list[int],
        called: list[int], *, held: bool,
    ) -> None:  # fmt: skip
        points = [(heading, "standing", None) for heading in agenda[: 4 - len(due)]]
        points += [("Genomgång av kund", "customer", customer) for customer in due]  # type: ignore[misc]
        for position, (heading, kind, customer) in enumerate(points):
            self._item += 1
            notes, decision, action = self._chance.choice(self._needs)[:3]
            if self._item % _MIDDLE_EACH == 0:
                notes = f"{notes} Ville ha hjälp att boka {MIDDLE}."
            if self._item in _WITH_RARE:
                notes = f"{notes} Berättade om en {RARE} från barndomshemmet."
            rows["items"].append({
                "id": self._item, "key": f"{key}-{position + 1}", "meeting_id": self._meeting, "position": position,
                "heading": heading, "kind": kind, "customer_id": customer, "presenter_id": called[0],
                "minutes": 5 + position,
                "notes": notes if held else None,
            })  # fmt: skip
            if held and position == 1:
                rows["decisions"].append({"item_id": self._item, "position": 0, "text": decision})
            if held and position == len(points) - 1 and self._meeting % 2:
                rows["actions"].append(self._act(day, action, called[2], customer))

    def _act(self, day: dt.date, text: str, responsible: int, customer: int | None) -> dict[str, Any]:
        self._action += 1
        due = day + dt.timedelta(days=14)
        open_still = day > self._today - dt.timedelta(days=_OPEN_DAYS) and self._action % 4 == 0
        return {
            "key": f"atgard-{self._action}", "item_id": self._item, "position": 0, "text": text,
            "responsible_id": responsible,
            "due": due.isoformat(), "status": "open" if open_still else "done",
            "done_on": None if open_still else due.isoformat(), "customer_id": customer,
        }  # fmt: skip
