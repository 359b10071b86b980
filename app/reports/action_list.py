"""The list of actions on paper, as it is shown: what is to be done, by whom and when, under the same headings."""

from __future__ import annotations

from typing import BinaryIO

from app.domain import swedish
from app.domain.action_lists import Gathered, group_of, is_late
from app.domain.action_papers import ActionSheet
from app.domain.meetings import ActionRow, ActionStatus
from app.reports import blocks, words
from app.reports.blocks import BODY, SMALL, STRONG
from app.reports.lettering import ACCENT, SEMIBOLD, WARNING, Style
from app.reports.pages import MEASURE, Flow, Mark
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Åtgärdslista"
_TITLES = ("", "Klart senast", "Ansvarig", "Åtgärd")
_FIRST = (18.0, 86.0, 128.0)
_WIDTHS = (*_FIRST, MEASURE - sum(_FIRST))
_UNDER = sum(_FIRST[:2])
"""What is told of an action stands under who is to do it, where there is room for it."""
_GROUP = Style(SEMIBOLD, 12, 16, ACCENT)
_LATE = Style(SEMIBOLD, 10.5, 14, WARNING)
_TICKS = {ActionStatus.OPEN: "☐", ActionStatus.DONE: "☑", ActionStatus.DROPPED: "–"}
_FEW_UNITS = 3


def draw(sheet: ActionSheet, out: BinaryIO) -> None:
    """Write the list to `out`. Raises ValueError for one without rows."""
    if not sheet.rows:
        raise ValueError("no action to draw")
    names = list(dict.fromkeys(sheet.unit_names[row.unit] for row in sheet.rows))
    unit = ", ".join(names) if len(names) <= _FEW_UNITS else f"{len(names)} enheter"
    file = PdfFile(out, title=title(sheet), author=unit, subject=KIND)
    file.write(_filled(sheet, several=len(names) > 1).pages, Head(
        unit=unit, under=KIND, running=KIND, kind=KIND, titled=True,
        badges=(Badge("Sekretess"),) if sheet.has_customer_data else (),
        foot=f"Utskriven {words.day(sheet.made_on)} av {sheet.made_by}",
    ))  # fmt: skip
    file.save()


def title(sheet: ActionSheet) -> str:
    """Kind and day; what was searched for may be somebody's name."""
    return f"{KIND} {words.day(sheet.made_on)}"


def _filled(sheet: ActionSheet, *, several: bool) -> Flow:
    flow = Flow()
    count = swedish.number_word(len(sheet.rows), "åtgärd", "åtgärder")
    late = sum(is_late(row, today=sheet.made_on) for row in sheet.rows)
    told = f"{count}, varav {late} försenade" if late and late < len(sheet.rows) else count
    when = f"{words.capital(swedish.long_date(sheet.made_on))} · {told}"
    about = f"Åtgärder: {sheet.about[:1].lower()}{sheet.about[1:]}" if sheet.about else "Åtgärder"
    blocks.masthead(flow, kind=KIND, title=about, when=when, mark=Mark(KIND, 0))
    heads = blocks.column_heads(flow, _TITLES, _WIDTHS, gap=8)
    standing = ""
    for number, row in enumerate(sheet.rows):
        group = group_of(row, sheet.gathered)
        if group is not None and (number == 0 or group.heading != standing):
            standing = group.heading
            blocks.paragraph(flow, standing, _GROUP, gap=12, mark=Mark(standing, 1), keep=True)
        _row(flow, sheet, row, several=several)
        blocks.rule(flow, indent=_FIRST[0])
        flow.repeated = heads
    flow.repeated = None
    flow.settle()
    return flow


def _row(flow: Flow, sheet: ActionSheet, row: ActionRow, *, several: bool) -> None:
    late = is_late(row, today=sheet.made_on)
    cells = (_TICKS[row.status], _due(row, sheet), row.responsible_name or "Inte utsedd", " ".join(row.text.split()))
    styles = (BODY, _LATE if late else BODY, BODY, STRONG)
    under = blocks.joined(_facts(sheet, row, several=several), style=SMALL)
    blocks.columns(flow, cells, _WIDTHS, gap=8, styles=styles, keep=bool(under or row.result))
    if under:
        blocks.paragraph(flow, under, SMALL, indent=_UNDER, keep=bool(row.result))
    if row.result:
        blocks.prose(flow, f"Resultat: {row.result}", SMALL, indent=_UNDER)


def _due(row: ActionRow, sheet: ActionSheet) -> str:
    return swedish.brief_date(row.due, today=sheet.made_on) if row.due else "–"


def _facts(sheet: ActionSheet, row: ActionRow, *, several: bool) -> list[str]:
    """What its heading does not say already: state, whose it is, where it was decided."""
    today = sheet.made_on
    done = f"{row.status.label} {swedish.brief_date(row.done_on, today=today)}" if row.done_on else row.status.label
    facts = [
        "försenad" if is_late(row, today=today) else "",
        done if row.status is not ActionStatus.OPEN else "",
        f"följs upp {swedish.brief_date(row.follow_up, today=today)}" if row.follow_up else "",
        row.customer_label or "" if sheet.gathered is not Gathered.BY_CUSTOMER else "",
        f"{row.meeting_heading} {swedish.brief_date(row.meeting_date, today=today)}"
        if sheet.gathered is not Gathered.BY_MEETING
        else "",
        sheet.unit_names[row.unit] if several else "",
    ]
    return [fact for fact in facts if fact]
