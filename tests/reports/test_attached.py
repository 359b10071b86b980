"""Appendices behind papers: every page in its frame, nothing active from a foreign file, bombs and locks told."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace

import pypdf
import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from app.domain.attachments import Appendix
from app.domain.file_kinds import FileKind
from app.reports import documents
from app.reports.attached import MOST_PAGES, as_pdf, page_count, why_not
from tests.reports.material import papers


def pdf(*texts: str, size: tuple[float, float] = (595, 842)) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for text in texts:
        canvas.setFont("Helvetica", 18)
        canvas.drawString(60, size[1] - 60, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def hostile() -> bytes:
    """A page with a script that runs when it is opened, a link that starts a program, and a program inside."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Ser snäll ut")))
    script = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('hej')"),
    })  # fmt: skip
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("ondska.exe", b"MZ ondska")
    start = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")})
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): start})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Hemligt")))
    writer.encrypt("lösenord", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(size: tuple[int, int], kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, "teal")
    exif = image.getexif()
    exif[0x010E] = "Fru Ek 1101"
    image.save(out, kind, exif=exif)
    return out.getvalue()


def bomb() -> bytes:
    """A picture of 65,000 × 65,000 in a few hundred bytes."""
    head = struct.pack(">IIBBBBB", 65_000, 65_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def appendix(data: bytes, kind: FileKind = FileKind.PDF, *, number: int = 1, text: str = "Underlag") -> Appendix:
    return Appendix(number=number, text=text, key=f"fil-{number}", kind=kind, data=data)


def drawn(*appendices: Appendix) -> bytes:
    out = io.BytesIO()
    documents.draw("minutes", [replace(papers(), appendices=appendices)], out)
    return out.getvalue()


def test_each_page_of_each_file_stands_in_a_frame_with_its_number() -> None:
    plain = len(pypdf.PdfReader(io.BytesIO(drawn())).pages)
    made = drawn(
        Appendix(number=1, text="Riktlinjen"), appendix(pdf("Första", "Andra"), number=2),
        appendix(picture((60, 40)), FileKind.PNG, number=3, text="Bild"),
    )  # fmt: skip
    reader = pypdf.PdfReader(io.BytesIO(made))
    pages = [page.extract_text() for page in reader.pages]
    behind = pages[-3:]
    assert len(pages) == plain + 3
    assert "Bilaga 1" in pages[-4] or "Bilaga 1" in pages[-5]
    assert ["Bilaga 2" in page for page in behind] == [True, True, False]
    assert "Bilaga 3" in behind[2]
    assert "Första" in behind[0]
    assert "Andra" in behind[1]
    assert "Bilaga 2: Underlag" in str(reader.outline)
    assert str(reader.root_object["/Lang"]) == "sv-SE"


def test_nothing_active_follows_from_a_foreign_file() -> None:
    source = hostile()
    assert b"JavaScript" in source
    made = drawn(appendix(source))
    whole = pypdf.PdfReader(io.BytesIO(made))
    said = whole.pages[-1].extract_text()
    assert "Ser snäll ut" in said
    for word in (
        b"JavaScript",
        b"/JS",
        b"/Launch",
        b"/AA<",
        b"/AA ",
        b"EmbeddedFile",
        b"ondska",
        b"/OpenAction",
        b"cmd.exe",
    ):
        assert word not in made, word
    assert not whole.attachments


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_is_hidden_in_a_picture_stays_behind(kind: str) -> None:
    data = picture((80, 50), kind)
    assert b"Fru Ek" in data
    shown = as_pdf(FileKind.PNG if kind == "PNG" else FileKind.JPEG, data)
    assert shown is not None
    assert b"Fru Ek" not in shown
    assert b"Fru Ek" not in drawn(appendix(data, FileKind.PNG if kind == "PNG" else FileKind.JPEG))


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (locked(), FileKind.PDF, "är skadad eller låst med lösenord och skrivs inte ut här"),
        (b"%PDF-1.7 nej", FileKind.PDF, "är skadad eller låst med lösenord och skrivs inte ut här"),
        (bomb(), FileKind.PNG, "är skadad eller låst med lösenord och skrivs inte ut här"),
        (b"GIF89a", FileKind.GIF, "är skadad eller låst med lösenord och skrivs inte ut här"),
        (b"text", FileKind.TEXT, "skrivs inte ut här"),
        (pdf(*["x"] * (MOST_PAGES + 1)), FileKind.PDF, f"har {MOST_PAGES + 1} sidor och skrivs inte ut här"),
    ],
    ids=["locked", "damaged", "bomb", "gif", "text", "book"],
)
def test_what_cannot_be_printed_is_listed_and_says_why(data: bytes, kind: FileKind, said: str) -> None:
    one = appendix(data, kind)
    assert why_not(one) == said
    plain = len(pypdf.PdfReader(io.BytesIO(drawn())).pages)
    reader = pypdf.PdfReader(io.BytesIO(drawn(one)))
    assert len(reader.pages) in (plain, plain + 1)
    assert "Bilaga 1" in "".join(page.extract_text() for page in reader.pages)


def test_turned_and_cut_pages_stand_upright_and_whole() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Vriden", size=(842, 595))))
    writer.pages[0].rotate(90)
    out = io.BytesIO()
    writer.write(out)
    made = pypdf.PdfReader(io.BytesIO(drawn(appendix(out.getvalue()))))
    assert "Vriden" in made.pages[-1].extract_text()
    assert made.pages[-1].mediabox.width == pytest.approx(595.28, abs=0.1)
    assert page_count(FileKind.PDF, out.getvalue()) == 1
