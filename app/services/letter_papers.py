"""What an information letter is drawn from, and the PDF of one that has gone out."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import select

from app import models as m
from app.domain.catalogue import Setting
from app.domain.errors import StorageFault
from app.domain.letters import Letter, LetterPaper, LetterStatus, PartKind
from app.domain.meeting_papers import MeetingPapers
from app.domain.minutes_forms import MinutesForm
from app.domain.roles import Right
from app.services import meeting_records
from app.services.desk import Desk, needs
from app.services.letters import load_letter
from app.services.paper_forms import FormMaker
from app.services.papers import Purpose, papers_as_drawn
from app.storage.unit_of_work import UnitOfWork


@needs(Right.READ_LETTERS)
def letter_paper(desk: Desk, *, key: str) -> LetterPaper:
    """The letter with its meetings' minutes, without anything of a customer. Raises NotFound, NotAllowed."""
    with desk.reading() as work:
        letter, _ = load_letter(desk, work, key)
        unit = work.session.execute(select(m.Unit.name, m.Unit.setting).where(m.Unit.key == letter.unit)).one()
        minutes = _minutes(desk, work, letter)
    return LetterPaper(
        letter=letter, unit_name=unit.name, setting_label=Setting(unit.setting).label, prepared_on=desk.today,
        minutes=minutes,
    )  # fmt: skip


@needs(Right.READ_LETTERS)
def sent_pdf(desk: Desk, *, key: str) -> bytes | None:
    """The PDF as it went out; None for a draft, and for a letter that came without it from another database.

    Raises StorageFault("attachment_damaged").
    """
    with desk.reading() as work:
        letter, _ = load_letter(desk, work, key)
        if letter.status is not LetterStatus.SENT:
            return None
        query = (
            select(m.AttachmentContent.data, m.Attachment.digest)
            .join(m.Attachment, m.Attachment.id == m.AttachmentContent.attachment_id)
            .join(m.Letter, m.Letter.id == m.Attachment.letter_id)
            .where(m.Letter.key == key)
            .order_by(m.Attachment.position, m.Attachment.id)
        )
        row = work.session.execute(query).first()
    if row is None:
        return None
    data = bytes(row.data)
    if sha256(data).hexdigest() != row.digest:
        raise StorageFault("attachment_damaged")
    return data


def _minutes(desk: Desk, work: UnitOfWork, letter: Letter) -> dict[int, MeetingPapers]:
    """The minutes of each part that stands for a meeting, in the form without customers."""
    wanted = {number: part for number, part in enumerate(letter.parts) if part.kind.is_minutes and part.meeting}
    there = meeting_records.load(work.session, m.Meeting.key.in_({part.meeting for part in wanted.values()}))
    form = MinutesForm.NO_CUSTOMERS
    maker = FormMaker(work, form, None)
    found = {}
    for number, part in wanted.items():
        if part.meeting in there:
            whole = there[part.meeting][0]
            with_files = part.kind is PartKind.MINUTES_WITH_FILES
            [found[number]] = papers_as_drawn(
                desk, work, [whole], [maker.made(whole, whole=whole)], purpose=Purpose.MINUTES, form=form,
                with_files=with_files,
            )  # fmt: skip
    return found
