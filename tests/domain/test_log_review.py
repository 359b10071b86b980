"""The sample of the log: a page with many customers does not drown what somebody opened."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.log import LogRow, gestures
from app.domain.log_review import drawn

KINDS = st.lists(
    st.tuples(
        st.sampled_from(
            [("read", "today"), ("read", "customer"), ("print", "meeting:m"), ("save_customer", "customer")]
        ),
        st.integers(1, 30),
    ),
    min_size=1, max_size=30,
)  # fmt: skip


def rows_of(wanted: list[tuple[tuple[str, str], int]]) -> list[LogRow]:
    found: list[LogRow] = []
    for minute, ((action, thing), count) in enumerate(wanted):
        for number in range(count):
            found.append(LogRow(
                sequence=len(found) + 1, at=dt.datetime(2026, 3, 2) + dt.timedelta(minutes=minute),  # noqa: DTZ001
                user="bo", name="Bo", role="care_staff", unit="solgarden", unit_name="Solgården", workstation="d",
                action=action, object=f"customer:kund-{number}" if thing == "customer" else thing,
                customer=f"kund-{number}", label=None, reason=None,
            ))  # fmt: skip
    return found


@given(wanted=KINDS, size=st.integers(1, 40), seed=st.integers(0, 9))
def test_every_row_is_of_another_gesture_and_reading_comes_first(
    wanted: list[tuple[tuple[str, str], int]], size: int, seed: int
) -> None:
    rows = rows_of(wanted)
    chosen = drawn(rows, size=size, dice=Random(seed))  # noqa: S311 - to be drawn alike
    there = gestures(rows)
    home = {one.sequence: place for place, of in enumerate(there) for one in of}
    homes = [home[number] for number in chosen]
    assert list(chosen) == sorted(chosen)
    assert len(set(homes)) == len(chosen) == min(size, len(there))
    reading = [place for place, of in enumerate(there) if of[0].action in ("read", "print")]
    written = len(homes) - len(set(homes) & set(reading))
    assert written == max(0, len(chosen) - len(reading))


def test_what_was_opened_is_drawn_more_often_than_what_a_page_showed() -> None:
    rows = rows_of([(("read", "today"), 24), (("read", "customer"), 1)] * 20)
    found: Counter[str] = Counter()
    for seed in range(50):
        for number in drawn(rows, size=7, dice=Random(seed)):  # noqa: S311 - to be drawn alike
            found[str(rows[number - 1].object).partition(":")[0]] += 1
    assert found["customer"] > 3 * found["today"] > 0
