"""Files are what is in them, whatever they are called, and what could run is never taken in."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refused
from app.domain.file_kinds import FileKind, sniff
from app.domain.file_names import clean_name

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def archive(*names: str, first: tuple[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if first:
            made.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")


def part(name: str) -> bytes:
    return OLE + name.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("budget.pdf", PDF, FileKind.PDF),
        ("foto.PNG", b"\x89PNG\r\n\x1a\n....", FileKind.PNG),
        ("foto.jpeg", b"\xff\xd8\xff\xe0....", FileKind.JPEG),
        ("gif.gif", b"GIF89a....", FileKind.GIF),
        ("lista.txt", "Åsa köper ägg".encode(), FileKind.TEXT),
        ("lista.txt", "Åsa köper ägg".encode("cp1252"), FileKind.TEXT),
        ("lista.csv", b"a;b\n1;2\n", FileKind.CSV),
        ("brev.docx", WORD, FileKind.WORD),
        ("ark.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), FileKind.EXCEL),
        ("bild.pptx", archive("[Content_Types].xml", "ppt/presentation.xml"), FileKind.POWERPOINT),
        ("text.odt", archive("content.xml", first=("mimetype", FileKind.ODT.value)), FileKind.ODT),
        ("brev.doc", part("WordDocument"), FileKind.OLD_WORD),
        ("okand.dat", bytes(range(256)), FileKind.UNKNOWN),
        ("trasig.docx", b"PK\x03\x04" + b"\xff" * 40, FileKind.UNKNOWN),
    ],
)
def test_what_a_file_is(name: str, data: bytes, kind: FileKind) -> None:
    found = sniff(data, name=name)
    assert (found.kind, found.told) == (kind, "")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("brev.pdf", WORD, "Filen heter .pdf men är ett Word-dokument."),
        ("foto.png", PDF, "Filen heter .png men är en PDF."),
        ("brev.docx", b"\xff\xd8\xff\xe0", "Filen heter .docx men är en bild (JPEG)."),
        ("brev.doc", PDF, "Filen heter .doc men är en PDF."),
    ],
)
def test_a_name_that_says_something_else_is_told(name: str, data: bytes, told: str) -> None:
    assert sniff(data, name=name).told == told


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("rapport.exe", PDF, "attachment_program"),
        ("rapport.pdf.exe", PDF, "attachment_program"),
        ("rapport.exe.pdf", PDF, "attachment_double_ending"),
        ("rapport.pdf", b"MZ\x90\0" + b"\0" * 60, "attachment_program"),
        ("rapport.pdf", b"\x7fELF\x02", "attachment_program"),
        ("rapport.txt", b"#!/bin/sh\nrm -rf /\n", "attachment_program"),
        ("skript.ps1", b"Write-Host", "attachment_program"),
        ("bild.jpg", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 30, "attachment_program"),
        ("lank.url", b"[InternetShortcut]\nURL=file:///x", "attachment_program"),
        ("lank.txt", b"[InternetShortcut]\nURL=file:///x", "attachment_program"),
        ("brev.docm", WORD, "attachment_macros"),
        ("brev.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "attachment_macros"),
        ("ark.xlsx", archive("[Content_Types].xml", "xl/workbook.xml", "xl/embeddings/oleObject1.bin"),
         "attachment_macros"),
        ("brev.doc", part("WordDocument") + part("_VBA_PROJECT"), "attachment_macros"),
        ("brev.rtf", b"{\\rtf1 {\\object\\objdata 01}}", "attachment_macros"),
        ("sida.html", b"<html>", "attachment_active"),
        ("sida.txt", b"<!DOCTYPE html><script>alert(1)</script>", "attachment_active"),
        ("bild.svg", b"<svg onload='x'/>", "attachment_active"),
        ("allt.zip", WORD, "attachment_archive"),
        ("allt.txt", archive("bomb.txt"), "attachment_archive"),
        ("allt.pdf", b"Rar!\x1a\x07\0", "attachment_archive"),
    ],
)  # fmt: skip
def test_what_could_run_is_refused(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        sniff(data, name=name)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\eva\\Budget 2026.pdf", "Budget 2026.pdf"),
        ("con.pdf", "con-fil.pdf"),
        ("NUL.tar.pdf", "NUL.tar-fil.pdf"),
        ("Möte\u202efdp.exe", "Möte fdp.exe"),
        ("a\0b\n.pdf", "ab.pdf"),
        ("  .pdf", "pdf.pdf"),
        ("fil?*<>|.pdf", "fil-----.pdf"),
        ("utan", "utan.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("A\u030angstro\u0308m.pdf", "Ångström.pdf"),
    ],
)
def test_names_are_cleaned(name: str, kept: str) -> None:
    assert clean_name(name, ending="pdf") == kept


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_every_system_takes(name: str) -> None:
    kept = clean_name(name, ending="pdf")
    assert not set(kept) & set('/\\:*?"<>|\0\n\r\t\u202e')
    assert 0 < len(kept) < 130
    assert not kept.startswith(".")
    assert not kept.endswith((".", " "))
    assert clean_name(kept, ending="pdf") == kept


@given(st.binary(max_size=400), st.sampled_from(["a.pdf", "a.docx", "a", "a.txt", "a.png"]))
def test_any_bytes_are_something_or_refused(data: bytes, name: str) -> None:
    try:
        assert sniff(data, name=name).kind in FileKind
    except Refused:
        return
