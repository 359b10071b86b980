"""Protected identity: whatever a person does, reference and apartment of a protected customer are shown nowhere."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from app import models as m
from app.domain.customers import Customer, free_code, hidden_in, restored
from app.domain.errors import AccessDenied, NotAllowed, Refused
from app.domain.meetings import Item, ItemKind
from app.domain.roles import Role
from app.exchange.json_file import read_document, write_document
from app.reports import documents
from app.services import actions, customers, meetings, papers, proposals, transfer
from app.services.desk import Desk
from app.services.papers import Purpose
from tests import support
from tests.services.calls import CALLS, services
from tests.support import FixedClock, audit_rows, seated

REFERENCE, APARTMENT = "Hemligberg", "7719"
LABEL = f"{APARTMENT} {REFERENCE}"
SHOWN_BY_RIGHT = {
    "reveal_customer",  # what it is for, and logged as that
    "read_document",  # the whole file of an enhetschef: it has to give back the same objects elsewhere
    "known_to_sheets",  # held against the rows of a sheet, by the program alone
}


@pytest.fixture(scope="module")
def protected_template(furnished_template: Path, database_key: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The furnished unit in which every customer is protected, her label standing as a heading of her points."""
    folder = tmp_path_factory.mktemp("protected") / "data"
    shutil.copytree(furnished_template, folder)
    desk = support.quick_desk(folder / support.FILE, database_key)
    with desk.writing() as work:
        for number, key in enumerate(work.session.scalars(select(m.Customer.key)).all()):
            hidden = {"reference": REFERENCE, "apartment": APARTMENT, "protected": True, "code": f"Skyddad {number}"}
            work.session.execute(update(m.Customer).where(m.Customer.key == key).values(hidden))
        about = m.Item.customer_id.is_not(None)
        work.session.execute(update(m.Item).where(about).values(heading=LABEL))
        work.session.execute(update(m.Item).where(about, m.Item.key.like("%-2")).values(heading=f"1 {REFERENCE}"))
        work.commit()
    desk.close()
    return folder


@pytest.fixture
def desk(protected_template: Path, database_key: bytes, tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """The enhetschef's desk on a copy of it."""
    folder = tmp_path / "data"
    shutil.copytree(protected_template, folder)
    opened = support.quick_desk(folder / support.FILE, database_key, clock=clock)
    yield opened
    opened.close()


def tells(value: object) -> bool:
    shown = repr(value)
    return REFERENCE in shown or APARTMENT in shown


@pytest.mark.parametrize("name", sorted(one.__name__ for one in services()))
def test_no_service_gives_it_away(desk: Desk, name: str) -> None:
    try:
        found = CALLS[name](desk)
    except (AccessDenied, NotAllowed, Refused) as error:
        found = error.params
    if name in SHOWN_BY_RIGHT:
        assert tells(found), "else it is no exception"
    else:
        assert not tells(found)


def test_what_is_shown_by_right_is_logged_as_that(desk: Desk) -> None:
    customers.reveal_customer(desk, key="kund-1")
    assert audit_rows(desk)[-1] == ("reveal_customer", "customer:kund-1", "kund-1")
    for role in (Role.CARE_STAFF, Role.SECRETARY, Role.READER):
        with pytest.raises(NotAllowed):
            customers.reveal_customer(seated(desk, role, member="bo-ek"), key="kund-1")


@pytest.mark.parametrize("purpose", Purpose)
def test_no_paper_gives_it_away(desk: Desk, purpose: Purpose) -> None:
    day = support.TODAY
    found = papers.papers_of_period(desk, from_=day.replace(year=2025), to=day.replace(year=2027), purpose=purpose)
    assert found
    for one in found:
        out = io.BytesIO()
        documents.draw(purpose.value, (one,), out)
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(out.getvalue())).pages)
        assert not tells(text)
        assert not tells(str(PdfReader(io.BytesIO(out.getvalue())).metadata))


