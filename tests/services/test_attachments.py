"""Files beside a meeting: who may add, see, take out and remove them, and what the log says of it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select, update

from app import models as m
from app.domain import attachments as rules
from app.domain.attachments import Attachment, numbered
from app.domain.errors import Conflict, KnownError, NotAllowed, NotFound, Refused, StorageFault
from app.domain.file_kinds import FileKind
from app.domain.roles import Role
from app.services import attachments, meeting_removal, meetings, turn_reasons
from app.services.attachments import Reason
from app.services.desk import Desk
from app.services.papers import Purpose, meeting_papers
from tests.support import audit_rows, past_the_desk, seated

MEETING = "teammote-1"
TEXT = "Inköp av stolar".encode()


def png(size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return out.getvalue()


def add(desk: Desk, name: str = "inkop.txt", data: bytes = TEXT, *, item: str | None = None) -> Attachment:
    return attachments.add_attachment(desk, meeting=MEETING, name=name, data=data, item=item)


def listed(desk: Desk) -> list[str]:
    return [one.name for one in turn_reasons.open_in_turn(desk, key=MEETING)[2]]


def test_a_file_is_kept_whole_and_comes_out_whole(desk: Desk) -> None:
    made = add(desk, "../../Budget\u202e 2026.PDF", b"%PDF-1.7 kanske")
    assert (made.name, made.kind, made.number, made.item) == ("Budget 2026.PDF", FileKind.PDF, 1, None)
    found = attachments.take_out(desk, key=made.key, reason=Reason.SAVE)
    assert found.data == b"%PDF-1.7 kanske"
    assert listed(desk) == ["Budget 2026.PDF"]
    assert [row[:2] for row in audit_rows(desk) if row[0].endswith("_attachment")] == [
        ("add_attachment", f"attachment:{made.key}"), ("save_attachment", f"attachment:{made.key}")
    ]  # fmt: skip


def test_what_belongs_to_a_customers_point_is_on_her_record_and_seen_as_the_point(desk: Desk) -> None:
    made = add(desk, "bild.png", png(), item="punkt-2")
    attachments.take_out(desk, key=made.key, reason=Reason.SHOW)
    rows = [(action, customer) for action, _, customer in audit_rows(desk) if action.endswith("_attachment")]
    assert rows == [("add_attachment", "kund-1"), ("show_attachment", "kund-1")]
    reader = seated(desk, Role.READER)
    assert listed(reader) == []
    with pytest.raises(NotAllowed):
        attachments.take_out(reader, key=made.key, reason=Reason.SHOW)
    secretary = seated(desk, Role.SECRETARY)
    with pytest.raises(NotAllowed):
        add(secretary, item="punkt-2")
    assert add(secretary, item="punkt-1").item == "punkt-1"


def test_whoever_raised_the_point_may_add_to_it_and_nobody_else_who_only_reads(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key=MEETING)
    first, *rest = stored.value.items
    own = replace(first, raised_by="bo-ek")
    meetings.save_meeting(
        desk, meeting=replace(stored.value, items=(own, *rest)), expected_version=stored.version
    )  # fmt: skip
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    made = add(bo, item=first.key)
    assert made.added_by == "bo-ek"
    with pytest.raises(NotAllowed):
        add(bo)
    with pytest.raises(NotAllowed):
        add(seated(desk, Role.READER), item=first.key)
    attachments.remove_attachment(bo, key=made.key, expected_version=made.version)
    assert listed(desk) == []


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.txt", b"", "attachment_empty"),
        ("x.txt", b"a" * (rules.LARGEST + 1), "attachment_too_large"),
        ("x.exe", TEXT, "attachment_program"),
        ("19121212-1212.txt", TEXT, "personnummer_in_name"),
    ],
)
def test_what_is_not_taken_in_leaves_nothing(desk: Desk, name: str, data: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        add(desk, name, data)
    assert listed(desk) == []


def test_a_meeting_holds_no_more_than_it_may(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGEST_TOGETHER", 2 * len(TEXT))
    add(desk)
    add(desk)
    with pytest.raises(Refused, match="attachment_meeting_full"):
        add(desk)
    monkeypatch.setattr(rules, "MOST", 2)
    with pytest.raises(Refused, match="attachment_too_many"):
        add(desk)


def test_what_was_removed_comes_back_where_it_was(desk: Desk) -> None:
    first, second = add(desk, "ett.txt"), add(desk, "tva.txt")
    removed = attachments.remove_attachment(desk, key=first.key, expected_version=1)
    assert [(one.name, one.number) for one in turn_reasons.open_in_turn(desk, key=MEETING)[2]] == [("tva.txt", 1)]
    back = attachments.put_back_attachment(desk, file=removed)
    assert (back.key, back.name) == (first.key, "ett.txt")
    assert attachments.take_out(desk, key=back.key, reason=Reason.OPEN).data == TEXT
    with pytest.raises(Conflict):
        attachments.put_back_attachment(desk, file=removed)
    with pytest.raises(Conflict):
        attachments.remove_attachment(desk, key=second.key, expected_version=7)
    with pytest.raises(NotFound):
        attachments.take_out(desk, key="finns-inte", reason=Reason.OPEN)


def test_approved_minutes_keep_their_appendices(desk: Desk) -> None:
    made = add(desk)
    stored = meetings.get_meeting(desk, key=MEETING)
    named = meetings.save_meeting(
        desk, meeting=replace(stored.value, secretary="dan-falk"), expected_version=stored.version
    )
    closed = meetings.close_meeting(desk, key=MEETING, expected_version=named.version)
    meetings.approve_minutes(desk, key=MEETING, expected_version=closed.version)
    for gesture in (
        lambda: add(desk),
        lambda: attachments.remove_attachment(desk, key=made.key, expected_version=1),
        lambda: attachments.retitle_attachment(desk, key=made.key, title="Annat", expected_version=1),
    ):
        with pytest.raises(Refused, match="attachment_locked"):
            gesture()
    assert attachments.take_out(desk, key=made.key, reason=Reason.SAVE).data == TEXT


def test_a_point_or_a_meeting_with_files_is_not_removed(desk: Desk) -> None:
    made = add(desk, item="punkt-1")
    stored = meetings.get_meeting(desk, key=MEETING)
    less = replace(stored.value, items=stored.value.items[1:])
    with pytest.raises(Refused, match="item_has_files"):
        meetings.save_meeting(desk, meeting=less, expected_version=stored.version)
    with pytest.raises(Refused, match="meeting_has_files"):
        meeting_removal.delete_meeting(desk, key=MEETING, expected_version=stored.version)
    attachments.remove_attachment(desk, key=made.key, expected_version=1)
    meetings.save_meeting(desk, meeting=less, expected_version=stored.version)


def test_bytes_that_were_changed_are_told(desk: Desk) -> None:
    made = add(desk)
    with past_the_desk(desk, writing=True) as work:
        owner = select(m.Attachment.id).where(m.Attachment.key == made.key).scalar_subquery()
        work.session.execute(
            update(m.AttachmentContent).where(m.AttachmentContent.attachment_id == owner).values(data=b"annat")
        )
        work.commit()
    with pytest.raises(StorageFault, match="attachment_damaged"):
        attachments.take_out(desk, key=made.key, reason=Reason.SAVE)


def test_what_nobody_knows_is_saved_and_never_opened(desk: Desk) -> None:
    made = add(desk, "data.dat", bytes(range(256)))
    assert made.kind is FileKind.UNKNOWN
    with pytest.raises(Refused, match="attachment_unopenable"):
        attachments.take_out(desk, key=made.key, reason=Reason.OPEN)
    assert attachments.take_out(desk, key=made.key, reason=Reason.SAVE).data == bytes(range(256))


def test_papers_list_them_all_and_tell_a_reader_nothing_of_a_customers(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key=MEETING)
    meetings.save_meeting(
        desk, meeting=replace(stored.value, appendices=("Riktlinjen",)), expected_version=stored.version
    )
    add(desk, "bild.png", png(), item="punkt-2")
    add(desk, "inkop.txt")
    papers = meeting_papers(desk, key=MEETING, purpose=Purpose.AGENDA, with_files=True)
    assert [(one.number, one.text) for one in papers.appendices] == [(1, "Riktlinjen"), (2, "bild"), (3, "inkop")]
    assert papers.appendices[1].data == png()
    secretary = meeting_papers(seated(desk, Role.SECRETARY), key=MEETING, purpose=Purpose.AGENDA, with_files=True)
    assert [(one.number, one.text, one.data) for one in secretary.appendices] == [
        (1, "Riktlinjen", None), (2, "Kundärende", None), (3, "inkop", TEXT)
    ]  # fmt: skip
    assert meeting_papers(desk, key=MEETING, purpose=Purpose.POSTER, with_files=True).appendices == ()


def test_another_units_account_takes_nothing_out(desk: Desk) -> None:
    made = add(desk)
    other = seated(desk, Role.MANAGER, units=frozenset({"annan"}))
    with pytest.raises(KnownError):
        attachments.take_out(other, key=made.key, reason=Reason.SHOW)


_NOW = __import__("datetime").datetime(2026, 3, 2, 9)


@given(
    st.lists(st.text("abc", min_size=1, max_size=3), max_size=6),
    st.lists(st.integers(1, 12), max_size=6, unique=True),
)
def test_every_appendix_has_one_number_and_files_keep_theirs_where_there_is_room(
    texts: list[str], places: list[int]
) -> None:
    files = [
        Attachment(
            key=f"fil-{n}", unit="u", number=n, name=f"{n}.txt", kind=FileKind.TEXT, size=1, digest="", added_at=_NOW
        )
        for n in places
    ]
    found = numbered(texts, files)
    assert [one.number for one in found] == list(range(1, len(texts) + len(files) + 1))
    assert [one.text for one in found if not one.key] == texts
    assert [one.key for one in found if one.key] == [f"fil-{n}" for n in sorted(places)]
    if all(n <= len(texts) + sum(other < n for other in places) + 1 for n in places):
        assert {one.key: one.number for one in found if one.key} == {f"fil-{n}": n for n in places}
    later = numbered([*texts, "sist"], files)
    kept = {one.key: one.number for one in later if one.key}
    assert all(kept[one.key] >= one.number for one in found if one.key)
