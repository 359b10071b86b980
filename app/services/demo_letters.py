"""The demo's information letters, two sent and one being written, and some files beside its meetings."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256

from app.domain.attachments import Attachment
from app.domain.document import Document
from app.domain.file_kinds import FileKind
from app.domain.letters import COLLECTED, Letter, LetterPart, LetterStatus, PartKind
from app.domain.meetings import Meeting, MeetingStatus
from app.services import attachment_records, planning_records
from app.services.desk import Desk
from app.services.letter_records import LETTERS
from app.services.records import Directory
from app.storage.audit import Event

_NOTICES = (
    ("Nya larmknappar", "Teknikern byter larmknapparna på tisdag och onsdag. Prova knappen efteråt, och anteckna det."),
    ("Hissen är lagad", "Hissen i norra trapphuset går igen. Tack för tålamodet."),
    ("Påminnelse om munvårdskort", "Byt munvårdskort när bedömningen är gjord. Nya kort finns på expeditionen."),
    ("Sommarens schema", "Önskemål om semester lämnas senast den sista i månaden, i schemat eller till enhetschefen."),
    ("Brandövning", "Vi övar utrymning i nästa vecka. Läs utrymningsplanen som sitter vid entrén före dess."),
    ("Städdag i trädgården", "Vi krattar och ställer ut möblerna tillsammans med de boende. Ta med varma kläder."),
)  # fmt: skip
_INVITATIONS = (
    ("Utbildning i munhälsa", "Tandhygienisten visar hur munvårdskortet används.", "Samlingssalen",
     "Omvårdnadspersonal", "Anmäl dig i listan på anslagstavlan"),
    ("Anhörigkväll", "Enhetschefen och sjuksköterskan berättar om hur vi arbetar i team.", "Matsalen",
     "Närstående och god man", "Mejla eller ring enhetschefen"),
)  # fmt: skip
_AUDIENCE = "Alla medarbetare, närstående som har bett om det"


def add_letters(document: Document, desk: Desk) -> None:
    """Put the letters and files beside what the document brought in."""
    letters = _letters(document, desk.today)
    with desk.writing() as work:
        planning_records.insert(work.session, Directory(work.session), LETTERS, letters)
        for letter in letters:
            sent = letter.status is LetterStatus.SENT
            action = "send_letter" if sent else "keep_letter"
            work.record(Event(action=action, object=f"letter:{letter.key}", unit=letter.unit))
        for attachment, data in _files(document, desk):
            attachment_records.put(work, attachment, data, at=desk.clock.instant())
            work.record(
                Event(action="add_attachment", object=f"attachment:{attachment.key}", unit=attachment.unit)
            )  # fmt: skip
        work.commit()


def _letters(document: Document, today: dt.date) -> list[Letter]:
    unit, writer = document.units[0], document.members[0].key
    monday = today - dt.timedelta(days=today.weekday())
    found = []
    for back in (2, 1, 0):
        first = monday - dt.timedelta(weeks=back)
        year, week, _ = first.isocalendar()
        sent = dt.datetime.combine(first + dt.timedelta(days=4), dt.time(15)) if back else None
        notices = [_NOTICES[(week + n) % len(_NOTICES)] for n in range(2)]
        invitation = _INVITATIONS[week % len(_INVITATIONS)]
        found.append(Letter(
            key=f"brev-{unit.key}-{year}-{week:02d}", unit=unit.key, year=year, week=week, recipients=_AUDIENCE,
            intro=f"Det här händer hos oss vecka {week}. Fråga gärna om något är oklart.",
            status=LetterStatus.SENT if back else LetterStatus.DRAFT, sent_at=sent, sent_by=writer if back else None,
            parts=(
                *(LetterPart(kind=PartKind.NOTICE, heading=heading, text=text) for heading, text in notices),
                _invitation(invitation, first + dt.timedelta(days=16)),
                *_minutes(document, unit.key, before=first),
            ),
        ))  # fmt: skip
    return found


def _invitation(words: Sequence[str], day: dt.date) -> LetterPart:
    heading, text, place, target, register = words
    return LetterPart(
        kind=PartKind.INVITATION, heading=heading, text=text, date=day, start=dt.time(14), end=dt.time(15, 30),
        place=place, target=target, register=register, register_by=day - dt.timedelta(days=5),
    )  # fmt: skip


def _minutes(document: Document, unit: str, *, before: dt.date) -> Iterator[LetterPart]:
    """The latest minutes that were approved then."""
    held = [one for one in _held(document, unit) if one.date < before]
    if held:
        latest = max(held, key=lambda one: one.date)
        kind = PartKind.MINUTES_WITH_FILES if latest.forum == "apt" else PartKind.MINUTES
        yield LetterPart(kind=kind, heading=_NAMES.get(latest.forum, "Anteckningar"), meeting=latest.key)


_NAMES = {"apt": "APT", "kvalitetsmote": "Kvalitetsmöte", "borad": "Boråd", "reflektionsmote": "Reflektionsmöte"}


def _held(document: Document, unit: str) -> list[Meeting]:
    approved = MeetingStatus.APPROVED
    return [one for one in document.meetings if one.unit == unit and one.forum in COLLECTED and one.status is approved]


def _files(document: Document, desk: Desk) -> Iterator[tuple[Attachment, bytes]]:
    """A round and a list with the latest APT, a plan with the next one."""
    unit = document.units[0].key
    apt = sorted(
        (one for one in document.meetings if one.unit == unit and one.forum == "apt"), key=lambda one: one.date
    )
    held = [one for one in apt if one.status is MeetingStatus.APPROVED]
    coming = [one for one in apt if one.status is MeetingStatus.PLANNED]
    if held:
        lines = ["Entréplan: utan anmärkning", "Plan 2: släckaren vid hissen är flyttad", "Köket: spisvakten provad"]
        yield _file(desk, held[-1], 1, "Brandskyddsrunda.pdf", FileKind.PDF, _page("Brandskyddsrunda", lines))
        rows = "Vad;Antal;Pris\r\nMatstol med armstöd;6;2 150\r\nLjusslinga;4;129\r\n".encode()
        yield _file(desk, held[-1], 2, "Inköpslista.csv", FileKind.CSV, rows)
    if coming:
        yield _file(desk, coming[0], 1, "Utrymningsplan.png", FileKind.PNG, _plan())


def _file(
    desk: Desk, meeting: Meeting, number: int, name: str, kind: FileKind, data: bytes
) -> tuple[Attachment, bytes]:  # fmt: skip
    made = Attachment(
        key=f"{meeting.key}-bilaga-{number}", unit=meeting.unit, meeting=meeting.key, number=number, name=name,
        kind=kind, size=len(data), digest=sha256(data).hexdigest(), added_at=desk.clock.now(),
        added_by=meeting.secretary or meeting.chair,
    )  # fmt: skip
    return made, data


def _page(title: str, lines: Sequence[str]) -> bytes:
    """A page with a title and lines as the smallest PDF there is."""
    text = [f"BT /F1 20 Tf 70 760 Td ({title}) Tj ET"]
    text += [f"BT /F1 12 Tf 70 {720 - 20 * n} Td ({line}) Tj ET" for n, line in enumerate(lines)]
    drawn = "\n".join(text).encode("cp1252")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def _plan() -> bytes:
    """A floor with rooms along a corridor, as a picture."""
    wide, high = 480, 320
    rows = []
    for y in range(high):
        row = bytearray()
        for x in range(wide):
            edge = x < 4 or y < 4 or x >= wide - 4 or y >= high - 4
            wall = (x % 96 < 3 and not 130 < y < 190) or (y in (130, 131, 190, 191) and x % 96 > 24)
            way = 156 < y < 164 and 20 < x < wide - 20
            row += b"\x22\x22\x22" if edge or wall else b"\x1d\x8a\x4a" if way else b"\xff\xff\xff"
        rows.append(b"\0" + bytes(row))
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
