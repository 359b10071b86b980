"""What a file is, told by what is in it and not by its name, and which files are never taken in.

Nothing is unpacked: of an archive only the list of names is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Refused


class FileKind(StrEnum):
    """The kinds that are told apart; the value is the media type under which a file is kept."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    GIF = "image/gif"
    TEXT = "text/plain"
    CSV = "text/csv"
    CALENDAR = "text/calendar"
    RTF = "application/rtf"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    ODP = "application/vnd.oasis.opendocument.presentation"
    OLD_WORD = "application/msword"
    OLD_EXCEL = "application/vnd.ms-excel"
    OLD_POWERPOINT = "application/vnd.ms-powerpoint"
    UNKNOWN = "application/octet-stream"

    @property
    def label(self) -> str:
        """What the kind is called."""
        return _ABOUT[self][0]

    @property
    def ending(self) -> str:
        """The ending that fits what is in the file."""
        return _ABOUT[self][1][0]

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self in (FileKind.PNG, FileKind.JPEG, FileKind.GIF)

    @property
    def is_shown(self) -> bool:
        """Whether the program itself shows it, and prints it behind a paper."""
        return self is FileKind.PDF or self.is_image

    @property
    def opens(self) -> bool:
        """Whether it may be handed to another program; what nobody knows is only saved."""
        return self is not FileKind.UNKNOWN


_ABOUT: Mapping[FileKind, tuple[str, tuple[str, ...]]] = {
    FileKind.PDF: ("PDF", ("pdf",)),
    FileKind.PNG: ("Bild (PNG)", ("png",)),
    FileKind.JPEG: ("Bild (JPEG)", ("jpg", "jpeg", "jpe", "jfif")),
    FileKind.GIF: ("Bild (GIF)", ("gif",)),
    FileKind.TEXT: ("Textfil", ("txt", "md", "log", "text", "csv", "ics", "rtf")),
    FileKind.CSV: ("Textfil (CSV)", ("csv",)),
    FileKind.CALENDAR: ("Kalenderfil", ("ics",)),
    FileKind.RTF: ("Dokument (RTF)", ("rtf",)),
    FileKind.WORD: ("Word-dokument", ("docx", "dotx")),
    FileKind.EXCEL: ("Excel-ark", ("xlsx", "xltx")),
    FileKind.POWERPOINT: ("PowerPoint-bildspel", ("pptx", "ppsx", "potx")),
    FileKind.ODT: ("OpenDocument-text", ("odt", "ott")),
    FileKind.ODS: ("OpenDocument-ark", ("ods", "ots")),
    FileKind.ODP: ("OpenDocument-bildspel", ("odp", "otp")),
    FileKind.OLD_WORD: ("Word-dokument (äldre)", ("doc", "dot")),
    FileKind.OLD_EXCEL: ("Excel-ark (äldre)", ("xls", "xlt")),
    FileKind.OLD_POWERPOINT: ("PowerPoint-bildspel (äldre)", ("ppt", "pps", "pot")),
    FileKind.UNKNOWN: ("Okänd typ", ("bin",)),
}

_PROGRAM_ENDINGS = re.compile(
    "exe|com|bat|cmd|msi|msp|mst|scr|pif|cpl|dll|sys|drv|ocx|jar|app|apk|deb|rpm|run|elf|so|dylib|class|"
    "vbs|vbe|vb|js|jse|mjs|ws|wsf|wsh|wsc|sct|ps1|psm1|psd1|ps1xml|hta|hlp|chm|reg|inf|gadget|msc|application|"
    "lnk|url|desktop|webloc|scf|library-ms|search-ms|settingcontent-ms|appref-ms|xll|xla|xlam|wll|ade|adp|mde|accde|"
    "sh|bash|zsh|csh|ksh|py|pyc|pyw|rb|pl|php|ahk|au3|command|workflow|action|dmg|pkg|iso|img|vhd|vhdx"
)
"""Endings of what a system runs, or follows somewhere else."""
_MACRO_ENDINGS = re.compile("docm|dotm|xlsm|xltm|xlsb|pptm|potm|ppsm|ppam|sldm")
_ACTIVE_ENDINGS = re.compile("html|htm|xhtml|mht|mhtml|svg|svgz|xml|xsl|xslt|swf")
_ARCHIVE_ENDINGS = re.compile("zip|7z|rar|gz|tgz|bz2|xz|zst|tar|cab|arj|lzh|ace|z")

