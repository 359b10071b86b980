"""`teamforum calendar`: one calendar of a period, what is cancelled in it, nothing of customers."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest

from app.services import log, meetings
from tests.cli.test_commands import Line, line
from tests.support import log_in

__all__ = ["line"]
MARCH = ("calendar", "--from", "2026-03-01", "--to", "2026-03-31")


def read(path: Path) -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(path.read_bytes())
    assert isinstance(found, icalendar.Calendar)
    return found


def test_a_period_is_one_calendar_and_the_export_is_logged(line: Line, tmp_path: Path) -> None:
    out = tmp_path / "mars.ics"
    assert line(*MARCH, "-o", str(out)) == (0, "", "")
    calendar = read(out)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    (event,) = calendar.events
    assert (str(event["SUMMARY"]), event["STATUS"], event["SEQUENCE"]) == ("Teammöte Norr", "CONFIRMED", 0)
    assert "DTSTART;TZID=Europe/Stockholm:20260303T130000" in out.read_text(encoding="utf-8")
    assert [str(zone["TZID"]) for zone in calendar.timezones] == ["Europe/Stockholm"]
    assert "1101" not in out.read_text(encoding="utf-8")
    again = tmp_path / "igen.ics"
    line(*MARCH, "-o", str(again))
    assert again.read_bytes() == out.read_bytes(), "a day that is asked for gives the same file each time"
    desk = log_in(line.database)
    try:
        rows = [row for row in log.list_log(desk) if row.action == "export"]
        assert [row.object for row in rows] == ["meetings", "meetings"]
    finally:
        desk.close()


def test_what_is_cancelled_is_in_it_with_a_higher_count_under_the_same_identity(line: Line, tmp_path: Path) -> None:
    before, after = tmp_path / "a.ics", tmp_path / "b.ics"
    line(*MARCH, "-o", str(before))
    desk = log_in(line.database)
    stored = meetings.get_meeting(desk, key="teammote-1")
    meetings.cancel_meeting(desk, key="teammote-1", reason="Sjukdom", expected_version=stored.version)
    desk.close()
    assert line(*MARCH, "-o", str(after))[0] == 0
    (was,), (now,) = read(before).events, read(after).events
    assert (now["STATUS"], now["SEQUENCE"], now["UID"]) == ("CANCELLED", 1, was["UID"])


def test_one_members_calendar_has_what_she_is_called_to(line: Line, tmp_path: Path) -> None:
    out = tmp_path / "hon.ics"
    assert line(*MARCH, "--member", "bo-ek", "--unit", "solgarden", "-o", str(out))[0] == 0
    assert len(read(out).events) == 1
    status, shown, err = line(*MARCH, "--member", "dan-falk", "-o", str(out))
    assert (status, shown) == (1, "")
    assert "inga sådana möten" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--unit", "finns-inte"), "finns-inte"), (("--member", "ingen"), "ingen"),
        (("--from", "2026-04-01"), "Slutdatumet"),
    ],
)  # fmt: skip
def test_what_cannot_be_exported_is_one_line_and_no_file(
    line: Line, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "ut.ics"
    status, shown, err = line(*MARCH, *words, "-o", str(out))
    assert (status, shown, err.count("\n")) == (1, "", 1)
    assert said in err
    assert not out.exists()


def test_without_a_period_or_a_file_the_usage_is_wrong(line: Line) -> None:
    assert line("calendar", "--from", "2026-03-01", "-o", "x.ics")[0] == 2
    assert line(*MARCH)[0] == 2
