"""The SIP of a case: considered, called, held, what the law asks it to hold, followed up and ended."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from app.domain.coordination.sip import (
    Sip,
    SipConsidered,
    SipMeasure,
    SipNeed,
    SipOccasion,
    SipOther,
    SipParticipant,
)
from app.domain.coordination.views import CaseView
from app.ui.coordination.kept import CasePart, KeptText
from app.ui.widgets.controls import box, button, label, row
from app.ui.widgets.fields import DateField, PersonField, choice, chosen, field, fill_choice, line
from app.ui.workplace import Workplace


class SipPart(CasePart):
    """One form from the question whether it is needed to its end; lists are written a line each."""

    key = "sip"
    saved = Signal(object)
    new_meeting = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        today = place.desk.clock.today
        self.outcome = choice([("", self.tr("Inte bedömt än")), *[(one.value, one.label) for one in SipNeed]])
        self.considered_on, self.considered_by, self.reason = DateField(today), PersonField({}), line()
        self.occasion = choice([("", self.tr("Välj")), *[(one.value, one.label) for one in SipOccasion]])
        self.called_on, self.called_by = DateField(today), PersonField({})
        self.meeting = choice([("", self.tr("Inget möte kopplat"))])
        self.participants = KeptText(lines=2, most=8, placeholder=self.tr("En per rad: Namn, roll"))
        self.goals, self.needs = KeptText(lines=2), KeptText(lines=2)
        self.measures = KeptText(lines=2, placeholder=self.tr("En per rad: Kommunen: vad de gör"))
        self.others = KeptText(lines=2, placeholder=self.tr("En per rad: Dottern: vad hon gör"))
        self.responsible = line()
        self.follow_up, self.more_follow_up = DateField(today), DateField(today)
        self.ended_on, self.ended_reason = DateField(today), line()
        for name in (
            "outcome", "considered_on", "considered_by", "reason", "occasion", "called_on", "called_by", "meeting",
            "participants", "goals", "needs", "measures", "others", "responsible", "follow_up", "more_follow_up",
            "ended_on", "ended_reason",
        ):  # fmt: skip
            self.keep(name, getattr(self, name))
        self.missing = label(role="due", wrap=True)
        self.save_button = button(self.tr("Spara SIP"), self.save)
        self.book_button = button(self.tr("Boka SIP-möte"), self.new_meeting.emit, icon_name="calendar-plus")
        self.touched.connect(lambda: self.save_button.setEnabled(self.dirty))
        self._lay()

    def _lay(self) -> None:
        t = self.tr
        self.lay_out(
            box(row(field(t("Behövs en SIP?"), self.outcome), field(t("Bedömt den"), self.considered_on),
                    field(t("Av"), self.considered_by))),
            box(row(field(t("Skäl"), self.reason), field(t("I samband med"), self.occasion))),
            box(row(field(t("Kallat den"), self.called_on), field(t("Av"), self.called_by))),
            box(row(field(t("Hålls som möte"), self.meeting), self.book_button, None)),
            field(t("Deltagare: den enskilde, närstående och parter"), self.participants),
            field(t("Mål, med den enskildes egna ord"), self.goals), self.missing,
            field(t("Vilka insatser som behövs"), self.needs), field(t("Vad varje huvudman gör"), self.measures),
            field(t("Vad andra gör"), self.others),
            field(t("Vem som har det övergripande ansvaret"), self.responsible),
            box(row(field(t("Följs upp"), self.follow_up), field(t("Och"), self.more_follow_up), None)),
            box(row(field(t("Avslutad"), self.ended_on), field(t("Varför"), self.ended_reason))),
            box(row(self.save_button, None)),
        )  # fmt: skip

    def offer_meetings(self, meetings: list[tuple[str, str]]) -> None:
        """Offer the unit's coming meetings beside the one that is chosen."""
        here = chosen(self.meeting)
        named = dict(self.view.meetings) if self.view is not None else {}
        rows = [("", self.tr("Inget möte kopplat")), *named.items()]
        fill_choice(self.meeting, [*rows, *[one for one in meetings if one[0] not in named]], chosen=here)

    def fill(self, view: CaseView) -> None:
        """Show the SIP."""
        sip = view.case.sip or Sip()
        considered = sip.considered or SipConsidered()
        for one in (self.considered_by, self.called_by):
            one.offer(view.names)
        self.outcome.setCurrentIndex(max(self.outcome.findData(considered.outcome or ""), 0))
        self.considered_on.set_day(considered.on)
        self.considered_by.set_person(considered.by)
        self.reason.setText(considered.reason or "")
        self.occasion.setCurrentIndex(max(self.occasion.findData(sip.occasion or ""), 0))
        self.called_on.set_day(sip.called_on)
        self.called_by.set_person(sip.called_by)
        fill_choice(self.meeting, [("", self.tr("Inget möte kopplat")), *view.meetings.items()])
        self.meeting.setCurrentIndex(max(self.meeting.findData(sip.meetings[-1] if sip.meetings else ""), 0))
        self.participants.show_text("\n".join(", ".join(filter(None, (p.name, p.role))) for p in sip.participants))
        self.goals.show_text(sip.goals)
        self.needs.show_text(sip.needs)
        self.measures.show_text("\n".join(_pair(one.principal, one.text) for one in sip.measures))
        self.others.show_text("\n".join(_pair(one.who, one.text) for one in sip.others))
        self.responsible.setText(sip.overall_responsible or "")
        first, second = (*sip.follow_ups, None, None)[:2]
        self.follow_up.set_day(first)
        self.more_follow_up.set_day(second)
        self.ended_on.set_day(sip.ended_on)
        self.ended_reason.setText(sip.ended_reason or "")
        held = bool(sip.meetings or sip.called_on)
        self.missing.setText(self.tr("Planen saknar: {0}.").format(", ".join(sip.missing)) if sip.missing else "")
        self.missing.setVisible(held and bool(sip.missing))

    def save(self) -> None:
        """Hand the SIP on."""
        self.saved.emit(self.value)

    @property
    def value(self) -> Sip:
        """The SIP as it stands."""
        before = (self.view.case.sip if self.view else None) or Sip()
        outcome = chosen(self.outcome)
        considered = None
        if outcome:
            considered = SipConsidered(
                on=self.considered_on.day or self._place.desk.today,
                by=self.considered_by.person or self._place.desk.actor.member, outcome=SipNeed(outcome),
                reason=self.reason.text().strip() or None,
            )  # fmt: skip
        meeting = chosen(self.meeting)
        meetings = before.meetings if not meeting or meeting in before.meetings else (*before.meetings, meeting)
        days = tuple(day for one in (self.follow_up, self.more_follow_up) if (day := one.day) is not None)
        return replace(
            before, considered=considered,
            occasion=SipOccasion(chosen(self.occasion)) if chosen(self.occasion) else None,
            called_on=self.called_on.day, called_by=self.called_by.person, meetings=meetings,
            participants=tuple(
                SipParticipant(name=name.strip(), role=role.strip() or None)
                for name, _, role in (text.partition(",") for text in _lines(self.participants)) if name.strip()
            ),
            goals=self.goals.written, needs=self.needs.written,
            measures=tuple(SipMeasure(principal=a, text=b) for a, b in map(_split, _lines(self.measures))),
            others=tuple(SipOther(who=a, text=b) for a, b in map(_split, _lines(self.others))),
            overall_responsible=self.responsible.text().strip() or None, follow_ups=(*days, *before.follow_ups[2:]),
            ended_on=self.ended_on.day, ended_reason=self.ended_reason.text().strip() or None,
        )  # fmt: skip


def _lines(text: KeptText) -> list[str]:
    return [one.strip() for one in text.toPlainText().splitlines() if one.strip()]


def _pair(who: str | None, what: str | None) -> str:
    return f"{who}: {what or ''}" if who else what or ""


def _split(text: str) -> tuple[str | None, str | None]:
    who, colon, what = text.partition(":")
    return (who.strip() or None, what.strip() or None) if colon else (None, text)
