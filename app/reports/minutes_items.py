"""One numbered item of the minutes: notes, round, decisions, actions, assessments, the customer's part, lifting."""

from __future__ import annotations

from app.domain.comings import absence_words
from app.domain.meeting_papers import MeetingPapers
from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import Action, ActionStatus, Assessment, Item, Participation, Presentation, Question
from app.domain.recurring import decided, repeat_words
from app.reports import blocks, words
from app.reports.blocks import BODY, LOOSE, SMALL, STRONG, Label
from app.reports.lettering import ACCENT, MUTED, SEMIBOLD, Style, shown, width
from app.reports.pages import MEASURE, Flow, Mark, Strip, Text

_HEADING = Style(SEMIBOLD, 13, 17)
_NUMBER = Style(SEMIBOLD, 13, 17, ACCENT)
_SMALL_NUMBER = Style(SEMIBOLD, 10.5, 14, ACCENT)
_DECISION = Style(SEMIBOLD, 10.5, 14, ACCENT)
_MUTED = Style(size=10.5, leading=14, colour=MUTED)
_TICKS = {ActionStatus.OPEN: "☐", ActionStatus.DONE: "☑", ActionStatus.DROPPED: "–"}
_TEXT = 34.0
"""Where an item's text begins; its number stands in the margin before it."""
_BESIDE = _TEXT + 62
_BOX = _TEXT + 16
_ASSESSED = (78.0, 98.0, 98.0, MEASURE - _TEXT - 274)


def is_brief(item: Item) -> bool:
    """Whether nothing at all was written about the item, so that one line says it."""
    return not (item.dealt_with or item.participation or item.text or item.lifted_recipient or item.absences)


def fill(flow: Flow, papers: MeetingPapers, item: Item, *, number: int) -> None:
    """Put the item on the pages of `flow`; a break may come after its heading and two lines of notes."""
    mark = Mark(f"§ {number} {item.heading}", 1)
    labels = (Label(0, _NUMBER, f"§ {number}"),)
    blocks.paragraph(flow, item.heading, _HEADING, indent=_TEXT, gap=17, labels=labels, mark=mark, keep=True)
    empty = not item.dealt_with and not item.participation
    line = _facts(papers, item, unwritten=empty)
    if line:
        blocks.paragraph(flow, line, SMALL, indent=_TEXT, keep=bool(item.text) or not empty)
    _absences(flow, papers, item)
    if item.text:
        blocks.prose(flow, item.text, _MUTED, indent=_TEXT, gap=2, kept=LOOSE)
    if item.notes:
        blocks.prose(flow, item.notes, indent=_TEXT, gap=4, kept=LOOSE)
    _presentations(flow, papers, item.presentations)
    _decisions(flow, item.decisions)
    _actions(flow, papers, item)
    _questions(flow, papers, item.questions)
    _assessments(flow, papers, item.assessments)
    _participation(flow, papers, item)
    _journaled(flow, papers, item)
    _lifted(flow, papers, item)


def fill_brief(flow: Flow, papers: MeetingPapers, item: Item, *, number: int, gap: float) -> None:
    """Put an item about which nothing was written on one line, or two where its heading is long."""
    mark = Mark(f"§ {number} {item.heading}", 1)
    line = _facts(papers, item, unwritten=True)
    heading = shown(item.heading)
    beside = _TEXT + width(heading, STRONG) + 8
    if beside + width(shown(line), SMALL) <= MEASURE:
        down = STRONG.drop
        texts = (
            Text(0, down, _SMALL_NUMBER, f"§ {number}"), Text(_TEXT, down, STRONG, heading),
            Text(beside, down, SMALL, shown(line)),
        )  # fmt: skip
        flow.add(Strip(STRONG.leading, texts, mark=mark, gap=gap))
        return
    labels = (Label(0, _SMALL_NUMBER, f"§ {number}"),)
    blocks.paragraph(flow, item.heading, STRONG, indent=_TEXT, gap=gap, labels=labels, mark=mark, keep=True)
    blocks.paragraph(flow, line, SMALL, indent=_TEXT)


