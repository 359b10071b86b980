"""How figures are taken: the median of pairs, a missing peer said aloud, and rows as the result file has them."""

from __future__ import annotations

from bench.measure import compare, exactly, missing


def test_the_ratio_is_the_median_of_pairs_and_the_first_round_is_dropped() -> None:
    own = iter([100.0, 2.0, 4.0, 6.0])
    row = compare("x", subject=lambda: next(own), floor=lambda: 2.0, goal=2.0, against="two", rounds=3)
    assert (row.ratio, row.min, row.max, row.n, row.median) == (2.0, 1.0, 3.0, 3, 4.0)
    assert row.met is True


def test_a_missing_peer_is_a_row_that_says_so() -> None:
    row = missing("openlp", goal=0.5, against="OpenLP", unit="s", why="not installed")
    assert (row.ratio, row.met, row.note) == (None, None, "not installed")


def test_a_row_has_what_the_result_file_promises() -> None:
    row = exactly("merged_bytes", own=40, other=100, goal=0.3, against="files", unit="bytes").as_json()
    assert {"name", "ratio", "goal", "against", "n", "median", "unit", "min", "max", "load", "note", "met"} <= set(row)
    assert (row["ratio"], row["met"]) == (0.4, False)
