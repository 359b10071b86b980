"""`teamforum audit`: what it prints of a whole log and of a changed one, and the extracts it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.services import customers
from tests.cli.test_commands import Line, line
from tests.reports.material import pages_of
from tests.storage.tools import tamper
from tests.support import files_of, log_in

__all__ = ["line"]


def leave(database: Path) -> None:
    desk = log_in(database)
    customers.list_customers(desk)
    desk.close()


def test_a_whole_log_is_told_with_its_end_and_nothing_is_written(line: Line) -> None:
    leave(line.database)
    before = files_of(line.database.parent)
    found = line.json("audit", "verify")
    assert found["ok"] is True
    assert found["breaks"] == []
    assert found["head"]["sequence"] == found["rows"] == found["anchor"]["sequence"]
    assert found["head"]["mac"] == found["anchor"]["mac"]
    assert len(bytes.fromhex(found["head"]["mac"])) == 32
    status, out, err = line("audit", "verify")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        f"Loggen stämmer. Alla {found['rows']} rader är hela och i rätt ordning.",
        f"Loggens slut: {found['head']['text']}",
    ]
    assert files_of(line.database.parent) == before


CHANGES = {
    "edited": ("UPDATE audit SET user = 'bo' WHERE sequence IN (3, 6)", [("edited", 3), ("edited", 6)]),
    "deleted": ("DELETE FROM audit WHERE sequence = 3", [("deleted", 3), ("unproven", 4)]),
    "cut off": (
        "DELETE FROM audit WHERE sequence > (SELECT max(sequence) - 2 FROM audit)", [("cut_off", -1), ("cut_off", 0)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_log_is_refused_in_one_line_and_located_row_by_row(line: Line, change: str) -> None:
    leave(line.database)
    rows = line.json("audit", "verify")["rows"]
    statement, breaks = CHANGES[change]
    tamper(line.database, statement)
    status, out, err = line("audit", "verify", "--json")
    found = json.loads(out)
    assert status == 1
    assert found["ok"] is False
    assert [(one["kind"], one["sequence"]) for one in found["breaks"]] == [
        (kind, place if place > 0 else rows + place) for kind, place in breaks
    ]
    assert err.count("\n") == 1
    assert err.startswith("Loggen stämmer inte: rad")
    status, out, _ = line("audit", "verify")
    assert status == 1
    assert len(out.splitlines()) == len(breaks)


def test_who_has_no_password_learns_nothing(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAMFORUM_PASSWORD", "fel lösenord igen")
    status, out, err = line("audit", "verify", "--json")
    assert (status, out) == (1, "")
    assert err == "Fel användare eller lösenord. Kontrollera stavningen och försök igen.\n"


def test_an_end_cut_off_is_told_by_the_next_command_on_stderr(line: Line) -> None:
    leave(line.database)
    tamper(line.database, "DELETE FROM audit WHERE sequence > (SELECT max(sequence) - 2 FROM audit)")
    status, out, err = line("units", "--json")
    assert status == 0
    json.loads(out)
    assert err.startswith("Loggen är kortare än när den här datorn senast hade databasen öppen")
    assert line("units", "--json")[2].startswith("Loggen saknar rader."), "until an enhetschef has said in the window"


def test_extracts_are_written_for_a_customer_and_for_a_user(line: Line, tmp_path: Path) -> None:
    leave(line.database)
    out = tmp_path / "utdrag.pdf"
    assert line("audit", "extract", "--customer", "kund-1", "-o", str(out)) == (0, "", "")
    text = "\n".join(pages_of(out.read_bytes()))
    for part in ("Loggutdrag", "Kund 1101 AB", "Läste", "Eva Chef", "Loggens slut", "Hela loggen"):
        assert part in text
    assert line("audit", "extract", "--user", "chef", "--from", "2026-03-02", "-o", str(out)) == (0, "", "")
    assert "Eva Chef (chef)" in "\n".join(pages_of(out.read_bytes()))


@pytest.mark.parametrize(("user", "words", "said"), [
    ("anna", ("--customer", "kund-1"), "Din roll (Legitimerad personal) ger inte rätt till detta."),
    ("anna", ("--user", "chef"), "Din roll (Legitimerad personal) ger inte rätt till detta."),
    ("chef", ("--customer", "kund-99"), "Kunden kund-99 finns inte."),
    ("chef", ("--user", "ingen"), "Användaren ingen finns inte."),
])  # fmt: skip
def test_other_extracts_are_refused_and_no_file_is_left(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: str, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("TEAMFORUM_USER", user)
    status, out, err = line("audit", "extract", *words, "-o", str(tmp_path / "utdrag.pdf"))
    assert (status, out) == (1, "")
    assert err.startswith(said)
    assert not (tmp_path / "utdrag.pdf").exists()


@pytest.mark.parametrize("words", [
    (), ("verify", "-o", "x.pdf"), ("extract", "-o", "x.pdf"), ("extract", "--user", "chef"),
    ("extract", "--user", "chef", "--customer", "kund-1", "-o", "x.pdf"),
])  # fmt: skip
def test_wrong_usage_ends_with_status_2(line: Line, words: tuple[str, ...]) -> None:
    assert line("audit", *words)[0] == 2