def fill_decisions(flow: Flow, papers: MeetingPapers, item: Item, *, number: int) -> None:
    """Put the item's heading and what was decided on the pages of `flow`, nothing else."""
    mark = Mark(f"§ {number} {item.heading}", 1)
    labels = (Label(0, _NUMBER, f"§ {number}"),)
    blocks.paragraph(flow, item.heading, _HEADING, indent=_TEXT, gap=17, labels=labels, mark=mark, keep=True)
    label = words.customer(papers, item.customer)
    if label and label != item.heading:
        blocks.paragraph(flow, f"Kund: {label}", SMALL, indent=_TEXT, keep=True)
    _decisions(flow, item.decisions)


def _facts(papers: MeetingPapers, item: Item, *, unwritten: bool) -> str:
    if item.heading == HIDDEN:
        return "Visas inte på det här papperet"
    facts = [*words.item_facts(papers, item), "inget antecknat" if unwritten else ""]
    return words.capital(blocks.joined(facts, style=SMALL))


def _absences(flow: Flow, papers: MeetingPapers, item: Item) -> None:
    for one in item.absences:
        blocks.paragraph(flow, f"{absence_words(one, words.who(papers, one.person))}.", SMALL, indent=_TEXT, gap=2)


def _presentations(flow: Flow, papers: MeetingPapers, presentations: tuple[Presentation, ...]) -> None:
    """What each profession presented (routine 3.1): its name and who, then need, problem and wish a line each."""
    if not presentations:
        return
    blocks.subheading(flow, "Yrkenas runda", indent=_TEXT)
    for number, one in enumerate(presentations):
        name = [part for part in (one.profession, words.who(papers, one.by)) if part]
        blocks.paragraph(flow, ", ".join(name), STRONG, indent=_TEXT, gap=4 if number else 1, keep=True)
        said = (("Behov", one.need), ("Problem", one.problem), ("Önskemål", one.wish))
        blocks.prose(flow, "\n".join(f"{what}: {text}" for what, text in said if text), indent=_TEXT)


def _decisions(flow: Flow, decisions: tuple[str, ...]) -> None:
    for number, text in enumerate(decisions, start=1):
        word = "Beslut" if len(decisions) == 1 else f"Beslut {number}"
        gap = 7.0 if number == 1 else 3.0
        labels = (Label(_TEXT + 10, _DECISION, word),)
        blocks.prose(flow, text, indent=_BESIDE + 10, gap=gap, labels=labels, bar=_TEXT)


def _actions(flow: Flow, papers: MeetingPapers, item: Item) -> None:
    """Each action with a box to tick; who, when and follow-up on a line under what is to be done."""
    actions = decided(item)
    if not actions:
        return
    blocks.subheading(flow, "Åtgärder", indent=_TEXT)
    for number, action in enumerate(actions):
        box = Label(_TEXT, BODY, _TICKS[action.status])
        *lines, last = [line for line in action.text.splitlines() if line.strip()] or [action.text]
        for n, line in enumerate((*lines, last)):
            labels = (box,) if n == 0 else ()
            blocks.paragraph(flow, line, indent=_BOX, gap=5 if number and not n else 1, labels=labels, keep=True)
        label = words.customer(papers, action.customer)
        after = [
            f"Resultat: {action.result}" if action.result else "",
            f"Effekt: {action.effect}" if action.effect else "",
            f"Kund: {label}" if action.customer and action.customer != item.customer else "",
        ]
        rest = [text for text in after if text]
        blocks.paragraph(flow, _action_facts(papers, action), SMALL, indent=_BOX, keep=bool(rest))
        for text in rest:
            blocks.prose(flow, text, SMALL, indent=_BOX)


def _action_facts(papers: MeetingPapers, action: Action) -> str:
    who = words.who(papers, action.responsible)
    status = action.status.label
    if action.done_on:
        status = f"{status} {words.day(action.done_on)}"
    facts = (
        f"Ansvarig: {who}" if who else "Ansvarig: inte utsedd",
        f"Klart senast {words.day(action.due)}" if action.due else "utan slutdatum",
        repeat_words(action.repeat),
        _follow_up(action),
        status,
    )
    return blocks.joined(facts, style=SMALL)


def _follow_up(action: Action) -> str:
    if action.followed_up_on:
        return f"Uppföljd {words.day(action.followed_up_on)}"
    return f"Uppföljning {words.day(action.follow_up)}" if action.follow_up else ""