def test_a_heading_stands_as_it_was_written_and_is_read_as_the_code(desk: Desk) -> None:
    before = meetings.get_meeting(desk, key="justerat").value
    assert "Skyddad 0" in {item.heading for item in before.items}
    with desk.reading() as work:
        kept = work.session.scalars(select(m.Item.heading).where(m.Item.customer_id.is_not(None))).all()
    assert LABEL in kept
    following = proposals.propose_next(desk, key="hallet")
    assert not tells(following)
    assert all(REFERENCE not in row.item_heading for row in actions.list_actions(desk))


def test_saving_a_meeting_writes_no_code_over_the_heading(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key="hallet")
    meetings.save_meeting(desk, meeting=replace(stored.value, place="Sal B"), expected_version=stored.version)
    with desk.writing() as work:
        work.session.execute(update(m.Customer).values(protected=False))
        work.commit()
    headings = [item.heading for item in meetings.get_meeting(desk, key="hallet").value.items]
    assert f"1 {REFERENCE}" in headings


def test_the_exchange_file_gives_back_the_same(desk: Desk) -> None:
    written = write_document(transfer.read_document(desk))
    document = read_document(written)
    there = sum(len(getattr(document, one.name)) for one in fields(document))
    assert transfer.take_in(desk, document=document).untouched == there
    assert LABEL.encode() not in written


class TestCustomers:
    def test_one_who_is_saved_as_she_was_shown_keeps_what_was_hidden(self, desk: Desk) -> None:
        shown = customers.get_customer(desk, key="kund-1")
        saved = customers.save_customer(
            desk, customer=replace(shown.value, code="Ny kod"), expected_version=shown.version
        )
        assert (saved.value.label, saved.value.reference) == ("Ny kod", "Ny kod")
        assert customers.reveal_customer(desk, key="kund-1").value == replace(
            saved.value, reference=REFERENCE, apartment=APARTMENT
        )

    def test_when_protection_ends_the_reference_is_back(self, desk: Desk) -> None:
        shown = customers.get_customer(desk, key="kund-1")
        customers.save_customer(desk, customer=replace(shown.value, protected=False), expected_version=shown.version)
        assert customers.get_customer(desk, key="kund-1").value.label == LABEL

    def test_one_without_a_code_is_given_the_next_free(self, desk: Desk) -> None:
        new = Customer(key="", reference="QQ", unit="solgarden", protected=True)
        taken = {customers.reveal_customer(desk, key=f"kund-{n}").value.code for n in range(1, 5)}
        made = customers.add_customer(desk, customer=new).value
        assert made.code == free_code(taken)
        assert made.reference == made.code

    def test_a_code_that_tells_is_refused(self, desk: Desk) -> None:
        for code in ("qq", "12 QQ"):
            new = Customer(key="", reference="QQ", apartment="12", unit="solgarden", protected=True, code=code)
            with pytest.raises(Refused, match="code_tells"):
                customers.add_customer(desk, customer=new)


