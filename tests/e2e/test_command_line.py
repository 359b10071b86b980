"""A unit's whole way on the command line, as a person types it: from init to minutes on paper and back out again."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.exchange.material import RICH
from tests.terminal import Way, in_own_process, in_this_process

PASSWORD = "en lång promenad 1947"
CUSTOMERS = "Referens;Enhet;Avdelning;Lägenhet;Skyddad\nAB;Solgården;;1101;nej\nHemlig Person;Solgården;;1102;ja\n"


class Terminal:
    """A folder with a database, and the command line in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "TEAMFORUM_DATABASE": str(folder / "enhet.tfdb"),
            "TEAMFORUM_USER": "chef",
            "TEAMFORUM_PASSWORD": PASSWORD,
            "TEAMFORUM_TODAY": "2026-03-02",
        }

    def __call__(self, *words: str, status: int = 0, way: Way = in_this_process) -> str:
        said = way(words, self.folder, self.environment)
        assert said.status == status, said.err
        assert "Traceback" not in said.err
        if status:
            assert said.out == ""
            assert said.err.count("\n") == 1
            return said.err
        return said.out

    def text_of(self, pdf: str) -> str:
        """The text of a PDF in one piece, as pdftotext reads it."""
        done = subprocess.run(
            ["pdftotext", "-layout", pdf, "-"], cwd=self.folder, capture_output=True, encoding="utf-8", check=True
        )
        return " ".join(done.stdout.split())


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal in an empty folder."""
    return Terminal(tmp_path)


def team_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ("Namn", "Yrke", "E-post", "Natt (ja/nej)", "Enhet"),
        ("Anna Berg", "ssk", "anna@exempel.se", "nej", "Solgården"),
        ("Bo Ek", "Undersköterska", None, "nej", "Solgården"),
        ("Gun Hölm", "usk", None, "ja", "Solgården"),
    ):
        book.active.append(row)
    book.save(path)


def real_meeting(customer: str, protected: str) -> dict[str, object]:
    """The rich meeting about the customers that were just taken in."""
    text = json.dumps({**RICH, "status": "approved"}, ensure_ascii=False)
    text = text.replace('"kund-1"', f'"{customer}"').replace('"kund-2"', f'"{protected}"')
    text = text.replace('"kund-3"', f'"{customer}"').replace('"gun-holm"', '"gun-holm"')
    meeting: dict[str, object] = json.loads(text)
    for item in meeting["items"]:  # type: ignore[attr-defined]
        item.pop("carried_from", None)
    return meeting


def test_from_init_through_team_and_minutes_to_the_papers(terminal: Terminal, tmp_path: Path) -> None:
    words = ("init", "--unit", "Solgården", "--setting", "sarskilt-boende", "--full-name", "Eva Chef")
    made = terminal(*words, way=in_own_process)
    assert "Återställningsnyckel" in made
    assert "finns redan" in terminal("init", "--unit", "Annan", "--setting", "boendestod", status=1)

    team_workbook(tmp_path / "team.xlsx")
    terminal("import", "team.xlsx")
    (tmp_path / "kunder.csv").write_bytes(CUSTOMERS.encode("cp1252"))
    terminal("import", "kunder.csv")
    members = json.loads(terminal("members", "--json"))
    assert [one["key"] for one in members] == ["anna-berg", "bo-ek", "gun-holm"]
    found = {one["reference"]: one["key"] for one in json.loads(terminal("customers", "--json"))}
    meeting = real_meeting(found["AB"], found["Hemlig Person"])
    content = {"format": "teamforum", "version": 1, "meetings": [meeting]}
    (tmp_path / "moten.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    terminal("import", "moten.json")
    assert [one["key"] for one in json.loads(terminal("actions", "--json"))] == ["dialog-1-a", "dialog-1-b"]

    terminal("minutes", "--meeting", "dialog-1", "-o", "protokoll.pdf", way=in_own_process)
    text = terminal.text_of("protokoll.pdf")
    for said in (
        "Dialogmöte våren", "Solgården", "12 februari 2026", "13.30", "Rådhuset", "Ulla Berggren", "Anna Berg", "Bo Ek",
        "Gun Hölm", "Gerd Öst", "Anhörigföreningen", "Per Åström", "Maten på helgerna", "<b>många</b>",
        "Kocken bjuds in.", "Enkät i april.", "Bjud in kocken", "Enkät", "Vem äger köket?", "Kommunen.",
        "När öppnar det?", "1101 AB", "Sova längre", "Downton (DFRI)", "Enkätsvar 2025", "Rätt namn är Åström.",
        "Se även bilaga 2.", "12 maj",
    ):  # fmt: skip
        assert said in text, said
    assert "Hemlig" not in text
    terminal("agenda", "--from", "2026-02-01", "--to", "2026-03-31", "-o", "agenda.pdf")
    assert "1101 AB" in terminal.text_of("agenda.pdf")
    terminal("agenda", "--meeting", "dialog-1", "--poster", "-o", "anslag.pdf")
    assert "1101" not in terminal.text_of("anslag.pdf")

    terminal("export", "ut.json")
    assert json.loads((tmp_path / "ut.json").read_text(encoding="utf-8"))["meetings"][0]["key"] == "dialog-1"
    assert json.loads(terminal("check", "--json"))["ok"] is True
    terminal.environment["TEAMFORUM_PASSWORD"] = "fel lösenord helt"
    assert terminal("export", "smyg.json", status=1, way=in_own_process).startswith("Fel användare eller lösenord.")
    assert not (tmp_path / "smyg.json").exists()
