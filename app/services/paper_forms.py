"""Minutes in the form that was asked for, and the words of the register that must not stand in them."""

from __future__ import annotations

from sqlalchemy import select

from app import models as m
from app.domain import extracts
from app.domain.customer_words import CustomerWords, Known
from app.domain.meeting_rules import customers_named
from app.domain.meetings import Meeting
from app.domain.minutes_forms import MinutesForm
from app.storage.unit_of_work import UnitOfWork

_TELLING = 3
"""A name of fewer signs is somebody's initials, and means her only where she may be spoken of."""


class FormMaker:
    """Cuts meetings down to one form; the register is read once for all of them."""

    def __init__(self, work: UnitOfWork, form: MinutesForm, customer: str | None) -> None:
        self._form, self._customer = form, customer
        self._known: dict[str, tuple[str, Known]] = {}
        self._staff: tuple[str, ...] = ()
        if form in (MinutesForm.NO_CUSTOMERS, MinutesForm.EXTRACT):
            self._known = _register(work)
            self._staff = tuple(work.session.scalars(select(m.Member.name)))

    def made(self, meeting: Meeting, *, whole: Meeting) -> tuple[Meeting, tuple[int, ...]]:
        """The meeting in the form, and the numbers that its points have in the minutes.

        `whole` is the meeting before anything was hidden: whoever it names may be spoken of in its texts.
        """
        cut = self._cut(meeting, whole)
        places = {item.key: number for number, item in enumerate(meeting.items, start=1)}
        return cut, tuple(places[item.key] for item in cut.items)

    def _cut(self, meeting: Meeting, whole: Meeting) -> Meeting:
        if self._form is MinutesForm.DECISIONS:
            return extracts.decisions_only(meeting)
        if self._form is MinutesForm.NO_CUSTOMERS:
            return extracts.nobody(meeting, self.words_near(whole))
        if self._form is MinutesForm.EXTRACT and self._customer is not None:
            own = self._known[self._customer][1] if self._customer in self._known else Known("")
            words = extracts.SomebodyElse(own, self._near(whole, but=self._customer), staff=self._staff)
            return extracts.extract(meeting, customer=self._customer, others=words)
        return meeting

    def words_near(self, meeting: Meeting) -> CustomerWords:
        """What stands for customers in what is written of the meeting."""
        return CustomerWords(self._near(meeting))

    def _near(self, meeting: Meeting, *, but: str | None = None) -> list[Known]:
        """What stands for the customers: initials only of those of the unit and those whom the meeting names.

        In a municipality nearly any two letters are somebody's initials somewhere.
        """
        named = customers_named(meeting)
        return [
            known if unit == meeting.unit or key in named else _long(known)
            for key, (unit, known) in self._known.items()
            if key != but
        ]


def _register(work: UnitOfWork) -> dict[str, tuple[str, Known]]:
    query = select(
        m.Customer.key, m.Unit.key.label("unit"), m.Customer.reference, m.Customer.code, m.Customer.apartment
    ).join(m.Unit, m.Unit.id == m.Customer.unit_id)
    return {row.key: (row.unit, Known(row.reference, row.code, row.apartment)) for row in work.session.execute(query)}


def words_in_unit(work: UnitOfWork, unit: str) -> CustomerWords:
    """What stands for customers in what a unit writes: initials only of its own customers."""
    everybody = _register(work).values()
    return CustomerWords(known if home == unit else _long(known) for home, known in everybody)


def _long(known: Known) -> Known:
    letters = "".join(sign for sign in known.reference if sign.isalnum())
    return known if len(letters) >= _TELLING else known._replace(reference="")
