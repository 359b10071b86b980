"""A checklist on paper: what is ticked and what is left, a decision aid's answers, and a form to fill in by hand."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from app.bootstrap import load_lists
from app.domain import checklist_runs as rules
from app.domain.checklist_runs import ChecklistPaper, Run, RunView
from app.reports import checklists

DAY = dt.date(2026, 3, 2)
TEMPLATES = {one.key: one for one in load_lists().catalogue.checklists}


def text_of(paper: ChecklistPaper) -> str:
    out = io.BytesIO()
    checklists.draw(paper, out)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(out.getvalue())).pages]
    return " ".join(" ".join(pages).split())


def paper_of(run: Run, *, label: str = "") -> ChecklistPaper:
    view = RunView(
        run=run, version=1, unit_name="Solgården", names={"eva-chef": "Eva Chef"}, customer_label=label, items={},
        may_write=True, may_end=True,
    )  # fmt: skip
    return ChecklistPaper(view=view, unit_name="Solgården", setting_label="Särskilt boende", prepared_on=DAY)


def begun(key: str) -> Run:
    return rules.begin(TEMPLATES[key], key="a", unit="solgarden", owner="eva-chef", on=DAY)


def test_a_run_shows_what_is_done_and_what_is_left() -> None:
    run = rules.tick(begun("forbereda-mote"), 0, by="eva-chef", at=dt.datetime.combine(DAY, dt.time(9, 5)))
    run = rules.skip(run, 1, reason="Alla är kallade")
    run = rules.write_step(run, 2, responsible="eva-chef", note="Ring dietisten")
    text = text_of(paper_of(run))
    for told in ("☑ Boka rum", "Klart mån 2 mars 09.05", "Ej aktuellt: Alla är kallade", "Ring dietisten", "☐ Samla",
                 "2 av 10", "Eva Chef"):  # fmt: skip
        assert told in text, told
    assert "Sekretess" not in text


def test_a_decision_aid_shows_its_answers_and_its_day() -> None:
    run = rules.answer(begun("vardgaranti"), (0, 0, 0))
    about = replace(run, customer="kund-1")
    text = text_of(paper_of(about, label="1101 AB"))
    for told in ("Medicinsk bedömning senast tor 5 mars", "Är det ett nytt hälsoproblem? Ja.", "1101 AB", "Sekretess"):
        assert told in text, told
    hidden = text_of(paper_of(rules.without_customer(about)))
    assert "1101" not in hidden
    assert "Medicinsk" not in hidden


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_every_template_has_a_form_to_fill_in(key: str) -> None:
    template = TEMPLATES[key]
    text = text_of(ChecklistPaper(template=template, unit_name="Solgården", prepared_on=DAY))
    steps = [step.text for step in template.steps]
    tree = template.tree
    if tree is not None:
        steps += [one.text for one in tree.questions] + [step.text for one in tree.outcomes for step in one.steps]
    assert [step for step in steps if step not in text] == []
