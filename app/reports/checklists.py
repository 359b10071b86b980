"""A checklist on paper: its steps with a box to tick, who does each, when it was done, and what was noted.

A decision aid shows its answers and what they came to; to be filled in by hand, all its questions and outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from app.domain import swedish
from app.domain.checklist_runs import ChecklistPaper, Run, RunStatus, RunView, outcome_words, progress_words
from app.domain.checklists import Template, TemplateStep, Tree, walked
from app.domain.people import person_name
from app.reports import blocks, words
from app.reports.blocks import BODY, SMALL, STRONG, Label
from app.reports.pages import Flow, Mark
from app.reports.pdf import Badge, Head, PdfFile

KIND = "Checklista"
_BOX, _TICKED, _NOT = "☐", "☑", "–"
_INDENT = 22.0


def name_of(paper: ChecklistPaper) -> str:
    """What the checklist is called: never a customer."""
    if paper.view is not None:
        return paper.view.run.title
    return paper.template.name if paper.template is not None else KIND


def draw(paper: ChecklistPaper, out: BinaryIO) -> None:
    """Write the checklist to `out`."""
    name, flow = name_of(paper), Flow()
    when = (
        f"{words.capital(swedish.long_date(paper.prepared_on))}" if paper.view is not None else "Att fylla i för hand"
    )
    blocks.masthead(flow, kind=KIND, title=name, when=when, mark=Mark(name, 0))
    if paper.view is not None:
        _run(flow, paper.view)
    elif paper.template is not None:
        _blank(flow, paper.template)
    flow.settle()
    about_customer = paper.view is not None and paper.view.run.customer is not None
    file = PdfFile(out, title=f"{KIND} {name}", author=paper.unit_name, subject=KIND)
    file.write(flow.pages, Head(
        unit=paper.unit_name, under=paper.setting_label, running=f"{KIND} · {name}", kind=KIND, titled=True,
        badges=(Badge("Sekretess"),) if about_customer else (), foot=f"Utskriven {words.day(paper.prepared_on)}",
    ))  # fmt: skip
    file.save()


def _run(flow: Flow, view: RunView) -> None:
    run = view.run
    blocks.facts(flow, _facts(view))
    if run.purpose:
        blocks.paragraph(flow, run.purpose, SMALL, gap=10)
    if run.tree is not None and not run.hidden:
        _answers(flow, run, run.tree)
    if not run.steps:
        return
    blocks.section(flow, "Steg", mark=Mark("Steg", 1))
    for step in run.steps:
        mark = _NOT if step.skipped is not None else _TICKED if step.done_at is not None else _BOX
        under = [f"Ansvarig: {person_name(step.responsible, view.names)}" if step.responsible else ""]
        if step.done_at is not None:
            day, time = swedish.short_date(step.done_at.date()), swedish.clock(step.done_at.time())
            under.append(f"Klart {day} {time}, {person_name(step.done_by, view.names)}")
        if step.skipped is not None:
            under.append(f"Ej aktuellt: {step.skipped}" if step.skipped else "Ej aktuellt")
        _step(flow, mark, step.text, (one for one in under if one), step.note)


def _facts(view: RunView) -> Iterable[tuple[str, str | None]]:
    run = view.run
    days = f"Började {swedish.plain_date(run.started_on)}"
    if run.due:
        days += f", klar senast {swedish.plain_date(run.due)}"
    state = run.status.label + (f" {swedish.plain_date(run.ended_on)}" if run.ended_on else "")
    if run.status is RunStatus.OPEN:
        state = progress_words(run.settled, len(run.steps)) or state
    return (
        ("Kund", view.customer_label), ("Vems lista", person_name(run.owner, view.names)), ("Tid", days),
        ("Läge", f"{state}. {run.reason}" if run.reason else state), ("Möte", view.meeting_heading),
    )  # fmt: skip


def _answers(flow: Flow, run: Run, tree: Tree) -> None:
    blocks.section(flow, "Frågor och svar", mark=Mark("Frågor och svar", 1))
    for number, one in enumerate(walked(tree, run.answers), start=1):
        blocks.paragraph(flow, f"{one.question.text} {one.choice.text}.", indent=_INDENT, gap=4,
                         labels=(Label(0, BODY, f"{number}."),))  # fmt: skip
    if run.outcome is not None:
        blocks.notice(flow, outcome_words(run), run.outcome.guidance or None)


def _step(flow: Flow, mark: str, text: str, under: Iterable[str], note: str | None) -> None:
    told = blocks.joined(under, style=SMALL)
    blocks.paragraph(
        flow, text, STRONG, indent=_INDENT, gap=7, labels=(Label(0, STRONG, mark),), keep=bool(told or note)
    )  # fmt: skip
    if told:
        blocks.paragraph(flow, told, SMALL, indent=_INDENT, keep=bool(note))
    if note:
        blocks.prose(flow, note, indent=_INDENT)


def _blank(flow: Flow, template: Template) -> None:
    blocks.paragraph(flow, template.purpose, BODY, gap=10)
    blocks.facts(flow, (("Gäller", "." * 60), ("Vems lista", "." * 60), ("Klar senast", "." * 60)))
    if template.tree is not None:
        _questions(flow, template.tree)
    else:
        blocks.section(flow, "Steg", mark=Mark("Steg", 1))
        _to_do(flow, template.steps)


def _questions(flow: Flow, tree: Tree) -> None:
    numbers = {one.key: number for number, one in enumerate(tree.questions, start=1)}
    outcomes = {one.key: chr(ord("A") + number) for number, one in enumerate(tree.outcomes)}
    blocks.section(flow, "Frågor", mark=Mark("Frågor", 1))
    for one in tree.questions:
        blocks.paragraph(flow, one.text, STRONG, indent=_INDENT, gap=7, keep=True,
                         labels=(Label(0, STRONG, f"{numbers[one.key]}."),))  # fmt: skip
        if one.guidance:
            blocks.paragraph(flow, one.guidance, SMALL, indent=_INDENT, keep=True)
        for number, own in enumerate(one.choices):
            to = f"gå till fråga {numbers[own.to]}" if own.to else f"se {outcomes[own.outcome]}"
            blocks.paragraph(flow, f"{own.text}: {to}", indent=_INDENT + 18, keep=number < len(one.choices) - 1,
                             labels=(Label(_INDENT, BODY, _BOX),))  # fmt: skip
    for outcome in tree.outcomes:
        days = f", inom {swedish.number_word(outcome.days, 'dag', 'dagar')}" if outcome.days else ""
        title = f"{outcomes[outcome.key]}. {outcome.text}{days}"
        blocks.section(flow, title, mark=Mark(title, 1))
        if outcome.guidance:
            blocks.paragraph(flow, outcome.guidance, SMALL, keep=True)
        _to_do(flow, outcome.steps)


def _to_do(flow: Flow, steps: Iterable[TemplateStep]) -> None:
    for step in steps:
        usually = f" (brukar vara {swedish.in_sentence(step.role)})" if step.role else ""
        blocks.paragraph(flow, step.text, STRONG, indent=_INDENT, gap=8, labels=(Label(0, STRONG, _BOX),), keep=True)
        if step.guidance:
            blocks.paragraph(flow, step.guidance, SMALL, indent=_INDENT, keep=True)
        blocks.paragraph(flow, f"Vem och när{usually}: {'.' * 40}", SMALL, indent=_INDENT, gap=3)
