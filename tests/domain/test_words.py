"""Swedish order and words, keys made from names, passwords, and a sentence for every known error."""

from __future__ import annotations

import ast
import datetime as dt
import errno
import os
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import load_lists
from app.domain import swedish
from app.domain.errors import KnownError, Refused
from app.domain.keys import free_key, is_key, key_from
from app.domain.passwords import check_password
from app.domain.wording import SENTENCES, disk_reason, wording
from app.services.accounts import suggest_password

APP = Path(__file__).resolve().parents[2] / "app"
TODAY = dt.date(2026, 3, 2)
COMMON = load_lists().common_passwords


def test_swedish_letters_stand_after_z() -> None:
    names = ["Östen", "Zara", "Åke", "Ärla", "andré", "Anders", "Émile", "Eva"]
    assert sorted(names, key=swedish.sort_key) == ["Anders", "andré", "Émile", "Eva", "Zara", "Åke", "Ärla", "Östen"]
    assert swedish.sort_key("A\u030ake")[0] == swedish.sort_key("Åke")[0], "a letter typed in two parts is one letter"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "i dag"), (1, "i morgon"), (-1, "i går"), (3, "om 3 dagar"), (-6, "6 dagar sen"), (8, "tis 10 mars"),
     (-60, "tor 1 jan"), (400, "tis 6 apr 2027")],
)  # fmt: skip
def test_days_are_said_as_people_say_them(days: int, words: str) -> None:
    assert swedish.near_day(TODAY + dt.timedelta(days=days), today=TODAY) == words


def test_dates_and_times_in_words() -> None:
    assert swedish.long_date(TODAY) == "måndag 2 mars 2026"
    assert swedish.month_name(TODAY) == "mars 2026"
    assert swedish.span(dt.time(9, 5), dt.time(13)) == "09.05–13.00"
    assert swedish.when(TODAY + dt.timedelta(days=1), dt.time(9), today=TODAY) == "i morgon 09.00"
    assert (swedish.number_word(1, "kund", "kunder"), swedish.number_word(3, "kund", "kunder")) == (
        "1 kund",
        "3 kunder",
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [("Solgården", "solgarden"), ("Östra Göinge – Hemtjänst 2", "ostra-goinge-hemtjanst-2"),
     ("Ærø & Łódź", "aero-lodz"),
     ("  ", "x"), ("日本", "x"), ("Ü-huset", "u-huset")],
)  # fmt: skip
def test_a_key_is_the_name_in_plain_letters(name: str, key: str) -> None:
    assert key_from(name) == key


@given(st.text(max_size=40))
def test_every_name_gives_a_proper_key(name: str) -> None:
    assert is_key(key_from(name))


def test_a_taken_key_gets_a_number() -> None:
    assert free_key("norr", {"soder"}) == "norr"
    assert free_key("norr", {"norr", "norr-2"}) == "norr-3"


@pytest.mark.parametrize(
    ("password", "code"),
    [("kort", "password_short"), ("Password1234", "password_common"),
     (" solgården AB 1 ", "password_own_name"), ("", "password_short")],
)  # fmt: skip
def test_weak_passwords_are_refused(password: str, code: str) -> None:
    common = COMMON | {"password1234"}
    with pytest.raises(Refused, match=code):
        check_password(password, common=common, own_names=["Solgården AB 1", "Eva Chef"])


@pytest.mark.parametrize(("password", "code"), [
    ("123456789012", "password_simple"), ("098765432109", "password_simple"), ("abcdefghijkl", "password_simple"),
    ("QwertyuiopÅÄ", "password_simple"), ("abc123abc123", "password_simple"), ("aaaaaaaaaaaa", "password_simple"),
    ("111122223333", "password_simple"), ("hej hej hej hej", "password_simple"), ("____________", "password_simple"),
    ("qwerty123456", "password_common"), ("passwordpassword", "password_common"), ("1234password1", "password_common"),
    ("Password 2026", "password_common"), ("password-password 1", "password_common"),
])  # fmt: skip
def test_what_is_counted_up_or_said_again_is_no_better_than_its_beginning(password: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_password(password, common=COMMON, own_names=[])


WORDS = ("björk", "dunge", "vinter", "sadel", "lampa", "moln", "ugn", "häger")


def refusal(password: str) -> str:
    """Why a password is refused, or nothing."""
    try:
        check_password(password, common=COMMON, own_names=[])
    except Refused as error:
        return error.code
    return ""


@given(words=st.lists(st.sampled_from(WORDS), min_size=4, unique=True))
def test_some_different_words_after_each_other_are_welcome(words: list[str]) -> None:
    assert refusal(" ".join(words)) == ""


@given(start=st.integers(0, 27), length=st.integers(12, 60), back=st.booleans())
def test_no_run_through_the_alphabet_or_the_digits_passes(start: int, length: int, back: bool) -> None:
    for keys in ("abcdefghijklmnopqrstuvwxyzåäö"[start : start + length], ("1234567890" * 9)[start : start + length]):
        assert refusal(keys[::-1] if back else keys) in ("password_simple", "password_short", "password_common")


def test_the_passwords_that_the_program_makes_are_welcome() -> None:
    assert {refusal(suggest_password()) for _ in range(50)} == {""}


def test_a_long_odd_password_is_welcome() -> None:
    assert len(COMMON) > 1000
    for password in ("björk dunge 77 vinter", "ordentligt🙂långt", "cit\"at och sn'edd", "x" * 200 + "å"):
        check_password(password, common=COMMON, own_names=["Eva Chef"])


@cache
def calls_by_name() -> tuple[tuple[str, str, ast.Call], ...]:
    """Place, name and call of everything in the program that is called by a plain name with an argument."""
    return tuple(
        (f"{path.relative_to(APP.parent)}:{node.lineno}", node.func.id, node)
        for path in APP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
    )


def raised_codes() -> set[str]:
    """The first argument of every known error that the program raises."""
    kinds = {
        "Refused",
        "NotAllowed",
        "NotFound",
        "Conflict",
        "AccessDenied",
        "StorageFault",
        "ImportRefused",
        "KnownError",
    }
    found = set()
    for _, made, call in calls_by_name():
        if made in kinds:
            found |= {one.value for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant)}
    return {code for code in found if isinstance(code, str) and code.isidentifier()}


