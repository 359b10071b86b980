"""Hostile text stays text: through the database, the exchange file, sheets, paper, search and the real window."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Iterator, Sequence

import openpyxl
import pypdfium2
from openpyxl.utils.exceptions import IllegalCharacterError
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from app.domain.document import Document
from app.domain.errors import ImportRefused, KnownError
from app.domain.meetings import Action, Item, Meeting, NextMeeting, Question
from app.domain.people import Outsider
from app.exchange.action_sheet import write_actions
from app.exchange.json_file import read_document, write_document
from app.exchange.sheets import read_sheet
from app.reports import lettering
from app.services import actions, meeting_lists, meetings, papers
from app.services.action_papers import export_actions
from app.services.desk import Desk
from app.services.imports import known_to_sheets
from faults import ground as place
from faults.ground import PASSWORD, USER, chance, ground, unworded
from faults.outcome import Outcome, Tally
from faults.shares import share
from faults.strings import hostile, storable
from tests.reports.material import drawn

BATCH = 25
"""Strings that share a meeting, a paper and a look at the window."""
_ACTIVE = frozenset(
    {"/Annots", "/OpenAction", "/AA", "/JS", "/JavaScript", "/Launch", "/URI", "/EmbeddedFiles", "/XFA"}
)
_LONGEST_READ_BACK = 1500
"""A longer text goes over the page, and the page's foot stands in the middle of it."""
_LINE_END_HYPHEN = "\x02"
"""What the reader makes of a hyphen that ends a line; the sign itself is drawn as its number and never stands so."""
_MISSING = ("export to CSV, and ICS: not built yet",)