_PROGRAM_STARTS = (
    b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"dex\n", b"L\x00\x00\x00\x01\x14\x02\x00", b"[InternetShortcut]", b"[Desktop Entry]",
    b"!<arch>\n", b"#!", b"\x00asm",
)  # fmt: skip
_ARCHIVE_STARTS = (
    b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"MSCF",
)  # fmt: skip
_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG), (b"\xff\xd8\xff", FileKind.JPEG), (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF), (b"{\\rtf", FileKind.RTF),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_OLE_PARTS = (
    ("WordDocument", FileKind.OLD_WORD), ("Workbook", FileKind.OLD_EXCEL), ("Book", FileKind.OLD_EXCEL),
    ("PowerPoint Document", FileKind.OLD_POWERPOINT),
)  # fmt: skip
_NAMES = ("PDF", "Word", "Excel", "PowerPoint", "OpenDocument")
_NEUTER = ("Word", "Excel", "PowerPoint", "OpenDocument-ark", "OpenDocument-bild", "Dokument")
_OFFICE_PARTS = (
    ("word/document.xml", FileKind.WORD), ("xl/workbook.xml", FileKind.EXCEL),
    ("ppt/presentation.xml", FileKind.POWERPOINT),
)  # fmt: skip
_OPEN_KINDS = {kind.value.encode(): kind for kind in (FileKind.ODT, FileKind.ODS, FileKind.ODP)}
_ACTIVE_START = re.compile(
    rb"\s*(?:<!doctype\s+(?:html|svg)|<\?xml|<html|<svg|<script|<head|<body|<hta:)", re.IGNORECASE
)
_MACRO_PART = re.compile(r"vbaproject\.bin$|oleobject|(^|/)activex/|^basic/|^scripts/|^object ?\d")
_HEAD = 1024
_OLE_NAME = 64
"""Bytes that the name of a part takes in an older Office document, filled up with zeroes."""
_MOST_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is, and what is to be told of it where its name says something else."""

    kind: FileKind
    told: str = ""


def sniff(data: bytes, *, name: str) -> Sniffed:
    """What the file is. Raises Refused for a program, script, shortcut, macro, web page, archive or double ending."""
    endings = [part.strip().casefold() for part in name.split(".")[1:]]
    ending = endings[-1] if endings else ""
    _refuse_by_name(endings)
    kind = _kind_of(data, ending)
    return Sniffed(kind, name_mismatch(kind, name))


def _refuse_by_name(endings: list[str]) -> None:
    ending = endings[-1] if endings else ""
    if _PROGRAM_ENDINGS.fullmatch(ending):
        raise Refused("attachment_program", ending=f".{ending}")
    if _MACRO_ENDINGS.fullmatch(ending):
        raise Refused("attachment_macros")
    if _ACTIVE_ENDINGS.fullmatch(ending):
        raise Refused("attachment_active")
    if _ARCHIVE_ENDINGS.fullmatch(ending):
        raise Refused("attachment_archive")
    if len(endings) > 1 and (_PROGRAM_ENDINGS.fullmatch(endings[-2]) or _MACRO_ENDINGS.fullmatch(endings[-2])):
        raise Refused("attachment_double_ending", endings=f".{endings[-2]}.{ending}")


def _kind_of(data: bytes, ending: str) -> FileKind:
    head = data[:_HEAD]
    if head.startswith(_PROGRAM_STARTS):
        raise Refused("attachment_program", ending="")
    if head.startswith(_ARCHIVE_STARTS) or data[257:262] == b"ustar":
        raise Refused("attachment_archive")
    for start, kind in _STARTS:
        if head.startswith(start):
            return _without_objects(data) if kind is FileKind.RTF else kind
    if head.startswith(_ZIP):
        return _of_zip(data)
    if head.startswith(_OLE):
        return _of_ole(data)
    if b"%PDF-" in head:
        return FileKind.PDF
    return _of_text(data, ending)


def _without_objects(data: bytes) -> FileKind:
    """An RTF document may carry a program inside."""
    if re.search(rb"\\obj(?:data|emb|autlink|html|ocx)", data):
        raise Refused("attachment_macros")
    return FileKind.RTF


def _of_zip(data: bytes) -> FileKind:
    """Office documents are archives; which one is told by the names in it, of which nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [one.filename for one in archive.infolist()[:_MOST_NAMES]]
    except (zipfile.BadZipFile, ValueError, RuntimeError, OSError, EOFError, UnicodeDecodeError):
        return FileKind.UNKNOWN
    lowered = {name.casefold() for name in names}
    if any(_MACRO_PART.search(name) for name in lowered):
        raise Refused("attachment_macros")
    for part, kind in _OFFICE_PARTS:
        if part in lowered and "[content_types].xml" in lowered:
            return kind
    if names[:1] == ["mimetype"]:
        for media, kind in _OPEN_KINDS.items():
            if data[30 : 30 + len("mimetype") + len(media)].endswith(media):
                return kind
    raise Refused("attachment_archive")


def _of_ole(data: bytes) -> FileKind:
    """Older Office documents, whose parts have names of two bytes a sign."""
    if any(_wide(part) in data for part in ("_VBA_PROJECT", "VBA", "Macros")):
        raise Refused("attachment_macros")
    return next((kind for part, kind in _OLE_PARTS if _wide(part) in data), FileKind.UNKNOWN)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le").ljust(_OLE_NAME, b"\0")


def _of_text(data: bytes, ending: str) -> FileKind:
    if _ACTIVE_START.match(data[:_HEAD].lstrip(b"\xef\xbb\xbf")):
        raise Refused("attachment_active")
    for coding in ("utf-8", "cp1252"):
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        if _is_plain(text):
            by_ending = {"csv": FileKind.CSV, "ics": FileKind.CALENDAR}
            return by_ending.get(ending, FileKind.TEXT)
        break
    return FileKind.UNKNOWN


def _is_plain(text: str) -> bool:
    """Whether it is text that somebody wrote: hardly any control characters."""
    return not re.search("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", text)


def name_mismatch(kind: FileKind, name: str) -> str:
    """What is told where the name says another kind than the content; empty where they agree."""
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    if kind is FileKind.UNKNOWN or not ending or ending in _ABOUT[kind][1]:
        return ""
    meant = next((one for one in FileKind if ending in _ABOUT[one][1] and one is not FileKind.UNKNOWN), None)
    if meant is None:
        return ""
    article = "ett" if kind.label.startswith(_NEUTER) else "en"
    label = kind.label if kind.label.startswith(_NAMES) else kind.label[:1].lower() + kind.label[1:]
    return f"Filen heter .{ending} men är {article} {label}."
