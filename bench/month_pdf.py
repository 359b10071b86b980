"""`agenda_pdf_word`, `month_pdf`, `month_pdf_memory`: agendas drawn by a process of its own, against LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import bare_canvas, generator, libreoffice, papers, surroundings
from bench.measure import SLOW_ROUNDS, Row, compare, missing

MONTH, FEW = 500, 100
_COLD = "LibreOffice headless from DOCX, cold"
_MANY = f"LibreOffice converting {MONTH}, per document"


def rows() -> Iterator[Row]:
    """The three rows; LibreOffice gets Word files with the same pages and words."""
    work = generator.WORK / "papers"
    shutil.rmtree(work, ignore_errors=True)
    word, own, peer = (work / name for name in ("word", "own", "peer"))
    for folder in (word, own, peer):
        folder.mkdir(parents=True)
    soffice = libreoffice.program()
    if soffice is None:
        yield missing("agenda_pdf_word", goal=0.35, against=_COLD, unit="s", why=libreoffice.MISSING)
        yield missing("month_pdf", goal=0.2, against=_MANY, unit="s", why=libreoffice.MISSING)
    else:
        yield _one(soffice, word=word, own=own, peer=peer)
        yield _month(soffice, word=word, own=own, peer=peer)
    yield _memory(own)


def _one(soffice: str, *, word: Path, own: Path, peer: Path) -> Row:
    child(1, own)
    libreoffice.write_word((own / "0.pdf").read_bytes(), word / "0.docx")

    def subject() -> float:
        start = time.perf_counter()
        child(1, own)
        return time.perf_counter() - start

    def floor() -> float:
        start = time.perf_counter()
        libreoffice.convert(soffice, [word / "0.docx"], folder=peer, profile=peer / "profile")
        return time.perf_counter() - start

    row = compare("agenda_pdf_word", subject=subject, floor=floor, goal=0.35, against=_COLD)
    made, others = (_letters((folder / "0.pdf").read_bytes()) for folder in (own, peer))
    if made != others or made[0] != papers.PAGES:
        raise RuntimeError("LibreOffice's file has other pages or letters than ours")
    return row


def _month(soffice: str, *, word: Path, own: Path, peer: Path) -> Row:
    child(MONTH, own)
    files = [word / f"{number}.docx" for number in range(MONTH)]
    for file in files:
        libreoffice.write_word((own / f"{file.stem}.pdf").read_bytes(), file)

    def subject() -> float:
        start = time.perf_counter()
        child(MONTH, own)
        return (time.perf_counter() - start) / MONTH

    def floor() -> float:
        start = time.perf_counter()
        libreoffice.convert(soffice, files, folder=peer, profile=peer / "profile")
        return (time.perf_counter() - start) / MONTH

    return compare("month_pdf", subject=subject, floor=floor, goal=0.2, against=_MANY)


def _letters(pdf: bytes) -> tuple[int, list[str]]:
    """Pages and letters: a narrow cell may part a word that the other file has whole."""
    pages, words = bare_canvas.words_of(pdf)
    return pages, sorted("".join(words))


def _memory(own: Path) -> Row:
    """The same job as `month_pdf`, a file an agenda; what one file for all of them costs stands in the note."""
    one_file = own / "month.pdf"
    together, few = child(MONTH, one_file)["peak_kib"], child(FEW, one_file)["peak_kib"]
    return compare(
        "month_pdf_memory",
        subject=lambda: child(MONTH, own)["peak_kib"] / 1024,
        floor=lambda: child(FEW, own)["peak_kib"] / 1024,
        goal=1.1,
        against=f"peak at {FEW} agendas",
        unit="MB",
        rounds=SLOW_ROUNDS,
        note=f"with all in one file {together / few:.2f} ({together / 1024:.0f} MB)",
    )


def child(count: int, target: Path) -> dict[str, float]:
    """Draw `count` agendas in a process of its own; its seconds and peak memory."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.paper_child", str(count), str(target)],
        check=True, capture_output=True, text=True, env=surroundings.child_environment(),
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found
