"""The dictionary in its own process, each person's own words, and the unit's text modules."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app.domain.errors import Conflict, NotAllowed, Refused
from app.domain.roles import Role
from app.paths import resource
from app.services.desk import Desk
from app.services.spell_process import MOST_STARTS, SpellProcess
from app.services.spelling import add_own_word, care_words, known_words, own_words, remove_own_word
from app.services.text_modules import get_text_modules, keep_text_modules, shipped_modules
from tests.support import seated

ROOT = Path(__file__).resolve().parents[2]
OWN = {"any": ("Punkten bordläggs.",), "customer": ("Inget nytt.",)}


@pytest.fixture(scope="module")
def process() -> Iterator[SpellProcess]:
    made = SpellProcess(resource("spelling", "sv_SE"))
    yield made
    made.close()


def test_compounds_of_care_are_right_and_slips_are_not(process: SpellProcess) -> None:
    right = [
        "omvårdnadspersonal", "reflektionsmöte", "läkemedelsgenomgång", "blodtrycksmätning", "trycksårsrisk",
        "näringsdrycker", "fysioterapeuten", "genomförandeplanen", "inkontinenshjälpmedel", "Undersköterskan",
    ]  # fmt: skip
    wrong = ["rolator", "sjukskötersk", "upföljning", "avdeling"]
    assert process.wrong([*right, *wrong]) == frozenset(wrong)


@pytest.mark.parametrize(
    ("typed", "meant"), [("upföljning", "uppföljning"), ("avdeling", "avdelning"), ("rolator", "rollator")]
)
def test_what_was_meant_is_offered_first(process: SpellProcess, typed: str, meant: str) -> None:
    assert process.suggest(typed)[0] == meant


def test_hostile_words_do_it_no_harm(process: SpellProcess) -> None:
    assert process.wrong(["å" * 60, "שלום", "e\u0301", "\U0001f600"]) != frozenset()
    assert process.wrong(["sover"]) == frozenset()


def test_one_that_is_ended_from_outside_begins_anew_a_few_times_and_then_is_silent() -> None:
    made = SpellProcess(resource("spelling", "saknas"))
    for _ in range(MOST_STARTS + 2):
        assert made.wrong(["rolator"]) == frozenset(), "a dictionary that is missing marks nothing"
    made.close()
    assert made.suggest("rolator") == ()


ASK = """
import sys, time
from pathlib import Path
from app.services.spell_process import SpellProcess
if __name__ == "__main__":
    asked = SpellProcess(Path(sys.argv[1]))
    asked.wrong(["sover"])
    print(asked._process.pid, flush=True)
    time.sleep(60)
"""


def test_a_window_that_is_killed_leaves_no_dictionary_behind() -> None:
    command = [sys.executable, "-c", ASK, str(resource("spelling", "sv_SE"))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        found = psutil.Process(int(window.stdout.readline()))
        assert found.is_running()
        window.kill()
        window.wait()
        assert psutil.wait_procs([found], timeout=20)[1] == []


def test_own_words_are_ones_own(desk: Desk) -> None:
    assert add_own_word(desk, word="Lisbetro") == ("Lisbetro",)
    assert add_own_word(desk, word="hälsoring") == ("hälsoring", "Lisbetro")
    assert add_own_word(desk, word="lisbetro") == ("hälsoring", "lisbetro"), "one word, written another way"
    assert own_words(seated(desk, Role.LICENSED)) == ()
    assert remove_own_word(desk, word="hälsoring") == ("lisbetro",)
    with pytest.raises(Refused, match="own_word"):
        add_own_word(desk, word="två ord")


def test_names_professions_and_words_of_care_are_known_beforehand(desk: Desk) -> None:
    known = known_words(desk)
    assert all(word in known for word in ("Berg", "Eks", "Solgården", "Downton", "boråd", "ssk"))
    assert "AB" not in known, "no customer's words"


def test_the_shipped_words_are_ones_that_the_dictionary_lacks(process: SpellProcess) -> None:
    words = care_words()
    assert len({word.casefold() for word in words}) == len(words)
    assert len(process.wrong(words)) > len(words) // 2


def test_a_unit_has_its_own_text_modules(desk: Desk) -> None:
    assert get_text_modules(desk, unit="solgarden") == shipped_modules()
    given = {"any": ("Punkten  bordläggs. ", "Punkten bordläggs.", " "), "customer": ("Inget nytt.",)}
    assert keep_text_modules(desk, unit="solgarden", modules=given, before=shipped_modules()) == OWN
    assert get_text_modules(desk, unit="solgarden") == OWN
    with pytest.raises(Conflict):
        keep_text_modules(desk, unit="solgarden", modules=shipped_modules(), before=shipped_modules())
    keep_text_modules(desk, unit="solgarden", modules=shipped_modules(), before=OWN)
    assert get_text_modules(desk, unit="solgarden") == shipped_modules()


def test_what_is_too_much_or_names_a_person_is_refused(desk: Desk) -> None:
    for texts in (tuple(f"Mening {number}." for number in range(101)), ("x" * 501,), ("Gäller 19121212-1212",)):
        with pytest.raises(Refused):
            keep_text_modules(
                desk, unit="solgarden", modules={"any": texts, "customer": ()}, before=shipped_modules()
            )  # fmt: skip
    elsewhere = seated(desk, Role.LICENSED, units=frozenset({"annan"}))
    with pytest.raises(NotAllowed):
        keep_text_modules(elsewhere, unit="solgarden", modules=OWN, before=shipped_modules())
