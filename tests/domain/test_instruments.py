"""Instruments: their limits leave no score without a word and give none two, as they ship and as a unit has them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.bootstrap import load_lists
from app.domain.errors import Refused
from app.domain.instruments import (
    Band,
    Instrument,
    Instruments,
    bands_words,
    checked,
    number,
    read_number,
    risk_of,
    scale_words,
    score_fault,
)

SHIPPED = load_lists().catalogue.instruments()


def scores(one: Instrument) -> Iterator[float]:
    """Every score of the scale; an open end is followed some way past its last limit."""
    last = one.most if one.most is not None else max((band.from_ for band in one.bands), default=0.0) + 20
    score = one.least if one.least is not None else -20.0
    while score <= last:
        yield score
        score += one.step


def doubtful(one: Instrument) -> list[str]:
    """What is wrong with the limits: scores of which they say nothing or two things, and limits out of reach."""
    found, reached = [], set()
    for score in scores(one):
        told = [
            band.risk for band, after in zip(one.bands, [*one.bands[1:], None], strict=True)
            if band.from_ <= score and (after is None or score < after.from_)
        ]  # fmt: skip
        reached.update(told)
        if told != [risk_of(one, score)]:
            found.append(f"{score}: {told}")
    return found + [band.risk for band in one.bands if band.risk not in reached]


@pytest.mark.parametrize("one", [one for one in SHIPPED.all if one.bands], ids=lambda one: one.key)
def test_every_shipped_instrument_says_one_thing_of_each_score(one: Instrument) -> None:
    assert doubtful(one) == []


points = st.integers(-20, 160).map(float) | st.integers(-40, 320).map(lambda n: n / 2)
bands = st.builds(Band, from_=points, risk=st.sampled_from(["Låg", "Hög", " ", "Medel  risk"]))
edited = st.builds(
    Instrument, key=st.just("egen"), name=st.sampled_from(["Egen skala", " ", "Oro"]), least=st.none() | points,
    most=st.none() | points, halves=st.booleans(), bands=st.lists(bands, max_size=5).map(tuple),
)  # fmt: skip


@given(edited)
def test_whatever_a_unit_keeps_says_one_thing_of_each_score(one: Instrument) -> None:
    try:
        kept = checked(one)
    except Refused:
        assume(False)
    assert checked(kept) == kept
    if kept.bands:
        assert doubtful(kept) == []
        assert score_fault(kept, (kept.least or 0) - kept.step).startswith("lägst")
    if kept.most is not None:
        assert score_fault(kept, kept.most + 1) == f"högst {number(kept.most)}"
        assert risk_of(kept, kept.most + 1) is None


@pytest.mark.parametrize(("key", "score", "risk"), [
    ("downton", 2, "Låg fallrisk"), ("downton", 3, "Hög fallrisk"), ("norton", 20, "Risk för trycksår"),
    ("norton", 21, "Ingen ökad risk"), ("raps", 29, "Risk för trycksår"), ("raps", 30, "Ingen ökad risk"),
    ("raps-albumin", 31, "Risk för trycksår"), ("raps-albumin", 32, "Ingen ökad risk"), ("mna-sf", 7, "Undernärd"),
    ("mna-sf", 8, "Risk för undernäring"), ("mna-sf", 12, "Normalt näringstillstånd"), ("mna", 16.5, "Undernärd"),
    ("mna", 17, "Risk för undernäring"), ("mna", 23.5, "Risk för undernäring"), ("mna", 24, "Normalt näringstillstånd"),
    ("roag-j", 3, "Kontakta tandvården"), ("abbey", 14, "Svår smärta"), ("abbey", 2, "Ingen smärta"),
    ("npi-nh", 40, None), ("norton", 29, None),
])  # fmt: skip
def test_the_limits_are_those_of_the_instrument(key: str, score: float, risk: str | None) -> None:
    found = SHIPPED.find(key)
    assert found is not None
    assert risk_of(found, score) == risk


def test_what_is_wrong_with_a_score_is_said_in_words() -> None:
    norton, mna = SHIPPED.find("Norton"), SHIPPED.find("MNA")
    assert norton is not None
    assert mna is not None
    assert [score_fault(norton, score) for score in (29, 6, 20.5, 20)] == ["högst 28", "lägst 7", "hela poäng", ""]
    assert [score_fault(mna, score) for score in (17.5, 17.25)] == ["", "hela eller halva poäng"]


def test_an_instrument_is_found_under_each_of_its_names_also_when_the_unit_calls_it_otherwise() -> None:
    for name in ("Downton", "downton (dfri)", "DFRI", " Downton (DFRI) "):
        assert SHIPPED.identity(name) == "downton"
    renamed = Instruments(SHIPPED.all, [dataclasses.replace(SHIPPED.all[0], name="Fallrisk")])
    assert {renamed.identity(name) for name in ("Fallrisk", "Downton (DFRI)", "downton")} == {"downton"}
    assert SHIPPED.identity("Egen skala") == "egen-skala"
    assert SHIPPED.find(" ") is None


@pytest.mark.parametrize(("changes", "code"), [
    ({"name": "  "}, "instrument_name"), ({"least": 5.0, "most": 5.0}, "instrument_scale"),
    ({"most": 10.5}, "instrument_scale"), ({"bands": (Band(from_=0, risk=" "),)}, "instrument_band"),
    ({"most": 3.0, "bands": (Band(from_=0, risk="Låg"), Band(from_=4, risk="Hög"))}, "instrument_band"),
    ({"least": 0.0, "bands": (Band(from_=1, risk="Hög"),)}, "instrument_first_band"),
    ({"bands": (Band(from_=0, risk="Låg"), Band(from_=0, risk="Hög"))}, "instrument_band"),
])  # fmt: skip
def test_what_cannot_say_one_thing_of_each_score_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        checked(Instrument(**{"key": "egen", "name": "Egen", **changes}))  # type: ignore[arg-type]


def test_limits_and_scale_are_told_as_people_write_them() -> None:
    found = {one.key: one for one in SHIPPED.all}
    assert bands_words(found["mna"]) == (
        "0–16,5 undernärd, 17–23,5 risk för undernäring, 24–30 normalt näringstillstånd"
    )
    assert bands_words(found["roag"]).startswith("1 frisk mun, 2 åtgärder")
    assert bands_words(found["abbey"]).endswith("14 eller mer svår smärta")
    assert scale_words(found["norton"]) == "7–28 poäng"
    assert scale_words(found["phase-20"]) == ""


@pytest.mark.parametrize(("text", "value"), [
    ("17,5", 17.5), (" 3 ", 3.0), ("3.5", 3.5), ("−2", -2.0), ("", None), ("tre", None), ("1e3", None), ("inf", None),
    ("nan", None), ("1_0", None), ("٣", None),
])  # fmt: skip
def test_a_score_is_read_as_people_type_it(text: str, value: float | None) -> None:
    assert read_number(text) == value
