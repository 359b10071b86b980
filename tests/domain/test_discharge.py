"""The days of a discharge (2017:612) and the drawn table of steps."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.coordination.cases import Discharge
from app.domain.coordination.diagram import diagram
from app.domain.coordination.discharge import deadlines, liable_from

ROOT = Path(__file__).resolve().parents[2]
_MOMENTS = st.datetimes(dt.datetime.fromisoformat("2020-01-01"), dt.datetime.fromisoformat("2030-01-01"))


@pytest.mark.parametrize(
    ("notice", "first"),
    [("2026-03-02T10:00", "2026-03-05"), ("2026-03-02T12:00", "2026-03-05"), ("2026-03-02T12:01", "2026-03-06"),
     ("2026-03-06T09:00", "2026-03-09"), ("2026-12-31T15:00", "2027-01-04")],
)  # fmt: skip
def test_the_municipality_pays_from_the_third_or_fourth_day(notice: str, first: str) -> None:
    assert liable_from(dt.datetime.fromisoformat(notice)) == dt.date.fromisoformat(first)


@given(_MOMENTS)
def test_a_later_notice_never_makes_it_pay_earlier(notice: dt.datetime) -> None:
    assert liable_from(notice) <= liable_from(notice + dt.timedelta(hours=5))
    assert 3 <= (liable_from(notice) - notice.date()).days <= 4


@given(_MOMENTS)
def test_the_admission_message_has_a_day_and_the_sip_three(moment: dt.datetime) -> None:
    (admitted,) = deadlines(Discharge(admitted_at=moment))
    called = next(one for one in deadlines(Discharge(ready_at=moment)) if "SIP" in one.words)
    assert admitted.at - moment == dt.timedelta(hours=24)
    assert called.at.date() - moment.date() == dt.timedelta(days=3)


def test_without_notices_nothing_is_counted() -> None:
    assert deadlines(None) == deadlines(Discharge()) == ()


def test_the_page_on_coordination_draws_the_table_that_runs() -> None:
    assert diagram() in (ROOT / "docs" / "coordination.md").read_text(encoding="utf-8")
