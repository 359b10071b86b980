"""Actions as lists, in files and on slips: who is shown what, what is logged, and what stays blank."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from app.domain.action_lists import Gathered, group_of
from app.domain.errors import Refused
from app.domain.meetings import Action
from app.domain.people import Outsider
from app.services import action_papers, actions, meetings
from app.services.desk import Desk
from tests.services.calls import SECRET
from tests.support import audit_rows, sit_down, tied


def taken_out(desk: Desk) -> list[tuple[str, str | None, str | None]]:
    return [row for row in audit_rows(desk) if row[0] in ("export", "print")]


def give(desk: Desk, *given: Action) -> None:
    """Let the teammöte's last point, which is about no customer, have these actions."""
    found = meetings.get_meeting(desk, key="teammote-1")
    *rest, party = found.value.items
    changed = replace(found.value, items=(*rest, replace(party, actions=given)))
    meetings.save_meeting(desk, meeting=changed, expected_version=found.version)


def test_a_licensed_persons_file_has_customers_and_the_log_says_which(furnished: Desk) -> None:
    anna = sit_down(furnished, "anna")
    found = action_papers.export_actions(anna, about="Alla")
    assert found.has_customer_data
    assert {row.customer for row in found.rows} == {None, "kund-1"}
    assert taken_out(furnished) == [("export", "actions", "kund-1")]


@pytest.mark.parametrize("user", ["bo", "siv", "lena"])
def test_who_may_not_print_customers_gets_the_rows_without_them(furnished: Desk, user: str) -> None:
    person = sit_down(furnished, user)
    found = action_papers.export_actions(person)
    assert found.rows
    assert not found.has_customer_data
    assert not found.with_customers
    assert SECRET not in repr(found)
    assert taken_out(furnished) == [("export", "actions", None)], "the export itself is on record"


def test_a_secretary_takes_out_the_meeting_she_wrote_and_no_other(furnished: Desk) -> None:
    siv = tied(furnished, user="siv", member="cia-dahl")
    found = action_papers.export_actions(siv)
    assert {row.meeting for row in found.rows if row.customer} == {"hallet", "justerat"}, "cia-dahl wrote both"
    other = tied(furnished, user="siv", member="dan-falk")
    assert not action_papers.export_actions(other).has_customer_data


def test_what_was_filtered_away_is_neither_in_the_file_nor_in_the_log(furnished: Desk) -> None:
    found = action_papers.export_actions(furnished, text="tårta")
    assert [row.key for row in found.rows] == ["att-gora"]
    assert taken_out(furnished) == [("export", "actions", None)]


def test_slips_are_for_those_without_an_account_and_say_whom_to_tell(furnished: Desk) -> None:
    (slip,) = action_papers.task_slips(sit_down(furnished, "anna"))
    (task,) = slip.tasks
    assert (slip.name, slip.unit_name, slip.has_customer_data) == ("Vera Vikarie", "Solgården", True)
    assert (task.text, task.report_to) == (f"{SECRET} ring", "Eva Chef")
    assert task.decided == "Teammöte Norr, mån 23 feb"
    assert taken_out(furnished) == [("print", "actions", "kund-1")]


def test_a_slip_by_one_who_may_not_print_customers_names_none(furnished: Desk) -> None:
    (slip,) = action_papers.task_slips(sit_down(furnished, "siv"))
    assert [task.text for task in slip.tasks] == ["Kundärende"]
    assert SECRET not in repr(slip)


def test_slips_of_one_person_one_meeting_or_nobody(furnished: Desk) -> None:
    vera, nils = Outsider("Vera Vikarie"), Outsider("Nils")
    give(furnished, Action(key="v", text="Vattna", responsible=vera), Action(key="n", text="Duka", responsible=nils))
    both = action_papers.task_slips(furnished)
    assert [(one.name, len(one.tasks)) for one in both] == [("Nils", 1), ("Vera Vikarie", 2)]
    assert [task.due is None for task in both[1].tasks] == [False, True], "what has a day comes first"
    (only,) = action_papers.task_slips(furnished, meeting="teammote-1", name="Vera Vikarie")
    assert [task.text for task in only.tasks] == ["Vattna"]
    with pytest.raises(Refused, match="slips_empty"):
        action_papers.task_slips(furnished, name="Ingen")


def test_waiting_is_for_what_others_owe_the_one_who_leads_or_raised_it(furnished: Desk) -> None:
    bo = sit_down(furnished, "bo")  # he raised Sommarfest
    give(
        furnished, Action(key="x", text="Duka", responsible="gun-holm"), Action(key="y", text="Ät", responsible="bo-ek")
    )
    waits = actions.list_actions(bo, waiting_for="bo-ek", status=None)
    assert {row.key for row in waits} == {"x"}
    chief = {row.key for row in actions.list_actions(furnished, waiting_for="eva-chef")}
    assert {"x", "y", "att-gora", "hallet-a"} <= chief
    assert actions.count_actions(furnished, waiting_for="eva-chef") == len(chief)


def test_a_gathered_list_keeps_each_group_together(furnished: Desk) -> None:
    for gathered in (Gathered.BY_CUSTOMER, Gathered.BY_MEETING):
        keys = [group_of(row, gathered) for row in actions.list_actions(furnished, gathered=gathered)]
        changes = sum(1 for one, after in itertools.pairwise(keys) if one != after)
        assert changes == len(set(keys)) - 1, gathered


def test_hidden_rows_stand_in_a_group_of_their_own(furnished: Desk) -> None:
    siv = sit_down(furnished, "siv")
    rows = actions.list_actions(siv, gathered=Gathered.BY_CUSTOMER)
    headings = list(dict.fromkeys(group.heading for row in rows if (group := group_of(row, Gathered.BY_CUSTOMER))))
    assert headings == ["Kundärenden som du inte ser", "Utan kund"]


def test_a_search_finds_people_and_customers_but_nothing_that_is_hidden(furnished: Desk) -> None:
    assert {row.key for row in actions.list_actions(furnished, text="Vera")} == {"vikariens"}
    assert {row.customer for row in actions.list_actions(furnished, text=f"{SECRET} lgh 1")} == {"kund-1"}
    assert {row.key for row in actions.list_actions(furnished, text="Sommarfest")} == {"att-gora", "gjort"}
    assert actions.list_actions(sit_down(furnished, "siv"), text="Vera") == ()


def test_completing_keeps_what_was_written_of_how_it_went(furnished: Desk) -> None:
    (row,) = actions.list_actions(furnished, text="tårta")
    actions.set_action(furnished, action=actions.as_action(row, result="Beställd"), expected_version=row.version)
    actions.complete_action(furnished, key=row.key, expected_version=row.version + 1)
    assert actions.list_actions(furnished, text="tårta")[0].result == "Beställd"
