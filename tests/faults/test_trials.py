"""Every promise of trust, tried a few times in each run; `make faults` tries the full counts with the same trials."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from faults import __main__ as program
from faults import (
    backups,
    canaries,
    damage,
    disk,
    edits,
    hostile_files,
    hostile_text,
    intruders,
    kills,
    log,
    typed,
    upgrades,
)
from faults.outcome import Outcome, Tally

pytestmark = pytest.mark.timeout(400)
SEED = 7
Trial = Callable[[int, int], Outcome]
TRIALS: list[tuple[Trial, int]] = [
    (kills.try_it, 7),
    (typed.try_it, 1),
    (damage.try_it, 4),
    (canaries.try_it, 1),
    (intruders.try_it, 5),
    (backups.try_it, 2),
    (upgrades.try_it, 2),
    (edits.on_file, 15),
    (log.try_it, 28),
    (hostile_text.try_it, 25),
    (hostile_files.try_it, 40),
]


@pytest.mark.parametrize(("trial", "count"), TRIALS, ids=[trial.__module__.split(".")[-1] for trial, _ in TRIALS])
def test_the_promise_holds(trial: Trial, count: int) -> None:
    outcome = trial(count, SEED)
    assert outcome.tried >= count
    assert outcome.lost == 0, outcome.note


def test_a_failing_disk_is_told_and_nothing_is_half_written() -> None:
    outcome = disk.try_few(SEED)
    if outcome.lost is None:  # said in the row; there is nothing more to see on such a machine
        assert "C compiler" in outcome.note or "Linux" in outcome.note
        return
    assert outcome.tried > 0
    assert outcome.lost == 0, outcome.note


def test_a_broken_promise_is_counted_shown_and_told_by_the_exit_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = Tally()
    tally.case("flip")
    tally.case("flip", "not noticed", number=3)
    monkeypatch.setattr(program, "RESULT", tmp_path)
    monkeypatch.setattr(program, "hush_libraries", lambda: None)
    monkeypatch.setattr(damage, "try_it", lambda _count, _seed: tally.outcome("said"))
    assert program.main(["--only", "damage"]) == 1
    (row,) = json.loads((tmp_path / "faults.json").read_text(encoding="utf-8"))
    assert (row["promise"], row["tried"], row["lost"]) == ("damage is noticed", 2, 1)
    assert "not noticed (first in case 3)" in row["note"]
    assert "| BROKEN | 2 | 1 |" in (tmp_path / "faults.md").read_text(encoding="utf-8")
    assert "broken: damage is noticed" in capsys.readouterr().out


def test_what_cannot_be_tried_is_a_row_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "RESULT", tmp_path)
    monkeypatch.setattr(program, "hush_libraries", lambda: None)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert program.main(["--only", "disk"]) == 0
    (row,) = json.loads((tmp_path / "faults.json").read_text(encoding="utf-8"))
    assert row["lost"] is None
    assert "no C compiler" in row["note"]


def test_the_table_is_the_promise_table_in_its_order() -> None:
    assert [one.promise for one in program.PROMISES] == [
        "what was saved stays saved",
        "what is being typed survives a crash",
        "a failing disk is an honest error",
        "damage is noticed",
        "never plain text on disk",
        "nobody in without a password",
        "every backup restores",
        "an upgrade never strands anyone",
        "no silent overwrite",
        "who read what is on record",
        "hostile text stays text",
        "hostile files stay files",
    ]
