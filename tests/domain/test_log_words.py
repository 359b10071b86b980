"""Every action and object that any service records has a Swedish word, found by reading the services' source."""

from __future__ import annotations

import ast
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.domain import log_words
from app.domain.log import Break, BreakKind, Head, LogRow, LogState, gestures
from app.domain.log_reasons import reason_words
from app.domain.meeting_rules import Step
from app.domain.wording import SENTENCES

APP = Path(__file__).resolve().parents[2] / "app"
TREES = {path: ast.parse(path.read_text()) for floor in ("services", "storage") for path in (APP / floor).glob("*.py")}
FUNCTIONS = {
    (path.stem, node.name): node
    for path, tree in TREES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef)
}


def _calls() -> Iterator[tuple[str, ast.FunctionDef, ast.Call]]:
    for home in FUNCTIONS.values():
        for node in ast.walk(home):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                yield called, home, node


CALLS: dict[str, list[tuple[ast.FunctionDef, ast.Call]]] = defaultdict(list)
for _called, _home, _node in _calls():
    CALLS[_called].append((_home, _node))


def calls(name: str) -> list[tuple[ast.FunctionDef, ast.Call]]:
    """Every call of a function or method by that name, with the function it stands in."""
    return CALLS.get(name, [])


@cache
def constants() -> dict[str, set[str]]:
    """What each name in capitals stands for, in any module."""
    found: dict[str, set[str]] = defaultdict(set)
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                for one in node.targets:
                    if isinstance(one, ast.Name):
                        found[one.id].add(str(node.value.value))
    return found


