"""The hand-over's page and the slips, read back from the PDF: what they say, on how many pages, and how secret."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from app.domain.action_papers import SlipTask, TaskSlip
from app.domain.handover import (
    HandoverAction,
    HandoverMeeting,
    HandoverPlace,
    HandoverPoint,
    HandoverQuestion,
    ShiftHandover,
)
from app.reports import handover, task_slips

DAY = dt.date(2026, 3, 2)
HOSTILE = "<b>=1+1</b> & <a href='x'>"


def point(number: int, *, customer: bool = True) -> HandoverPoint:
    return HandoverPoint(
        key=f"p{number}", heading=f"Punkt {number}", customers=("kund-1",) if customer else (),
        labels=("1101 AB",) if customer else (), decisions=(f"Beslut nummer {number}",),
        actions=(
            HandoverAction(text=f"Ring {HOSTILE}", who="Bo Ek", due=dt.date(2026, 3, 3), done=False),
            HandoverAction(text="Boka sal", who="", due=None, done=True),
        ),
        questions=(HandoverQuestion(text="Vem kör?", answer="", by="Eva Chef"),),
    )  # fmt: skip


def found(*, points: int = 2, units: int = 1, customer: bool = True) -> ShiftHandover:
    meeting = HandoverMeeting(
        key="m", heading="Pulsmöte", forum="pulsmote", date=DAY, start=dt.time(8), end=dt.time(8, 15), live=True,
        points=tuple(point(n, customer=customer) for n in range(points)),
    )  # fmt: skip
    places = tuple(
        HandoverPlace(
            unit=f"u{n}", unit_name=f"Enhet {n}", setting_label="Särskilt boende", ward="norr", ward_name="Norr",
            meetings=(meeting,),
        )
        for n in range(units)
    )  # fmt: skip
    since = dt.datetime.combine(dt.date(2026, 2, 27), dt.time(15, 50))
    return ShiftHandover(since=since, until=dt.datetime.combine(DAY, dt.time(9)), of_last_shift=True, places=places)


def drawn(of: ShiftHandover) -> PdfReader:
    out = io.BytesIO()
    handover.draw(of, out)
    return PdfReader(out)


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_page_says_from_when_and_what_each_is_to_do() -> None:
    reader = drawn(found())
    text = words(reader)
    for said in (
        "Från fre 27 feb 15.50 till mån 2 mars 09.00", "Norr", "Pulsmöte · mån 2 mars 08.00–08.15 · pågår",
        "1101 AB", "Beslut nummer 1", f"Ring {HOSTILE} – Bo Ek, senast tis 3 mars", "Vem kör? (Eva Chef svarar)",
        "Sekretess",
    ):  # fmt: skip
        assert said in text, said
    assert reader.metadata is not None
    assert reader.metadata.title == "Sedan förra passet, fre 27 feb 15.50, Enhet 0"


def test_without_customers_it_is_not_marked_secret() -> None:
    assert "Sekretess" not in words(drawn(found(customer=False)))


@pytest.mark.parametrize("points", [1, 5, 9])
def test_a_shift_is_one_page(points: int) -> None:
    assert len(drawn(found(points=points)).pages) == 1


def test_very_much_goes_on_over_pages_and_loses_nothing_and_units_are_apart() -> None:
    assert words(drawn(found(points=80))).count("Beslut nummer") == 80
    assert len(drawn(found(units=3)).pages) == 3
    with pytest.raises(ValueError, match="nothing"):
        drawn(replace(found(), places=()))


def slip(*, tasks: int = 1, name: str = "Vera Vikarie", customer: bool = True) -> TaskSlip:
    task = SlipTask(
        text=f"Ring dottern {HOSTILE}", due=dt.date(2026, 3, 3), customer_label="1101 AB" if customer else None,
        decided="Teammöte Norr, mån 2 mars", report_to="Eva Chef",
    )  # fmt: skip
    return TaskSlip(
        name=name, unit_name="Solgården", tasks=(task,) * tasks, has_customer_data=customer, prepared_on=DAY
    )


def slips(*of: TaskSlip) -> PdfReader:
    out = io.BytesIO()
    task_slips.draw(of, out)
    return PdfReader(out)


def test_a_slip_says_what_when_why_and_whom_to_tell() -> None:
    reader = slips(slip(tasks=2))
    text = words(reader)
    for said in (
        "Vera Vikarie", "2 uppgifter", f"Ring dottern {HOSTILE}", "senast tis 3 mars", "1101 AB",
        "Teammöte Norr, mån 2 mars", "Berätta för", "Eva Chef", "Sekretess",
    ):  # fmt: skip
        assert said in text, said
    assert len(reader.pages) == 1


def test_each_person_has_her_own_page_and_nobodys_customers() -> None:
    reader = slips(slip(), slip(name="Nils", customer=False))
    first, second = (page.extract_text() for page in reader.pages)
    assert ("Sekretess" in first, "Sekretess" in second) == (True, False)
    assert "Vera" not in second
    with pytest.raises(ValueError, match="no slip"):
        slips()
