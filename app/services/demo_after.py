"""The demo after its meetings: minutes out for comments and to be read, lifted points, questions to others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import insert, select

from app import models as m
from app.domain.document import Document
from app.domain.lifting import OUTSIDE, REQUEST, asking
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.domain.minutes import VersionKind
from app.domain.people import Outsider
from app.services import meeting_records
from app.services.circulation import circulate
from app.services.desk import Desk
from app.services.lifts import settle_lifts
from app.services.meetings import get_meeting, keep_change, save_meeting
from app.services.minutes_keeping import keep_receipt, keep_version
from app.services.records import Directory
from app.storage.unit_of_work import UnitOfWork

_COMMENTS = (
    ("Det var fotstödet på rullstolen som skulle ses över, inte bromsen.", None),
    ("Skriv gärna ut vem som ringer dottern.", "Namnet står nu i åtgärden."),
)
_OUTWARD = (
    (OUTSIDE, "God man Karin Ek", "Kan pengar till nya glasögon betalas ut före semestern?"),
    (REQUEST, "Vuxenpsykiatrin öppenvård", "Stöd kring oro kvällstid behöver planeras gemensamt."),
)


def add_after(document: Document, desk: Desk) -> None:
    """Let the latest held meetings of the first unit show what comes after, as their people would have left it."""
    home = document.units[0].key
    held = sorted(
        (one for one in document.meetings if one.status in (MeetingStatus.DRAFT, MeetingStatus.APPROVED)),
        key=lambda one: (one.date, one.start), reverse=True,
    )  # fmt: skip
    draft = next((one for one in held if _is(one, home, "teammote", MeetingStatus.DRAFT)), None)
    if draft is not None:
        _circulate(desk, draft)
    read = next((one for one in held if _is(one, home, "apt", MeetingStatus.APPROVED)), None)
    if read is not None:
        _to_be_read(desk, read)
    others = [one for one in held if one.unit != home and one.status is MeetingStatus.DRAFT]
    for (to, recipient, question), meeting in zip(_OUTWARD, others, strict=False):
        _ask(desk, meeting.key, to=to, recipient=recipient, question=question)


def _is(meeting: Meeting, unit: str, forum: str, status: MeetingStatus) -> bool:
    return meeting.unit == unit and meeting.forum == forum and meeting.status is status


def _circulate(desk: Desk, meeting: Meeting) -> None:
    """A teammöte that lifts a customer's matter for a common view, out for comments, and corrected since."""
    about = next((one for one in meeting.items if one.customer and one.dealt_with), None)
    if about is None:
        return
    lifted = replace(about, lifted_to="reflektionsmote")
    stored = get_meeting(desk, key=meeting.key)
    saved = save_meeting(desk, meeting=_with(stored.value, lifted), expected_version=stored.version)
    sent = circulate(
        desk, key=meeting.key, until=desk.today + dt.timedelta(days=5), expected_version=saved.version
    )  # fmt: skip
    now = sent.value.item(about.key) or lifted
    corrected = replace(now, notes=f"{now.notes} Fotstödet på rullstolen ses över.")
    save_meeting(desk, meeting=_with(sent.value, corrected), expected_version=sent.version)
    with desk.writing() as work:
        _comment(desk, work, meeting, about.key)
        work.commit()


def _comment(desk: Desk, work: UnitOfWork, meeting: Meeting, item: str) -> None:
    ids = dict(work.session.execute(select(m.Member.key, m.Member.id)).all())
    meeting_id = work.session.scalars(select(m.Meeting.id).where(m.Meeting.key == meeting.key)).one()
    item_id = work.session.scalars(select(m.Item.id).where(m.Item.key == item)).one()
    at = desk.clock.now().replace(second=0, microsecond=0)
    rows = []
    for number, (text, answer) in enumerate(_COMMENTS):
        who = meeting.participants[(number + 1) % len(meeting.participants)]
        rows.append({
            "key": f"{meeting.key}-s-{number}", "meeting_id": meeting_id, "item_id": item_id, "at": at, "text": text,
            "by_id": ids[who], "answer": answer, "settled_at": at if answer else None,
            "settled_by_id": ids[meeting.participants[0]] if answer else None,
        })  # fmt: skip
    work.session.execute(insert(m.MinutesComment), rows)


def _to_be_read(desk: Desk, meeting: Meeting) -> None:
    """An APT whose minutes every second of those called has read."""
    with desk.writing() as work:
        number = keep_version(desk, work, meeting.key, VersionKind.APPROVED)
        ids = dict(work.session.execute(select(m.Member.key, m.Member.id)).all())
        for member in meeting.participants[1::2]:
            keep_receipt(desk, work, meeting=meeting.key, member_id=ids[member], number=number)
        work.commit()


def _ask(desk: Desk, key: str, *, to: str, recipient: str, question: str) -> None:
    """A held meeting's first point with notes asks somebody outside the unit."""

    def changed(item: Item) -> Item:
        lifted = asking(replace(item, lifted_to=to, lifted_recipient=Outsider(recipient)))
        *others, asked = lifted.questions
        return replace(lifted, questions=(*others, replace(asked, question=question)))

    with desk.writing() as work:
        directory = Directory(work.session)
        old, version = meeting_records.load(work.session, m.Meeting.key == key, directory=directory)[key]
        point = next((one for one in old.items if one.notes), None)
        if point is None:
            return
        new = _with(old, changed(point))
        keep_change(work, directory, old, new, version)
        settle_lifts(desk, work, new, keep_change)
        work.commit()


def _with(meeting: Meeting, item: Item) -> Meeting:
    return replace(meeting, items=tuple(item if one.key == item.key else one for one in meeting.items))
