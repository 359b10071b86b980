"""The agenda of a meeting: who is called, when and where, and the items with the time each begins."""

from __future__ import annotations

from app.domain import swedish
from app.domain.calls import closing_words
from app.domain.meeting_papers import MeetingPapers
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.domain.presented import presented_words
from app.domain.publishing import LATE, is_late, published_words
from app.reports import blocks, words
from app.reports.appendices import appendices_of, appendix_list
from app.reports.blocks import BODY, FACT_INDENT, LABEL, SMALL, STRONG, Label
from app.reports.pages import MEASURE, Flow, Mark

KIND = "Dagordning"
_NUMBER, _TIME, _LENGTH, _ITEM = 0.0, 26.0, 66.0, 116.0
_PAIR = (MEASURE - FACT_INDENT) / 2


def fill(flow: Flow, papers: MeetingPapers, mark: Mark) -> None:
    """Put the agenda on the pages of `flow`."""
    blocks.masthead(flow, kind=KIND, title=papers.heading, when=words.meeting_time(papers), mark=mark)
    cancelled(flow, papers.meeting)
    _facts(flow, papers)
    _called(flow, papers)
    _items(flow, papers)
    appendix_list(flow, appendices_of(papers))


def cancelled(flow: Flow, meeting: Meeting) -> None:
    """Say that the meeting is not held, and why."""
    if meeting.status is MeetingStatus.CANCELLED:
        reason = f"Orsak: {meeting.cancelled_reason}" if meeting.cancelled_reason else None
        blocks.notice(flow, "Mötet är inställt", reason)


def starts(meeting: Meeting) -> list[str]:
    """The time each item begins when those before it take what was planned; an item without minutes takes none."""
    now = meeting.start.hour * 60 + meeting.start.minute
    found = []
    for item in meeting.items:
        found.append(f"{now // 60 % 24:02d}.{now % 60:02d}")
        now += item.minutes or 0
    return found


def _facts(flow: Flow, papers: MeetingPapers) -> None:
    meeting = papers.meeting
    lines = (
        ("Plats", meeting.place),
        ("Länk", meeting.link),
        ("Ordförande", words.with_profession(papers, meeting.chair)),
        ("Sekreterare", words.with_profession(papers, meeting.secretary)),
        ("Justerare", words.with_profession(papers, meeting.approver)),
        ("Kunder", words.customers(papers, meeting.customers)),
        ("Under mötet arbetar", papers.covers),
    )
    blocks.facts(flow, lines)


def _called(flow: Flow, papers: MeetingPapers) -> None:
    """Two names a line, which twenty people need; downwards where the names are long."""
    people = [words.with_profession(papers, member) for member in papers.meeting.participants]
    for n in range(0, len(people), 2):
        cells = ["Kallade" if n == 0 else "", *people[n : n + 2]]
        widths = [FACT_INDENT, _PAIR, _PAIR][: len(cells)]
        blocks.columns(flow, cells, widths, styles=[LABEL, BODY, BODY][: len(cells)], gap=2.0)


def _items(flow: Flow, papers: MeetingPapers) -> None:
    meeting = papers.meeting
    timed = meeting.planned_minutes > 0
    blocks.section(flow, "Punkter")
    if said := published_words(meeting):
        blocks.paragraph(flow, said, LABEL, gap=2.0, keep=True)
    elif meeting.status is MeetingStatus.PLANNED and papers.closes_on is not None:
        blocks.paragraph(flow, closing_words(papers.closes_on, today=papers.prepared_on), LABEL, gap=2.0, keep=True)
    if not meeting.items:
        blocks.paragraph(flow, "Inga punkter är anmälda än.", LABEL)
        return
    times = starts(meeting) if timed else [""] * len(meeting.items)
    for number, (item, begins) in enumerate(zip(meeting.items, times, strict=True), start=1):
        if number > 1:
            blocks.rule(flow, indent=_TIME)
        _item(flow, papers, item, number=number, begins=begins, timed=timed)
    flow.settle()
    if timed:
        _sum(flow, meeting)


def _item(flow: Flow, papers: MeetingPapers, item: Item, *, number: int, begins: str, timed: bool) -> None:
    labels = [Label(_NUMBER, STRONG, f"{number}.")]
    if timed:
        length = f"{item.minutes} min" if item.minutes is not None else ""
        labels += [Label(_TIME, BODY, begins), Label(_LENGTH, LABEL, length)]
    at = _ITEM if timed else _TIME
    late = [LATE] if is_late(item, papers.meeting) else []
    below = words.capital(blocks.joined([*late, *words.item_facts(papers, item)], style=SMALL))
    more = bool(below or item.text)
    gap = 9.0 if number > 1 else 2.0
    mark = Mark(f"{number}. {item.heading}", 1)
    blocks.paragraph(flow, item.heading, STRONG, indent=at, gap=gap, labels=labels, mark=mark, keep=more)
    if below:
        blocks.paragraph(flow, below, SMALL, indent=at, keep=bool(item.text))
    if item.text:
        blocks.prose(flow, item.text, indent=at, gap=1.0)
    for one in item.presentations:
        blocks.prose(flow, presented_words(one, papers.names), indent=at, gap=1.0)


def _sum(flow: Flow, meeting: Meeting) -> None:
    blocks.rule(flow)
    planned, over = meeting.planned_minutes, meeting.planned_minutes - meeting.length
    blocks.paragraph(
        flow, "planerad tid", LABEL, indent=_ITEM, gap=9.0,
        labels=[Label(_TIME, BODY, "Summa"), Label(_LENGTH, STRONG, f"{planned} min")], keep=over > 0,
    )  # fmt: skip
    if over > 0:
        ends = swedish.clock(meeting.end)
        more = swedish.number_word(over, "minut", "minuter")
        text = f"Det är {more} mer än mötets {meeting.length} minuter. Mötet ska sluta {ends}."
        blocks.paragraph(flow, text, BODY, indent=_ITEM, bar=_ITEM - 10)
