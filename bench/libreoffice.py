"""The peer of the PDF figures: LibreOffice, headless, makes PDFs of Word files that hold the same pages and words."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from bench.bare_canvas import Sheet, sheets_of

MISSING = "LibreOffice (soffice) is not installed on this machine"
_LONGEST = 1800
_BATCH = 125
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
_CLOSING = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="567" w:right="567" w:bottom="567" w:left="1134" '
    'w:header="0" w:footer="0" w:gutter="0"/></w:sectPr></w:body></w:document>'
)
_TIGHT = '<w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>'
_TWIPS = 20
_MEASURE = 10_000
_CLOSE_LINES = 4.0
"""Points between baselines within which strings stand on one line."""


def program() -> str | None:
    """LibreOffice's command, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def write_word(pdf: bytes, target: Path) -> None:
    """A Word file with the lines of `pdf`, page by page; what stands in columns there lies in a table here."""
    pages = [_page(sheet) for sheet in sheets_of(pdf)]
    turn = f'<w:p>{_TIGHT}<w:r><w:br w:type="page"/></w:r></w:p>'
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("_rels/.rels", _RELATIONS)
        packed.writestr("word/document.xml", _OPENING + turn.join(pages) + _CLOSING)


def convert(command: str, files: Sequence[Path], *, folder: Path, profile: Path) -> None:
    """LibreOffice makes PDFs of `files` in `folder`, a batch a run: one run gives up quietly after some 250."""
    for start in range(0, len(files), _BATCH):
        _convert(command, files[start : start + _BATCH], folder=folder, profile=profile)


def _convert(command: str, files: Sequence[Path], *, folder: Path, profile: Path) -> None:
    subprocess.run(
        [
            command, f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(folder), *map(str, files),
        ],
        check=True, capture_output=True, timeout=_LONGEST,
    )  # fmt: skip
    if lost := [file.stem for file in files if not (folder / f"{file.stem}.pdf").exists()]:
        raise RuntimeError(f"LibreOffice made no PDF of {', '.join(lost[:3])}")


def _page(sheet: Sheet) -> str:
    lines: list[list[tuple[float, str]]] = []
    last: float | None = None
    for one in sorted(sheet.strings, key=lambda one: -one.y):
        if last is None or last - one.y > _CLOSE_LINES:
            lines.append([])
            last = one.y
        lines[-1].append((one.x, one.text))
    parts: list[str] = []
    for columned, group in itertools.groupby(lines, key=lambda line: len(line) > 1):
        if columned:
            parts.append(_table([sorted(line) for line in group]))
        else:
            parts += [f"<w:p>{_TIGHT}{_run(text)}</w:p>" for line in group for _, text in line]
    return "".join(parts)


def _table(lines: list[list[tuple[float, str]]]) -> str:
    """Lines as rows; a column begins wherever a string of any line does."""
    starts = sorted({round(x) for line in lines for x, _ in line})
    widths = [(after - at) * _TWIPS for at, after in itertools.pairwise([*starts, starts[0] + _MEASURE // _TWIPS])]
    grid = "".join(f'<w:gridCol w:w="{max(wide, _TWIPS)}"/>' for wide in widths)
    rows = "".join(_row(line, starts) for line in lines)
    return f'<w:tbl><w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'


def _row(line: list[tuple[float, str]], starts: list[int]) -> str:
    """A cell a string, each reaching to where the next begins."""
    at = [starts.index(round(x)) for x, _ in line]
    at[0] = 0
    spans = [after - here for here, after in itertools.pairwise([*at, len(starts)])]
    cells = (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{max(span, 1)}"/></w:tcPr><w:p>{_TIGHT}{_run(text)}</w:p></w:tc>'
        for span, (_, text) in zip(spans, line, strict=True)
    )
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _run(text: str) -> str:
    return f'<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
