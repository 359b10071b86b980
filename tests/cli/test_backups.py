"""backup, restore and rescue as a person types them: what is printed where, and what lies on the disk afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app import bootstrap
from app.domain.customers import Customer
from app.services import access, backups, customers
from tests.storage.test_rescue import flip, pages_of
from tests.support import PASSWORD, files_of, log_in, surroundings

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command as the enhetschef; what the libraries themselves write is seen too."""
    monkeypatch.setenv("TEAMFORUM_USER", "chef")
    monkeypatch.setenv("TEAMFORUM_PASSWORD", PASSWORD)
    monkeypatch.setenv("TEAMFORUM_TODAY", "2026-03-02")

    def command(*words: str | Path) -> tuple[int, str, str]:
        capfd.readouterr()
        try:
            status = bootstrap.run([str(word) for word in words])
        except SystemExit as ended:
            status = int(str(ended.code))
        printed = capfd.readouterr()
        return status, printed.out, printed.err

    return command


def customers_in(database: Path) -> set[str]:
    desk = log_in(database)
    try:
        return {one.value.key for one in customers.list_customers(desk)}
    finally:
        desk.close()


@pytest.fixture
def copy(run: Run, database: Path, tmp_path: Path) -> Path:
    """A backup made on the command line."""
    status, out, err = run("-d", database, "backup", tmp_path / "kopior")
    assert (status, err) == (0, "")
    path, told = out.splitlines()
    assert told.startswith("Öppnad på nytt och kontrollerad")
    assert "Loggens slut: rad " in told
    return Path(path)


def test_backup_prints_its_path_rows_and_the_logs_end(run: Run, database: Path, tmp_path: Path) -> None:
    status, out, err = run("-d", database, "backup", tmp_path / "kopior", "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["path", "rows", "head"]
    assert found["rows"]["customers"] == 4
    assert found["head"] == backups.receipt_of(Path(found["path"])).head
    (tmp_path / "fil").write_text("ingen mapp", encoding="utf-8")
    status, out, err = run("-d", database, "backup", tmp_path / "fil")
    assert (status, out, err.count("\n")) == (1, "", 1)


def test_restore_shows_what_is_in_it_and_puts_it_back(run: Run, database: Path, copy: Path) -> None:
    desk = log_in(database)
    customers.add_customer(desk, customer=Customer(key="kund-9", reference="ZZ", unit="solgarden"))
    desk.close()
    before = files_of(database.parent)
    status, out, err = run("-d", database, "restore", copy, "--dry-run")
    assert (status, err) == (0, "")
    assert "I kopian: Solgården; 6 medarbetare; 4 kunder" in out
    assert "Nu: Solgården; 6 medarbetare; 5 kunder" in out
    assert files_of(database.parent) == before
    status, out, err = run("-d", database, "restore", copy, "--reason", "prov")
    assert (status, err) == (0, "")
    assert f"Återställd: {database}" in out
    (kept,) = database.parent.glob("*-ersatt-*.tfdb")
    assert str(kept) in out
    assert len(customers_in(database)) == 4
    assert len(customers_in(kept)) == 5


def test_restore_as_json_to_a_new_place(run: Run, copy: Path, tmp_path: Path) -> None:
    new = tmp_path / "ny.tfdb"
    status, out, err = run("-d", new, "restore", copy, "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert (found["now"], found["here"], found["kept"], found["restored"]) == ("missing", None, None, str(new))
    assert found["there"]["customers"] == 4
    assert len(customers_in(new)) == 4


@pytest.mark.parametrize("words", [["restore", "finns-inte.tfdb"], ["restore", "."], ["restore", "/etc/hostname"]])
def test_what_is_no_backup_is_one_line_and_changes_nothing(run: Run, database: Path, words: list[str]) -> None:
    before = files_of(database.parent)
    status, out, err = run("-d", database, *words)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert files_of(database.parent) == before


def test_a_wrong_password_is_one_line(run: Run, database: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAMFORUM_PASSWORD", "fel")
    status, out, err = run("-d", database, "restore", copy)
    assert (status, out) == (1, "")
    assert "Fel användare eller lösenord" in err


def test_what_shows_who_she_is_now_is_asked_for_at_the_terminal(
    run: Run, database: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = log_in(database)
    access.change_password(desk, surroundings(), old=PASSWORD, new="ett helt annat lösenord")
    desk.close()
    before = files_of(database.parent)
    status, out, err = run("-d", database, "restore", copy)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "Skriv också lösenordet du har nu" in err
    assert files_of(database.parent) == before
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    def typed(words: str) -> str:
        asked.append(words)
        return "ett helt annat lösenord"

    monkeypatch.setattr("getpass.getpass", typed)
    status, out, err = run("-d", database, "restore", copy, "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["now"] == "opened"
    assert asked == ["Lösenordet du har nu, eller Enter för nyckeln: "]


def test_a_damaged_file_takes_the_recovery_key_from_the_terminal(
    run: Run, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = log_in(database)
    paper = access.issue_recovery_key(desk)
    made = backups.back_up(desk, folder=tmp_path / "kopior")
    desk.close()
    database.write_bytes(b"trasig" * 4000)
    typed = iter(("", paper))
    status, out, err = run("-d", database, "restore", made)
    assert (status, out) == (1, "")
    assert "återställningsnyckeln" in err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    status, out, err = run("-d", database, "restore", made)
    assert status == 1, "nothing was typed"
    status, out, err = run("-d", database, "restore", made)
    assert (status, err) == (0, "")
    assert len(customers_in(database)) == 4


def test_check_is_for_the_enhetschef(run: Run, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAMFORUM_USER", "lena")
    status, out, err = run("-d", database, "check", "--json")
    assert (status, out) == (1, "")
    assert err == "Bara en enhetschef kan kontrollera databasen härifrån. Be enhetschefen om hjälp.\n"


def test_rescue_says_what_was_saved_of_a_damaged_file(run: Run, database: Path, tmp_path: Path) -> None:
    out_file = tmp_path / "räddad.tfdb"
    flip(database, *pages_of(database, "meetings"))
    status, out, err = run("-d", database, "rescue", out_file)
    assert (status, err) == (0, "")
    assert "Den skadade filen är kvar som den var." in out
    status, out, err = run("-d", out_file, "check")
    assert err.count("\n") <= 1
    assert "Traceback" not in err
    status, out, err = run("-d", database, "rescue", out_file)
    assert (status, out) == (1, "")
    assert "finns redan" in err


def test_rescue_as_json(run: Run, database: Path, tmp_path: Path) -> None:
    status, out, err = run("-d", database, "rescue", tmp_path / "räddad.tfdb", "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert found["whole"]
    assert found["tables"]["customers"] == {"saved": 4, "lost": 0}
