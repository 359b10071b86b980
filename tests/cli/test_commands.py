"""What each command prints, where, and how it ends: done, refused with one Swedish line, or wrongly written."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pikepdf import pdfa
from PIL import Image
from pypdf import PdfReader

from app import bootstrap
from app.domain.catalogue import forum_to_dict
from app.domain.meetings import Action
from app.services import accounts, attachments, meetings
from tests.exchange.material import small_file
from tests.support import PASSWORD, files_of, log_in, surroundings


class Line:
    """A command line on one database: runs a command, and gives its status with what it printed."""

    def __init__(self, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.database = database
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        try:
            status = bootstrap.run(["-d", str(self.database), *words])
        except SystemExit as ended:
            status = int(str(ended.code))
        printed = self._capsys.readouterr()
        return status, printed.out, printed.err

    def json(self, *words: str) -> Any:
        status, out, err = self(*words, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)


@pytest.fixture
def line(database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    """The command line of the enhetschef on the small unit, on 2 March 2026."""
    monkeypatch.setenv("TEAMFORUM_USER", "chef")
    monkeypatch.setenv("TEAMFORUM_PASSWORD", PASSWORD)
    monkeypatch.setenv("TEAMFORUM_TODAY", "2026-03-02")
    return Line(database, capsys)


def test_forums_come_in_the_contracts_shape_and_order_without_a_database(line: Line, tmp_path: Path) -> None:
    line.database = tmp_path / "finns-inte.tfdb"
    found = line.json("forums")
    assert len(found) == 33
    assert list(found[0]) == [
        "setting", "key", "name", "interval", "minutes", "place", "digital", "participants", "responsible", "topics",
        "customers_per_meeting", "review_every_months", "agenda",
    ]  # fmt: skip
    assert found == [forum_to_dict(forum) for forum in bootstrap.load_lists().catalogue.all]
    assert list(found[0]["interval"]) == ["frequency", "every", "times_per_day", "time_of_day", "when_needed"]
    assert list(found[0]["minutes"]) == ["min", "max", "extendable", "approximate", "per_ward"]
    assert [one["key"] for one in line.json("forums", "--setting", "ledning")] == [
        "styrgrupp", "dialogmote", "arbetsgrupp",
    ]  # fmt: skip
    status, out, err = line("forums")
    assert (status, err) == (0, "")
    assert "varannan vecka" in out
    assert list(tmp_path.glob("*.tfdb*")) == []


def test_the_lists_print_objects_as_the_file_has_them(line: Line) -> None:
    whole = small_file()
    assert line.json("units") == whole["units"]
    assert line.json("members", "--unit", "solgarden") == whole["members"]
    assert line.json("customers", "--status", "home") == whole["customers"]
    assert line.json("customers", "--status", "left") == []
    assert line.json("meetings", "--from", "2026-03-03", "--to", "2026-03-03") == whole["meetings"][:1]
    assert line.json("meetings", "--from", "2026-03-04") == []
    assert line.json("meetings", "--status", "approved") == []
    assert line.json("actions") == []
    for words, shown in (
        ("units", "Solgården"),
        ("members", "Anna Berg"),
        ("customers", "Gran 7"),
        ("meetings", "Teammöte Norr"),
    ):
        status, out, err = line(words)
        assert (status, err) == (0, "")
        assert shown in out
    assert "1103" not in line("customers")[1], "a protected identity is only its code"


def test_actions_tell_unit_meeting_and_item(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text(json.dumps(small_file()), encoding="utf-8")
    status, out, err = line("import", str(file))
    assert (status, out) == (0, "")
    assert err == "Inläst: 1 möte, 12 oförändrade.\n"
    found = line.json("actions", "--status", "open")
    assert found == [
        {
            "key": "dialog-1-b", "text": "Enkät", "status": "open", "unit": "solgarden", "meeting": "dialog-1",
            "item": "dialog-1-1",
        }
    ]  # fmt: skip
    assert "Enkät" in line("actions")[1]


def test_a_refused_import_lists_every_fault_on_stdout_and_sums_up_on_stderr(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("Namn;Yrke;Enhet\nÅsa;;Solgården\nBo;Kock;Månen\n", encoding="cp1252")
    status, out, err = line("import", str(file))
    assert (status, err.count("\n")) == (1, 1)
    assert out.splitlines() == ["rad 2, Yrke: Yrke saknas.", "rad 3, Enhet: Enheten Månen finns inte."]
    assert err.startswith("Filen nekades och ingenting är ändrat.")
    status, out, err = line("import", str(file), "--json")
    assert status == 1
    assert json.loads(out) == {
        "imported": {},
        "refused": [
            {"line": 2, "column": "Yrke", "reason": "Yrke saknas."},
            {"line": 3, "column": "Enhet", "reason": "Enheten Månen finns inte."},
        ],
    }
    file.write_text("Namn;Yrke\nÅsa;Kock\n", encoding="cp1252")
    status, out, err = line("import", str(file), "--dry-run", "--json")
    assert (status, json.loads(out)["imported"]["members"]) == (0, 1)
    assert len(line.json("members")) == 6


def test_an_import_warns_of_what_looks_like_a_personnummer_and_takes_it_in(line: Line, tmp_path: Path) -> None:
    content = small_file()
    content["meetings"][0]["items"][3]["notes"] = "Ring 811218-9876."
    file = tmp_path / "in.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    place = "meetings[0].items[3].notes"
    reason = "Det ser ut som ett personnummer. Skriv initialer i stället."
    status, out, err = line("import", str(file), "--dry-run", "--json")
    assert (status, err.count("\n")) == (0, 1)
    assert json.loads(out)["warnings"] == [{"line": 0, "column": place, "reason": reason}]
    status, out, err = line("import", str(file))
    assert (status, out) == (0, f"varning, {place}: {reason}\n")
    assert err.startswith("Inläst: ")
    status, out, _ = line("export", str(tmp_path / "ut.json"))
    assert "811218-9876" in (tmp_path / "ut.json").read_text(encoding="utf-8")


def test_a_protected_customer_is_listed_as_her_code_and_given_out_whole_as_an_export_is(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, shown, _ = line("customers")
    assert status == 0
    assert "Gran 7" in shown
    assert "EF" not in shown.split()
    listed = {one["key"]: one for one in line.json("customers")}
    assert (listed["kund-3"]["reference"], listed["kund-3"]["apartment"]) == ("EF", "1103")
    monkeypatch.setenv("TEAMFORUM_USER", "anna")
    listed = {one["key"]: one for one in line.json("customers")}
    assert listed["kund-3"]["reference"] == listed["kund-3"]["code"] == "Gran 7"
    assert "apartment" not in listed["kund-3"]


def test_check_says_it_is_whole_or_changes_nothing(line: Line) -> None:
    assert line.json("check")["ok"] is True
    assert "är hel" in line("check")[1]
    line.database.write_bytes(line.database.read_bytes()[:20_000])
    before = files_of(line.database.parent)
    status, out, err = line("check", "--json")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "skadad" in err
    assert files_of(line.database.parent) == before


DENIED: list[tuple[str, Callable[[pytest.MonkeyPatch], None], str]] = [
    ("wrong password", lambda patch: patch.setenv("TEAMFORUM_PASSWORD", "fel"), "Fel användare eller lösenord."),
    ("empty password", lambda patch: patch.setenv("TEAMFORUM_PASSWORD", ""), "Fel användare eller lösenord."),
    ("no password", lambda patch: patch.delenv("TEAMFORUM_PASSWORD"), "Lösenord saknas."),
    ("unknown user", lambda patch: patch.setenv("TEAMFORUM_USER", "okänd"), "Fel användare eller lösenord."),
    ("no user", lambda patch: patch.delenv("TEAMFORUM_USER"), "Användare saknas."),
    ("unreadable day", lambda patch: patch.setenv("TEAMFORUM_TODAY", "i går"), "TEAMFORUM_TODAY är inte ett datum"),
]


@pytest.mark.parametrize(("name", "spoil", "said"), DENIED, ids=lambda one: one if isinstance(one, str) else "")
def test_who_is_denied_gets_one_line_and_nothing_else(
    line: Line, monkeypatch: pytest.MonkeyPatch, name: str, spoil: Callable[[pytest.MonkeyPatch], None], said: str
) -> None:
    spoil(monkeypatch)
    for words in (("customers", "--json"), ("export", str(line.database.parent / "ut.json"))):
        status, out, err = line(*words)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert err.startswith(said) or "För många försök" in err
    assert not (line.database.parent / "ut.json").exists()


def test_a_role_without_the_right_is_denied_the_same_way(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAMFORUM_USER", "lena")
    for words in (("customers", "--json"), ("export", "ut.json"), ("import", str(line.database))):
        status, out, err = line(*words)
        assert (status, out, err.count("\n")) == (1, "", 1)
    assert [one["customers"] for one in line.json("meetings")] == [[]]


@pytest.mark.parametrize(
    "words",
    [("bok",), ("agenda",), ("agenda", "-o", "x.pdf"), ("minutes", "--from", "2026-03-01", "-o", "x.pdf"),
     ("meetings", "--from", "igår"), ("meetings", "--from", "2026-W01"), ("init",), ("customers", "--status", "död"),
     ("minutes", "--meeting", "m", "--form", "extract", "-o", "x.pdf"),
     ("minutes", "--meeting", "m", "--form", "kort", "-o", "x.pdf"),
     ("minutes", "--meeting", "m", "--customer", "kund-1", "-o", "x.pdf"),
     ("agenda", "--meeting", "m", "--archive", "-o", "x.pdf"),
     ("init", "--unit", "X", "--setting", "sjukhus"), ("forums", "--jsn"), ("import",)],
    ids=" ".join,
)  # fmt: skip
def test_a_command_wrongly_written_ends_with_two_and_swedish(line: Line, words: tuple[str, ...]) -> None:
    status, out, err = line(*words)
    assert (status, out) == (2, "")
    assert "kommandot är fel skrivet" in err


def test_minutes_come_in_the_form_that_is_asked_for(line: Line, tmp_path: Path) -> None:
    desk = log_in(line.database)
    found = meetings.get_meeting(desk, key="teammote-1")
    first, ab, cd, party = found.value.items
    written = (
        replace(first, decisions=("Anteckningarna läggs till handlingarna.",)),
        replace(ab, notes="Sover bättre."), replace(cd, notes="Har ramlat."), party,
    )  # fmt: skip
    meetings.save_meeting(desk, meeting=replace(found.value, items=written), expected_version=found.version)
    version = meetings.get_meeting(desk, key="teammote-1").version
    meetings.close_meeting(desk, key="teammote-1", expected_version=version)
    desk.close()

    text = ""

    def text_of(*words: str, of: tuple[str, ...] = ("--meeting", "teammote-1")) -> str:
        out = tmp_path / "ut.pdf"
        assert line("minutes", *of, *words, "-o", str(out)) == (0, "", "")
        return " ".join("".join(page.extract_text() for page in PdfReader(out).pages).split())

    sleeps, fell, filed = "Sover bättre.", "Har ramlat.", "Anteckningarna läggs till handlingarna."
    month = ("--from", "2026-03-01", "--to", "2026-03-31")
    for words, of, there in (
        ((), None, (sleeps, fell, filed)), (("--form", "full", "--archive"), None, (sleeps, fell, filed)),
        (("--form", "no-customers"), None, (filed,)), (("--form", "decisions"), None, (filed,)),
        (("--form", "extract", "--customer", "kund-1"), None, (sleeps,)),
        (("--form", "extract", "--customer", "kund-2"), month, (fell,)),
    ):  # fmt: skip
        text = text_of(*words, of=of or ("--meeting", "teammote-1"))
        assert tuple(one for one in (sleeps, fell, filed) if one in text) == there
    assert "1101" not in text
    assert pdfa.validate_written(io.BytesIO(_archived(line, tmp_path)), "2b").passed
    status, _, err = line(
        "minutes", "--meeting", "teammote-1", "--form", "extract", "--customer", "kund-4", "-o", str(tmp_path / "x.pdf")
    )
    assert (status, err) == (
        1, "Det står inget om den kunden i anteckningarna. Välj en annan kund eller ett annat möte.\n"
    )  # fmt: skip
    assert not (tmp_path / "x.pdf").exists()


def _archived(line: Line, folder: Path) -> bytes:
    out = folder / "arkiv.pdf"
    assert line("minutes", "--meeting", "teammote-1", "--archive", "-o", str(out)) == (0, "", "")
    return out.read_bytes()


def test_what_does_not_exist_is_said_in_one_line(line: Line, tmp_path: Path) -> None:
    for words in (
        ("members", "--unit", "manen"),
        ("agenda", "--meeting", "finns-inte", "-o", str(tmp_path / "x.pdf")),
        ("minutes", "--from", "2020-01-01", "--to", "2020-02-01", "-o", str(tmp_path / "x.pdf")),
        ("import", str(tmp_path / "saknas.json")),
        ("import", str(tmp_path)),
        ("export", str(tmp_path / "ingen" / "mapp.json")),
        ("init", "--unit", "Ny", "--setting", "boendestod"),
        ("demo",),
    ):
        status, out, err = line(*words)
        assert (status, err.count("\n")) == (1, 1), words
        assert err.strip().endswith(".")
        assert words[0] == "import" or out == ""
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_bug_is_one_line_and_its_text_is_in_no_log(
    line: Line, monkeypatch: pytest.MonkeyPatch, nobodys_machine: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("1101 AB har ramlat")

    monkeypatch.setattr("app.services.customers.list_customers", broken)
    status, out, err = line("customers")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("Något gick fel i programmet.")
    logs = [path.read_text(encoding="utf-8") for path in nobodys_machine.rglob("fel.log")]
    assert len(logs) == 1
    assert "RuntimeError" in logs[0]
    assert "ramlat" not in logs[0]


def test_help_is_swedish_and_every_command_is_in_it(line: Line) -> None:
    status, out, _ = line("--help")
    assert status == 0
    for word in ("användning:", "init", "demo", "forums", "import", "export", "agenda", "minutes", "check"):
        assert word in out


def test_a_file_that_somebody_has_open_is_waited_for_and_then_named(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "COMMAND_WAIT", 0.3)
    desk = log_in(line.database)
    try:
        status, out, err = line("units")
    finally:
        desk.close()
    assert (status, out) == (1, "")
    assert "används redan av" in err
    assert line("units")[0] == 0


def test_a_password_that_was_handed_over_gives_no_command_anything(
    line: Line, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = log_in(database)
    accounts.reset_password(desk, surroundings(), user="bo", password="dadada-bebebe-fififi")
    desk.close()
    monkeypatch.setenv("TEAMFORUM_USER", "bo")
    monkeypatch.setenv("TEAMFORUM_PASSWORD", "dadada-bebebe-fififi")
    for words in (("meetings", "--json"), ("members",), ("export", str(database.with_name("ut.json")))):
        status, out, err = line(*words)
        assert (status, out) == (1, "")
        assert err.splitlines() == [
            "Lösenordet har du fått av någon annan. Öppna Teamforums fönster, logga in där och välj ett eget."
        ]
    assert not database.with_name("ut.json").exists()


def test_search_prints_hits_in_the_contracts_shape_newest_first(line: Line) -> None:
    desk = log_in(line.database)
    stored = meetings.get_meeting(desk, key="teammote-1")
    first, *rest = stored.value.items
    noted = replace(first, notes="Ångesten är mindre.", actions=(Action(key="ang", text="Fråga om ångest"),))
    meetings.save_meeting(desk, meeting=replace(stored.value, items=(noted, *rest)), expected_version=stored.version)
    desk.close()
    found = line.json("search", "ångest")
    assert [list(one) for one in found] == [["kind", "key", "title", "date", "snippet"]] * 2
    assert [(one["kind"], one["key"]) for one in found] == [("item", first.key), ("action", "ang")]
    assert found[0]["snippet"] == "Ångesten är mindre."
    assert line.json("search", "angest") == []
    assert line.json("search", "mindre", "ÅNGEST")[0]["key"] == first.key
    assert line.json("search", '"mindre ångest"') == []
    assert line.json("search", "ångest", "--from", "2031-01-01", "--to", "2031-12-31") == []
    status, out, err = line("search", "ångest")
    assert (status, err) == (0, "")
    assert "Fråga om ångest" in out
    assert line("search")[0] == 2


def test_minutes_take_their_files_along_when_asked(line: Line, tmp_path: Path) -> None:
    picture = tmp_path / "plan.png"
    Image.new("RGB", (40, 30), "navy").save(picture)
    desk = log_in(line.database)
    attachments.add_attachment(desk, meeting="teammote-1", name="plan.png", data=picture.read_bytes())
    desk.close()
    bare, whole = tmp_path / "utan.pdf", tmp_path / "med.pdf"
    assert line("agenda", "--meeting", "teammote-1", "-o", str(bare)) == (0, "", "")
    assert line("agenda", "--meeting", "teammote-1", "--appendices", "-o", str(whole)) == (0, "", "")
    assert len(PdfReader(whole).pages) == len(PdfReader(bare).pages) + 1
