"""`teamforum plan`: the contract's shape, --apply that books it, and what is refused."""

from __future__ import annotations

import pytest

from tests.cli.test_commands import Line, line

__all__ = ["line"]
APRIL = ("plan", "--unit", "solgarden", "--from", "2026-04-01", "--to", "2026-04-30")


def test_a_month_is_proposed_in_the_contracts_shape_and_nothing_is_kept(line: Line) -> None:
    before = line.json("meetings")
    found = line.json(*APRIL)
    assert list(found) == ["meetings", "displaced", "conflicts"]
    assert list(found["meetings"][0]) == [
        "unit", "ward", "forum", "date", "start", "end", "place", "participants", "customers", "occasion",
    ]  # fmt: skip
    assert {one["forum"] for one in found["meetings"]} == {
        "daglig-avstamning", "teammote", "reflektionsmote", "apt", "kvalitetsmote", "borad",
    }  # fmt: skip
    assert line.json("meetings") == before


def test_apply_books_what_was_proposed_and_a_second_time_there_is_nothing_new(line: Line) -> None:
    proposed = line.json(*APRIL, "--apply")["meetings"]
    kept = line.json("meetings", "--from", "2026-04-01", "--to", "2026-04-30")
    assert sorted((one["forum"], one["date"], one["start"]) for one in kept) == sorted(
        (one["forum"], one["date"], one["start"]) for one in proposed
    )
    status, out, _ = line(*APRIL)
    assert status == 0
    assert " ny" not in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "--unit", "solgarden", "--from", "2026-04-30", "--to", "2026-04-01"), "Perioden"),
        (("plan", "--unit", "finns-inte", "--from", "2026-04-01", "--to", "2026-04-30"), "finns-inte"),
    ],
)
def test_what_cannot_be_planned_is_one_line(line: Line, words: tuple[str, ...], said: str) -> None:
    status, out, err = line(*words)
    assert (status, out) == (1, "")
    assert said in err
