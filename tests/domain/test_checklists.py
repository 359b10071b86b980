"""Checklists that ship, the ways through a decision aid, and a run's life in any order of gestures."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import load_lists
from app.domain import checklist_runs as rules
from app.domain.checklist_runs import Run, RunStatus
from app.domain.checklists import (
    Template,
    Tree,
    next_question,
    outcome_of,
    template_from_dict,
    tree_from_dict,
    tree_to_dict,
    walked,
)
from app.domain.errors import Conflict, KnownError, Refused

DAY = dt.date(2026, 3, 2)
NOW = dt.datetime.combine(DAY, dt.time(9, 30))
TEMPLATES = {one.key: one for one in load_lists().catalogue.checklists}


def aid() -> tuple[Template, Tree]:
    """The decision aid for the primary-care guarantee, and its questions."""
    found = TEMPLATES["vardgaranti"]
    assert found.tree is not None
    return found, found.tree


def begun(key: str = "forbereda-mote") -> Run:
    return rules.begin(TEMPLATES[key], key="a", unit="solgarden", owner="eva-chef", on=DAY)


class TestTemplates:
    def test_the_five_that_were_asked_for_ship(self) -> None:
        assert set(TEMPLATES) == {"1177-moment", "delaktighet", "forbereda-mote", "nytt-arbetssatt", "vardgaranti"}

    def test_opening_a_1177_module_asks_for_all_that_its_source_does(self) -> None:
        told = " ".join(f"{step.text} {step.guidance}".casefold() for step in TEMPLATES["1177-moment"].steps)
        for word in ("passar för en grupp", "schemalägg", "svar tas om hand", "berörs", "egna enheten", "urvalet",
                     "ansvarar", "inom enheten", "vänder sig", "nya medarbetare", "skyddad identitet", "beskrivning",
                     "besök"):  # fmt: skip
            assert word in told, word

    @pytest.mark.parametrize("key", sorted(TEMPLATES))
    def test_each_step_fits_a_row_and_each_list_says_what_it_is_for(self, key: str) -> None:
        found = TEMPLATES[key]
        outcomes = found.tree.outcomes if found.tree else ()
        steps = [*found.steps, *(step for outcome in outcomes for step in outcome.steps)]
        assert found.purpose
        assert steps
        assert max(len(step.text) for step in steps) <= 60

    @pytest.mark.parametrize(
        "tree",
        [
            {"questions": [{"key": "a", "text": "A?", "choices": [{"text": "Ja", "to": "a"}]}], "outcomes": []},
            {"questions": [{"key": "a", "text": "A?", "choices": [{"text": "Ja", "outcome": "b"}]}], "outcomes": []},
            {"questions": [{"key": "a", "text": "A?", "choices": [{"text": "Ja"}]}], "outcomes": []},
        ],
    )
    def test_a_tree_that_leads_nowhere_is_refused(self, tree: dict[str, object]) -> None:
        with pytest.raises(ValueError, match="leads nowhere"):
            tree_from_dict(tree)

    def test_a_template_has_steps_or_questions(self) -> None:
        with pytest.raises(ValueError, match="steps or a tree"):
            template_from_dict({"key": "a", "name": "A", "purpose": "A"})

    def test_a_tree_is_kept_as_it_is(self) -> None:
        _, tree = aid()
        assert tree_from_dict(tree_to_dict(tree)) == tree


class TestDecisionAid:
    def ways(self) -> list[tuple[int, ...]]:
        """Every way through the questions."""
        _, tree = aid()
        found: list[tuple[int, ...]] = []
        open_: list[tuple[int, ...]] = [()]
        while open_:
            answers = open_.pop()
            asked = next_question(tree, answers)
            if asked is None:
                found.append(answers)
            else:
                open_ += [(*answers, number) for number in range(len(asked.choices))]
        return found

    def test_every_way_comes_to_an_outcome_with_something_to_do(self) -> None:
        _, tree = aid()
        ends = [outcome_of(tree, answers) for answers in self.ways()]
        assert all(one is not None and one.steps for one in ends)
        assert {one.key for one in ends if one} == {one.key for one in tree.outcomes}

    @pytest.mark.parametrize("way", ["nytt", "forsamring", "behandling"])
    def test_a_new_worse_or_untreated_problem_is_assessed_within_three_days(self, way: str) -> None:
        template, tree = aid()
        answers = {"nytt": (0, 0, 0), "forsamring": (0, 0, 1, 0), "behandling": (0, 0, 1, 1, 0)}[way]
        assert walked(tree, answers)[-1].question.key == way
        run = rules.answer(rules.begin(template, key="a", unit="u", owner=None, on=DAY), answers)
        assert run.limit == dt.date(2026, 3, 5)
        assert rules.outcome_words(run) == "Medicinsk bedömning senast tor 5 mars"
        assert run.due == run.limit
        assert any("Koda" in step.text for step in run.steps)

    def test_no_further_contact_and_a_known_problem_as_expected_have_no_limit(self) -> None:
        template, _ = aid()
        start = rules.begin(template, key="a", unit="u", owner=None, on=DAY)
        assert rules.answer(start, (0, 1)).limit is None
        assert rules.answer(start, (0, 0, 1, 1, 1)).limit is None

    def test_answers_that_fit_no_question_are_refused(self) -> None:
        for answers in ((7,), (0, 1, 0), (-1,)):
            with pytest.raises(Refused, match="checklist_answers"):
                rules.answer(begun("vardgaranti"), answers)
        with pytest.raises(Refused, match="checklist_answers"):
            rules.answer(begun(), (0,))

    def test_an_answer_is_changed_until_something_is_done(self) -> None:
        run = rules.answer(begun("vardgaranti"), (0, 0, 0))
        assert rules.answer(run, (0, 0)).steps == ()
        begun_ = rules.tick(run, 0, by="bo-ek", at=NOW)
        with pytest.raises(Refused, match="checklist_steps_begun"):
            rules.answer(begun_, (0, 0))


class TestRun:
    def test_a_copy_is_not_rewritten_by_its_template(self) -> None:
        run = begun()
        assert [step.text for step in run.steps] == [step.text for step in TEMPLATES["forbereda-mote"].steps]
        assert run.steps[0].guidance == TEMPLATES["forbereda-mote"].steps[0].guidance

    def test_ready_before_it_begins_is_refused(self) -> None:
        with pytest.raises(Refused, match="checklist_days"):
            rules.change(begun(), about=None, owner=None, due=DAY - dt.timedelta(days=1), meeting=None)

    def test_what_is_left_out_for_who_may_not_see_the_customer(self) -> None:
        run = replace(rules.answer(begun("vardgaranti"), (0, 0, 0)), customer="kund-1", about="x")
        run = rules.write_step(run, 0, responsible=None, note="Hon har ont")
        seen = rules.without_customer(run)
        assert seen.hidden
        assert (seen.customer, seen.answers, seen.steps, seen.due, seen.about) == (None, (), (), None, None)
        plain = rules.without_customer(replace(rules.skip(begun(), 0, reason="Nej"), customer="kund-1"))
        assert [step.skipped for step in plain.steps][:2] == ["", None]
        assert rules.without_customer(begun()) == begun()


Gesture = Callable[[Run], Run]


def gestures() -> st.SearchStrategy[Gesture]:
    """Any gesture with any argument, wrong ones too."""
    position = st.integers(-1, 10)
    words = st.sampled_from(["", " ", "Behövs inte"])
    return st.one_of(
        position.map(lambda n: lambda run: rules.tick(run, n, by="bo-ek", at=NOW)),
        position.map(lambda n: lambda run: rules.untick(run, n)),
        st.tuples(position, words).map(lambda one: lambda run: rules.skip(run, one[0], reason=one[1])),
        st.tuples(position, words).map(
            lambda one: lambda run: rules.write_step(run, one[0], responsible="bo-ek", note=one[1])
        ),
        st.lists(st.integers(0, 1), max_size=5).map(lambda one: lambda run: rules.answer(run, tuple(one))),
        words.map(lambda why: lambda run: rules.abandon(run, reason=why, on=DAY)),
        st.just(lambda run: rules.finish(run, on=DAY)),
        st.just(rules.reopen),
    )


def holds_together(run: Run, first: Run) -> None:
    """What is true of a run at any time."""
    assert (run.ended_on is None) == (run.status is RunStatus.OPEN)
    assert (run.reason is not None) == (run.status is RunStatus.ABANDONED)
    if run.status is RunStatus.DONE:
        assert run.settled == len(run.steps)
        assert run.tree is None or run.outcome is not None
    for step in run.steps:
        assert not (step.done_at and step.skipped is not None)
        assert (step.done_at is None) == (step.done_by is None)
        assert step.skipped is None or step.skipped.strip()
    assert (run.key, run.unit, run.started_on, run.tree) == (first.key, first.unit, first.started_on, first.tree)
    if run.tree is None:
        assert [step.text for step in run.steps] == [step.text for step in first.steps]
    else:
        assert bool(run.steps) == (run.outcome is not None)


@given(st.sampled_from(["forbereda-mote", "vardgaranti"]), st.lists(gestures(), max_size=25))
def test_in_any_order_a_run_holds_together_and_every_gesture_can_be_taken_back(key: str, done: list[Gesture]) -> None:
    run = first = begun(key)
    changes: list[tuple[Run, Run]] = []
    for gesture in done:
        try:
            after = gesture(run)
        except KnownError:
            continue
        holds_together(after, first)
        if after != run:
            changes.append((run, after))
        run = after
    for was, left in reversed(changes):
        run = rules.put_back(run, left=left, was=was)
        holds_together(run, first)
        assert run == was
    assert run == first


def test_what_others_did_meanwhile_stays_when_a_gesture_is_taken_back() -> None:
    was = begun()
    left = rules.tick(was, 0, by="bo-ek", at=NOW)
    now = rules.tick(left, 1, by="anna-berg", at=NOW)
    back = rules.put_back(now, left=left, was=was)
    assert [step.done_by for step in back.steps][:2] == [None, "anna-berg"]
    with pytest.raises(Conflict):
        rules.put_back(rules.untick(now, 0), left=left, was=was)


def test_taking_back_never_moves_a_run_or_says_whom_it_is_about() -> None:
    was = begun()
    forged = replace(was, unit="lunden", customer="kund-1", name="Annan")
    assert rules.put_back(was, left=was, was=forged) == was


def test_nothing_is_taken_back_in_a_run_that_ended_since() -> None:
    was = begun()
    for number in range(1, len(was.steps)):
        was = rules.tick(was, number, by="bo-ek", at=NOW)
    left = rules.tick(was, 0, by="bo-ek", at=NOW)
    with pytest.raises(Refused, match="checklist_closed"):
        rules.put_back(rules.finish(left, on=DAY), left=left, was=was)


def test_only_an_open_run_is_written_in() -> None:
    over = rules.abandon(begun(), reason="Inställt", on=DAY)
    closed: list[Gesture] = [
        lambda run: rules.tick(run, 0, by="bo-ek", at=NOW), lambda run: rules.untick(run, 0),
        lambda run: rules.skip(run, 0, reason="x"), lambda run: rules.finish(run, on=DAY),
        lambda run: rules.abandon(run, reason="x", on=DAY),
    ]  # fmt: skip
    for gesture in itertools.chain(closed):
        with pytest.raises(Refused, match="checklist_closed"):
            gesture(over)
    assert rules.reopen(over) == begun()
