"""The minutes of a meeting in the order a secretary writes them, from who was there to who signs."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain import swedish
from app.domain.meetings import (
    Addition,
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingPapers,
    MeetingStatus,
    NextMeeting,
)
from app.domain.recurring import decided
from app.reports import agenda, blocks, minutes_items, words
from app.reports.blocks import BODY, COLUMN_HEAD, FACT_INDENT, LABEL, SMALL, STRONG, Label
from app.reports.lettering import INK, shown, width
from app.reports.pages import MEASURE, Box, Flow, Mark, Strip, Text

KIND = "Minnesanteckningar"
_PRESENT_WIDTHS = (160.0, MEASURE - 160)
_BRIEF_WIDTHS = (34.0, 126.0, 100.0, MEASURE - 260)
_BRIEF_FROM = 3
"""A list of the actions helps when there are several to find."""
_ITEM_GAP, _BRIEF_GAP = 17.0, 5.0
_SIGNATURE = (MEASURE - 32) / 2


def fill(flow: Flow, papers: MeetingPapers, mark: Mark) -> None:
    """Put the minutes on the pages of `flow`."""
    meeting = papers.meeting
    blocks.masthead(flow, kind=KIND, title=papers.heading, when=words.meeting_time(papers), mark=mark)
    agenda.cancelled(flow, meeting)
    _facts(flow, papers)
    _attendance(flow, papers)
    _items(flow, papers)
    flow.settle()
    _appendices(flow, meeting.appendices)
    _next_meeting(flow, papers)
    _actions_in_brief(flow, papers)
    _additions(flow, papers)
    if meeting.status is not MeetingStatus.CANCELLED:
        _approval(flow, papers)


def _items(flow: Flow, papers: MeetingPapers) -> None:
    """The items in order; those about which nothing was written stand close together, a line each."""
    brief = False
    for number, item in enumerate(papers.meeting.items, start=1):
        before, brief = brief, minutes_items.is_brief(item)
        if brief:
            gap = _BRIEF_GAP if before else _ITEM_GAP
            minutes_items.fill_brief(flow, papers, item, number=number, gap=gap)
        else:
            minutes_items.fill(flow, papers, item, number=number)


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
        ("Kunder", words.customers(papers, meeting.customers)),
    )
    blocks.facts(flow, lines)


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
            one.note or "",
        )
        blocks.columns(flow, (name, blocks.joined(facts)), _PRESENT_WIDTHS, gap=2.0)


def _appendices(flow: Flow, appendices: Sequence[str]) -> None:
    if not appendices:
        return
    blocks.section(flow, "Bilagor")
    for number, text in enumerate(appendices, start=1):
        blocks.prose(flow, text, indent=FACT_INDENT, gap=2.0, labels=(Label(0, LABEL, f"Bilaga {number}"),))


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
    found = [
        (number, action)
        for number, item in enumerate(papers.meeting.items, start=1)
        for action in decided(item)
    ]  # fmt: skip
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
    for number, item in enumerate(papers.meeting.items, start=1):
        if item.key == addition.item:
            blocks.paragraph(flow, f"Till § {number} {item.heading}", SMALL, keep=True)
    blocks.prose(flow, addition.text)


def _approval(flow: Flow, papers: MeetingPapers) -> None:
    """Two lines to sign on, side by side, never parted from their names."""
    meeting = papers.meeting
    approved = meeting.status is MeetingStatus.APPROVED
    sentence = "Anteckningarna är justerade." if approved else "Anteckningarna är ej justerade."
    signers = (
        ("Vid anteckningarna", words.who(papers, meeting.secretary), "Sekreterare"),
        (
            "Justeras" if not approved else "Justerade",
            words.who(papers, meeting.approver or meeting.chair),
            "Justerare",
        ),
    )
    blocks.section(flow, "Justering", gap=26.0)
    fits = all(width(shown(name), BODY) <= _SIGNATURE for _, name, _ in signers)
    blocks.paragraph(flow, sentence, keep=True)
    if fits:
        columns = [_signature(*signer, x=n * (_SIGNATURE + 32)) for n, signer in enumerate(signers)]
        texts = tuple(text for column in columns for text in column[0])
        flow.add(Strip(92, texts, tuple(column[1] for column in columns), gap=8))
        return
    for title, name, role in signers:
        column, line = _signature(title, "", role, x=0)
        flow.add(Strip(92, tuple(column), (line,), gap=8))
        blocks.paragraph(flow, name)


def _signature(title: str, name: str, role: str, *, x: float) -> tuple[list[Text], Box]:
    name = shown(name)
    beside = f"{name}, {role.lower()}" if name else role
    texts = [
        Text(x, STRONG.drop, STRONG, title),
        Text(x, 58 + BODY.drop, BODY, beside if width(beside, BODY) <= _SIGNATURE else name),
        Text(x, 74 + COLUMN_HEAD.drop, SMALL, "Namnteckning och datum"),
    ]
    return texts, Box(x, 54, _SIGNATURE, 0.7, INK)
