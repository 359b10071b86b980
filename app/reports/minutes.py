"""The minutes of a meeting in the order a secretary writes them, from who was there to who signs."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain import swedish
from app.domain.comings import points_without, points_words
from app.domain.meeting_papers import MeetingPapers
from app.domain.meetings import Addition, Attendance, AttendanceStatus, Meeting, MeetingStatus, NextMeeting
from app.domain.minutes_forms import MinutesForm
from app.domain.people import Outsider
from app.domain.recurring import decided
from app.reports import agenda, blocks, minutes_items, minutes_signing, words
from app.reports.appendices import appendices_of, appendix_list
from app.reports.blocks import SMALL, STRONG
from app.reports.pages import MEASURE, Flow, Mark

_PRESENT_WIDTHS = (160.0, MEASURE - 160)
_BRIEF_WIDTHS = (34.0, 126.0, 100.0, MEASURE - 260)
_BRIEF_FROM = 3
"""A list of the actions helps when there are several to find."""
_ITEM_GAP, _BRIEF_GAP = 17.0, 5.0


def fill(flow: Flow, papers: MeetingPapers, mark: Mark, *, signed: bool = True) -> None:
    """Put the minutes on the pages of `flow`, in the form of the papers; not `signed`, without place for signatures."""
    meeting = papers.meeting
    blocks.masthead(flow, kind=papers.part.form.label, title=papers.heading, when=words.meeting_time(papers), mark=mark)
    agenda.cancelled(flow, meeting)
    _facts(flow, papers)
    _attendance(flow, papers)
    if papers.part.form is MinutesForm.DECISIONS:
        _decided(flow, papers)
    else:
        _items(flow, papers)
    flow.settle()
    appendix_list(flow, appendices_of(papers))
    _next_meeting(flow, papers)
    if papers.part.form.whole:
        _actions_in_brief(flow, papers)
    _additions(flow, papers)
    if signed and meeting.status is not MeetingStatus.CANCELLED:
        minutes_signing.fill(flow, papers)


def _items(flow: Flow, papers: MeetingPapers) -> None:
    """The items in order; those about which nothing was written stand close together, a line each."""
    brief = False
    for number, item in words.numbered(papers):
        before, brief = brief, minutes_items.is_brief(item)
        if brief:
            gap = _BRIEF_GAP if before else _ITEM_GAP
            minutes_items.fill_brief(flow, papers, item, number=number, gap=gap)
        else:
            minutes_items.fill(flow, papers, item, number=number)


def _decided(flow: Flow, papers: MeetingPapers) -> None:
    for number, item in words.numbered(papers):
        minutes_items.fill_decisions(flow, papers, item, number=number)


def _facts(flow: Flow, papers: MeetingPapers) -> None:
    """Who held the meeting, where and about whom; whether it is approved stands in the head of each page."""
    meeting = papers.meeting
    lines = (
        ("Enhet", papers.unit_name),
        ("Forum", papers.forum_and_ward),
        ("Plats", meeting.place),
        ("Länk", meeting.link),
        ("Ordförande", words.with_profession(papers, meeting.chair)),
        ("Sekreterare", words.with_profession(papers, meeting.secretary)),
        ("Justerare", words.with_profession(papers, meeting.approver)),
        ("Kund" if papers.part.about else "Kunder", words.customers(papers, _whom(papers))),
    )
    blocks.facts(flow, lines)


def _whom(papers: MeetingPapers) -> tuple[str, ...]:
    return (papers.part.about,) if papers.part.about else papers.meeting.customers


def _attendance(flow: Flow, papers: MeetingPapers) -> None:
    meeting = papers.meeting
    groups = {status: [one for one in meeting.attendance if one.status is status] for status in AttendanceStatus}
    noted = {one.member for one in meeting.attendance}
    rest = [member for member in meeting.participants if member not in noted]
    _people(flow, papers, "Närvarande", groups[AttendanceStatus.PRESENT])
    _people(flow, papers, "Anmält förhinder", groups[AttendanceStatus.EXCUSED])
    _people(flow, papers, "Frånvarande", groups[AttendanceStatus.ABSENT])
    title = "Kallade, närvaro inte antecknad" if meeting.attendance else "Kallade"
    _people(flow, papers, title, [Attendance(member=member, status=AttendanceStatus.ABSENT) for member in rest])


def _people(flow: Flow, papers: MeetingPapers, title: str, people: Sequence[Attendance]) -> None:
    if not people:
        return
    blocks.section(flow, title, gap=16.0)
    for one in people:
        name = papers.names.get(one.member, one.member) if one.member else one.name or ""
        profession = one.profession or papers.professions.get(one.member or "", "")
        where = ", ".join(part for part in (profession, one.organisation) if part)
        facts = (
            where,
            "adjungerad" if one.co_opted else "",
            f"ersätter {words.who(papers, one.substitute_for)}" if one.substitute_for else "",
            words.part_of_the_time(one),
            points_words(points_without(papers.meeting.items, one.member or Outsider(one.name or ""))),
            one.note or "",
        )
        blocks.columns(flow, (name, blocks.joined(facts)), _PRESENT_WIDTHS, gap=2.0)


def _next_meeting(flow: Flow, papers: MeetingPapers) -> None:
    following = papers.meeting.next_meeting
    if following is None or not (following.date or following.start or following.place or following.customers):
        return
    blocks.section(flow, "Nästa möte")
    blocks.fact(flow, "Tid", _next_time(papers.meeting, following))
    place = following.place or (papers.meeting.place if following.date else None)
    blocks.fact(flow, "Plats", place)
    blocks.fact(flow, "Kunder", words.customers(papers, following.customers))


def _next_time(meeting: Meeting, following: NextMeeting) -> str:
    """Day and clock; a reader need not look up what is the same as at this meeting, but is told that it is."""
    if following.date is None:
        return f"kl. {swedish.clock(following.start)}" if following.start else ""
    when = f"{swedish.long_date(following.date)} kl. {swedish.clock(following.start or meeting.start)}"
    same_place = meeting.place is not None and following.place is None
    if following.start is None:
        return f"{when} (samma tid och plats)" if same_place else f"{when} (samma tid)"
    return f"{when} (samma plats)" if same_place else when


def _actions_in_brief(flow: Flow, papers: MeetingPapers) -> None:
    found = [(number, action) for number, item in words.numbered(papers) for action in decided(item)]
    if len(found) < _BRIEF_FROM:
        return
    blocks.section(flow, "Åtgärder i korthet")
    heads = blocks.column_heads(flow, ("§", "Ansvarig", "Klart senast", "Åtgärd"), _BRIEF_WIDTHS)
    for number, action in found:
        due = words.day(action.due) if action.due else "–"
        responsible = words.who(papers, action.responsible) or "–"
        cells = (str(number), responsible, due, " ".join(action.text.split()))
        blocks.columns(flow, cells, _BRIEF_WIDTHS, gap=4.0)
        flow.repeated = heads
    flow.repeated = None


def _additions(flow: Flow, papers: MeetingPapers) -> None:
    if not papers.meeting.additions:
        return
    blocks.section(flow, "Tillägg")
    for number, addition in enumerate(papers.meeting.additions):
        _addition(flow, papers, addition, gap=9.0 if number else 0.0)


def _addition(flow: Flow, papers: MeetingPapers, addition: Addition, *, gap: float) -> None:
    when = f"{words.day(addition.at.date())} kl. {swedish.clock(addition.at.time())}"
    blocks.paragraph(flow, f"{when}, {words.who(papers, addition.by)}", STRONG, gap=gap, keep=True)
    for number, item in words.numbered(papers):
        if item.key == addition.item:
            blocks.paragraph(flow, f"Till § {number} {item.heading}", SMALL, keep=True)
    blocks.prose(flow, addition.text)