def _questions(flow: Flow, papers: MeetingPapers, questions: tuple[Question, ...]) -> None:
    for number, one in enumerate(questions):
        gap = 4.0 if number else 7.0
        blocks.prose(flow, one.question, indent=_BESIDE, gap=gap, labels=(Label(_TEXT, STRONG, "Fråga"),))
        if one.asked_by:
            blocks.paragraph(flow, f"Ställd av {words.who(papers, one.asked_by)}", SMALL, indent=_BESIDE)
        answerer = words.who(papers, one.answered_by)
        on = words.day(one.answered_on) if one.answered_on else ""
        labels = (Label(_TEXT, STRONG, "Svar"),)
        if one.answer:
            blocks.prose(flow, one.answer, indent=_BESIDE, gap=2, labels=labels)
            by = " ".join(part for part in (f"av {answerer}" if answerer else "", on) if part)
            if by:
                blocks.paragraph(flow, f"Besvarad {by}", SMALL, indent=_BESIDE)
        else:
            waits = f"Inget svar än. Besvaras av {answerer}." if answerer else "Inget svar än."
            by = f"Svar senast {words.day(one.answer_by)}." if one.answer_by else ""
            waits = " ".join(part for part in (waits, by, on) if part)
            blocks.paragraph(flow, waits, _MUTED, indent=_BESIDE, gap=2, labels=labels)


def _assessments(flow: Flow, papers: MeetingPapers, assessments: tuple[Assessment, ...]) -> None:
    if not assessments:
        return
    blocks.subheading(flow, "Riskbedömningar", indent=_TEXT)
    for one in assessments:
        points = f"{words.number(one.score)} poäng" if one.score is not None else ""
        result = ", ".join(part for part in (points, one.risk) if part)
        cells = (words.customer(papers, one.customer), one.instrument, words.day(one.date), result)
        blocks.columns(flow, cells, _ASSESSED, indent=_TEXT, gap=1, keep=bool(one.note))
        if one.note:
            blocks.prose(flow, one.note, SMALL, indent=_TEXT)


def _participation(flow: Flow, papers: MeetingPapers, item: Item) -> None:
    """Both halves of the customer's part: asked beforehand or present, and told afterwards."""
    if not item.participation:
        return
    blocks.subheading(flow, "Kundens delaktighet", indent=_TEXT)
    for one in item.participation:
        label = "" if one.customer == item.customer else words.customer(papers, one.customer)
        asked = _by_and_on("tillfrågad", papers, one, before=True)
        told = _by_and_on("återrapporterat", papers, one, before=False)
        facts = [fact for fact in (asked, "deltog på mötet" if one.present else "", told) if fact]
        line = blocks.joined([label, *facts]) if label else words.capital(blocks.joined(facts))
        if line:
            blocks.paragraph(flow, line, indent=_TEXT, gap=1, keep=bool(one.wish))
        if one.wish:
            blocks.prose(flow, f"Önskemål: {one.wish}", indent=_TEXT)


def _by_and_on(word: str, papers: MeetingPapers, one: Participation, *, before: bool) -> str:
    person, date = (one.asked_by, one.asked_on) if before else (one.reported_by, one.reported_on)
    if not person and not date:
        return ""
    by = f" av {words.who(papers, person)}" if person else ""
    return f"{word}{by}" + (f" {words.day(date)}" if date else "")


def _journaled(flow: Flow, papers: MeetingPapers, item: Item) -> None:
    """A small line for each mark; whose it is only where the point is of somebody else too."""
    for number, one in enumerate(item.journaled):
        label = "" if one.customer == item.customer else words.customer(papers, one.customer)
        by = f"{words.who(papers, one.by)} {words.day(one.on)}"
        facts = (label, f"Journalfört: {one.journal.value}, {by}")
        line = blocks.joined([fact for fact in facts if fact], style=SMALL)
        blocks.paragraph(flow, line, SMALL, indent=_TEXT, gap=1 if number else 5)


def _lifted(flow: Flow, papers: MeetingPapers, item: Item) -> None:
    if not item.lifted_to and not item.lifted_recipient:
        return
    recipient = words.who(papers, item.lifted_recipient)
    where = f"Lyfts till {words.lifted(item)}" if item.lifted_to else "Lyfts vidare"
    blocks.paragraph(flow, where + (f", mottagare {recipient}" if recipient else ""), STRONG, indent=_TEXT, gap=7)