def try_it(count: int, seed: int) -> Outcome:
    """Send `count` strings through everything that shows, prints or carries text."""
    tally = share(cases, -(-count // BATCH), seed)
    return tally.outcome(f"each through all of it, {BATCH} at a time", missing=_MISSING)


def cases(numbers: range, seed: int) -> Tally:
    """The batches of these numbers."""
    from faults.window import Window  # noqa: PLC0415 - the toolkit, only where a window is opened

    tally = Tally()
    with place.field() as folder:
        database = ground().copy(folder / "texts")
        with Window(database, user=USER, password=PASSWORD) as window:
            for number in numbers:
                dice = chance(seed, number)
                texts = [hostile(dice) for _ in range(BATCH)]
                kept = [text for text in texts if _keep(window.desk, text, number, tally)]
                faults = [*_through(window.desk, kept, number), *window.look(f"text-{number}", kept)]
                tally.cases["string"] += len(texts)
                tally.broken += [(fault, str(number)) for fault in faults]
    return tally


def _keep(desk: Desk, text: str, number: int, tally: Tally) -> bool:
    """Whether the database takes the text; one it cannot hold is refused in words and never cut."""
    if storable(text):
        return True
    try:
        meetings.book_meeting(desk, meeting=meeting_of(f"refused-{number}", [text]))
    except KnownError as error:
        fault = unworded(error)
    except Exception as error:  # noqa: BLE001 - exactly what may not happen
        fault = f"crashed: {type(error).__name__}"
    else:
        fault = ""
        if meetings.get_meeting(desk, key=f"refused-{number}").value != meeting_of(f"refused-{number}", [text]):
            fault = "changed without a word"
    tally.case("of these not storable", fault, number=number)
    return False


def meeting_of(key: str, texts: Sequence[str]) -> Meeting:
    """A meeting that says the texts wherever somebody may type."""
    items = tuple(
        Item(
            key=f"{key}-{n}", heading=text if text.strip() else "x", text=text, notes=text, decisions=(text,),
            raised_by=Outsider(text),
            questions=(Question(question=text, answer=text),),
            actions=(Action(key=f"{key}-a{n}", text=text if text.strip() else "x", result=text),),
        )
        for n, text in enumerate(texts)
    )  # fmt: skip
    first = texts[0] if texts and texts[0].strip() else "x"
    return Meeting(
        key=key, unit="solgarden", forum="apt", title=first, place=first, link=first, date=dt.date(2026, 3, 4),
        start=dt.time(9), end=dt.time(10), items=items, appendices=tuple(texts), next_meeting=NextMeeting(place=first),
    )  # fmt: skip


def _through(desk: Desk, texts: Sequence[str], number: int) -> Iterator[str]:
    meeting = meeting_of(f"text-{number}", texts)
    for name, trial in (
        ("database", _stored),
        ("JSON", _exchanged),
        ("paper", _printed),
        ("search", _searched),
        ("workbook", _exported),
    ):
        try:
            yield from (f"{name}: {fault}" for fault in trial(desk, meeting))
        except Exception as error:  # noqa: BLE001 - exactly what may not happen
            yield f"{name}: crashed: {type(error).__name__}"
    for name in ("csv", "xlsx"):
        try:
            yield from (f"{name}: {fault}" for fault in _taken_in(desk, texts, name))
        except Exception as error:  # noqa: BLE001 - as above
            yield f"{name}: crashed: {type(error).__name__}"


def _stored(desk: Desk, meeting: Meeting) -> Iterator[str]:
    meetings.book_meeting(desk, meeting=meeting)
    if (found := meetings.get_meeting(desk, key=meeting.key).value) != meeting:
        yield f"other text came back in {_differing(found, meeting)}"


def _differing(found: Meeting, meeting: Meeting) -> str:
    names = [name for name in Meeting.__slots__ if getattr(found, name) != getattr(meeting, name)]
    return ", ".join(names)


def _exchanged(_: Desk, meeting: Meeting) -> Iterator[str]:
    (found,) = read_document(write_document(Document(meetings=(meeting,)))).meetings
    if found != meeting:
        yield f"other text came back in {_differing(found, meeting)}"


def _exported(desk: Desk, meeting: Meeting) -> Iterator[str]:
    """The list of actions as a workbook: every text a text, none a formula."""
    data = write_actions(export_actions(desk, meeting=meeting.key))
    for cells in openpyxl.load_workbook(io.BytesIO(data))["Åtgärder"].iter_rows(min_row=2):
        for cell in cells:
            if cell.data_type == "f":
                yield "a formula in the workbook"
            elif isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")) and not cell.quotePrefix:
                yield "a text that becomes a formula when it is edited"


def _printed(desk: Desk, meeting: Meeting) -> Iterator[str]:
    short = [one for one in meeting.items if len(lettering.shown(one.notes or "")) <= _LONGEST_READ_BACK]
    text = ""
    for purpose in (papers.Purpose.AGENDA, papers.Purpose.MINUTES):
        pdf = drawn(purpose.value, papers.meeting_papers(desk, key=meeting.key, purpose=purpose))
        if found := _active(pdf):
            yield f"{purpose.value} has {sorted(found)}"
        text = _squeezed(_text(pdf))
        lost = [one for one in short if _squeezed(lettering.shown(one.heading)) not in text]
        if lost:
            yield f"{purpose.value}: {len(lost)} headings are not there"
    lost = [one for one in short if _squeezed(lettering.shown(one.notes or "")) not in text]
    if lost:
        yield f"{len(lost)} notes are not there"


def _active(pdf: bytes) -> set[str]:
    """What in the file could do something when it is opened or clicked."""
    reader = PdfReader(io.BytesIO(pdf))
    found: set[str] = set()
    for number in range(1, len(reader.xref.get(0, {})) + 1):
        found |= _keys(reader.get_object(IndirectObject(number, 0, reader)))
    return found & _ACTIVE | (_keys(reader.trailer["/Root"]) & _ACTIVE)


def _keys(value: object) -> set[str]:
    if isinstance(value, DictionaryObject):
        return set(value).union(*(_keys(one) for one in value.values() if not isinstance(one, IndirectObject)))
    if isinstance(value, ArrayObject):
        return set().union(*(_keys(one) for one in value if not isinstance(one, IndirectObject)))
    return set()


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return text.replace(_LINE_END_HYPHEN, "-")


def _squeezed(text: str) -> str:
    """Without white space and marks over letters, a ligature as its letters: as readers of PDF give it."""
    signs = unicodedata.normalize("NFKD", "".join(text.split()))
    return "".join(sign for sign in signs if unicodedata.category(sign) != "Mn" and not sign.isspace())


def _searched(desk: Desk, meeting: Meeting) -> Iterator[str]:
    """The text as words to search for finds what has it, and is no pattern."""
    for item in meeting.items:
        text = item.actions[0].text
        rows = actions.list_actions(desk, text=text)
        if text.strip() and not any(row.text == text for row in rows):
            yield "an action is not found by its own text"
    meeting_lists.list_meetings(desk, text=meeting.title or "")
    if len(actions.list_actions(desk, text="%_%_%")) > len(actions.list_actions(desk)) / 2:
        yield "a pattern of LIKE works"


def _taken_in(desk: Desk, texts: Sequence[str], kind: str) -> Iterator[str]:
    names = [text for text in texts if len(text) < 30_000 and text.strip()]
    data, names = _csv(names) if kind == "csv" else _xlsx(names)
    try:
        document = read_sheet(data, name=f"personal.{kind}", known=known_to_sheets(desk))
    except ImportRefused as error:
        yield f"refused: {error.problems[0].reason if error.problems else error.code}"
        return
    found = [_as_read(one.name, kind) for one in document.members]  # a workbook's writer may keep line ends or not
    wanted = list(dict.fromkeys(_as_read(name, kind) for name in names))
    if sorted({name.casefold() for name in found}) != sorted({name.casefold() for name in wanted}):
        yield "other names came in"


def _as_read(name: str, kind: str) -> str:
    return name.strip() if kind == "csv" else name.replace("\r\n", "\n").replace("\r", "\n").strip()


def _csv(names: list[str]) -> tuple[bytes, list[str]]:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows(
        [
            ["Namn", "Yrke", "Enhet"],
            *([name, "Undersköterska", "Solgården"] for name in names),
        ]
    )
    return out.getvalue().encode(), names


def _xlsx(names: list[str]) -> tuple[bytes, list[str]]:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Namn", "Yrke", "Enhet"])
    written = []
    for name in names:
        try:
            sheet.append([name, "Undersköterska", "Solgården"])
        except IllegalCharacterError:
            continue  # a workbook cannot hold it
        sheet.cell(sheet.max_row, 1).data_type = "s"
        written.append(name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), written