def test_every_error_that_is_raised_has_its_sentence() -> None:
    assert raised_codes() - SENTENCES.keys() == set()


def raised_with() -> list[tuple[str, str, set[str]]]:
    """Place, code and names of the parameters of every known error made with a code written out."""
    found = []
    for place, _, call in calls_by_name():
        first, names = call.args[0], {one.arg for one in call.keywords}
        if isinstance(first, ast.Constant) and first.value in SENTENCES and None not in names:
            found.append((place, str(first.value), {str(name) for name in names}))
    return found


def test_every_gap_of_a_sentence_is_filled_where_it_is_raised() -> None:
    found = raised_with()
    assert len(found) > 60
    empty = []
    for place, code, names in found:
        gaps = {name for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name}
        if gaps - names - GAPS_WITH_WORDS:
            empty.append(f"{place} {code} {sorted(gaps - names)}")
    assert empty == []


GAPS_WITH_WORDS = {"what", "reason", "holder", "wait", "file", "key", "count"}
"""Gaps that have words of their own when nothing is known, or that the error counts by itself."""
TO_DO = {
    "ange", "be", "byt", "flytta", "frigör", "försök", "ge", "gör", "installera", "jämför", "kontrollera", "kopiera",
    "kör", "lägg", "logga", "läs", "lös", "lösgör", "återställ", "återta", "rätta", "ring", "sätt", "skapa", "skriv",
    "spara", "stäng", "starta", "ställ", "ta", "uppdatera", "utred", "vänta", "välj", "använd", "avsluta", "anslut",
    "öppna", "dela", "slå", "lägga", "prova", "låt", "granska", "hämta", "ansluta", "fråga", "bygg", "ladda", "fyll",
    "fortsätt", "gå", "klistra", "radera", "tala", "visa", "sök", "töm", "håll", "se",
}  # fmt: skip
"""What a person may be told to do, as the first word of a sentence or after `och` or a comma."""
ENGLISH = {"the", "error", "failed", "file", "not", "please", "try", "database", "invalid", "missing", "disk full",
           "cannot", "unable", "denied", "permission", "is", "are", "with"}  # fmt: skip


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_says_what_to_do_and_is_swedish(code: str) -> None:
    words = [word.strip(".,;:()").lower() for word in SENTENCES[code].split()]
    assert set(words) & TO_DO, SENTENCES[code]
    assert not set(words) & ENGLISH, SENTENCES[code]


def test_what_the_disk_says_is_said_in_swedish() -> None:
    said = {disk_reason(OSError(number, os.strerror(number))) for number in errno.errorcode}
    assert not any(word in text for text in said for word in ("No ", "Permission", "Is a", "Read-only"))
    assert disk_reason(OSError(errno.ENOSPC, "No space left on device")) == "disken är full"
    assert disk_reason(RuntimeError("attempt to write a readonly database")) == "mappen är skrivskyddad"
    assert disk_reason(RuntimeError("något annat")) == "okänd orsak"
    spoken = [path for path in APP.rglob("*.py") if ".strerror" in path.read_text(encoding="utf-8")]
    assert spoken == [], "the system's own words are English and go through disk_reason"


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_is_one_calm_whole_line(code: str) -> None:
    line = wording(KnownError(code))
    assert "\n" not in line
    assert "!" not in line
    assert "{" not in line
    assert line[0].isupper() or line.startswith("TEAMFORUM")
    assert line.endswith(".")


@pytest.mark.parametrize(("wait", "said"), [(1, "1 sekund "), (2, "2 sekunder "), (None, "några sekunder ")])
def test_a_second_is_said_as_one(wait: int | None, said: str) -> None:
    error = KnownError("throttled") if wait is None else KnownError("throttled", wait=wait)
    assert f"Vänta {said}och försök igen." in wording(error)