class TestLabelsOfBefore:
    """What she was called once stands in headings after a correction or a merge; nobody reads it there any more."""

    @pytest.fixture
    def unit(self, database: Path, database_key: bytes, clock: FixedClock) -> Iterator[Desk]:
        """The small unit, where the teammöte has points about 1101 AB and 1102 CD."""
        opened = support.quick_desk(database, database_key, clock=clock)
        yield opened
        opened.close()

    def protect(self, desk: Desk, key: str, **changes: object) -> None:
        stored = customers.reveal_customer(desk, key=key)
        new = replace(stored.value, protected=True, code="Ek 1", **changes)  # type: ignore[arg-type]
        customers.save_customer(desk, customer=new, expected_version=stored.version)

    def read_everywhere(self, desk: Desk) -> str:
        meeting = meetings.get_meeting(desk, key="teammote-1").value
        return repr((meeting, proposals.propose_next(desk, key="teammote-1"), actions.list_actions(desk)))

    def test_a_corrected_reference(self, unit: Desk) -> None:
        self.protect(unit, "kund-1")
        self.protect(unit, "kund-1", reference="Kund 17")
        assert "1101 AB" not in self.read_everywhere(unit)
        headings = [one.heading for one in meetings.get_meeting(unit, key="teammote-1").value.items]
        assert headings == ["Föregående minnesanteckningar", "Ek 1", "1102 CD", "Sommarfest"]

    def test_another_row_made_one_with_hers(self, unit: Desk) -> None:
        self.protect(unit, "kund-1")
        customers.merge_customers(unit, keep="kund-1", drop="kund-2")
        assert "1102 CD" not in self.read_everywhere(unit)

    def test_a_point_carried_on_from_one_about_her(self, unit: Desk) -> None:
        stored = meetings.get_meeting(unit, key="teammote-1")
        carried = Item(key="p-9", heading="Uppföljning: 1101 AB", kind=ItemKind.CARRIED, customer="kund-1")
        new = replace(stored.value, items=(*stored.value.items, carried))
        meetings.save_meeting(unit, meeting=new, expected_version=stored.version)
        self.protect(unit, "kund-1", reference="Kund 17")
        assert meetings.get_meeting(unit, key="teammote-1").value.items[-1].heading == "Uppföljning: Ek 1"

    def test_her_place_in_a_list_does_not_tell_her_apartment(self, unit: Desk) -> None:
        assert [one.value.label for one in customers.list_customers(unit, ward="norr")] == [
            "1101 AB", "1102 CD", "Gran 7",
        ]  # fmt: skip
        self.protect(unit, "kund-1")
        assert [one.value.label for one in customers.list_customers(unit)] == ["1102 CD", "Ek 1", "Gran 7", "1201 GH"]

    def test_what_is_written_after_her_code_stands(self, unit: Desk) -> None:
        self.protect(unit, "kund-1")
        point = Item(key="", heading="fall i natt", customer="kund-1")
        assert meetings.propose_item(unit, meeting="teammote-1", item=point).value.items[-1].heading == (
            "Ek 1: fall i natt"
        )
        point = Item(key="", heading="1101 AB", customer="kund-1")
        assert meetings.propose_item(unit, meeting="teammote-1", item=point).value.items[-1].heading == "Ek 1"


KIM = Customer(key="k", reference="K.M", unit="u", apartment="11", protected=True, code="Ask")


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("11 K.M", "Ask"),
        ("K.M", "Ask"),
        ("9 K.M", "Ask"),
        ("Uppföljning: 11 K.M", "Uppföljning: Ask"),
        ("11 K.M, läkemedel", "Ask, läkemedel"),
        ("KxM", "KxM"),
        ("111 K.Ms", "111 K.Ms"),
        ("Sommarfest", "Sommarfest"),
    ],
)
def test_only_a_label_is_hidden_in_a_heading(heading: str, shown: str) -> None:
    assert hidden_in(heading, KIM, hers=False) == shown
    assert hidden_in(heading, replace(KIM, protected=False), hers=False) == heading


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("4 X.Y", "Ask"),
        ("Fall", "Ask"),
        ("Askan", "Ask"),
        ("Uppföljning: Uppföljning: 4 X.Y", "Uppföljning: Uppföljning: Ask"),
        ("Ask, fall", "Ask, fall"),
        ("Uppföljning: Ask: fall", "Uppföljning: Ask: fall"),
        ("Ask: som 11 K.M", "Ask: som Ask"),
    ],
)
def test_a_heading_of_her_own_point_is_the_code_and_what_follows_it(heading: str, shown: str) -> None:
    assert hidden_in(heading, KIM, hers=True) == shown
    assert hidden_in(heading, replace(KIM, protected=False), hers=True) == heading


def test_codes_are_free_whatever_others_are_called() -> None:
    assert free_code([]) == "Skyddad 1"
    assert free_code(["skyddad 1", None, "Gran 7", "Skyddad 3"]) == "Skyddad 2"


def test_what_was_typed_is_not_taken_for_hidden() -> None:
    assert restored(replace(KIM.shown, reference="L.M", apartment="12"), old=KIM).reference == "L.M"
    assert restored(KIM.shown, old=KIM) == KIM