def given(call: ast.Call, name: str, home: ast.FunctionDef | None = None) -> ast.expr | None:
    """What a call hands over for a parameter, by name or by place in `home`."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    if home is not None:
        places = [argument.arg for argument in home.args.args]
        if name in places and places.index(name) < len(call.args):
            return call.args[places.index(name)]
    return None


def written(value: ast.expr | None, home: ast.FunctionDef | None) -> set[str]:
    """The texts that an expression can be; a parameter is followed to whoever calls the function."""
    if isinstance(value, ast.Constant):
        return {value.value} if isinstance(value.value, str) else set()
    if isinstance(value, ast.JoinedStr):
        first = value.values[0]
        if isinstance(first, ast.FormattedValue):  # a kind that is handed on, or the step of a meeting
            step = ast.unparse(value) == "f'{step.value}_meeting'"
            return {f"{one.value}_meeting" for one in Step} if step else written(first.value, home)
        return {str(first.value)} if isinstance(first, ast.Constant) else set()
    if isinstance(value, ast.IfExp):
        return written(value.body, home) | written(value.orelse, home)
    if isinstance(value, ast.Name) and value.id.isupper():
        return constants()[value.id]
    if isinstance(value, ast.Name) and home is not None:
        local = [
            node.value
            for node in ast.walk(home)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == value.id
        ]
        if local:
            return {text for one in local for text in written(one, home)}
        return {text for caller, call in calls(home.name) for text in written(given(call, value.id, home), caller)}
    assert value is None or isinstance(value, ast.Attribute), ast.unparse(value)  # what a row says was recorded before
    return set()


@cache
def recorded(field: str) -> set[str]:
    """The texts that a field of an event can be, anywhere in the program."""
    return {text for home, call in calls("Event") for text in written(given(call, field), home)}


def test_every_action_that_is_recorded_has_a_swedish_word() -> None:
    found = recorded("action")
    assert {"read", "print", "approve_meeting", "save_customer", "set_action", "log_anchor_missing"} <= found
    assert found - set(log_words.ACTIONS) == set()


def test_no_word_is_kept_for_what_nobody_records() -> None:
    assert set(log_words.ACTIONS) - recorded("action") == set()


def test_every_object_that_is_recorded_has_a_swedish_word() -> None:
    found = {text.partition(":")[0] for text in recorded("object")}
    assert {"meeting", "customer", "today", "actions", "log"} <= found
    assert found - set(log_words.OBJECTS) == set()


def test_the_words_are_swedish_sentences_without_marks() -> None:
    for _, words in log_words.ACTIONS.values():
        assert words[0].isupper()
        assert not words.endswith((".", "!"))
        assert "_" not in words


def row(sequence: int, **changes: object) -> LogRow:
    facts: dict[str, object] = {
        "sequence": sequence, "at": dt.datetime(2026, 3, 2, 9, 0), "user": "chef", "name": "Eva Chef",  # noqa: DTZ001
        "role": "enhetschef", "unit": "solgarden", "unit_name": "Solgården", "workstation": "test", "action": "read",
        "object": f"customer:kund-{sequence}", "customer": f"kund-{sequence}", "label": None, "reason": None,
    }  # fmt: skip
    return LogRow(**{**facts, **changes})  # type: ignore[arg-type]


def test_rows_of_one_gesture_are_gathered_and_no_others() -> None:
    rows = [row(1), row(2), row(3, action="print"), row(4, action="print", user="bo"), row(5, customer=None)]
    assert [[one.sequence for one in group] for group in gestures(rows)] == [[1, 2], [3], [4], [5]]


@pytest.mark.parametrize(("action", "reason", "said"), [
    ("add_account", "care_staff", "Omvårdnadspersonal"),
    ("save_account", "reader → licensed", "Läsare → Legitimerad personal"),
    ("add_account", "rescue", "vid räddning"),
    ("end_account", "restore", "vid återställning"),
    ("print", "agenda", "dagordning"),
    ("back_up", "before-import", "före inläsning"),
    ("failed_log_in", "3", "3 försök"),
    ("dispose", "1", "1 post"),
    ("dispose", "12", "12 poster"),
    ("set_disposal_period", "forever", "gallras inte"),
    ("set_disposal_period", "60", "60 månader"),
    ("propose_disposal", "minutes 2, drafts 1", "minnesanteckningar från hållna möten 2, utkast som aldrig sparades 1"),
    ("import", "customers 3, meetings 1", "kunder 3, möten 1"),
    ("remark_log_review", "17", "rad 17"),
    ("sign_log_review", "7f3a12bc0d4e9a01" * 4, "kontrollsumma 7f3a12bc"),
    ("key_change_waits", "database_busy", SENTENCES["database_busy"]),
    ("emergency", "reader", "reader"),
    ("mark_journaled", "HSL", "HSL"),
    ("merge_members", "anna-berg", "anna-berg"),
])  # fmt: skip
def test_a_reason_is_said_in_swedish_and_what_was_typed_as_it_was(action: str, reason: str, said: str) -> None:
    assert reason_words(row(1, action=action, reason=reason)) == said


def test_what_is_at_a_key_today_is_named_and_a_key_that_is_gone_stands_as_it_is() -> None:
    named = row(1, object="meeting:teammote-1", object_name="Teammöte Norr 3 mars 2026")
    assert log_words.object_words(named) == "möte Teammöte Norr 3 mars 2026"
    assert log_words.object_words(row(1, object="meeting:teammote-1")) == "möte teammote-1"
    assert log_words.object_words(row(1, object="kind:minutes")) == "handlingstyp Minnesanteckningar från hållna möten"
    ended = row(1, action="close_meeting", object="meeting:teammote-1", object_name="Teammöte Norr 3 mars 2026")
    assert log_words.gesture_words((ended,)) == "Avslutade möte, Teammöte Norr 3 mars 2026"
    assert log_words.object_words(row(1, object="kind:borta")) == "handlingstyp borta"


def test_a_gesture_is_told_with_how_many_customers_it_showed() -> None:
    page = tuple(row(number, object="today") for number in range(1, 25))
    assert log_words.gesture_words(page) == "Läste, sidan Idag · 24 kunder"
    assert log_words.gesture_words((row(1),)) == "Läste"


@pytest.mark.parametrize(("count", "changes", "listed"), [
    (1, {"object": "today"}, True), (1, {"object": "log_review:3"}, True), (2, {}, True),
    (1, {}, False), (2, {"object": "meeting:m"}, False), (2, {"action": "print"}, False),
])  # fmt: skip
def test_what_was_shown_in_passing_is_told_from_what_was_opened(
    count: int, changes: dict[str, object], listed: bool
) -> None:
    assert log_words.is_list(tuple(row(number, **changes) for number in range(count))) is listed


@pytest.mark.parametrize("kind", BreakKind)
def test_each_kind_of_break_is_said_with_its_row(kind: BreakKind) -> None:
    said = log_words.break_words(Break(kind=kind, sequence=17, was=4))
    assert said.startswith("Rad 17 ")
    assert "{" not in said


def test_a_check_says_where_and_what_to_do() -> None:
    whole = LogState(rows=5, head=None, anchor=None, breaks=())
    assert log_words.state_words(whole) == "Loggen stämmer. Alla 5 rader är hela och i rätt ordning."
    breaks = tuple(Break(kind=BreakKind.EDITED, sequence=number) for number in range(1, 14))
    said = log_words.state_words(LogState(rows=20, head=None, anchor=None, breaks=breaks))
    assert "raderna 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 och 3 till" in said
    assert log_words.ADVICE in said
    one = log_words.state_words(LogState(rows=20, head=None, anchor=None, breaks=breaks[:1]))
    assert "rad 1." in one


def test_a_lost_end_is_told_calmly_with_what_to_do() -> None:
    said = log_words.lost_words(
        Head(database="x", sequence=1234, mac=b"\x7f" * 32, at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    )
    assert "rad 1\u00a0234" in said
    assert "Säg till enhetschefen" in said
