"""Files that were changed to do harm, handed to a meeting as appendices, looked at, and printed behind its minutes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from random import Random

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app.domain.errors import KnownError
from app.reports import documents
from app.reports.attached import as_pdf
from app.services import attachments
from app.services.attachments import Reason
from app.services.desk import Desk
from app.services.papers import Purpose, meeting_papers
from faults import mutations
from faults.ground import unworded

_MEETING = "teammote-1"
_NAMES = (
    "protokoll.pdf", "bild.png", "../../etc/passwd", "con.pdf", "fil.pdf.exe", "a\u202efdp.exe", "x" * 400 + ".pdf",
    "", ".pdf", "brev.docx", "C:\\Windows\\system32\\x.dll", "bild.jpg\0.exe", "lnk.lnk", "=1+1.csv", "nul",
)  # fmt: skip


def sources() -> tuple[bytes, ...]:
    """Whole files to change: a PDF, pictures, an office document, a text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 400), invariant=1)
    for number in range(2):
        canvas.drawString(40, 350, f"Sida {number}")
        canvas.showPage()
    canvas.save()
    found = [out.getvalue()]
    for kind in ("PNG", "JPEG", "GIF"):
        picture = io.BytesIO()
        Image.effect_noise((24, 18), 40).save(picture, kind)
        found.append(picture.getvalue())
    office = io.BytesIO()
    with zipfile.ZipFile(office, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>" * 100)
    return (*found, office.getvalue(), b"Namn;Antal\r\nStol;4\r\n")


def trial(desk: Desk, whole: tuple[bytes, ...], dice: Random) -> Iterator[str]:
    """One file: refused in words with nothing kept, or kept byte for byte, shown and printed without harm."""
    data = mutations.any_bytes(dice.choice(whole), dice)
    try:
        made = attachments.add_attachment(desk, meeting=_MEETING, name=dice.choice(_NAMES), data=data)
    except KnownError as error:
        if fault := unworded(error):
            yield fault
        return
    if set(made.name) & set("/\\\0\u202e") or made.name.startswith("."):
        yield f"kept as {made.name!r}"
    if attachments.take_out(desk, key=made.key, reason=Reason.SAVE).data != data:
        yield "came back as something else"
    as_pdf(made.kind, data)
    drawn = io.BytesIO()
    papers = meeting_papers(desk, key=_MEETING, purpose=Purpose.AGENDA, with_files=True)
    documents.draw("agenda", [papers], drawn)
    for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/OpenAction"):
        if word in drawn.getvalue():
            yield f"printed with {word.decode()}"
    attachments.remove_attachment(desk, key=made.key, expected_version=made.version)
