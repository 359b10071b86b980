"""Where minutes are signed: by secretary and approver, or, on a part of them, by whoever vouches for it."""

from __future__ import annotations

from app.domain.meeting_papers import MeetingPapers
from app.domain.meetings import MeetingStatus
from app.reports import blocks, words
from app.reports.blocks import BODY, COLUMN_HEAD, SMALL, STRONG
from app.reports.lettering import INK, shown, width
from app.reports.pages import MEASURE, Box, Flow, Strip, Text

_WIDE = (MEASURE - 32) / 2
_HIGH = 82.0


def fill(flow: Flow, papers: MeetingPapers) -> None:
    """Lines to sign on, never parted from their names."""
    if papers.part.form.whole:
        _approval(flow, papers)
    else:
        _vouched(flow, papers)


def _approval(flow: Flow, papers: MeetingPapers) -> None:
    """Two lines, side by side where the names have room."""
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
    blocks.section(flow, "Justering", gap=20.0)
    fits = all(width(shown(name), BODY) <= _WIDE for _, name, _ in signers)
    blocks.paragraph(flow, sentence, keep=True)
    if fits:
        columns = [_signature(*signer, x=n * (_WIDE + 32)) for n, signer in enumerate(signers)]
        texts = tuple(text for column in columns for text in column[0])
        flow.add(Strip(_HIGH, texts, tuple(column[1] for column in columns), gap=8))
        return
    for title, name, role in signers:
        column, line = _signature(title, "", role, x=0)
        flow.add(Strip(_HIGH, tuple(column), (line,), gap=8))
        blocks.paragraph(flow, name)


def _vouched(flow: Flow, papers: MeetingPapers) -> None:
    """That the part is as the minutes have it, as it is done with every extract of an official document."""
    approved = papers.meeting.status is MeetingStatus.APPROVED
    sentence = (
        "Anteckningarna är justerade. Här står bara en del av dem."
        if approved
        else "Anteckningarna är ej justerade och kan ändras. Här står bara en del av dem."
    )
    blocks.section(flow, "Bestyrkande", gap=20.0)
    blocks.paragraph(flow, sentence, keep=True)
    texts, line = _signature("Rätt utdraget intygas", "", "", x=0)
    flow.add(Strip(_HIGH, tuple(texts), (line,), gap=8))


def _signature(title: str, name: str, role: str, *, x: float) -> tuple[list[Text], Box]:
    name = shown(name)
    beside = f"{name}, {role.lower()}" if name else role
    texts = [
        Text(x, STRONG.drop, STRONG, title),
        Text(x, 50 + BODY.drop, BODY, beside if width(beside, BODY) <= _WIDE else name),
        Text(x, (65 if beside else 50) + COLUMN_HEAD.drop, SMALL, "Namnteckning och datum"),
    ]
    return texts, Box(x, 46, _WIDE, 0.7, INK)
