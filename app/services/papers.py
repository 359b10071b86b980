"""What is printed: a meeting with every name looked up, for the reports; each customer on it is logged as printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import StrEnum

from sqlalchemy import select

from app import models as m
from app.domain import meeting_rules as rules
from app.domain.attachments import Appendix
from app.domain.calls import closing_day
from app.domain.catalogue import Setting
from app.domain.customer_words import CustomerWords
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.meeting_papers import MeetingPapers
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.minutes_forms import MinutesForm, MinutesPart
from app.domain.roles import Right
from app.domain.sight import reads_minutes
from app.services import meeting_records, sight
from app.services.attachments import appendices_of
from app.services.calls import customer_words
from app.services.covers import covers_in_words
from app.services.desk import Desk, needs_at_meeting
from app.services.own_forums import OwnForums
from app.services.paper_forms import FormMaker
from app.storage.unit_of_work import UnitOfWork


class Purpose(StrEnum):
    """What the papers are for."""

    AGENDA = "agenda"
    MINUTES = "minutes"
    POSTER = "poster"


@needs_at_meeting(Right.PRINT, Right.READ_MEETINGS)
def meeting_papers(
    desk: Desk, *, key: str, purpose: Purpose, form: MinutesForm = MinutesForm.FULL, customer: str | None = None,
    with_files: bool = False,
) -> MeetingPapers:  # fmt: skip
    """The papers of one meeting, without customers' data for a poster or a person who may not print them.

    `form` is of minutes only; an extract is of one `customer`. `with_files` brings what is in the files of whole papers
    too, to be printed behind. Raises NotAllowed for minutes that the person may not
    read: empty ones would look as if nothing had been said. Raises Refused("decisions_empty" | "extract_empty").
    """
    form = _checked(purpose, form, customer)
    with desk.writing() as work:
        found = meeting_records.load(work.session, m.Meeting.key == key).get(key)
        if found is None:
            raise NotFound("not_found", what="Mötet", key=key)
        if not rules.reaches(found[0], desk.actor):
            raise NotAllowed("not_your_unit")
        if purpose is Purpose.MINUTES and not reads_minutes(found[0], desk.actor):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        if form is MinutesForm.EXTRACT and Right.PRINT not in rules.rights_at(found[0], desk.actor):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        papers = _papers(desk, work, [found[0]], purpose, form, customer, with_files=with_files)
        work.commit()
    return papers[0]


def _checked(purpose: Purpose, form: MinutesForm, customer: str | None) -> MinutesForm:
    if form is MinutesForm.EXTRACT and not customer:
        raise Refused("extract_of_nobody")
    return form if purpose is Purpose.MINUTES else MinutesForm.FULL


@needs_at_meeting(Right.PRINT, Right.READ_MEETINGS)
def papers_of_period(
    desk: Desk, *, from_: dt.date, to: dt.date, unit: str | None = None, purpose: Purpose,
    form: MinutesForm = MinutesForm.FULL, customer: str | None = None, with_files: bool = False,
) -> tuple[MeetingPapers, ...]:  # fmt: skip
    """The papers of every meeting of a period (inclusive), by date; minutes only of meetings that have been held.

    Minutes that the person may not read are left out, and those in which the form has nothing to say.

    Raises Refused("period_backwards" | "period_empty" | "decisions_empty" | "extract_empty").
    """
    form = _checked(purpose, form, customer)
    if to < from_:
        raise Refused("period_backwards")
    wanted = [m.Meeting.date >= from_, m.Meeting.date <= to]
    if unit is not None:
        found_unit = select(m.Unit.id).where(m.Unit.key == unit)
        wanted.append(m.Meeting.unit_id.in_(found_unit))
    held = (MeetingStatus.OPEN, MeetingStatus.DRAFT, MeetingStatus.APPROVED)
    if purpose is Purpose.MINUTES:
        wanted.append(m.Meeting.status.in_([status.value for status in held]))
    else:
        wanted.append(m.Meeting.status != MeetingStatus.CANCELLED.value)
    with desk.writing() as work:
        if unit is not None and work.session.scalar(select(m.Unit.id).where(m.Unit.key == unit)) is None:
            raise NotFound("not_found", what="Enheten", key=unit)
        condition = wanted[0]
        for one in wanted[1:]:
            condition = condition & one
        found = [
            meeting
            for meeting, _ in meeting_records.load(work.session, condition).values()
            if rules.reaches(meeting, desk.actor)
            and (purpose is not Purpose.MINUTES or reads_minutes(meeting, desk.actor))
            and (form is not MinutesForm.EXTRACT or Right.PRINT in rules.rights_at(meeting, desk.actor))
        ]
        if not found:
            raise Refused("period_empty")
        found.sort(key=lambda meeting: (meeting.date, meeting.start, meeting.unit, meeting.key))
        papers = _papers(desk, work, found, purpose, form, customer, with_files=with_files)
        work.commit()
    return tuple(papers)


def _papers(
    desk: Desk, work: UnitOfWork, meetings: list[Meeting], purpose: Purpose, form: MinutesForm, customer: str | None,
    *, with_files: bool,
) -> list[MeetingPapers]:  # fmt: skip
    drawn = _drawn(desk, work, meetings, purpose, form, customer)
    reason = purpose.value if form is MinutesForm.FULL else form.value
    sight.log_customers(work, *(shown for shown, _ in drawn), action="print", reason=reason)
    # What is in a file is behind whole papers alone: nobody has looked what it says of customers.
    inside = with_files and form is MinutesForm.FULL
    return papers_as_drawn(
        desk, work, meetings, drawn, purpose=purpose, form=form, customer=customer, with_files=inside
    )  # fmt: skip


def papers_as_drawn(
    desk: Desk, work: UnitOfWork, meetings: list[Meeting], drawn: list[tuple[Meeting, tuple[int, ...]]], *,
    purpose: Purpose, form: MinutesForm, customer: str | None = None, with_files: bool,
) -> list[MeetingPapers]:  # fmt: skip
    """The papers of meetings of which `drawn` is what may stand on them, every name looked up; nothing is logged."""
    session = work.session
    units = {row.key: row for row in session.execute(select(m.Unit.key, m.Unit.name, m.Unit.setting))}
    wards = {row.key: row.name for row in session.execute(select(m.Ward.key, m.Ward.name))}
    members = session.execute(select(m.Member.key, m.Member.name, m.Member.profession)).all()
    labels = sight.labels_of_everybody(work)
    forums = {(setting.value, one.key): one.name for setting in Setting for one in desk.catalogue.forums(setting)}
    own = OwnForums(desk, session) if purpose is not Purpose.MINUTES else None
    papers = []
    names = {row.key: row.name for row in members}
    covers = covers_in_words(work, {one.occasion for one in meetings if one.occasion}, wards=wards, names=names)
    wholes = {one.key: one for one in meetings}
    for shown, numbers in drawn:
        named = rules.customers_named(shown)
        unit = units[shown.unit]
        forum = forums.get((unit.setting, shown.forum)) or forums.get((Setting.LEDNING.value, shown.forum), shown.forum)
        papers.append(MeetingPapers(
            meeting=shown, unit_name=unit.name, setting_label=Setting(unit.setting).label, forum_name=forum,
            ward_name=wards.get(shown.ward or ""), names=names, covers=covers.get(shown.occasion or "", ""),
            professions={row.key: row.profession for row in members}, customers={key: labels[key] for key in named},
            has_customer_data=bool(named), prepared_on=desk.today,
            closes_on=_closes_on(own, shown) if own is not None else None,
            appendices=_appendices(
                desk, work, purpose, form, whole=wholes[shown.key], drawn=shown, with_files=with_files
            ),
            part=MinutesPart(form=form, numbers=numbers, about=customer if form is MinutesForm.EXTRACT else None),
        ))  # fmt: skip
    return papers


def _drawn(
    desk: Desk, work: UnitOfWork, meetings: list[Meeting], purpose: Purpose, form: MinutesForm, customer: str | None
) -> list[tuple[Meeting, tuple[int, ...]]]:
    """The meetings as they are on the paper, with the numbers of their points where some are left out."""
    shown = [_on_paper(desk, meeting, purpose) for meeting in sight.shown_all(desk, work, meetings)]
    if purpose is Purpose.POSTER:
        known = customer_words(work)
        return [(_on_wall(meeting, known), ()) for meeting in shown]
    if form is MinutesForm.FULL:
        return [(meeting, ()) for meeting in shown]
    maker = FormMaker(work, form, customer)
    made = [maker.made(meeting, whole=whole) for meeting, whole in zip(shown, meetings, strict=True)]
    if form.whole:
        return made
    made = [one for one in made if one[0].items]
    if not made:
        raise Refused("extract_empty" if form is MinutesForm.EXTRACT else "decisions_empty")
    return made


def _appendices(
    desk: Desk, work: UnitOfWork, purpose: Purpose, form: MinutesForm, *, whole: Meeting, drawn: Meeting,
    with_files: bool,
) -> tuple[Appendix, ...]:  # fmt: skip
    """None on a wall, where nobody could read them, nor on a part of the minutes, which they may say more than."""
    if purpose is Purpose.POSTER or not form.whole:
        return ()
    found = appendices_of(desk, work, whole=whole, drawn=drawn, with_data=with_files)
    if form is MinutesForm.FULL or not any(one.key for one in found):
        return found
    known = FormMaker(work, form, None).words_near(whole)
    return tuple(_unnamed(one) if known.name_somebody(one.text) else one for one in found)


def _unnamed(one: Appendix) -> Appendix:
    """An appendix whose name says who a customer is keeps its number and nothing else."""
    return replace(one, text=rules.HIDDEN, kind=None, data=None)


def _closes_on(own: OwnForums, meeting: Meeting) -> dt.date | None:
    forum = own.of(meeting.unit, meeting.forum)
    return closing_day(forum, meeting.date) if forum is not None else None


def _on_paper(desk: Desk, meeting: Meeting, purpose: Purpose) -> Meeting:
    allowed = Right.PRINT in rules.rights_at(meeting, desk.actor)
    return meeting if allowed and purpose is not Purpose.POSTER else rules.without_customers(meeting)


def _on_wall(meeting: Meeting, known: CustomerWords) -> Meeting:
    """The meeting without what was typed of a customer where nothing says that it is about her."""

    def told(text: str | None) -> bool:
        return bool(text) and known.name_somebody(text or "")

    items = tuple(rules.blanked(one) if told(one.heading) or told(one.text) else one for one in meeting.items)
    return replace(
        meeting, title=known.cleared(meeting.title), place=known.cleared(meeting.place), items=items,
        cancelled_reason=known.cleared(meeting.cancelled_reason),
    )  # fmt: skip
